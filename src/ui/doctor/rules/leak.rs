//! A column of the learner's own table that says the target by itself.
//!
//! Not responsible for measuring columns (`super::super::leak`).

use super::super::limits::TOLD;
use super::super::remedy::pick;
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Role};
use super::Case;

/// The network copies what it is to find out.
pub fn label(c: &Case) -> Option<Finding> {
    let columns = c.v.columns.as_ref()?.as_ref()?;
    let (told, name) = (*columns.told.first()?, columns.names.first()?);
    if told < TOLD {
        return None;
    }
    let points = columns.told.iter().enumerate().map(|(i, t)| (i as f64, *t)).collect();
    let evidence = Evidence {
        measure: Measure::ColumnTells,
        names: columns.names.clone(),
        lines: vec![(Role::Value, points)],
        value: told,
        limit: Some(TOLD),
        log: false,
    };
    let remedy = pick(c.e, [Remedy::LeaveOut { column: name.clone() }, Remedy::OtherData]);
    Some(super::finding(Kind::LabelLeak, evidence, remedy))
}
