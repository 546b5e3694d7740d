//! Asking for something now and then while it is out of sight: one frame at the beginning of a run, then one at a slow
//! rhythm.
//!
//! Not responsible for what is made of the answers.

use crate::protocol::FrameRequest;
use crate::ui::wants::Wants;
use gloo::timers::callback::Interval;
use yew::prelude::*;

/// Between two frames: few enough to cost nothing, many enough for a film.
const EVERY_MS: u32 = 10_000;

/// Registers `request` under `key` until `answered`: at once while it `begins`, then every [`EVERY_MS`] while `running`.
#[hook]
pub fn use_pulse(key: &'static str, request: &FrameRequest, begins: bool, running: bool, answered: bool) {
    let wants = use_context::<Wants>();
    let due = use_state_eq(|| false);
    {
        let due = due.setter();
        use_effect_with((), move |()| {
            let timer = Interval::new(EVERY_MS, move || due.set(true));
            move || drop(timer)
        });
    }
    {
        let due = due.clone();
        use_effect_with((answered, *due), move |(answered, is_due)| {
            if *answered && *is_due {
                due.set(false);
            }
        });
    }
    let asks = !answered && (begins || (*due && running));
    use_effect_with((wants.clone(), asks, request.clone()), move |(wants, asks, request)| match wants {
        Some(w) if *asks => w.set(key, request.clone()),
        Some(w) => w.clear(key),
        None => {}
    });
    use_effect_with(wants, move |wants| {
        let wants = wants.clone();
        move || wants.iter().for_each(|w| w.clear(key))
    });
}
