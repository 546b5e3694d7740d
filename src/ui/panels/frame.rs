//! The frame that panels share: heading, tools, an explanation, the large view; and asking for what it shows while it is seen.
//!
//! Not responsible for where a panel stands on the page (`ui::bench`).

use super::place::Behind;
use super::tools::Tools;
use crate::i18n::Lang;
use crate::protocol::FrameRequest;
use crate::ui::hooks::{use_escape, use_wants};
use crate::ui::state::{Msg, State};
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// What every panel gets.
#[derive(Clone, Debug, Properties)]
pub struct PanelProps {
    /// Everything the page knows.
    pub state: Rc<State>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// Compared by pointer: a state is never changed in place, and comparing every array would cost more than drawing.
impl PartialEq for PanelProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state) && self.emit == other.emit
    }
}

/// Properties of [`Panel`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct FrameProps {
    /// Its test id, which is also the name its wants are registered under and its CSS class.
    pub id: AttrValue,
    /// Heading.
    pub title: AttrValue,
    /// Small controls at the right of the heading.
    #[prop_or_default]
    pub tools: Html,
    /// What to compute while the panel can be seen.
    #[prop_or_default]
    pub wants: FrameRequest,
    /// "What am I looking at?" in two sentences, behind a `?`; empty where nothing needs saying.
    #[prop_or_default]
    pub what: AttrValue,
    /// Can fill the window.
    #[prop_or_default]
    pub enlarge: bool,
    /// Can be saved as PNG and SVG.
    #[prop_or_default]
    pub export: bool,
    /// The content.
    #[prop_or_default]
    pub children: Html,
}

/// A titled region of the page that asks for what it shows while it can be seen. The language comes from the context.
#[component]
pub fn Panel(props: &FrameProps) -> Html {
    let node = use_node_ref();
    let lang = use_context::<Lang>().unwrap_or_default();
    let behind = use_context::<Behind>().unwrap_or_default();
    let explained = use_state_eq(|| false);
    let large = use_state_eq(|| false);
    use_wants(&props.id, &node, props.wants.clone());
    use_escape(*large, {
        let large = large.setter();
        Callback::from(move |()| large.set(false))
    });
    let heading = format!("{}-title", props.id);
    let (has_what, can_enlarge) = (!props.what.is_empty(), props.enlarge);
    let onexplain = {
        let explained = explained.clone();
        Callback::from(move |()| explained.set(!*explained))
    };
    let onlarge = {
        let large = large.setter();
        Callback::from(move |on: bool| large.set(on))
    };
    html! {
        <section ref={node.clone()} class={classes!("panel", props.id.to_string(), large.then_some("enlarged"))} data-testid={&props.id}
            lang={lang.tag()} aria-labelledby={heading.clone()}>
            <div class="panel-head">
                <h2 id={heading}>{ &props.title }</h2>
                { props.tools.clone() }
                if has_what || can_enlarge || props.export {
                    <Tools id={&props.id} {lang} {node} explained={has_what.then_some(*explained)} {onexplain}
                        large={can_enlarge.then_some(*large)} {onlarge} export={props.export} />
                }
            </div>
            if has_what && *explained { <p class="panel-what" id={format!("{}-about", props.id)}>{ &props.what }</p> }
            if let Some(behind) = behind.0 { <p class="plot-note behind" data-testid={testid::behind(&props.id)}>{ behind }</p> }
            { props.children.clone() }
        </section>
    }
}
