//! Answers to tasks on sequences: the network's own, token by token, the share that is wholly right, and a learner's
//! source with nothing but the source typed.
//!
//! Not responsible for how the page draws them.

use gradarium::protocol::{
    Answers, AnswersRequest, Command, Example, Frame, FrameRequest, LookRequest, Manner, OwnSolved, Reply,
    SampleRequest, Want,
};
use gradarium::spec::preset::ready;
use gradarium::worker::{Buffer, Next, Outgoing, Reactor};
use serde_json::{Value, json};
use std::cell::Cell;

/// A reactor with a clock that moves at every look.
struct Bench(Reactor, Cell<f64>);

impl Bench {
    fn load(experiment: Value) -> Bench {
        let mut b = Bench(Reactor::new(), Cell::new(0.0));
        let reply = b.ask(&Command::Load { experiment }).reply;
        assert!(matches!(reply, Reply::Loaded(_)), "{reply:?}");
        b
    }

    fn ask(&mut self, command: &Command) -> Outgoing {
        let (mut out, clock) = (Vec::new(), &self.1);
        let now = || {
            clock.set(clock.get() + 0.05);
            clock.get()
        };
        self.0.message(1, &serde_json::to_string(command).unwrap(), vec![], &now, &mut out);
        while out.is_empty() {
            if let Next::At(t) = self.0.tick(&now, &mut out) {
                clock.set(clock.get().max(t));
            }
        }
        out.remove(0)
    }

    fn train(&mut self, steps: u32) {
        assert!(matches!(self.ask(&Command::Train { steps }).reply, Reply::Trained(_)));
    }

    fn frame(&mut self, want: FrameRequest) -> Frame {
        let Reply::Frame(frame) = self.ask(&Command::Frame { want }).reply else { panic!("no frame") };
        *frame
    }

    fn answers(&mut self, rows: usize, own: Option<&str>) -> Answers {
        let asked = AnswersRequest { rows, own: own.map(Into::into) };
        self.frame(FrameRequest::of([Want::Answers(asked)])).answers().cloned().unwrap()
    }

    fn own(&mut self, text: &str) -> OwnSolved {
        self.answers(0, Some(text)).own.unwrap()
    }
}

const SMALL: &str = "embedding 32 | positional | transformer_block 2 | layer_norm | dense";

fn on(data: Value, model: &str, lr: f64) -> Value {
    let model = gradarium::spec::text::parse(model).unwrap();
    json!({"gradarium": 1, "seed": 7, "data": data, "model": model, "task": {"type": "language_model"},
        "optimizer": {"type": "adam", "lr": lr, "clip_norm": 1}, "training": {"batch": 64}})
}

#[test]
fn a_network_that_has_learned_to_reverse_says_so_in_whole_answers() {
    let mut b = Bench::load(on(json!({"set": "reverse", "context": 3, "samples": 1000}), SMALL, 0.005));
    let before = b.answers(8, None);
    assert_eq!((before.step, before.manner, before.looks_ahead, before.test), (0, Manner::Greedy, false, true));
    assert!((before.right as f64) < 0.1 * before.of as f64, "{} of {}", before.right, before.of);
    b.train(600);
    let after = b.answers(8, Some("314"));
    assert_eq!((after.of, after.rows.len(), after.step), (100, 8, 600));
    assert!(after.right >= 95, "{} of {}", after.right, after.of);
    for row in &after.rows {
        // Source, wanted and answered hold digits and an end mark, nothing that fills.
        let wanted = row.wanted.clone().unwrap();
        assert_eq!((row.source.len(), wanted.len(), *wanted.last().unwrap()), (3, 4, 2));
        assert!(row.source.iter().all(|t| *t >= 3));
        let mut back: Vec<u32> = row.source.iter().rev().copied().collect();
        back.push(2);
        assert_eq!(wanted, back);
    }
    let own = after.own.unwrap().solved.unwrap();
    assert_eq!((own.source, own.wanted.unwrap()), (vec![6, 4, 7], vec![7, 4, 6, 2]));
    assert_eq!(own.answered, [7, 4, 6, 2], "314 backwards");
}

#[test]
fn the_share_of_one_pass_is_that_of_answers_written_token_by_token() {
    for data in
        [json!({"set": "sort", "context": 3, "samples": 600}), json!({"set": "add", "context": 1, "samples": 600})]
    {
        let mut b = Bench::load(on(data, SMALL, 0.005));
        b.train(250);
        let got = b.answers(24, None);
        let exact = |a: &Answers| a.rows.iter().filter(|r| r.wanted.as_ref() == Some(&r.answered)).count();
        // All test rows: as many as the frame may hold.
        assert_eq!(got.of, 60);
        let share = got.right as f64 / 60.0;
        let shown = exact(&got) as f64 / 24.0;
        assert!(share > 0.05, "it has learned something: {share}");
        assert!((share - shown).abs() < 0.35, "{share} of all, {shown} of the first 24");
    }
}

