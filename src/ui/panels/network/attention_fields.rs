//! The settings of slices, embeddings, positions, attention and transformer blocks on their opened card.
//!
//! Not responsible for the numbers in a card's header (`card.rs`).

use super::field::NumberField;
use crate::i18n::network as words;
use crate::i18n::{Lang, Text};
use crate::spec::LayerKind;
use crate::spec::model::UNITS_MAX;
use crate::spec::model::{Attention, AttentionKind, NormPlace, PositionKind, Positional, Slice, TransformerBlock};
use crate::ui::testid;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Where the fields stand and what they change.
pub struct Place<'a> {
    /// Index of the layer.
    pub at: usize,
    /// Language.
    pub lang: Lang,
    /// Takes the changed layer.
    pub set: &'a Callback<LayerKind>,
}

impl Place<'_> {
    /// A choice among a few words: `(JSON name, shown)`.
    fn select(
        &self,
        field: &str,
        label: Text,
        chosen: &str,
        all: &[(&'static str, Text)],
        onpick: impl Fn(&str) -> Option<LayerKind> + 'static,
    ) -> Html {
        let set = self.set.clone();
        let onchange = Callback::from(move |e: Event| {
            let value = e.target_dyn_into::<HtmlSelectElement>().map(|s| s.value());
            if let Some(kind) = value.and_then(|v| onpick(&v)) {
                set.emit(kind);
            }
        });
        let option = |(name, text): &(&'static str, Text)| {
            html! { <option value={*name} selected={*name == chosen}>{ text.get(self.lang) }</option> }
        };
        html! {
            <label class="net-field">
                <span>{ label.get(self.lang) }</span>
                <select {onchange} data-testid={testid::layer_control(self.at, field)}>{ for all.iter().map(option) }</select>
            </label>
        }
    }

    fn number(
        &self,
        field: &str,
        label: Text,
        value: f64,
        (min, max, step): (f64, f64, f64),
        change: impl Fn(f64) -> LayerKind + 'static,
    ) -> Html {
        let (label, lang) = (label.get(self.lang), self.lang);
        html! {
            <label class="net-field">
                <span>{ label }</span>
                <NumberField {value} {min} {max} {step} {label} {lang} onchange={self.set.reform(change)}
                    testid={testid::layer_control(self.at, field)} />
            </label>
        }
    }

    fn mask(&self, on: bool, change: impl Fn(bool) -> LayerKind + 'static) -> Html {
        let set = self.set.clone();
        let onchange = Callback::from(move |e: Event| {
            if let Some(input) = e.target_dyn_into::<HtmlInputElement>() {
                set.emit(change(input.checked()));
            }
        });
        let help = words::MASK_PADDING_HELP.get(self.lang);
        html! {
            <label class="net-check" title={help}>
                <input type="checkbox" checked={on} {onchange} data-testid={testid::layer_control(self.at, "mask-padding")} />
                { words::MASK_PADDING.get(self.lang) }<small>{ help }</small>
            </label>
        }
    }

    fn causal(&self, causal: Option<bool>, change: impl Fn(Option<bool>) -> LayerKind + 'static) -> Html {
        let all = [("auto", words::CAUSAL_AUTO), ("yes", words::CAUSAL_YES), ("no", words::CAUSAL_NO)];
        let chosen = causal.map_or("auto", |c| if c { "yes" } else { "no" });
        self.select("causal", words::CAUSAL, chosen, &all, move |v| Some(change((v != "auto").then_some(v == "yes"))))
    }
}

/// Which places are kept.
pub fn slice(place: &Place, s: &Slice) -> Html {
    let (start, length) = (s.start, s.length);
    let (max, whole) = (UNITS_MAX as f64, |v: f64| v.max(0.0).round() as usize);
    html! {
        <>
            <p class="net-formula">{ format!("y = x[{start}:{}]", start.saturating_add(length)) }</p>
            { place.number("start", words::SLICE_START, start as f64, (0.0, max, 1.0), move |v| {
                LayerKind::Slice(Slice { start: whole(v), length })
            }) }
            { place.number("length", words::SLICE_LENGTH, length as f64, (1.0, max, 1.0), move |v| {
                LayerKind::Slice(Slice { start, length: whole(v) })
            }) }
        </>
    }
}

/// How places are told apart.
pub fn positional(place: &Place, p: &Positional) -> Html {
    let all = [
        (PositionKind::Learned.name(), words::POSITION_LEARNED),
        (PositionKind::Sinusoidal.name(), words::POSITION_SINUSOIDAL),
        (PositionKind::Rotary.name(), words::POSITION_ROTARY),
    ];
    place.select("kind", words::POSITION_KIND, p.kind.name(), &all, |v| {
        let kind = PositionKind::ALL.into_iter().find(|k| k.name() == v)?;
        Some(LayerKind::Positional(Positional { kind }))
    })
}

/// Scores and mask.
pub fn attention(place: &Place, a: &Attention) -> Html {
    let all = [
        (AttentionKind::ScaledDot.name(), words::SCORES_DOT),
        (AttentionKind::Additive.name(), words::SCORES_ADDITIVE),
    ];
    let (with_kind, with_causal) = (a.clone(), a.clone());
    let kind = place.select("kind", words::SCORES, a.kind.name(), &all, move |v| {
        let kind = AttentionKind::ALL.into_iter().find(|k| k.name() == v)?;
        Some(LayerKind::Attention(Attention { kind, ..with_kind.clone() }))
    });
    let causal =
        place.causal(a.causal, move |causal| LayerKind::Attention(Attention { causal, ..with_causal.clone() }));
    let with_mask = a.clone();
    let mask = place.mask(a.mask_padding, move |mask_padding| {
        LayerKind::Attention(Attention { mask_padding, ..with_mask.clone() })
    });
    let formula = match a.kind {
        AttentionKind::ScaledDot => "softmax(Q Kᵀ / √d) V",
        AttentionKind::Additive => "softmax(vᵀ tanh(Q + K)) V",
    };
    html! { <><p class="net-formula">{ formula }</p>{ kind }{ causal }{ mask }</> }
}

/// Perceptron, norms, mask, dropout.
pub fn block(place: &Place, t: &TransformerBlock) -> Html {
    let with = |change: fn(&mut TransformerBlock, f64)| {
        let t = t.clone();
        move |v: f64| {
            let mut t = t.clone();
            change(&mut t, v);
            LayerKind::TransformerBlock(t)
        }
    };
    let all = [(NormPlace::Pre.name(), words::NORM_PRE), (NormPlace::Post.name(), words::NORM_POST)];
    let (with_norm, with_causal) = (t.clone(), t.clone());
    let norm = place.select("norm", words::NORM_PLACE, t.norm.name(), &all, move |v| {
        let norm = NormPlace::ALL.into_iter().find(|n| n.name() == v)?;
        Some(LayerKind::TransformerBlock(TransformerBlock { norm, ..with_norm.clone() }))
    });
    let with_mask = t.clone();
    let ratio = with(|t, v| t.mlp_ratio = v.max(0.0).round() as usize);
    // Two digits: 0.15 typed is not f32's 0.15000001.
    let dropout = with(|t, v| t.dropout = (v * 100.0).round() as f32 / 100.0);
    let formula = match t.norm {
        NormPlace::Pre => "h = x + attention(norm(x)), y = h + mlp(norm(h))",
        NormPlace::Post => "h = norm(x + attention(x)), y = norm(h + mlp(h))",
    };
    html! {
        <>
            <p class="net-formula">{ formula }</p>
            { place.number("mlp-ratio", words::MLP_RATIO, t.mlp_ratio as f64, (1.0, 64.0, 1.0), ratio) }
            { norm }
            { place.causal(t.causal, move |causal| {
                LayerKind::TransformerBlock(TransformerBlock { causal, ..with_causal.clone() })
            }) }
            { place.mask(t.mask_padding, move |mask_padding| {
                LayerKind::TransformerBlock(TransformerBlock { mask_padding, ..with_mask.clone() })
            }) }
            { place.number("dropout", words::RATE, f64::from(t.dropout), (0.0, 0.99, 0.05), dropout) }
        </>
    }
}
