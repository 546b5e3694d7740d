//! What stands at the right of every panel's heading: what it shows in two sentences, large, as PNG, as SVG.
//!
//! Not responsible for the panel's own controls, nor for how a picture is made (`export.rs`).

use super::export::Picture;
use crate::i18n::{Lang, panel as words, shell};
use crate::ui::parts::tools::files;
use crate::ui::testid;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

/// Properties of [`Tools`].
#[derive(Clone, PartialEq, Properties)]
pub struct ToolsProps {
    /// The panel's test id.
    pub id: AttrValue,
    /// Language.
    pub lang: Lang,
    /// The panel.
    pub node: NodeRef,
    /// Whether there is an explanation, and whether it can be read now.
    pub explained: Option<bool>,
    /// Shows or hides it.
    pub onexplain: Callback<()>,
    /// Whether the panel can fill the window, and whether it does.
    pub large: Option<bool>,
    /// Makes it fill the window, or not.
    pub onlarge: Callback<bool>,
    /// Whether it can be saved as a picture.
    pub export: bool,
}

/// See the module.
#[component]
pub fn Tools(props: &ToolsProps) -> Html {
    let ToolsProps { id, lang, node, explained, large, .. } = props;
    let button = |tool: &str, sign: Html, name: &'static str, pressed: Option<bool>, onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" class={classes!("quiet", "panel-tool", pressed.map(|_| "sign"))} data-testid={testid::panel_tool(id, tool)} title={name}
                aria-label={name} aria-pressed={pressed.map(|p| p.to_string())} {onclick}>{ sign }</button>
        }
    };
    let explain = explained.map(|open| {
        html! {
            <button type="button" class="quiet panel-tool sign" data-testid={testid::panel_tool(id, "what")}
                title={words::WHAT.get(*lang)} aria-label={words::WHAT.get(*lang)} aria-expanded={open.to_string()}
                aria-controls={format!("{id}-about")} onclick={props.onexplain.reform(|_: MouseEvent| ())}>{ "?" }</button>
        }
    });
    let lacking = use_state_eq(|| false);
    let save = |how: Picture| {
        let (node, id, lacking) = (node.clone(), id.clone(), lacking.setter());
        Callback::from(move |_: MouseEvent| {
            if let Some(panel) = node.cast::<Element>() {
                let name = format!("gradarium-{}", id.trim_start_matches("panel-"));
                let lacking = lacking.clone();
                spawn_local(async move {
                    let part = files().await;
                    lacking.set(part.is_err());
                    part.into_iter().for_each(|part| (part.picture)(&panel, &name, how));
                });
            }
        })
    };
    html! {
        <span class="panel-tools">
            if *lacking { <span role="alert">{ shell::PART_FAILED.get(*lang) }</span> }
            { for explain }
            if props.export {
                { button("png", html! { "PNG" }, words::PNG.get(*lang), None, save(Picture::Png)) }
                { button("svg", html! { "SVG" }, words::SVG.get(*lang), None, save(Picture::Svg)) }
            }
            if let Some(on) = *large {
                { button("enlarge", html! { if on { { "✕" } } else { { "⤢" } } },
                    if on { words::SMALL } else { words::ENLARGE }.get(*lang), Some(on), props.onlarge.reform(move |_| !on)) }
            }
        </span>
    }
}
