//! Where things stand in the map of a head (rows ask, columns are asked) and in its ribbons (those that ask on the
//! left, those that are asked on the right).
//!
//! Not responsible for colours or text.

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
}

/// Room for labels of up to so many pixels.
const LABEL_MAX: f64 = 76.0;
/// No cell wants to be larger; an enlarged panel makes it so.
const CELL_MAX: f64 = 30.0;

/// Rough width of a character, in pixels of small text.
fn char_px(c: char) -> f64 {
    match c {
        'A'..='Z' => 8.5,
        c if c.is_ascii() => 6.6,
        _ => 11.5,
    }
}

/// Rough width of the widest label, in pixels of small text.
pub fn label_px(labels: &[String]) -> f64 {
    let one = |label: &String| label.chars().map(char_px).sum::<f64>();
    labels.iter().map(one).fold(0.0, f64::max)
}

impl Grid {
    /// The map on a canvas of this size, with labels as wide as `label` pixels.
    pub fn new(width: f64, height: f64, label: f64, rows: usize, cols: usize) -> Grid {
        let room = Grid::room(label);
        let side = |length: f64, n: usize| (length - room - 1.0) / n.max(1) as f64;
        let cell = side(width, cols).min(side(height, rows)).max(0.2);
        Grid { x: room, y: room, cell, rows, cols }
    }

    fn room(label: f64) -> f64 {
        label.clamp(8.0, LABEL_MAX) + 8.0
    }

    /// The size that the map would like to have, at most `max` wide.
    pub fn natural(max: f64, label: f64, rows: usize, cols: usize) -> (f64, f64) {
        let cell = ((max - Grid::room(label) - 1.0) / cols.max(1) as f64).min(CELL_MAX);
        let side = |n: usize| Grid::room(label) + 1.0 + cell * n as f64;
        (side(cols), side(rows))
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

    /// Every how many places a label has room.
    pub fn every(&self, px: f64) -> usize {
        (px / self.cell).ceil().max(1.0) as usize
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
    rows: usize,
    cols: usize,
}

impl Ribbons {
    /// For a canvas of this size.
    pub fn new(width: f64, height: f64, label: f64, rows: usize, cols: usize) -> Ribbons {
        let room = label.clamp(8.0, LABEL_MAX) + 10.0;
        let row = |n: usize| (height - 22.0) / n.max(1) as f64;
        let (left, right) = (room, (width - room).max(room + 10.0));
        Ribbons { left, right, top: 20.0, row_left: row(rows), row_right: row(cols), rows, cols }
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

    #[test]
    fn a_point_finds_its_cell_and_nothing_beside_the_map() {
        let g = Grid::new(200.0, 900.0, 12.0, 4, 8);
        assert_eq!((g.x, g.y), (20.0, 20.0));
        assert!((g.cell - 179.0 / 8.0).abs() < 1e-9);
        assert_eq!(g.cell_at((g.x + 2.5 * g.cell, g.y + 3.5 * g.cell)), Some((3, 2)));
        assert_eq!(g.cell_at((g.x - 1.0, g.y + 1.0)), None);
        assert_eq!(g.cell_at((g.x + 1.0, g.y + 4.1 * g.cell)), None);
        assert_eq!(g.label_at((3.0, g.y + 3.5 * g.cell)), Some(Token::Asks(3)));
        assert_eq!(g.label_at((g.x + 7.5 * g.cell, 3.0)), Some(Token::Asked(7)));
        assert_eq!(g.label_at((3.0, 3.0)), None);
        assert_eq!(g.label_at((3.0, g.y + 4.5 * g.cell)), None);
        assert_eq!(g.every(13.0), 1);
    }

    #[test]
    fn few_tokens_stay_small_and_many_still_fit() {
        assert_eq!(Grid::natural(900.0, 12.0, 3, 3).0, 21.0 + 3.0 * CELL_MAX);
        let (w, h) = Grid::natural(520.0, 12.0, 512, 256);
        assert!((w - 520.0).abs() < 1e-9 && h > w);
        let many = Grid::new(300.0, 300.0, 12.0, 512, 512);
        assert!(many.x + many.cell * 512.0 <= 300.0 && many.every(13.0) > 20);
        assert!(label_px(&["ab".into(), "汉".into()]) > label_px(&["a".into()]));
    }

    #[test]
    fn ribbons_have_two_sides_of_their_own_lengths() {
        let r = Ribbons::new(400.0, 222.0, 20.0, 10, 20);
        assert_eq!((r.row_left, r.row_right), (20.0, 10.0));
        assert_eq!(r.token_at((10.0, r.from_y(3))), Some(Token::Asks(3)));
        assert_eq!(r.token_at((390.0, r.to_y(19))), Some(Token::Asked(19)));
        assert_eq!(r.token_at((390.0, 5.0)), None);
        assert!(Ribbons::height(1000, 3) <= 22.0 + 3000.0);
    }
}
