//! Which connections of a dense layer are drawn, how their curves run, and which one the pointer is on.
//!
//! Not responsible for colours or for the canvas.

/// One connection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Unit of the layer before.
    pub from: usize,
    /// Unit of this layer.
    pub to: usize,
    /// Its weight.
    pub weight: f32,
}

/// Most connections drawn in the whole panel.
pub const EDGES_MAX: usize = 4000;

/// The `max` strongest connections among the first `shown_in` inputs and `shown_out` units, weakest first, so that
/// strong ones are drawn over weak ones. `weight` is `(out, n_in)` row-major. Also says how many there were.
pub fn strongest(weight: &[f32], n_in: usize, shown_in: usize, shown_out: usize, max: usize) -> (Vec<Edge>, usize) {
    let mut edges: Vec<Edge> = weight
        .chunks_exact(n_in.max(1))
        .take(shown_out)
        .enumerate()
        .flat_map(|(to, row)| row.iter().take(shown_in).enumerate().map(move |(from, w)| Edge { from, to, weight: *w }))
        .filter(|e| e.weight.is_finite())
        .collect();
    let total = edges.len();
    if total > max {
        edges.select_nth_unstable_by(max, |a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        edges.truncate(max);
    }
    crate::spec::order::sort_by(&mut edges, |a, b| a.weight.abs().total_cmp(&b.weight.abs()));
    (edges, total)
}

/// Where along its Bézier curve (0–1) a connection passes `x`, both given as parts of the gap's width. All curves of a
/// gap have their control points at half its width, so this is the same for every one of them.
pub fn curve_t(x: f64) -> f64 {
    let at = |t: f64| 1.5 * t * (1.0 - t) * (1.0 - t) + 1.5 * t * t * (1.0 - t) + t * t * t;
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..30 {
        let mid = (low + high) / 2.0;
        if at(mid) < x { low = mid } else { high = mid }
    }
    (low + high) / 2.0
}

/// Height of the curve from `y0` to `y1` at `t`.
pub fn curve_y(y0: f64, y1: f64, t: f64) -> f64 {
    let s = 1.0 - t;
    y0 * (s * s * s + 3.0 * s * s * t) + y1 * (3.0 * s * t * t + t * t * t)
}

/// The connection nearest to `(x, y)` within 7 px; of several equally near, the strongest. `x` is a part (0–1) of the gap;
/// `y_from` and `y_to` give the heights of units.
pub fn nearest(
    edges: &[Edge],
    x: f64,
    y: f64,
    y_from: impl Fn(usize) -> f64,
    y_to: impl Fn(usize) -> f64,
) -> Option<Edge> {
    let t = curve_t(x.clamp(0.0, 1.0));
    let mut best: Option<(f64, Edge)> = None;
    // Strongest last, so `<=` with a pixel of grace prefers the strong.
    for e in edges {
        let far = (curve_y(y_from(e.from), y_to(e.to), t) - y).abs();
        if far <= 7.0 && best.is_none_or(|(b, _)| far <= b + 0.75) {
            best = Some((far, *e));
        }
    }
    best.map(|(_, e)| e)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strong_are_kept_and_come_last() {
        let w = [0.1, -3.0, 0.2, f32::NAN, 1.0, 0.5];
        let (edges, total) = strongest(&w, 3, 3, 2, 3);
        assert_eq!(total, 5);
        let order: Vec<(usize, usize)> = edges.iter().map(|e| (e.from, e.to)).collect();
        assert_eq!(order, [(2, 1), (1, 1), (1, 0)]);
        assert_eq!(strongest(&w, 3, 2, 1, 9).0.len(), 2);
        assert!(strongest(&[], 0, 3, 3, 3).0.is_empty());
    }

    #[test]
    fn the_pointer_finds_the_curve_it_is_on() {
        let edges = [Edge { from: 0, to: 1, weight: 0.1 }, Edge { from: 1, to: 0, weight: 1.0 }];
        let y = |u: usize| 100.0 * u as f64;
        for x in [0.05, 0.3, 0.8, 1.0] {
            let t = curve_t(x);
            assert_eq!(nearest(&edges, x, curve_y(0.0, 100.0, t), y, y), Some(edges[0]));
            assert_eq!(nearest(&edges, x, curve_y(100.0, 0.0, t) + 5.0, y, y), Some(edges[1]));
        }
        // Where both cross, the stronger one.
        assert_eq!(nearest(&edges, 0.5, 50.0, y, y), Some(edges[1]));
        assert_eq!(nearest(&edges, 0.5, 80.0, y, y), None);
    }
}
