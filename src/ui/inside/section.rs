//! The part of the page that looks inside the network: the example, and the panels that the network brings.
//!
//! A panel is here because of what is in the network, without being asked for. Not responsible for the panels themselves.

use super::example::ExampleChooser;
use super::places::{Brought, Net};
use crate::i18n::inside as words;
use crate::ui::form::Same;
use crate::ui::panels::PanelProps;
use crate::ui::panels::attention::AttentionPanel;
use crate::ui::panels::climb::ClimbPanel;
use crate::ui::panels::feature_maps::FeatureMapsPanel;
use crate::ui::panels::filters::FiltersPanel;
use crate::ui::panels::hidden_state::HiddenStatePanel;
use crate::ui::panels::sandbox::SandboxPanel;
use crate::ui::plots::canvas::ByPtr;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// See the module. Nothing at all where the network brings no panel.
#[component]
pub fn Inside(props: &PanelProps) -> Html {
    let (state, lang) = (Same(props.state.clone()), props.state.lang);
    // The network that made sense last, while other settings are being typed.
    let last = use_mut_ref(|| None::<Rc<Net>>);
    let net = use_memo(ByPtr(state.experiment.clone()), |e| {
        let net = Net::of(&e.0).map(Rc::new).or_else(|| last.borrow().clone());
        last.borrow_mut().clone_from(&net);
        net
    });
    let Some(net) = net.as_ref().clone() else { return Html::default() };
    let brings = net.brings();
    if brings.is_empty() {
        return Html::default();
    }
    let net = Same(net);
    let has = |b: Brought| brings.contains(&b);
    html! {
        <section class="inside" data-testid={testid::INSIDE} aria-labelledby="inside-title">
            <div class="inside-head">
                <h2 id="inside-title">{ words::TITLE.get(lang) }</h2>
                <ExampleChooser state={state.clone()} net={net.clone()} emit={props.emit.clone()} />
            </div>
            <div class="inside-panels">
                if has(Brought::Filters) {
                    <FiltersPanel state={state.clone()} net={net.clone()} emit={props.emit.clone()} />
                }
                if has(Brought::FeatureMaps) {
                    <FeatureMapsPanel state={state.clone()} net={net.clone()} emit={props.emit.clone()} />
                    <ClimbPanel state={state.clone()} net={net.clone()} emit={props.emit.clone()} />
                    <SandboxPanel {lang} />
                }
                if has(Brought::Attention) { <AttentionPanel ..props.clone() /> }
                if has(Brought::HiddenStates) { <HiddenStatePanel ..props.clone() /> }
            </div>
        </section>
    }
}
