//! Inputs that say nothing about the classes: neither the network nor the nearest neighbours do better than guessing.
//!
//! Not responsible for networks that could do better (`fit`), nor for sequences, whose neighbours say little.

use super::super::limits::{AGE_UNRELATED, CHANCE_ERRORS, CHANCE_MOST, EPOCHS_UNRELATED, GUESS_MAX};
use super::super::vitals::{Answers, mean};
use super::super::{Evidence, Finding, Kind, Measure, Role, Side};
use super::{Case, finding};

/// Test measurements that one mean is taken over.
const MEAN_OF: usize = 5;

/// See the module.
pub fn nothing_to_learn(c: &Case) -> Option<Finding> {
    let epochs = (c.v.age() * c.e.training.batch as u64) as f64 / c.v.rows.max(1) as f64;
    if c.v.age() < AGE_UNRELATED || epochs < EPOCHS_UNRELATED || c.e.data_info()?.input.len() == 2 {
        return None;
    }
    let (_, Answers::Classes { targets, .. }) = c.v.answers.as_ref()? else { return None };
    let all = f64::from(targets.iter().sum::<u32>());
    // Always naming the commonest class.
    let guess = f64::from(*targets.iter().max()?) / all;
    let chance = |rows: f64| CHANCE_ERRORS * (guess * (1.0 - guess) / rows).sqrt();
    let (train, test) = (chance(c.v.rows as f64), chance(all));
    if guess > GUESS_MAX || train.max(test) > CHANCE_MOST || c.v.neighbours? > guess + train {
        return None;
    }
    let points = c.v.curves.iter().filter(|p| p.step > c.v.from);
    let metric: Vec<(f64, f64)> = points.filter_map(|p| Some((p.step as f64, p.test_metric?.into()))).collect();
    let value = mean(metric.iter().rev().take(MEAN_OF).map(|p| p.1))?;
    let evidence = Evidence {
        measure: Measure::TestMetric,
        names: Vec::new(),
        lines: vec![(Role::Test, metric)],
        value,
        limit: Some(guess + test),
        side: Side::Below,
        log: false,
    };
    Some(finding(Kind::Unrelated, evidence, Vec::new()))
}
