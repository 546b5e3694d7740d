//! A number: typed, stepped with the arrow keys, or moved on a slider. The one field for numbers of the whole page: with
//! its label and explanation, or `bare` inside a card, a table or a line of controls.
//!
//! What cannot be read or lies outside the limits is said under the field and handed to nobody; the value in force comes
//! back when the field is left. Not responsible for reading (`read.rs`) nor for the words, which are properties.

use super::read::{Refusal, read};
use super::refusal::refused;
use super::scale::{Limits, Scale, brief, next, show};
use crate::i18n::Lang;
use gloo::timers::callback::Timeout;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Rest after a slider's move before its value is taken: long enough not to restart a run at every pixel.
const SLIDER_REST_MS: u32 = 150;
/// Rest after a key before what was typed is taken; leaving the field or Enter takes it at once.
const TYPING_REST_MS: u32 = 500;
/// How long the reason of a refusal stands under a field that was left.
const REASON_MS: u32 = 12_000;
/// A number comes back as an experiment keeps it, within the seven digits of an `f32`.
const F32_ROUNDING: f64 = 1e-6;

/// Properties of [`NumberField`].
#[derive(Clone, PartialEq, Properties)]
pub struct NumberProps {
    /// Test id of the field; the slider's is `<id>-slider`.
    pub id: AttrValue,
    /// Language of the messages.
    pub lang: Lang,
    /// What it is.
    pub label: AttrValue,
    /// One line about it, shown on focus and hover.
    #[prop_or_default]
    pub help: AttrValue,
    /// The value in force.
    pub value: f64,
    /// What may be typed.
    pub limits: Limits,
    /// Positions of the slider and of the arrow keys; none: only typed.
    #[prop_or_default]
    pub scale: Option<Scale>,
    /// Shown after the number.
    #[prop_or_default]
    pub unit: AttrValue,
    /// What is wrong with the value in force.
    #[prop_or_default]
    pub problems: Vec<AttrValue>,
    /// Without label, slider and explanation; takes effect on Enter and on leaving.
    #[prop_or_default]
    pub bare: bool,
    /// A bare one that takes effect when typing rests, too, as the others do.
    #[prop_or_default]
    pub at_rest: bool,
    /// The value changes by itself, as a weight does in training: it stands still while the field has the keyboard.
    #[prop_or_default]
    pub live: bool,
    /// CSS class of the input.
    #[prop_or_default]
    pub class: Classes,
    /// Where a new value goes.
    pub onchange: Callback<f64>,
}

/// What happens to the field.
pub enum NumberMsg {
    /// A key changed the text.
    Typed(String),
    /// The slider was moved.
    Slid(u32),
    /// An arrow key: upwards, or downwards.
    Next(bool),
    /// It is time to take what is there.
    Take,
    /// Enter: what is there is meant.
    Entered,
    /// The keyboard came.
    Came,
    /// The field was left.
    Left,
    /// Escape: what was typed goes.
    Dropped,
}

/// See the module.
pub struct NumberField {
    /// What was typed and not left yet.
    typed: Option<String>,
    /// What a live value was when the keyboard came.
    held: Option<String>,
    /// Where the slider stands until the page has taken it over.
    slid: Option<f64>,
    /// What was not taken, and why.
    refused: Option<(String, Refusal)>,
    rest: Option<Timeout>,
    /// What the page was given last.
    own: Option<f64>,
}

impl NumberField {
    fn take(&mut self, ctx: &Context<Self>) {
        let p = ctx.props();
        self.rest = None;
        let value = match (&self.typed, self.slid) {
            (Some(text), _) => read(text, p.limits, &p.unit),
            (None, Some(value)) => Ok(value),
            (None, None) => return,
        };
        match value {
            Ok(value) => {
                self.refused = None;
                // A live value may have moved away from what was typed.
                if value != p.value || (p.live && self.typed.is_some()) {
                    self.own = Some(value);
                    p.onchange.emit(value);
                }
            }
            Err(why) => self.refused = self.typed.clone().map(|text| (text, why)),
        }
    }

