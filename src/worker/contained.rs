//! Whether the target of a step stands in the input of that step, or of a later one.
//!
//! Measured on some of the training rows when an experiment is loaded. Not responsible for whether the network sees later steps
//! (`ui::doctor`).

use crate::engine::data::Dataset;
use crate::protocol::loaded::Contained;
use crate::spec::data::{IGNORED, Target};

/// Pairs of numbers that are compared at most: some milliseconds.
const PAIRS: usize = 4_000_000;
/// Training rows looked at.
const ROWS: usize = 100;
/// Columns of targets and of inputs looked at.
const COLUMNS: usize = 64;
/// Later steps looked at.
const LATER: usize = 8;

/// For each column of the targets what the input column that says most of it says; `None` where there are no steps that
/// inputs and targets share.
pub fn contained(data: &Dataset) -> Option<Box<Contained>> {
    let [time, x_width, y_width] = steps(data)?;
    let (columns, targets) = (x_width.min(COLUMNS), y_width.min(COLUMNS));
    let shifts = LATER.min(time.saturating_sub(1));
    let each = time * columns * targets * (shifts + 1);
    let rows = data.n_train.min(ROWS).min((PAIRS / each.max(1)).max(4));
    let best = |target: usize, ahead: usize| {
        let one = |column: usize| {
            let pairs = (0..rows).flat_map(|row| {
                let (x, y) = (data.x_row(row), data.y_row(row));
                (0..time - ahead).map(move |t| (x[(t + ahead) * x_width + column], y[t * y_width + target]))
            });
            if data.info.tokens.is_some() { equal(pairs) } else { correlation(pairs) }
        };
        (0..columns).map(one).fold(0.0, f32::max)
    };
    let same = (0..targets).map(|target| best(target, 0)).collect();
    let later = (0..targets).map(|target| (1..=shifts).map(|ahead| best(target, ahead)).fold(0.0, f32::max)).collect();
    Some(Box::new(Contained { same, later }))
}

/// Steps, numbers of a step's input, numbers of a step's target.
fn steps(data: &Dataset) -> Option<[usize; 3]> {
    let info = &data.info;
    let (time, x_width) = match (info.tokens, &info.input[..]) {
        (Some(_), [time]) => (*time, 1),
        (None, [time, features]) => (*time, *features),
        _ => return None,
    };
    let y_width = match (&info.target, info.tokens) {
        (Target::Steps { len, .. }, Some(_)) if *len == time => 1,
        (Target::Values { shape }, None) if shape.len() == 2 && shape[0] == time => shape[1],
        _ => return None,
    };
    (time > 0 && x_width > 0 && y_width > 0 && data.n_train > 0).then_some([time, x_width, y_width])
}

/// Share of the places with a target at which the input is the very token.
fn equal(pairs: impl Iterator<Item = (f32, f32)>) -> f32 {
    let asked = pairs.filter(|(_, y)| *y != IGNORED);
    let (n, same) = asked.fold((0u32, 0u32), |(n, same), (x, y)| (n + 1, same + u32::from(x == y)));
    if n == 0 { 0.0 } else { same as f32 / n as f32 }
}

/// Square of the correlation (Pearson); 0 where one of the two does not vary.
fn correlation(pairs: impl Iterator<Item = (f32, f32)> + Clone) -> f32 {
    let sum = |(n, a, b): (f64, f64, f64), (x, y): (f32, f32)| (n + 1.0, a + f64::from(x), b + f64::from(y));
    let (n, x_sum, y_sum) = pairs.clone().fold((0.0, 0.0, 0.0), sum);
    let (x_mean, y_mean) = (x_sum / n, y_sum / n);
    let (xx, yy, xy) = pairs.fold((0.0, 0.0, 0.0), |(xx, yy, xy), (x, y)| {
        let (dx, dy) = (f64::from(x) - x_mean, f64::from(y) - y_mean);
        (xx + dx * dx, yy + dy * dy, xy + dx * dy)
    });
    if xx > 0.0 && yy > 0.0 { (xy * xy / (xx * yy)) as f32 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::engine::data::build;
    use crate::spec::DataSpec;

    fn measured(json: &str) -> Option<Box<Contained>> {
        let spec: DataSpec = serde_json::from_str(json).unwrap();
        contained(&build(&spec, 7, &[]).unwrap())
    }

    #[test]
    fn targets_that_stand_in_the_input_are_told_from_those_that_do_not() {
        let c = measured(r#"{"set":"random","input":[12,4],"shifted":"feature"}"#).unwrap();
        assert!(c.same[..3].iter().all(|told| *told > 0.999_999), "{:?}", c.same);
        assert!(c.same[3] < 0.1 && c.later.iter().all(|told| *told < 0.1), "{c:?}");
    }

    #[test]
    fn the_next_step_stands_in_the_input_of_a_later_step_only() {
        let c = measured(r#"{"set":"random","input":[12,2],"shifted":"step"}"#).unwrap();
        assert!(c.same.iter().all(|told| *told < 0.1) && c.later.iter().all(|told| *told > 0.999_999), "{c:?}");
        let tokens = measured(r#"{"set":"reverse"}"#).unwrap();
        assert!(tokens.same[0] < 0.5 && tokens.later[0] > 0.8, "{tokens:?}");
    }

    #[test]
    fn where_there_are_no_steps_nothing_is_measured() {
        assert_eq!(measured(r#"{"set":"spiral"}"#), None);
        assert_eq!(measured(r#"{"set":"random","input":[10,8],"target":{"shape":[1]}}"#), None);
    }
}
