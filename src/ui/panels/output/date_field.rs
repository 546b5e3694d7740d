//! A field for a day, shown and typed as the table writes its dates.
//!
//! What is no date is said under the field, and the day in force stays. Not responsible for reading dates
//! (`ui::inside::own_row`).

use crate::i18n::{Lang, truth as words};
use crate::ui::form::problems;
use crate::ui::hooks::use_typed;
use crate::ui::inside::own_row::DateStyle;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`DateField`].
#[derive(Clone, PartialEq, Properties)]
pub struct DateProps {
    /// Test id of the field.
    pub id: AttrValue,
    /// Language.
    pub lang: Lang,
    /// Name of the column.
    pub label: AttrValue,
    /// How the table writes dates.
    pub style: DateStyle,
    /// Days since 1 January 1970.
    pub value: f64,
    /// Where another day goes.
    pub onchange: Callback<f64>,
}

/// See the module.
#[component]
pub fn DateField(props: &DateProps) -> Html {
    let in_force = props.style.write(props.value);
    let typed = {
        let (style, onchange) = (props.style.clone(), props.onchange.clone());
        let take = move |text: String| style.read(&text).into_iter().for_each(|day| onchange.emit(day));
        use_typed(&in_force, Callback::from(take))
    };
    let value = typed.text().to_owned();
    let wrong = props.style.read(&value).is_none();
    let said: Vec<AttrValue> =
        wrong.then(|| words::NOT_A_DATE.with(props.lang, &[("example", &in_force)]).into()).into_iter().collect();
    // Half a year is a date too, so a day is taken when the field is left or at Enter, not while it is typed.
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |e: InputEvent| typed.put(e.target_unchecked_into::<HtmlInputElement>().value(), None))
    };
    let onchange = {
        let style = props.style.clone();
        Callback::from(move |e: Event| {
            let text = e.target_unchecked_into::<HtmlInputElement>().value();
            let rest = style.read(&text).map(|_| 0);
            typed.put(text, rest);
        })
    };
    let id = props.id.clone();
    html! {
        <div class={classes!("field", wrong.then_some("field-bad"))}>
            <div class="field-row">
                <label for={id.clone()}>{ &props.label }</label>
                <input type="text" id={id.clone()} data-testid={id.clone()} autocomplete="off" spellcheck="false" maxlength="40"
                    {value} aria-invalid={wrong.to_string()} aria-describedby={format!("{id}-problem")} {oninput} {onchange} />
            </div>
            { problems(&id, &said) }
        </div>
    }
}
