//! The `+` between cards and its menu of layer types, each with a line that says what it does.
//!
//! Not responsible for the settings that a new layer starts with (`netmap::edits`).

use crate::i18n::{Lang, network as words};
use crate::spec::model::LAYER_TYPES;
use crate::ui::testid;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Properties of [`AddLayer`].
#[derive(Clone, PartialEq, Properties)]
pub struct AddProps {
    /// Index that the new layer would get.
    pub before: usize,
    /// Middle of the button in the strip.
    pub x: f64,
    /// Language.
    pub lang: Lang,
    /// Index and JSON type name.
    pub onadd: Callback<(usize, &'static str)>,
}

/// Width of the menu.
const MENU_W: f64 = 300.0;

/// See the module.
#[component]
pub fn AddLayer(props: &AddProps) -> Html {
    let AddProps { before, x, lang, .. } = *props;
    let open = use_state_eq(|| None::<(f64, f64, f64)>);
    let button = use_node_ref();
    let menu = use_node_ref();
    let onclick = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |_: MouseEvent| open.set(if open.is_some() { None } else { place(&button) }))
    };
    let close = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |()| {
            open.set(None);
            focus(&button);
        })
    };
    use_effect_with((open.is_some(), menu.clone()), |(open, menu)| {
        let first = menu.cast::<Element>().filter(|_| *open).and_then(|m| m.query_selector("button").ok().flatten());
        if let Some(b) = first.and_then(|b| b.dyn_into::<HtmlElement>().ok()) {
            // Focus is a courtesy: refused, the menu still works.
            let _ = b.focus();
        }
    });
    let choose = {
        let (close, onadd) = (close.clone(), props.onadd.clone());
        move |type_name: &'static str| {
            let (close, onadd) = (close.clone(), onadd.clone());
            Callback::from(move |_: MouseEvent| {
                close.emit(());
                onadd.emit((before, type_name));
            })
        }
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |e: KeyboardEvent| match e.key().as_str() {
            "Escape" | "Tab" => {
                e.prevent_default();
                close.emit(());
            }
            "ArrowDown" => walk(&e, true),
            "ArrowUp" => walk(&e, false),
            _ => {}
        })
    };
    let item = |t: &'static str| {
        let (name, help) = words::layer_type(t);
        html! {
            <button type="button" role="menuitem" onclick={choose(t)} data-testid={testid::add_type(t)}>
                <b>{ name.get(lang) }</b><span>{ help.get(lang) }</span>
            </button>
        }
    };
    html! {
        <>
            <button ref={button} type="button" class="net-add" style={format!("left:{}px", x - 11.0)} {onclick}
                aria-haspopup="menu" aria-expanded={open.is_some().to_string()}
                title={words::ADD_LAYER.get(lang)} aria-label={words::ADD_LAYER.get(lang)}
                data-testid={testid::add_layer(before)}>{ "+" }</button>
            if let Some((left, top, height)) = *open {
                <div class="net-backdrop" onclick={close.reform(|_| ())}></div>
                <div ref={menu} class="net-menu" role="menu" tabindex="-1" {onkeydown} aria-label={words::ADD_LAYER.get(lang)}
                    style={format!("left:{left}px;top:{top}px;width:{MENU_W}px;max-height:{height}px")}>
                    { for LAYER_TYPES.into_iter().map(item) }
                </div>
            }
        </>
    }
}

fn focus(node: &NodeRef) {
    if let Some(e) = node.cast::<HtmlElement>() {
        // Focus is a courtesy: refused, the page still works.
        let _ = e.focus();
    }
}

/// Left, top and greatest height of the menu in the window: under the button, pushed inside.
fn place(button: &NodeRef) -> Option<(f64, f64, f64)> {
    let r = button.cast::<Element>()?.get_bounding_client_rect();
    let window = web_sys::window()?;
    let width = window.inner_width().ok()?.as_f64()?;
    let height = window.inner_height().ok()?.as_f64()?;
    let left = (r.left() + r.width() / 2.0 - MENU_W / 2.0).clamp(8.0, (width - MENU_W - 8.0).max(8.0));
    let top = (r.bottom() + 6.0).min(height - 260.0).max(8.0);
    Some((left, top, height - top - 8.0))
}

/// Moves the focus to the entry after or before.
fn walk(e: &KeyboardEvent, down: bool) {
    e.prevent_default();
    let Some(now) = e.target_dyn_into::<Element>() else { return };
    let next = if down { now.next_element_sibling() } else { now.previous_element_sibling() };
    if let Some(b) = next.and_then(|n| n.dyn_into::<HtmlElement>().ok()) {
        // Focus is a courtesy: refused, the menu still works.
        let _ = b.focus();
    }
}
