//! How far made rows are from real ones: energy distance, and the share of real rows that have a made one near.
//!
//! Both compare every pair of rows; whoever measures bounds their number.

/// What was compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clouds {
    /// `2 E|x − y| − E|x − x'| − E|y − y'|` over Euclidean distances, 0 for the same law (Székely & Rizzo 2013).
    pub energy: f32,
    /// Share of real rows with a made one no farther than their [`NEAREST`]-th nearest real one (Naeem et al. 2020, §3.2).
    pub coverage: f32,
}

/// Which real neighbour bounds what is near; the paper takes 5 for thousands of rows.
const NEAREST: usize = 5;

/// Compares rows of `width` numbers; `None` where either has fewer than two rows more than [`NEAREST`].
pub fn compare(real: &[f32], made: &[f32], width: usize) -> Option<Clouds> {
    let rows = |of: &[f32]| of.len() / width.max(1);
    let (n, m) = (rows(real), rows(made));
    if n.min(m) < NEAREST + 2 {
        return None;
    }
    let (mut across, mut among, mut covered) = (0.0, 0.0, 0);
    let mut own: Vec<f32> = Vec::with_capacity(n);
    for x in real.chunks_exact(width) {
        let mut least = f32::INFINITY;
        for y in made.chunks_exact(width) {
            let d = distance(x, y);
            across += f64::from(d);
            least = least.min(d);
        }
        own.clear();
        own.extend(real.chunks_exact(width).map(|other| distance(x, other)));
        among += own.iter().map(|d| f64::from(*d)).sum::<f64>();
        // The nearest of all is the row itself.
        let (_, radius, _) = own.select_nth_unstable_by(NEAREST, f32::total_cmp);
        covered += usize::from(least <= *radius);
    }
    let within = made.chunks_exact(width).flat_map(|x| made.chunks_exact(width).map(move |y| distance(x, y)));
    let within = within.map(f64::from).sum::<f64>() / (m * m) as f64;
    let energy = 2.0 * across / (n * m) as f64 - among / (n * n) as f64 - within;
    Some(Clouds { energy: energy as f32, coverage: covered as f32 / n as f32 })
}

fn distance(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f32>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Evenly spaced on a circle, turned a little.
    fn ring(n: usize, turn: f32) -> Vec<f32> {
        let angle = |i: usize| std::f32::consts::TAU * i as f32 / n as f32 + turn;
        (0..n).flat_map(|i| [angle(i).cos(), angle(i).sin()]).collect()
    }

    #[test]
    fn the_same_law_is_near_and_half_of_it_is_not() {
        let real = ring(100, 0.0);
        let same = compare(&real, &ring(80, 0.01), 2).map(|c| (c.energy < 0.01, c.coverage));
        assert_eq!(same, Some((true, 1.0)));
        let half = compare(&real, &ring(100, 0.0)[..100], 2);
        assert!(half.is_some_and(|c| c.energy > 0.1 && (0.45..0.6).contains(&c.coverage)), "{half:?}");
        let point = compare(&real, &[1.0, 0.0].repeat(50), 2);
        assert!(point.is_some_and(|c| c.coverage < 0.1), "{point:?}");
    }

    #[test]
    fn of_two_points_the_distance_is_known() {
        // Seven rows at 0 and seven at 3: 2·3 − 0 − 0.
        let c = compare(&[0.0; 7], &[3.0; 7], 1);
        assert_eq!(c, Some(Clouds { energy: 6.0, coverage: 0.0 }));
        assert_eq!(compare(&[0.0; 6], &[3.0; 9], 1), None);
    }
}
