//! The page and the worker without a browser between them: the page's own reducer, the worker's reactor, a clock.
//!
//! Not responsible for what is tried on it.

use gradarium::i18n::Lang;
use gradarium::protocol::{Command, FrameRequest, Reply};
use gradarium::spec::{DataSpec, Experiment, preset, text};
use gradarium::ui::doctor::{Kind, vitals::Trend};
use gradarium::ui::frame_data::FrameData;
use gradarium::ui::state::{Effect, Job, LoadedData, Msg, RunMsg, State, Theme, update};
use gradarium::worker::{Buffer, Next, Outgoing, Reactor};
use std::cell::Cell;
use std::rc::Rc;

/// A page without a browser, and its worker.
pub struct Page {
    /// The page.
    pub state: State,
    reactor: Reactor,
    ms: Cell<f64>,
    id: u32,
}

impl Page {
    /// A page with this experiment loaded, resting at step 0.
    pub fn open(experiment: Experiment) -> Page {
        assert_eq!(experiment.problems(), []);
        let state = {
            let mut s = State::new(experiment, Lang::En, Theme::Auto);
            s.run.playing = false;
            s
        };
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

    pub fn say(&mut self, msg: Msg) {
        let (state, effects) = update(&self.state, msg);
        self.state = state;
        effects.into_iter().for_each(|e| self.carry_out(e));
    }

    fn carry_out(&mut self, effect: Effect) {
        if let Effect::Send(command @ Command::Seek { .. }, _) = &effect {
            self.send(command, vec![]);
        }
        let Effect::Run { update } = effect else { return };
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
        let files = self.state.edit.experiment.data.set_info().unwrap().files.iter();
        let files = files.map(|f| std::fs::read(format!("{root}{}", f.path)).unwrap()).collect();
        let command = Job::of(&self.state, update).command(true);
        let Reply::Loaded(loaded) = self.send(&command, files).remove(0).reply else { panic!("not loaded") };
        self.say(Msg::Run(RunMsg::Loaded(Rc::new(LoadedData { loaded: *loaded, ..LoadedData::default() }))));
    }

    /// So many steps, then what the page asks for while it shows doctor and curves.
    pub fn train(&mut self, steps: u32) {
        if steps > 0 {
            self.send(&Command::Step { n: steps }, vec![]);
        }
        let want = FrameRequest {
            curves_since: Some(self.state.run.curves.len()),
            ..self.state.doctor.wants(&self.state.edit.experiment)
        };
        let out = self.send(&Command::Frame { want }, vec![]).remove(0);
        let Reply::Frame(frame) = out.reply else { panic!("{:?}", out.reply) };
        let array = |b: Buffer| match b {
            Buffer::F32(v) => Rc::from(v),
            Buffer::Bytes(_) => Rc::from([]),
        };
        let arrays = out.buffers.into_iter().map(array).collect();
        self.say(Msg::Run(RunMsg::Frame(Rc::new(FrameData { frame: *frame, arrays }))));
    }

    pub fn step(&self) -> u64 {
        self.state.run.frame.frame.status.step
    }

    pub fn kinds(&self) -> Vec<Kind> {
        self.state.doctor.findings.iter().map(|f| f.kind).collect()
    }

    pub fn trend(&self) -> Trend {
        self.state.doctor.vitals.trend(self.state.edit.experiment.training.batch).unwrap()
    }
}

/// An experiment on a set (its name, or the data part as JSON) with a model text and the optimizer as JSON.
pub fn experiment(set: &str, model: &str, optimizer: &str, batch: usize) -> Experiment {
    let data = if set.starts_with('{') { serde_json::from_str(set).unwrap() } else { DataSpec::of(set) };
    let mut e = preset::for_data(data, 7);
    e.model = text::parse(model).unwrap();
    e.optimizer = serde_json::from_str(optimizer).unwrap();
    e.training.batch = batch;
    e
}

/// So many of a layer, and the output layer.
pub fn deep(n: usize, layer: &str) -> String {
    format!("{}dense", format!("{layer} | ").repeat(n))
}
