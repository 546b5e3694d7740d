//! A column of the learner's own table that says the target by itself.
//!
//! Not responsible for measuring columns (`super::super::leak`).

use super::super::limits::TOLD;
use super::super::remedy::offers;
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Role, Side};
use super::Case;

/// The network copies what it is to find out. Where there is no other column, it is what the learner wants to know.
pub fn label(c: &Case) -> Option<Finding> {
    let columns = c.v.columns.as_ref()?.as_ref()?;
    let (told, name) = (*columns.told.first()?, columns.names.first()?);
    if told < TOLD || columns.names.len() < 2 {
        return None;
    }
    let points = columns.told.iter().enumerate().map(|(i, t)| (i as f64, *t)).collect();
    let evidence = Evidence {
        measure: Measure::ColumnTells,
        names: columns.names.clone(),
        lines: vec![(Role::Value, points)],
        value: told,
        limit: Some(TOLD),
        side: Side::Above,
        log: false,
    };
    let remedies = offers(c.e, [Remedy::LeaveOut { column: name.clone() }]);
    Some(super::finding(Kind::LabelLeak, evidence, remedies))
}
