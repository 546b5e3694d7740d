//! Trained runs are put aside, brought back, opened and saved; links start as they say.
#![allow(clippy::unwrap_used)]

use super::super::{LoadedData, Theme, update};
use super::*;
use crate::i18n::Lang;
use crate::protocol::{Failure, Loaded, Status, Until};
use crate::spec::{Code, preset};

fn weights(step: u64) -> Rc<[u8]> {
    Weights { step, ..Weights::default() }.write().into()
}

/// The page with a loaded run at that step, trained by the learner.
fn trained(step: u64) -> State {
    let s = State::new(preset::first(), Lang::En, Theme::Auto);
    let loaded = Loaded { run: 1, restarted: true, backend: "simd".into(), ..Loaded::default() };
    let (mut s, _) = update(&s, Msg::Run(RunMsg::Loaded(Rc::new(LoadedData { loaded, ..LoadedData::default() }))));
    s.run.status = Rc::new(Status { run: 1, step, step_max: step, ..Status::default() });
    s.page.files.own = true;
    s.run.curves = Rc::new(vec![CurvePoint { step, ..CurvePoint::default() }]);
    s
}

fn other() -> Experiment {
    let mut e = preset::first();
    e.data.set = "moons".into();
    e
}

fn is_aside(e: &Effect) -> bool {
    matches!(e, Effect::Files(FileJob::Aside(_)))
}

#[test]
fn an_unsaved_run_is_put_aside_and_undo_brings_it_back() {
    let s = trained(2_000);
    let (s, effects) = update(&s, Msg::Edit(EditMsg::Open(Box::new(other()))));
    assert!(is_aside(&effects[0]) && effects.contains(&Effect::Run { update: false }), "{effects:?}");
    let aside =
        Aside { experiment: Rc::new(preset::first()), weights: weights(2_000), step: 2_000, curves: Rc::default() };
    let (s, _) = update(&s, Msg::Page(PageMsg::Files(FileMsg::Aside(Box::new(aside)))));
    assert_eq!(s.page.files.note, Some(Note::Aside { set: "spiral".into(), step: 2_000 }));
    let (back, effects) = update(&s, Msg::Edit(EditMsg::Undo));
    assert_eq!(*back.edit.experiment, preset::first());
    assert!(effects.contains(&Effect::Files(FileJob::Open(weights(2_000)))), "{effects:?}");
    assert!(!effects.iter().any(|e| matches!(e, Effect::Run { .. })) && !back.run.playing);
    // The button does the same.
    let (back, effects) = update(&s, Msg::Page(PageMsg::Files(FileMsg::BringBack)));
    assert_eq!(*back.edit.experiment, preset::first());
    assert!(effects.contains(&Effect::Files(FileJob::Open(weights(2_000)))) && back.page.files.aside.is_empty());
    // Chosen again it is another run, from its seed.
    let (again, effects) = update(&s, Msg::Edit(EditMsg::Open(Box::new(preset::first()))));
    assert!(effects.contains(&Effect::Run { update: false }) && again.page.files.aside.is_empty());
}

#[test]
fn what_was_not_trained_or_is_saved_is_not_put_aside() {
    let mut young = trained(UNSAVED_STEPS - 1);
    assert!(!is_unsaved(&young));
    assert!(!update(&young, Msg::Edit(EditMsg::Open(Box::new(other())))).1.iter().any(is_aside));
    young.run.status = Rc::new(Status { run: 1, step: 9_000, ..Status::default() });
    young.page.files.own = false;
    assert!(!is_unsaved(&young), "the page trained it by itself");
    let (played, _) = update(
        &{
            let mut s = young;
            s.run.playing = false;
            s
        },
        Msg::Run(RunMsg::TogglePlay),
    );
    assert!(is_unsaved(&played));
    let (saved, _) = update(&played, Msg::Page(PageMsg::Files(FileMsg::Saved(9_000))));
    assert!(!is_unsaved(&saved) && !update(&saved, Msg::Edit(EditMsg::Seed(9))).1.iter().any(is_aside));
    // A change that goes on with the run replaces nothing.
    let mut e = preset::first().optimizer;
    e.lr = Some(0.001);
    assert!(!update(&trained(2_000), Msg::Edit(EditMsg::Optimizer(e))).1.iter().any(is_aside));
    assert!(is_aside(&update(&trained(2_000), Msg::Edit(EditMsg::Seed(9))).1[0]));
}

