//! Points the learner drew with the mouse.
//!
//! Not responsible for their limits: the spec has checked them.

use super::Rows;

/// The points as rows.
pub fn rows(points: &[[f32; 3]]) -> Rows {
    Rows {
        x: points.iter().flat_map(|[x, y, _]| [*x, *y]).collect(),
        y: points.iter().map(|[_, _, class]| *class).collect(),
        ..Rows::default()
    }
}
