//! Looking back, and what a divergence leaves.
//!
//! Not responsible for checkpoints themselves (`worker`).

use super::page::Page;
use gradarium::protocol::Status;
use gradarium::spec::{Experiment, preset, text};
use gradarium::ui::state::{EditMsg, Msg, RunMsg};
use serde_json::json;
use std::rc::Rc;

/// The figures of a status that belong to the weights.
type Figures = (u64, u64, Option<f32>, Option<f32>, Option<f32>, Option<f32>, f32);

fn figures(s: &Status) -> Figures {
    (s.step, s.epoch, s.train_loss, s.test_loss, s.test_metric, s.train_metric, s.lr)
}

#[test]
fn every_figure_belongs_to_the_chosen_step() {
    let mut exp = preset::first();
    exp.optimizer = serde_json::from_value(
        json!({"type": "adam", "lr": 0.03, "schedule": {"type": "step", "every": 3, "factor": 0.5}}),
    )
    .unwrap();
    let mut p = Page::open(exp);
    p.look();
    // What each of these steps showed when it was there.
    let mut seen = vec![p.state.run.status.clone()];
    let mut rows = vec![None];
    for steps in [1, 15, 1, 20, 11, 40] {
        p.train(steps);
        seen.push(p.state.run.status.clone());
        rows.push(p.state.run.gradients.last().cloned());
    }
    let (end, curve, all) = (seen.last().unwrap().step, p.state.run.curves.clone(), p.state.run.gradients.clone());
    for i in [3, 0, 5, 1, 2, 4, 6, 2] {
        p.say(Msg::Run(RunMsg::Seek(seen[i].step)));
        p.look();
        let status = &p.state.run.status;
        assert_eq!(figures(status), figures(&seen[i]), "step {}", seen[i].step);
        assert_eq!((status.test_step, status.step_max), (seen[i].step, end));
        assert_eq!((&p.state.run.curves, &p.state.run.gradients), (&curve, &all), "nothing of the run is lost");
        if seen[i].step < end {
            assert_eq!(p.state.looked_back(), Some(seen[i].step));
            let then = p.state.run.gradient_then.as_ref().map(|r| (**r).clone());
            let was = rows[i].as_ref().map(|r| (**r).clone());
            let no_update = |r: gradarium::protocol::GradientRow| {
                let layers = r.layers.into_iter();
                (
                    r.step,
                    layers.map(|l| (l.name, l.d_params, l.params, l.activation, l.d_activation)).collect::<Vec<_>>(),
                )
            };
            assert_eq!(then.map(no_update), was.map(no_update), "gradients of step {}", seen[i].step);
        } else {
            assert_eq!((p.state.looked_back(), p.state.run.gradient_then.is_some()), (None, false));
        }
    }
}

#[test]
fn the_training_loss_of_a_step_far_back_is_that_of_the_curve_there() {
    let mut p = Page::open(preset::first());
    p.train(5000);
    let point = |p: &Page, step: u64| p.state.run.curves.iter().find(|c| c.step >= step).map(|c| c.train_loss);
    for step in [1, 700, 2501, 4999] {
        p.say(Msg::Run(RunMsg::Seek(step)));
        p.look();
        assert_eq!((p.state.run.status.step, p.state.run.status.train_loss), (step, point(&p, step)), "step {step}");
    }
    p.say(Msg::Run(RunMsg::Seek(0)));
    p.look();
    assert_eq!(p.state.run.status.train_loss, None, "before the first step nothing was trained on");
}

#[test]
fn a_weight_edited_by_hand_is_part_of_the_past() {
    let edit = |value: f32| Msg::Run(RunMsg::WriteWeight { name: "layers.0.weight".into(), index: 5, value });
    let mut p = Page::open(preset::first());
    p.train(16);
    p.say(edit(3.0));
    p.train(9);
    p.say(edit(-2.0));
    let at_25 = p.bits();
    p.train(70);
    let end = p.bits();
    p.say(Msg::Run(RunMsg::Seek(10)));
    p.look();
    assert!(!p.state.run.status.edited, "that came later");
    p.say(Msg::Run(RunMsg::Seek(25)));
    assert!(p.bits() == at_25);
    p.say(Msg::Run(RunMsg::Seek(95)));
    assert!(p.bits() == end);
    // An edit of the past forks, as training from there does.
    p.say(Msg::Run(RunMsg::Seek(20)));
    p.say(edit(0.5));
    p.look();
    assert_eq!((p.state.run.status.step, p.state.run.status.step_max), (20, 20));
    assert_eq!(p.state.run.kept.len(), 1, "the abandoned curve stays for comparison");
}

