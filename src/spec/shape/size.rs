//! How many values a shape has, and how that is said: exact as far as 64 bits reach, on every machine alike.
//!
//! Not responsible for what follows from it (`spec::shape`).

/// The largest dimension that is told apart, in the browser (where `usize` has 32 bits) as elsewhere.
pub const DIM_MAX: usize = u32::MAX as usize;

/// Number of values of a shape (saturating, so that absurd specs stay comparable).
pub fn count(shape: &[usize]) -> u64 {
    shape.iter().fold(1, |a: u64, d| a.saturating_mul(*d as u64))
}

/// The same as a dimension: what is larger than [`DIM_MAX`] is that.
pub fn size(shape: &[usize]) -> usize {
    count(shape).min(DIM_MAX as u64) as usize
}

/// `2×8 + 8 = 24`; a sum that 64 bits do not hold is said to be larger.
pub fn sum_of(parts: &str, sum: u64) -> String {
    if sum == u64::MAX { format!("{parts} > 10¹⁹") } else { format!("{parts} = {sum}") }
}

/// A dimension for people.
pub(super) fn dim(n: &usize) -> String {
    if *n as u64 >= DIM_MAX as u64 { ">4·10⁹".into() } else { n.to_string() }
}

/// A shape for people: `28×28×1`.
pub fn show(shape: &[usize]) -> String {
    if shape.is_empty() {
        return "1".into();
    }
    shape.iter().map(dim).collect::<Vec<_>>().join("×")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::shape::infer;
    use crate::spec::{Code, Experiment, preset, text};

    fn with(model: &str) -> Experiment {
        let mut e = preset::first();
        e.model = text::parse(model).unwrap();
        e
    }

    #[test]
    fn absurd_networks_are_counted_and_not_cut_off_at_32_bits() {
        let e = with("dense 65536 | dense 65536 | dense");
        let info = infer(&e, &e.data.info().unwrap());
        let n: u64 = 3 * 65_536 + 65_536 * 65_537 + 2 * 65_537;
        assert_eq!(info.n_params, n);
        assert_eq!(info.layers[1].arithmetic(), "65536×65536 + 65536 = 4295032832");
        let e = with(&vec!["dense 65536"; 300].join(" | "));
        let info = infer(&e, &e.data.info().unwrap());
        assert_eq!(info.n_params, 3 * 65_536 + 299 * 65_536 * 65_537);
        // 16 bytes a parameter at least, said with the need and not with what is left of it in 32 bits.
        let need = info.problems.iter().find(|p| p.code == Code::TooMuchMemory).unwrap();
        assert!(need.args[0].1.parse::<u64>().unwrap() >= (info.n_params * 16) >> 20);
    }

    #[test]
    fn what_no_number_holds_is_said_to_be_larger() {
        assert_eq!(size(&[70_000, 70_000]), DIM_MAX);
        assert_eq!(show(&[size(&[70_000, 70_000]), 2]), ">4·10⁹×2");
        assert_eq!(count(&[DIM_MAX, DIM_MAX, 2]), u64::MAX);
        assert_eq!(sum_of("a + b", u64::MAX), "a + b > 10¹⁹");
        assert_eq!(sum_of("2×8 + 8", 24), "2×8 + 8 = 24");
        assert_eq!((show(&[]), show(&[28, 28, 1])), ("1".into(), "28×28×1".into()));
    }
}
