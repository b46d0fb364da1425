//! Content codings (RFC 9110 §8.4): gzip, deflate, br, zstd, one upon another, under a limit.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

use super::decode_error::DecodeError;
use super::exchange::Response;

/// More codings than this, one upon another, are an attack.
const MOST_CODINGS: usize = 4;

/// The body of `response`, its codings undone. A body that was cut short gives what there is; one that is in memory and was not
/// packed is not copied.
pub(super) fn inflate(response: &Response, limit: u64) -> Result<Cow<'_, [u8]>, DecodeError> {
    let codings = codings(response);
    if codings.len() > MOST_CODINGS {
        return Err(DecodeError::Coding(codings.join(", ")));
    }
    if codings.is_empty()
        && let Some(bytes) = response.body.at_hand()
    {
        return if response.body.len() > limit {
            Err(DecodeError::TooLarge { limit })
        } else {
            Ok(bytes.into())
        };
    }
    let body = response.body.reader().map_err(DecodeError::Read)?;
    let mut reader: Box<dyn BufRead + '_> = Box::new(BufReader::new(body));
    for coding in codings.iter().rev() {
        reader = match undone(reader, coding)? {
            Some(reader) => reader,
            None => {
                return partial(Vec::new(), response, io::ErrorKind::UnexpectedEof.into()).map(Cow::Owned);
            }
        };
    }
    read(reader, response, limit, codings.is_empty()).map(Cow::Owned)
}

/// The codings in the order they were applied.
fn codings(response: &Response) -> Vec<String> {
    let fields = response.headers.iter().filter(|(name, _)| name == "content-encoding");
    let values = fields.map(|(_, value)| String::from_utf8_lossy(value).to_ascii_lowercase());
    let codings =
        values.flat_map(|value| value.split(',').map(|coding| coding.trim().to_owned()).collect::<Vec<_>>());
    codings.filter(|coding| !coding.is_empty() && coding != "identity").collect()
}

/// A reader that undoes one coding; nothing where there is nothing to read.
fn undone<'a>(
    mut reader: Box<dyn BufRead + 'a>,
    coding: &str,
) -> Result<Option<Box<dyn BufRead + 'a>>, DecodeError> {
    let start = reader.fill_buf().map_err(DecodeError::Broken)?;
    if start.is_empty() {
        return Ok(None);
    }
    let zlib = is_zlib(start);
    let reader: Box<dyn Read + 'a> = match coding {
        "gzip" | "x-gzip" => Box::new(MultiGzDecoder::new(reader)),
        // RFC 9110 §8.4.1.2 means zlib; some servers send the bare stream.
        "deflate" if zlib => Box::new(ZlibDecoder::new(reader)),
        "deflate" => Box::new(DeflateDecoder::new(reader)),
        "br" => Box::new(Decompressor::new(reader, 4096)),
        "zstd" => match StreamingDecoder::new(reader) {
            Ok(decoder) => Box::new(decoder),
            Err(error) => return Err(DecodeError::Broken(io::Error::other(error))),
        },
        other => return Err(DecodeError::Coding(other.to_owned())),
    };
    Ok(Some(Box::new(BufReader::new(reader))))
}

/// Whether these bytes begin a zlib stream (RFC 1950 §2.2): method 8, and a header that is a multiple of 31.
fn is_zlib(start: &[u8]) -> bool {
    match start {
        [method, flags, ..] => {
            method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31)
        }
        _ => false,
    }
}

/// Reads to the end. Bytes that trail a finished stream or break it off are forgiven where something came before.
fn read(reader: impl Read, response: &Response, limit: u64, plain: bool) -> Result<Vec<u8>, DecodeError> {
    let mut bytes = Vec::new();
    let outcome = reader.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    if bytes.len() as u64 > limit {
        return Err(DecodeError::TooLarge { limit });
    }
    match outcome {
        Ok(_) => Ok(bytes),
        Err(error) if plain => Err(DecodeError::Read(error)),
        Err(error) => partial(bytes, response, error),
    }
}

fn partial(bytes: Vec<u8>, response: &Response, error: io::Error) -> Result<Vec<u8>, DecodeError> {
    if response.truncated.is_some() || response.body.is_empty() {
        Ok(bytes)
    } else {
        Err(DecodeError::Broken(error))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;
    use crate::fetch::{Body, Protocol, Truncation};

    fn response(coding: &str, body: &[u8]) -> Response {
        let headers = vec![("content-encoding".to_owned(), coding.as_bytes().to_vec())];
        let body = Body::from_bytes(body);
        Response { protocol: Protocol::Http11, status: 200, headers, body, truncated: None }
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn every_coding_is_undone() {
        let zstd = compress_to_vec(&b"words"[..], CompressionLevel::Fastest);
        // "words" as one uncompressed block, RFC 7932 §9.2.
        let brotli = [0x0b, 0x02, 0x80, b'w', b'o', b'r', b'd', b's', 0x03];
        for (coding, body) in [
            ("", b"words".to_vec()),
            ("identity", b"words".to_vec()),
            ("gzip", gzip(b"words")),
            ("X-GZIP", gzip(b"words")),
            ("deflate", zlib(b"words")),
            ("deflate", deflate(b"words")),
            ("gzip", [gzip(b"wo"), gzip(b"rds")].concat()),
            ("deflate, gzip", gzip(&zlib(b"words"))),
            ("zstd", zstd),
            ("br", brotli.to_vec()),
        ] {
            assert_eq!(*inflate(&response(coding, &body), 5).unwrap(), *b"words", "{coding}");
        }
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        let bomb = gzip(&gzip(&vec![0; 50_000_000]));
        let bomb = response("gzip, gzip", &bomb);
        let outcome = inflate(&bomb, 1_000_000);
        assert!(matches!(outcome, Err(DecodeError::TooLarge { limit: 1_000_000 })), "{outcome:?}");
        assert!(matches!(inflate(&response("", b"words"), 4), Err(DecodeError::TooLarge { limit: 4 })));
    }

    #[test]
    fn what_cannot_be_undone_is_named() {
        assert!(
            matches!(inflate(&response("compress", b"x"), 9), Err(DecodeError::Coding(name)) if name == "compress")
        );
        assert!(matches!(
            inflate(&response("gzip,gzip,gzip,gzip,gzip", b"x"), 9),
            Err(DecodeError::Coding(_))
        ));
        for coding in ["gzip", "deflate", "br", "zstd"] {
            let broken = response(coding, b"\xff\xfe not coded at all");
            let outcome = inflate(&broken, 99);
            assert!(matches!(outcome, Err(DecodeError::Broken(_))), "{coding}: {outcome:?}");
        }
    }

    #[test]
    fn a_body_that_was_cut_short_gives_what_there_is() {
        let text = (0..50_000).map(|number: u32| number.to_string()).collect::<Vec<_>>().join(" ");
        let whole = gzip(text.as_bytes());
        let half = response("gzip", &whole[..whole.len() / 2]);
        assert!(matches!(inflate(&half, 1 << 20), Err(DecodeError::Broken(_))));
        let cut = Response { truncated: Some(Truncation::Disconnect), ..half };
        let bytes = inflate(&cut, 1 << 20).unwrap();
        assert!(bytes.len() > 1000 && text.as_bytes().starts_with(&bytes), "{}", bytes.len());
        assert_eq!(*inflate(&response("gzip", b""), 9).unwrap(), *b"");
    }
}
