//! What is said of a run's data and first weights: how numbers are scaled, a typical row, what was carried over.
//!
//! Not responsible for the preview (`frames`).

use crate::engine::data::{Dataset, Standardizer};
use crate::engine::session::Session;
use crate::protocol::{Carried, Scale};

/// Rows among which a typical one is looked for.
const TYPICAL_ROWS: usize = 500;
/// Digits that survive scaling and scaling back in `f32`.
const DIGITS: usize = 6;

/// How the data are scaled for the network, where they are.
pub fn scale(data: &Dataset) -> Option<Box<Scale>> {
    let pairs = |s: &Option<Standardizer>| s.as_ref().map_or_else(Vec::new, Standardizer::pairs);
    let scale = Scale { input: pairs(&data.scale), target: pairs(&data.target_scale) };
    (scale != Scale::default()).then(|| Box::new(scale))
}

/// Where inputs are a list of features: the training row nearest to the medians of all, in the units of the data. A row that
/// there is, and not the medians themselves: those of the columns of one choice may be no choice at all.
pub fn typical(data: &Dataset) -> Vec<f64> {
    let width = data.x_width();
    let rows = data.n_train.min(TYPICAL_ROWS);
    if data.info.input.len() != 1 || data.info.tokens.is_some() || rows == 0 {
        return Vec::new();
    }
    let mut column = Vec::with_capacity(rows);
    let medians: Vec<f32> = (0..width)
        .map(|j| {
            column.clear();
            column.extend((0..rows).map(|row| data.x_row(row)[j]));
            *column.select_nth_unstable_by(rows / 2, f32::total_cmp).1
        })
        .collect();
    let distance = |row: usize| data.x_row(row).iter().zip(&medians).map(|(x, m)| (x - m) * (x - m)).sum::<f32>();
    let nearest = (0..rows).min_by(|a, b| distance(*a).total_cmp(&distance(*b))).unwrap_or(0);
    let mut row = data.x_row(nearest).to_vec();
    let Some(scale) = &data.scale else { return row.iter().map(|x| f64::from(*x)).collect() };
    let near = Standardizer { offset: Vec::new(), ..scale.clone() };
    near.invert(&mut row);
    let offset = |i: usize| scale.offset.get(i).copied().unwrap_or(0.0);
    row.iter().enumerate().map(|(i, x)| rounded(rounded(f64::from(*x), DIGITS) + offset(i), 2 * DIGITS)).collect()
}

/// Without the last digits, which scaling has blurred.
fn rounded(x: f64, digits: usize) -> f64 {
    // What was written as a number is one.
    format!("{x:.*e}", digits - 1).parse().unwrap_or(x)
}

/// What a new run has of the one before; nothing where no parameter was kept.
pub fn carried(new: &Session, old: &Session, kept: &[String]) -> Option<Carried> {
    let params = new.plan().graph.params();
    let numbers = params.filter(|(_, v)| kept.contains(&v.name)).map(|(_, v)| v.dims.iter().product::<usize>()).sum();
    let set = &old.experiment().data;
    Some(Carried {
        step: old.steps(),
        set: (!set.same_rows(&new.experiment().data)).then(|| set.set.clone()),
        numbers,
        of: new.n_params(),
    })
    .filter(|c| c.numbers > 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::spec::DataSpec;

    #[test]
    fn a_typical_row_is_one_that_there_is_in_the_units_of_the_data() {
        // Age, and a choice of three: no choice has a median of 1.
        let rows: [[f32; 4]; 5] = [
            [20.0, 1.0, 0.0, 0.0],
            [31.0, 0.0, 1.0, 0.0],
            [33.0, 0.0, 0.0, 1.0],
            [70.0, 1.0, 0.0, 0.0],
            [90.0, 0.0, 1.0, 0.0],
        ];
        let random = r#"{"set": "random", "input": [4], "target": {"shape": [1]}, "samples": 10}"#;
        let info = serde_json::from_str::<DataSpec>(random).unwrap().info().unwrap();
        let x: Vec<f32> = rows.concat();
        let mut data = Dataset::from_arrays(info, x.clone(), vec![0.0; 5], 0).unwrap();
        assert_eq!((typical(&data), scale(&data)), (rows[2].map(f64::from).to_vec(), None));
        let s = Standardizer::fit(&x, 4);
        s.apply(&mut data.x);
        data.scale = Some(s);
        let row = typical(&data);
        assert!(rows.iter().any(|r| r.map(f64::from)[..] == row[..]), "{row:?}");
        assert_eq!(scale(&data).unwrap().input[1], [0.0, 1.0]);
        data.info.input = vec![2, 2];
        assert!(typical(&data).is_empty(), "pictures have none");
    }
}
