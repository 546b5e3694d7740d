//! Problems of the data that no control of its own shows.

use crate::spec::Code;
use crate::ui::form::messages;
use crate::ui::panels::PanelProps;
use yew::prelude::*;

/// Problems of the data that no control shows: an unknown set, a field that this set does not use, too few points.
pub fn set_messages(props: &PanelProps) -> Vec<AttrValue> {
    const SHOWN: [&str; 11] = [
        "data.noise",
        "data.samples",
        "data.classes",
        "data.test_fraction",
        "data.standardize",
        "data.formula",
        "data.augment",
        "data.context",
        "data.horizon",
        "data.text",
        "data.pictures",
    ];
    let rest: Vec<_> = props
        .state
        .edit
        .problems
        .iter()
        .filter(|p| !SHOWN.iter().any(|s| p.path.starts_with(s)) || p.code == Code::FieldNotUsed)
        .cloned()
        .collect();
    messages(&rest, props.state.page.lang, "data")
}
