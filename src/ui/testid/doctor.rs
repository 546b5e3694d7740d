//! Test ids of the doctor.
//!
//! Not responsible for what the elements do.

/// How much classes count in the loss: its choice.
pub const CLASS_WEIGHTS: &str = "class-weights";
/// The weight of one class.
pub fn class_weight(class: usize) -> String {
    format!("class-weight-{class}")
}
/// What a straight code leaves, beside the loss.
pub const CURVES_PCA: &str = "curves-pca";
/// Line of the commonest class beside accuracy.
pub const CURVES_MAJORITY: &str = "curves-majority";
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
/// Another remedy against it, counted from 1.
pub fn doctor_other(kind: &str, index: usize) -> String {
    format!("doctor-remedy-{kind}-{index}")
}
/// The numbers behind one of its plots, counted from 0, as a table for readers.
pub fn doctor_evidence(kind: &str, index: usize) -> String {
    format!("doctor-evidence-{kind}-{index}")
}
/// The remedy just applied.
pub const DOCTOR_APPLIED: &str = "doctor-applied";
/// What is seen of it.
pub const DOCTOR_COURSE: &str = "doctor-course";
/// One that did not help and was taken back.
pub const DOCTOR_RELAPSE: &str = "doctor-relapse";
/// Takes it back.
pub const DOCTOR_UNDO: &str = "doctor-undo";
