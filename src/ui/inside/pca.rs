//! Rows of many numbers as points in the plane: their first two principal components, by power iteration.
//!
//! A view that goes on begins with the axes of the last one, so that points move and do not jump. Pure, tested natively.

use std::collections::BTreeMap;

/// Iterations from axes that mean nothing yet …
const FIRST: usize = 40;
/// … and from those of a moment ago.
const NEXT: usize = 8;

/// The plane and the points in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plane {
    /// Unit vectors.
    pub axes: [Vec<f32>; 2],
    /// Share of the variance along each.
    pub shares: [f32; 2],
    /// A point for each row.
    pub points: Vec<(f32, f32)>,
    /// The class of each row; empty where there is none.
    pub labels: Vec<u16>,
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// `v` made as long as 1; its length before.
fn unit(v: &mut [f32]) -> f32 {
    let length = dot(v, v).sqrt();
    if length > 0.0 {
        v.iter_mut().for_each(|v| *v /= length);
    }
    length
}

/// `v` without its part along `axis`.
fn beside(v: &mut [f32], axis: &[f32]) {
    let along = dot(v, axis);
    v.iter_mut().zip(axis).for_each(|(v, a)| *v -= along * a);
}

impl Plane {
    /// Of rows of `width` numbers; `last` is the plane shown before. `None` without rows.
    pub fn of(x: &[f32], width: usize, labels: &[u16], last: Option<&Plane>) -> Option<Plane> {
        let n = x.len().checked_div(width).filter(|n| *n > 0)?;
        let mut rows = x[..n * width].to_vec();
        for j in 0..width {
            let mean = rows.iter().skip(j).step_by(width).sum::<f32>() / n as f32;
            rows.iter_mut().skip(j).step_by(width).for_each(|v| *v -= mean);
        }
        let last = last.filter(|l| l.axes[0].len() == width);
        let mut plane = Plane { labels: labels.to_vec(), ..Plane::default() };
        let total = dot(&rows, &rows).max(f32::MIN_POSITIVE);
        for k in 0..2 {
            // Numbers that no row is likely to be square to.
            let begin = || (0..width).map(|j| 1.0 + (1.7 * (j + k * width) as f32).sin()).collect();
            let mut v: Vec<f32> = last.map_or_else(begin, |l| l.axes[k].clone());
            let mut variance = 0.0;
            for _ in 0..if last.is_some() { NEXT } else { FIRST } {
                let mut next = vec![0.0; width];
                for row in rows.chunks_exact(width) {
                    let along = dot(row, &v);
                    next.iter_mut().zip(row).for_each(|(n, r)| *n += along * r);
                }
                if k == 1 {
                    beside(&mut next, &plane.axes[0]);
                }
                variance = unit(&mut next);
                v = next;
            }
            (plane.axes[k], plane.shares[k]) = (v, (variance / total).min(1.0));
        }
        let [a, b] = &plane.axes;
        plane.points = rows.chunks_exact(width).map(|r| (dot(r, a), dot(r, b))).collect();
        Some(plane)
    }

    /// How far the farthest point is from the middle, along either axis.
    pub fn reach(&self) -> f32 {
        self.points.iter().flat_map(|(x, y)| [x.abs(), y.abs()]).fold(f32::MIN_POSITIVE, f32::max)
    }

    /// The classes that there are.
    pub fn classes(&self) -> Vec<u16> {
        let there: BTreeMap<u16, ()> = self.labels.iter().map(|l| (*l, ())).collect();
        there.into_keys().collect()
    }

    /// Share of points whose nearest other point has the same class; `None` without classes.
    pub fn alike(&self) -> Option<f32> {
        let n = self.points.len();
        if self.labels.len() != n || n < 2 {
            return None;
        }
        let far = |a: usize, b: usize| {
            let ((ax, ay), (bx, by)) = (self.points[a], self.points[b]);
            (ax - bx) * (ax - bx) + (ay - by) * (ay - by)
        };
        let nearest = |a: usize| (0..n).filter(|b| *b != a).min_by(|b, c| far(a, *b).total_cmp(&far(a, *c)));
        let alike = (0..n).filter(|a| nearest(*a).is_some_and(|b| self.labels[b] == self.labels[*a])).count();
        Some(alike as f32 / n as f32)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Points on an ellipse, two times as long as wide, in a plane that lies askew in four dimensions.
    fn ellipse(turn: f32) -> Vec<f32> {
        let (u, v) = ([0.5, 0.5, 0.5, 0.5], [0.5, -0.5, 0.5, -0.5]);
        (0..40)
            .flat_map(|k| {
                let (sin, cos) = (turn + k as f32 * std::f32::consts::TAU / 40.0).sin_cos();
                (0..4).map(move |j| 3.0 + 2.0 * cos * u[j] + sin * v[j])
            })
            .collect()
    }

    #[test]
    fn the_longest_way_comes_first() {
        let labels: Vec<u16> = (0..40).map(|k| k / 20).collect();
        let plane = Plane::of(&ellipse(0.0), 4, &labels, None).unwrap();
        assert!((plane.shares[0] - 0.8).abs() < 1e-3 && (plane.shares[1] - 0.2).abs() < 1e-3, "{:?}", plane.shares);
        assert!((dot(&plane.axes[0], &[0.5; 4]).abs() - 1.0).abs() < 1e-4, "{:?}", plane.axes);
        assert!(dot(&plane.axes[0], &plane.axes[1]).abs() < 1e-4);
        assert!((plane.reach() - 2.0).abs() < 1e-3);
        assert_eq!(plane.classes(), [0, 1]);
        assert!(plane.alike().unwrap() > 0.9);
        // Axes that are nearly right are kept, with their sign.
        let next = Plane::of(&ellipse(0.01), 4, &labels, Some(&plane)).unwrap();
        assert!((0..2).all(|k| dot(&next.axes[k], &plane.axes[k]) > 0.999));
        assert_eq!(Plane::of(&[], 4, &[], None), None);
        assert_eq!(Plane::of(&[1.0; 8], 4, &[], None).unwrap().alike(), None);
    }
}
