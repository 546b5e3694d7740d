//! The list of keys, and how the network is written as text: a dialog behind `?`.
//!
//! Not responsible for what keys do (`ui::keys`).

use super::testid;
use crate::i18n::{Lang, guide as words};
use std::cell::RefCell;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

thread_local! {
    /// The dialog, for the key and the button that open it.
    static DIALOG: RefCell<NodeRef> = RefCell::new(NodeRef::default());
}

/// Opens the list.
pub fn open() {
    let dialog = DIALOG.with(|d| d.borrow().cast::<HtmlDialogElement>());
    if let Some(dialog) = dialog.filter(|d| !d.open()) {
        // Fails only for a dialog that is open already.
        let _ = dialog.show_modal();
    }
}

/// Properties of [`Help`].
#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    /// Language.
    pub lang: Lang,
}

/// See the module. Closed, it takes no room.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let lang = props.lang;
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| _ = DIALOG.with(|d| d.replace(node)));
    }
    let close = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    html! {
        <dialog ref={node} class="sheet help" data-testid={testid::HELP_DIALOG} aria-labelledby="help-title">
            <header>
                <h2 id="help-title">{ words::HELP.get(lang) }</h2>
                <button type="button" class="quiet" data-testid={testid::HELP_CLOSE} aria-label={words::CLOSE.get(lang)}
                    title={words::CLOSE.get(lang)} onclick={close}>{ "×" }</button>
            </header>
            <div class="help-parts">
                <section>
                    <h3>{ words::KEYS_HEAD.get(lang) }</h3>
                    <dl>
                        { for words::KEYS.iter().map(|(key, does)| html! { <><dt><kbd>{ *key }</kbd></dt><dd>{ does.get(lang) }</dd></> }) }
                    </dl>
                </section>
                <section>
                    <h3>{ words::SYNTAX_HEAD.get(lang) }</h3>
                    <p>{ words::SYNTAX.get(lang) }</p>
                    <ul>
                        { for words::TEXT_EXAMPLES.iter().map(|(example, is)| html! { <li><code>{ *example }</code><span>{ is.get(lang) }</span></li> }) }
                    </ul>
                </section>
            </div>
        </dialog>
    }
}