#[test]
fn a_file_opens_at_its_step_and_one_that_does_not_fit_changes_nothing() {
    let s = trained(20);
    let (s, effects) = update(&s, Msg::Page(PageMsg::Files(FileMsg::Open(Box::new(other()), weights(700)))));
    assert_eq!(effects[0], Effect::Send(Command::Pause, Vec::new()));
    assert_eq!((effects[1].clone(), s.run.playing), (Effect::Files(FileJob::Open(weights(700))), false));
    let loaded = Loaded { run: 2, restarted: true, backend: "simd".into(), ..Loaded::default() };
    let (opened, _) = update(&s, Msg::Run(RunMsg::Loaded(Rc::new(LoadedData { loaded, ..LoadedData::default() }))));
    assert_eq!((opened.page.files.saved, opened.page.files.note), ((2, 700), Some(Note::Opened(700))));
    let problems = vec![Problem::new("weights", Code::WeightsShape)];
    let (refused, effects) = update(&s, Msg::Run(RunMsg::Failed(Failure { problems, words: Vec::new() })));
    assert_eq!((*refused.edit.experiment).clone(), preset::first());
    assert_eq!((effects, refused.edit.undo.len()), (vec![Effect::Hash], 0));
    // The file of the very experiment that runs starts again with its weights.
    let (_, effects) =
        update(&trained(20), Msg::Page(PageMsg::Files(FileMsg::Open(Box::new(preset::first()), weights(700)))));
    assert!(effects.contains(&Effect::Files(FileJob::Open(weights(700)))));
}

#[test]
fn saving_asks_only_where_there_are_weights() {
    let (s, effects) = update(&trained(30), Msg::Page(PageMsg::Save));
    assert_eq!((s.page.files.dialog, effects), (Some(Dialog::Save), vec![]));
    let (s, effects) = update(&s, Msg::Page(PageMsg::Files(FileMsg::SaveTrained)));
    assert_eq!((s.page.files.dialog, effects), (None, vec![Effect::Files(FileJob::Save)]));
    let (_, effects) = update(&trained(0), Msg::Page(PageMsg::Save));
    assert_eq!(effects, [Effect::SaveFile]);
    // While an edit has problems the weights belong to another network.
    let mut s = trained(30);
    s.edit.problems = Rc::new(vec![Problem::new("", Code::NoLayers)]);
    assert_eq!(update(&s, Msg::Page(PageMsg::Save)).1, [Effect::SaveFile]);
}

#[test]
fn a_link_starts_as_it_says_and_a_broken_one_lets_nothing_train() {
    let s = trained(40);
    let start = Start { paused: true, until: Some(Until::Epochs(5)), speed: Some(Some(20.0)), faults: Vec::new() };
    let link = |e, start: &Start| Msg::Page(PageMsg::Files(FileMsg::Link(Box::new(e), Box::new(start.clone()))));
    let (waits, effects) = update(&s, link(other(), &start));
    assert_eq!(
        (waits.run.playing, waits.run.until, waits.run.steps_per_s),
        (false, Some(Until::Epochs(5)), Some(20.0))
    );
    assert!(effects.contains(&Effect::Run { update: false }));
    let (waits, effects) = update(&s, link(preset::first(), &start));
    assert!(effects.contains(&Effect::Send(Command::Reset, Vec::new())) && !waits.run.playing, "{effects:?}");
    let faults = vec![Problem::new("", Code::LinkField)];
    let (told, _) = update(&s, link(other(), &Start { faults: faults.clone(), ..Start::default() }));
    assert_eq!((told.page.files.note, told.run.playing), (Some(Note::Link(faults)), true));

    let (broken, effects) =
        update(&s, Msg::Page(PageMsg::Files(FileMsg::Broken(vec![Problem::new("", Code::BrokenLink)]))));
    assert_eq!(effects, [Effect::Send(Command::Pause, Vec::new())]);
    for msg in [Msg::Run(RunMsg::TogglePlay), Msg::Run(RunMsg::Step), Msg::Run(RunMsg::Epoch), Msg::Run(RunMsg::Reset)]
    {
        let (same, effects) = update(&broken, msg);
        assert!(effects.is_empty() && same == broken);
    }
    let (left, _) = update(&broken, Msg::Page(PageMsg::Files(FileMsg::LeaveBroken)));
    assert!(left.page.files.broken.is_none() && left.run.playing);
    let (opened, _) = update(&broken, Msg::Edit(EditMsg::Open(Box::new(other()))));
    assert!(opened.page.files.broken.is_none());
}
