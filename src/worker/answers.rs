//! The network's answers to the whole test part, and how often the page gets new ones: they take as long as dozens of
//! steps, and a frame that brought them every time would come once in a second and a half.
//!
//! Not responsible for what is counted of them (`frames`).

use super::share::{MEASURE_FIRST, Share, is_soon_due};
use crate::engine::session::{Classified, Metrics, Part, Session};
use std::rc::Rc;

/// Answers to every sample of a part.
#[derive(Clone, Debug)]
pub struct Answered {
    /// After this many steps.
    pub step: u64,
    /// Each.
    pub samples: Vec<Classified>,
    /// What they amount to.
    pub metrics: Option<Metrics>,
}

/// The page's latest answers.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    latest: Option<Rc<Answered>>,
    share: Share,
    spent_ms: f64,
}

impl Answers {
    /// Answers to `part`. While training runs (`share`: new ones are followed by so many times their own cost) the latest
    /// serve until then; at rest (`None`) they are always new, since weights may have been edited.
    pub fn get(
        &mut self,
        session: &mut Session,
        part: Part,
        share: Option<f64>,
        now: &dyn Fn() -> f64,
    ) -> Rc<Answered> {
        let start = now();
        if let Some(latest) = &self.latest
            && let Some(share) = share
        {
            // The first answers are soon untrue.
            let soon = is_soon_due(session.steps(), latest.step);
            let share = if soon { share.min(MEASURE_FIRST) } else { share };
            if !self.share.is_due_after(start, share) {
                return latest.clone();
            }
        }
        let (samples, metrics) = session.classify(part);
        let latest = Rc::new(Answered { step: session.steps(), samples, metrics });
        let end = now();
        self.spent_ms += end - start;
        self.share.spend(start, end, share.unwrap_or_default());
        self.latest = Some(latest.clone());
        latest
    }

    /// What new answers have cost since this was asked last, ms.
    pub fn take_spent_ms(&mut self) -> f64 {
        std::mem::take(&mut self.spent_ms)
    }
}
