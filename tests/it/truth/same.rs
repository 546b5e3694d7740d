//! Same seed and settings, same run.
//!
//! Not responsible for the bits of one step (golden tests).

use super::page::Page;
use gradarium::protocol::{Command, FrameRequest};
use gradarium::spec::{DataSpec, Experiment, OptimizerKind, TrainingSpec, preset, text};
use gradarium::ui::state::{EditMsg, Msg, PageMsg, RunMsg};
use serde_json::json;

/// Numbers that look random and are the same in every run of the test.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn data(value: serde_json::Value) -> DataSpec {
    serde_json::from_value(value).unwrap()
}

fn some_data(d: &mut Dice) -> DataSpec {
    let (noise, samples) = ([0.0, 0.1, 0.3][d.roll(3) as usize], 100 + 50 * d.roll(4));
    match d.roll(8) {
        0 => data(json!({"set": "iris"})),
        1 => data(json!({"set": "plane", "samples": samples})),
        2 => data(json!({"set": "spiral", "classes": 3, "noise": noise})),
        3 => data(
            json!({"set": "points", "points": [[0.1, 0.2, 0.0], [0.5, 0.5, 1.0], [-0.5, 0.1, 0.0], [0.9, -0.5, 1.0], [0.3, 0.3, 1.0]]}),
        ),
        4 => data(json!({"set": "moons", "test_fraction": 0.3})),
        n => {
            let set = ["spiral", "moons", "circle"][n as usize - 5];
            data(json!({"set": set, "noise": noise, "samples": samples}))
        }
    }
}

const MODELS: [&str; 5] = [
    "dense 8 tanh | dense 8 tanh | dense",
    "dense 8 tanh | dense 5 relu | dense",
    "dense 12 relu | dropout 0.2 | dense",
    "dense 8 tanh | batch_norm | dense",
    "dense",
];

/// Something that a learner may do.
fn anything(p: &mut Page, d: &mut Dice) {
    match d.roll(16) {
        0 | 1 => p.say(Msg::Edit(EditMsg::Data(some_data(d)))),
        2 => p.say(Msg::Edit(EditMsg::Seed(d.roll(4) as u32))),
        3 | 4 => p.say(Msg::Edit(EditMsg::SetLayers(text::parse(MODELS[d.roll(5) as usize]).unwrap().layers))),
        5 => p.say(Msg::Edit(EditMsg::AddLayer { at: d.roll(3) as usize, type_name: "dense".into() })),
        6 => p.say(Msg::Edit(EditMsg::RemoveLayer(d.roll(3) as usize))),
        7 => p.say(Msg::Edit(EditMsg::OptimizerKind(OptimizerKind::ALL[d.roll(4) as usize]))),
        8 => p.say(Msg::Edit(EditMsg::Training(TrainingSpec {
            batch: 1 + 9 * d.roll(5) as usize,
            ..p.state.edit.experiment.training.clone()
        }))),
        9 => p.say(Msg::Edit(EditMsg::KeepWeights(d.roll(2) == 0))),
        10 => p.say(Msg::Edit(EditMsg::Undo)),
        11 => p.say(Msg::Edit(EditMsg::Redo)),
        12 => p.say(Msg::Run(RunMsg::Reset)),
        13 => p.say(Msg::Run(RunMsg::Seek(d.roll(40)))),
        14 => {
            let name = "layers.0.weight".to_string();
            p.say(Msg::Run(RunMsg::WriteWeight { name, index: d.roll(4) as usize, value: d.roll(9) as f32 - 4.0 }));
        }
        _ => {
            // A checkpoint of earlier, put in again.
            let bits = p.bits();
            p.train(5);
            p.bench.reply(&Command::Restore, vec![bits]);
        }
    }
    if d.roll(2) == 0 {
        p.train(1 + d.roll(25) as u32);
    }
    p.look();
}

