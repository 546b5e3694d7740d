//! Sorting that is compiled once: the standard library's is compiled anew for every kind of list, some 4 KiB each, and the
//! programs that a browser loads had it fifty times.
//!
//! Not responsible for lists of millions: the places are sorted, and then the list is put in their order.

use std::cmp::Ordering;

/// Sorts stably by a comparison.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut from = places(list.len(), &mut |a, b| compare(&list[a], &list[b]));
    for i in 0..list.len() {
        // Where the number that belongs here has been moved to meanwhile.
        let mut j = from[i];
        while j < i {
            j = from[j];
        }
        from[i] = j;
        list.swap(i, j);
    }
}

/// Sorts stably by what is made of each.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// Sorts stably.
pub fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, Ord::cmp);
}

#[inline(never)]
fn places(n: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(list in proptest::collection::vec((0u8..9, any::<u16>()), 0..200)) {
            let (mut ours, mut std) = (list.clone(), list.clone());
            sort_by_key(&mut ours, |x| x.0);
            std.sort_by_key(|x| x.0);
            prop_assert_eq!(&ours, &std);
            let (mut ours, mut std) = (list.clone(), list);
            sort(&mut ours);
            std.sort();
            prop_assert_eq!(ours, std);
        }
    }
}
