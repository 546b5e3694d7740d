//! Where everything in the network strip stands, in CSS pixels: a column per layer in data order, its units stacked
//! around the middle line, the gaps between for the connections.
//!
//! Computed rather than measured, so that connections and units agree without asking the browser. Not responsible for
//! what is inside a unit's tile.

pub use super::begin::Begin;
use crate::spec::shape::{LayerInfo, size};
use crate::spec::{DataInfo, Layer, LayerKind};

/// Room for a card's header above the units.
pub const HEAD: f64 = 92.0;
/// Room below for connections that skip columns.
const ARCS: f64 = 20.0;
/// Most units drawn in a column of maps or plain cells.
pub const UNITS_MAX: usize = 24;
/// Most units drawn as pictures of their weights.
pub const PICTURES_MAX: usize = 64;
/// Most input features drawn.
pub const FEATURES_MAX: usize = 16;
/// From this many layers on, columns are narrower.
pub const COMPACT_FROM: usize = 13;
/// Most channels drawn of an example's feature maps.
pub const CHANNELS_MAX: usize = 16;
/// Most channels drawn of an example's states over time.
pub const ROWS_MAX: usize = 64;
/// Outputs of more numbers than this are a block: they would fill every frame.
pub const OUTPUT_MAX: usize = 1 << 17;
/// Layers whose weights are more numbers than this are not asked for: a frame should stay small.
pub const WEIGHTS_MAX: usize = 400_000;

/// What a unit's tile shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Its response over the plane.
    Map,
    /// Its incoming weights in the shape of the input picture: height, width, channels.
    Weights([usize; 3]),
    /// Its incoming weights side by side.
    Strip,
    /// A plain cell (nothing to show but that it is there).
    Cell,
    /// The whole input as one picture: height, width, channels.
    Sample([usize; 3]),
    /// One channel of an example's feature maps: height, width.
    Channel([usize; 2]),
    /// An example's states over time, one row per channel: channels, steps.
    Times([usize; 2]),
    /// No units: the shape alone.
    Block,
}

impl Picture {
    /// Whether tiles are single units, which connections run between and which can be picked.
    pub fn is_units(self) -> bool {
        match self {
            Picture::Map | Picture::Weights(_) | Picture::Strip | Picture::Cell => true,
            Picture::Sample(_) | Picture::Channel(_) | Picture::Times(_) | Picture::Block => false,
        }
    }
}

/// One column: the input or a top-level layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Index of the layer; `None` is the input.
    pub layer: Option<usize>,
    /// Left edge of the card.
    pub x: f64,
    /// Width of the card.
    pub w: f64,
    /// Left edge of the tiles.
    pub body_x: f64,
    /// Width of all tiles together.
    pub body_w: f64,
    /// Top of the first row of tiles.
    pub top: f64,
    /// Units there are.
    pub units: usize,
    /// Units drawn, the first ones.
    pub shown: usize,
    /// Tiles in a row.
    pub per_row: usize,
    /// Width and height of a tile.
    pub tile: (f64, f64),
    /// Distance between tiles.
    pub gap: f64,
    /// What tiles show.
    pub picture: Picture,
}

impl Column {
    /// Top left corner of unit `u`'s tile in the strip.
    pub fn tile_at(&self, u: usize) -> (f64, f64) {
        let (row, col) = (u / self.per_row, u % self.per_row);
        let x = self.body_x + col as f64 * (self.tile.0 + self.gap);
        (x, self.top + row as f64 * (self.tile.1 + self.gap))
    }

    /// Height where connections of unit `u` end.
    pub fn anchor_y(&self, u: usize) -> f64 {
        self.tile_at(u).1 + self.tile.1 / 2.0
    }

    /// The unit whose tile (with half the distance around it) holds this place.
    pub fn unit_at(&self, x: f64, y: f64) -> Option<usize> {
        let (dx, dy) = (x - self.body_x + self.gap / 2.0, y - self.top + self.gap / 2.0);
        if dx < 0.0 || dy < 0.0 {
            return None;
        }
        let (col, row) = ((dx / (self.tile.0 + self.gap)) as usize, (dy / (self.tile.1 + self.gap)) as usize);
        let u = row * self.per_row + col;
        (col < self.per_row && u < self.shown).then_some(u)
    }