#[test]
fn answers_of_aligned_pairs_and_of_a_network_that_looks_ahead() {
    let encoder = "slice 0 3 | embedding 16 name=source | slice 3 4 from=input | embedding 16 name=written | attention 2 \
         mask_padding from=written,source | dense";
    let mut b =
        Bench::load(on(json!({"set": "reverse", "context": 3, "samples": 400, "aligned": true}), encoder, 0.005));
    let got = b.answers(4, Some("12"));
    assert!(!got.looks_ahead && got.rows.len() == 4);
    assert!(got.rows.iter().all(|r| r.source.len() == 3 && r.answered.len() <= 4 && !r.answered.is_empty()));
    let own = got.own.unwrap();
    assert_eq!((own.learned_len, own.solved.unwrap().source), (Some(3), vec![4, 5]));

    let both_ways = "embedding 16 | gru 16 bidirectional return_sequences | dense";
    let mut b = Bench::load(on(json!({"set": "reverse", "context": 3, "samples": 600}), both_ways, 0.01));
    assert!(b.answers(4, None).looks_ahead);
    b.train(400);
    let (got, frame) = (b.answers(4, None), b.frame(FrameRequest::default()));
    // Every place is right while the answer is read, and next to none when it has to be written.
    let by_place = frame.status.test_metric.unwrap_or(0.0);
    assert!(by_place > 0.7 && (got.right as f64) < 0.3 * got.of as f64, "{by_place}, {} of {}", got.right, got.of);
}

#[test]
fn what_is_remembered_through_silence_is_answered_at_once() {
    let model = "embedding 16 | gru 32 return_sequences | dense";
    let mut b = Bench::load(on(json!({"set": "copy_memory", "context": 2, "samples": 500}), model, 0.01));
    let got = b.answers(3, Some("ABCDE"));
    assert_eq!((got.manner, got.looks_ahead, got.of), (Manner::AtOnce, false, 50));
    assert!(
        got.rows.iter().all(|r| r.source.len() == 5 && r.wanted.as_ref() == Some(&r.source) && r.answered.len() == 5)
    );
    let own = got.own.unwrap().solved.unwrap();
    assert_eq!((own.source, own.wanted), (vec![2, 3, 4, 5, 6], Some(vec![2, 3, 4, 5, 6])));
    let short = b.own("abx");
    assert_eq!((short.solved, short.missing, short.left_out), (None, 3, vec!["x".to_string()]));
    // The row is looked at with its silence and its question mark.
    let want =
        LookRequest { example: Example::Text("abcde".into()), values: vec!["input".into()], ..LookRequest::default() };
    let out = b.ask(&Command::Look { want });
    let Reply::Look(look) = out.reply else { panic!("no look") };
    let Buffer::F32(x) = &out.buffers[0] else { panic!("no numbers") };
    assert_eq!((look.len, x.as_slice()), (12, &[2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0][..]));
}

#[test]
fn the_learner_types_the_source_and_the_rest_is_filled_in() {
    let mut b = Bench::load(on(json!({"set": "reverse", "context": 3, "samples": 600}), SMALL, 0.005));
    b.train(600);
    let typed = |text: &str| LookRequest {
        example: Example::Text(text.into()),
        values: vec!["input".into(), "output".into()],
        ..LookRequest::default()
    };
    let look = |b: &mut Bench, text: &str| {
        let out = b.ask(&Command::Look { want: typed(text) });
        let Reply::Look(look) = out.reply else { panic!("no look") };
        let Buffer::F32(x) = &out.buffers[0] else { panic!("no numbers") };
        (look.len, look.unknown.clone(), x.clone())
    };
    // Source, arrow, and the network's own answer as far as it is an input: the end mark never is.
    assert_eq!(look(&mut b, "1 7,8"), (7, vec![",".to_string()], vec![4.0, 10.0, 11.0, 1.0, 11.0, 10.0, 4.0]));
    assert_eq!(look(&mut b, "").0, 0, "nothing to look at");
    let want = SampleRequest { prompt: "178".into(), length: 50, temperature: 0.0, ..SampleRequest::default() };
    let out = b.ask(&Command::Generate { want, written: vec![], watch: None });
    let Reply::Generated(sample) = out.reply else { panic!("{:?}", out.reply) };
    assert_eq!((sample.text.as_str(), sample.ended), ("871■", true));
}

/// Every set of the kind gives its pairs, without filling, and what follows from a rule follows from its rows.
#[test]
fn every_task_with_an_answer_has_rows_that_keep_its_rule() {
    for set in ["reverse", "sort", "add", "dates", "copy_memory"] {
        let model = "embedding 4 | gru 4 return_sequences | dense";
        let mut b = Bench::load(on(json!({"set": set, "samples": 200}), model, 0.01));
        let got = b.answers(20, None);
        let task = gradarium::spec::DataSpec::of(set).task().unwrap();
        assert_eq!(got.rows.len(), 20, "{set}");
        for row in got.rows {
            let mut wanted = row.wanted.unwrap();
            if set != "copy_memory" {
                assert_eq!(wanted.pop(), Some(2), "{set}: the end mark");
            }
            assert_eq!(task.wanted(&row.source), Some(wanted), "{set} {:?}", row.source);
            assert!(row.source.iter().chain(&row.answered).all(|t| (*t as usize) < task.tokens().len()));
            assert!(row.source.iter().all(|t| *t != 0), "{set}: no filling");
        }
    }
}

#[test]
fn nothing_else_has_answers_of_this_kind() {
    for name in ["char_rnn", "names_gender", "adding_rnn"] {
        let exp = ready::find(name).unwrap().experiment().unwrap();
        assert!(exp.data.task().and_then(|t| t.answering()).is_none(), "{name}");
    }
    for name in ["reverse", "sort", "add", "dates", "g2p", "dates_attention", "g2p_attention", "copy_rnn", "copy_gru"] {
        let exp = ready::find(name).unwrap().experiment().unwrap();
        assert!(exp.data.task().and_then(|t| t.answering()).is_some(), "{name}");
    }
}
