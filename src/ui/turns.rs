//! Panels arrive one after the other: all at once would have the learner wait for the last of them.
//!
//! Pure. What comes when is `ui::queue`.

use super::panels::registry::arrivals;

/// How many parts are there.
#[derive(Debug, Default)]
pub struct Turns {
    arrived: usize,
    /// The next turn has been asked for.
    asked: bool,
}

impl Turns {
    /// From the beginning: nothing is there.
    pub fn restart(&mut self) {
        *self = Turns::default();
    }

    /// Whether a part is there.
    pub fn has(&self, part: &str) -> bool {
        arrivals().iter().take(self.arrived).any(|p| *p == part)
    }

    /// Whether a turn must be asked for; only once for each.
    pub fn ask(&mut self) -> bool {
        self.arrived < arrivals().len() && !std::mem::replace(&mut self.asked, true)
    }

    /// Whether every part is there.
    pub fn is_over(&self) -> bool {
        self.arrived == arrivals().len()
    }

    /// A turn has come.
    pub fn next(&mut self) {
        self.asked = false;
        self.arrived = (self.arrived + 1).min(arrivals().len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_comes_once_in_its_turn() {
        let mut turns = Turns::default();
        assert!(!turns.has("network") && turns.ask() && !turns.ask(), "asked for once");
        turns.next();
        assert!(turns.has("network") && !turns.has("data"));
        while turns.ask() {
            turns.next();
        }
        assert!(arrivals().iter().all(|p| turns.has(p)) && turns.is_over());
        turns.restart();
        assert!(arrivals().iter().all(|p| !turns.has(p)) && turns.ask());
    }
}
