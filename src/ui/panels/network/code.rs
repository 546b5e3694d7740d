//! The experiment as code for PyTorch or Keras, in step with the cards: the layer under the pointer is lit in both.
//!
//! Not responsible for the code (`export`).

use crate::export::{Format, Line, Names, keras, pytorch};
use crate::i18n::{Lang, export as words};
use crate::spec::Experiment;
use crate::ui::exports::{Exports, library};
use crate::ui::notices::found;
use crate::ui::same::Same;
use crate::ui::{page, testid};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Properties of [`Code`].
#[derive(Clone, PartialEq, Properties)]
pub struct CodeProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// Index of the layer under the pointer.
    pub lit: Option<usize>,
    /// Language.
    pub lang: Lang,
    /// Says which layer is under the pointer.
    pub onlight: Callback<Option<usize>>,
}

/// See the module.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let CodeProps { experiment, lit, lang, onlight } = props;
    let lang = *lang;
    let format = use_state_eq(|| Format::Pytorch);
    let script = use_memo((Same(experiment.clone()), *format), |(e, format)| match format {
        Format::Keras => keras::script(&e.0),
        Format::Pytorch | Format::Onnx => pytorch::script(&e.0),
    });
    let copied = use_state_eq(|| None::<(Rc<Experiment>, Format)>);
    let node = use_node_ref();
    {
        // What is lit from the cards comes into view; at first the network, not the imports.
        let node = node.clone();
        use_effect_with((*lit, *format), move |_| {
            // Nothing to show is nothing to do.
            let _ = show(&node);
        });
    }
    let choose = {
        let format = format.setter();
        Callback::from(move |f| format.set(f))
    };
    let choice = library(lang, *format, choose);
    let script = match script.as_ref() {
        Ok(script) => script,
        Err(problems) => {
            return html! {
                <div class="net-code">
                    { choice }
                    <div data-testid={testid::MODEL_CODE}><p>{ words::NONE.get(lang) }</p>{ found(lang, problems) }</div>
                </div>
            };
        }
    };
    let copy = {
        let (text, set, copied) = (script.text(), copied.setter(), (experiment.clone(), *format));
        Callback::from(move |_: MouseEvent| {
            page::copy(&text);
            set.set(Some(copied.clone()));
        })
    };
    let word = if copied.as_ref().is_some_and(|(e, f)| e == experiment && *f == *format) {
        words::COPIED
    } else {
        words::COPY
    };
    let leave = onlight.reform(|_: PointerEvent| None);
    let (names, in_keras) = (Names::of(experiment), *format == Format::Keras);
    let trained = if in_keras { names.keras_trained() } else { names.trained() };
    let how = if in_keras { words::GO_ON_KERAS } else { words::GO_ON_HOW };
    html! {
        <div class="net-code">
            { choice }
            <button type="button" class="button net-copy" data-testid={testid::COPY_CODE} onclick={copy} aria-live="polite">{ word.get(lang) }</button>
            <pre ref={node} data-testid={testid::MODEL_CODE} tabindex="0" role="region" aria-label={words::CODE.get(lang)} onpointerleave={leave}>
                { for parts(&script.lines).map(|(layer, text)| part(layer, text, *lit, onlight)) }
            </pre>
            <div class="net-go-on" data-testid={testid::GO_ON}>
                <h3>{ words::GO_ON.with(lang, &[("name", format.name())]) }</h3>
                <p>{ how.get(lang) }</p>
                <p>{ words::COME_BACK.with(lang, &[("file", &trained)]) }</p>
                <Exports key={format.name()} {lang} disabled=false format={*format} />
            </div>
        </div>
    }
}

/// Scrolls the lit lines, or else the first layer's, into view.
fn show(node: &NodeRef) -> Option<()> {
    let pre = node.cast::<HtmlElement>()?;
    let lit = pre.query_selector(".lit").ok()?;
    let first = || pre.query_selector("[data-layer]").ok()?.filter(|_| pre.scroll_top() == 0);
    let line = lit.or_else(first)?.dyn_into::<HtmlElement>().ok()?;
    let (top, from) = (line.offset_top() - pre.offset_top(), pre.scroll_top());
    if top < from || top + line.offset_height().min(40) > from + pre.client_height() {
        pre.set_scroll_top(top - 48);
    }
    Some(())
}

/// Neighbouring lines of one layer, as one text.
fn parts(lines: &[Line]) -> impl Iterator<Item = (Option<usize>, String)> {
    lines.chunk_by(|a, b| a.layer == b.layer).map(|lines| {
        let text = lines.iter().map(|l| format!("{}\n", l.text)).collect();
        (lines[0].layer, text)
    })
}

fn part(layer: Option<usize>, text: String, lit: Option<usize>, onlight: &Callback<Option<usize>>) -> Html {
    let enter = onlight.reform(move |_: PointerEvent| layer);
    let class = (layer.is_some() && layer == lit).then_some("lit");
    html! { <span {class} data-layer={layer.map(|l| l.to_string())} onpointerenter={enter}>{ text }</span> }
}
