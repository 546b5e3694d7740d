//! Answers to the whole test part, as frames bring them: seldom while training runs, always new at rest.
//!
//! Not responsible for what a frame costs besides (`generate`, `worker`).

use gradarium::backend;
use gradarium::engine::data::build;
use gradarium::engine::session::{Part, Session};
use gradarium::protocol::{Command, Frame, FrameRequest, Reply, Want};
use gradarium::spec::preset;
use gradarium::worker::Reactor;
use std::cell::Cell;

/// Every look at the clock takes 1 ms.
struct Bench(Reactor, Cell<f64>);

fn clock(ms: &Cell<f64>) -> impl Fn() -> f64 {
    || {
        ms.set(ms.get() + 1.0);
        ms.get()
    }
}

impl Bench {
    fn ask(&mut self, command: &Command, buffers: Vec<Vec<u8>>) -> Reply {
        let now = clock(&self.1);
        let mut out = Vec::new();
        self.0.message(1, &serde_json::to_string(command).unwrap(), buffers, &now, &mut out);
        while out.is_empty() {
            self.0.tick(&now, &mut out);
        }
        out.remove(0).reply
    }

    /// A slice of training, with nobody looking.
    fn train(&mut self) {
        let now = clock(&self.1);
        self.0.tick(&now, &mut Vec::new());
    }

    fn frame(&mut self) -> Frame {
        let want = FrameRequest::of([Want::Confusion]);
        let Reply::Frame(f) = self.ask(&Command::Frame { want }, vec![]) else { panic!("no frame") };
        *f
    }
}

fn counts(f: &Frame) -> Vec<Vec<u32>> {
    f.confusion().unwrap().counts.iter().map(|c| c.to_vec()).collect()
}

#[test]
fn answers_come_less_often_than_frames_while_training_and_are_new_at_rest() {
    let mut b = Bench(Reactor::new(), Cell::new(0.0));
    b.ask(&Command::Load { experiment: serde_json::to_value(preset::first()).unwrap() }, vec![]);
    b.ask(&Command::Play { steps_per_s: None, until: None }, vec![]);
    let (mut frames, mut new, mut before) = (0, 0, Vec::new());
    while b.1.get() < 5000.0 {
        let now = counts(&b.frame());
        (frames, new) = (frames + 1, new + u32::from(now != before));
        before = now;
    }
    assert!(new > 10 && new < frames, "{new} new of {frames}");
    b.ask(&Command::Pause, vec![]);
    let f = b.frame();
    assert!(!f.status.running && f.status.step > 0);
    // All into class 0, at the same step.
    for (name, values) in [("layers.2.weight", vec![0.0; 16]), ("layers.2.bias", vec![1.0, -1.0])] {
        let bytes = values.iter().flat_map(|v: &f32| v.to_le_bytes()).collect();
        b.ask(&Command::Write { name: name.into(), index: None }, vec![bytes]);
    }
    let edited = b.frame();
    assert_eq!((edited.status.step, counts(&edited)[0][1], counts(&edited)[1][1]), (f.status.step, 0, 0));
}

#[test]
fn the_test_figures_are_of_the_step_they_name_whichever_look_brought_them() {
    let mut b = Bench(Reactor::new(), Cell::new(0.0));
    b.ask(&Command::Load { experiment: serde_json::to_value(preset::first()).unwrap() }, vec![]);
    b.ask(&Command::Play { steps_per_s: None, until: None }, vec![]);
    let (mut by_answers, mut by_points, mut named) = (0, 0, Vec::new());
    while b.1.get() < 5000.0 {
        // Every other look asks for the answers; between, points of the curves measure.
        let confusion = !named.len().is_multiple_of(2);
        let want = FrameRequest { curves_since: Some(0), ..FrameRequest::of(confusion.then_some(Want::Confusion)) };
        b.train();
        let Reply::Frame(f) = b.ask(&Command::Frame { want }, vec![]) else { panic!("no frame") };
        let s = &f.status;
        assert!(s.test_step <= s.step);
        match f.confusion() {
            Some(c) if c.step == s.test_step => {
                by_answers += 1;
                let right: u32 = (0..2).map(|i| c.counts[i][i]).sum();
                assert_eq!(s.test_metric, Some(right as f32 / c.counts.iter().flatten().sum::<u32>() as f32));
            }
            Some(_) | None => by_points += 1,
        }
        assert!(f.confusion().is_none_or(|c| c.step <= s.test_step));
        // The curves' latest measurement is no older.
        let drawn = f.curves.iter().rev().find(|p| p.test_loss.is_some());
        assert!(
            s.test_step == 0 || drawn.is_some_and(|p| p.step >= s.test_step && p.test_loss == s.test_loss),
            "{drawn:?}"
        );
        named.push((s.test_step, s.test_loss));
    }
    assert!(by_answers > 5 && by_points > 5, "{by_answers} {by_points}");
    let exp = preset::first();
    let data = build(&exp.data, u64::from(exp.seed), &[]).unwrap();
    let exec = backend::choose(exp.backend).unwrap();
    let mut alone = Session::new(exp, data, exec);
    for (step, loss) in named.iter().take(20) {
        while alone.steps() < *step {
            alone.step().unwrap();
        }
        assert_eq!(alone.evaluate(Part::Test, usize::MAX).map(|m| m.loss), *loss, "at {step}");
    }
    // Back in time the figures are of then, not of what was answered later.
    b.ask(&Command::Pause, vec![]);
    let back = named[named.len() / 2].0;
    b.ask(&Command::Seek { step: back }, vec![]);
    let f = b.frame();
    assert_eq!((f.status.test_step, f.confusion().unwrap().step), (back, back));
}
