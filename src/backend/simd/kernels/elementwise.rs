//! Arithmetic on whole slices: fill, copy, add, multiply, scale, axpy, dropout's mask.
//!
//! Not responsible for activations (`activation`) or sums (`reduce`).

use super::lanes::splat;
use super::map::{map, map_in_place, zip, zip_add, zip_in_place};

/// `y = value` everywhere.
pub fn fill(y: &mut [f32], value: f32) {
    y.fill(value);
}

/// `y = x`.
///
/// # Panics
/// If the lengths differ, as every function of this file does.
pub fn copy(x: &[f32], y: &mut [f32]) {
    y.copy_from_slice(x);
}

/// `y = a + b`.
pub fn add(a: &[f32], b: &[f32], y: &mut [f32]) {
    zip(a, b, y, |a, b| a + b);
}

/// `y += x`.
pub fn add_assign(y: &mut [f32], x: &[f32]) {
    zip_in_place(x, y, |x, y| y + x);
}

/// `y = a − b`.
pub fn sub(a: &[f32], b: &[f32], y: &mut [f32]) {
    zip(a, b, y, |a, b| a - b);
}

/// `y += alpha·x`.
pub fn axpy(alpha: f32, x: &[f32], y: &mut [f32]) {
    let alpha = splat(alpha);
    zip_in_place(x, y, |x, y| y + alpha * x);
}

/// `y = alpha·x`.
pub fn scale(alpha: f32, x: &[f32], y: &mut [f32]) {
    let alpha = splat(alpha);
    map(x, y, |x| alpha * x);
}

/// `y ← alpha·y`.
pub fn scale_in_place(alpha: f32, y: &mut [f32]) {
    let alpha = splat(alpha);
    map_in_place(y, |y| alpha * y);
}

/// `y = a·b`, element by element.
pub fn mul(a: &[f32], b: &[f32], y: &mut [f32]) {
    zip(a, b, y, |a, b| a * b);
}

/// `y ← y·x`, element by element.
pub fn mul_assign(y: &mut [f32], x: &[f32]) {
    zip_in_place(x, y, |x, y| y * x);
}

/// `y += a·b`, element by element.
pub fn mul_add(a: &[f32], b: &[f32], y: &mut [f32]) {
    zip_add(a, b, y, |a, b| a * b);
}

/// Adds the row `bias` (n) to every row of `y` (m, n).
///
/// # Panics
/// If `y` is not whole rows.
pub fn add_row(y: &mut [f32], bias: &[f32]) {
    if bias.is_empty() {
        return;
    }
    assert_eq!(y.len() % bias.len(), 0, "not whole rows");
    for row in y.chunks_exact_mut(bias.len()) {
        add_assign(row, bias);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::Rng;

    fn random(rng: &mut Rng, n: usize) -> Vec<f32> {
        (0..n).map(|_| rng.range(-2.0, 2.0)).collect()
    }

    /// One rounding per operation and no contraction: the scalar formula must be met bit for bit.
    #[test]
    fn each_is_its_scalar_formula_at_every_length() {
        let mut rng = Rng::new(11, 0);
        for n in [0, 1, 2, 3, 4, 5, 7, 8, 9, 17, 33, 100] {
            let (a, b, old) = (random(&mut rng, n), random(&mut rng, n), random(&mut rng, n));
            let check = |name: &str, run: &dyn Fn(&mut [f32]), truth: &dyn Fn(f32, f32, f32) -> f32| {
                let mut y = old.clone();
                run(&mut y);
                for i in 0..n {
                    assert_eq!(y[i], truth(a[i], b[i], old[i]), "{name} {n} {i}");
                }
            };
            check("fill", &|y| fill(y, 3.0), &|_, _, _| 3.0);
            check("copy", &|y| copy(&a, y), &|a, _, _| a);
            check("add", &|y| add(&a, &b, y), &|a, b, _| a + b);
            check("sub", &|y| sub(&a, &b, y), &|a, b, _| a - b);
            check("add_assign", &|y| add_assign(y, &a), &|a, _, y| y + a);
            check("axpy", &|y| axpy(0.3, &a, y), &|a, _, y| y + 0.3 * a);
            check("scale", &|y| scale(0.3, &a, y), &|a, _, _| 0.3 * a);
            check("scale_in_place", &|y| scale_in_place(0.3, y), &|_, _, y| 0.3 * y);
            check("mul", &|y| mul(&a, &b, y), &|a, b, _| a * b);
            check("mul_assign", &|y| mul_assign(y, &a), &|a, _, y| y * a);
            check("mul_add", &|y| mul_add(&a, &b, y), &|a, b, y| y + a * b);
            let mut rows = [a.clone(), b.clone()].concat();
            add_row(&mut rows, &old);
            for i in 0..2 * n {
                assert_eq!(rows[i], if i < n { a[i] + old[i] } else { b[i - n] + old[i - n] });
            }
        }
    }
}
