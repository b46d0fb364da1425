//! The vectors of a model.
//!
//! As model2vec writes them: `embeddings`, a row a vector, of 32-bit or 16-bit floats or of 8-bit integers. A model with
//! fewer vectors than tokens has `mapping`, the row of each token; `weights` says what each token counts.

use std::ops::Range;

use safetensors::tensor::{Dtype, SafeTensors, TensorInfo};

/// The vectors of the tokens, left in the bytes of their file: half a gigabyte is not copied.
pub(super) struct Tensors {
    bytes: Vec<u8>,
    /// Where the vectors are in `bytes`.
    vectors: Range<usize>,
    form: Form,
    rows: usize,
    columns: usize,
    mapping: Option<Vec<usize>>,
    weights: Option<Vec<f32>>,
}

/// How the numbers of a vector are written, the least significant byte first.
#[derive(Clone, Copy)]
enum Form {
    F32,
    F16,
    I8,
}

impl Tensors {
    /// Reads `bytes`, a safetensors file; an error says what is wrong with it.
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self, String> {
        let (header, about) = SafeTensors::read_metadata(&bytes).map_err(|error| error.to_string())?;
        // Eight bytes with the length of the header stand before it, and places are counted from its end.
        let place = |info: &TensorInfo| header + 8 + info.data_offsets.0..header + 8 + info.data_offsets.1;
        let data = |info: &TensorInfo| bytes.get(place(info)).unwrap_or_default();
        // The second name is that of sentence-transformers.
        let info = about.info("embeddings").or_else(|| about.info("embedding.weight"));
        let info = info.ok_or("it has no tensor with the name embeddings")?;
        let form = match info.dtype {
            Dtype::F32 => Form::F32,
            Dtype::F16 => Form::F16,
            Dtype::I8 => Form::I8,
            other => return Err(format!("its embeddings are {other:?}; beleg reads F32, F16 and I8")),
        };
        let &[rows, columns] = info.shape.as_slice() else {
            return Err("its embeddings are no table of vectors".to_owned());
        };
        if columns == 0 {
            return Err("its embeddings are empty".to_owned());
        }
        let mapping = about.info("mapping").map(|info| row_numbers(info.dtype, data(info))).transpose()?;
        let weights = about.info("weights").map(|info| floats(info.dtype, data(info))).transpose()?;
        let vectors = place(info);
        Ok(Self { bytes, vectors, form, rows, columns, mapping, weights })
    }

    /// How many numbers a vector has.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// Whether each of the first `tokens` tokens has a vector.
    pub(super) fn have_all(&self, tokens: usize) -> bool {
        let have_rows = match &self.mapping {
            Some(mapping) => mapping.len() >= tokens && mapping.iter().all(|row| *row < self.rows),
            None => self.rows >= tokens,
        };
        have_rows && self.weights.as_ref().is_none_or(|weights| weights.len() >= tokens)
    }

    /// Adds the vector of `token` to `sum`; nothing where it has none.
    pub(super) fn add(&self, token: usize, sum: &mut [f32]) {
        let row = self.mapping.as_ref().map_or(Some(token), |mapping| mapping.get(token).copied());
        let Some(vector) = row.and_then(|row| self.vector(row)) else { return };
        let weight = self.weights.as_ref().and_then(|weights| weights.get(token)).copied().unwrap_or(1.0);
        match self.form {
            Form::F32 => add(sum, weight, vector.as_chunks().0, f32::from_le_bytes),
            Form::F16 => add(sum, weight, vector.as_chunks().0, half),
            Form::I8 => add(sum, weight, vector.as_chunks().0, |byte| f32::from(i8::from_le_bytes(byte))),
        }
    }

    fn vector(&self, row: usize) -> Option<&[u8]> {
        let width = match self.form {
            Form::F32 => 4,
            Form::F16 => 2,
            Form::I8 => 1,
        };
        self.bytes.get(self.vectors.clone())?.chunks_exact(self.columns * width).nth(row)
    }
}

/// Adds `numbers`, each times `weight`, to `sum`.
fn add<const WIDTH: usize>(
    sum: &mut [f32],
    weight: f32,
    numbers: &[[u8; WIDTH]],
    number: impl Fn([u8; WIDTH]) -> f32,
) {
    for (sum, bytes) in sum.iter_mut().zip(numbers) {
        *sum += number(*bytes) * weight;
    }
}

/// The numbers of rows in `data`. One that is no number of a row is larger than any.
fn row_numbers(dtype: Dtype, data: &[u8]) -> Result<Vec<usize>, String> {
    let row = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    match dtype {
        Dtype::I64 => Ok(data.as_chunks().0.iter().map(|bytes| row(i64::from_le_bytes(*bytes))).collect()),
        Dtype::I32 => {
            Ok(data.as_chunks().0.iter().map(|bytes| row(i32::from_le_bytes(*bytes).into())).collect())
        }
        other => Err(format!("its mapping is {other:?}; beleg reads I32 and I64")),
    }
}

fn floats(dtype: Dtype, data: &[u8]) -> Result<Vec<f32>, String> {
    match dtype {
        Dtype::F64 => {
            Ok(data.as_chunks().0.iter().map(|bytes| narrowed(f64::from_le_bytes(*bytes))).collect())
        }
        Dtype::F32 => Ok(data.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()),
        Dtype::F16 => Ok(data.as_chunks().0.iter().map(|bytes| half(*bytes)).collect()),
        other => Err(format!("its weights are {other:?}; beleg reads F64, F32 and F16")),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "weights are small numbers, and vectors are no more exact"
)]
fn narrowed(number: f64) -> f32 {
    number as f32
}

