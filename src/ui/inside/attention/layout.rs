//! Where things stand in the map of a head (rows ask, columns are asked) and in its ribbons (those that ask on the
//! left, those that are asked on the right).
//!
//! Not responsible for colours or text.

use crate::ui::inside::axis_labels::{LABEL_PX, LANE_GAP, Label, Lanes};

/// Places of the map, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Left edge of the first column.
    pub x: f64,
    /// Top edge of the first row.
    pub y: f64,
    /// Side of a cell.
    pub cell: f64,
    /// T.
    pub rows: usize,
    /// S.
    pub cols: usize,
    /// How labels stand beside the rows.
    pub at_rows: Lanes,
    /// How they stand over the columns.
    pub at_cols: Lanes,
    /// Whether those over the columns are upright; else they run upwards.
    pub upright: bool,
}

/// Room for labels of up to so many pixels.
const LABEL_MAX: f64 = 76.0;
/// No cell wants to be larger; an enlarged panel makes it so.
const CELL_MAX: f64 = 30.0;

/// Labels no wider than that stand upright in lanes of their own.
const UPRIGHT_MAX: f64 = 16.0;
/// Room of a line of upright labels.
const LINE: f64 = 13.0;

/// A length for text of the usual size, in text of the label's size.
fn grown(length: f64, label: Label) -> f64 {
    length * label.size_px / LABEL_PX
}

/// Width of a lane.
fn lane_width(label: Label) -> f64 {
    label.px.clamp(8.0, grown(LABEL_MAX, label))
}

/// Room for so many lanes of labels.
fn lanes_room(label: Label, lanes: usize) -> f64 {
    let px = lane_width(label);
    px * lanes as f64 + LANE_GAP * (lanes - 1) as f64 + 8.0
}

impl Grid {
    /// The map on a canvas of this size.
    pub fn new(width: f64, height: f64, label: Label, rows: usize, cols: usize) -> Grid {
        let one = Lanes { lanes: 1, every: 1 };
        let mut grid = Grid { x: 0.0, y: 0.0, cell: 0.0, rows, cols, at_rows: one, at_cols: one, upright: true };
        // Lanes take room from the cells, so that smaller cells may need one lane more.
        for _ in 0..3 {
            grid.set_rooms(label);
            let side = |length: f64, n: usize| (length - 1.0) / n.max(1) as f64;
            grid.cell = side(width - grid.x, cols).min(side(height - grid.y, rows)).max(0.2);
            let before = (grid.at_rows, grid.at_cols, grid.upright);
            grid.set_lanes(label);
            if before == (grid.at_rows, grid.at_cols, grid.upright) {
                break;
            }
        }
        grid
    }

    fn set_lanes(&mut self, label: Label) {
        self.at_rows = label.lanes(label.size_px, self.cell);
        self.upright = label.px <= grown(UPRIGHT_MAX, label).max(self.cell);
        let need = if self.upright { label.px.max(6.0) + 1.0 } else { label.size_px };
        self.at_cols = label.lanes(need, self.cell);
    }

    fn set_rooms(&mut self, label: Label) {
        self.x = lanes_room(label, self.at_rows.lanes);
        let upright = grown(LINE, label) * self.at_cols.lanes as f64 + 6.0;
        self.y = if self.upright { upright } else { lanes_room(label, self.at_cols.lanes) };
    }

    /// The size that the map would like to have, at most `max` wide.
    pub fn natural(max: f64, label: Label, rows: usize, cols: usize) -> (f64, f64) {
        // A canvas so high that its width decides.
        let widest = Grid::new(max, f64::from(u16::MAX), label, rows, cols);
        let mut grid = Grid { cell: widest.cell.min(CELL_MAX), ..widest };
        grid.set_lanes(label);
        grid.set_rooms(label);
        let side = |room: f64, n: usize| room + 1.0 + grid.cell * n as f64;
        (side(grid.x, cols).min(max), side(grid.y, rows))
    }

