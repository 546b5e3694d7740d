//! Two-dimensional classification shapes within about `[-1, 1]²`.
//!
//! Geometry after TensorFlow Playground (`dataset.ts`, there on `[-6, 6]²`) and, for moons, scikit-learn's `make_moons`;
//! all but circle, xor, moons and heart continued to several classes. Point `i` is of class `i mod classes`, so classes
//! are balanced. Noise is added last and its random numbers are drawn whether it is 0 or not: turning the slider moves
//! the same points, it does not draw new ones.
//!
//! Not responsible for the split.

use std::f32::consts::{PI, TAU};

use super::Rows;
use crate::engine::rng::Rng;
use crate::spec::sets::Shape;

/// Deviation of the points at noise 1, where a shape can hardly be made out; half the way is a hard but fair task.
pub fn jitter(shape: Shape) -> f32 {
    match shape {
        Shape::Gauss => 0.38,
        Shape::Circle
        | Shape::Xor
        | Shape::Moons
        | Shape::Checkerboard
        | Shape::Rings
        | Shape::Heart
        | Shape::Ring
        | Shape::Grid => 0.25,
        // The arms lie 0.3 apart.
        Shape::Spiral => 0.15,
    }
}

/// Draws `n` points of a shape.
pub fn draw(shape: Shape, n: usize, classes: usize, noise: f32, rng: &mut Rng) -> Rows {
    let classes = classes.max(1);
    let mut rows = Rows::default();
    let per_class = n.div_ceil(classes);
    let spread = noise * jitter(shape);
    for i in 0..n {
        let class = i % classes;
        // Where along its curve the point lies: one in each of equally long pieces, so no stretch stays empty.
        let along = ((i / classes) as f32 + rng.uniform()) / per_class as f32;
        let [x, y] = point(shape, class, classes, along, rng);
        rows.x.extend([x + spread * rng.normal(), y + spread * rng.normal()]);
        rows.y.push(class as f32);
    }
    rows
}

/// One noiseless point of a class.
fn point(shape: Shape, class: usize, classes: usize, along: f32, rng: &mut Rng) -> [f32; 2] {
    let turn = class as f32 / classes as f32;
    match shape {
        Shape::Circle => {
            let radius = if class == 1 { rng.range(0.0, 0.45) } else { rng.range(0.65, 0.95) };
            polar(radius, along)
        }
        Shape::Xor => {
            // A gap along the axes, as in the Playground, so that it can be learned without error.
            let (x, y) = (rng.range(0.04, 1.0), rng.range(0.04, 1.0));
            let sign = if rng.next_u32() & 1 == 0 { 1.0 } else { -1.0 };
            [sign * x, if class == 1 { sign * y } else { -sign * y }]
        }
        Shape::Gauss => {
            let [cx, cy] = polar(0.5, turn + 0.125);
            let spread = if classes > 3 { 0.07 } else { 0.1 };
            [cx + spread * rng.normal(), cy + spread * rng.normal()]
        }
        Shape::Spiral => {
            // The Playground's arms make 1¾ turns, where a 2-8-8-2 network stays stuck from one seed in four; at 1½ it
            // learned from each of twelve seeds. More arms turn less, so that they stay as far apart.
            let turns = 1.5 * 2.0 / classes as f32;
            polar(0.04 + 0.91 * along, turns * along + turn)
        }
        Shape::Moons => {
            let angle = PI * along;
            let [x, y] = if class == 0 { [angle.cos(), angle.sin()] } else { [1.0 - angle.cos(), 0.5 - angle.sin()] };
            [(x - 0.5) / 1.6, (y - 0.25) / 1.6]
        }
        Shape::Checkerboard => cell(class, classes, rng),
        Shape::Rings => {
            let middle = (class as f32 + 0.5) / classes as f32;
            polar(0.95 * (middle + rng.range(-0.3, 0.3) / classes as f32), along)
        }
        Shape::Heart => heart(class == 1, rng),
        Shape::Ring => {
            let cloud = 2 * rng.below(4) + class as u32;
            near(polar(0.75, cloud as f32 / 8.0), rng)
        }
        Shape::Grid => {
            // Of 25 clouds the even ones are one more.
            let cloud = 2 * rng.below(if class == 0 { 13 } else { 12 }) + class as u32;
            let place = |i: u32| (i as f32 - 2.0) * 0.4;
            near([place(cloud % 5), place(cloud / 5)], rng)
        }
    }
}

/// Clouds that a generator has to find one by one (Metz et al. 2017 tried eight on a circle, Srivastava et al. 2017 a grid).
fn near([x, y]: [f32; 2], rng: &mut Rng) -> [f32; 2] {
    const SPREAD: f32 = 0.03;
    [x + SPREAD * rng.normal(), y + SPREAD * rng.normal()]
}

/// A point at a radius, and an angle given in turns.
fn polar(radius: f32, turns: f32) -> [f32; 2] {
    [radius * (TAU * turns).sin(), radius * (TAU * turns).cos()]
}

/// A point in one of the cells of a 4×4 board whose column and row add up to the class.
fn cell(class: usize, classes: usize, rng: &mut Rng) -> [f32; 2] {
    let is_of_class = |cell: &u32| (*cell as usize / 4 + *cell as usize % 4) % classes == class;
    let count = (0..16).filter(is_of_class).count();
    let chosen = rng.below(count.max(1) as u32) as usize;
    // Every sum from 0 to 5 occurs on the board, so there is a cell for each of up to six classes.
    let cell = (0..16).filter(is_of_class).nth(chosen).unwrap_or(0);
    let mut place = |index: u32| (index as f32 + rng.range(0.06, 0.94)) / 2.0 - 1.0;
    [place(cell % 4), place(cell / 4)]
}

/// A point inside or outside of `(x² + y² − 1)³ = x²y³`, the algebraic heart, with a thin gap along its outline.
fn heart(inside: bool, rng: &mut Rng) -> [f32; 2] {
    let value = |x: f32, y: f32, size: f32| {
        let (x, y) = (x / size, (y + 0.08) / size);
        (x * x + y * y - 1.0).powi(3) - x * x * y * y * y
    };
    loop {
        // Both sides cover more than two fifths of the square: the loop ends soon.
        let (x, y) = (rng.range(-1.0, 1.0), rng.range(-1.0, 1.0));
        if (inside && value(x, y, 0.7) < 0.0) || (!inside && value(x, y, 0.76) > 0.0) {
            return [x, y];
        }
    }
}
