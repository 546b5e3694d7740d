//! Saying what a panel shows, for as long as it can be seen.
//!
//! Not responsible for merging what panels say (`ui::wants`).

use super::use_visible;
use crate::protocol::FrameRequest;
use crate::ui::wants::Wants;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// For so long what is out of sight is asked for as well when it is new, so that whoever scrolls to it finds a picture.
const FIRST_LOOK_MS: u32 = 2000;

/// Registers `request` under `panel` while `node` is in sight, and for a moment when it is new. Returns whether it is in
/// sight.
#[hook]
pub fn use_wants(panel: &str, node: &NodeRef, request: FrameRequest) -> bool {
    let wants = use_context::<Wants>();
    let visible = use_visible(node);
    let fresh = use_state_eq(|| true);
    {
        let fresh = fresh.setter();
        use_effect_with(request.clone(), move |_| {
            fresh.set(true);
            let timer = Timeout::new(FIRST_LOOK_MS, move || fresh.set(false));
            move || drop(timer)
        });
    }
    let wanted = visible || *fresh;
    let panel: Rc<str> = panel.into();
    use_effect_with((wants.clone(), wanted, request, panel.clone()), |(wants, wanted, request, panel)| match wants {
        Some(w) if *wanted => w.set(panel, request.clone()),
        Some(w) => w.clear(panel),
        None => {}
    });
    use_effect_with((wants, panel), |(wants, panel)| {
        let (wants, panel) = (wants.clone(), panel.clone());
        move || {
            if let Some(w) = wants {
                w.clear(&panel);
            }
        }
    });
    visible
}
