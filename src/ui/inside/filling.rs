//! Sequences without their filling: what short rows are filled up with is no part of them, so no picture draws it.
//!
//! Pure. Not responsible for what fills (`spec::pairs::Zero`) nor for drawing.

use crate::spec::pairs::Zero;
use std::rc::Rc;

/// The places of a part of the input that are no filling; `None` where all are to be seen. At least one is left.
pub fn kept(ids: &[f32], zero: Zero) -> Option<Vec<usize>> {
    if zero != Zero::Filling || ids.is_empty() || !ids.contains(&0.0) {
        return None;
    }
    let mut places: Vec<usize> = (0..ids.len()).filter(|i| ids[*i] != 0.0).collect();
    if places.is_empty() {
        places.push(0);
    }
    Some(places)
}

/// Rows `places` of numbers `(T, width)`.
pub fn rows(values: &[f32], width: usize, places: &[usize]) -> Rc<[f32]> {
    places.iter().filter_map(|t| values.get(t * width..(t + 1) * width)).flatten().copied().collect()
}

/// Rows and columns of maps `(H, T, S)`.
pub fn maps(values: &[f32], [t, s]: [usize; 2], rows: &[usize], columns: &[usize]) -> Rc<[f32]> {
    let heads = values.chunks_exact((t * s).max(1));
    let one = |map: &[f32]| {
        let row = |t: usize| columns.iter().map(|c| map.get(t * s + c).copied().unwrap_or(0.0)).collect::<Vec<f32>>();
        rows.iter().flat_map(|t| row(*t)).collect::<Vec<f32>>()
    };
    heads.flat_map(one).collect()
}

/// The tokens of these places.
pub fn picked(ids: &[f32], places: &[usize]) -> Vec<f32> {
    places.iter().filter_map(|i| ids.get(*i).copied()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn filling_goes_wherever_it_stands_and_silence_stays() {
        let ids = [4.0, 5.0, 0.0, 0.0, 1.0, 6.0, 0.0];
        assert_eq!(kept(&ids, Zero::Filling).unwrap(), [0, 1, 4, 5]);
        assert_eq!(kept(&ids, Zero::Silence), None);
        assert_eq!(kept(&ids, Zero::Token), None);
        assert_eq!(kept(&[4.0, 5.0], Zero::Filling), None, "nothing fills");
        assert_eq!(kept(&[0.0, 0.0], Zero::Filling).unwrap(), [0], "an empty row has a place");
        assert_eq!(kept(&[], Zero::Filling), None, "the tokens are not known");
    }

    #[test]
    fn numbers_stay_with_their_places() {
        assert_eq!(*rows(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2, &[0, 2]), [1.0, 2.0, 5.0, 6.0]);
        let two: Vec<f32> = (0..12).map(|i| i as f32).collect();
        assert_eq!(*maps(&two, [2, 3], &[1], &[0, 2]), [3.0, 5.0, 9.0, 11.0]);
        assert_eq!(picked(&[7.0, 0.0, 9.0], &[0, 2]), [7.0, 9.0]);
    }
}
