//! Edits, undo, and what a change of data does.
#![allow(clippy::unwrap_used)]

use super::super::{Msg, RunMsg};
use super::*;
use crate::i18n::Lang;
use crate::protocol::Failure;
use crate::spec::{
    Backend, Code, DataSpec, Fix, Layer, LayerKind, Loss, OptimizerKind, OptimizerSpec, Problem, TaskKind,
    TrainingSpec, preset, text,
};
use crate::ui::state::{Theme, update};

const RUN: [Effect; 2] = [Effect::Run { update: true }, Effect::Hash];

fn fresh() -> State {
    State::new(preset::first(), Lang::En, Theme::Auto)
}

fn on(set: &str) -> State {
    State::new(preset::for_data(DataSpec::of(set), 1), Lang::En, Theme::Auto)
}

fn go(s: &State, msg: Msg) -> State {
    update(s, msg).0
}

fn model(s: &State) -> String {
    text::write(&s.edit.experiment.model)
}

fn layers(s: &str) -> Vec<Layer> {
    text::parse(s).unwrap().layers
}

fn add(at: usize, type_name: &str) -> Msg {
    Msg::Edit(EditMsg::AddLayer { at, type_name: type_name.into() })
}

#[test]
fn an_edit_runs_and_can_be_undone_and_redone() {
    let s = fresh();
    let (edited, effects) = update(&s, Msg::Edit(EditMsg::RemoveLayer(0)));
    assert_eq!(effects, RUN);
    assert_eq!(model(&edited), "dense 8 tanh | dense");
    let (undone, effects) = update(&edited, Msg::Edit(EditMsg::Undo));
    assert_eq!((undone.edit.experiment.clone(), effects), (s.edit.experiment.clone(), RUN.to_vec()));
    assert_eq!(go(&undone, Msg::Edit(EditMsg::Redo)).edit.experiment, edited.edit.experiment);
    assert!(
        go(&undone, Msg::Edit(EditMsg::RemoveLayer(1))).edit.redo.is_empty(),
        "a new edit ends what could be redone"
    );
    assert!(update(&s, Msg::Edit(EditMsg::Undo)).1.is_empty() && update(&s, Msg::Edit(EditMsg::Redo)).1.is_empty());
}

#[test]
fn data_that_cannot_be_had_take_the_page_back_to_what_runs() {
    let lost = |set: &str| {
        let problem = Problem::new("data.set", Code::DataFetch).arg("set", set).arg("reason", "network");
        Msg::Run(RunMsg::Failed(Failure { problems: vec![problem], words: Vec::new() }))
    };
    let s = fresh();
    let chosen = go(&go(&s, Msg::Edit(EditMsg::Data(DataSpec::of("mnist")))), Msg::Edit(EditMsg::RemoveLayer(1)));
    let (back, effects) = update(&chosen, lost("mnist"));
    assert_eq!((back.edit.experiment.clone(), effects), (s.edit.experiment.clone(), RUN.to_vec()));
    assert!(back.edit.undo.is_empty() && matches!(back.page.notice, Some(Notice::Refused(_))));
    assert_eq!(
        go(&chosen, lost("iris")).edit.experiment,
        chosen.edit.experiment,
        "news of data that nobody asks for any more"
    );
    assert_eq!(
        go(&on("mnist"), lost("mnist")).edit.experiment.data.set,
        "spiral",
        "a link to them, and nothing ran before"
    );
    let mut elsewhere = Experiment::clone(&on("xor").edit.experiment);
    elsewhere.backend = Backend::Webgpu;
    let problems = vec![Problem::new("backend", Code::NoBackend).arg("backend", "webgpu")];
    let opened = go(&s, Msg::Edit(EditMsg::Open(Box::new(elsewhere))));
    let refused = go(&opened, Msg::Run(RunMsg::Failed(Failure { problems, words: Vec::new() })));
    assert_eq!(refused.edit.experiment, s.edit.experiment, "so does a backend that is not there");
}

#[test]
fn an_edit_that_changes_nothing_leaves_no_trace() {
    let s = fresh();
    for m in [
        Msg::Edit(EditMsg::Seed(s.edit.experiment.seed)),
        Msg::Edit(EditMsg::RemoveLayer(9)),
        Msg::Edit(EditMsg::MoveLayer { from: 0, to: 9 }),
        add(0, "no_such"),
    ] {
        let (next, effects) = update(&s, m);
        assert!(effects.is_empty() && next.edit.undo.is_empty());
    }
}

