//! Panels take turns: on arrival, when the language changes, and with the data and the first frame of a run, which
//! bring every one of them something new. All at once would be one long task.
//!
//! Pure. Not responsible for asking for frames (`ui::app`) nor for any panel.

use super::state::State;
use std::rc::Rc;

/// Parts of the page in the order of their turns.
const PARTS: [&str; 9] = ["network", "data", "output", "doctor", "curves", "gradient-flow", "setup", "inside", "about"];

/// What parts show whose turn to change has not come.
#[derive(Debug, Default)]
struct Before {
    /// For each part that was there; later ones arrive changed.
    kept: Vec<Rc<State>>,
    /// Parts that have changed.
    told: usize,
}

/// Whose turn it is.
#[derive(Debug, Default)]
pub struct Turns {
    /// Parts that are there.
    arrived: usize,
    before: Option<Before>,
    /// The next turn has been asked for.
    asked: bool,
}

impl Turns {
    /// From the beginning: nothing is there.
    pub fn restart(&mut self) {
        *self = Turns::default();
    }

    /// Something changes in every part; `before` is the state as it was. A change on the heels of another takes no part back
    /// to what it showed before that.
    pub fn change(&mut self, before: &Rc<State>) {
        let Before { kept, told } = self.before.get_or_insert_default();
        kept[..*told].fill(before.clone());
        kept.resize(self.arrived, before.clone());
        *told = 0;
    }

    /// The learner does something: that must be seen at once, and everywhere.
    pub fn catch_up(&mut self) {
        self.before = None;
    }

    /// Whether a part is there.
    pub fn has(&self, part: &str) -> bool {
        PARTS[..self.arrived].contains(&part)
    }

    /// What a part shows now.
    pub fn state(&self, part: &str, now: &Rc<State>) -> Rc<State> {
        let kept = self.before.as_ref().and_then(|b| {
            let at = PARTS.iter().position(|p| *p == part).filter(|at| *at >= b.told)?;
            b.kept.get(at)
        });
        kept.unwrap_or(now).clone()
    }

    /// Whether a turn must be asked for; only once for each.
    pub fn ask(&mut self) -> bool {
        let due = self.arrived < PARTS.len() || self.before.is_some();
        due && !std::mem::replace(&mut self.asked, true)
    }

    /// A turn has come. What is there goes first: it can be seen already.
    pub fn next(&mut self) {
        self.asked = false;
        match &mut self.before {
            Some(b) if b.told + 1 < b.kept.len() => b.told += 1,
            Some(_) => self.before = None,
            None => self.arrived = (self.arrived + 1).min(PARTS.len()),
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
        turns.change(&english);
        turn(&mut turns);
        assert_eq!(turns.state("network", &chinese).lang, Lang::Zh);
        assert_eq!(turns.state("about", &chinese).lang, Lang::En);
        while turn(&mut turns) {}
        assert!(PARTS.iter().all(|p| turns.state(p, &chinese).lang == Lang::Zh));
    }

    #[test]
    fn a_change_on_arrival_comes_to_what_is_there_before_the_rest_arrives() {
        let english = Rc::new(State::new(preset::first(), Lang::En, Theme::Auto));
        let chinese = Rc::new(State { lang: Lang::Zh, ..State::clone(&english) });
        let mut turns = Turns::default();
        turn(&mut turns);
        turn(&mut turns);
        turns.change(&english);
        turn(&mut turns);
        assert_eq!([turns.state("network", &chinese).lang, turns.state("data", &chinese).lang], [Lang::Zh, Lang::En]);
        assert!(!turns.has("output"));
        turn(&mut turns);
        turn(&mut turns);
        assert!(turns.has("output"));
        assert!(PARTS.iter().all(|p| turns.state(p, &chinese).lang == Lang::Zh));
    }

    #[test]
    fn a_change_on_the_heels_of_another_takes_nothing_back_and_the_learner_waits_for_neither() {
        let english = Rc::new(State::new(preset::first(), Lang::En, Theme::Auto));
        let chinese = Rc::new(State { lang: Lang::Zh, ..State::clone(&english) });
        let loaded = Rc::new(State { deaths: 1, ..State::clone(&chinese) });
        let mut turns = Turns::default();
        while turn(&mut turns) {}
        turns.change(&english);
        turn(&mut turns);
        turns.change(&chinese);
        let shown = |t: &Turns, part| (t.state(part, &loaded).lang, t.state(part, &loaded).deaths);
        assert_eq!([shown(&turns, "network"), shown(&turns, "data")], [(Lang::Zh, 0), (Lang::En, 0)]);
        turn(&mut turns);
        assert_eq!([shown(&turns, "network"), shown(&turns, "data")], [(Lang::Zh, 1), (Lang::En, 0)]);
        turns.catch_up();
        assert!(PARTS.iter().all(|p| shown(&turns, p) == (Lang::Zh, 1)), "at once");
        turns.change(&english);
        turns.catch_up();
        assert!(PARTS.iter().all(|p| turns.state(p, &chinese).lang == Lang::Zh), "at once");
    }
}
