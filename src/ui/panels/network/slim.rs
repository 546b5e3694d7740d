//! The card of a layer whose column is narrow: its name and size, written upwards. The whole of it opens its settings.
//!
//! Not responsible for the settings (`settings.rs`) nor for columns that have room for a card (`card.rs`).

use super::card::{Trouble, view_trouble};
use crate::i18n::{Lang, network as words};
use crate::spec::shape::{LayerInfo, show};
use crate::spec::{Layer, LayerKind};
use crate::ui::state::Msg;
use crate::ui::testid;
use yew::prelude::*;

/// Narrower columns have no room for letters.
const LETTERS_FROM: f64 = 9.5;
/// And for a second line.
const TWO_FROM: f64 = 34.0;
/// Columns of at least this width have room for most names as they are usually written.
const FLAT_FROM: f64 = 72.0;

/// Properties of [`SlimCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct SlimProps {
    /// Index of the layer.
    pub at: usize,
    /// Number of layers.
    pub count: usize,
    /// The layer.
    pub layer: Layer,
    /// What follows for it.
    pub info: LayerInfo,
    /// Left edge and width in the strip.
    pub place: (f64, f64),
    /// Whether its settings are open.
    pub open: bool,
    /// What is wrong.
    pub troubles: Vec<Trouble>,
    /// Language.
    pub lang: Lang,
    /// Where edits go.
    pub emit: Callback<Msg>,
    /// Opens or closes the settings.
    pub onopen: Callback<usize>,
}

/// See the module.
#[component]
pub fn SlimCard(props: &SlimProps) -> Html {
    let SlimProps { at, layer, info, lang, open, .. } = props;
    let last = at + 1 == props.count && matches!(layer.kind, LayerKind::Dense(_));
    let (plain, help) = words::layer_type(layer.kind.type_name());
    let name = if last { words::OUTPUT.get(*lang) } else { plain.get(*lang) };
    let size = info.output.last().map(ToString::to_string).unwrap_or_default();
    let said = format!("{} {name} {size}", at + 1);
    let title = format!("{said} → {} — {}", show(&info.output), help.get(*lang));
    let toggle = {
        let (onopen, at) = (props.onopen.clone(), *at);
        Callback::from(move |_: MouseEvent| onopen.emit(at))
    };
    let (x, w) = props.place;
    let flat = w >= FLAT_FROM;
    let troubled = (!props.troubles.is_empty()).then_some("net-troubled");
    let class = classes!("net-card", open.then_some("net-open"), troubled);
    html! {
        <div {class} style={format!("left:{x}px;width:{w}px")} data-testid={testid::layer_card(*at)} role="group"
            aria-label={said.clone()}>
            <button type="button" class={if flat { "net-flat" } else { "net-upright" }} aria-expanded={open.to_string()} onclick={toggle} {title}
                aria-label={words::SETTINGS.with(*lang, &[("name", &said)])} data-testid={testid::layer_control(*at, "settings")}>
                if flat {
                    <b>{ name }</b><span>{ format!("→ {}", show(&info.output)) }</span>
                } else if w >= LETTERS_FROM {
                    <span><b>{ name }</b>if w >= TWO_FROM { <br />{ size } }</span>
                }
            </button>
            <>{ for props.troubles.iter().map(|t| view_trouble(t, &props.emit)) }</>
        </div>
    }
}
