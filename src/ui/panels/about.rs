//! What this is, what is kept of it for use without a network, where the data come from and under which licences.
//!
//! Not responsible for the list itself (`spec::sets`).

use super::{Panel, keeping};
use crate::i18n::sets::set_text;
use crate::i18n::{Lang, about as words, guide, shell};
use crate::spec::sets::sets;
use crate::ui::state::Msg;
use crate::ui::state::offline::Offline;
use crate::ui::testid;
use yew::prelude::*;

/// Properties of [`About`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AboutProps {
    /// Language of the page.
    pub lang: Lang,
    /// What is kept for use without a network.
    pub offline: Offline,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// The panel.
#[component]
pub fn About(props: &AboutProps) -> Html {
    let lang = props.lang;
    let row = |set: &crate::spec::sets::SetInfo| {
        let name = set_text(set.name).map_or(set.name, |t| t.name.get(lang));
        html! { <tr><th scope="row">{ name }</th><td lang="en">{ set.source }</td><td lang="en">{ set.licence }</td></tr> }
    };
    html! {
        <Panel id={testid::PANEL_ABOUT} title={shell::PANEL_ABOUT.get(lang)}>
            <div class="about-text">
                <p>{ words::WHAT.get(lang) }</p>
                <p><a href="embed.html" data-testid={testid::ABOUT_EMBED}>{ guide::EMBED.get(lang) }</a></p>
                { keeping::view(lang, props.offline, &props.emit) }
                <details class="fold">
                    <summary data-testid={testid::ABOUT}><span>{ words::DATA.get(lang) }{ " · " }{ words::SOFTWARE.get(lang) }</span></summary>
                    <table>
                        <thead><tr>
                            <th scope="col">{ words::SET.get(lang) }</th>
                            <th scope="col">{ words::SOURCE.get(lang) }</th>
                            <th scope="col">{ words::LICENCE.get(lang) }</th>
                        </tr></thead>
                        <tbody>{ for sets().iter().filter(|s| !s.source.is_empty()).map(row) }</tbody>
                    </table>
                    <p>{ words::GENERATED.get(lang) }</p>
                    <p>{ words::MADE_OF.get(lang) }</p>
                </details>
            </div>
        </Panel>
    }
}
