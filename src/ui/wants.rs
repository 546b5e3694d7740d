//! What the panels show at this moment, merged into the one request that goes with the next frame.
//!
//! A panel says what it needs under its own name and takes it back when it is scrolled out of sight (`hooks::use_wants`
//! does both): nothing unseen is computed. Not responsible for asking (`ui::link`).

use crate::protocol::FrameRequest;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// The registry; a clone is another handle on the same one. Panels get it as a Yew context.
#[derive(Clone, Default)]
pub struct Wants(Rc<Inner>);

#[derive(Default)]
struct Inner {
    by_panel: RefCell<BTreeMap<String, FrameRequest>>,
    changed: RefCell<Option<Rc<dyn Fn()>>>,
}

impl PartialEq for Wants {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Wants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.by_panel.borrow().iter()).finish()
    }
}

impl Wants {
    /// Says what `panel` shows from now on, instead of what it said before.
    pub fn set(&self, panel: &str, request: FrameRequest) {
        let same = self.0.by_panel.borrow().get(panel) == Some(&request);
        if !same {
            self.0.by_panel.borrow_mut().insert(panel.to_string(), request);
            self.tell();
        }
    }

    /// Says that `panel` shows nothing any more.
    pub fn clear(&self, panel: &str) {
        if self.0.by_panel.borrow_mut().remove(panel).is_some() {
            self.tell();
        }
    }

    /// Everything that is shown now.
    pub fn merged(&self) -> FrameRequest {
        let mut all = FrameRequest::default();
        self.0.by_panel.borrow().values().for_each(|r| all.join(r));
        all
    }

    /// Calls `f` after every change, until the next call of this function.
    pub fn on_change(&self, f: Rc<dyn Fn()>) {
        *self.0.changed.borrow_mut() = Some(f);
    }

    fn tell(&self) {
        // Cloned out first: the callback may come back here.
        let changed = self.0.changed.borrow().clone();
        if let Some(f) = changed {
            f();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Want;
    use std::cell::Cell;

    fn weight(name: &str) -> FrameRequest {
        FrameRequest::of([Want::Weight(name.into())])
    }

    #[test]
    fn the_union_is_what_any_panel_shows_each_once() {
        let wants = Wants::default();
        wants.set("a", FrameRequest::of([Want::GradientFlow, Want::Weight("w".into())]));
        wants.set("b", FrameRequest::of([Want::Weight("w".into()), Want::Weight("v".into())]));
        let all = wants.merged().wants;
        assert_eq!(all, [Want::GradientFlow, Want::Weight("w".into()), Want::Weight("v".into())]);
    }

    #[test]
    fn what_is_out_of_sight_is_not_asked_for_and_only_changes_are_told() {
        let told = Rc::new(Cell::new(0));
        let wants = Wants::default();
        let t = told.clone();
        wants.on_change(Rc::new(move || t.set(t.get() + 1)));
        wants.set("a", weight("w"));
        wants.set("a", weight("w"));
        assert_eq!(told.get(), 1);
        wants.clear("a");
        wants.clear("a");
        assert_eq!(told.get(), 2);
        assert_eq!(wants.merged(), FrameRequest::default());
    }
}
