//! Seeded noise of any shape, for benchmarks, for showing that a network can learn rows by heart, and for published programs
//! that were written on noise.
//!
//! Not responsible for limits: the spec has checked them.

use super::Rows;
use crate::engine::rng::Rng;
use crate::spec::data::{DataInfo, DataSpec, Target};
use crate::spec::random::{RandomInputs, RandomTargets, Shifted};

/// Numbers that rows of `factors` are made of.
const FACTORS: usize = 8;

/// Draws `n` rows: standard normal inputs (or uniform tokens), uniform classes or standard normal values, unless the spec says
/// otherwise.
pub fn draw(spec: &DataSpec, info: &DataInfo, n: usize, rng: &mut Rng) -> Rows {
    if let (Some(shifted), [time, features]) = (spec.shifted, &info.input[..]) {
        return neighbours(spec, shifted, [*time, *features], n, rng);
    }
    let width: usize = info.input.iter().product();
    let x = match info.tokens {
        Some(count) => (0..n * width).map(|_| rng.below(count as u32) as f32).collect(),
        None => inputs(spec.inputs.unwrap_or_default(), n, width, rng),
    };
    let y = match (spec.targets.unwrap_or_default(), &info.target) {
        (RandomTargets::Linear, target) => linear(spec, target, &x, width, rng),
        (RandomTargets::Uniform([low, high]), Target::Values { .. }) => {
            (0..n * info.target.width()).map(|_| low + (high - low) * rng.uniform()).collect()
        }
        (RandomTargets::Chance | RandomTargets::Uniform(_), target) => {
            let one = |_| match target {
                Target::Classes { count } | Target::Steps { count, .. } => rng.below(*count as u32) as f32,
                Target::Values { .. } => rng.normal(),
            };
            (0..n * target.width()).map(one).collect()
        }
    };
    Rows { x, y, ..Rows::default() }
}

fn inputs(kind: RandomInputs, n: usize, width: usize, rng: &mut Rng) -> Vec<f32> {
    match kind {
        RandomInputs::Normal => (0..n * width).map(|_| rng.normal()).collect(),
        RandomInputs::Uniform => (0..n * width).map(|_| rng.uniform()).collect(),
        RandomInputs::Factors => {
            let scale = 1.0 / (FACTORS as f32).sqrt();
            let mix: Vec<f32> = (0..FACTORS * width).map(|_| scale * rng.normal()).collect();
            let mut x = Vec::with_capacity(n * width);
            for _ in 0..n {
                let hidden: [f32; FACTORS] = std::array::from_fn(|_| rng.normal());
                let number =
                    |j: usize| hidden.iter().zip(mix[j..].iter().step_by(width)).map(|(h, m)| h * m).sum::<f32>();
                x.extend((0..width).map(number));
            }
            x
        }
    }
}

/// Weighted sums of the inputs about their mean; of classes the one whose sum is largest, so that all are about as frequent.
fn linear(spec: &DataSpec, target: &Target, x: &[f32], width: usize, rng: &mut Rng) -> Vec<f32> {
    let outputs = if let Target::Classes { count } = target { *count } else { target.width() };
    let weights: Vec<f32> = (0..outputs * width).map(|_| rng.normal() / (width as f32).sqrt()).collect();
    let mean = if spec.inputs == Some(RandomInputs::Uniform) { 0.5 } else { 0.0 };
    let sums = |row: &[f32]| -> Vec<f32> {
        let of = |w: &[f32]| w.iter().zip(row).map(|(w, x)| w * (x - mean)).sum::<f32>();
        weights.chunks_exact(width).map(of).collect()
    };
    let rows = x.chunks_exact(width).map(sums);
    match target {
        Target::Classes { .. } => rows.map(|s| largest(&s) as f32).collect(),
        Target::Values { .. } | Target::Steps { .. } => rows.flatten().collect(),
    }
}

fn largest(values: &[f32]) -> usize {
    (0..values.len()).max_by(|a, b| values[*a].total_cmp(&values[*b])).unwrap_or(0)
}

/// Rows of a draw that is one step longer, or one feature wider: the input lacks its end, the target its beginning.
fn neighbours(spec: &DataSpec, shifted: Shifted, [time, features]: [usize; 2], n: usize, rng: &mut Rng) -> Rows {
    let (down, right) = match shifted {
        Shifted::Step => (1, 0),
        Shifted::Feature => (0, 1),
    };
    let wide = features + right;
    let all = inputs(spec.inputs.unwrap_or_default(), n, (time + down) * wide, rng);
    let mut rows = Rows::default();
    for row in all.chunks_exact((time + down) * wide) {
        for t in 0..time {
            rows.x.extend_from_slice(&row[t * wide..][..features]);
            rows.y.extend_from_slice(&row[(t + down) * wide + right..][..features]);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn drawn(json: &str) -> (DataInfo, Rows) {
        let spec: DataSpec = serde_json::from_str(json).unwrap();
        let info = spec.info().unwrap();
        let rows = draw(&spec, &info, 200, &mut Rng::new(3, 0));
        (info, rows)
    }

    #[test]
    fn targets_are_uniform_between_their_ends() {
        let (_, rows) = drawn(r#"{"set":"random","input":[3],"target":{"shape":[1]},"targets":{"uniform":[0,2]}}"#);
        let (low, high) = rows.y.iter().fold((f32::MAX, f32::MIN), |(l, h), y| (l.min(*y), h.max(*y)));
        assert!((0.0..0.1).contains(&low) && (1.9..2.0).contains(&high), "{low} {high}");
    }

    #[test]
    fn a_straight_rule_makes_classes_of_about_the_same_size_from_the_inputs() {
        for inputs in ["normal", "uniform", "factors"] {
            let json = format!(
                r#"{{"set":"random","input":[10],"inputs":"{inputs}","target":{{"classes":2}},"targets":"linear"}}"#
            );
            let (_, rows) = drawn(&json);
            let ones = rows.y.iter().filter(|y| **y == 1.0).count();
            assert!((60..140).contains(&ones), "{inputs}: {ones} of 200");
        }
    }

    #[test]
    fn what_is_shifted_asks_for_the_next_step_or_the_next_feature() {
        let (info, rows) = drawn(r#"{"set":"random","input":[4,3],"shifted":"step"}"#);
        assert_eq!(info.target, Target::Values { shape: vec![4, 3] });
        assert_eq!(rows.y[..9], rows.x[3..12], "the target of a step is the next input");
        let (_, rows) = drawn(r#"{"set":"random","input":[4,3],"shifted":"feature"}"#);
        for (x, y) in rows.x.chunks(3).zip(rows.y.chunks(3)) {
            assert_eq!(y[..2], x[1..]);
        }
    }
}