#[test]
fn an_experiment_with_problems_does_not_run() {
    let s = fresh();
    let (bad, effects) = update(&s, Msg::Edit(EditMsg::Training(TrainingSpec { batch: 0, ..TrainingSpec::default() })));
    assert!(effects.is_empty());
    assert_eq!(bad.edit.problems[0].code, Code::OutOfRange);
    let (good, effects) = update(&bad, Msg::Edit(EditMsg::Undo));
    assert!(good.edit.problems.is_empty());
    assert_eq!(effects, RUN);
}

#[test]
fn another_seed_or_file_starts_anew() {
    let anew = [Effect::Run { update: false }, Effect::Hash];
    let s = fresh();
    let (seeded, effects) = update(&s, Msg::Edit(EditMsg::Seed(99)));
    assert_eq!(effects, anew);
    // Once the worker runs it.
    let seeded = {
        let mut s = seeded;
        s.run.experiment = s.edit.experiment.clone();
        s
    };
    assert_eq!(update(&seeded, Msg::Edit(EditMsg::Undo)).1, anew);
    let other = update(&s, Msg::Edit(EditMsg::Data(DataSpec { noise: 0.3, ..DataSpec::of("spiral") })));
    assert_eq!(other.1, anew, "other data are no edit of the network");
    assert_eq!(update(&s, Msg::Edit(EditMsg::Open(Box::new(preset::for_data(DataSpec::of("xor"), 7))))).1, anew);
}

#[test]
fn dragging_a_slider_is_one_step_of_undo() {
    let noise = |noise| Msg::Edit(EditMsg::Data(DataSpec { noise, ..DataSpec::of("spiral") }));
    let drag = |s: State| {
        let mut s = s;
        s.edit.merge_edits = true;
        s
    };
    let s = go(&fresh(), noise(0.1));
    let s = go(&drag(s), noise(0.2));
    let s = go(&drag(s), noise(0.3));
    assert_eq!(s.edit.undo.len(), 1);
    let batch = |batch| Msg::Edit(EditMsg::Training(TrainingSpec { batch, ..TrainingSpec::default() }));
    let s = go(&drag(s), batch(10));
    assert_eq!(s.edit.undo.len(), 2, "another number is another step");
    let s = go(
        &{
            let mut s = s;
            s.edit.merge_edits = false;
            s
        },
        batch(11),
    );
    assert_eq!(s.edit.undo.len(), 3, "and so is the same one after a while");
    assert_eq!(go(&s, Msg::Edit(EditMsg::Undo)).edit.experiment.training.batch, 10);
}

#[test]
fn another_optimizer_brings_its_own_rate_unless_the_learner_chose_one() {
    let kind = |s: &State, k| go(s, Msg::Edit(EditMsg::OptimizerKind(k))).edit.experiment.optimizer.clone();
    let s = fresh();
    assert_eq!(s.edit.experiment.optimizer.lr, Some(0.03), "the ready experiment's");
    assert_eq!(kind(&s, OptimizerKind::Lion), OptimizerSpec::new(OptimizerKind::Lion));
    assert_eq!(kind(&s, OptimizerKind::Adamw).lr, Some(0.03));
    let typed = go(
        &s,
        Msg::Edit(EditMsg::Optimizer(OptimizerSpec { lr: Some(0.5), ..OptimizerSpec::new(OptimizerKind::Sgd) })),
    );
    assert_eq!(kind(&typed, OptimizerKind::Momentum).lr, Some(0.5));
    let lion = go(&typed, Msg::Edit(EditMsg::OptimizerKind(OptimizerKind::Lion)));
    assert_eq!(lion.edit.experiment.optimizer.lr, Some(0.5), "a typed rate stays");
    let note = lion.edit.rate_note.clone().unwrap();
    assert!(note.kept() && note.usual == 0.0001 && note.optimizer == lion.edit.experiment.optimizer);
    let usual = go(&lion, Msg::Edit(EditMsg::UsualRate));
    assert_eq!(usual.edit.experiment.optimizer.lr, Some(0.0001), "and the usual one is a click away");
    assert_eq!(kind(&usual, OptimizerKind::Sgd).lr, Some(0.5), "what it had when it was last in force");
    assert_eq!(kind(&usual, OptimizerKind::Adam).lr, Some(0.03));
    assert_eq!(go(&lion, Msg::Edit(EditMsg::Undo)).edit.experiment, typed.edit.experiment);
    let clipped = OptimizerSpec { clip_norm: Some(2.0), ..typed.edit.experiment.optimizer.clone() };
    assert_eq!(kind(&go(&typed, Msg::Edit(EditMsg::Optimizer(clipped))), OptimizerKind::Lion).clip_norm, Some(2.0));
}

