//! The linear probe for the page, training from scratch beside it, and how often both go on.
//!
//! Not responsible for computing them (`engine::session`).

use super::share::{self, Share, is_soon_due};
use crate::backend;
use crate::engine::session::{SCRATCH_STEPS, Scratch, Session};
use crate::protocol::Probe;
use crate::spec::Backend;

/// Probes that are kept for the course: when full, every other one goes.
const COURSE_MAX: usize = 128;
/// While nothing trains: how long training from scratch may go on within one frame, ms.
const REST_MS: f64 = 300.0;

/// The page's latest probe.
#[derive(Default)]
pub struct Probing {
    latest: Option<Probe>,
    share: Share,
    /// Begun with the first probe; `None` inside where there is none such.
    scratch: Option<Option<Scratch>>,
}

impl Probing {
    /// The probe for the page: a new one when the network has moved on and the last one has been paid for. Nothing of other
    /// tasks, and where rows have no classes.
    pub fn get(&mut self, session: &mut Session, running: bool, now: &dyn Fn() -> f64) -> Option<Probe> {
        let (start, step) = (now(), session.steps());
        let over = self.scratch.as_ref().is_some_and(|s| s.as_ref().is_none_or(Scratch::is_over));
        if let Some(latest) = &self.latest {
            let times = if is_soon_due(step, latest.step) { share::MEASURE_FIRST } else { share::SAMPLE };
            if (latest.step == step && over) || (running && !self.share.is_due_after(start, times)) {
                return Some(latest.clone());
            }
        }
        let found = session.probe()?;
        let spent = now() - start;
        let scratch = self.scratch.get_or_insert_with(|| begin(session));
        let until = now() + if running { spent } else { REST_MS };
        while let Some(scratch) = scratch.as_mut().filter(|s| !s.is_over()) {
            scratch.advance();
            if now() >= until {
                break;
            }
        }
        let scratch = scratch.as_ref();
        let mut course = self.latest.take().map(|l| l.course).unwrap_or_default();
        // Whoever went back to an earlier step goes on from there.
        course.retain(|(at, _)| *at < step);
        if course.len() >= COURSE_MAX {
            let mut keep = false;
            course.retain(|_| {
                keep = !keep;
                keep
            });
        }
        course.push((step, found.accuracy));
        let probe = Probe {
            step,
            labelled: found.labelled,
            train: session.data().n_train,
            tested: found.tested,
            accuracy: found.accuracy,
            scratch: scratch.and_then(Scratch::best),
            scratch_steps: (scratch.map_or(0, Scratch::steps), SCRATCH_STEPS),
            course,
        };
        self.share.spend(start, now(), share::SAMPLE);
        self.latest = Some(probe.clone());
        Some(probe)
    }
}

/// Not on the card: the network is small, and the card is training's.
fn begin(session: &mut Session) -> Option<Scratch> {
    session.scratch(backend::choose(Backend::Simd).ok()?)
}
