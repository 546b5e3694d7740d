//! The latest numbers of the network that frames brought: responses of units and parameters, kept until newer ones come.
//!
//! A frame holds only what was asked for when it was asked, so a column that comes into view would otherwise blink.
//! Not responsible for asking (`strip.rs`).

use crate::ui::frame_data::FrameData;
use crate::ui::netmap::layout::{CHANNELS_MAX, ROWS_MAX};
use crate::ui::testid;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;

/// What the network calls its input.
pub const INPUT: &str = "input";

/// An array compared by identity: the worker never changes one in place.
#[derive(Clone, Debug)]
pub struct Arr(pub Rc<[f32]>);

impl PartialEq for Arr {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Arr {
    type Target = [f32];
    fn deref(&self) -> &[f32] {
        &self.0
    }
}

/// Responses of a layer's first units over the plane, `(shown, px, px)`, rows from the top.
#[derive(Clone, Debug, PartialEq)]
pub struct Maps {
    /// Units the layer has.
    pub units: usize,
    /// Units in `values`.
    pub shown: usize,
    /// Pixels a side.
    pub px: usize,
    /// The responses.
    pub values: Arr,
}

impl Maps {
    /// One unit's response.
    pub fn unit(&self, u: usize) -> &[f32] {
        let n = self.px * self.px;
        self.values.get(u * n..(u + 1) * n).unwrap_or(&[])
    }
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its shape.
    pub shape: Vec<usize>,
    /// Row-major.
    pub values: Arr,
}

/// An example's answers of one layer: the first channels, each with all its places.
#[derive(Clone, Debug, PartialEq)]
pub struct Channels {
    /// Shape of the layer's output, channels last.
    pub shape: Vec<usize>,
    /// Channels in `values`.
    pub shown: usize,
    /// `(shown, places)`.
    pub values: Arr,
}

impl Channels {
    /// Of an output `(…, C)`.
    fn of(shape: &[usize], output: &[f32]) -> Option<Channels> {
        let c = *shape.last()?;
        let most = if shape.len() == 3 { CHANNELS_MAX } else { ROWS_MAX };
        let shown = c.min(most);
        let values: Vec<f32> = (0..shown).flat_map(|k| output.iter().skip(k).step_by(c.max(1)).copied()).collect();
        Some(Channels { shape: shape.to_vec(), shown, values: Arr(values.into()) })
    }
}

/// Everything that is known now; a clone shares the arrays.
#[derive(Clone, Default)]
pub struct Live {
    seen: Option<Rc<FrameData>>,
    maps: BTreeMap<usize, Maps>,
    params: BTreeMap<String, Param>,
    channels: BTreeMap<String, Channels>,
    input: Option<Arr>,
}

impl Live {
    /// Takes over what the frame brought; a frame seen before is skipped.
    pub fn take(&mut self, data: &Rc<FrameData>) {
        if self.seen.as_ref().is_some_and(|s| Rc::ptr_eq(s, data)) {
            return;
        }
        if self.seen.as_ref().is_some_and(|s| s.frame.status.run != data.frame.status.run) {
            self.params.clear();
            self.channels.clear();
            self.input = None;
        }
        self.seen = Some(data.clone());
        for m in data.frame.neurons() {
            let Some(values) = data.arrays.get(m.buffer) else { continue };
            if values.len() == m.shown * m.px * m.px {
                let maps = Maps { units: m.units, shown: m.shown, px: m.px, values: Arr(values.clone()) };
                self.maps.insert(m.layer, maps);
            }
        }
        self.look(data);
        for w in data.frame.weights() {
            let Some(values) = data.arrays.get(w.buffer) else { continue };
            if values.len() == w.shape.iter().product::<usize>() {
                self.params.insert(w.name.clone(), Param { shape: w.shape.clone(), values: Arr(values.clone()) });
            }
        }
    }

    /// What the example made of the layers that were asked about.
    fn look(&mut self, data: &FrameData) {
        let Some(look) = data.look(testid::PANEL_NETWORK) else { return };
        for v in &look.values {
            let Some(values) = data.arrays.get(v.buffer) else { continue };
            if v.name == INPUT {
                self.input = Some(Arr(values.clone()));
            }
            if let Some(channels) = Channels::of(&v.shape, values) {
                self.channels.insert(v.name.clone(), channels);
            }
        }
    }

    /// The example itself, if it has that many numbers.
    pub fn input(&self, n: usize) -> Option<Arr> {
        self.input.clone().filter(|x| x.len() == n)
    }

    /// What the example made of that layer, if its output has that shape.
    pub fn channels(&self, name: &str, shape: &[usize]) -> Option<Channels> {
        self.channels.get(name).filter(|c| c.shape == shape).cloned()
    }

    /// Responses of layer `layer`, if they are of a layer with that many units.
    pub fn maps(&self, layer: usize, units: usize) -> Option<Maps> {
        self.maps.get(&layer).filter(|m| m.units == units).cloned()
    }

    /// The parameter of that name, if it has that shape.
    pub fn param(&self, name: &str, shape: &[usize]) -> Option<Param> {
        self.params.get(name).filter(|p| p.shape == shape).cloned()
    }
}
