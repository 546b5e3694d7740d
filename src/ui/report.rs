//! What the page, or an embedding one, knows of a run, as its report wants it.
//!
//! Not responsible for the report (`export::report`).

use super::names;
use super::plots::regions::{self, Scale};
use super::state::State;
use crate::export::report::{About, Confusion, Map, Point};
use crate::protocol::{CurvePoint, Status};
use crate::spec::Target;

/// Paper.
const WHITE: [u8; 3] = [255; 3];

/// The run as far as it is known, seen at the page of this address.
pub fn about(status: &Status, curves: &[CurvePoint], page: String) -> About {
    let points = curves.iter().map(point).collect();
    About { step: status.step, epoch: status.epoch, points, page, ..About::default() }
}

/// The run that a page shows, with what stands in its panels.
pub fn of_page(state: &State, page: String) -> About {
    About { confusion: confusion(state), map: map(state), ..about(&state.run.status, &state.run.curves, page) }
}

fn point(c: &CurvePoint) -> Point {
    Point {
        step: c.step,
        train_loss: Some(c.train_loss),
        test_loss: c.test_loss,
        train_metric: c.train_metric,
        test_metric: c.test_metric,
        terms: c.terms.clone(),
    }
}

fn confusion(state: &State) -> Option<Confusion> {
    let seen = state.run.frame.frame.confusion()?;
    let names = names::data_info(&state.edit.experiment, state.page.lang)?.class_names;
    Some(Confusion { counts: seen.counts.clone(), names, test: seen.test, step: seen.step })
}

/// What comes out over the plane, in the colours of the page by day.
fn map(state: &State) -> Option<Map> {
    let info = names::data_info(&state.edit.experiment, state.page.lang).filter(|info| info.plane)?;
    let out = state.run.frame.frame.output()?;
    let [px, _, width] = out.shape[..] else { return None };
    let v = state.run.frame.array(out.buffer);
    if v.is_empty() || v.len() != px * px * width {
        return None;
    }
    let pixels = match (&info.target, width) {
        // One logistic output says the probability of class 1 only.
        (Target::Classes { .. }, 1) => {
            let both: Vec<f32> = v.iter().flat_map(|p| [1.0 - p, *p]).collect();
            regions::classes(&both, 2, false, WHITE)
        }
        (Target::Classes { .. }, n) => regions::classes(v, n, false, WHITE),
        (Target::Values { .. } | Target::Steps { .. }, n) => {
            let [low, high] = state.run.data.loaded.target_range.unwrap_or([-1.0, 1.0]);
            regions::values(v, n, Scale::over(low, high), WHITE)
        }
    };
    let mut axes = info.feature_names.into_iter();
    let axes = std::array::from_fn(|_| axes.next().unwrap_or_default());
    Some(Map { px, colors: pixels.chunks_exact(4).map(|c| [c[0], c[1], c[2]]).collect(), axes })
}
