//! The places of an attention that are drawn: all but filling.
//!
//! Not responsible for which places are filling (`inside::filling`).

use crate::protocol::Look;
use crate::spec::pairs::Zero;
use crate::ui::frame_data::FrameData;
use crate::ui::inside::attention::AttentionAt;
use crate::ui::inside::filling;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What is kept of the places that ask and of those that are asked.
pub struct Kept {
    asks: Vec<usize>,
    asked: Vec<usize>,
    size: [usize; 2],
    /// Whether anything was left out.
    pub any: bool,
}

impl Kept {
    /// For tokens of both sides, empty where they are not known.
    pub fn new(asks: &[f32], asked: &[f32], size: [usize; 2], zero: Zero) -> Kept {
        let (a, b) = (filling::kept(asks, zero), filling::kept(asked, zero));
        let any = a.is_some() || b.is_some();
        let all = |kept: Option<Vec<usize>>, n: usize| kept.unwrap_or_else(|| (0..n).collect());
        Kept { asks: all(a, size[0]), asked: all(b, size[1]), size, any }
    }

    /// The tokens of both sides.
    pub fn tokens(&self, asks: &[f32], asked: &[f32]) -> (Vec<f32>, Vec<f32>) {
        (filling::picked(asks, &self.asks), filling::picked(asked, &self.asked))
    }

    /// The weights.
    pub fn weights(&self, shape: &[usize], values: &Rc<[f32]>) -> (Vec<usize>, Rc<[f32]>) {
        if !self.any {
            return (shape.to_vec(), values.clone());
        }
        let shape = vec![shape[0], self.asks.len(), self.asked.len()];
        (shape, filling::maps(values, self.size, &self.asks, &self.asked))
    }

    /// What the stages are computed from, by name; empty where nothing was left out.
    pub fn parts(
        &self,
        data: &FrameData,
        look: &Look,
        at: &AttentionAt,
    ) -> BTreeMap<&'static str, (Vec<usize>, Rc<[f32]>)> {
        let sides = [
            ("qkv", &self.asks),
            ("qkv_turned", &self.asks),
            ("memory_qkv", &self.asked),
            ("memory_qkv_turned", &self.asked),
            ("heads", &self.asks),
        ];
        let one = |(part, places): (&'static str, &Vec<usize>)| {
            let (shape, values) = data.looked(look, &at.value(part))?;
            let width = *shape.last()?;
            Some((part, (vec![places.len(), width], filling::rows(values, width, places))))
        };
        if self.any { sides.into_iter().filter_map(one).collect() } else { BTreeMap::new() }
    }
}
