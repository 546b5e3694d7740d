//! A frame as the page holds it: what the worker answered, with its arrays decoded.

use crate::protocol::{Frame, Look};
use std::rc::Rc;

/// A frame and its arrays, decoded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrameData {
    /// The structured part.
    pub frame: Frame,
    /// Its arrays, by the indices that the frame names.
    pub arrays: Vec<Rc<[f32]>>,
}

impl FrameData {
    /// The array with that index; empty if the worker sent none (a frame of an older request).
    pub fn array(&self, index: usize) -> &[f32] {
        self.arrays.get(index).map_or(&[], |a| a)
    }

    /// What the panel with that key has looked at, if this frame carries it.
    pub fn look(&self, key: &str) -> Option<&Look> {
        self.frame.looks().find(|l| l.key == key)
    }

    /// A value of a [`Look`], with its shape.
    pub fn looked<'a>(&'a self, look: &'a Look, name: &str) -> Option<(&'a [usize], &'a [f32])> {
        let v = look.values.iter().find(|v| v.name == name)?;
        Some((&v.shape, self.array(v.buffer)))
    }

    /// The parameter of that name, to be kept.
    pub fn weight_shared(&self, name: &str) -> Option<Rc<[f32]>> {
        let w = self.frame.weights().find(|w| w.name == name)?;
        self.arrays.get(w.buffer).cloned()
    }

    /// The parameter of that name with its shape, if this frame carries it.
    pub fn weight(&self, name: &str) -> Option<(&[usize], &[f32])> {
        let w = self.frame.weights().find(|w| w.name == name)?;
        Some((&w.shape, self.array(w.buffer)))
    }
}
