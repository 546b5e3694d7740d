//! Watching a text being written: token by token, from the draw that the worker makes, with what the network took from
//! each token before and the odds that the new one was drawn from.
//!
//! Weights, odds and token are of one and the same pass. The network may train meanwhile: each token is drawn by the
//! network as it is at that moment. Not responsible for the arithmetic (`ui::inside::writing`).

mod odds;
mod text;

use crate::i18n::{Lang, attention as words, panel};
use crate::protocol::{Command, Reply, SampleRequest};
use crate::spec::Experiment;
use crate::spec::target::Target;
use crate::ui::form::scale::{Limits, Scale};
use crate::ui::form::{Choice, Item, NumberField};
use crate::ui::hooks::use_visible;
use crate::ui::inside::attention::{AttentionAt, attentions};
use crate::ui::inside::writing::Story;
use crate::ui::link::Asker;
use crate::ui::link::side::{Answered, SideError};
use crate::ui::page;
use crate::ui::panels::fold::Fold;
use crate::ui::plots::names::layer_label;
use crate::ui::same::Same;
use crate::ui::state::LoadedData;
use crate::ui::testid;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// Tokens a second at first.
const PACE: f64 = 3.0;
/// And at most.
const PACE_MAX: f64 = 30.0;

/// Properties of [`Writing`].
#[derive(Clone, PartialEq, Properties)]
pub struct WritingProps {
    /// What runs, and its vocabulary.
    pub data: Same<LoadedData>,
    /// The experiment.
    pub experiment: Same<Experiment>,
    /// How the text is drawn.
    pub want: SampleRequest,
    /// Language.
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn Writing(props: &WritingProps) -> Html {
    html! {
        <Fold id={testid::writing("fold")} title={words::WRITING.get(props.lang)}>
            <Watched ..props.clone() />
        </Fold>
    }
}

/// Out of sight nothing is drawn.
#[component]
fn Watched(props: &WritingProps) -> Html {
    let node = use_node_ref();
    let seen = use_visible(&node);
    html! { <div ref={node} class="writing"><Writer inner={props.clone()} {seen} /></div> }
}

#[derive(Clone, PartialEq, Properties)]
struct WriterProps {
    inner: WritingProps,
    seen: bool,
}

/// What happens.
enum WriteMsg {
    /// Go on by itself, or stop.
    Play(bool),
    /// It is time for the next token.
    Due,
    /// The worker's answer to the question of that number.
    Answered(u32, Answered),
    /// One token on: drawn, where it is the newest.
    Next,
    /// Show that token.
    Go(usize),
    /// A token was clicked: it stays, or is let go.
    Pick(usize),
    /// The pointer is on a token.
    Hover(Option<usize>),
    /// From the prompt again.
    Again,
    /// Another attention, by its prefix.
    Layer(String),
    /// Another head, or all.
    Head(Option<usize>),
    /// Tokens a second.
    Pace(f64),
}

struct Writer {
    story: Story,
    all: Vec<AttentionAt>,
    layer: Option<String>,
    head: Option<usize>,
    /// The token that is shown; the newest if none.
    at: Option<usize>,
    hover: Option<usize>,
    playing: bool,
    pace: f64,
    /// Counts questions: answers to those of an earlier text are not heard.
    number: u32,
    /// Whether a question is under way.
    asking: bool,
    timer: Option<Timeout>,
    failed: Option<SideError>,
}

impl Component for Writer {
    type Message = WriteMsg;
    type Properties = WriterProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut writer = Writer {
            story: Story::default(),
            all: attentions(&ctx.props().inner.experiment),
            layer: None,
            head: None,
            at: None,
            hover: None,
            playing: !page::is_still(),
            pace: PACE,
            number: 0,
            asking: false,
            timer: None,
            failed: None,
        };
        writer.go_on(ctx);
        writer
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &WriterProps) -> bool {
        let (new, old) = (&ctx.props().inner, &old.inner);
        if new.experiment != old.experiment {
            self.all = attentions(&new.experiment);
        }
        let another = new.data.loaded.run != old.data.loaded.run
            || (&new.want.prompt, new.want.seed) != (&old.want.prompt, old.want.seed);
        if another {
            self.begin();
        }
        self.go_on(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: WriteMsg) -> bool {
        match msg {
            WriteMsg::Play(on) => {
                self.playing = on;
                self.failed = None;
            }
            WriteMsg::Due => self.timer = None,
            WriteMsg::Answered(number, answer) if number == self.number => self.heard(ctx, answer),
            WriteMsg::Answered(..) => return false,
            WriteMsg::Next => {
                self.playing = false;
                self.failed = None;
                self.step(ctx);
            }
            WriteMsg::Go(to) => {
                self.playing = false;
                self.at = Some(to).filter(|to| to + 1 < self.story.shots.len());
            }
            WriteMsg::Pick(i) => {
                self.playing = false;
                self.at = Some(i).filter(|_| self.at != Some(i));
            }
            WriteMsg::Hover(at) if at == self.hover => return false,
            WriteMsg::Hover(at) => self.hover = at,
            WriteMsg::Again => {
                self.begin();
                self.playing = true;
            }
            WriteMsg::Layer(prefix) => self.layer = Some(prefix),
            WriteMsg::Head(head) => self.head = head,
            WriteMsg::Pace(pace) => {
                self.pace = pace.clamp(0.2, PACE_MAX);
                self.timer = None;
            }
        }
        self.go_on(ctx);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let WritingProps { data, want, lang, .. } = &ctx.props().inner;
        let (lang, link, vocabulary) = (*lang, ctx.link(), &data.loaded.tokens);
        let k = self.shown();
        let offered = self.offered(k);
        let attention = self.attention(&offered);
        let taken = attention.map(|a| self.story.taken(k, a, self.head.filter(|h| *h < a.heads))).unwrap_or_default();
        let body = text::Text { story: &self.story, k, taken: &taken, pinned: self.at.is_some(), vocabulary, lang };
        let hint = if self.all.is_empty() { words::WRITING_HINT_ODDS } else { words::WRITING_HINT };
        html! {<>
            <p class="plot-note">{ hint.get(lang) }</p>
            { self.choices(ctx, &offered, attention) }
            { self.moves(ctx, k) }
            if self.story.shots.is_empty() {
                <p class="plot-empty">{ panel::WAITING.get(lang) }</p>
            } else {
                { body.html(link.callback(WriteMsg::Hover), link.callback(WriteMsg::Pick)) }
                if attention.is_some() {
                    { body.reading(&self.whose(attention, lang)) }
                }
                { odds::table(&self.story.shots[k], want, vocabulary, lang) }
                if attention.is_some() {
                    <Fold id={testid::writing("table")} title={words::WRITING_ROW.get(lang)}>{ body.table() }</Fold>
                }
            }
            { self.fields(ctx, k) }
            if let Some(why) = &self.failed { <p class="not-finite small" role="alert" data-testid={testid::writing("failed")}>{ why.words(lang) }</p> }
        </>}
    }
}

impl Writer {
    /// From the prompt again; an answer on its way is not heard.
    fn begin(&mut self) {
        self.story = Story::default();
        self.number = self.number.wrapping_add(1);
        (self.at, self.hover, self.timer, self.failed) = (None, None, None, None);
        self.asking = false;
    }

