//! Targets of a sequence that stand in its input: the network has nothing to predict, it copies.
//!
//! Not responsible for measuring (`worker::contained`).

use super::super::limits::COPIED;
use super::super::remedy::offers;
use super::super::surgery::sees_later_steps;
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Role, Side};
use super::{Case, finding};
use crate::spec::TaskKind;

/// In the input of the same step, or of a later one where the network sees that too.
pub fn target(c: &Case) -> Option<Finding> {
    let told = c.v.contained.as_ref()?;
    let later = sees_later_steps(&c.e.model.layers, c.e.task.kind == TaskKind::LanguageModel);
    let most = |(same, later_on): (&f32, &f32)| f64::from(if later { same.max(*later_on) } else { *same });
    let columns: Vec<f64> = told.same.iter().zip(&told.later).map(most).collect();
    let value = columns.iter().copied().fold(0.0, f64::max);
    if value < COPIED {
        return None;
    }
    let evidence = Evidence {
        measure: Measure::TargetTold,
        names: (1..=columns.len()).map(|i| i.to_string()).collect(),
        lines: vec![(Role::Value, columns.iter().enumerate().map(|(i, t)| (i as f64, *t)).collect())],
        value,
        limit: Some(COPIED),
        side: Side::Above,
        log: false,
    };
    Some(finding(Kind::TargetInInput, evidence, offers(c.e, [Remedy::NextStep, Remedy::OneWay])))
}