/// Until what is edited can run.
fn mend(p: &mut Page) {
    while !p.state.edit.problems.is_empty() {
        p.say(Msg::Edit(EditMsg::Undo));
    }
}

fn fresh(e: &Experiment, steps: u32) -> Vec<u8> {
    let mut p = Page::open(e.clone());
    if steps > 0 {
        p.train(steps);
    }
    p.bits()
}

#[test]
fn reset_and_other_data_start_the_run_that_a_fresh_page_starts() {
    for seed in 0..60 {
        let (mut d, mut p) = (Dice(seed), Page::open(preset::first()));
        for _ in 0..4 + d.roll(8) {
            anything(&mut p, &mut d);
        }
        mend(&mut p);
        p.train(3);
        // Other data, by choosing them or by going back and forth in the steps of undo.
        let other = loop {
            let other = some_data(&mut d);
            if !other.same_rows(&p.state.run.experiment.data) {
                break other;
            }
        };
        p.say(Msg::Edit(EditMsg::Data(other)));
        match d.roll(3) {
            0 => p.say(Msg::Edit(EditMsg::Undo)),
            1 => [Msg::Edit(EditMsg::Undo), Msg::Edit(EditMsg::Redo)].into_iter().for_each(|m| p.say(m)),
            _ => {}
        }
        mend(&mut p);
        let e = Experiment::clone(&p.state.edit.experiment);
        let name = format!("dice {seed}: {} on {}", text::write(&e.model), e.data.set);
        assert!(p.bits() == fresh(&e, 0), "{name}: the first weights after other data");
        p.look();
        assert_eq!(
            (p.state.run.status.step, &p.state.run.status.carried, p.state.run.status.edited),
            (0, &None, false),
            "{name}"
        );
        p.train(17);
        assert!(p.bits() == fresh(&e, 17), "{name}: 17 steps after other data");
        for _ in 0..d.roll(5) {
            anything(&mut p, &mut d);
        }
        mend(&mut p);
        p.say(Msg::Run(RunMsg::Reset));
        let e = Experiment::clone(&p.state.edit.experiment);
        assert!(p.bits() == fresh(&e, 0), "{name}: the first weights after Reset");
        p.train(17);
        assert!(p.bits() == fresh(&e, 17), "{name}: 17 steps after Reset");
        assert_eq!((&p.state.run.status.carried, p.state.run.status.edited), (&None, false), "{name}");
    }
}

#[test]
fn what_the_issue_saw_spiral_then_moons_then_the_spiral_again() {
    let mut p = Page::open(preset::first());
    p.train(1000);
    let trained = p.state.run.status.test_loss.unwrap();
    assert!(trained < 0.2, "{trained}");
    p.say(Msg::Edit(EditMsg::Data(DataSpec::of("moons"))));
    p.look();
    let loss = p.state.run.status.test_loss.unwrap();
    assert!(p.state.run.status.step == 0 && loss < 1.0, "moons begin with {loss}");
    p.say(Msg::Edit(EditMsg::Undo));
    p.look();
    let again = p.state.run.status.clone();
    assert!(again.step == 0 && again.test_metric.unwrap() < 0.9, "{again:?}");
    assert!(p.bits() == fresh(&preset::first(), 0));
}

#[test]
fn other_noise_samples_split_seed_or_task_start_afresh_too() {
    let edits: [fn(&Experiment) -> Msg; 6] = [
        |e| Msg::Edit(EditMsg::Data(DataSpec { noise: 0.25, ..e.data.clone() })),
        |e| Msg::Edit(EditMsg::Data(DataSpec { samples: Some(120), ..e.data.clone() })),
        |e| Msg::Edit(EditMsg::Data(DataSpec { test_fraction: Some(0.2), ..e.data.clone() })),
        |e| Msg::Edit(EditMsg::Data(DataSpec { standardize: Some(true), ..e.data.clone() })),
        |_| Msg::Edit(EditMsg::Seed(99)),
        |e| {
            Msg::Edit(EditMsg::Task(gradarium::spec::TaskSpec {
                loss: gradarium::spec::Loss::from_name("hinge"),
                ..e.task.clone()
            }))
        },
    ];
    for edit in edits {
        let mut p = Page::open(preset::first());
        p.train(30);
        let msg = edit(&p.state.edit.experiment);
        p.say(msg.clone());
        assert_eq!(p.state.edit.problems.as_slice(), [], "{msg:?}");
        assert!(p.bits() == fresh(&p.state.edit.experiment.clone(), 0), "{msg:?}");
    }
}

