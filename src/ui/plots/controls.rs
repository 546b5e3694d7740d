//! Small controls that plots share: a choice between a few words, a checkbox, samples of lines and points for legends.
//!
//! Not responsible for what they change.

use super::color::{self, Marker};
use yew::prelude::*;

/// A choice between a few words, `(word, test id)`, as one row of buttons.
pub fn choice(name: &str, words: &[(&'static str, &'static str)], chosen: usize, choose: Callback<usize>) -> Html {
    let button = |(i, (word, testid)): (usize, &(&'static str, &'static str))| {
        let choose = choose.clone();
        html! {
            <button type="button" data-testid={*testid} aria-pressed={(i == chosen).to_string()}
                onclick={Callback::from(move |_| choose.emit(i))}>{ *word }</button>
        }
    };
    html! {
        <span class="choice" role="group" aria-label={name.to_string()}>{ for words.iter().enumerate().map(button) }</span>
    }
}

/// A checkbox with its word and a line of explanation.
pub fn check(word: &'static str, hint: &'static str, testid: &'static str, on: bool, set: Callback<bool>) -> Html {
    let onchange = Callback::from(move |_: Event| set.emit(!on));
    html! {
        <label class="check" title={hint}>
            <input type="checkbox" checked={on} data-testid={testid} {onchange} />{ word }
        </label>
    }
}

/// A short line as it is drawn in a plot.
pub fn line_sample(color: AttrValue, dashed: bool) -> Html {
    html! {
        <svg class="line-sample" width="26" height="8" viewBox="0 0 26 8" aria-hidden="true">
            <line x1="1" y1="4" x2="25" y2="4" stroke={color} stroke-width="2" stroke-dasharray={dashed.then_some("5 4")} />
        </svg>
    }
}

/// A point as it is drawn in a plot; hollow for test points.
pub fn point_sample(form: Marker, rgb: color::Rgb, hollow: bool) -> Html {
    let corners: Vec<String> =
        form.corners().iter().map(|(x, y)| format!("{:.2},{:.2}", 7.0 + 4.0 * x, 7.0 + 4.0 * y)).collect();
    let (fill, stroke) = if hollow { ("none".to_string(), color::hex(rgb)) } else { (color::hex(rgb), "none".into()) };
    let shape = if corners.is_empty() {
        html! { <circle cx="7" cy="7" r="4" {fill} {stroke} stroke-width="1.8" /> }
    } else {
        html! { <polygon points={corners.join(" ")} {fill} {stroke} stroke-width="1.8" /> }
    };
    html! { <svg class="point-sample" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">{ shape }</svg> }
}
