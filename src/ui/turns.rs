//! Panels take turns, one a displayed frame: on arrival, and when the language changes. All at once would be one long task.
//!
//! Pure. Not responsible for asking for frames (`ui::app`) nor for any panel.

use super::state::State;
use std::rc::Rc;

/// Parts of the page in the order of their turns.
const PARTS: [&str; 9] = ["network", "data", "output", "doctor", "curves", "gradient-flow", "setup", "inside", "about"];

/// Whose turn it is.
#[derive(Debug, Default)]
pub struct Turns {
    /// Parts that are there.
    arrived: usize,
    /// What parts show whose turn to change the language has not come.
    before: Option<Rc<State>>,
    /// Parts that have changed it.
    told: usize,
    /// The next turn has been asked for.
    asked: bool,
}

impl Turns {
    /// From the beginning: nothing is there.
    pub fn restart(&mut self) {
        *self = Turns::default();
    }

    /// The language changes; `before` is the state as it was.
    pub fn change_language(&mut self, before: &Rc<State>) {
        self.before.get_or_insert_with(|| before.clone());
        self.told = 0;
    }

    /// Whether a part is there.
    pub fn has(&self, part: &str) -> bool {
        PARTS[..self.arrived].contains(&part)
    }

    /// What a part shows now.
    pub fn state(&self, part: &str, now: &Rc<State>) -> Rc<State> {
        match &self.before {
            Some(before) if !PARTS[..self.told].contains(&part) => before.clone(),
            Some(_) | None => now.clone(),
        }
    }

    /// Whether a turn must be asked for; only once for each.
    pub fn ask(&mut self) -> bool {
        let due = self.arrived < PARTS.len() || self.before.is_some();
        due && !std::mem::replace(&mut self.asked, true)
    }

    /// A turn has come.
    pub fn next(&mut self) {
        self.asked = false;
        if self.arrived < PARTS.len() {
            self.arrived += 1;
        } else if self.before.is_some() {
            self.told += 1;
            if self.told == PARTS.len() {
                self.before = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::spec::preset;
    use crate::ui::state::Theme;

    fn turn(turns: &mut Turns) -> bool {
        let due = turns.ask();
        if due {
            turns.next();
        }
        due
    }

    #[test]
    fn every_part_comes_and_changes_its_language_once() {
        let english = Rc::new(State::new(preset::first(), Lang::En, Theme::Auto));
        let chinese = Rc::new(State { lang: Lang::Zh, ..State::clone(&english) });
        let mut turns = Turns::default();
        assert!(!turns.has("network") && turns.ask() && !turns.ask(), "asked for once");
        turns.next();
        assert!(turns.has("network") && !turns.has("data"));
        while turn(&mut turns) {}
        assert!(PARTS.iter().all(|p| turns.has(p)));
        turns.change_language(&english);
        turn(&mut turns);
        assert_eq!(turns.state("network", &chinese).lang, Lang::Zh);
        assert_eq!(turns.state("about", &chinese).lang, Lang::En);
        while turn(&mut turns) {}
        assert!(PARTS.iter().all(|p| turns.state(p, &chinese).lang == Lang::Zh));
    }
}
