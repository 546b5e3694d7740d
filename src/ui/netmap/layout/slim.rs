//! Networks with more layers than a view has room for, seen whole: columns as narrow as it takes, tiles that fit them.
//!
//! Not responsible for what a card shows then (`panels::network::slim`).

use super::{Layout, Picture, Sized, place};
use crate::spec::Layer;

/// Width of a card that is still a card: name, size, activation.
pub(super) const SMALL_W: f64 = 84.0;
/// Narrower columns could not be hit with a pointer.
const COLUMN_MIN: f64 = 3.0;
/// Columns narrower than this show fewer units: nobody tells them apart.
const FEW_BELOW: f64 = 10.0;
/// That many.
const FEW: usize = 8;
/// Columns of at least this width have room for a button between them.
pub const ADD_FROM: f64 = 40.0;

/// Every column equally narrow.
pub(super) fn layout(layers: &[Layer], sized: Vec<Sized>, view_w: f64) -> Layout {
    let n = sized.len() as f64;
    let gap = match sized.len() {
        0..=12 => 14.0,
        13..=30 => 7.0,
        31..=70 => 3.0,
        _ => 1.0,
    };
    let width = |gap: f64| (view_w - 17.0 - gap * (n - 1.0)) / n;
    let gap = if width(gap) < COLUMN_MIN { 1.0 } else { gap };
    let w = width(gap).max(COLUMN_MIN);
    let sized: Vec<Sized> = sized
        .into_iter()
        .map(|s| Sized { label_w: 0.0, ..s })
        .map(|s| if w < FEW_BELOW { Sized { shown: s.shown.min(FEW), per_row: 1, ..s } } else { s })
        .map(|s| s.shrunk(w))
        .collect();
    let widths = vec![w; sized.len()];
    Layout { compact: true, slim: true, ..place(layers, sized, widths, (gap, gap), view_w) }
}

impl Sized {
    /// With tiles small enough to stand in `w`; what is a picture keeps its shape.
    pub(super) fn shrunk(self, w: f64) -> Sized {
        let body = self.body_w();
        if body <= w {
            return self;
        }
        let gap = self.gap.min(if w < 30.0 { 1.0 } else { 2.0 });
        // Tiles of two pixels are the smallest; fewer stand side by side where they do not fit.
        let room = (((w + gap) / (2.0 + gap)) as usize).max(1);
        let per_row = self.per_row.min(room);
        let cells = per_row as f64;
        let tile_w = ((w - gap * (cells - 1.0)) / cells).max(2.0);
        let tile_h = match self.picture {
            Picture::Strip | Picture::Block | Picture::Times(_) => self.tile.1,
            Picture::Map | Picture::Weights(_) | Picture::Cell | Picture::Sample(_) | Picture::Channel(_) => {
                self.tile.1 * tile_w / self.tile.0
            }
        };
        Sized { tile: (tile_w, tile_h), gap, per_row, ..self }
    }
}