#[test]
fn a_figure_of_long_ago_is_not_shown_as_one_of_now() {
    let at = |step: u64, test: u64| {
        let s = Status { step, ..Status::default() };
        (s.old(test).is_some(), s.is_past(test))
    };
    assert_eq!(at(145, 1), (true, true), "1.3 % right, measured at step 1, at step 145");
    assert_eq!(
        (at(145, 100), at(145, 140), at(0, 0), at(1, 1)),
        ((true, false), (false, false), (false, false), (false, false))
    );
}

/// A regression without a bound on its outputs.
fn explosive() -> Experiment {
    let mut exp = preset::first();
    exp.optimizer = serde_json::from_value(json!({"type": "sgd", "lr": 0.01})).unwrap();
    exp.task = serde_json::from_value(json!({"type": "regression"})).unwrap();
    exp.data = serde_json::from_value(json!({"set": "plane"})).unwrap();
    exp.model = text::parse("dense 8 linear | dense").unwrap();
    exp
}

/// Good for so many steps, then at a rate that blows it up.
fn blown_up(good: u32) -> Page {
    let mut p = Page::open(explosive());
    for _ in 0..good / 10 {
        p.train(10);
    }
    let mut hot = p.state.edit.experiment.optimizer.clone();
    hot.lr = Some(5.0);
    p.say(Msg::Edit(EditMsg::Optimizer(hot)));
    for _ in 0..200 {
        p.train(1);
        if p.state.run.status.diverged.is_some() {
            return p;
        }
    }
    panic!("it did not blow up: {:?}", p.state.run.status);
}

#[test]
fn divergence_keeps_the_curve_up_to_it_with_its_end_marked() {
    for good in [0, 10, 50, 130] {
        let mut p = blown_up(good);
        let d = p.state.run.status.diverged.clone().unwrap();
        let last = p.state.run.curves.last().unwrap();
        assert!(last.train_loss.is_nan() && last.step == d.step, "{last:?} for {d:?}");
        let finite: Vec<_> = p.state.run.curves.iter().filter(|c| c.train_loss.is_finite()).collect();
        assert_eq!(finite.len() as u64, d.step - 1, "every step before it");
        let calm = finite[0].train_loss.abs().max(1.0);
        assert!(finite.last().unwrap().train_loss > 100.0 * calm, "the explosion itself is there");
        assert_eq!((p.state.run.status.step, p.state.run.status.step_max), (d.back_to, d.step - 1));
        assert!(p.state.run.gradients.last().unwrap().step > d.back_to, "gradient flow keeps its rows");
        // The doctor's plots reach as far.
        let finding = p.state.doctor.findings.first().cloned().unwrap();
        for e in &finding.evidence {
            let points = &e.lines[0].1;
            assert!(points.len() > 2 && points.iter().any(|q| q.0 > d.back_to as f64), "{:?}: {points:?}", e.measure);
        }
        // It can be kept, and looked at.
        p.say(Msg::Run(RunMsg::KeepRun));
        assert!(Rc::ptr_eq(&p.state.run.kept[0].curves, &p.state.run.curves));
        p.say(Msg::Run(RunMsg::Seek(d.step - 1)));
        p.look();
        assert_eq!(p.state.run.status.step, d.step - 1);
        assert!(p.state.run.status.train_loss.unwrap() > 100.0 * calm);
        // Training on from the good state leaves it behind.
        p.say(Msg::Run(RunMsg::Seek(d.back_to)));
        p.say(Msg::Edit(EditMsg::Optimizer(explosive().optimizer)));
        p.train(30);
        assert_eq!((p.state.run.status.step, &p.state.run.status.diverged), (d.back_to + 30, &None));
        assert!(p.state.run.curves.iter().all(|c| c.train_loss.is_finite() && c.step <= d.back_to + 30));
    }
}

#[test]
fn the_curve_of_an_explosion_is_kept_for_comparison_when_the_run_goes_on() {
    let mut p = blown_up(50);
    let (curve, d) = (p.state.run.curves.clone(), p.state.run.status.diverged.clone().unwrap());
    p.say(Msg::Edit(EditMsg::Optimizer(explosive().optimizer)));
    p.train(20);
    assert_eq!(p.state.run.status.step, d.back_to + 20);
    // Not equal to itself: it ends in what is no number.
    assert_eq!(format!("{:?}", p.state.run.kept.last().unwrap().curves), format!("{curve:?}"));
}
