//! The strip arrives in stages, so that no task of the page grows with the network.

/// How much of a strip that has just appeared is there.
#[derive(Clone, Copy)]
pub struct Stage(pub usize);

impl Stage {
    /// All of it.
    pub const LAST: usize = 5;

    /// Of those near what is in view.
    pub fn has_cards(self) -> bool {
        self.0 > 0
    }

    /// With its units.
    pub fn has_units(self) -> bool {
        self.0 > 1
    }

    /// With what stands in them.
    pub fn has_gaps(self) -> bool {
        self.0 > 2
    }

    /// Cards far from what is in view come last, in two halves.
    pub fn has_card(self, i: usize, count: usize) -> bool {
        self.0 == Self::LAST || self.0 + 1 == Self::LAST && 2 * i < count
    }
}
