//! Saying what a panel shows, for as long as it can be seen.
//!
//! Not responsible for merging what panels say (`ui::wants`).

use super::use_visible;
use crate::protocol::FrameRequest;
use crate::ui::wants::Wants;
use yew::prelude::*;

/// Registers `request` under `panel` while `node` is in sight. Returns whether it is.
#[hook]
pub fn use_wants(panel: &'static str, node: &NodeRef, request: FrameRequest) -> bool {
    let wants = use_context::<Wants>();
    let visible = use_visible(node);
    use_effect_with((wants.clone(), visible, request), move |(wants, visible, request)| match wants {
        Some(w) if *visible => w.set(panel, request.clone()),
        Some(w) => w.clear(panel),
        None => {}
    });
    use_effect_with(wants, move |wants| {
        let wants = wants.clone();
        move || {
            if let Some(w) = wants {
                w.clear(panel);
            }
        }
    });
    visible
}