#[test]
fn weights_are_kept_where_the_network_is_edited_and_carried_over_on_purpose_and_both_are_said() {
    let mut p = Page::open(preset::first());
    p.say(Msg::Edit(EditMsg::SetLayers(text::parse(MODELS[1]).unwrap().layers)));
    p.look();
    assert_eq!(p.state.run.status.carried, None, "nothing was learned yet");
    assert!(p.bits() == fresh(&p.state.edit.experiment.clone(), 0));
    p.train(40);
    p.say(Msg::Edit(EditMsg::AddLayer { at: 2, type_name: "dense".into() }));
    p.look();
    let c = p.state.run.status.carried.clone().unwrap();
    assert_eq!((c.step, c.set, p.state.run.status.step), (40, None, 0));
    assert!(c.numbers > 0 && c.numbers < c.of, "{} of {}", c.numbers, c.of);
    p.train(10);
    p.say(Msg::Edit(EditMsg::CarryWeights(true)));
    p.say(Msg::Edit(EditMsg::Data(DataSpec::of("moons"))));
    p.look();
    let c = p.state.run.status.carried.clone().unwrap();
    assert_eq!((c.step, c.set.as_deref(), c.numbers), (10, Some("spiral"), c.of));
    p.say(Msg::Edit(EditMsg::Seed(5)));
    p.look();
    assert_eq!(p.state.run.status.carried, None, "another seed is there to be seen");
    assert!(p.bits() == fresh(&p.state.edit.experiment.clone(), 0));
}

#[test]
fn a_link_of_a_run_that_did_not_begin_afresh_says_so() {
    use gradarium::ui::state::Notice;
    let mut p = Page::open(preset::first());
    p.train(5);
    p.say(Msg::Page(PageMsg::Share));
    assert_eq!(p.state.page.notice, Some(Notice::LinkCopied));
    p.say(Msg::Run(RunMsg::WriteWeight { name: "layers.0.bias".into(), index: 0, value: 2.0 }));
    p.look();
    assert!(p.state.run.status.edited);
    p.say(Msg::Page(PageMsg::Share));
    assert_eq!(p.state.page.notice, Some(Notice::LinkStartsAfresh));
    p.say(Msg::Run(RunMsg::Reset));
    p.look();
    p.say(Msg::Page(PageMsg::Share));
    assert_eq!(p.state.page.notice, Some(Notice::LinkCopied));
}

#[test]
fn one_number_is_written_and_the_others_stay_where_training_has_brought_them() {
    let mut p = Page::open(preset::first());
    p.train(7);
    let before = p.bench.reply_array("layers.0.weight");
    p.say(Msg::Run(RunMsg::WriteWeight { name: "layers.0.weight".into(), index: 3, value: 9.0 }));
    let after = p.bench.reply_array("layers.0.weight");
    let changed: Vec<usize> = (0..before.len()).filter(|i| before[*i] != after[*i]).collect();
    assert_eq!((changed, after[3]), (vec![3], 9.0));
    let wrong = Command::Write { name: "layers.0.weight".into(), index: Some(999) };
    assert!(matches!(p.bench.reply(&wrong, vec![1f32.to_le_bytes().to_vec()]), gradarium::protocol::Reply::Failed(_)));
    assert!(p.bench.frame(FrameRequest::default()).0.status.edited);
}
