//! Brief frames: how the run stands, while the rest of what the page shows waits for its share of the time.
//!
//! Not responsible for what whole frames hold (`worker`) nor for what they cost (`generate`).

use gradarium::protocol::{Command, Frame, FrameRequest, Reply, Want};
use gradarium::spec::preset;
use gradarium::worker::Reactor;
use std::cell::Cell;

/// A run on a clock that every look takes 10 ms of: a frame is then followed by some 200 ms without one.
struct Bench(Reactor, Cell<f64>);

impl Bench {
    fn playing() -> Self {
        let mut b = Bench(Reactor::new(), Cell::new(0.0));
        b.ask(&Command::Load { experiment: serde_json::to_value(preset::first()).unwrap() });
        b.ask(&Command::Play { steps_per_s: None, until: None });
        b
    }

    fn ask(&mut self, command: &Command) -> Reply {
        let now = || {
            self.1.set(self.1.get() + 10.0);
            self.1.get()
        };
        let mut out = Vec::new();
        self.0.message(1, &serde_json::to_string(command).unwrap(), vec![], &now, &mut out);
        while out.is_empty() {
            self.0.tick(&now, &mut out);
        }
        out.remove(0).reply
    }

    fn frame(&mut self, brief: bool, curves_since: usize) -> Frame {
        let want = FrameRequest {
            brief,
            curves_since: Some(curves_since),
            ..FrameRequest::of([Want::Output { px: 8 }, Want::GradientFlow])
        };
        let Reply::Frame(f) = self.ask(&Command::Frame { want }) else { panic!("no frame") };
        *f
    }

    /// Frames of ten seconds.
    fn watch(&mut self, brief: bool) -> Vec<Frame> {
        let (end, mut frames, mut have) = (self.1.get() + 10_000.0, Vec::new(), 0);
        while self.1.get() < end {
            let f = self.frame(brief, have);
            have = f.curves_from + f.curves.len();
            frames.push(f);
        }
        frames
    }
}

#[test]
fn brief_frames_come_between_whole_ones_and_hold_the_state_of_the_run() {
    let all = Bench::playing().watch(true);
    let (brief, whole): (Vec<_>, Vec<_>) = all.iter().partition(|f| f.brief);
    let without = Bench::playing().watch(false);
    assert!(without.iter().all(|f| !f.brief));
    assert!(2 * brief.len() > whole.len(), "{} brief, {} whole", brief.len(), whole.len());
    assert!(6 * whole.len() >= 5 * without.len(), "{} whole, {} without brief ones", whole.len(), without.len());
    assert!(brief.iter().all(|f| f.output().is_none() && f.gradient_flow().is_some() && f.status.running));
    assert!(whole.iter().all(|f| f.output().is_some()));
    // One run, one curve.
    assert!(all.windows(2).all(|w| w[0].status.step <= w[1].status.step));
    let points: Vec<u64> = all.iter().flat_map(|f| f.curves.iter().map(|p| p.step)).collect();
    assert!(points.len() > 20 && points.windows(2).all(|w| w[0] < w[1]));
}

#[test]
fn nothing_is_brief_at_rest_nor_when_something_new_comes_into_view() {
    let mut b = Bench::playing();
    assert!(!b.frame(true, 0).brief, "the first shows everything");
    b.ask(&Command::Pause);
    assert!((0..3).all(|_| !b.frame(true, 0).brief));
}
