//! Memory behind the executor: checkpoints of other versions, the zeros between parameters, masks without a sequence.
//!
//! Not responsible for what executors compute (`parity`).

use gradarium::backend;
use gradarium::engine::data;
use gradarium::engine::graph::layout::MODEL;
use gradarium::engine::session::{Of, Part, Session};
use gradarium::spec::{Backend, Code, Experiment, OptimizerKind, text};
use serde_json::json;

use crate::backends::backends;

fn experiment(model: &str, optimizer: &str) -> Experiment {
    let mut e = Experiment::from_value(json!({
        "seed": 5, "data": {"set": "random", "input": [3], "target": {"classes": 3}, "samples": 50}, "model": {"layers": []},
        "task": {"type": "classification"}, "optimizer": {"type": optimizer, "clip_norm": 0.3},
        "training": {"batch": 8, "l2": 0.01},
    }))
    .unwrap();
    e.model = text::parse(model).unwrap();
    assert_eq!(e.problems(), []);
    e
}

fn session(model: &str, optimizer: &str) -> Session {
    let e = experiment(model, optimizer);
    let data = data::build(&e.data, 5, &[]).unwrap();
    Session::new(e, data, backend::choose(Backend::Auto).unwrap())
}

#[test]
fn a_checkpoint_of_another_version_is_refused_with_a_sentence_of_its_own() {
    let mut s = session("dense 5 tanh | dense", "adam");
    (0..5).for_each(|_| assert!(s.step().is_ok()));
    let now = s.checkpoint();
    for version in [1u32, 3, 5] {
        let mut old = now.bytes.clone();
        old[4..8].copy_from_slice(&version.to_le_bytes());
        let problem = s.restore(&old).unwrap_err();
        assert_eq!(problem.code, Code::OldCheckpoint);
        assert_eq!(problem.args[0], ("got".into(), version.to_string()));
    }
    for broken in [&b"GRD"[..], b"GRDC", b"no checkpoint at all", &now.bytes[..40]] {
        assert_eq!(s.restore(broken).unwrap_err().code, Code::WrongCheckpoint);
    }
    assert_eq!(s.checkpoint(), now, "nothing has changed");
}

/// 15 + 5 and 15 + 3 numbers: one, three, one and one between them.
#[test]
fn zeros_between_parameters_are_not_counted_and_stay() {
    for kind in OptimizerKind::ALL {
        let mut s = session("dense 5 tanh | dense", kind.name());
        assert_eq!(s.n_params(), 38);
        let sizes: usize = s.plan().graph.params().map(|(_, v)| v.size()).sum();
        assert_eq!(sizes, 38);
        (0..50).for_each(|_| assert!(s.step().is_ok()));
        assert!(s.is_finite());
        let params = s.plan().graph.params().map(|(_, v)| s.read(&v.name, false).unwrap().1.len()).sum::<usize>();
        assert_eq!(params, 38, "{kind:?}: read by name");
        let run = &s.layout().group(MODEL).runs[0];
        assert_eq!((run.start, run.end), (0, 43), "{kind:?}: 16 + 8 + 16 + 3");
        // The parameters stand after the words of a checkpoint, with what is between them.
        let bytes = s.checkpoint().bytes;
        let arenas = 4 * (44 + 44 * bytes_slots(&s));
        let params: Vec<f32> = bytes[bytes.len() - arenas..]
            .chunks_exact(4)
            .take(44)
            .map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]]))
            .collect();
        for at in [15, 21, 22, 23, 39, 43] {
            assert_eq!(params[at], 0.0, "{kind:?}: number {at}");
        }
        assert!(params[..15].iter().all(|p| *p != 0.0));
    }
}

fn bytes_slots(s: &Session) -> usize {
    s.layout().slots
}

/// What is looked at, measured or asked for between steps draws nothing and moves nothing.
#[test]
fn looking_leaves_masks_and_gradients_as_they_are() {
    for exec in 0..backends().len() {
        let e = experiment("dense 16 relu | dropout 0.4 | dense 8 relu | dropout 0.2 | dense", "adam");
        let make = || Session::new(e.clone(), data::build(&e.data, 5, &[]).unwrap(), backends().remove(exec));
        let (mut plain, mut watched) = (make(), make());
        for step in 0..12 {
            assert_eq!(plain.step(), watched.step(), "step {step}");
            let _seen = watched.look(&[0.1, 0.2, 0.3], &[1.0], &["layers.0.weight.grad".into()], &Of::Loss);
            let _measured = watched.evaluate(Part::Test, 10);
            let _answers = watched.predict(&[0.5; 6]);
            assert_eq!(plain.read("layers.0.weight", true), watched.read("layers.0.weight", true), "step {step}");
        }
        assert_eq!(plain.checkpoint(), watched.checkpoint());
    }
}

/// A mask belongs to its step: whoever comes back to a step, or opens weights there, sees it again.
#[test]
fn a_mask_is_that_of_its_step() {
    let model = "dense 16 relu | dropout 0.5 | dense";
    let mask = |s: &Session| s.read("layers.1.mask", false).unwrap().1.to_vec();
    let mut s = session(model, "sgd");
    let masks: Vec<_> = (0..6)
        .map(|_| {
            s.step().unwrap();
            mask(&s)
        })
        .collect();
    assert!(masks.windows(2).all(|w| w[0] != w[1]), "every step has its own");
    let kept: f32 = masks.iter().flatten().filter(|m| **m > 0.0).count() as f32 / masks.iter().flatten().count() as f32;
    assert!((kept - 0.5).abs() < 0.1, "{kept}");
    let mut fresh = session(model, "sgd");
    (0..3).for_each(|_| assert!(fresh.step().is_ok()));
    let weights = fresh.weights();
    let mut opened = session(model, "adam");
    opened.open_weights(&weights).unwrap();
    opened.step().unwrap();
    assert_eq!(mask(&opened), masks[3]);
}
