//! Random layers that look from place to place, fitted to the sequence they meet.
//!
//! Not responsible for when they are wished for.

use super::{Net, Wish, pick};
use gradarium::spec::model::{Attention, AttentionKind, NormPlace, PositionKind, Positional, TransformerBlock};
use gradarium::spec::{Activation, LayerKind};

fn settings(heads: usize, b: u8, x: f64) -> Attention {
    let causal = [None, Some(true), Some(false)][usize::from(b) % 3];
    let kind = if x > 0.7 { AttentionKind::Additive } else { AttentionKind::ScaledDot };
    Attention { heads, causal, kind }
}

impl Net {
    /// A number of heads that can share `units`, in pairs once positions are rotary; `None` if there is none.
    fn heads(&self, n: u8, units: usize) -> Option<usize> {
        let fits = |h: &usize| units.is_multiple_of(*h) && (!self.rotary || (units / h).is_multiple_of(2));
        (1..=1 + usize::from(n) % 8).rev().find(fits)
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
            return self.push(LayerKind::Attention(settings(heads, b, x)), shape, Some(from), name);
        }
        if kind == 17 {
            return self.push(LayerKind::Attention(settings(heads, b, x)), shape, None, None);
        }
        let block = TransformerBlock {
            heads,
            mlp_ratio: 1 + usize::from(b) % 4,
            causal: [None, Some(true), Some(false)][usize::from(a) % 3],
            norm: pick(&NormPlace::ALL, b),
            activation: pick(&Activation::ALL, a),
            dropout: if b > 128 { x as f32 * 0.9 } else { 0.0 },
        };
        self.push(LayerKind::TransformerBlock(block), shape, None, name);
    }
}
