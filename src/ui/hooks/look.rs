//! The latest frame that carries a panel's look: a frame may come without it, and a panel must not blink.
//!
//! Not responsible for asking (`use_wants`).

use crate::ui::frame_data::FrameData;
use crate::ui::state::State;
use std::rc::Rc;
use yew::prelude::*;

/// The frame whose look is the latest under `key`; `None` before the first, and after another run was started.
#[hook]
pub fn use_look(state: &Rc<State>, key: &'static str) -> Option<Rc<FrameData>> {
    let kept = use_mut_ref(|| None::<(u32, Rc<FrameData>)>);
    let run = state.run.data.loaded.run;
    let mut kept = kept.borrow_mut();
    if kept.as_ref().is_some_and(|(of, _)| *of != run) {
        *kept = None;
    }
    if state.run.frame.look(key).is_some() {
        *kept = Some((run, state.run.frame.clone()));
    }
    kept.as_ref().map(|(_, frame)| frame.clone())
}
