//! Random layers that look from place to place, fitted to the sequence they meet.
//!
//! Not responsible for when they are wished for.

use super::{Net, Wish, pick};
use gradarium::spec::model::{Attention, AttentionKind, NormPlace, PositionKind, Positional, Slice, TransformerBlock};
use gradarium::spec::{Activation, Code, Experiment, LayerKind};

fn settings(heads: usize, (a, b, x): (u8, u8, f64)) -> Attention {
    let causal = [None, Some(true), Some(false)][usize::from(b) % 3];
    let kind = if x > 0.7 { AttentionKind::Additive } else { AttentionKind::ScaledDot };
    Attention { heads, causal, kind, mask_padding: a.is_multiple_of(2) }
}

/// Takes the masks away where there is nothing to mask.
pub(super) fn unmask(exp: &mut Experiment) {
    let model = exp.model.clone();
    for at in exp.problems().iter().filter(|p| p.code == Code::NothingPadded).filter_map(|p| p.layer(&model)) {
        match &mut exp.model.layers[at].kind {
            LayerKind::Attention(a) => a.mask_padding = false,
            LayerKind::TransformerBlock(t) => t.mask_padding = false,
            other => panic!("{other:?} masks nothing"),
        }
    }
}

impl Net {
    /// A number of heads that can share `units`, in pairs once positions are rotary; `None` if there is none.
    fn heads(&self, n: u8, units: usize) -> Option<usize> {
        let fits = |h: &usize| units.is_multiple_of(*h) && (!self.rotary || (units / h).is_multiple_of(2));
        (1..=1 + usize::from(n) % 8).rev().find(fits)
    }

    /// Some places of a sequence, one at least.
    pub(super) fn grant_slice(&mut self, (_, a, b, _): Wish, name: Option<String>) {
        let len = self.shape[0];
        let start = usize::from(a) % len;
        let length = 1 + usize::from(b) % (len - start);
        let shape = [&[length], &self.shape[1..]].concat();
        self.push(LayerKind::Slice(Slice { start, length }), shape, None, name);
    }

    /// Positions with attention behind them, cross-attention or a block; nothing where rotary positions cannot be.
    pub(super) fn grant_attention(&mut self, (kind, a, b, x): Wish, name: Option<String>) {
        let shape = self.shape.clone();
        let units = shape[1];
        if kind == 17 {
            let kind = pick(&PositionKind::ALL, a);
            if kind == PositionKind::Rotary && !units.is_multiple_of(2) {
                return;
            }
            self.rotary |= kind == PositionKind::Rotary;
            self.push(LayerKind::Positional(Positional { kind }), shape.clone(), None, name.clone());
        }
        let Some(heads) = self.heads(a, units) else { return };
        if kind == 18 {
            let from = vec![self.find(a, |s| *s == shape[..]), self.find(b, |s| s.len() == 2 && s[1] == units)];
            return self.push(LayerKind::Attention(settings(heads, (a, b, x))), shape, Some(from), name);
        }
        if kind == 17 {
            return self.push(LayerKind::Attention(settings(heads, (a, b, x))), shape, None, None);
        }
        let block = TransformerBlock {
            heads,
            mlp_ratio: 1 + usize::from(b) % 4,
            causal: [None, Some(true), Some(false)][usize::from(a) % 3],
            mask_padding: b.is_multiple_of(2),
            norm: pick(&NormPlace::ALL, b),
            activation: pick(&Activation::ALL, a),
            dropout: if b > 128 { x as f32 * 0.9 } else { 0.0 },
        };
        self.push(LayerKind::TransformerBlock(block), shape, None, name);
    }
}
