//! Test ids of the doctor.
//!
//! Not responsible for what the elements do.

/// The panel.
pub const DOCTOR: &str = "doctor";
/// Its one line: what was found.
pub const DOCTOR_STATUS: &str = "doctor-status";
/// Starts or stops examining.
pub const DOCTOR_TOGGLE: &str = "doctor-toggle";
/// What is watched, in numbers: `loss`, `flow`, `update`, `dead`, `saturated`.
pub fn doctor_sign(sign: &str) -> String {
    format!("doctor-sign-{sign}")
}
/// A finding.
pub fn doctor_finding(kind: &str) -> String {
    format!("doctor-finding-{kind}")
}
/// Its remedy.
pub fn doctor_remedy(kind: &str) -> String {
    format!("doctor-remedy-{kind}")
}
/// The numbers behind one of its plots, counted from 0, as a table for readers.
pub fn doctor_evidence(kind: &str, index: usize) -> String {
    format!("doctor-evidence-{kind}-{index}")
}
/// The remedy just applied.
pub const DOCTOR_APPLIED: &str = "doctor-applied";
/// Takes it back.
pub const DOCTOR_UNDO: &str = "doctor-undo";
