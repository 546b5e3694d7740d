//! How well views of the same row find each other: share of views whose nearest other view, by the cosine, is their partner.
//!
//! Not responsible for the loss (`engine::ops::nt_xent`).

/// Right ones and all, of rows that hold their two views side by side, `2·width` numbers each.
pub fn found(rows: &[f32], width: usize) -> (usize, usize) {
    let views: Vec<Vec<f32>> = rows.chunks_exact(width.max(1)).map(direction).collect();
    let similar = |a: usize, b: usize| views[a].iter().zip(&views[b]).map(|(a, b)| a * b).sum::<f32>();
    let is_right = |v: &usize| {
        let partner = similar(*v, *v ^ 1);
        (0..views.len()).all(|o| o == *v || o == *v ^ 1 || similar(*v, o) < partner)
    };
    ((0..views.len()).filter(is_right).count(), views.len())
}

fn direction(z: &[f32]) -> Vec<f32> {
    let length = z.iter().map(|z| z * z).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    z.iter().map(|z| z / length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partners_are_found_where_they_are_nearest() {
        // Views 0 and 1 point one way, 2 and 3 another; the length means nothing.
        assert_eq!(found(&[1.0, 0.1, 5.0, 0.6, 0.0, 1.0, 0.1, 3.0], 2), (4, 4));
        // Each of the four is nearest to one of the other row.
        assert_eq!(found(&[1.0, 0.0, 0.0, 1.0, 1.0, 0.1, 0.1, 1.0], 2), (0, 4));
        // All alike: nothing is told apart.
        assert_eq!(found(&[1.0; 8], 2).0, 0);
    }
}