#[test]
fn a_rate_that_was_chosen_stays_and_one_that_was_not_is_said() {
    let rate =
        |lr| Msg::Edit(EditMsg::Optimizer(OptimizerSpec { lr: Some(lr), ..OptimizerSpec::new(OptimizerKind::Adam) }));
    let to = |s: &State, k| go(s, Msg::Edit(EditMsg::OptimizerKind(k)));
    // Nobody chose 0.03: the usual rate comes, and it is said.
    let note = to(&fresh(), OptimizerKind::Sgd).edit.rate_note.unwrap();
    assert!(!note.kept() && note.before == 0.03 && note.usual == 0.01);
    // Typed away from 0.03 and back: it is the learner's.
    let own = go(&go(&fresh(), rate(0.2)), rate(0.03));
    assert_eq!(to(&own, OptimizerKind::Sgd).edit.experiment.optimizer.lr, Some(0.03));
    // Written in a file or a link by somebody.
    let mut e = Experiment::clone(&fresh().edit.experiment);
    e.optimizer.lr = Some(0.07);
    let opened = go(&own, Msg::Edit(EditMsg::Open(Box::new(e))));
    assert_eq!(to(&opened, OptimizerKind::Rmsprop).edit.experiment.optimizer.lr, Some(0.07));
    // Another experiment: what was typed in the one before is nothing to it.
    let first = go(
        &go(&opened, Msg::Edit(EditMsg::Optimizer(OptimizerSpec::new(OptimizerKind::Lion)))),
        Msg::Edit(EditMsg::Open(Box::new(preset::first()))),
    );
    assert_eq!(to(&first, OptimizerKind::Sgd).edit.experiment.optimizer.get(crate::spec::Field::Lr), 0.01);
    // Related optimizers share a rate: nothing to say.
    assert_eq!(to(&go(&fresh(), rate(0.2)), OptimizerKind::Adamw).edit.rate_note, None);
}

#[test]
fn undo_is_bounded() {
    let s = (0..UNDO_MAX as u32 + 20).fold(fresh(), |s, i| go(&s, Msg::Edit(EditMsg::Seed(1000 + i))));
    assert_eq!(s.edit.undo.len(), UNDO_MAX);
}

#[test]
fn another_shape_on_the_plane_keeps_the_hidden_layers() {
    let s = go(&fresh(), Msg::Edit(EditMsg::SetLayers(layers("dense 5 relu | dropout 0.2 | dense 2"))));
    let s = go(&s, Msg::Edit(EditMsg::Data(DataSpec { classes: Some(4), ..DataSpec::of("rings") })));
    assert_eq!(model(&s), "dense 5 relu | dropout 0.2 | dense");
    assert!(s.edit.problems.is_empty());
    let s = go(&s, Msg::Edit(EditMsg::Data(DataSpec::of("waves"))));
    assert_eq!(model(&s), "dense 5 relu | dropout 0.2 | dense");
    assert_eq!(s.edit.experiment.task.kind, TaskKind::Regression);
    assert!(s.edit.problems.is_empty());
}

#[test]
fn a_chosen_loss_stays_while_it_fits() {
    let bce = |s: &State| {
        Msg::Edit(EditMsg::Task(crate::spec::TaskSpec { loss: Some(Loss::Bce), ..s.edit.experiment.task.clone() }))
    };
    let s = go(&fresh(), bce(&fresh()));
    assert_eq!(go(&s, Msg::Edit(EditMsg::Data(DataSpec::of("xor")))).edit.experiment.task.loss, Some(Loss::Bce));
    let three = go(&s, Msg::Edit(EditMsg::Data(DataSpec { classes: Some(3), ..DataSpec::of("rings") })));
    assert_eq!(three.edit.experiment.task.loss, None);
    assert!(three.edit.problems.is_empty());
}

