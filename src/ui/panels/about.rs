//! Where the data come from and under which licences.
//!
//! Not responsible for the list itself (`spec::sets`).

use super::Panel;
use crate::i18n::{Lang, shell};
use crate::ui::testid;
use yew::prelude::*;

/// Properties of [`About`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AboutProps {
    /// Language of the page.
    pub lang: Lang,
}

/// The panel.
#[component]
pub fn About(props: &AboutProps) -> Html {
    html! { <Panel id={testid::PANEL_ABOUT} title={shell::PANEL_ABOUT.get(props.lang)} /> }
}