    fn shown(&self) -> usize {
        let last = self.story.shots.len().saturating_sub(1);
        self.hover.or(self.at).map_or(last, |at| at.min(last))
    }

    /// Whether nothing more is drawn: the text has the length that was asked for, or has ended.
    fn is_whole(&self, ctx: &Context<Self>) -> bool {
        self.story.ended || self.story.shots.len() >= ctx.props().inner.want.length
    }

    /// Sees to it that the next token comes when it is due.
    fn go_on(&mut self, ctx: &Context<Self>) {
        if self.at.is_none() && self.is_whole(ctx) {
            self.playing = false;
        }
        let rests = !self.playing || !ctx.props().seen || self.asking || self.failed.is_some();
        if rests || self.timer.is_some() {
            return;
        }
        self.step(ctx);
        self.wait(ctx);
    }

    /// The next token of the text, which is drawn if it is not there yet.
    fn step(&mut self, ctx: &Context<Self>) {
        let count = self.story.shots.len();
        if let Some(next) = self.at.take().map(|at| at + 1).filter(|next| *next < count) {
            self.at = Some(next).filter(|next| next + 1 < count);
            return;
        }
        let inner = &ctx.props().inner;
        if self.asking || self.is_whole(ctx) || inner.data.loaded.backend.is_empty() {
            return;
        }
        let Some((asker, _)) = ctx.link().context::<Asker>(Callback::noop()) else { return };
        let watch = std::iter::once("input".to_string()).chain(self.all.iter().map(|a| a.value("weights")));
        let want = SampleRequest { length: 1, ..inner.want.clone() };
        let command = Command::Generate { want, written: self.story.written(), watch: Some(watch.collect()) };
        self.number = self.number.wrapping_add(1);
        self.asking = true;
        let (link, number) = (ctx.link().clone(), self.number);
        asker.ask(&command, &[], move |answer| link.send_message(WriteMsg::Answered(number, answer)));
    }

