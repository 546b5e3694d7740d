//! Which rows are for training and which are held out, and in which order they lie.
//!
//! Not responsible for the order within an epoch: [`super::batch`] is.

use crate::engine::rng::Rng;

/// The set's own split: the first `keep` train rows in file order, then all of its test rows.
///
/// Returns the rows in their new order, and how many of them are train rows.
pub fn given(total: usize, test: usize, keep: usize) -> (Vec<u32>, usize) {
    let train = (total - test).min(keep);
    ((0..train).chain(total - test..total).map(|i| i as u32).collect(), train)
}

/// A random split of `keep` randomly chosen rows. With `classes` (the class of each row) every class keeps its share
/// in both parts to within one row. At least one row is left for training.
///
/// Returns the rows in their new order, and how many of them are train rows.
pub fn random(total: usize, keep: usize, part: f32, classes: Option<&[f32]>, rng: &mut Rng) -> (Vec<u32>, usize) {
    let mut order: Vec<u32> = (0..total as u32).collect();
    rng.shuffle(&mut order);
    order.truncate(keep.min(total));
    if let Some(classes) = classes {
        crate::spec::order::sort_by_key(&mut order, |&row| classes[row as usize] as u32); // stable: still random within a class
    }
    let n = order.len();
    let held_out = ((f64::from(part) * n as f64).round() as usize).min(n.saturating_sub(1));
    // Evenly spaced along the sorted order, so that every run of one class gives its share.
    // In the browser `usize` has 32 bits: a long table times its test part does not fit.
    let before = |i: usize| i as u64 * held_out as u64 / n.max(1) as u64;
    let is_test = |i: usize| before(i + 1) > before(i);
    let pick = |test: bool| order.iter().enumerate().filter(move |(i, _)| is_test(*i) == test).map(|(_, row)| *row);
    let (mut train, mut test): (Vec<u32>, Vec<u32>) = (pick(false).collect(), pick(true).collect());
    rng.shuffle(&mut train);
    rng.shuffle(&mut test);
    let n_train = train.len();
    train.append(&mut test);
    (train, n_train)
}

/// Of the train rows only `each` of every class, drawn by chance; the test rows stay as they are.
pub fn few(mut order: Vec<u32>, n_train: usize, classes: &[f32], each: usize, rng: &mut Rng) -> (Vec<u32>, usize) {
    let mut test = order.split_off(n_train);
    rng.shuffle(&mut order);
    let mut taken = vec![0; classes.iter().map(|c| *c as usize + 1).max().unwrap_or(0)];
    order.retain(|row| {
        let taken = &mut taken[classes[*row as usize] as usize];
        *taken += 1;
        *taken <= each
    });
    let n_train = order.len();
    order.append(&mut test);
    (order, n_train)
}

/// The rows of a row-major array in a new order.
pub fn pick(rows: &[f32], width: usize, order: &[u32]) -> Vec<f32> {
    let mut out = Vec::with_capacity(order.len() * width);
    order.iter().for_each(|&row| out.extend_from_slice(&rows[row as usize * width..][..width]));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_lies_in_one_part_and_classes_keep_their_share() {
        let classes: Vec<f32> = (0..150).map(|i| f32::from(u8::from(i % 3 == 0) + u8::from(i % 30 == 0))).collect();
        let (order, n_train) = random(150, 150, 0.3, Some(&classes), &mut Rng::new(3, 0));
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..150).collect::<Vec<u32>>());
        assert_eq!(n_train, 105);
        for class in 0..3 {
            let count = |rows: &[u32]| rows.iter().filter(|&&r| classes[r as usize] as i32 == class).count() as f64;
            let (all, test) = (count(&order), count(&order[n_train..]));
            assert!((test - 0.3 * all).abs() <= 1.0, "class {class}: {test} of {all}");
        }
        assert_ne!(order, random(150, 150, 0.3, Some(&classes), &mut Rng::new(4, 0)).0);
    }

    #[test]
    fn few_of_each_class_are_trained_on_and_the_test_rows_stay() {
        let classes: Vec<f32> = (0..60).map(|i| (i % 3) as f32).collect();
        let (all, n) = given(60, 12, 60);
        let draw = |seed| few(all.clone(), n, &classes, 4, &mut Rng::new(seed, 0));
        let (order, n_train) = draw(1);
        assert_eq!((n_train, &order[n_train..]), (12, &all[n..]));
        assert!((0..3).all(|c| order[..12].iter().filter(|r| classes[**r as usize] as usize == c).count() == 4));
        assert_eq!((order.clone(), draw(2) == draw(1)), (draw(1).0, false));
        assert_eq!(few(all.clone(), n, &classes, 50, &mut Rng::new(1, 0)).1, n, "no more than there are");
    }

    #[test]
    fn the_edges_hold() {
        for total in 0..5 {
            for part in [0.0, 0.5, 0.9] {
                let (order, n_train) = random(total, total, part, None, &mut Rng::new(1, 0));
                assert_eq!(order.len(), total);
                assert!(n_train > 0 || total == 0);
            }
        }
        assert_eq!(given(12, 2, 4), (vec![0, 1, 2, 3, 10, 11], 4));
    }
}
