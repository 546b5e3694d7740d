//! Confusion matrix: `counts[target][predicted]`.

/// Counts pairs of classes.
pub fn count(classes: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<u32>> {
    let mut counts = vec![vec![0; classes]; classes];
    for (target, predicted) in pairs {
        if let Some(cell) = counts.get_mut(target).and_then(|row: &mut Vec<u32>| row.get_mut(predicted)) {
            *cell += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    #[test]
    fn counts_each_pair_once() {
        let counts = super::count(2, [(0, 0), (0, 1), (1, 1), (1, 1)].into_iter());
        assert_eq!(counts, vec![vec![1, 1], vec![0, 2]]);
    }
}