#[test]
fn another_kind_of_data_brings_its_network() {
    let s = go(&fresh(), Msg::Edit(EditMsg::Training(TrainingSpec { batch: 10, ..TrainingSpec::default() })));
    let s = go(&s, Msg::Edit(EditMsg::Data(DataSpec::of("mnist"))));
    assert_eq!(model(&s), text::write(&preset::for_data(DataSpec::of("mnist"), 7).model));
    assert_eq!(s.edit.experiment.training.batch, 10);
    let s = go(&s, Msg::Edit(EditMsg::SetLayers(layers("flatten | dense 30 relu | dense"))));
    assert_eq!(model(&go(&s, Msg::Edit(EditMsg::Data(DataSpec::of("digits8"))))), "flatten | dense 30 relu | dense");
    assert!(s.edit.problems.is_empty());
}

#[test]
fn a_moment_of_invalid_data_does_not_cost_the_network() {
    let s = go(&fresh(), Msg::Edit(EditMsg::SetLayers(layers("dense 3 | dense"))));
    let s = go(&s, Msg::Edit(EditMsg::Data(DataSpec { samples: Some(0), ..DataSpec::of("spiral") })));
    assert!(!s.edit.problems.is_empty());
    let s = go(&s, Msg::Edit(EditMsg::Data(DataSpec { samples: Some(50), ..DataSpec::of("spiral") })));
    assert_eq!(model(&s), "dense 3 | dense");
}

#[test]
fn an_added_layer_fits_where_it_is_put() {
    let s = fresh();
    for (at, kind) in
        [(0, "dense"), (1, "residual"), (2, "reshape"), (3, "dense"), (2, "add"), (1, "concat"), (1, "dropout")]
    {
        let next = go(&s, add(at, kind));
        assert_eq!(next.edit.experiment.model.layers.len(), 4);
        let fits = next.edit.problems.iter().all(|p| p.layer(&next.edit.experiment.model) != Some(at));
        assert!(fits, "{kind} at {at}: {:?}", next.edit.problems);
    }
    let s = go(&s, add(3, "dense"));
    assert_eq!(model(&s), "dense 8 tanh | dense 8 tanh | dense 2 | dense", "a size is the task's only at the end");
}

#[test]
fn a_layer_that_joins_two_names_what_it_joins() {
    let s = go(&fresh(), add(2, "add"));
    assert_eq!(model(&s), "dense 8 tanh name=skip1 | dense 8 tanh name=skip2 | add from=skip1,skip2 | dense");
    assert!(s.edit.problems.is_empty(), "{:?}", s.edit.problems);
}

#[test]
fn layers_move() {
    let s = go(&fresh(), Msg::Edit(EditMsg::SetLayers(layers("dense 3 | dropout 0.1 | dense"))));
    assert_eq!(model(&go(&s, Msg::Edit(EditMsg::MoveLayer { from: 0, to: 1 }))), "dropout 0.1 | dense 3 | dense");
    assert_eq!(model(&go(&s, Msg::Edit(EditMsg::MoveLayer { from: 2, to: 0 }))), "dense 2 | dense 3 | dropout 0.1");
}

#[test]
fn a_lock_is_an_edit_like_any_other() {
    let frozen = go(&fresh(), Msg::Edit(EditMsg::Freeze { at: 0, frozen: true }));
    assert_eq!(model(&frozen), "dense 8 tanh frozen | dense 8 tanh | dense");
    let (again, effects) = update(&frozen, Msg::Edit(EditMsg::Freeze { at: 1, frozen: true }));
    assert!(effects.contains(&Effect::Run { update: true }), "{effects:?}");
    assert_eq!(model(&go(&again, Msg::Edit(EditMsg::Undo))), model(&frozen));
    assert_eq!(model(&go(&frozen, Msg::Edit(EditMsg::Freeze { at: 0, frozen: false }))), model(&fresh()));
    assert_eq!(model(&go(&frozen, Msg::Edit(EditMsg::Freeze { at: 9, frozen: true }))), model(&frozen));
    let kind = LayerKind::starter("dense").unwrap();
    let other = go(&frozen, Msg::Edit(EditMsg::SetLayer { at: 0, kind }));
    assert!(other.edit.experiment.model.layers[0].frozen, "other settings leave the lock as it is");
}