    /// Rows of tiles.
    pub fn rows(&self) -> usize {
        self.shown.div_ceil(self.per_row)
    }

    /// Height of all tiles together.
    pub fn body_h(&self) -> f64 {
        let rows = self.rows() as f64;
        (rows * self.tile.1 + (rows - 1.0) * self.gap).max(0.0)
    }

    /// Right edge of the tiles.
    pub fn body_right(&self) -> f64 {
        self.body_x + self.body_w
    }
}

/// The strip.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The input, then every layer.
    pub columns: Vec<Column>,
    /// Width of everything.
    pub width: f64,
    /// Height of everything, header included.
    pub height: f64,
    /// Whether columns are narrow.
    pub compact: bool,
    /// Whether they are so narrow that a card is no more than its name, written upwards.
    pub slim: bool,
    /// Whether all of it has room in the view.
    pub fits: bool,
}

/// Sizes of a column before it has a place.
struct Sized {
    units: usize,
    shown: usize,
    per_row: usize,
    tile: (f64, f64),
    gap: f64,
    picture: Picture,
    label_w: f64,
}

/// Lays the strip out for a view `view_w` wide. What is to be seen whole becomes narrower until it fits.
pub fn layout(layers: &[Layer], infos: &[LayerInfo], reads: (&Begin, &DataInfo), view_w: f64, whole: bool) -> Layout {
    let l = fitted(layers, infos, reads, view_w, whole);
    // Room for the arcs to heads that do not stand behind what they read.
    Layout { height: l.height + if reads.0.heads { ARCS } else { 0.0 }, ..l }
}

fn fitted(
    layers: &[Layer],
    infos: &[LayerInfo],
    (begin, data): (&Begin, &DataInfo),
    view_w: f64,
    whole: bool,
) -> Layout {
    let sized = || {
        let last = infos.len();
        let units = |i: usize| infos[i].output.last().copied().unwrap_or(0);
        let names = |i: usize| if i + 1 == last { begin.outputs(units(i)) } else { &[] };
        let seen = |i: usize| if i < begin.apart { &begin.input } else { data };
        let layer = |i: usize| layer_column(layers, infos, i, seen(i), names(i));
        std::iter::once(input_column(&begin.input)).chain((0..last).map(layer)).collect::<Vec<_>>()
    };
    let sums = |i: usize, card_w: f64| {
        let chars = |l: usize| infos[l].arithmetic().chars().count() as f64;
        i.checked_sub(1).map_or(76.0, |l| (chars(l) * 6.2).clamp(card_w, 160.0))
    };
    let usual = |compact: bool| {
        let card_w = if compact { 92.0 } else { 116.0 };
        let sized = sized();
        let widths = sized.iter().enumerate().map(|(i, s)| s.wanted_w().max(sums(i, card_w))).collect();
        let gaps = if compact { (30.0, 40.0) } else { (38.0, 110.0) };
        Layout { compact, ..place(layers, sized, widths, gaps, view_w) }
    };
    let first = usual(layers.len() >= COMPACT_FROM);
    if first.fits || !whole {
        return first;
    }
    let sized_small: Vec<Sized> = sized().into_iter().map(|s| s.shrunk(slim::SMALL_W)).collect();
    let widths = sized_small
        .iter()
        .enumerate()
        .map(|(i, s)| s.wanted_w().max(if i == 0 { 62.0 } else { slim::SMALL_W }))
        .collect();
    let small = Layout { compact: true, ..place(layers, sized_small, widths, (26.0, 40.0), view_w) };
    if small.fits { small } else { slim::layout(layers, sized(), view_w) }
}

