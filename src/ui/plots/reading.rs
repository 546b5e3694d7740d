//! Where a picture is read: at what is pointed at, else at what was pinned by a click and stays when the pointer leaves.
//!
//! Pure. Not responsible for pointers and keys (`hooks::use_pin`, `canvas.rs`).

/// See the module; `T` is a place of the picture: a step, a cell, a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading<T> {
    /// What is pointed at.
    pub hover: Option<T>,
    /// What stays.
    pub pinned: Option<T>,
}

impl<T> Default for Reading<T> {
    fn default() -> Self {
        Reading { hover: None, pinned: None }
    }
}

/// What a hand does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hand<T> {
    /// Points at a place, or at none.
    Point(Option<T>),
    /// Clicks on a place, or beside all of them.
    Pick(Option<T>),
    /// Pins a place, the same once more too: a field's or a walk's doing.
    Keep(T),
    /// Lets go of what is pinned.
    Release,
}

impl<T: Clone + PartialEq> Reading<T> {
    /// A click keeps a place; the same once more, or none, lets go of it.
    pub fn after(&self, hand: Hand<T>) -> Self {
        let (mut hover, mut pinned) = (self.hover.clone(), self.pinned.clone());
        match hand {
            Hand::Point(at) => hover = at,
            Hand::Pick(at) => pinned = at.filter(|at| pinned.as_ref() != Some(at)),
            Hand::Keep(at) => pinned = Some(at),
            Hand::Release => pinned = None,
        }
        Reading { hover, pinned }
    }

    /// What is read now.
    pub fn at(&self) -> Option<T> {
        self.hover.clone().or_else(|| self.pinned.clone())
    }
}

/// Reach of a click around what is pinned, CSS pixels: where places are finer than a finger, near is the same.
const NEAR_PX: f64 = 7.0;

/// What is pinned, if `at` is as near to where it is drawn as a hand can tell; else what is `found` there.
pub fn snapped<T>(found: Option<T>, at: (f64, f64), pinned: Option<(T, (f64, f64))>) -> Option<T> {
    let near = |p: (f64, f64)| (p.0 - at.0).hypot(p.1 - at.1) <= NEAR_PX;
    match pinned {
        Some((place, drawn)) if near(drawn) => Some(place),
        Some(_) | None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_keeps_a_place_and_the_same_again_lets_go() {
        let r = Reading::default().after(Hand::Point(Some(3)));
        assert_eq!((r.at(), r.pinned), (Some(3), None));
        assert_eq!(r.after(Hand::Point(None)).at(), None);
        let kept = r.after(Hand::Pick(Some(3))).after(Hand::Point(None));
        assert_eq!((kept.at(), kept.pinned), (Some(3), Some(3)));
        // What is pointed at is read; what is pinned comes back.
        let other = kept.after(Hand::Point(Some(5)));
        assert_eq!((other.at(), other.after(Hand::Point(None)).at()), (Some(5), Some(3)));
        assert_eq!(other.after(Hand::Pick(Some(5))).pinned, Some(5));
        assert_eq!(kept.after(Hand::Keep(3)), kept);
        for hand in [Hand::Pick(Some(3)), Hand::Pick(None), Hand::Release] {
            assert_eq!(kept.after(hand).at(), None, "{hand:?}");
        }
    }

    #[test]
    fn near_a_pinned_place_is_that_place() {
        let pinned = Some((10, (50.0, 20.0)));
        assert_eq!(snapped(Some(11), (52.0, 24.0), pinned), Some(10));
        assert_eq!(snapped(Some(12), (58.0, 20.0), pinned), Some(12));
        assert_eq!(snapped(None, (50.0, 20.0), None::<(i32, _)>), None);
    }
}
