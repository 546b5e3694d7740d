//! The doctor on real runs: twenty healthy set-ups raise no alarm; each failure, provoked, is found within so many steps,
//! and the remedy offered cures it. The page's own reducer and the worker's reactor do everything; only the browser
//! between them is missing.
//!
//! Not responsible for how findings look (`tests/e2e/doctor.spec.mjs`).

use gradarium::i18n::Lang;
use gradarium::protocol::{Command, FrameRequest, Reply};
use gradarium::spec::{DataSpec, Experiment, preset, text};
use gradarium::ui::doctor::{Kind, vitals::Trend};
use gradarium::ui::state::{Effect, FrameData, LoadedData, Msg, State, Theme, update};
use gradarium::worker::{Buffer, Next, Outgoing, Reactor};
use std::cell::Cell;
use std::rc::Rc;

/// A page without a browser, and its worker.
struct Page {
    state: State,
    reactor: Reactor,
    ms: Cell<f64>,
    id: u32,
}

impl Page {
    /// A page with this experiment loaded, resting at step 0.
    fn open(experiment: Experiment) -> Page {
        assert_eq!(experiment.problems(), []);
        let state = State { playing: false, ..State::new(experiment, Lang::En, Theme::Auto) };
        let mut page = Page { state, reactor: Reactor::new(), ms: Cell::new(0.0), id: 0 };
        page.carry_out(Effect::Run { update: false });
        page
    }

    fn send(&mut self, command: &Command, buffers: Vec<Vec<u8>>) -> Vec<Outgoing> {
        self.id += 1;
        let (mut out, ms) = (Vec::new(), &self.ms);
        let now = || {
            ms.set(ms.get() + 0.05);
            ms.get()
        };
        self.reactor.message(self.id, &serde_json::to_string(command).unwrap(), buffers, &now, &mut out);
        for _ in 0..1_000_000 {
            match self.reactor.tick(&now, &mut out) {
                Next::Idle => return out,
                Next::At(t) => ms.set(ms.get().max(t)),
                Next::Now => {}
            }
        }
        panic!("the reactor never came to rest");
    }

    fn say(&mut self, msg: Msg) {
        let (state, effects) = update(&self.state, msg);
        self.state = state;
        effects.into_iter().for_each(|e| self.carry_out(e));
    }

    fn carry_out(&mut self, effect: Effect) {
        let Effect::Run { update } = effect else { return };
        let experiment = serde_json::to_value(&*self.state.experiment).unwrap();
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
        let files = self.state.experiment.data.set_info().unwrap().files.iter();
        let files = files.map(|f| std::fs::read(format!("{root}{}", f.path)).unwrap()).collect();
        let command = match update {
            true => Command::Update { experiment, keep: self.state.keep_weights },
            false => Command::Load { experiment },
        };
        let Reply::Loaded(loaded) = self.send(&command, files).remove(0).reply else { panic!("not loaded") };
        self.say(Msg::Loaded(Rc::new(LoadedData { loaded: *loaded, ..LoadedData::default() })));
    }

    /// So many steps, then what the page asks for while it shows doctor and curves.
    fn train(&mut self, steps: u32) {
        self.send(&Command::Step { n: steps }, vec![]);
        let want = FrameRequest {
            curves_since: Some(self.state.curves.len()),
            ..self.state.doctor.wants(&self.state.experiment)
        };
        let out = self.send(&Command::Frame { want }, vec![]).remove(0);
        let Reply::Frame(frame) = out.reply else { panic!("{:?}", out.reply) };
        let array = |b: Buffer| match b {
            Buffer::F32(v) => Rc::from(v),
            Buffer::Bytes(_) => Rc::from([]),
        };
        let arrays = out.buffers.into_iter().map(array).collect();
        self.say(Msg::Frame(Rc::new(FrameData { frame: *frame, arrays })));
    }

    fn step(&self) -> u64 {
        self.state.frame.frame.status.step
    }

    fn kinds(&self) -> Vec<Kind> {
        self.state.doctor.findings.iter().map(|f| f.kind).collect()
    }

    fn trend(&self) -> Trend {
        self.state.doctor.vitals.trend(self.state.experiment.training.batch).unwrap()
    }
}

/// An experiment on a set (its name, or the data part as JSON) with a model text and the optimizer as JSON.
fn experiment(set: &str, model: &str, optimizer: &str, batch: usize) -> Experiment {
    let data = if set.starts_with('{') { serde_json::from_str(set).unwrap() } else { DataSpec::of(set) };
    let mut e = preset::for_data(data, 7);
    e.model = text::parse(model).unwrap();
    e.optimizer = serde_json::from_str(optimizer).unwrap();
    e.training.batch = batch;
    e
}