/// Puts sized columns side by side, with as much between them as there is room for.
fn place(layers: &[Layer], sized: Vec<Sized>, widths: Vec<f64>, gap: (f64, f64), view_w: f64) -> Layout {
    let side = 8.0;
    let gaps = (widths.len() - 1).max(1) as f64;
    let gap = ((view_w - 2.0 * side - widths.iter().sum::<f64>()) / gaps).clamp(gap.0, gap.1).floor();
    let body_h = sized.iter().map(Sized::body_h).fold(120.0, f64::max);
    let total = widths.iter().sum::<f64>() + gap * (widths.len() - 1) as f64;
    let mut x = ((view_w - total) / 2.0).floor().max(side);
    let left = x;
    let mut columns = Vec::with_capacity(sized.len());
    for (i, (s, w)) in sized.into_iter().zip(widths).enumerate() {
        let (body_w, h) = (s.body_w(), s.body_h());
        let body_x = (x + (w - body_w) / 2.0).round();
        let top = (HEAD + (body_h - h) / 2.0).round();
        let Sized { units, shown, per_row, tile, gap: between, picture, .. } = s;
        let layer = i.checked_sub(1);
        columns.push(Column { layer, x, w, body_x, body_w, top, units, shown, per_row, tile, gap: between, picture });
        x += w + gap;
    }
    // Room below for what is written under the units, and for connections that skip columns.
    let below = if layers.iter().any(|l| l.from.is_some()) { 24.0 + ARCS } else { 24.0 };
    let wanted = left + total + side;
    Layout {
        columns,
        width: wanted.max(view_w),
        height: HEAD + body_h + below,
        compact: false,
        slim: false,
        fits: wanted <= view_w + 1.0,
    }
}

impl Sized {
    /// Room for the tiles and for names beside them.
    fn wanted_w(&self) -> f64 {
        self.body_w() + 2.0 * self.label_w
    }

    fn body_w(&self) -> f64 {
        self.per_row as f64 * (self.tile.0 + self.gap) - self.gap
    }

    fn body_h(&self) -> f64 {
        let rows = self.shown.div_ceil(self.per_row) as f64;
        (rows * (self.tile.1 + self.gap) - self.gap).max(0.0)
    }
}

/// Square tiles: one stack of large ones while they fit, then smaller ones side by side.
fn square(units: usize, max: usize, picture: Picture, label_w: f64) -> Sized {
    let shown = units.min(max);
    let (per_row, tile, gap) = match shown {
        0..=8 => (1, 34.0, 5.0),
        9..=12 => (1, 23.0, 4.0),
        13..=24 => (2, 23.0, 4.0),
        _ => (6, 25.0, 3.0),
    };
    Sized { units, shown, per_row, tile: (tile, tile), gap, picture, label_w }
}

fn block() -> Sized {
    Sized { units: 0, shown: 1, per_row: 1, tile: (64.0, 40.0), gap: 0.0, picture: Picture::Block, label_w: 0.0 }
}

/// The first feature maps side by side, in the shape of the image.
fn channels(h: usize, w: usize, c: usize) -> Sized {
    let shown = c.min(CHANNELS_MAX);
    let (per_row, side) = if shown <= 4 { (1, 38.0) } else { (4, 28.0) };
    let tall = (side * h as f64 / w.max(1) as f64).clamp(4.0, 2.0 * side);
    let (units, picture) = (c, Picture::Channel([h, w]));
    Sized { units, shown, per_row: per_row.min(shown.max(1)), tile: (side, tall), gap: 3.0, picture, label_w: 0.0 }
}

fn times(t: usize, c: usize) -> Sized {
    let (rows, tile) = (c.min(ROWS_MAX), (100.0, (c as f64 * 3.0).clamp(24.0, 96.0)));
    Sized { units: c, shown: 1, per_row: 1, tile, gap: 0.0, picture: Picture::Times([rows, t]), label_w: 0.0 }
}

fn input_column(data: &DataInfo) -> Sized {
    match data.input.as_slice() {
        [n] if data.plane => square(*n, UNITS_MAX, Picture::Map, 14.0),
        [n] if data.tokens.is_none() => {
            let shown = (*n).min(FEATURES_MAX);
            let h: f64 = if shown <= 8 { 22.0 } else { 14.0 };
            Sized { units: *n, shown, per_row: 1, tile: (96.0, h), gap: 4.0, picture: Picture::Cell, label_w: 0.0 }
        }
        [h, w, c] if [1, 3].contains(c) && *h > 1 && *w > 1 => Sized {
            units: 1,
            shown: 1,
            per_row: 1,
            tile: (84.0, (84.0 * *h as f64 / *w as f64).min(168.0)),
            gap: 0.0,
            picture: Picture::Sample([*h, *w, *c]),
            label_w: 0.0,
        },
        [t, c] if data.tokens.is_none() && t * c <= OUTPUT_MAX => times(*t, *c),
        _ => block(),
    }
}