    /// Takes what was typed for good: it is shown as the page writes it, until the page has it too.
    fn enter(&mut self, ctx: &Context<Self>) {
        self.take(ctx);
        if self.refused.is_some() {
            return;
        }
        let p = ctx.props();
        let value = self.typed.take().and_then(|text| read(&text, p.limits, &p.unit).ok());
        match value {
            Some(value) if p.live => self.held = Some(brief(value)),
            Some(value) => self.slid = Some(value),
            None => {}
        }
    }

    /// The field was left: what was not taken gives way to what is in force, and the reason goes when it could be read.
    fn leave(&mut self, ctx: &Context<Self>) {
        self.enter(ctx);
        (self.typed, self.held) = (None, None);
        if self.refused.is_some() {
            let link = ctx.link().clone();
            self.rest = Some(Timeout::new(REASON_MS, move || link.send_message(NumberMsg::Dropped)));
        }
    }

    fn step(&mut self, ctx: &Context<Self>, up: bool) {
        let p = ctx.props();
        let typed = self.typed.as_ref().and_then(|text| read(text, p.limits, &p.unit).ok());
        let now = typed.or(self.slid).unwrap_or(p.value);
        if let Some(to) = next(now, up, p.scale.as_ref(), p.limits) {
            (self.typed, self.refused) = (Some(show(to)), None);
            self.wait(ctx, SLIDER_REST_MS);
        }
    }

    fn wait(&mut self, ctx: &Context<Self>, ms: u32) {
        let link = ctx.link().clone();
        self.rest = Some(Timeout::new(ms, move || link.send_message(NumberMsg::Take)));
    }

    /// The value in force as it stands in the field.
    fn in_force(ctx: &Context<Self>) -> String {
        let p = ctx.props();
        if p.live { brief(p.value) } else { show(p.value) }
    }

    fn problems(&self, ctx: &Context<Self>) -> Vec<AttrValue> {
        let p = ctx.props();
        match &self.refused {
            Some((typed, why)) => {
                let old = format!("{}{}", Self::in_force(ctx).replace('-', "−"), p.unit);
                vec![refused(typed, why, p.limits, &old, p.lang).into()]
            }
            None => p.problems.clone(),
        }
    }

    fn view_slider(&self, ctx: &Context<Self>, scale: &Scale) -> Html {
        let p = ctx.props();
        let value = self.slid.unwrap_or(p.value);
        let slid = |e: &Event| e.target_unchecked_into::<HtmlInputElement>().value_as_number() as u32;
        let oninput = ctx.link().callback(move |e: InputEvent| NumberMsg::Slid(slid(&e)));
        let onchange = ctx.link().callback(|_: Event| NumberMsg::Take);
        let (last, at) = (scale.last(), scale.position(value));
        let style = format!("--at:{}%", if last == 0 { 0.0 } else { 100.0 * f64::from(at) / f64::from(last) });
        html! {
            <input type="range" class="field-slider" min="0" max={last.to_string()} step="1" value={at.to_string()} {style}
                aria-label={p.label.clone()} aria-valuetext={format!("{}{}", show(value), p.unit)}
                aria-describedby={format!("{}-help", p.id)} data-testid={format!("{}-slider", p.id)} {oninput} {onchange} />
        }
    }

    fn view_text(&self, ctx: &Context<Self>, invalid: bool) -> Html {
        let p = ctx.props();
        let rests = || self.slid.map(show).unwrap_or_else(|| Self::in_force(ctx));
        let text = self.typed.clone().or_else(|| self.held.clone()).unwrap_or_else(rests);
        let link = ctx.link();
        let oninput =
            link.callback(|e: InputEvent| NumberMsg::Typed(e.target_unchecked_into::<HtmlInputElement>().value()));
        let onkeydown = link.batch_callback(|e: KeyboardEvent| {
            let up = e.key() == "ArrowUp";
            match e.key().as_str() {
                "Enter" => Some(NumberMsg::Entered),
                "Escape" => Some(NumberMsg::Dropped),
                "ArrowUp" | "ArrowDown" => {
                    e.prevent_default();
                    Some(NumberMsg::Next(up))
                }
                _ => None,
            }
        });
        let (onfocus, onblur) = (link.callback(|_| NumberMsg::Came), link.callback(|_| NumberMsg::Left));
        let width = (!p.bare).then(|| format!("width:{}ch", text.chars().count().clamp(2, 12) + 1));
        let described = match (p.bare, invalid) {
            (false, _) => Some(format!("{0}-help {0}-problem", p.id)),
            (true, true) => Some(format!("{}-problem", p.id)),
            (true, false) => None,
        };
        html! {
            <input type="text" inputmode="decimal" autocomplete="off" spellcheck="false"
                class={classes!((!p.bare).then_some("field-number"), p.bare.then_some("bare-number"), p.class.clone())}
                id={p.id.clone()} data-testid={p.id.clone()} value={text} style={width}
                aria-label={p.bare.then(|| p.label.clone())} title={p.bare.then(|| p.label.clone())}
                aria-invalid={invalid.to_string()} aria-describedby={described}
                {oninput} {onkeydown} {onfocus} {onblur} />
        }
    }

