//! How numbers of any shape become a picture: one number, bars, one map, or many maps side by side; and which place of the
//! value each cell is.
//!
//! Pure. Not responsible for colours (`picture.rs`).

use super::names::{Known, Role};
use crate::protocol::Cut;

/// The numbers of a query in their places.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Sizes of the part that is shown.
    shape: Vec<usize>,
    /// For each axis of the part, its cut of the value.
    cuts: Vec<Cut>,
    /// Axes of the part that run down and across a map.
    down: Option<usize>,
    across: Option<usize>,
}

/// What kind of picture it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One number.
    Number,
    /// One after the other.
    Bars,
    /// Rows and columns.
    Map,
    /// As many maps.
    Maps,
}

impl Layout {
    /// Of what was asked of a value: what is a picture in the network is one here.
    pub fn new(of: &Known, cuts: &[Cut]) -> Layout {
        let (down, across) = plane(of);
        let left: Vec<usize> = (0..cuts.len()).filter(|axis| !cuts[*axis].single).collect();
        let find = |axis: Option<usize>| left.iter().position(|l| Some(*l) == axis);
        let (down, across) = match (find(down), find(across), left.len()) {
            (_, _, 0) => (None, None),
            (_, _, 1) => (None, Some(0)),
            (Some(down), Some(across), _) => (Some(down), Some(across)),
            // Of a picture's two axes one is gone: the last two that are left stand for them.
            (_, _, n) => (Some(n - 2), Some(n - 1)),
        };
        let cuts: Vec<Cut> = left.iter().map(|axis| cuts[*axis]).collect();
        Layout { shape: cuts.iter().map(|c| c.count).collect(), cuts, down, across }
    }

    /// Sizes of the part.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Numbers of the part.
    pub fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// What kind of picture it is.
    pub fn kind(&self) -> Kind {
        match (self.count(), self.down) {
            (1, _) => Kind::Number,
            (_, None) => Kind::Bars,
            (_, Some(_)) if self.items() == 1 => Kind::Map,
            (_, Some(_)) => Kind::Maps,
        }
    }

    fn size(&self, axis: Option<usize>) -> usize {
        axis.map_or(1, |axis| self.shape[axis])
    }

    /// Rows of a map.
    pub fn rows(&self) -> usize {
        self.size(self.down)
    }

    /// Columns of a map.
    pub fn columns(&self) -> usize {
        self.size(self.across)
    }

    /// Maps.
    pub fn items(&self) -> usize {
        self.count() / (self.rows() * self.columns()).max(1)
    }

    fn others(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.shape.len()).filter(|axis| Some(*axis) != self.down && Some(*axis) != self.across)
    }

    /// The place in the part of a map's cell.
    fn place(&self, item: usize, row: usize, column: usize) -> Vec<usize> {
        let mut place = vec![0; self.shape.len()];
        let mut rest = item;
        for axis in self.others().rev() {
            place[axis] = rest % self.shape[axis].max(1);
            rest /= self.shape[axis].max(1);
        }
        [(self.down, row), (self.across, column)].into_iter().for_each(|(axis, at)| {
            if let Some(axis) = axis {
                place[axis] = at;
            }
        });
        place
    }

    /// Where the number of a cell is, row-major.
    pub fn at(&self, item: usize, row: usize, column: usize) -> usize {
        let place = self.place(item, row, column);
        place.iter().zip(&self.shape).fold(0, |at, (i, size)| at * size + i)
    }

    /// The numbers of one map, rows from the top.
    pub fn map(&self, numbers: &[f32], item: usize) -> Vec<f32> {
        let cells = (0..self.rows()).flat_map(|r| (0..self.columns()).map(move |c| (r, c)));
        cells.map(|(r, c)| numbers.get(self.at(item, r, c)).copied().unwrap_or(f32::NAN)).collect()
    }

    /// Row `i` of the value, or column, as the value counts it.
    pub fn row(&self, i: usize) -> usize {
        self.down.map_or(i, |axis| self.cuts[axis].place(i))
    }

    /// See [`Layout::row`].
    pub fn column(&self, i: usize) -> usize {
        self.across.map_or(i, |axis| self.cuts[axis].place(i))
    }

    /// What a map shows of its value, in brackets: `[:, :, 3]`.
    pub fn of_item(&self, item: usize, whole: &[Cut]) -> String {
        let place = self.place(item, 0, 0);
        let plane = [self.down, self.across];
        self.brackets(whole, |axis| (!plane.contains(&Some(axis))).then(|| self.cuts[axis].place(place[axis])))
    }

    /// The place of a cell in its value, in brackets: `[3, 0]`; nothing for a value of one number.
    pub fn of_cell(&self, (item, row, column): (usize, usize, usize), whole: &[Cut]) -> String {
        let place = self.place(item, row, column);
        self.brackets(whole, |axis| Some(self.cuts[axis].place(place[axis])))
    }

    /// Brackets over all axes of the value: single indices as they are, of the others what `index` says, or `:`.
    fn brackets(&self, whole: &[Cut], index: impl Fn(usize) -> Option<usize>) -> String {
        let mut axis = 0;
        let one = |cut: &Cut| {
            if cut.single {
                return cut.start.to_string();
            }
            axis += 1;
            index(axis - 1).map_or_else(|| ":".to_string(), |i| i.to_string())
        };
        let all: Vec<String> = whole.iter().map(one).collect();
        if all.is_empty() { String::new() } else { format!("[{}]", all.join(", ")) }
    }
}

