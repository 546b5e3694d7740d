//! The run tells the truth: the same seed and settings are the same run, whatever was done before; what is shown of an earlier
//! step is of that step; what led to a divergence stays.
//!
//! Not responsible for what the page draws of it (e2e).

mod page;
mod past;
mod predict;
mod same;
