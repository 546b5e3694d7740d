//! What stands at the right of every panel's heading: what it shows in two sentences, large, as PNG, as SVG.
//!
//! Not responsible for the panel's own controls, nor for how a picture is made (`export.rs`).

use super::export;
use crate::i18n::{Lang, panel as words};
use crate::ui::testid;
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
    let save = |how: fn(&Element, &str)| {
        let (node, id) = (node.clone(), id.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(panel) = node.cast::<Element>() {
                how(&panel, &format!("gradarium-{}", id.trim_start_matches("panel-")));
            }
        })
    };
    html! {
        <span class="panel-tools">
            { for explain }
            if props.export {
                { button("png", html! { "PNG" }, words::PNG.get(*lang), None, save(export::save_png)) }
                { button("svg", html! { "SVG" }, words::SVG.get(*lang), None, save(export::save_svg)) }
            }
            if let Some(on) = *large {
                { button("enlarge", html! { if on { { "✕" } } else { { "⤢" } } },
                    if on { words::SMALL } else { words::ENLARGE }.get(*lang), Some(on), props.onlarge.reform(move |_| !on)) }
            }
        </span>
    }
}