/// Axes of a value that are a picture's rows and columns.
fn plane(of: &Known) -> (Option<usize>, Option<usize>) {
    let n = of.shape.len();
    // Pictures in the network have their channels last; weights of convolutions and of attention have theirs first.
    let last = of.role != Role::Parameter && n == 3 && !of.name.ends_with("weights");
    match n {
        0 => (None, None),
        1 => (None, Some(0)),
        _ if last => (Some(0), Some(1)),
        n => (Some(n - 2), Some(n - 1)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::parse::parse;
    use super::super::slice::cuts;
    use super::*;
    use proptest::prelude::*;

    fn layout(name: &str, shape: &[usize], role: Role, brackets: &str) -> (Layout, Vec<Cut>) {
        let of = Known { name: name.into(), shape: shape.to_vec(), role, state: Vec::new() };
        let cuts = cuts(&parse(&format!("x{brackets}")).unwrap().brackets, shape).unwrap();
        (Layout::new(&of, &cuts), cuts)
    }

    #[test]
    fn the_shape_says_what_kind_of_picture() {
        let kind = |shape: &[usize], brackets| layout("layers.0.weight", shape, Role::Parameter, brackets).0.kind();
        assert_eq!(kind(&[], ""), Kind::Number);
        assert_eq!(kind(&[8, 2], "[0, 1]"), Kind::Number);
        assert_eq!(kind(&[8], ""), Kind::Bars);
        assert_eq!(kind(&[8, 2], "[:, 1]"), Kind::Bars);
        assert_eq!(kind(&[8, 2], ""), Kind::Map);
        assert_eq!(kind(&[4, 3, 5, 5], ""), Kind::Maps);
        assert_eq!(kind(&[4, 3, 5, 5], "[0, 0]"), Kind::Map);
    }

    #[test]
    fn channels_stand_last_in_pictures_and_first_in_weights() {
        let (maps, whole) = layout("layers.0", &[6, 5, 4], Role::Example, "");
        assert_eq!((maps.items(), maps.rows(), maps.columns()), (4, 6, 5));
        assert_eq!(maps.at(3, 2, 1), (2 * 5 + 1) * 4 + 3);
        assert_eq!(maps.of_item(3, &whole), "[:, :, 3]");
        assert_eq!(maps.of_cell((3, 2, 1), &whole), "[2, 1, 3]");
        let (heads, whole) = layout("layers.2.weights", &[2, 7, 7], Role::Example, "");
        assert_eq!((heads.items(), heads.of_item(1, &whole)), (2, "[1, :, :]".into()));
        let (filters, whole) = layout("layers.0.weight", &[4, 3, 5, 5], Role::Parameter, "[1:, 2]");
        assert_eq!((filters.items(), filters.rows()), (3, 5));
        assert_eq!(filters.of_cell((2, 4, 0), &whole), "[3, 2, 4, 0]");
    }

    #[test]
    fn a_cell_is_called_by_its_place_in_the_whole_value() {
        let (part, whole) = layout("w", &[8, 6], Role::Parameter, "[::-2, 3:]");
        assert_eq!((part.rows(), part.columns()), (4, 3));
        assert_eq!(part.of_cell((0, 1, 2), &whole), "[5, 5]");
        assert_eq!((part.row(3), part.column(0)), (1, 3));
        let (row, whole) = layout("w", &[8, 6], Role::Parameter, "[2]");
        assert_eq!(row.of_cell((0, 0, 4), &whole), "[2, 4]");
    }

    proptest! {
        #[test]
        fn every_number_is_shown_once(shape in proptest::collection::vec(1..4_usize, 0..5), weights in any::<bool>(), example in any::<bool>()) {
            let role = if example { Role::Example } else { Role::Parameter };
            let (l, _) = layout(if weights { "weights" } else { "w" }, &shape, role, "");
            let numbers: Vec<f32> = (0..l.count()).map(|i| i as f32).collect();
            let mut seen: Vec<usize> = (0..l.items()).flat_map(|i| l.map(&numbers, i)).map(|v| v as usize).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..l.count()).collect::<Vec<_>>());
        }
    }
}
