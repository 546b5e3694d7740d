//! The transitions of a transfer, one by one.

#![allow(clippy::unwrap_used)]
use super::*;
use crate::spec::transfer::{SIDE, SOURCE_STEPS, STEPS};
use TransferEffect::{Address, Ask, Load, Stop, TakeSource, Train};

fn beat(step: u64) -> Beat {
    Beat { step, test_loss: 1.0, accuracy: Some(0.5), ..Beat::default() }
}

/// One message, and what is to be done.
fn go(s: &mut TransferState, msg: TransferMsg) -> Vec<TransferEffect> {
    let (next, effects) = update(s, msg);
    *s = next;
    effects
}

fn came(s: &mut TransferState, who: Who, step: u64) -> Vec<TransferEffect> {
    let round = if who == Who::Source { s.rounds.0 } else { s.rounds.1 };
    go(s, TransferMsg::Came(who, round, beat(step)))
}

fn all(s: &mut TransferState, step: u64) -> Vec<TransferEffect> {
    Mode::ALL.into_iter().flat_map(|m| came(s, Who::Run(m), step)).collect()
}

fn loads() -> Vec<TransferEffect> {
    Mode::ALL.map(|m| Load(Who::Run(m))).into()
}

fn steps(n: u32) -> Vec<TransferEffect> {
    Mode::ALL.map(|m| Train(Who::Run(m), n)).into()
}

/// The source is through, and the three are about to load.
fn learned(kind: Kind) -> (TransferState, Vec<TransferEffect>) {
    let mut s = TransferState::new(Chosen { kind, ..Chosen::default() }, vec![]);
    assert_eq!(go(&mut s, TransferMsg::Arrived), [Load(Who::Source)]);
    assert_eq!(came(&mut s, Who::Source, 0), [Train(Who::Source, 20)]);
    assert_eq!(came(&mut s, Who::Source, SOURCE_STEPS - 3), [Train(Who::Source, 3)]);
    assert_eq!(came(&mut s, Who::Source, SOURCE_STEPS), [TakeSource]);
    let round = s.rounds.0;
    let effects = go(&mut s, TransferMsg::Taken(round, Rc::default()));
    (s, effects)
}

#[test]
fn the_source_comes_first_and_the_three_take_the_same_steps() {
    let (mut s, effects) = learned(Kind::Fashion);
    assert_eq!(effects, loads());
    assert_eq!(came(&mut s, Who::Run(Mode::Frozen), 0), []);
    assert_eq!(s.runs[0].step(), 0);
    assert_eq!(came(&mut s, Who::Run(Mode::FineTuned), 0), []);
    assert_eq!(came(&mut s, Who::Run(Mode::Scratch), 0), steps(5));
    assert_eq!(all(&mut s, 10), steps(5));
    // A pause, a single step: the next beat ends at the same place.
    go(&mut s, TransferMsg::TogglePlay);
    assert_eq!(all(&mut s, 20), []);
    assert_eq!(go(&mut s, TransferMsg::Step), steps(1));
    assert_eq!(all(&mut s, 21), []);
    assert_eq!(go(&mut s, TransferMsg::TogglePlay), steps(4));
    assert_eq!(all(&mut s, STEPS), []);
    assert!(!s.playing, "through");
    assert_eq!(s.runs[2].beats.iter().map(|b| b.step).collect::<Vec<_>>(), [0, 10, 20, 21, STEPS]);
    assert_eq!(go(&mut s, TransferMsg::TogglePlay), steps(5), "who goes on, goes on");
}

#[test]
fn other_examples_keep_the_source_and_another_seed_does_not() {
    let (mut s, _) = learned(Kind::Fashion);
    all(&mut s, 0);
    let few = Chosen { each: 3, ..s.chosen };
    let effects = go(&mut s, TransferMsg::Choose(few));
    assert_eq!(effects, [vec![Stop, Address], loads()].concat());
    assert_eq!(s.runs[0].experiment.data.per_class, Some(3));
    // What comes of before is not heard.
    let late = TransferMsg::Came(Who::Run(Mode::Frozen), s.rounds.1 - 1, beat(70));
    assert_eq!(go(&mut s, late), []);
    assert_eq!(s.runs[0].phase, Phase::Loading);
    let digits = Chosen { kind: Kind::Digits, ..few };
    assert_eq!(go(&mut s, TransferMsg::Choose(digits)), [Stop, Address, Load(Who::Source)]);
    assert_eq!((s.source.experiment.data.only.len(), s.source.weights.is_some()), (5, false));
    assert_eq!(go(&mut s, TransferMsg::Open(digits, vec!["x".into()])), []);
    let round = s.rounds.0;
    go(&mut s, TransferMsg::Failed(Who::Source, round, SideError::NotStarted));
    assert!(matches!(s.source.phase, Phase::Failed(_)));
}

#[test]
fn own_classes_are_learned_when_the_learner_says_so() {
    let (mut s, effects) = learned(Kind::Own);
    assert_eq!((effects, s.can_learn()), (vec![], false));
    assert_eq!(go(&mut s, TransferMsg::Learn), []);
    assert_eq!(go(&mut s, TransferMsg::Take(0)), [], "nothing is on the pad");
    for i in 0..10 {
        let picture: Rc<[f32]> = vec![i as f32 / 10.0; SIDE * SIDE].into();
        assert_eq!(go(&mut s, TransferMsg::Try(picture)), []);
        assert_eq!(go(&mut s, TransferMsg::Take(i % 2)), []);
        assert_eq!(s.can_learn(), i == 9, "{:?}", s.problems);
    }
    assert_eq!((s.pads, s.tried.is_none()), (10, true));
    assert_eq!(go(&mut s, TransferMsg::Learn), loads());
    assert!(!s.has_test());
    assert_eq!(all(&mut s, 0), steps(5));
    // What is on the pad is answered by all, now and after each beat; what was wiped away is not.
    let tried: Rc<[f32]> = vec![0.5; SIDE * SIDE].into();
    assert_eq!(go(&mut s, TransferMsg::Try(tried)), Mode::ALL.map(Ask));
    assert_eq!(all(&mut s, 10), [Mode::ALL.map(Ask).to_vec(), steps(5)].concat());
    let tries = s.tries;
    go(&mut s, TransferMsg::Answered(Mode::Scratch, tries, Rc::from([0.25, 0.75])));
    assert_eq!(*s.runs[2].answer, [0.25, 0.75]);
    go(&mut s, TransferMsg::Take(1));
    go(&mut s, TransferMsg::Answered(Mode::Scratch, tries, Rc::from([0.25, 0.75])));
    assert!(s.runs[2].answer.is_empty() && s.changed, "the pad is another");
    assert_eq!(go(&mut s, TransferMsg::Learn), [vec![Stop], loads()].concat());
    assert_eq!(s.own.classes[1].pictures.len(), 6);
}

#[test]
fn a_run_that_breaks_leaves_the_others_training() {
    let (mut s, _) = learned(Kind::Fashion);
    all(&mut s, 0);
    let round = s.rounds.1;
    let broken = Beat { diverged: true, ..beat(10) };
    go(&mut s, TransferMsg::Came(Who::Run(Mode::Scratch), round, broken));
    go(&mut s, TransferMsg::Failed(Who::Run(Mode::Frozen), round, SideError::NotStarted));
    assert_eq!(came(&mut s, Who::Run(Mode::FineTuned), 10), [Train(Who::Run(Mode::FineTuned), 5)]);
    assert_eq!(go(&mut s, TransferMsg::Reset), [vec![Stop], loads()].concat());
    assert!(!s.playing && s.runs.iter().all(|r| r.beats.is_empty()));
}