    /// Where the label of row `t` ends, on its left.
    pub fn row_label_x(&self, t: usize, label: Label) -> f64 {
        let px = lane_width(label);
        self.x - 5.0 - (px + LANE_GAP) * self.at_rows.lane(t) as f64
    }

    /// Where the label of column `s` stands over the map: its middle if it is upright, else where it begins.
    pub fn col_label_y(&self, s: usize, label: Label) -> f64 {
        let lane = self.at_cols.lane(s) as f64;
        let px = lane_width(label);
        if self.upright {
            self.y - grown(9.0, label) - grown(LINE, label) * lane
        } else {
            self.y - 5.0 - (px + LANE_GAP) * lane
        }
    }

    /// Row and column under a point of the map.
    pub fn cell_at(&self, (x, y): (f64, f64)) -> Option<(usize, usize)> {
        let index = |v: f64, n: usize| (v >= 0.0 && v < n as f64).then_some(v as usize);
        Some((index((y - self.y) / self.cell, self.rows)?, index((x - self.x) / self.cell, self.cols)?))
    }

    /// The token whose label is under a point.
    pub fn label_at(&self, (x, y): (f64, f64)) -> Option<Token> {
        let inside = |v: f64, from: f64, n: usize| {
            let at = (v - from) / self.cell;
            (at >= 0.0 && at < n as f64).then_some(at as usize)
        };
        match (x < self.x, y < self.y) {
            (true, false) => inside(y, self.y, self.rows).map(Token::Asks),
            (false, true) => inside(x, self.x, self.cols).map(Token::Asked),
            _ => None,
        }
    }
}

/// Places of the ribbons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ribbons {
    /// Where lines begin, at the tokens that ask.
    pub left: f64,
    /// Where they end, at the tokens that are asked.
    pub right: f64,
    /// Top of the first row.
    pub top: f64,
    /// Height of a row on the left.
    pub row_left: f64,
    /// Height of a row on the right.
    pub row_right: f64,
    /// How labels stand on the left.
    pub lanes_left: Lanes,
    /// How they stand on the right.
    pub lanes_right: Lanes,
    rows: usize,
    cols: usize,
}

impl Ribbons {
    /// For a canvas of this size.
    pub fn new(width: f64, height: f64, label: Label, rows: usize, cols: usize) -> Ribbons {
        let row = |n: usize| (height - 22.0) / n.max(1) as f64;
        let lanes = |n: usize| label.lanes(label.size_px, row(n));
        let room = |lanes: Lanes| lanes_room(label, lanes.lanes) + 2.0;
        let (lanes_left, lanes_right) = (lanes(rows), lanes(cols));
        let left = room(lanes_left);
        let right = (width - room(lanes_right)).max(left + 10.0);
        let (row_left, row_right) = (row(rows), row(cols));
        Ribbons { left, right, top: 20.0, row_left, row_right, lanes_left, lanes_right, rows, cols }
    }

    /// How far outwards the lane of a label begins.
    pub fn lane_px(lane: usize, label: Label) -> f64 {
        (lane_width(label) + LANE_GAP) * lane as f64
    }

    /// Height that suits so many places.
    pub fn height(rows: usize, cols: usize) -> f64 {
        let n = rows.max(cols).max(1) as f64;
        22.0 + n * (560.0 / n).clamp(3.0, 22.0)
    }

    /// Middle of a place that asks.
    pub fn from_y(&self, t: usize) -> f64 {
        self.top + self.row_left * (t as f64 + 0.5)
    }

    /// Middle of a place that is asked.
    pub fn to_y(&self, s: usize) -> f64 {
        self.top + self.row_right * (s as f64 + 0.5)
    }

    /// The token under a point, in the nearer half: one that asks, or one that is asked.
    pub fn token_at(&self, (x, y): (f64, f64)) -> Option<Token> {
        let asks = x < (self.left + self.right) / 2.0;
        let (row, n) = if asks { (self.row_left, self.rows) } else { (self.row_right, self.cols) };
        let at = (y - self.top) / row;
        let place = (at >= 0.0 && at < n as f64).then_some(at as usize)?;
        Some(if asks { Token::Asks(place) } else { Token::Asked(place) })
    }
}

