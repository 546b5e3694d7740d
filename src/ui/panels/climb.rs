//! What a filter or a class likes to see: from noise, the input is changed step by step so that its answer grows, while
//! training goes on.
//!
//! Not responsible for the steps (the worker's `Climb`).

use super::Panel;
use super::filters::counter;
use crate::i18n::{Lang, climb as words};
use crate::protocol::{Command, Example, Reply};
use crate::spec::Target;
use crate::ui::inside::bank::{range, reach};
use crate::ui::inside::climb::{DECAY, LENGTHS, RATE, noise, portion};
use crate::ui::inside::places::Net;
use crate::ui::light::Light;
use crate::ui::link::Asker;
use crate::ui::link::side::{Answered, SideError};
use crate::ui::panels::data::draw_picture;
use crate::ui::panels::inside::example::InsideProps;
use crate::ui::panels::network::tiles::Ramp;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::names::layer_label;
use crate::ui::plots::surface::{Rect, Surface};
use crate::ui::plots::{number, numbers};
use crate::ui::same::Same;
use crate::ui::state::{Msg, ViewMsg};
use crate::ui::testid;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The value that holds the network's answer.
const OUTPUT: &str = "output";

/// What happens.
pub enum ClimbMsg {
    /// Another layer, by its name, or the answer.
    Layer(String),
    /// Another filter or class.
    Channel(usize),
    /// Another number of steps, by its place in [`LENGTHS`].
    Length(usize),
    /// Begin.
    Start,
    /// Stop where it is.
    Cancel,
    /// The worker's answer to the climb of that number.
    Answered(u32, Answered),
    /// The picture becomes the example.
    Use,
}

/// Where the climb is.
#[derive(Clone, Debug, PartialEq)]
enum Phase {
    /// Nothing was asked for yet.
    Idle,
    Running,
    /// All steps are done, or it was stopped.
    Rests,
    Failed(SideError),
}

/// See the module.
pub struct ClimbPanel {
    layer: String,
    channel: usize,
    length: usize,
    phase: Phase,
    /// Counts climbs: answers to an earlier one are not heard.
    number: u32,
    done: usize,
    x: Rc<Vec<f32>>,
    /// What the picture on show was climbed for.
    of: (String, usize),
    /// The channel's mean at the beginning and now.
    first: Option<f32>,
    value: Option<f32>,
    /// Shape that the picture had when it began.
    shape: Vec<usize>,
}

impl Component for ClimbPanel {
    type Message = ClimbMsg;
    type Properties = InsideProps;