/// A float of 16 bits (IEEE 754 binary16): sign, 5 bits of exponent, 10 of the fraction.
fn half(bytes: [u8; 2]) -> f32 {
    let bits = u16::from_le_bytes(bytes);
    let (sign, exponent, fraction) = (u32::from(bits >> 15) << 31, bits >> 10 & 0x1f, bits & 0x3ff);
    let exponent_and_fraction = match exponent {
        // Without the leading one, in steps of 2⁻²⁴.
        0 => (f32::from(fraction) / 16_777_216.0).to_bits(),
        0x1f => 0x7f80_0000 | u32::from(fraction) << 13,
        _ => (u32::from(exponent) + 127 - 15) << 23 | u32::from(fraction) << 13,
    };
    f32::from_bits(sign | exponent_and_fraction)
}

#[cfg(test)]
mod tests {
    use super::super::tiny::{Tensor, safetensors};
    use super::*;

    fn vector(tensors: &Tensors, token: usize) -> Vec<f32> {
        let mut sum = vec![0.0; tensors.columns()];
        tensors.add(token, &mut sum);
        sum
    }

    fn bytes<const WIDTH: usize, T: Copy>(numbers: &[T], write: impl Fn(T) -> [u8; WIDTH]) -> Vec<u8> {
        numbers.iter().flat_map(|number| write(*number)).collect()
    }

    fn table(dtype: &'static str, data: Vec<u8>) -> Tensor {
        Tensor { name: "embeddings", dtype, shape: vec![2, 2], data }
    }

    fn floats_of(numbers: &[f32]) -> Vec<u8> {
        bytes(numbers, f32::to_le_bytes)
    }

    #[test]
    fn vectors_are_read_in_each_form() {
        for tensor in [
            table("F32", floats_of(&[1.0, -2.0, 0.5, 0.0])),
            table("F16", bytes(&[0x3c00_u16, 0xc000, 0x3800, 0], u16::to_le_bytes)),
        ] {
            let tensors = Tensors::read(safetensors(&[tensor])).unwrap();
            assert_eq!((vector(&tensors, 0), vector(&tensors, 1)), (vec![1.0, -2.0], vec![0.5, 0.0]));
            assert_eq!(vector(&tensors, 2), [0.0, 0.0]);
        }
        let whole = Tensors::read(safetensors(&[table("I8", bytes(&[127_i8, -128, 0, 1], i8::to_le_bytes))]));
        assert_eq!(vector(&whole.unwrap(), 0), [127.0, -128.0]);
    }

    #[test]
    fn floats_of_sixteen_bits_are_the_numbers_of_the_standard() {
        for (bits, number) in [
            (0x0001_u16, 2.0_f32.powi(-24)),
            (0x03ff, 1023.0 * 2.0_f32.powi(-24)),
            (0x0400, 2.0_f32.powi(-14)),
            (0x7bff, 65_504.0),
            (0xbc00, -1.0),
            (0xfc00, f32::NEG_INFINITY),
        ] {
            assert_eq!(half(bits.to_le_bytes()).to_bits(), number.to_bits(), "{bits:04x}");
        }
        assert!(half(0x7e00_u16.to_le_bytes()).is_nan());
        assert_eq!(half(0x8000_u16.to_le_bytes()).to_bits(), (-0.0_f32).to_bits());
    }

    #[test]
    fn tokens_share_vectors_and_count_differently() {
        let tensors = Tensors::read(safetensors(&[
            table("F32", floats_of(&[1.0, 2.0, 3.0, 4.0])),
            Tensor {
                name: "mapping",
                dtype: "I64",
                shape: vec![3],
                data: bytes(&[1_i64, 1, 0], i64::to_le_bytes),
            },
            Tensor {
                name: "weights",
                dtype: "F64",
                shape: vec![3],
                data: bytes(&[1.0_f64, 0.5, 2.0], f64::to_le_bytes),
            },
        ]))
        .unwrap();
        let vectors: Vec<Vec<f32>> = (0..3).map(|token| vector(&tensors, token)).collect();
        assert_eq!(vectors, [vec![3.0, 4.0], vec![1.5, 2.0], vec![2.0, 4.0]]);
        assert!(tensors.have_all(3) && !tensors.have_all(4));
    }

    #[test]
    fn a_mapping_to_no_vector_is_seen() {
        for row in [-1_i32, 2] {
            let tensors = Tensors::read(safetensors(&[
                table("F32", floats_of(&[1.0, 2.0, 3.0, 4.0])),
                Tensor {
                    name: "mapping",
                    dtype: "I32",
                    shape: vec![1],
                    data: bytes(&[row], i32::to_le_bytes),
                },
            ]))
            .unwrap();
            assert!(!tensors.have_all(1), "{row}");
            assert_eq!(vector(&tensors, 0), [0.0, 0.0]);
        }
    }

    #[test]
    fn what_is_no_table_of_vectors_is_refused_with_the_reason() {
        let row = Tensor { name: "embeddings", dtype: "F32", shape: vec![2], data: floats_of(&[1.0, 2.0]) };
        let other = Tensor { name: "bias", ..table("F32", floats_of(&[1.0; 4])) };
        for (tensor, reason) in [
            (row, "no table"),
            (other, "no tensor with the name embeddings"),
            (table("F64", bytes(&[1.0_f64; 4], f64::to_le_bytes)), "F64"),
            (Tensor { shape: vec![2, 0], ..table("F32", Vec::new()) }, "empty"),
        ] {
            let why = Tensors::read(safetensors(&[tensor])).err().unwrap();
            assert!(why.contains(reason), "{why}");
        }
        let whole = safetensors(&[table("F32", floats_of(&[1.0; 4]))]);
        for end in [0, 7, 8, whole.len() - 1] {
            assert!(Tensors::read(whole[..end].to_vec()).is_err(), "{end}");
        }
    }
}
