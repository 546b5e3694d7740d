//! The doctor on real runs: healthy set-ups raise no alarm; each failure, provoked, is found within so many steps, and the
//! remedy offered cures it. The page's own reducer and the worker's reactor do everything; only the browser between them
//! is missing.
//!
//! Limits were chosen on the set-ups in `healthy` and `failures`; those in `held_out` were written down before the doctor
//! saw any of them. Not responsible for how findings look (`tests/e2e/doctor.spec.mjs`).

mod case;
mod causes;
mod contained;
mod failures;
mod healthy;
mod held_out;
mod made;
mod offers;
pub mod page;
mod reach;

use gradarium::protocol::{FrameRequest, Want};
use gradarium::spec::preset;
use gradarium::ui::state::{DoctorMsg, Msg};
use page::Page;

#[test]
fn resting_it_asks_for_nothing() {
    let mut page = Page::open(preset::first());
    assert!(page.state.doctor.wants(&page.state.edit.experiment).wants.contains(&Want::GradientFlow));
    page.say(Msg::Doctor(DoctorMsg::Examine(false)));
    assert_eq!(page.state.doctor.wants(&page.state.edit.experiment), FrameRequest::default());
}

/// JSON has no infinity: what is not finite arrives as null and is read as a number that is none.
#[test]
fn numbers_that_are_not_finite_survive_the_wire() {
    use gradarium::protocol::{Frame, GradientLayer, GradientRow, Histogram, Shown, Spread};
    let layer =
        GradientLayer { d_params: f32::INFINITY, params: f32::NAN, update: Some(1.0), ..GradientLayer::default() };
    let spread =
        Spread { activation: Histogram { std: f32::NAN, high: 2.0, ..Histogram::default() }, ..Spread::default() };
    let frame = Frame {
        shown: vec![Shown::GradientFlow(GradientRow { step: 3, layers: vec![layer] }), Shown::Spread(vec![spread])],
        ..Frame::default()
    };
    let read: Frame = serde_json::from_str(&serde_json::to_string(&frame).unwrap()).unwrap();
    let layer = &read.gradient_flow().unwrap().layers[0];
    assert!(layer.d_params.is_nan() && layer.params.is_nan() && layer.update == Some(1.0));
    assert!(read.spread()[0].activation.std.is_nan() && read.spread()[0].activation.high == 2.0);
}
