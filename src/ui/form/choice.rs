//! One of a few named things, and on or off.
//!
//! Not responsible for the words, which are properties.

use super::words::problems;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// One thing to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What is handed over.
    pub value: AttrValue,
    /// What is shown.
    pub label: AttrValue,
}

impl Item {
    /// An item.
    pub fn new(value: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Item {
        Item { value: value.into(), label: label.into() }
    }
}

/// Properties of [`Choice`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChoiceProps {
    /// Test id.
    pub id: AttrValue,
    /// What is chosen.
    pub label: AttrValue,
    /// One line about it, shown on focus and hover.
    #[prop_or_default]
    pub help: AttrValue,
    /// The choices.
    pub items: Vec<Item>,
    /// Value of the chosen one.
    pub value: AttrValue,
    /// What is wrong with it.
    #[prop_or_default]
    pub problems: Vec<AttrValue>,
    /// Where a new choice goes.
    pub onchange: Callback<String>,
}

/// A menu.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let node = use_node_ref();
    {
        // After every drawing: a choice that the page refused must not stay in the menu.
        let (node, value) = (node.clone(), props.value.clone());
        use_effect(move || {
            if let Some(select) = node.cast::<HtmlSelectElement>() {
                select.set_value(&value);
            }
        });
    }
    let onchange = {
        let emit = props.onchange.clone();
        Callback::from(move |e: Event| emit.emit(e.target_unchecked_into::<HtmlSelectElement>().value()))
    };
    let options = props.items.iter().map(|item| {
        html! { <option key={item.value.to_string()} value={item.value.clone()}>{ &item.label }</option> }
    });
    html! {
        <div class={classes!("field", (!props.problems.is_empty()).then_some("field-bad"))}>
            <div class="field-row">
                <label for={props.id.clone()}>{ &props.label }</label>
                <select ref={node} id={props.id.clone()} data-testid={props.id.clone()} {onchange}
                    aria-describedby={format!("{0}-help {0}-problem", props.id)}>
                    { for options }
                </select>
            </div>
            { (!props.help.is_empty()).then(|| html! {
                <p class="field-help" role="tooltip" id={format!("{}-help", props.id)}>{ &props.help }</p>
            }) }
            { problems(&props.id, &props.problems) }
        </div>
    }
}

/// Properties of [`Toggle`].
#[derive(Clone, PartialEq, Properties)]
pub struct ToggleProps {
    /// Test id.
    pub id: AttrValue,
    /// What is on or off.
    pub label: AttrValue,
    /// One line about it, shown on focus and hover.
    #[prop_or_default]
    pub help: AttrValue,
    /// Whether it is on.
    pub on: bool,
    /// What is wrong with it.
    #[prop_or_default]
    pub problems: Vec<AttrValue>,
    /// Where a change goes.
    pub onchange: Callback<bool>,
}

/// A tick box.
#[component]
pub fn Toggle(props: &ToggleProps) -> Html {
    let onchange = {
        let emit = props.onchange.clone();
        Callback::from(move |e: Event| emit.emit(e.target_unchecked_into::<HtmlInputElement>().checked()))
    };
    html! {
        <div class="field">
            <label class="field-row field-tick">
                <span>{ &props.label }</span>
                <input type="checkbox" checked={props.on} data-testid={props.id.clone()}
                    aria-describedby={format!("{0}-help {0}-problem", props.id)} {onchange} />
            </label>
            { (!props.help.is_empty()).then(|| html! {
                <p class="field-help" role="tooltip" id={format!("{}-help", props.id)}>{ &props.help }</p>
            }) }
            { problems(&props.id, &props.problems) }
        </div>
    }
}
