//! A language model writes: what it has learned, the same for the same seed, and without disturbing its training.
//!
//! Not responsible for the draw itself (`engine::sampling`).

use gradarium::protocol::{Command, Example, Frame, FrameRequest, LookRequest, Reply, Sample, SampleRequest, Want};
use gradarium::spec::{Code, preset};
use gradarium::worker::{Buffer, Next, Outgoing, Reactor};
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
        self.answer(command).reply
    }

    fn answer(&mut self, command: &Command) -> Outgoing {
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
        out.remove(0)
    }

    fn train(&mut self, steps: u32) -> f32 {
        let reply = self.reply(&Command::Train { steps });
        let Reply::Trained(t) = reply else { panic!("{reply:?}") };
        t.loss
    }

    fn write(&mut self, want: &SampleRequest) -> Sample {
        let reply = self.reply(&Command::Generate { want: want.clone(), written: vec![], watch: None });
        let Reply::Generated(sample) = reply else { panic!("{reply:?}") };
        sample
    }

    /// Writes on behind `written`, watched; the sample and its arrays.
    fn watch(&mut self, want: &SampleRequest, written: &[u32], values: &[&str]) -> (Sample, Vec<Vec<f32>>) {
        let watch = Some(values.iter().map(|v| v.to_string()).collect());
        let out = self.answer(&Command::Generate { want: want.clone(), written: written.to_vec(), watch });
        let Reply::Generated(sample) = out.reply else { panic!("{:?}", out.reply) };
        (sample, out.buffers.into_iter().map(numbers).collect())
    }

    /// Values of a text.
    fn look(&mut self, text: &str, values: &[&str]) -> Vec<Vec<f32>> {
        let values = values.iter().map(|v| v.to_string()).collect();
        let want = LookRequest { example: Example::Text(text.into()), values, ..LookRequest::default() };
        self.answer(&Command::Look { want }).buffers.into_iter().map(numbers).collect()
    }

    fn frame(&mut self, sample: Option<SampleRequest>) -> Frame {
        let want = FrameRequest::of(sample.map(|s| Want::Sample(Box::new(s))));
        let reply = self.reply(&Command::Frame { want });
        let Reply::Frame(frame) = reply else { panic!("{reply:?}") };
        *frame
    }
}

fn numbers(buffer: Buffer) -> Vec<f32> {
    let Buffer::F32(numbers) = buffer else { panic!("{buffer:?}") };
    numbers
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
    let long = |length| SampleRequest { length, ..daring.clone() };
    assert_eq!((first.text.chars().count(), first.step, first.tokens.len()), (20, 5, 20));
    assert_eq!(first, asked.write(&daring));
    assert_ne!(first.text, asked.write(&want("ro", 1.5, 5)).text);
    let Reply::Metrics { loss, perplexity, .. } = asked.reply(&Command::Evaluate) else { panic!("no metrics") };
    assert_eq!(perplexity, Some(loss.exp()));
    let (watched, _) = asked.watch(&daring, &first.tokens[..7], &["layers.2.attn.weights", "input"]);
    assert_eq!((watched.tokens.as_slice(), watched.drawn.len()), (&asked.write(&long(27)).tokens[7..], 20));
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
        let reply = b.reply(&Command::Generate { want: broken, written: vec![], watch: None });
        let Reply::Failed(f) = reply else { panic!("{reply:?}") };
        assert_eq!((f.problems[0].code, f.problems[0].path.as_str()), (Code::OutOfRange, path));
    }
    let mut b = Bench::load(serde_json::to_value(preset::first()).unwrap());
    let Reply::Failed(f) = b.reply(&Command::Generate { want: want("", 1.0, 1), written: vec![], watch: None }) else {
        panic!("no text here")
    };
    assert_eq!(f.problems[0].code, Code::NoLanguageModel);
    assert_eq!(b.frame(Some(want("", 1.0, 1))).sample(), None);
}

#[test]
fn frames_carry_a_text_where_there_is_one() {
    let mut b = Bench::load(transformer());
    assert_eq!(b.frame(None).sample(), None);
    let asked = want("ro", 0.0, 1);
    let at_rest = b.frame(Some(asked.clone())).sample().cloned().unwrap();
    assert_eq!((at_rest.step, &at_rest), (0, &b.write(&asked)));
    assert_eq!(b.frame(Some(want("li", 0.0, 1))).sample().map(|s| s.step), Some(0), "a new request is served at once");
    b.train(1);
    assert_eq!(b.frame(Some(want("li", 1.0, 1))).sample().map(|s| s.step), Some(1));
}