/// A token on its own: a label of the map, or an end of the ribbons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// On the left.
    Asks(usize),
    /// On the right.
    Asked(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGIT: Label = letters(12.0);

    const fn letters(px: f64) -> Label {
        Label { px, letters: true, size_px: LABEL_PX }
    }

    #[test]
    fn a_point_finds_its_cell_and_nothing_beside_the_map() {
        let g = Grid::new(200.0, 900.0, DIGIT, 4, 8);
        assert_eq!((g.x, g.y), (20.0, 19.0));
        assert!((g.cell - 179.0 / 8.0).abs() < 1e-9);
        assert_eq!(g.cell_at((g.x + 2.5 * g.cell, g.y + 3.5 * g.cell)), Some((3, 2)));
        assert_eq!(g.cell_at((g.x - 1.0, g.y + 1.0)), None);
        assert_eq!(g.cell_at((g.x + 1.0, g.y + 4.1 * g.cell)), None);
        assert_eq!(g.label_at((3.0, g.y + 3.5 * g.cell)), Some(Token::Asks(3)));
        assert_eq!(g.label_at((g.x + 7.5 * g.cell, 3.0)), Some(Token::Asked(7)));
        assert_eq!(g.label_at((3.0, 3.0)), None);
        assert_eq!(g.label_at((3.0, g.y + 4.5 * g.cell)), None);
        assert_eq!((g.at_rows.every, g.at_rows.lanes, g.at_cols.lanes), (1, 1, 1));
    }

    #[test]
    fn few_tokens_stay_small_and_many_still_fit() {
        assert_eq!(Grid::natural(900.0, DIGIT, 3, 3).0, 21.0 + 3.0 * CELL_MAX);
        let (w, h) = Grid::natural(520.0, DIGIT, 512, 256);
        assert!((w - 520.0).abs() < 1e-9 && h > w);
        let many = Grid::new(300.0, 300.0, DIGIT, 512, 512);
        assert!(many.x + many.cell * 512.0 <= 300.0 && many.at_cols.every > 20);
    }

    #[test]
    fn each_letter_of_a_line_of_verse_has_its_place_on_a_phone_too() {
        for (width, places) in [(560.0, 64), (320.0, 30), (320.0, 17), (560.0, 39)] {
            let label = letters(7.0);
            let g = Grid::new(width, width, label, places, places);
            assert_eq!((g.at_rows.every, g.at_cols.every), (1, 1), "{places} places on {width} px");
            assert!(g.cell * g.at_rows.lanes as f64 >= LABEL_PX, "rows of one lane do not touch");
            assert!(g.cell * g.at_cols.lanes as f64 >= label.px + 1.0, "nor do columns");
            // The outermost lane is inside the canvas.
            assert!(g.row_label_x(g.at_rows.lanes - 1, label) - label.px >= 0.0);
            assert!(g.col_label_y(g.at_cols.lanes - 1, label) >= 6.0);
            assert!(g.x + g.cell * places as f64 <= width && g.y + g.cell * places as f64 <= width);
        }
        let words = Grid::new(400.0, 400.0, letters(22.0), 12, 12);
        assert!(words.upright && words.at_cols.lanes == 1, "a word as wide as its column needs no turning");
        assert!(!Grid::new(400.0, 400.0, letters(40.0), 20, 20).upright);
    }

    #[test]
    fn ribbons_have_two_sides_of_their_own_lengths() {
        let r = Ribbons::new(400.0, 222.0, letters(20.0), 10, 20);
        assert_eq!((r.row_left, r.row_right), (20.0, 10.0));
        assert_eq!((r.lanes_left.lanes, r.lanes_right.lanes, r.lanes_right.every), (1, 2, 1));
        assert_eq!(r.token_at((10.0, r.from_y(3))), Some(Token::Asks(3)));
        assert_eq!(r.token_at((390.0, r.to_y(19))), Some(Token::Asked(19)));
        assert_eq!(r.token_at((390.0, 5.0)), None);
        assert!(Ribbons::height(1000, 3) <= 22.0 + 3000.0);
    }
}
