//! The page's reducer and the worker with nothing between them, as a learner uses both.
//!
//! Not responsible for what is tried.

use crate::worker::Bench;
use gradarium::i18n::Lang;
use gradarium::protocol::{Command, FrameRequest, Reply, Want};
use gradarium::spec::Experiment;
use gradarium::ui::frame_data::FrameData;
use gradarium::ui::state::{Effect, Job, LoadedData, Msg, RunMsg, State, Theme, update};
use gradarium::worker::Buffer;
use std::rc::Rc;

/// See the module.
pub struct Page {
    pub state: State,
    pub bench: Bench,
    loaded: bool,
}

/// The files that an experiment's data set needs.
pub fn files(e: &Experiment) -> Vec<Vec<u8>> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    let files = e.data.set_info().map_or(&[][..], |s| s.files).iter();
    files.map(|f| std::fs::read(format!("{root}{}", f.path)).unwrap()).collect()
}

impl Page {
    /// A page with this experiment loaded, resting at step 0.
    pub fn open(experiment: Experiment) -> Page {
        let state = {
            let mut s = State::new(experiment, Lang::En, Theme::Auto);
            s.run.playing = false;
            s
        };
        let mut page = Page { state, bench: Bench::new(), loaded: false };
        page.carry_out(Effect::Run { update: false });
        page
    }

    /// One message and what follows from it.
    pub fn say(&mut self, msg: Msg) {
        let (state, effects) = update(&self.state, msg);
        self.state = state;
        effects.into_iter().for_each(|e| self.carry_out(e));
    }

    fn carry_out(&mut self, effect: Effect) {
        let reply = match effect {
            Effect::Run { update } => {
                let job = Job::of(&self.state, update);
                let command = job.command(self.loaded);
                self.loaded = true;
                self.bench.reply(&command, files(&job.experiment))
            }
            Effect::Send(command, arrays) => {
                let bytes = |a: &Rc<[f32]>| a.iter().flat_map(|v| v.to_le_bytes()).collect();
                self.bench.reply(&command, arrays.iter().map(bytes).collect())
            }
            // What concerns the address, files and the browser.
            _ => return,
        };
        if let Reply::Loaded(loaded) = reply {
            self.say(Msg::Run(RunMsg::Loaded(Rc::new(LoadedData { loaded: *loaded, ..LoadedData::default() }))));
        }
        self.bench.settle();
    }

    /// So many steps, and a frame.
    pub fn train(&mut self, steps: u32) {
        self.bench.reply(&Command::Step { n: steps }, vec![]);
        self.bench.settle();
        self.look();
    }

    /// What the page is shown now.
    pub fn look(&mut self) {
        let want = FrameRequest {
            curves_since: Some(self.state.run.curves.len()),
            ..FrameRequest::of([Want::GradientFlow, Want::Updates])
        };
        let (frame, _) = self.bench.frame(want);
        self.say(Msg::Run(RunMsg::Frame(Rc::new(FrameData { frame, arrays: Vec::new() }))));
    }

    /// The whole state of the run.
    pub fn bits(&mut self) -> Vec<u8> {
        match self.bench.send(&Command::Checkpoint, vec![]).remove(0).buffers.remove(0) {
            Buffer::Bytes(bytes) => bytes,
            Buffer::F32(_) => panic!("a checkpoint is bytes"),
        }
    }
}
