//! The editor of the learner's own pictures: folders with a folder for each class, or single files with a class chosen;
//! picked or dropped.
//!
//! Files are read one after the other, in a worker, and it can be stopped. Nothing that is in force changes before the
//! pictures can be used. Not responsible for what is kept of a picture (`ui::picture_draft`).

pub mod collect;
pub mod decode;
mod view;

use crate::i18n::Lang;
use crate::spec::own_pictures::fit::{Fit, Ground, Small};
use crate::spec::{DataSpec, Problem};
use crate::ui::picture_draft::{Made, PictureDraft, SIDE};
use crate::ui::state::{EditMsg, Msg};
use collect::Named;
use decode::Decoder;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

/// Between two drawings while files are read.
const SHOWN_EVERY_MS: f64 = 120.0;

/// Properties of [`PicturesEditor`].
#[derive(Clone, PartialEq, Properties)]
pub struct PicturesProps {
    /// Language.
    pub lang: Lang,
    /// The set `pictures`, with those in force or without any.
    pub data: DataSpec,
    /// Files that were dropped.
    #[prop_or_default]
    pub files: Rc<Named>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// What happens in the editor.
pub enum PicturesMsg {
    /// Files were picked or dropped.
    Add(Named),
    /// A class is being typed for those that have none.
    Class(String),
    /// They get it.
    Assign,
    /// They get what their names begin with.
    AssignByNames,
    /// They are taken away.
    Discard,
    /// A class is taken away.
    Remove(String),
    /// Everything is.
    Clear,
    /// Pixels a side.
    Side(usize),
    /// Padding or cropping.
    Fit(Fit),
    /// What transparent parts lie on.
    Ground(Ground),
    /// A file was read, by the reading with that number.
    Read(usize, usize, Result<Small, Problem>),
    /// No more files.
    Stop,
}

/// See the module.
pub struct PicturesEditor {
    draft: PictureDraft<File>,
    decoder: Option<Rc<Decoder>>,
    /// Counts readings: what an older one brings is not heard.
    reading: usize,
    /// Whether a file is being read.
    busy: bool,
    class: String,
    made: Option<Rc<Made>>,
    shown_at: f64,
}

impl PicturesEditor {
    /// Reads the next file, or hands over what has been read.
    fn go_on(&mut self, ctx: &Context<Self>) {
        if self.busy {
            return;
        }
        let Some((at, file)) = self.draft.next() else { return self.finish(ctx) };
        let Some(decoder) = self.decoder.clone().or_else(|| Decoder::start().map(Rc::new)) else { return };
        self.decoder = Some(decoder.clone());
        self.busy = true;
        let (link, file, side, reading) = (ctx.link().clone(), file.clone(), self.draft.side(), self.reading);
        spawn_local(async move {
            let got = decoder.read(&file, side).await;
            link.send_message(PicturesMsg::Read(reading, at, got));
        });
    }

    /// Everything is read: what can be used is, and the worker may go.
    fn finish(&mut self, ctx: &Context<Self>) {
        self.decoder = None;
        if self.draft.is_empty() {
            self.made = None;
            return;
        }
        let made = self.draft.made();
        let data = ctx.props().data.clone();
        let test_fraction = data.test_fraction.filter(|_| made.pictures.test == 0);
        let data = DataSpec { pictures: Some(made.pictures.clone()), test_fraction, ..data };
        if data.info().is_ok() && ctx.props().data.pictures != data.pictures {
            ctx.props().emit.emit(Msg::Edit(EditMsg::Data(data)));
        }
        self.made = Some(Rc::new(made));
    }

    /// Whatever was being read is not waited for: files have other indices now.
    fn restart(&mut self) {
        self.reading += 1;
        self.busy = false;
        self.decoder = None;
    }

    /// Whether it is time to draw again.
    fn is_due(&mut self) -> bool {
        let now = js_sys::Date::now();
        let due = !self.busy || now - self.shown_at >= SHOWN_EVERY_MS;
        if due {
            self.shown_at = now;
        }
        due
    }
}

impl Component for PicturesEditor {
    type Message = PicturesMsg;
    type Properties = PicturesProps;

    fn create(ctx: &Context<Self>) -> Self {
        if !ctx.props().files.is_empty() {
            ctx.link().send_message(PicturesMsg::Add((*ctx.props().files).clone()));
        }
        let side = ctx.props().data.pictures.as_ref().map_or(SIDE, |p| p.side);
        PicturesEditor {
            draft: PictureDraft::new(side),
            decoder: None,
            reading: 0,
            busy: false,
            class: String::new(),
            made: None,
            shown_at: 0.0,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &PicturesProps) -> bool {
        if !Rc::ptr_eq(&ctx.props().files, &old.files) && !ctx.props().files.is_empty() {
            ctx.link().send_message(PicturesMsg::Add((*ctx.props().files).clone()));
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: PicturesMsg) -> bool {
        match msg {
            PicturesMsg::Add(files) => {
                self.restart();
                self.draft.add(files);
                if let (true, Some(name)) = (self.class.is_empty(), &self.draft.suggested) {
                    self.class.clone_from(name);
                }
            }
            PicturesMsg::Class(class) => {
                self.class = class;
                return true;
            }
            PicturesMsg::Assign => {
                if !self.class.trim().is_empty() {
                    self.draft.assign(&self.class);
                    self.class.clear();
                }
            }
            PicturesMsg::AssignByNames => self.draft.assign_by_names(),
            PicturesMsg::Discard => {
                self.restart();
                self.draft.discard();
                self.class.clear();
            }
            PicturesMsg::Remove(class) => {
                self.restart();
                self.draft.remove(&class);
            }
            PicturesMsg::Clear => {
                self.restart();
                self.draft = PictureDraft::new(self.draft.side());
                self.class.clear();
            }
            PicturesMsg::Side(side) => {
                self.restart();
                self.draft.set_side(side);
            }
            PicturesMsg::Fit(fit) => self.draft.fit = fit,
            PicturesMsg::Ground(ground) => self.draft.ground = ground,
            PicturesMsg::Stop => {
                self.restart();
                self.draft.stop();
            }
            PicturesMsg::Read(reading, at, got) => {
                if reading != self.reading {
                    return false;
                }
                self.busy = false;
                self.draft.put(at, got);
                self.go_on(ctx);
                return self.is_due();
            }
        }
        self.go_on(ctx);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.draw(ctx)
    }
}
