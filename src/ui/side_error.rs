//! Why a second worker gave no answer; who asked keeps it and shows it.
//!
//! Pure, so that states can hold it. Not responsible for the worker itself (`ui::link::side`).

use crate::protocol::Failure;
use crate::spec::Problem;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum SideError {
    /// The browser started no worker.
    NotStarted,
    /// The worker is gone; what it said last, if it could say anything.
    Died(String),
    /// The page has put the worker away.
    Stopped,
    /// The worker refused the command; nothing changed there.
    Refused(Failure),
    /// A file of the data set could not be fetched.
    Fetch(Problem),
}