    fn create(ctx: &Context<Self>) -> Self {
        let layer = ctx.props().net.convs().first().map_or(OUTPUT.into(), |p| p.name.clone());
        ClimbPanel {
            of: (layer.clone(), 0),
            layer,
            channel: 0,
            length: 1,
            phase: Phase::Idle,
            number: 0,
            done: 0,
            x: Rc::default(),
            first: None,
            value: None,
            shape: Vec::new(),
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &InsideProps) -> bool {
        // A layer that is gone is no longer asked about.
        if self.layer != OUTPUT && !ctx.props().net.convs().iter().any(|p| p.name == self.layer) {
            self.layer = OUTPUT.into();
            self.channel = 0;
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: ClimbMsg) -> bool {
        match msg {
            ClimbMsg::Layer(layer) => {
                self.layer = layer;
                self.channel = 0;
            }
            ClimbMsg::Channel(channel) => self.channel = channel,
            ClimbMsg::Length(i) => self.length = i,
            ClimbMsg::Start => self.start(ctx),
            ClimbMsg::Cancel => {
                self.number += 1;
                self.phase = Phase::Rests;
            }
            ClimbMsg::Answered(number, answer) if number == self.number => self.heard(ctx, answer),
            ClimbMsg::Answered(..) => return false,
            ClimbMsg::Use => ctx.props().emit.emit(Msg::View(ViewMsg::LookAt(Example::Own(self.x.to_vec())))),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().state.page.lang;
        html! {
            <Panel id={testid::PANEL_CLIMB} title={words::TITLE.get(lang)} what={words::WHAT.get(lang)} enlarge=true export=true>
                { self.controls(ctx, lang) }
                { self.result(ctx, lang) }
            </Panel>
        }
    }
}

impl ClimbPanel {
    fn all(&self) -> usize {
        LENGTHS[self.length.min(LENGTHS.len() - 1)]
    }

    fn start(&mut self, ctx: &Context<Self>) {
        let input = &ctx.props().net.data.input;
        self.shape.clone_from(input);
        self.x = Rc::new(noise(input.iter().product(), ctx.props().state.edit.experiment.seed));
        self.of = (self.layer.clone(), self.channel);
        self.number += 1;
        self.done = 0;
        (self.first, self.value) = (None, None);
        self.phase = Phase::Running;
        // A step of no length only measures.
        self.ask(ctx, 1, 0.0, 0.0);
    }

    fn ask(&self, ctx: &Context<Self>, steps: usize, rate: f32, decay: f32) {
        let Some((asker, _)) = ctx.link().context::<Asker>(Callback::noop()) else { return };
        let (name, channel) = self.of.clone();
        let (link, number) = (ctx.link().clone(), self.number);
        let command = Command::Climb { name, channel, steps, rate, decay };
        asker.ask(&command, &[Rc::from(self.x.as_slice())], move |answer| {
            link.send_message(ClimbMsg::Answered(number, answer));
        });
    }

    fn heard(&mut self, ctx: &Context<Self>, answer: Answered) {
        let (value, x) = match answer {
            Ok((Reply::Climbed { value }, arrays)) => (value, arrays.into_iter().next()),
            Ok(_) => return self.phase = Phase::Rests,
            Err(why) => return self.phase = Phase::Failed(why),
        };
        if self.first.is_none() {
            self.first = Some(value);
        } else {
            self.done += portion(self.done, self.all());
            self.x = Rc::new(x.map_or_else(Vec::new, |x| x.to_vec()));
        }
        self.value = Some(value);
        match portion(self.done, self.all()) {
            0 => self.phase = Phase::Rests,
            n => self.ask(ctx, n, RATE, DECAY),
        }
    }

    fn controls(&self, ctx: &Context<Self>, lang: Lang) -> Html {
        let (net, link) = (&ctx.props().net, ctx.link());
        let onlayer = link.callback(|e: Event| ClimbMsg::Layer(e.target_unchecked_into::<HtmlSelectElement>().value()));
        let option = |name: String, label: String| html! { <option value={name.clone()} selected={name == self.layer}>{ label }</option> };
        let classes = matches!(net.data.target, Target::Classes { .. });
        let output = if classes { words::CLASS } else { words::ANSWER };
        let lengths = LENGTHS.map(|n| n.to_string());
        let names = [testid::CLIMB_SHORT, testid::CLIMB_MIDDLE, testid::CLIMB_LONG];
        let running = self.phase == Phase::Running;
        html! {
            <div class="plot-controls">
                <select class="small" data-testid={testid::climb("layer")} aria-label={words::OF_WHAT.get(lang)} onchange={onlayer} disabled={running}>
                    { for net.convs().iter().map(|p| option(p.name.clone(), layer_label(&p.name, &net.layers, lang))) }
                    { option(OUTPUT.into(), output.get(lang).into()) }
                </select>
                { self.channel_choice(ctx, classes, lang) }
                <span class="climb-length">{ words::STEPS.get(lang) }{ length_choice(&lengths, &names, self.length, link.callback(ClimbMsg::Length), lang) }</span>
                if running {
                    <button type="button" class="button" data-testid={testid::climb("cancel")} onclick={link.callback(|_: MouseEvent| ClimbMsg::Cancel)}>
                        { words::CANCEL.get(lang) }</button>
                } else {
                    <button type="button" class="button" data-testid={testid::climb("start")} disabled={!ctx.props().state.is_loaded()}
                        onclick={link.callback(|_: MouseEvent| ClimbMsg::Start)}>{ words::START.get(lang) }</button>
                }
            </div>
        }
    }

    /// A filter by its number, a class by its name.
    fn channel_choice(&self, ctx: &Context<Self>, classes: bool, lang: Lang) -> Html {
        let net = &ctx.props().net;
        let count = channels(net, &self.layer);
        if self.layer == OUTPUT && classes {
            let onchange = ctx.link().callback(|e: Event| {
                let at = e.target_unchecked_into::<HtmlSelectElement>().selected_index();
                ClimbMsg::Channel(usize::try_from(at).unwrap_or(0))
            });
            let option = |i: usize| html! { <option selected={i == self.channel}>{ class_name(net, i) }</option> };
            return html! {
                <select class="small" data-testid={testid::climb("channel")} aria-label={words::CLASS.get(lang)} {onchange}>
                    { for (0..count).map(option) }
                </select>
            };
        }
        let name = if self.layer == OUTPUT { words::NUMBER } else { words::FILTER };
        counter(
            name.get(lang),
            testid::climb("channel"),
            self.channel,
            count,
            lang,
            ctx.link().callback(ClimbMsg::Channel),
        )
    }

    fn result(&self, ctx: &Context<Self>, lang: Lang) -> Html {
        let all = self.all();
        let short = |v: Option<f32>| v.map_or_else(|| "–".to_string(), |v| number::short(f64::from(v)));
        let (layer, channel) = &self.of;
        let net = &ctx.props().net;
        let whose = match (layer.as_str(), &net.data.target) {
            (OUTPUT, Target::Classes { .. }) => words::CLASS_IS.with(lang, &[("name", &class_name(net, *channel))]),
            (OUTPUT, _) => words::ANSWER.get(lang).to_string(),
            (name, _) => words::FILTER_IS
                .with(lang, &[("n", &(channel + 1).to_string()), ("layer", &layer_label(name, &net.layers, lang))]),
        };
        let failed = match &self.phase {
            Phase::Failed(SideError::Refused(why)) => {
                let why = SideError::Refused(why.clone()).words(lang);
                Some(words::REFUSED.with(lang, &[("why", &why)]))
            }
            Phase::Failed(_) => Some(words::DIED.get(lang).to_string()),
            Phase::Idle | Phase::Running | Phase::Rests => None,
        };
        let done = (self.done as f64 / all as f64 * 100.0).round().to_string();
        let steps = words::DONE.with(lang, &[("n", &self.done.to_string()), ("all", &all.to_string())]);
        let stuck = self.phase == Phase::Rests && self.done > 0 && self.value == self.first;
        let begun = self.phase != Phase::Idle && !self.x.is_empty();
        html! {
            <div class="climb">
                if begun {
                    <Picture x={Same(self.x.clone())} shape={self.shape.clone()} {lang} />
                    <div class="climb-says">
                        <p>{ whose }</p>
                        <p>{ words::VALUE.get(lang) }{ " " }<span data-testid={testid::climb("first")}>{ short(self.first) }</span>
                            { " → " }<b data-testid={testid::climb("value")}>{ short(self.value) }</b></p>
                        <progress max="100" value={done} aria-label={words::PROGRESS.get(lang)} data-testid={testid::climb("progress")}></progress>
                        <p class="small dim" data-testid={testid::climb("steps")}>{ steps }</p>
                        if stuck { <p class="small" data-testid={testid::climb("stuck")}>{ words::STUCK.get(lang) }</p> }
                        if self.phase == Phase::Rests && self.shape == net.data.input {
                            <button type="button" class="quiet small" data-testid={testid::climb("use")}
                                onclick={ctx.link().callback(|_: MouseEvent| ClimbMsg::Use)}>{ words::USE.get(lang) }</button>
                        }
                    </div>
                } else {
                    <p class="plot-note">{ words::EMPTY.get(lang) }</p>
                }
                if let Some(why) = failed { <p class="not-finite small" role="alert" data-testid={testid::climb("failed")}>{ why }</p> }
            </div>
        }
    }
}

fn length_choice(
    lengths: &[String; 3],
    ids: &[&'static str; 3],
    chosen: usize,
    choose: Callback<usize>,
    lang: Lang,
) -> Html {
    let button = |i: usize| {
        let choose = choose.clone();
        html! {
            <button type="button" data-testid={ids[i]} aria-pressed={(i == chosen).to_string()}
                onclick={move |_: MouseEvent| choose.emit(i)}>{ &lengths[i] }</button>
        }
    };
    html! { <span class="choice" role="group" aria-label={words::STEPS.get(lang)}>{ for (0..3).map(button) }</span> }
}

/// Channels of a layer, or numbers of the answer.
fn channels(net: &Net, layer: &str) -> usize {
    let shape = if layer == OUTPUT {
        net.layers.len().checked_sub(1).and_then(|i| net.place(&format!("layers.{i}")))
    } else {
        net.place(layer)
    };
    shape.and_then(|p| p.shape.last().copied()).unwrap_or(1)
}

fn class_name(net: &Net, i: usize) -> String {
    net.data.class_names.get(i).cloned().unwrap_or_else(|| i.to_string())
}

/// Properties of [`Picture`].
#[derive(Clone, PartialEq, Properties)]
struct PictureProps {
    x: Same<Vec<f32>>,
    shape: Vec<usize>,
    lang: Lang,
}

/// The input as it is now: in colour where it has three channels, signed otherwise; with its scale.
#[component]
fn Picture(props: &PictureProps) -> Html {
    let PictureProps { x, shape, lang } = props.clone();
    let (high, wide, channels) = match *shape.as_slice() {
        [h, w, c] => (h, w, c),
        [t, c] => (c, t, 1),
        _ => (1, x.0.len(), 1),
    };
    let (low, top) = range(&x.0);
    let label = {
        let [low, high] = [low, top].map(|v| number::short(f64::from(v)));
        words::LABEL.with(lang, &[("h", &high.to_string()), ("low", &low), ("high", &high)])
    };
    let series = shape.len() == 2;
    let draw = use_callback(x.clone(), move |s: Surface, x| {
        let at = Rect { x: 0.0, y: 0.0, w: s.width, h: s.height };
        if channels == 3 {
            return draw_picture(&s, &x.0, [high, wide, 3], &Light::span(&x.0), at);
        }
        // Of a series time runs to the right, of pictures with other channels the first is shown.
        let values: Vec<f32> = if series {
            (0..high * wide).map(|i| x.0.get(i % wide * high + i / wide).copied().unwrap_or(0.0)).collect()
        } else {
            x.0.iter().step_by(channels.max(1)).copied().collect()
        };
        s.map(&Ramp::new(s.ink.zero).pixels(&values, reach(&x.0)), wide, high, at, false);
        s.outline(Rect { x: 0.5, y: 0.5, w: s.width - 1.0, h: s.height - 1.0 }, &s.ink.rule, 1.0);
    });
    let scale = 180.0 / high.max(wide).max(1) as f64;
    let style = format!("width: {}px; height: {}px", scale * wide as f64, (scale * high as f64).max(20.0));
    let [low, top] = [low, top].map(|v| number::short(f64::from(v)));
    html! {
        <figure class="climb-picture">
            <Canvas {draw} {style} {label} testid={testid::climb("picture")} />
            <figcaption class="small dim">
                if channels == 3 { { words::LIGHT.with(lang, &[("low", &low), ("high", &top)]) } } else { { numbers::scale(reach(&x.0)) } }
            </figcaption>
        </figure>
    }
}
