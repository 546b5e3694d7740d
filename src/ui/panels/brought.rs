//! Announces, where the learner is, what this network brings further down: a link for each part.
//!
//! Not responsible for the parts themselves (`panels::inside::section`).

use crate::i18n::{Lang, Text, filters, guide, maps, shell, states};
use crate::spec::Experiment;
use crate::spec::views::{View, views};
use crate::ui::inside::places::Net;
use crate::ui::page;
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Announced`].
#[derive(Clone, PartialEq, Properties)]
pub struct AnnouncedProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// Language.
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn Announced(props: &AnnouncedProps) -> Html {
    let lang = props.lang;
    let parts = use_memo(Same(props.experiment.clone()), |e| {
        let drawn = Net::of(&e.0).as_ref().and_then(Net::picture).map(|_| (testid::INSIDE, guide::DRAW));
        let always =
            [(testid::PANEL_LOSS, shell::PANEL_LOSS), (testid::PANEL_GRADIENT_FLOW, shell::PANEL_GRADIENT_FLOW)];
        drawn.into_iter().chain(views(&e.0).into_iter().filter_map(part)).chain(always).collect::<Vec<_>>()
    });
    let link = |(id, name): &(&'static str, Text)| {
        let id = *id;
        let onclick = Callback::from(move |_: MouseEvent| page::point_to(id));
        html! {
            <button type="button" class="net-link" data-testid={testid::brought(id.trim_start_matches("panel-"))} {onclick}>
                { name.get(lang) }{ " ↓" }
            </button>
        }
    };
    html! { <p class="brought" data-no-export="">{ guide::BROUGHT.get(lang) }{ for parts.iter().map(link) }</p> }
}

/// The panel of a view and its title; what only comes with another one is not announced.
fn part(view: View) -> Option<(&'static str, Text)> {
    Some(match view {
        View::Filters => (testid::PANEL_FILTERS, filters::TITLE),
        View::FeatureMaps => (testid::PANEL_FEATURE_MAPS, maps::TITLE),
        View::Attention => (testid::PANEL_ATTENTION, crate::i18n::attention::TITLE),
        View::HiddenStates => (testid::PANEL_HIDDEN_STATE, states::TITLE),
        View::Latent => (testid::PANEL_LATENT, crate::i18n::coder::TITLE),
        View::Climb | View::Sandbox => return None,
    })
}
