//! The doctor's ears: what takes a frame is code that comes later than the page's first.
//!
//! Not responsible for what is heard in it (`Doctor::hear`).

use super::Doctor;
use crate::protocol::CurvePoint;
use crate::spec::Experiment;
use crate::ui::frame_data::FrameData;
use std::rc::Rc;

/// Takes a frame of the run with these curves, of this experiment.
type Hear = fn(&mut Doctor, &FrameData, &Rc<Vec<CurvePoint>>, &Rc<Experiment>);

/// What takes a frame, [`Doctor::hear`]: in the page it comes later than the rest (`ui::parts`).
#[derive(Clone, Copy, Debug)]
pub struct Ears(pub Option<Hear>);

impl Default for Ears {
    fn default() -> Self {
        if cfg!(target_arch = "wasm32") { Ears(None) } else { Ears(Some(Doctor::hear)) }
    }
}

/// Only whether they are there makes a difference.
impl PartialEq for Ears {
    fn eq(&self, other: &Ears) -> bool {
        self.0.is_some() == other.0.is_some()
    }
}
