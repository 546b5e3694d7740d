//! What a language model writes, while it learns: a prompt, how daring it is, and its text.
//!
//! Not responsible for drawing tokens: the worker does, and sends a new text now and then.

use crate::i18n::{Lang, Text, samples as words};
use crate::protocol::{FrameRequest, Sample, SampleRequest, Want};
use crate::ui::form::NumberField;
use crate::ui::form::scale::{Limits, Scale};
use crate::ui::hooks::use_wants;
use crate::ui::inside::tokens;
use crate::ui::panels::PanelProps;
use crate::ui::panels::attention::writing::Writing;
use crate::ui::plots::number;
use crate::ui::same::Same;
use crate::ui::testid;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Longest text that the panel asks for: it is written again and again.
const LENGTH_MAX: f64 = 1000.0;
/// Most likeliest tokens to choose from; 0 on the control stands for all.
const TOP_K_MAX: f64 = 200.0;

/// See the module.
#[component]
pub fn Samples(props: &PanelProps) -> Html {
    let (state, lang) = (&props.state, props.state.page.lang);
    let want = use_state_eq(|| SampleRequest { length: 120, temperature: 0.8, ..SampleRequest::default() });
    let node = use_node_ref();
    let loaded = &state.run.data.loaded;
    let row = state.run.data.x.get(..loaded.input.iter().product()).unwrap_or_default();
    let prompt = tokens::prompt(&state.edit.experiment, &want.prompt, &loaded.tokens, row);
    let asked = SampleRequest { prompt, ..(*want).clone() };
    use_wants(testid::PANEL_SAMPLES, &node, FrameRequest::of([Want::Sample(Box::new(asked.clone()))]));
    let set = |change: fn(&mut SampleRequest, f64)| {
        let want = want.clone();
        Callback::from(move |v: f64| {
            let mut next = (*want).clone();
            change(&mut next, v);
            want.set(next);
        })
    };
    // With every key: frames draw the field anew while it is being written in.
    let oninput = {
        let want = want.clone();
        Callback::from(move |e: InputEvent| {
            if let Some(input) = e.target_dyn_into::<HtmlInputElement>() {
                want.set(SampleRequest { prompt: input.value(), ..(*want).clone() });
            }
        })
    };
    let again = set(|w, _| w.seed = w.seed.wrapping_add(1)).reform(|_: MouseEvent| 0.0);
    let field = |part: &str, (label, help): (Text, Text), value: f64, limits: Limits, scale: Scale, onchange| {
        html! {
            <NumberField id={testid::sample(part)} {lang} label={label.get(lang)} help={help.get(lang)} {value} {limits} scale={Some(scale)} {onchange} />
        }
    };
    let linear = |min: f64, max: f64, step: f64| Scale::Linear { min, max, step };
    html! {
        <section ref={node} class="samples" data-testid={testid::PANEL_SAMPLES} aria-label={words::TITLE.get(lang)}>
            <h3>{ words::TITLE.get(lang) }</h3>
            <label class="samples-prompt">
                <span>{ words::PROMPT.get(lang) }</span>
                <input type="text" value={want.prompt.clone()} spellcheck="false" autocomplete="off" {oninput}
                    data-testid={testid::sample("prompt")} />
            </label>
            { text(state.run.frame.frame.sample(), &asked, lang) }
            <div class="fields">
                { field("temperature", words::TEMPERATURE, exact(want.temperature), Limits::real(0.0, 10.0),
                    linear(0.0, 2.0, 0.05), set(|w, v| w.temperature = v as f32)) }
                { field("top-k", words::TOP_K, want.top_k.unwrap_or(0) as f64, Limits::whole(0.0, TOP_K_MAX),
                    linear(0.0, 50.0, 1.0), set(|w, v| w.top_k = Some(v as usize).filter(|k| *k > 0))) }
                { field("top-p", words::TOP_P, want.top_p.map_or(1.0, exact), Limits::real(0.0, 1.0),
                    linear(0.0, 1.0, 0.01), set(|w, v| w.top_p = Some(v as f32).filter(|p| *p < 1.0))) }
                { field("length", words::LENGTH, want.length as f64, Limits::whole(1.0, LENGTH_MAX),
                    linear(20.0, 400.0, 20.0), set(|w, v| w.length = v as usize)) }
            </div>
            <button type="button" class="quiet small" data-testid={testid::sample("again")} onclick={again}>
                { words::AGAIN.get(lang) }
            </button>
            <Writing data={Same(state.run.data.clone())} experiment={Same(state.edit.experiment.clone())} want={asked} {lang} />
        </section>
    }
}

/// A setting as a control shows it, without `f32`'s last digits.
fn exact(v: f32) -> f64 {
    crate::ui::form::scale::exact(v)
}

/// The prompt and what was written after it, with what the vocabulary lacks.
fn text(sample: Option<&Sample>, want: &SampleRequest, lang: Lang) -> Html {
    let Some(sample) = sample else {
        return html! {<>
            <pre class="samples-text">{ words::WAITING.get(lang) }</pre>
            <p class="plot-note">{ "\u{a0}" }</p>
        </>};
    };
    let step = words::STEP.with(lang, &[("n", &number::integer(sample.step))]);
    let unknown =
        (!sample.left_out.is_empty()).then(|| words::LEFT_OUT.with(lang, &[("what", &sample.left_out.join(" "))]));
    html! {<>
        <pre class="samples-text" data-testid={testid::sample("text")}><b>{ &want.prompt }</b>{ &sample.text }</pre>
        <p class="plot-note">{ step }</p>
        { for unknown.map(|u| html! { <p class="notice-line" role="alert">{ u }</p> }) }
    </>}
}
