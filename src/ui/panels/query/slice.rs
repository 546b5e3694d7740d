//! Brackets laid on a shape: which places of each axis a query asks for, as NumPy would take them.
//!
//! Pure. Not responsible for reading the brackets (`parse.rs`).

use super::fault::Fault;
use super::parse::Item;
use crate::protocol::Cut;

/// One cut for each axis of `shape`. A second pair of brackets cuts what the first has left.
pub fn cuts(brackets: &[Vec<Item>], shape: &[usize]) -> Result<Vec<Cut>, Fault> {
    let mut all: Vec<Cut> = shape.iter().map(|size| Cut::all(*size)).collect();
    for items in brackets {
        let left: Vec<usize> = (0..all.len()).filter(|axis| !all[*axis].single).collect();
        for (item, axis) in spread(items, left.len())?.into_iter().zip(left) {
            let was = all[axis];
            let cut = one(item, axis, was.count)?;
            all[axis] = Cut { start: was.place(cut.start), step: was.step.saturating_mul(cut.step), ..cut };
        }
    }
    Ok(all)
}

/// One item for each of `axes`: `...` stands for those that are not named, and so does the end.
fn spread(items: &[Item], axes: usize) -> Result<Vec<Item>, Fault> {
    let named = items.iter().filter(|i| **i != Item::Rest).count();
    if items.len() - named > 1 {
        return Err(Fault::Rests);
    }
    let Some(free) = axes.checked_sub(named) else { return Err(Fault::Indices { got: named, axes }) };
    let all = Item::Slice(None, None, None);
    let mut out = Vec::with_capacity(axes);
    for item in items {
        match item {
            Item::Rest => out.extend(std::iter::repeat_n(all, free)),
            Item::Index(_) | Item::Slice(..) => out.push(*item),
        }
    }
    out.resize(axes, all);
    Ok(out)
}

fn one(item: Item, axis: usize, size: usize) -> Result<Cut, Fault> {
    let n = size as i64;
    match item {
        Item::Index(i) => {
            let at = if i < 0 { i.saturating_add(n) } else { i };
            if !(0..n).contains(&at) {
                return Err(Fault::Outside { axis, item: item.to_string(), size });
            }
            Ok(Cut { start: at as usize, step: 1, count: 1, single: true })
        }
        Item::Slice(from, to, step) => {
            let step = step.unwrap_or(1);
            if step == 0 {
                return Err(Fault::ZeroStep);
            }
            // As CPython's PySlice_AdjustIndices.
            let (low, high) = if step > 0 { (0, n) } else { (-1, n - 1) };
            let bound = |v: i64| (if v < 0 { v.saturating_add(n) } else { v }).clamp(low, high);
            let start = from.map_or(if step > 0 { low } else { high }, bound);
            let stop = to.map_or(if step > 0 { high } else { low }, bound);
            let span = if step > 0 { stop - start } else { start - stop };
            if span <= 0 {
                return Err(Fault::Outside { axis, item: item.to_string(), size });
            }
            let count = span.unsigned_abs().div_ceil(step.unsigned_abs()) as usize;
            Ok(Cut { start: start as usize, step, count, single: false })
        }
        Item::Rest => Ok(Cut::all(size)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::parse::parse;
    use super::*;
    use proptest::prelude::*;

    /// The places of each axis that are left.
    fn places(text: &str, shape: &[usize]) -> Result<Vec<Vec<usize>>, Fault> {
        let line = parse(&format!("x{text}")).unwrap();
        let cuts = cuts(&line.brackets, shape)?;
        Ok(cuts.iter().map(|c| (0..c.count).map(|i| c.place(i)).collect()).collect())
    }

    #[test]
    fn slices_are_numpys() {
        let get = |text| places(text, &[4, 6]).unwrap();
        assert_eq!(get(""), [vec![0, 1, 2, 3], vec![0, 1, 2, 3, 4, 5]]);
        assert_eq!(get("[:, :2]"), [vec![0, 1, 2, 3], vec![0, 1]]);
        assert_eq!(get("[-1]"), [vec![3], vec![0, 1, 2, 3, 4, 5]]);
        assert_eq!(get("[..., 1::2]"), [vec![0, 1, 2, 3], vec![1, 3, 5]]);
        assert_eq!(get("[::-1, 4:1:-2]"), [vec![3, 2, 1, 0], vec![4, 2]]);
        assert_eq!(get("[1:100, -100:2]"), [vec![1, 2, 3], vec![0, 1]]);
        // A second pair cuts what is left: axis 0 is gone.
        assert_eq!(get("[2][1:][::2]"), [vec![2], vec![1, 3, 5]]);
        assert_eq!(get("[1:][0]"), [vec![1], vec![0, 1, 2, 3, 4, 5]]);
        assert_eq!(get("[...]"), get(""));
        assert!(places("", &[]).unwrap().is_empty());
    }

    #[test]
    fn what_is_not_there_is_named_with_its_axis() {
        let fault = |text| places(text, &[4, 6]).unwrap_err();
        let outside = |axis, item: &str, size| Fault::Outside { axis, item: item.into(), size };
        assert_eq!(fault("[4]"), outside(0, "4", 4));
        assert_eq!(fault("[0, -7]"), outside(1, "-7", 6));
        assert_eq!(fault("[:, 6:]"), outside(1, "6:", 6));
        assert_eq!(fault("[2:2]"), outside(0, "2:2", 4));
        assert_eq!(fault("[0, 0, 0]"), Fault::Indices { got: 3, axes: 2 });
        assert_eq!(fault("[0][0][0]"), Fault::Indices { got: 1, axes: 0 });
        assert_eq!(fault("[::0]"), Fault::ZeroStep);
        assert_eq!(fault("[..., 0, ...]"), Fault::Rests);
        assert_eq!(places("[0]", &[]).unwrap_err(), Fault::Indices { got: 1, axes: 0 });
    }

    proptest! {
        #[test]
        fn every_cut_stays_on_its_axis(size in 0..9_usize, from in proptest::option::of(any::<i64>()),
            to in proptest::option::of(-12..12_i64), step in proptest::option::of(-4..4_i64), again in -3..3_i64) {
            let brackets = [vec![Item::Slice(from, to, step)], vec![Item::Index(again)]];
            for part in [&brackets[..1], &brackets[..]] {
                if let Ok(cuts) = cuts(part, &[size]) {
                    prop_assert!(cuts[0].count > 0 && cuts[0].fits(size), "{:?}", cuts);
                }
            }
        }
    }
}
