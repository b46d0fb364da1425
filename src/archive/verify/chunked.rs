//! Removes the chunked transfer coding (RFC 9112 §7.1) from a stream of pieces.

/// The longest line of sizes and extensions that is read.
const LONGEST: usize = 8 << 10;

/// Takes in the coded bytes and passes on the data in them.
#[derive(Debug, Default)]
pub(super) struct Dechunker {
    state: State,
    line: Vec<u8>,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum State {
    /// In the line with the size of a chunk.
    #[default]
    Size,
    /// In the data of a chunk, with so many bytes to come.
    Data(u64),
    /// In the line end after the data.
    End,
    /// After the last chunk.
    Done,
    /// This is not the chunked coding.
    Broken,
}

impl Dechunker {
    /// Takes in a piece and gives the data in it to `pass_on`.
    pub(super) fn push(&mut self, mut piece: &[u8], mut pass_on: impl FnMut(&[u8])) {
        while let Some((&byte, after)) = piece.split_first() {
            piece = match self.state {
                State::Data(left) => {
                    let length = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
                    let (data, rest) = piece.split_at(length);
                    pass_on(data);
                    let left = left - length as u64;
                    self.state = if left == 0 { State::End } else { State::Data(left) };
                    rest
                }
                State::Size => {
                    self.size_byte(byte);
                    after
                }
                State::End => {
                    self.state = match byte {
                        b'\r' => State::End,
                        b'\n' => State::Size,
                        _ => State::Broken,
                    };
                    after
                }
                State::Done | State::Broken => return,
            };
        }
    }

    /// Whether all that was taken in is in the chunked coding, as far as it goes: a body may have been cut short.
    pub(super) fn is_sound(&self) -> bool {
        self.state != State::Broken
    }

    fn size_byte(&mut self, byte: u8) {
        if byte != b'\n' {
            self.line.push(byte);
            if self.line.len() > LONGEST {
                self.state = State::Broken;
            }
            return;
        }
        let line = std::mem::take(&mut self.line);
        let digits = line.split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii();
        let size = std::str::from_utf8(digits).ok().and_then(|digits| u64::from_str_radix(digits, 16).ok());
        self.state = match size {
            Some(0) => State::Done,
            Some(size) => State::Data(size),
            None => State::Broken,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dechunked(bytes: &[u8], piece: usize) -> Option<Vec<u8>> {
        let (mut dechunker, mut data) = (Dechunker::default(), Vec::new());
        bytes.chunks(piece).for_each(|piece| dechunker.push(piece, |bytes| data.extend(bytes)));
        dechunker.is_sound().then_some(data)
    }

    #[test]
    fn chunks_come_out_whole_however_the_pieces_fall() {
        let coded = b"5;name=value\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: x\r\n\r\n";
        for piece in 1..coded.len() {
            assert_eq!(dechunked(coded, piece).unwrap(), b"hello world");
        }
    }

    #[test]
    fn what_is_not_chunked_is_said_to_be_so() {
        assert_eq!(dechunked(b"<html>\n", 3), None);
        assert_eq!(dechunked(b"2\r\nabc\r\n0\r\n\r\n", 64), None);
        assert_eq!(dechunked(&b"1".repeat(20_000), 100), None);
    }
}