fn layer_column(layers: &[Layer], infos: &[LayerInfo], i: usize, data: &DataInfo, names: &[String]) -> Sized {
    let info = &infos[i];
    let units = match *info.output.as_slice() {
        [units] => units,
        [h, w, c] if h * w * c <= OUTPUT_MAX => return channels(h, w, c),
        [t, c] if t * c <= OUTPUT_MAX => return times(t, c),
        _ => return block(),
    };
    let label_w = if names.is_empty() { 0.0 } else { names_w(names) };
    if data.plane {
        return square(units, UNITS_MAX, Picture::Map, label_w);
    }
    let dense = matches!(layers[i].kind, LayerKind::Dense(_)) && info.input.len() == 1;
    if !dense || units.saturating_mul(info.input[0]) > WEIGHTS_MAX {
        // Many cells with nothing in them say less than their number.
        if units > UNITS_MAX {
            return block();
        }
        let per_row = if units > 12 { 2 } else { 1 };
        return Sized { units, shown: units, per_row, tile: (20.0, 20.0), gap: 6.0, picture: Picture::Cell, label_w };
    }
    if let Some(shape) = sees_picture(layers, i, data) {
        return square(units, PICTURES_MAX, Picture::Weights(shape), label_w);
    }
    let shown = units.min(64);
    let (h, gap): (f64, f64) = match shown {
        0..=8 => (24.0, 6.0),
        9..=16 => (14.0, 4.0),
        17..=32 => (8.0, 2.0),
        _ => (4.0, 1.0),
    };
    Sized { units, shown, per_row: 1, tile: (60.0, h), gap, picture: Picture::Strip, label_w }
}

/// Width that class names need beside the output's tiles, in 11 px type.
fn names_w(names: &[String]) -> f64 {
    let chars = |s: &String| s.chars().map(|c| if c.is_ascii() { 6.0 } else { 11.0 }).sum::<f64>();
    names.iter().take(UNITS_MAX).map(chars).fold(0.0, f64::max).min(66.0) + 8.0
}

/// The shape of the input picture, if layer `i` reads its pixels one by one: only layers that keep every value in its
/// place stand between.
fn sees_picture(layers: &[Layer], i: usize, data: &DataInfo) -> Option<[usize; 3]> {
    let [h, w, c] = *data.input.as_slice() else { return None };
    let keeps = |l: &Layer| {
        l.kind.keeps_places() && !matches!(l.kind, LayerKind::Residual(_) | LayerKind::Add(_)) && l.from.is_none()
    };
    let picture = [1, 3].contains(&c) && h > 1 && w > 1 && data.tokens.is_none();
    (picture && layers[..i].iter().all(keeps) && layers[i].from.is_none()).then_some([h, w, c])
}

/// Whether the connections into layer `i` run between two neighbouring columns of units and have a weight each.
pub fn has_edges(layers: &[Layer], infos: &[LayerInfo], columns: &[Column], i: usize) -> bool {
    let (from, to) = (&columns[i], &columns[i + 1]);
    let dense = matches!(layers[i].kind, LayerKind::Dense(_)) && layers[i].from.is_none() && infos[i].input.len() == 1;
    dense
        && from.picture.is_units()
        && to.picture.is_units()
        && from.units == infos[i].input[0]
        && size(&infos[i].input).saturating_mul(to.units) <= WEIGHTS_MAX
}

/// Whether layer `i`, which reads the column before it, works on each unit by itself: every unit has one connection.
pub fn one_to_one(layers: &[Layer], columns: &[Column], i: usize) -> bool {
    let same = columns[i].units == columns[i + 1].units && columns[i + 1].picture.is_units();
    layers[i].kind.keeps_places() && same && columns[i].picture.is_units()
}

mod slim;
pub use slim::ADD_FROM;

#[cfg(test)]
mod tests;
