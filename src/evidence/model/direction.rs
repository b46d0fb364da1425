//! The direction that a model gives a text.

/// A vector of length 1, or none where the model knows nothing of a text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::evidence) struct Direction(Vec<f32>);

impl Direction {
    /// The direction of `vector`; none where it has no length or one that cannot be told.
    pub(super) fn of(mut vector: Vec<f32>) -> Self {
        let length = vector.iter().map(|&value| f64::from(value) * f64::from(value)).sum::<f64>().sqrt();
        if !length.is_normal() {
            return Self(Vec::new());
        }
        for value in &mut vector {
            *value = shortened(*value, length);
        }
        Self(vector)
    }

    /// The cosine of the angle between both, −1 to 1; `None` where one of them is none.
    pub(in crate::evidence) fn similarity(&self, other: &Self) -> Option<f64> {
        if self.0.is_empty() || self.0.len() != other.0.len() {
            return None;
        }
        let product: f64 =
            self.0.iter().zip(&other.0).map(|(&one, &other)| f64::from(one) * f64::from(other)).sum();
        Some(product.clamp(-1.0, 1.0))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a share of the length lies between -1 and 1")]
fn shortened(value: f32, length: f64) -> f32 {
    (f64::from(value) / length) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn similarity(one: &[f32], other: &[f32]) -> Option<f64> {
        Direction::of(one.to_vec()).similarity(&Direction::of(other.to_vec()))
    }

    #[test]
    fn similarity_is_the_cosine_whatever_the_lengths() {
        assert_eq!(similarity(&[3.0, 0.0], &[0.5, 0.0]), Some(1.0));
        assert_eq!(similarity(&[3.0, 0.0], &[0.0, 2.0]), Some(0.0));
        assert_eq!(similarity(&[3.0, 0.0], &[-7.0, 0.0]), Some(-1.0));
        let half = similarity(&[1.0, 0.0], &[1.0, 3.0_f32.sqrt()]).unwrap();
        assert!((half - 0.5).abs() < 1e-6, "{half}");
    }

    #[test]
    fn what_has_no_direction_is_similar_to_nothing() {
        for nothing in [&[0.0, 0.0][..], &[f32::NAN, 1.0], &[f32::INFINITY, 1.0], &[], &[1.0]] {
            assert_eq!(similarity(nothing, &[1.0, 0.0]), None, "{nothing:?}");
        }
        assert_eq!(similarity(&[f32::MAX, f32::MAX], &[1.0, 1.0]).map(|value| value > 0.999), Some(true));
    }
}
