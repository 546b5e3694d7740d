//! The graphics card as the page knows it: whether there is one, and which of the two was faster on which network.
//!
//! Not responsible for timing anything (`ui::panels::processor`) nor for changing the worker (`ui::link`).

use super::{Effect, State, edit};
use crate::spec::{Backend, Experiment, Problem};
use std::rc::Rc;

/// A card this much faster is worth the change: below that, timing alone may say one or the other.
pub const WORTH: f64 = 1.1;

/// Both, timed on a copy of an experiment's network.
#[derive(Clone, Debug, PartialEq)]
pub struct Race {
    /// The experiment.
    pub of: Rc<Experiment>,
    /// Steps a second on the processor.
    pub simd: f64,
    /// Steps a second on the card, or why it took none.
    pub card: Result<f64, Problem>,
    /// The card's name; empty where the browser keeps it to itself.
    pub adapter: String,
    /// Whether a program plays the card.
    pub software: bool,
}

impl Race {
    /// Whether it says something of this experiment: what decides are the networks, the batch and the kind of rows.
    pub fn is_of(&self, e: &Experiment) -> bool {
        let (of, e) = (&*self.of, e);
        of.model == e.model && of.training.batch == e.training.batch && of.task == e.task && of.data.set == e.data.set
    }

    /// Whether the card should have it.
    pub fn card_wins(&self) -> bool {
        !self.software && self.card.as_ref().is_ok_and(|card| *card > WORTH * self.simd)
    }
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// The latest race.
    pub race: Option<Rc<Race>>,
}

/// What happens about the card.
#[derive(Clone, Debug, PartialEq)]
pub enum CardMsg {
    /// The learner chose what runs it.
    Choose(Backend),
    /// Both were timed.
    Raced(Rc<Race>),
    /// The run moves to another worker.
    Moving,
}

pub(super) fn apply(s: &mut State, msg: CardMsg) -> Vec<Effect> {
    match msg {
        CardMsg::Choose(backend) => edit::choose_backend(s, backend),
        CardMsg::Raced(race) => {
            let before = s.backend();
            s.run.card.race = Some(race);
            if s.backend() == before { Vec::new() } else { vec![Effect::Run { update: true }] }
        }
        CardMsg::Moving => {
            s.run.restoring = true;
            Vec::new()
        }
    }
}

impl State {
    /// What the worker is asked for: with `auto` whoever won the race, and SIMD before there was one.
    pub fn backend(&self) -> Backend {
        let e = &*self.edit.experiment;
        let wins = self.run.card.race.as_ref().is_some_and(|race| race.is_of(e) && race.card_wins());
        if e.backend == Backend::Auto && wins { Backend::Webgpu } else { e.backend }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::spec::preset;
    use crate::ui::state::{Msg, RunMsg, Theme, update};

    fn race(s: &State, card: f64, software: bool) -> Msg {
        let (of, adapter) = (s.edit.experiment.clone(), String::new());
        Msg::Run(RunMsg::Card(CardMsg::Raced(Rc::new(Race { of, simd: 100.0, card: Ok(card), adapter, software }))))
    }

    #[test]
    fn automatic_is_the_faster_and_never_a_program_that_plays_a_card() {
        let s = State::new(preset::first(), Lang::En, Theme::Auto);
        assert_eq!(s.backend(), Backend::Auto);
        for (card, software, backend, effects) in [
            (90.0, false, Backend::Auto, 0),
            (105.0, false, Backend::Auto, 0),
            (300.0, true, Backend::Auto, 0),
            (300.0, false, Backend::Webgpu, 1),
        ] {
            let (next, told) = update(&s, race(&s, card, software));
            assert_eq!((next.backend(), told.len()), (backend, effects), "{card} {software}");
            // The experiment itself, its link and its file say what was chosen.
            assert_eq!(next.edit.experiment, s.edit.experiment);
        }
    }

    #[test]
    fn a_race_says_nothing_of_another_network_and_a_choice_outweighs_it() {
        let s = State::new(preset::first(), Lang::En, Theme::Auto);
        let (mut s, _) = update(&s, race(&s, 300.0, false));
        let (chosen, effects) = update(&s, Msg::Run(RunMsg::Card(CardMsg::Choose(Backend::Simd))));
        assert_eq!((chosen.backend(), chosen.edit.experiment.backend), (Backend::Simd, Backend::Simd));
        assert!(effects.contains(&Effect::Run { update: true }));
        Rc::make_mut(&mut s.edit.experiment).training.batch += 1;
        assert_eq!(s.backend(), Backend::Auto);
    }
}