#[test]
fn a_token_comes_with_the_weights_and_the_odds_of_the_very_pass_that_it_was_drawn_from() {
    const VALUES: [&str; 3] = ["layers.2.attn.weights", "input", "layers.9.attn.weights"];
    let mut b = Bench::load(transformer());
    b.train(30);
    let letters: Vec<char> = {
        let Reply::Loaded(l) = b.reply(&Command::Update { experiment: transformer(), keep: true, carry: false }) else {
            panic!()
        };
        b.train(30);
        l.tokens.iter().map(|t| t.chars().next().unwrap()).collect()
    };
    let plain = SampleRequest { length: 1, ..want("ro", 1.0, 4) };
    for how in [
        plain.clone(),
        SampleRequest { temperature: 0.5, ..plain.clone() },
        SampleRequest { temperature: 2.0, top_k: Some(3), ..plain.clone() },
        SampleRequest { top_p: Some(0.7), ..plain.clone() },
        SampleRequest { temperature: 0.0, ..plain },
    ] {
        let whole = b.write(&SampleRequest { length: 12, ..how.clone() });
        let (mut written, mut text) = (Vec::new(), String::from("ro"));
        while written.len() < 12 {
            let (sample, arrays) = b.watch(&how, &written, &VALUES);
            let d = &sample.drawn[0];
            let seen = (2 + written.len()).min(8);
            assert_eq!((d.len, d.after, sample.drawn.len(), sample.ended), (seen, seen - 1, 1, false));
            let names: Vec<&str> = d.values.iter().map(|v| v.name.as_str()).collect();
            assert_eq!(names, VALUES[..2], "a value that this network lacks is left out");
            let looked = b.look(&text, &[VALUES[0], "input", "output"]);
            assert_eq!((d.values[0].shape.as_slice(), &arrays[1]), (&[2, 8][..], &looked[1]));
            for (head, row) in arrays[0].chunks_exact(8).enumerate() {
                assert_eq!(row, &looked[0][(head * 8 + seen - 1) * 8..(head * 8 + seen) * 8], "the same bits");
                assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
                assert!(row[seen..].iter().all(|p| *p == 0.0), "what comes later has none");
            }
            let n = letters.len();
            odds(&how, &looked[2][(seen - 1) * n..seen * n], &sample);
            written.extend(&sample.tokens);
            text.push(letters[sample.tokens[0] as usize]);
        }
        assert_eq!(written, whole.tokens, "token by token it is the same text");
    }
    let answer = b.reply(&Command::Generate { want: want("ro", 1.0, 1), written: vec![99], watch: None });
    let Reply::Failed(f) = answer else { panic!("{answer:?}") };
    assert_eq!((f.problems[0].code, f.problems[0].path.as_str()), (Code::OutOfRange, "written"));
}

/// Frames with and without samples, now and then with something new in them, which comes at once.
#[test]
fn frames_and_samples_together_have_an_eighteenth_of_the_time() {
    for sample in [None, Some(Box::new(want("ro", 1.0, 1)))] {
        let mut b = Bench::load(transformer());
        b.reply(&Command::Play { steps_per_s: None, until: None });
        // Every look at the clock takes 3 ms: one lies in a frame, or one before and one behind its sample.
        let clock = b.1;
        let now = || {
            clock.set(clock.get() + 3.0);
            clock.get()
        };
        let (begun, mut cost, mut shown) = (now(), 0.0, None);
        let (mut frames, mut samples) = (0, 0);
        while now() - begun < 60_000.0 {
            let something = frames % 20 == 7;
            let want = FrameRequest::of(
                sample.clone().map(Want::Sample).into_iter().chain(something.then_some(Want::GradientFlow)),
            );
            let (mut out, ask) = (Vec::new(), serde_json::to_string(&Command::Frame { want }).unwrap());
            b.0.message(9, &ask, vec![], &now, &mut out);
            assert_eq!(!out.is_empty(), frames == 0 || something || frames % 20 == 8, "frame {frames} at once");
            while out.is_empty() {
                b.0.tick(&now, &mut out);
            }
            let Reply::Frame(frame) = &out[0].reply else { panic!("{:?}", out[0].reply) };
            let step = frame.sample().map(|s| s.step);
            assert_eq!(step.is_some(), sample.is_some());
            samples += u32::from(step != shown);
            cost += if sample.is_some() { 2.0 } else { 1.0 } + f64::from(u8::from(step != shown));
            (frames, shown) = (frames + 1, step);
        }
        let share = (now() - begun) / (3.0 * cost);
        assert!((18.0..30.0).contains(&share), "1/{share:.1} with {frames} frames, {samples} samples");
        assert!(sample.is_none() || samples > 100, "{samples}");
    }
}

/// The candidates are what temperature, top k and top p make of the logits.
fn odds(how: &SampleRequest, logits: &[f32], sample: &Sample) {
    let softmax = |t: f64| {
        let e: Vec<f64> = logits.iter().map(|l| (f64::from(*l) / t).exp()).collect();
        let sum: f64 = e.iter().sum();
        e.into_iter().map(|e| e / sum).collect::<Vec<f64>>()
    };
    let mut order: Vec<usize> = (0..logits.len()).collect();
    order.sort_by(|a, b| logits[*b].total_cmp(&logits[*a]));
    let p = softmax(1.0);
    let mut chance = if how.temperature > 0.0 { softmax(how.temperature.into()) } else { vec![1.0; logits.len()] };
    let mut reached = 0.0;
    for (rank, i) in order.iter().enumerate() {
        let cut = rank >= how.top_k.unwrap_or(usize::MAX) || (rank > 0 && how.temperature == 0.0);
        if cut || reached >= f64::from(how.top_p.unwrap_or(2.0)) {
            chance[*i] = 0.0;
        }
        reached += chance[*i];
    }
    let left: f64 = chance.iter().sum();
    let d = &sample.drawn[0];
    assert_eq!(d.choices, chance.iter().filter(|c| **c > 0.0).count());
    let near = |a: f32, b: f64| assert!((f64::from(a) - b).abs() < 1e-5, "{a} and {b}");
    for (c, i) in d.candidates.iter().zip(&order) {
        assert_eq!((c.token as usize, c.logit), (*i, logits[*i]));
        near(c.p, p[*i]);
        near(c.chance, chance[*i] / left);
    }
    let drawn = d.candidates.iter().find(|c| c.token == sample.tokens[0]).unwrap();
    assert!(drawn.chance > 0.0);
}
