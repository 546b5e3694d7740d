//! Values of the graph as the page has them: which layer gives them, and which axis of the file is which axis of ours.
//!
//! Not responsible for nodes (`net`, `ops`).

use super::file::Array;
use std::rc::Rc;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum At {
    /// The data.
    Input,
    /// A layer, by its number among those that were built.
    Layer(usize),
}

/// What an axis in the file is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// The rows of a batch.
    Batch,
    /// An axis of ours.
    Own(usize),
    /// One place that ours has not.
    One,
    /// The outer part, so many long, of our last axis: directions of a recurrent layer.
    Outer(usize),
    /// What is left of our last axis.
    Inner,
}

/// Columns in another order than ours: those of a picture that was flattened with its channels first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Order {
    /// Our shape before.
    pub shape: Vec<usize>,
    /// Which of our axes each of theirs was.
    pub axes: Vec<usize>,
}

impl Order {
    /// Ours for each of their columns.
    pub fn columns(&self) -> Vec<usize> {
        let strides: Vec<usize> = self.axes.iter().map(|a| self.shape[a + 1..].iter().product()).collect();
        let sizes: Vec<usize> = self.axes.iter().map(|a| self.shape[*a]).collect();
        let at = |mut j: usize| {
            let mut ours = 0;
            for (n, stride) in sizes.iter().zip(&strides).rev() {
                ours += j % n * stride;
                j /= n;
            }
            ours
        };
        (0..sizes.iter().product()).map(at).collect()
    }

    /// Whether it is ours.
    fn is_ours(&self) -> bool {
        let long: Vec<usize> = self.axes.iter().copied().filter(|a| self.shape[*a] != 1).collect();
        long.is_sorted()
    }
}

/// A value that a layer gives.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Val {
    pub at: At,
    /// Ours, without the batch.
    pub shape: Vec<usize>,
    pub axes: Vec<Axis>,
    /// None where the columns are in our order.
    pub order: Option<Rc<Order>>,
}

impl Val {
    /// One with our axes in our order.
    pub fn plain(at: At, shape: Vec<usize>) -> Val {
        let axes = [Axis::Batch].into_iter().chain((0..shape.len()).map(Axis::Own)).collect();
        Val { at, shape, axes, order: None }
    }

    /// One with the channels first.
    pub fn first(at: At, shape: Vec<usize>) -> Val {
        Val { axes: channels_first(shape.len()), ..Val::plain(at, shape) }
    }

    /// The same from another layer.
    pub fn from(&self, at: At) -> Val {
        Val { at, ..self.clone() }
    }

    pub fn last(&self) -> usize {
        self.shape.last().copied().unwrap_or(1)
    }

    pub fn is_plain(&self) -> bool {
        self.axes == Val::plain(self.at, self.shape.clone()).axes && self.order.is_none()
    }

    pub fn is_first(&self) -> bool {
        self.shape.len() >= 2 && self.axes == channels_first(self.shape.len())
    }

    /// Which axis in the file `axis` is; negative ones count from the end.
    pub fn axis(&self, axis: i64) -> Option<(usize, Axis)> {
        let n = self.axes.len() as i64;
        let i = usize::try_from(if axis < 0 { axis.checked_add(n)? } else { axis }).ok()?;
        self.axes.get(i).map(|a| (i, *a))
    }

    /// Whether an axis in the file is our last one, whole.
    pub fn is_last(&self, axis: i64) -> bool {
        self.axis(axis).is_some_and(|(_, a)| a == Axis::Own(self.shape.len() - 1))
    }

    /// How long an axis is; 0 for the rows.
    pub fn size(&self, axis: Axis) -> usize {
        match axis {
            Axis::Batch => 0,
            Axis::Own(i) => self.shape.get(i).copied().unwrap_or(1),
            Axis::One => 1,
            Axis::Outer(n) => n,
            Axis::Inner => {
                let outer = self.axes.iter().find_map(|a| if let Axis::Outer(n) = a { Some(*n) } else { None });
                self.last() / outer.unwrap_or(1).max(1)
            }
        }
    }

    /// The order of its columns when its own axes become one.
    pub fn flat(&self) -> Option<Rc<Order>> {
        if self.order.is_some() {
            return self.order.clone();
        }
        let own = |a: &Axis| if let Axis::Own(i) = a { Some(*i) } else { None };
        let order = Order { shape: self.shape.clone(), axes: self.axes.iter().filter_map(own).collect() };
        (!order.is_ours()).then(|| Rc::new(order))
    }
}

/// Batch, channels, and the others.
fn channels_first(rank: usize) -> Vec<Axis> {
    let mut axes = vec![Axis::Batch];
    axes.extend(rank.checked_sub(1).map(Axis::Own));
    axes.extend((0..rank.saturating_sub(1)).map(Axis::Own));
    axes
}

/// What is known of a name in the graph.
#[derive(Clone, Debug)]
pub(super) enum Known {
    /// What a layer gives.
    Value(Val),
    /// Numbers of the file.
    Constant(Array),
    /// Part of something larger: the node that gives it.
    Node(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flattened_picture_has_its_columns_in_the_files_order() {
        let picture = Val::first(At::Input, vec![2, 3, 4]);
        assert!(picture.is_first() && !picture.is_plain() && picture.is_last(1) && !picture.is_last(-1));
        let columns = picture.flat().map(|o| o.columns()).unwrap_or_default();
        // Channel 1, row 1, column 2 there is (1, 2, 1) here.
        assert_eq!(columns[6 + 3 + 2], 12 + 2 * 4 + 1);
        assert_eq!(Val::first(At::Input, vec![2, 3, 1]).flat(), None);
        assert_eq!(Val::plain(At::Input, vec![2, 3, 4]).flat(), None);
    }
}