    /// Before the next: what the pace leaves after the answer came.
    fn wait(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        self.timer = Some(Timeout::new((1000.0 / self.pace) as u32, move || link.send_message(WriteMsg::Due)));
    }

    fn heard(&mut self, ctx: &Context<Self>, answer: Answered) {
        self.asking = false;
        match answer {
            Ok((Reply::Generated(sample), arrays)) => {
                self.story.push(sample, &arrays, source_len(&ctx.props().inner.experiment));
            }
            Ok(_) => self.playing = false,
            // Another run, which may be why, tries again.
            Err(why) => self.failed = Some(why),
        }
    }

    /// Attention whose row led to token `k`; before the first token, all.
    fn offered(&self, k: usize) -> Vec<&AttentionAt> {
        let shot = self.story.shots.get(k);
        self.all.iter().filter(|a| shot.is_none_or(|s| s.has(a))).collect()
    }

    /// The chosen one; else what looks at another sequence, else the last.
    fn attention<'a>(&self, offered: &[&'a AttentionAt]) -> Option<&'a AttentionAt> {
        let chosen = offered.iter().find(|a| Some(&a.prefix) == self.layer.as_ref());
        chosen.or(offered.iter().find(|a| a.cross)).or(offered.last()).copied()
    }

    /// The head that is shown, in words.
    fn whose(&self, attention: Option<&AttentionAt>, lang: Lang) -> String {
        let heads = attention.map_or(1, |a| a.heads);
        match self.head.filter(|h| *h < heads && heads > 1) {
            Some(h) => words::HEAD.with(lang, &[("n", &(h + 1).to_string())]),
            None if heads > 1 => words::ALL_HEADS.get(lang).into(),
            None => words::THE_HEAD.get(lang).into(),
        }
    }

    fn choices(&self, ctx: &Context<Self>, offered: &[&AttentionAt], attention: Option<&AttentionAt>) -> Html {
        let inner = &ctx.props().inner;
        let (lang, layers) = (inner.lang, &inner.experiment.model.layers);
        let items: Vec<Item> =
            offered.iter().map(|a| Item::new(a.prefix.clone(), layer_label(a.layer(), layers, lang))).collect();
        let heads = attention.map_or(1, |a| a.heads);
        let one = |h: usize| Item::new(h.to_string(), words::HEAD.with(lang, &[("n", &(h + 1).to_string())]));
        let head_items: Vec<Item> =
            std::iter::once(Item::new("", words::ALL_HEADS.get(lang))).chain((0..heads).map(one)).collect();
        let head = self.head.filter(|h| *h < heads).map_or(String::new(), |h| h.to_string());
        html! {
            <div class="inside-controls">
                if offered.len() > 1 {
                    <Choice id={testid::writing("layer")} label={panel::LAYER.get(lang)} {items}
                        value={attention.map(|a| a.prefix.clone()).unwrap_or_default()} onchange={ctx.link().callback(WriteMsg::Layer)} />
                }
                if heads > 1 {
                    <Choice id={testid::writing("head")} label={words::HEADS.get(lang)} items={head_items} value={head}
                        onchange={ctx.link().callback(|v: String| WriteMsg::Head(v.parse().ok()))} />
                }
            </div>
        }
    }

    fn moves(&self, ctx: &Context<Self>, k: usize) -> Html {
        let (lang, link, count) = (ctx.props().inner.lang, ctx.link(), self.story.shots.len());
        let newest = k + 1 >= count;
        let (whole, playing) = (self.is_whole(ctx), self.playing && self.failed.is_none());
        let button = |id: &str, word: &'static str, off: bool, onclick: Callback<MouseEvent>| {
            html! {
                <button type="button" class="button" disabled={off} {onclick} data-testid={testid::writing(id)}>{ word }</button>
            }
        };
        let on = !playing;
        let play = if playing { words::HOLD } else { words::WATCH };
        let next = if newest { words::DRAW } else { words::NEXT };
        html! {
            <div class="writing-moves">
                { button("play", play.get(lang), whole && newest, link.callback(move |_| WriteMsg::Play(on))) }
                { button("before", words::BEFORE.get(lang), k == 0, link.callback(move |_| WriteMsg::Go(k.saturating_sub(1)))) }
                { button("next", next.get(lang), whole && newest, link.callback(|_| WriteMsg::Next)) }
                <button type="button" class="quiet small" onclick={link.callback(|_: MouseEvent| WriteMsg::Again)}
                    data-testid={testid::writing("again")}>{ words::FROM_START.get(lang) }</button>
                if whole { <span class="dim small" data-testid={testid::writing("whole")}>{ words::WHOLE.get(lang) }</span> }
            </div>
        }
    }

    fn fields(&self, ctx: &Context<Self>, k: usize) -> Html {
        let (lang, link, count) = (ctx.props().inner.lang, ctx.link(), self.story.shots.len());
        let linear = |min: f64, max: f64, step: f64| Some(Scale::Linear { min, max, step });
        let last = count.max(1) as f64;
        html! {
            <div class="fields">
                <NumberField id={testid::writing("at")} {lang} label={words::WRITING_AT.get(lang)} help={words::WRITING_AT_HELP.get(lang)}
                    value={(k + 1).min(count.max(1)) as f64} limits={Limits::whole(1.0, last)} scale={linear(1.0, last, 1.0)}
                    onchange={link.callback(|v: f64| WriteMsg::Go((v as usize).saturating_sub(1)))} />
                <NumberField id={testid::writing("pace")} {lang} label={words::PACE.get(lang)} help={words::PACE_HELP.get(lang)}
                    value={self.pace} limits={Limits::real(0.2, PACE_MAX)} scale={linear(0.5, 20.0, 0.5)}
                    onchange={link.callback(WriteMsg::Pace)} />
            </div>
        }
    }
}

/// Places of the input that are a source's, which a decoder goes on from.
fn source_len(experiment: &Experiment) -> usize {
    let info = experiment.data.info().ok().filter(|_| experiment.data.aligned);
    info.map_or(0, |i| match i.target {
        Target::Steps { len, .. } => i.input.first().copied().unwrap_or(0).saturating_sub(len),
        Target::Classes { .. } | Target::Values { .. } => 0,
    })
}
