//! What the panels show at this moment, merged into the one request that goes with the next frame.
//!
//! A panel says what it needs under its own name and takes it back when it is scrolled out of sight (`hooks::use_wants`
//! does both): nothing unseen is computed. Not responsible for asking (`ui::link`).

use crate::protocol::{FrameRequest, NeuronRequest};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// The registry; a clone is another handle on the same one. Panels get it as a Yew context.
#[derive(Clone, Default)]
pub struct Wants(Rc<Inner>);

#[derive(Default)]
struct Inner {
    by_panel: RefCell<BTreeMap<&'static str, FrameRequest>>,
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
    pub fn set(&self, panel: &'static str, request: FrameRequest) {
        let same = self.0.by_panel.borrow().get(panel) == Some(&request);
        if !same {
            self.0.by_panel.borrow_mut().insert(panel, request);
            self.tell();
        }
    }

    /// Says that `panel` shows nothing any more.
    pub fn clear(&self, panel: &'static str) {
        if self.0.by_panel.borrow_mut().remove(panel).is_some() {
            self.tell();
        }
    }

    /// Everything that is shown now.
    pub fn merged(&self) -> FrameRequest {
        let mut all = FrameRequest::default();
        self.0.by_panel.borrow().values().for_each(|r| merge(&mut all, r));
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

/// Widens `all` so that it covers `one` too.
pub fn merge(all: &mut FrameRequest, one: &FrameRequest) {
    all.curves_since = match (all.curves_since, one.curves_since) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    all.output_px = all.output_px.max(one.output_px);
    if let Some(n) = &one.neurons {
        let to = all.neurons.get_or_insert_with(NeuronRequest::default);
        to.px = to.px.max(n.px);
        to.units_max = to.units_max.max(n.units_max);
        add_new(&mut to.layers, &n.layers);
    }
    all.gradient_flow |= one.gradient_flow;
    all.updates |= one.updates;
    all.spread = all.spread.max(one.spread);
    add_new(&mut all.looks, &one.looks);
    add_new(&mut all.weights, &one.weights);
    all.confusion |= one.confusion;
    all.mistakes = all.mistakes.max(one.mistakes);
    all.mistakes_cell = one.mistakes_cell.or(all.mistakes_cell);
    all.scatter |= one.scatter;
    all.augmented = all.augmented.max(one.augmented);
    if one.sample.is_some() {
        all.sample.clone_from(&one.sample);
    }
    all.checkpoint |= one.checkpoint;
}

fn add_new<T: Clone + PartialEq>(to: &mut Vec<T>, from: &[T]) {
    for item in from {
        if !to.contains(item) {
            to.push(item.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    fn neurons(px: usize, layers: &[usize], units_max: usize) -> FrameRequest {
        let neurons = Some(NeuronRequest { px, layers: layers.to_vec(), units_max });
        FrameRequest { neurons, ..FrameRequest::default() }
    }

    #[test]
    fn merging_covers_every_panel() {
        let wants = Wants::default();
        wants.set("a", neurons(32, &[0, 1], 8));
        wants.set("b", FrameRequest { mistakes: Some(12), weights: vec!["w".into()], ..neurons(100, &[1, 2], 1) });
        wants.set(
            "c",
            FrameRequest { weights: vec!["w".into(), "v".into()], gradient_flow: true, ..Default::default() },
        );
        let all = wants.merged();
        assert_eq!(all.neurons, Some(NeuronRequest { px: 100, layers: vec![0, 1, 2], units_max: 8 }));
        assert_eq!(all.mistakes, Some(12));
        assert_eq!(all.weights, ["w", "v"]);
        assert!(all.gradient_flow && !all.confusion && !all.checkpoint);
    }

    #[test]
    fn curves_are_asked_from_the_earliest_point() {
        let mut all = FrameRequest { curves_since: Some(9), ..FrameRequest::default() };
        merge(&mut all, &FrameRequest { curves_since: Some(4), ..FrameRequest::default() });
        merge(&mut all, &FrameRequest::default());
        assert_eq!(all.curves_since, Some(4));
    }

    #[test]
    fn what_is_out_of_sight_is_not_asked_for_and_only_changes_are_told() {
        let told = Rc::new(Cell::new(0));
        let wants = Wants::default();
        let t = told.clone();
        wants.on_change(Rc::new(move || t.set(t.get() + 1)));
        wants.set("a", neurons(32, &[0], 8));
        wants.set("a", neurons(32, &[0], 8));
        assert_eq!(told.get(), 1);
        wants.clear("a");
        wants.clear("a");
        assert_eq!(told.get(), 2);
        assert_eq!(wants.merged(), FrameRequest::default());
    }
}
