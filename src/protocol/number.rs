//! Numbers that may have left the finite range: JSON has no word for them and they are written as `null`.
//!
//! A network whose numbers overflow is just what a learner wants to see; a frame of it must not be unreadable. Not
//! responsible for arrays, which travel as bytes.

use serde::{Deserialize, Deserializer};

/// Reads a number; `null` is NaN.
pub(super) fn or_nan<'de, D: Deserializer<'de>>(d: D) -> Result<f32, D::Error> {
    Ok(Option::deserialize(d)?.unwrap_or(f32::NAN))
}

/// Reads numbers; `null` is NaN.
pub(super) fn all_or_nan<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<f32>, D::Error> {
    let all = Vec::<Option<f32>>::deserialize(d)?;
    Ok(all.into_iter().map(|v| v.unwrap_or(f32::NAN)).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::protocol::{CurvePoint, GradientLayer, Histogram, Reply, Trained};
    use crate::spec::read;
    use serde::{Serialize, de::DeserializeOwned};

    fn sent<T: Serialize + DeserializeOwned>(value: &T) -> T {
        read::text(&serde_json::to_string(value).unwrap()).unwrap()
    }

    #[test]
    fn what_has_overflown_arrives_as_not_a_number() {
        let (inf, nan) = (f32::INFINITY, f32::NAN);
        let l = GradientLayer { d_params: nan, params: 1.5, activation: inf, d_activation: -inf, ..Default::default() };
        let l = sent(&l);
        assert!(l.d_params.is_nan() && l.activation.is_nan() && l.d_activation.is_nan() && l.params == 1.5);
        let h = sent(&Histogram { low: -inf, high: inf, mean: nan, std: nan, ..Histogram::default() });
        assert!(h.low.is_nan() && h.high.is_nan() && h.mean.is_nan() && h.std.is_nan());
        assert!(sent(&CurvePoint { train_loss: inf, ..CurvePoint::default() }).train_loss.is_nan());
        let terms = sent(&CurvePoint { terms: vec![nan, 2.0], ..CurvePoint::default() }).terms;
        assert!(terms[0].is_nan() && terms[1] == 2.0);
        let trained = Trained { steps: 1, step_ms: 0.0, loss: nan, samples_per_s: 0.0, flops_per_step: 0.0 };
        assert!(matches!(sent(&Reply::Trained(trained)), Reply::Trained(t) if t.loss.is_nan()));
        let metrics =
            Reply::Metrics { loss: inf, accuracy: None, r2: None, energy_distance: None, perplexity: None, samples: 1 };
        assert!(matches!(sent(&metrics), Reply::Metrics { loss, .. } if loss.is_nan()));
    }
}
