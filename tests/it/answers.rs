//! Answers to the whole test part, as frames bring them: seldom while training runs, always new at rest.
//!
//! Not responsible for what a frame costs besides (`generate`, `worker`).

use gradarium::protocol::{Command, Frame, FrameRequest, Reply};
use gradarium::spec::preset;
use gradarium::worker::Reactor;
use std::cell::Cell;

/// Every look at the clock takes 1 ms.
struct Bench(Reactor, Cell<f64>);

impl Bench {
    fn ask(&mut self, command: &Command, buffers: Vec<Vec<u8>>) -> Reply {
        let now = || {
            self.1.set(self.1.get() + 1.0);
            self.1.get()
        };
        let mut out = Vec::new();
        self.0.message(1, &serde_json::to_string(command).unwrap(), buffers, &now, &mut out);
        while out.is_empty() {
            self.0.tick(&now, &mut out);
        }
        out.remove(0).reply
    }

    fn frame(&mut self) -> Frame {
        let want = FrameRequest { confusion: true, ..FrameRequest::default() };
        let Reply::Frame(f) = self.ask(&Command::Frame { want }, vec![]) else { panic!("no frame") };
        *f
    }
}

fn counts(f: &Frame) -> Vec<Vec<u32>> {
    f.confusion.as_ref().unwrap().counts.iter().map(|c| c.to_vec()).collect()
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
        b.ask(&Command::Write { name: name.into() }, vec![bytes]);
    }
    let edited = b.frame();
    assert_eq!((edited.status.step, counts(&edited)[0][1], counts(&edited)[1][1]), (f.status.step, 0, 0));
}
