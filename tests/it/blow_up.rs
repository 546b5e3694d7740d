//! Runs that leave the finite range: taken back to where they can go on.
//!
//! Not responsible for the words (`problems`) nor for the page's remedy (e2e).

use super::worker::Bench;
use gradarium::protocol::{Command, FrameRequest, Reply};
use gradarium::spec::{Experiment, preset, text};
use gradarium::worker::Buffer;

/// A regression without a bound on its outputs.
fn explosive(lr: f64) -> Experiment {
    let mut exp = preset::first();
    exp.optimizer = serde_json::from_value(serde_json::json!({"type": "sgd", "lr": lr})).unwrap();
    exp.task = serde_json::from_str(r#"{"type": "regression"}"#).unwrap();
    exp.data = serde_json::from_str(r#"{"set": "plane"}"#).unwrap();
    exp.model = text::parse("dense 8 linear | dense").unwrap();
    exp
}

#[test]
fn what_leaves_the_finite_range_is_taken_back_and_explained() {
    let mut b = Bench::new();
    b.load(&explosive(50.0));
    b.reply(&Command::Play { until: None, steps_per_s: None }, vec![]);
    b.settle();
    let (frame, _) = b.frame(FrameRequest::default());
    let d = frame.status.diverged.unwrap();
    assert!(!frame.status.running && d.back_to <= d.step && !d.value.is_empty());
    let (reply, buffers) = {
        let mut out = b.send(&Command::Probe { name: "layers.0.weight".into(), grad: false, state: None }, vec![]);
        (out[0].reply.clone(), out.remove(0).buffers)
    };
    assert_eq!(reply, Reply::Array { shape: vec![8, 2] });
    let Buffer::F32(w) = &buffers[0] else { panic!() };
    assert!(w.iter().all(|x| x.is_finite()));
}

#[test]
fn what_blew_up_trains_on_at_a_lower_rate_wherever_a_checkpoint_fell_into_the_explosion() {
    let mut late = 0;
    for start in 2..18 {
        let mut b = Bench::new();
        b.load(&explosive(0.01));
        b.reply(&Command::Step { n: start }, vec![]);
        b.settle();
        let tune =
            |lr| Command::Update { experiment: serde_json::to_value(explosive(lr)).unwrap(), keep: true, carry: false };
        b.reply(&tune(2.0), vec![]);
        b.reply(&Command::Play { until: None, steps_per_s: None }, vec![]);
        b.settle();
        let d = b.frame(FrameRequest::default()).0.status.diverged.unwrap();
        late += u32::from(start < 16 && d.step >= 16);
        b.reply(&tune(0.01), vec![]);
        b.reply(&Command::Step { n: 50 }, vec![]);
        b.settle();
        let status = b.frame(FrameRequest::default()).0.status;
        assert_eq!((status.step, status.diverged), (d.back_to + 50, None), "blown up at step {}", d.step);
        assert!(status.test_loss.unwrap() < 1.0, "{:?}", status.test_loss);
    }
    assert!(late >= 3, "a checkpoint fell into {late} explosions");
}