    fn view_bare(&self, ctx: &Context<Self>) -> Html {
        let p = ctx.props();
        let problems = self.problems(ctx);
        html! {
            <>
                { self.view_text(ctx, !problems.is_empty()) }
                { (!p.unit.is_empty()).then(|| html! { <span class="field-unit">{ &p.unit }</span> }) }
                if !problems.is_empty() {
                    <span class="net-wrong" id={format!("{}-problem", p.id)} role="alert">
                        <span aria-hidden="true">{ "⚠ " }</span>{ for problems }
                    </span>
                }
            </>
        }
    }
}

impl Component for NumberField {
    type Message = NumberMsg;
    type Properties = NumberProps;

    fn create(_: &Context<Self>) -> Self {
        NumberField { typed: None, held: None, slid: None, refused: None, rest: None, own: None }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: NumberMsg) -> bool {
        match msg {
            NumberMsg::Typed(text) => {
                (self.typed, self.slid, self.rest) = (Some(text), None, None);
                if !ctx.props().bare || ctx.props().at_rest {
                    self.wait(ctx, TYPING_REST_MS);
                }
            }
            NumberMsg::Slid(position) => {
                let scale = ctx.props().scale.as_ref();
                (self.typed, self.refused) = (None, None);
                self.slid = scale.map(|s| s.value(position));
                self.wait(ctx, SLIDER_REST_MS);
            }
            NumberMsg::Next(up) => self.step(ctx, up),
            NumberMsg::Take => self.take(ctx),
            NumberMsg::Entered => self.enter(ctx),
            NumberMsg::Came => {
                self.held = ctx.props().live.then(|| Self::in_force(ctx));
                if self.refused.is_some() {
                    self.rest = None;
                }
            }
            NumberMsg::Left => self.leave(ctx),
            NumberMsg::Dropped => {
                (self.typed, self.held, self.slid, self.refused, self.rest) = (None, None, None, None, None);
            }
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &NumberProps) -> bool {
        let p = ctx.props();
        if p.live {
            return true;
        }
        // Another value from outside (undo, a link, another set) replaces what was being entered; our own coming back does
        // not, so that "0.10" is not rewritten to "0.1" under the learner's fingers.
        let own = self.own.is_some_and(|own| (own - p.value).abs() <= F32_ROUNDING * p.value.abs());
        if p.value != old.value && (self.rest.is_none() || !own) {
            (self.rest, self.slid, self.refused) = (None, None, None);
            if self.typed.as_ref().is_some_and(|text| read(text, p.limits, &p.unit) != Ok(p.value)) {
                self.typed = None;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let p = ctx.props();
        if p.bare {
            return self.view_bare(ctx);
        }
        let problems = self.problems(ctx);
        html! {
            <div class={classes!("field", (!problems.is_empty()).then_some("field-bad"))}>
                <div class="field-row">
                    <label for={p.id.clone()}>{ &p.label }</label>
                    <span class="field-value">
                        { self.view_text(ctx, !problems.is_empty()) }
                        { (!p.unit.is_empty()).then(|| html! { <span class="field-unit">{ &p.unit }</span> }) }
                    </span>
                </div>
                { p.scale.as_ref().map(|scale| self.view_slider(ctx, scale)) }
                <p class="field-help" role="tooltip" id={format!("{}-help", p.id)}>{ &p.help }</p>
                { super::words::problems(&p.id, &problems) }
            </div>
        }
    }
}
