//! Accuracy: the share of samples whose most likely class is the right one.

/// The class that the outputs of one sample mean: the largest, or for a single logit whether it is positive.
pub fn class_of(out: &[f32]) -> usize {
    match out {
        [z] => usize::from(*z > 0.0),
        many => many.iter().enumerate().fold(0, |best, (i, v)| if *v > many[best] { i } else { best }),
    }
}

/// Whether one sample is right: target a class index, or 0/1 for each output (all of them must be right).
pub fn is_right(out: &[f32], y: &[f32]) -> bool {
    if out.len() > 1 && y.len() == out.len() {
        return out.iter().zip(y).all(|(z, t)| (*z > 0.0) == (*t > 0.5));
    }
    y.first().is_some_and(|y| class_of(out) == *y as usize)
}

/// Class probabilities of one sample: softmax of its logits, or `(1 − σ, σ)` of a single one. Appends to `probs`.
pub fn probabilities(out: &[f32], probs: &mut Vec<f32>) {
    if let [z] = out {
        let p = 1.0 / (1.0 + (-z).exp());
        probs.extend([1.0 - p, p]);
        return;
    }
    let max = out.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = out.iter().map(|v| (v - max).exp()).sum();
    probs.extend(out.iter().map(|v| (v - max).exp() / sum));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn largest_or_sign() {
        assert_eq!((class_of(&[0.1, 3.0, 2.0]), class_of(&[-0.5]), class_of(&[0.5])), (1, 0, 1));
        assert!(is_right(&[0.0, 1.0], &[1.0]) && !is_right(&[0.0, 1.0], &[0.0]));
        assert!(is_right(&[1.0, -1.0], &[1.0, 0.0]) && !is_right(&[1.0, 1.0], &[1.0, 0.0]));
    }

    #[test]
    fn probabilities_sum_to_one() {
        let mut p = Vec::new();
        probabilities(&[1000.0, 0.0, -3.0], &mut p);
        probabilities(&[0.3], &mut p);
        assert_eq!(p[..3].iter().sum::<f32>(), 1.0);
        assert!((p[3] + p[4] - 1.0).abs() < 1e-6 && p[4] > 0.5);
    }
}
