//! The part of the page that looks inside the network: the example, and the panels that the network brings.
//!
//! A panel is here because of what is in the network, without being asked for. Not responsible for the panels themselves.

use super::example::{ExampleChooser, InsideProps};
use crate::i18n::inside as words;
use crate::spec::views::views;
use crate::ui::inside::places::Net;
use crate::ui::names;
use crate::ui::panels::PanelProps;
use crate::ui::panels::registry::{Column, Shows, column};
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// See the module. Nothing at all where the network brings no panel.
#[component]
pub fn Inside(props: &PanelProps) -> Html {
    let (state, lang) = (Same(props.state.clone()), props.state.page.lang);
    // The network that made sense last, while other settings are being typed.
    let last = use_mut_ref(|| None::<Rc<Net>>);
    let net = use_memo((Same(state.edit.experiment.clone()), lang), |(e, lang)| {
        let named = |net: Net| Net { data: names::named(net.data, &e.0.data.set, *lang), ..net };
        let net = Net::of(&e.0).map(named).map(Rc::new).or_else(|| last.borrow().clone());
        last.borrow_mut().clone_from(&net);
        net
    });
    let Some(net) = net.as_ref().clone() else { return Html::default() };
    let brought =
        views(&state.edit.experiment).into_iter().flat_map(|view| column(Column::Inside(view))).collect::<Vec<_>>();
    // A picture can be drawn by hand whatever the network is made of.
    if brought.is_empty() && net.picture().is_none() {
        return Html::default();
    }
    let net = Same(net);
    let inside = InsideProps { state, net, emit: props.emit.clone() };
    let panels = brought.into_iter().map(|entry| match entry.shows {
        Shows::Inside(view) => html! { <key={entry.id}>{ view(inside.clone()) }</> },
        Shows::Page(view) => html! { <key={entry.id}>{ view(props.clone()) }</> },
    });
    html! {
        <section class="inside" data-testid={testid::INSIDE} aria-labelledby="inside-title">
            <div class="inside-head">
                <h2 id="inside-title">{ words::TITLE.get(lang) }</h2>
                <ExampleChooser ..inside.clone() />
            </div>
            <div class="inside-panels">
                { for panels }
            </div>
        </section>
    }
}
