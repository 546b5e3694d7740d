//! The names of the networks under their columns, where a task has several.

use super::model::Model;
use crate::i18n::network as words;
use crate::spec::model::Part;
use crate::ui::netmap::layout::Layout;
use yew::prelude::*;

/// Room for them under the strip.
pub fn height(model: &Model) -> f64 {
    if model.experiment.model.parts.is_empty() { 0.0 } else { 22.0 }
}

/// The names of the networks under their columns, where there are several.
pub fn all(model: &Model, layout: &Layout) -> Vec<Html> {
    let spec = &model.experiment.model;
    let one = |part: &Part| {
        let range = spec.range(part.name);
        let (first, last) = (layout.columns.get(range.start + 1)?, layout.columns.get(range.end)?);
        let style = format!("left:{}px;width:{}px", first.x, last.x + last.w - first.x);
        Some(html! { <div class="net-part" {style}>{ words::part(part.name.name()).get(model.lang) }</div> })
    };
    spec.parts.iter().filter_map(one).collect()
}
