//! A number: typed, or moved on a slider.
//!
//! What is typed stays as it is typed until it is left; what cannot be read or lies outside the limits is said under the
//! field and handed to nobody. Not responsible for the words, which are properties.

use super::scale::{Limits, Scale, read, show};
use super::words::say;
use crate::i18n::Lang;
use crate::spec::Problem;
use gloo::timers::callback::Timeout;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Rest after a slider's move before its value is taken: long enough not to restart a run at every pixel.
const SLIDER_REST_MS: u32 = 150;
/// Rest after a key before what was typed is taken; leaving the field or Enter takes it at once.
const TYPING_REST_MS: u32 = 500;
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
    pub help: AttrValue,
    /// The value in force.
    pub value: f64,
    /// What may be typed.
    pub limits: Limits,
    /// Positions of the slider; none: only typed.
    #[prop_or_default]
    pub scale: Option<Scale>,
    /// Shown after the number.
    #[prop_or_default]
    pub unit: AttrValue,
    /// What is wrong with the value in force.
    #[prop_or_default]
    pub problems: Vec<AttrValue>,
    /// Where a new value goes.
    pub onchange: Callback<f64>,
}

/// What happens to the field.
pub enum NumberMsg {
    /// A key changed the text.
    Typed(String),
    /// The slider was moved.
    Slid(u32),
    /// It is time to take what is there.
    Take,
    /// The field was left.
    Left,
}

/// See the module.
pub struct NumberField {
    /// What was typed and not left yet, or cannot be read.
    typed: Option<String>,
    /// Where the slider stands until the page has taken it over.
    slid: Option<f64>,
    problem: Option<Problem>,
    rest: Option<Timeout>,
    /// What the page was given last.
    own: Option<f64>,
}

impl NumberField {
    /// The value that the field shows, if it can be read.
    fn read(&self, ctx: &Context<Self>) -> Result<f64, Problem> {
        match (&self.typed, self.slid) {
            (Some(text), _) => read(text, ctx.props().limits),
            (None, Some(value)) => Ok(value),
            (None, None) => Ok(ctx.props().value),
        }
    }

    fn take(&mut self, ctx: &Context<Self>) {
        self.rest = None;
        match self.read(ctx) {
            Ok(value) => {
                self.problem = None;
                if value != ctx.props().value {
                    self.own = Some(value);
                    ctx.props().onchange.emit(value);
                }
            }
            Err(problem) => self.problem = Some(problem),
        }
    }

    fn wait(&mut self, ctx: &Context<Self>, ms: u32) {
        let link = ctx.link().clone();
        self.rest = Some(Timeout::new(ms, move || link.send_message(NumberMsg::Take)));
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

    fn view_text(&self, ctx: &Context<Self>) -> Html {
        let p = ctx.props();
        let text = self.typed.clone().unwrap_or_else(|| show(self.slid.unwrap_or(p.value)));
        let oninput = ctx
            .link()
            .callback(|e: InputEvent| NumberMsg::Typed(e.target_unchecked_into::<HtmlInputElement>().value()));
        let onkeydown = ctx.link().batch_callback(|e: KeyboardEvent| (e.key() == "Enter").then_some(NumberMsg::Take));
        let onblur = ctx.link().callback(|_| NumberMsg::Left);
        let invalid = self.problem.is_some() || !p.problems.is_empty();
        let width = format!("width:{}ch", text.chars().count().clamp(2, 12) + 1);
        html! {
            <span class="field-value">
                <input type="text" inputmode="decimal" autocomplete="off" spellcheck="false" class="field-number"
                    id={p.id.clone()} data-testid={p.id.clone()} value={text} style={width}
                    aria-invalid={invalid.to_string()} aria-describedby={format!("{0}-help {0}-problem", p.id)}
                    {oninput} {onkeydown} {onblur} />
                { (!p.unit.is_empty()).then(|| html! { <span class="field-unit">{ &p.unit }</span> }) }
            </span>
        }
    }
}

impl Component for NumberField {
    type Message = NumberMsg;
    type Properties = NumberProps;

    fn create(_: &Context<Self>) -> Self {
        NumberField { typed: None, slid: None, problem: None, rest: None, own: None }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: NumberMsg) -> bool {
        match msg {
            NumberMsg::Typed(text) => {
                (self.typed, self.slid) = (Some(text), None);
                self.wait(ctx, TYPING_REST_MS);
            }
            NumberMsg::Slid(position) => {
                let scale = ctx.props().scale.as_ref();
                (self.typed, self.slid) = (None, scale.map(|s| s.value(position)));
                self.wait(ctx, SLIDER_REST_MS);
            }
            NumberMsg::Take => self.take(ctx),
            NumberMsg::Left => {
                self.take(ctx);
                if self.problem.is_none() {
                    // Until the page has taken the value over, it is shown as if slid there.
                    self.slid = self.read(ctx).ok();
                    self.typed = None;
                }
            }
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &NumberProps) -> bool {
        let value = ctx.props().value;
        // Another value from outside (undo, a link, another set) replaces what was being entered; our own coming back does
        // not, so that "0.10" is not rewritten to "0.1" under the learner's fingers.
        let own = self.own.is_some_and(|own| (own - value).abs() <= F32_ROUNDING * value.abs());
        if value != old.value && (self.rest.is_none() || !own) {
            (self.rest, self.slid) = (None, None);
            if self.read(ctx) != Ok(value) {
                (self.typed, self.problem) = (None, None);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let p = ctx.props();
        let own = self.problem.as_ref().map(|problem| AttrValue::from(say(problem, p.lang)));
        let problems: Vec<AttrValue> = if own.is_some() { own.into_iter().collect() } else { p.problems.clone() };
        html! {
            <div class={classes!("field", (!problems.is_empty()).then_some("field-bad"))}>
                <div class="field-row">
                    <label for={p.id.clone()}>{ &p.label }</label>
                    { self.view_text(ctx) }
                </div>
                { p.scale.as_ref().map(|scale| self.view_slider(ctx, scale)) }
                <p class="field-help" role="tooltip" id={format!("{}-help", p.id)}>{ &p.help }</p>
                { super::words::problems(&p.id, &problems) }
            </div>
        }
    }
}
