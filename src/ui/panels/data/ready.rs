//! The choice of a ready experiment: data, network and training at once.
//!
//! Not responsible for what they are (`spec::preset::ready`).

use crate::i18n::{Lang, presets as words};
use crate::spec::Experiment;
use crate::spec::preset::ready::{self, Group};
use crate::ui::form::Same;
use crate::ui::state::Msg;
use crate::ui::testid;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of [`ReadyChoice`].
#[derive(Clone, PartialEq, Properties)]
pub struct ReadyProps {
    /// Language.
    pub lang: Lang,
    /// What the learner edits.
    pub experiment: Same<Experiment>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// See the module.
#[component]
pub fn ReadyChoice(props: &ReadyProps) -> Html {
    let lang = props.lang;
    let node = use_node_ref();
    // The one in force, as long as nothing of it has been changed.
    let chosen =
        use_memo(props.experiment.clone(), |e| ready::all().iter().find(|r| r.is(&e.0)).map_or("", |r| r.name));
    {
        let (node, value) = (node.clone(), *chosen);
        use_effect(move || {
            if let Some(select) = node.cast::<HtmlSelectElement>() {
                select.set_value(value);
            }
        });
    }
    let emit = props.emit.clone();
    let onchange = Callback::from(move |e: Event| {
        let name = e.target_unchecked_into::<HtmlSelectElement>().value();
        if let Some(experiment) = ready::find(&name).and_then(ready::Ready::experiment) {
            emit.emit(Msg::Open(Box::new(experiment)));
        }
    });
    let groups = Group::ALL.iter().map(|group| {
        let members = ready::all().iter().filter(|r| r.group == *group);
        let option = |r: &ready::Ready| {
            html! { <option key={r.name} value={r.name}>{ words::preset_text(r.name).map_or(r.name, |t| t.get(lang)) }</option> }
        };
        html! { <optgroup label={words::group_text(group.name()).get(lang)}>{ for members.map(option) }</optgroup> }
    });
    html! {
        <div class="field ready">
            <div class="field-row">
                <label for={testid::READY}>{ words::READY.get(lang) }</label>
                <select ref={node} id={testid::READY} data-testid={testid::READY} {onchange} aria-describedby="ready-help">
                    <option value="">{ words::CHOOSE.get(lang) }</option>
                    { for groups }
                </select>
            </div>
            <p class="field-help" role="tooltip" id="ready-help">{ words::READY_HELP.get(lang) }</p>
        </div>
    }
}
