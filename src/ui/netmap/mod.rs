//! The network panel's arithmetic: where cards and units stand, which connections are drawn, and what an edit of a
//! card makes of the layers. Pure, so that it is tested without a browser.
//!
//! Not responsible for drawing or for events (`ui::panels::network`).

pub mod begin;
pub mod edges;
pub mod edits;
pub mod layout;

/// Largest magnitude that a colour scale should reach: the 98th percentile of `|v|` over at most 4,096 of the values, so
/// that one outlier does not wash out the rest. At least `1e-6`; values that are not finite do not count.
pub fn robust_max(values: &[f32]) -> f32 {
    let stride = values.len().div_ceil(4096).max(1);
    let mut sizes: Vec<f32> = values.iter().step_by(stride).map(|v| v.abs()).filter(|v| v.is_finite()).collect();
    if sizes.is_empty() {
        return 1e-6;
    }
    let at = (sizes.len() - 1) * 98 / 100;
    let at = if sizes.len() < 50 { sizes.len() - 1 } else { at };
    let (_, v, _) = sizes.select_nth_unstable_by(at, f32::total_cmp);
    v.max(1e-6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_outlier_does_not_set_the_scale() {
        let mut v = vec![0.5f32; 1000];
        v[3] = 1e9;
        v[4] = f32::NAN;
        assert_eq!(robust_max(&v), 0.5);
        assert_eq!(robust_max(&[-2.0, 1.0]), 2.0);
        assert_eq!(robust_max(&[f32::NAN]), 1e-6);
    }
}