fn deep(n: usize, layer: &str) -> String {
    format!("{}dense", format!("{layer} | ").repeat(n))
}

#[test]
fn twenty_healthy_set_ups_raise_no_alarm() {
    let small = |e| (e, 2400, 12);
    let tanh = "dense 8 tanh | dense 8 tanh | dense";
    let adam = r#"{"type":"adam","lr":0.03}"#;
    let residual = format!("dense 16 relu | {}dense", "residual(layer_norm | dense 16 relu | dense 16) | ".repeat(12));
    let normalised = deep(4, "dense 16 | batch_norm | activation kind=relu");
    let verse = r#"{"set":"text","context":16,"text":"so much depends upon a red wheel barrow glazed with rain water beside the white chickens. so much depends upon a red wheel barrow glazed with rain water beside the white chickens. so much depends upon"}"#;
    let conv = "conv 8 3 relu | pool 2 | flatten | dense 32 relu | dense";
    let block = "embedding 16 | positional | transformer_block 2 | layer_norm | dense";
    let e = experiment;
    let healthy: Vec<(Experiment, u32, u32)> = vec![
        (preset::first(), 9000, 30),
        small(e("spiral", "dense 16 relu | dense 16 relu | dense", adam, 32)),
        small(e("circle", "dense 8 relu | dense", adam, 32)),
        small(e("xor", "dense 8 sigmoid | dense 8 sigmoid | dense", adam, 32)),
        small(e("moons", "dense 16 gelu | dense", r#"{"type":"momentum","lr":0.05}"#, 32)),
        small(e("gauss", tanh, r#"{"type":"sgd","lr":0.1}"#, 32)),
        small(e("rings", "dense 16 silu | dense 16 silu | dense", r#"{"type":"rmsprop","lr":0.003}"#, 32)),
        small(e("checkerboard", "dense 16 tanh | dense 16 tanh | dense", r#"{"type":"lion","lr":0.002}"#, 32)),
        small(e("spiral", tanh, r#"{"type":"adam","lr":0.02,"schedule":{"type":"cosine","steps":1500}}"#, 32)),
        small(e("plane", tanh, adam, 32)),
        small(e("waves", "dense 16 tanh | dense 16 tanh | dense", adam, 32)),
        small(e("multi_gauss", "dense 16 relu | dense 16 relu | dense", adam, 32)),
        (e("iris", "dense 16 relu | dense", r#"{"type":"adam","lr":0.001}"#, 32), 1500, 10),
        (e("wine", "dense 16 elu | dense", r#"{"type":"adagrad","lr":0.05}"#, 32), 1500, 10),
        (e("penguins", "dense 16 leaky_relu | dense", r#"{"type":"nadam","lr":0.005}"#, 32), 1500, 10),
        (e("spiral", &deep(10, "dense 16 tanh"), r#"{"type":"adam","lr":0.003}"#, 32), 1200, 20),
        (e("spiral", &residual, r#"{"type":"adam","lr":0.003}"#, 32), 500, 10),
        (e("spiral", &normalised, r#"{"type":"adam","lr":0.01}"#, 64), 1000, 10),
        (e(r#"{"set":"digits8","samples":400}"#, conv, r#"{"type":"adam","lr":0.003}"#, 32), 500, 10),
        (e("airline", "lstm 16 | dense", r#"{"type":"adam","lr":0.003}"#, 32), 400, 10),
        (e(verse, block, r#"{"type":"adamw","lr":0.003}"#, 16), 300, 10),
        (
            e(
                r#"{"set":"names","samples":1000}"#,
                "embedding 8 | lstm 16 | dense",
                r#"{"type":"adam","lr":0.003}"#,
                32,
            ),
            300,
            10,
        ),
        (e("spiral", "dense 16 relu | dense 16 relu | dense", r#"{"type":"adam","lr":0.003}"#, 1), 2400, 12),
        (e("breast_cancer", "dense 32 relu | dense", r#"{"type":"adam","lr":0.001}"#, 32), 1500, 20),
    ];
    assert!(healthy.len() >= 20);
    let mut alarms = Vec::new();
    for (experiment, steps, every) in healthy {
        let name = format!("{} {}", experiment.data.set, text::write(&experiment.model));
        let mut page = Page::open(experiment);
        while page.step() < u64::from(steps) {
            page.train(every);
            if !page.kinds().is_empty() {
                alarms.push(format!("{name}: {:?} at step {}", page.kinds(), page.step()));
                break;
            }
        }
        assert!(page.trend().fallen() > 0.02 || !page.kinds().is_empty(), "{name} does not learn");
    }
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}

/// Looks come this many steps apart.
const EVERY: u32 = 10;

/// A failure provoked on purpose, and its cure.
struct Case {
    kind: Kind,
    sick: Experiment,
    /// It is found within so many steps.
    within: u64,
    /// So many steps after the remedy …
    then: u32,
    /// … the training loss is at most this.
    loss: f64,
}

impl Case {
    /// Trains until it is found, takes the remedy, trains on, and goes back. What was treated, at its end.
    fn run(self) -> Page {
        let Case { kind, sick, within, then, loss } = self;
        let mut page = Page::open(sick.clone());
        while page.kinds().is_empty() && page.step() < within {
            page.train(EVERY);
        }
        let name = format!("{kind:?} of {} at step {}", text::write(&sick.model), page.step());
        assert_eq!(page.kinds(), [kind], "{name}: {:?}", page.trend());
        let finding = page.state.doctor.findings[0].clone();
        assert!(finding.evidence.iter().all(|e| e.lines.iter().any(|l| !l.1.is_empty())), "{name}: no evidence");
        assert_eq!(finding.remedy.apply(&sick).problems(), [], "{name}: {:?}", finding.remedy);
        page.say(Msg::Remedy(kind, finding.remedy.clone()));
        assert!(page.state.doctor.applied(&page.state.experiment).is_some() && page.kinds().is_empty());
        let mut alarms = Vec::new();
        for _ in 0..then / EVERY {
            page.train(EVERY);
            alarms.extend(page.kinds());
        }
        eprintln!("{name}: {:?}, then {:?}", finding.remedy, page.trend());
        assert_eq!(alarms, [], "{name}: after {:?}", finding.remedy);
        assert!(page.trend().now <= loss, "{name}: {:?} after {:?}", page.trend(), finding.remedy);
        let treated = page.state.clone();
        page.say(Msg::Undo);
        assert_eq!(*page.state.experiment, sick, "{name}: undo");
        assert!(page.state.doctor.applied(&page.state.experiment).is_none());
        Page { state: treated, ..page }
    }
}

const TANH: &str = "dense 8 tanh | dense 8 tanh | dense";
const ADAM: &str = r#"{"type":"adam","lr":0.03}"#;
const ADAM_SLOW: &str = r#"{"type":"adam","lr":0.003}"#;

#[test]
fn dead_relus_are_found_and_revived() {
    let dead = r#"dense 16 relu | dense 16 relu init={"type":"constant","value":-1} | dense"#;
    let sick = experiment("spiral", dead, ADAM, 32);
    Case { kind: Kind::DeadRelu, sick, within: 100, then: 400, loss: 0.1 }.run();
}

#[test]
fn saturation_is_found_and_ended_by_other_first_weights_or_by_standardising() {
    let wide = r#"dense 16 tanh init={"type":"normal","std":20}"#;
    let sick = experiment("spiral", &format!("{wide} | {wide} | dense"), r#"{"type":"sgd","lr":0.1}"#, 32);
    Case { kind: Kind::Saturated, sick, within: 100, then: 3000, loss: 0.66 }.run();
    let sick = experiment("circle", &format!("{wide} | {wide} | {wide} | dense"), r#"{"type":"adam","lr":0.003}"#, 32);
    Case { kind: Kind::Saturated, sick, within: 100, then: 1000, loss: 0.1 }.run();
    let raw = r#"{"set":"wine","standardize":false}"#;
    let sick = experiment(raw, "dense 16 tanh | dense", r#"{"type":"adam","lr":0.003}"#, 32);
    Case { kind: Kind::Saturated, sick, within: 120, then: 400, loss: 0.1 }.run();
}

#[test]
fn vanishing_gradients_are_found_and_opened() {
    for (depth, layer) in [(30, "dense 16 sigmoid"), (50, "dense 16 sigmoid"), (30, "dense 16 relu")] {
        let sick = experiment("circle", &deep(depth, layer), ADAM_SLOW, 32);
        Case { kind: Kind::Vanishing, sick, within: 100, then: 600, loss: 0.05 }.run();
    }
}

#[test]
fn exploding_gradients_are_found_and_tamed() {
    let sick = experiment("spiral", &deep(20, r#"dense 32 relu init={"type":"he_normal","gain":2}"#), ADAM_SLOW, 32);
    Case { kind: Kind::Exploding, sick, within: 100, then: 400, loss: 0.05 }.run();
}

#[test]
fn a_learning_rate_too_high_is_found_and_lowered() {
    for (set, model, optimizer, loss) in [
        ("circle", TANH, r#"{"type":"adam","lr":1}"#, 0.05),
        ("spiral", TANH, r#"{"type":"adam","lr":0.5}"#, 0.62),
        ("circle", "dense 16 relu | dense 16 relu | dense", r#"{"type":"sgd","lr":5}"#, 0.1),
        ("circle", TANH, r#"{"type":"sgd","lr":10}"#, 0.1),
    ] {
        let sick = experiment(set, model, optimizer, 32);
        Case { kind: Kind::RateTooHigh, sick, within: 120, then: 2000, loss }.run();
    }
}

#[test]
fn a_learning_rate_too_low_is_found_and_raised() {
    for optimizer in [r#"{"type":"adam","lr":0.000001}"#, r#"{"type":"sgd","lr":0.0001}"#] {
        let sick = experiment("circle", TANH, optimizer, 32);
        Case { kind: Kind::RateTooLow, sick, within: 240, then: 2000, loss: 0.2 }.run();
    }
}

#[test]
fn divergence_is_found_at_once_and_cured_by_a_lower_rate() {
    let sick = experiment("waves", "dense 16 tanh | dense 16 tanh | dense", r#"{"type":"momentum","lr":1}"#, 32);
    Case { kind: Kind::Diverged, sick, within: 40, then: 1000, loss: 0.16 }.run();
}

#[test]
fn over_fitting_is_found_and_kept_down() {
    let sick = experiment(
        r#"{"set":"spiral","samples":60,"noise":0.4}"#,
        "dense 64 relu | dense 64 relu | dense",
        ADAM_SLOW,
        16,
    );
    let test_loss = |p: &Page| p.state.curves.iter().rev().find_map(|c| c.test_loss).unwrap();
    let mut untreated = Page::open(sick.clone());
    (0..2000 / EVERY).for_each(|_| untreated.train(EVERY));
    let treated = Case { kind: Kind::Overfitting, sick, within: 600, then: 2000, loss: 0.6 }.run();
    let (with, without) = (test_loss(&treated), test_loss(&untreated));
    assert!(with < 0.6 * without, "test loss {with} with the remedy, {without} without");
}

#[test]
fn the_same_answer_to_everything_is_found_and_its_cause_removed() {
    let zeros = "dense 8 tanh init=zeros | dense 8 tanh init=zeros | dense init=zeros";
    let sick = experiment("circle", zeros, ADAM, 32);
    Case { kind: Kind::ConstantOutput, sick, within: 240, then: 600, loss: 0.1 }.run();
    let sick = experiment("spiral", TANH, r#"{"type":"adam","lr":0.03,"weight_decay":1}"#, 32);
    Case { kind: Kind::ConstantOutput, sick, within: 240, then: 600, loss: 0.5 }.run();
    // All points below the line: every target is class 0.
    let sick = experiment(r#"{"set":"formula","formula":"5"}"#, TANH, ADAM, 32);
    Case { kind: Kind::ConstantOutput, sick, within: 60, then: 600, loss: 0.5 }.run();
}

#[test]
fn resting_it_asks_for_nothing() {
    let mut page = Page::open(preset::first());
    assert!(page.state.doctor.wants(&page.state.experiment).gradient_flow);
    page.say(Msg::Examine(false));
    assert_eq!(page.state.doctor.wants(&page.state.experiment), FrameRequest::default());
}

/// JSON has no infinity: what is not finite arrives as null and is read as a number that is none.
#[test]
fn numbers_that_are_not_finite_survive_the_wire() {
    use gradarium::protocol::{Frame, GradientLayer, GradientRow, Histogram, Spread};
    let layer =
        GradientLayer { d_params: f32::INFINITY, params: f32::NAN, update: Some(1.0), ..GradientLayer::default() };
    let spread =
        Spread { activation: Histogram { std: f32::NAN, high: 2.0, ..Histogram::default() }, ..Spread::default() };
    let frame = Frame {
        gradient_flow: Some(GradientRow { step: 3, layers: vec![layer] }),
        spread: vec![spread],
        ..Frame::default()
    };
    let read: Frame = serde_json::from_str(&serde_json::to_string(&frame).unwrap()).unwrap();
    let layer = &read.gradient_flow.unwrap().layers[0];
    assert!(layer.d_params.is_nan() && layer.params.is_nan() && layer.update == Some(1.0));
    assert!(read.spread[0].activation.std.is_nan() && read.spread[0].activation.high == 2.0);
}
