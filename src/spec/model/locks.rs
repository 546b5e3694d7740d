//! Which layers are frozen: their parameters stay as they are while the others learn.
//!
//! Locks are the one part of a model that may change while it trains. Not responsible for what a frozen layer costs
//! (`engine::graph::autodiff`).

use super::{Layer, LayerKind, ModelSpec};

/// Hands every layer to `see`, those inside a container behind it.
fn each(layers: &mut [Layer], see: &mut dyn FnMut(&mut Layer)) {
    for layer in layers {
        see(layer);
        if let LayerKind::Residual(r) = &mut layer.kind {
            each(&mut r.layers, see);
        }
    }
}

impl Layer {
    /// Lets its parameters learn, and those of all layers in it.
    pub fn unfreeze(&mut self) {
        each(std::slice::from_mut(self), &mut |l| l.frozen = false);
    }
}

impl ModelSpec {
    /// Whether each layer is frozen, those inside a container behind it.
    pub fn locks(&self) -> Vec<bool> {
        fn list(layers: &[Layer], all: &mut Vec<bool>) {
            for layer in layers {
                all.push(layer.frozen);
                list(layer.kind.children(), all);
            }
        }
        let mut all = Vec::new();
        list(&self.layers, &mut all);
        all
    }

    /// Freezes and unfreezes layers, in the order of [`ModelSpec::locks`].
    pub fn set_locks(&mut self, locks: &[bool]) {
        let mut locks = locks.iter();
        each(&mut self.layers, &mut |l| l.frozen = locks.next().copied().unwrap_or(false));
    }

    /// Whether the two differ in nothing but which layers are frozen.
    pub fn same_but_for_locks(&self, other: &ModelSpec) -> bool {
        let mut unlocked = other.clone();
        unlocked.set_locks(&self.locks());
        *self == unlocked
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::spec::text;

    #[test]
    fn locks_are_set_in_the_order_they_are_listed() {
        let text = "dense 3 frozen | residual(dense 3 | layer_norm frozen) | dense";
        let frozen = text::parse(text).unwrap();
        assert_eq!(frozen.locks(), [true, false, false, true, false]);
        let mut other = text::parse("dense 3 | residual(dense 3 | layer_norm) frozen | dense").unwrap();
        assert!(frozen.same_but_for_locks(&other) && frozen != other);
        other.set_locks(&frozen.locks());
        assert_eq!(other, frozen);
        assert!(!frozen.same_but_for_locks(&text::parse("dense 4 | residual(dense 3 | layer_norm) | dense").unwrap()));
        other.layers[1].unfreeze();
        assert_eq!(other.locks(), [true, false, false, false, false]);
    }
}