#[test]
fn every_remedy_removes_its_problem() {
    let cases = [
        ("mnist", "dense 4 | dense"),
        ("spiral", "dense 4 | dense 3"),
        ("spiral", "dense 4 | dense 2 | dropout 0.1 | dense 5 | dropout 0.2"),
        ("spiral", ""),
        ("spiral", "dense 4 frozen | activation relu | dense frozen"),
        ("spiral", "residual(dense 2 frozen | layer_norm frozen)"),
    ];
    for (set, text) in cases {
        let s = go(&on(set), Msg::Edit(EditMsg::SetLayers(layers(text))));
        let problem = s.edit.problems.first().unwrap().clone();
        let fixed = go(&s, Msg::Edit(EditMsg::Fix(problem.fix.clone().unwrap())));
        assert!(!fixed.edit.problems.contains(&problem), "{text}: {:?}", fixed.edit.problems);
    }
    let task = crate::spec::TaskSpec { kind: TaskKind::Regression, loss: Some(Loss::Mse) };
    let s = go(&fresh(), Msg::Edit(EditMsg::Task(task)));
    assert_eq!(s.edit.problems[0].fix, Some(Fix::SetLoss { loss: "cross_entropy".into() }));
    assert!(go(&s, Msg::Edit(EditMsg::Fix(s.edit.problems[0].fix.clone().unwrap()))).edit.problems.is_empty());
}

#[test]
fn settings_replace_what_was_there() {
    let optimizer = OptimizerSpec::new(OptimizerKind::Sgd);
    assert_eq!(go(&fresh(), Msg::Edit(EditMsg::Optimizer(optimizer.clone()))).edit.experiment.optimizer, optimizer);
    let kind = LayerKind::starter("dropout").unwrap();
    assert_eq!(
        model(&go(&fresh(), Msg::Edit(EditMsg::SetLayer { at: 1, kind }))),
        "dense 8 tanh | dropout 0.2 | dense"
    );
}

#[test]
fn from_any_set_to_any_other_the_network_runs() {
    let sets: Vec<_> = crate::spec::sets::sets().iter().map(|set| set.name).collect();
    let sets = sets.into_iter().filter(|set| preset::for_data(DataSpec::of(set), 1).problems().is_empty());
    let sets: Vec<_> = sets.collect();
    assert!(sets.len() > 20, "{sets:?}");
    for from in &sets {
        for to in &sets {
            let s = go(&on(from), Msg::Edit(EditMsg::Data(DataSpec::of(to))));
            assert!(s.edit.problems.is_empty(), "{from} → {to}: {:?}", s.edit.problems);
        }
    }
}

#[test]
fn a_network_gets_an_optimizer_of_its_own_and_loses_it_again() {
    use crate::spec::model::PartName;
    let game = preset::ready::find("gan_ring").unwrap().experiment().unwrap();
    let s = go(&fresh(), Msg::Edit(EditMsg::Open(Box::new(game.clone()))));
    let own = OptimizerSpec { lr: Some(0.0004), ..game.optimizer.clone() };
    let with = go(&s, Msg::Edit(EditMsg::PartOptimizer(PartName::Discriminator, Some(own.clone()))));
    assert_eq!(with.edit.experiment.optimizers.of(PartName::Discriminator), Some(&own));
    assert_eq!(*go(&with, Msg::Edit(EditMsg::PartOptimizer(PartName::Discriminator, None))).edit.experiment, game);
}

#[test]
fn a_game_chosen_on_the_plane_brings_its_batches_and_other_tasks_keep_those_there_are() {
    let batch = |s: &State| s.edit.experiment.training.batch;
    let s = go(&fresh(), Msg::Edit(EditMsg::Training(TrainingSpec { batch: 48, ..TrainingSpec::default() })));
    assert_eq!(batch(&go(&s, Msg::Edit(EditMsg::ChooseTask("gan".into())))), 256);
    assert_eq!(batch(&go(&s, Msg::Edit(EditMsg::ChooseTask("autoencoder".into())))), 48);
}
