//! A language model writes: what it has learned, the same for the same seed, and without disturbing its training.
//!
//! Not responsible for the draw itself (`engine::sampling`).

use gradarium::protocol::{Command, Frame, FrameRequest, Reply, Sample, SampleRequest};
use gradarium::spec::{Code, preset};
use gradarium::worker::{Next, Outgoing, Reactor};
use serde_json::{Value, json};
use std::cell::Cell;

/// A reactor with a clock that moves at every look.
struct Bench(Reactor, Cell<f64>, u32);

impl Bench {
    fn load(experiment: Value) -> Bench {
        let mut b = Bench(Reactor::new(), Cell::new(0.0), 0);
        let reply = b.reply(&Command::Load { experiment });
        assert!(matches!(reply, Reply::Loaded(_)), "{reply:?}");
        b
    }

    fn reply(&mut self, command: &Command) -> Reply {
        self.2 += 1;
        let (mut out, clock) = (Vec::<Outgoing>::new(), &self.1);
        let now = || {
            clock.set(clock.get() + 0.05);
            clock.get()
        };
        self.0.message(self.2, &serde_json::to_string(command).unwrap(), vec![], &now, &mut out);
        while out.is_empty() {
            match self.0.tick(&now, &mut out) {
                Next::At(t) => clock.set(clock.get().max(t)),
                Next::Now | Next::Idle => {}
            }
        }
        out.remove(0).reply
    }

    fn train(&mut self, steps: u32) -> f32 {
        let reply = self.reply(&Command::Train { steps });
        let Reply::Trained(t) = reply else { panic!("{reply:?}") };
        t.loss
    }

    fn write(&mut self, want: &SampleRequest) -> Sample {
        let reply = self.reply(&Command::Generate { want: want.clone() });
        let Reply::Generated(sample) = reply else { panic!("{reply:?}") };
        sample
    }

    fn frame(&mut self, sample: Option<SampleRequest>) -> Frame {
        let reply = self
            .reply(&Command::Frame { want: FrameRequest { sample: sample.map(Box::new), ..FrameRequest::default() } });
        let Reply::Frame(frame) = reply else { panic!("{reply:?}") };
        *frame
    }
}

fn experiment(layers: Value) -> Value {
    json!({
        "data": {"set": "text", "text": "rose tulip ".repeat(40), "context": 8},
        "model": {"layers": layers},
        "task": {"type": "language_model"},
        "optimizer": {"type": "adamw", "lr": 0.01},
        "training": {"batch": 8},
        "seed": 3,
    })
}

fn transformer() -> Value {
    let block = json!({"type": "transformer_block", "heads": 2, "mlp_ratio": 2});
    experiment(
        json!([{"type": "embedding", "units": 16}, {"type": "positional"}, block, {"type": "layer_norm"}, {"type": "dense"}]),
    )
}

fn want(prompt: &str, temperature: f32, seed: u32) -> SampleRequest {
    SampleRequest { prompt: prompt.into(), length: 20, temperature, seed, ..SampleRequest::default() }
}

#[test]
fn it_goes_on_as_it_has_learned_also_beyond_its_context() {
    let rotary = experiment(json!([
        {"type": "embedding", "units": 16}, {"type": "positional", "kind": "rotary"},
        {"type": "transformer_block", "heads": 2, "norm": "post"}, {"type": "dense"},
    ]));
    for exp in [transformer(), rotary] {
        let mut b = Bench::load(exp);
        // What follows "e " and what follows "p " is only to be known by looking back.
        let loss = b.train(400);
        assert!(loss < 0.3, "{loss}");
        assert_eq!(b.write(&want("rose tu", 0.0, 1)).text, "lip rose tulip rose ");
        assert_eq!(b.write(&want("tulip rose t", 0.0, 9)).text, "ulip rose tulip rose");
        assert_eq!(b.write(&SampleRequest { top_k: Some(1), ..want("rose tu", 1.0, 5) }).text, "lip rose tulip rose ");
    }
}

#[test]
fn the_same_seed_writes_the_same_and_training_goes_on_to_the_bit() {
    let mut plain = Bench::load(transformer());
    let mut asked = Bench::load(transformer());
    plain.train(5);
    asked.train(5);
    let daring = want("ro", 1.5, 4);
    let first = asked.write(&daring);
    assert_eq!((first.text.chars().count(), first.step, first.tokens.len()), (20, 5, 20));
    assert_eq!(first, asked.write(&daring));
    assert_ne!(first.text, asked.write(&want("ro", 1.5, 5)).text);
    let Reply::Metrics { loss, perplexity, .. } = asked.reply(&Command::Evaluate) else { panic!("no metrics") };
    assert_eq!(perplexity, Some(loss.exp()));
    assert_eq!(plain.train(10).to_bits(), asked.train(10).to_bits());
    assert_ne!(first.text, asked.write(&daring).text, "the network has learned meanwhile");
}

#[test]
fn what_the_vocabulary_lacks_is_named_and_settings_are_checked() {
    let mut b = Bench::load(transformer());
    assert_eq!(b.write(&want("rXoYse!X", 0.0, 1)).left_out, ["X", "Y", "!"]);
    assert_eq!(b.write(&want("", 0.0, 1)).tokens.len(), 20);
    for (broken, path) in [
        (SampleRequest { length: 0, ..want("", 1.0, 1) }, "length"),
        (want("", -1.0, 1), "temperature"),
        (SampleRequest { top_k: Some(0), ..want("", 1.0, 1) }, "top_k"),
        (SampleRequest { top_p: Some(1.5), ..want("", 1.0, 1) }, "top_p"),
    ] {
        let reply = b.reply(&Command::Generate { want: broken });
        let Reply::Failed(f) = reply else { panic!("{reply:?}") };
        assert_eq!((f.problems[0].code, f.problems[0].path.as_str()), (Code::OutOfRange, path));
    }
    let mut b = Bench::load(serde_json::to_value(preset::first()).unwrap());
    let Reply::Failed(f) = b.reply(&Command::Generate { want: want("", 1.0, 1) }) else { panic!("no text here") };
    assert_eq!(f.problems[0].code, Code::NoLanguageModel);
    assert_eq!(b.frame(Some(want("", 1.0, 1))).sample, None);
}

#[test]
fn frames_carry_a_text_where_there_is_one() {
    let mut b = Bench::load(transformer());
    assert_eq!(b.frame(None).sample, None);
    let asked = want("ro", 0.0, 1);
    let at_rest = b.frame(Some(asked.clone())).sample.unwrap();
    assert_eq!((at_rest.step, &at_rest), (0, &b.write(&asked)));
    assert_eq!(b.frame(Some(want("li", 0.0, 1))).sample.map(|s| s.step), Some(0), "a new request is served at once");
    b.train(1);
    assert_eq!(b.frame(Some(want("li", 1.0, 1))).sample.map(|s| s.step), Some(1));
}
