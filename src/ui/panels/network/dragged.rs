//! What is being dragged over the strip, and which place or layer lies under the pointer.
//!
//! Not responsible for the gesture (`card`) nor for what dropping does (`strip`).

use crate::ui::netmap::layout::{self, Layout};
use web_sys::Element;
use yew::prelude::*;

/// What is being dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Dragged {
    /// A card, now over that place between cards.
    Card(usize),
    /// A skip connection from a layer, now over another.
    Skip(usize, usize),
}

impl Dragged {
    /// The place between cards that one hangs over.
    pub(super) fn card(self) -> Option<usize> {
        match self {
            Dragged::Card(gap) => Some(gap),
            Dragged::Skip(..) => None,
        }
    }

    /// Columns of its ends, where something would be skipped.
    pub(super) fn skip(self) -> Option<(usize, usize)> {
        match self {
            Dragged::Skip(from, to) => (to > from + 1).then_some((from + 1, to + 1)),
            Dragged::Card(_) => None,
        }
    }
}

/// The layer whose card is nearest to `client_x`.
pub(super) fn layer_at(layout: &Layout, node: &NodeRef, client_x: f64) -> Option<usize> {
    let e = node.cast::<Element>()?;
    let x = client_x - e.get_bounding_client_rect().left() + f64::from(e.scroll_left());
    let far = |c: &layout::Column| (c.x + c.w / 2.0 - x).abs();
    let layers = layout.columns.iter().skip(1).enumerate();
    layers.min_by(|a, b| far(a.1).total_cmp(&far(b.1))).map(|(i, _)| i)
}

/// The layer whose column `client_x` is in.
pub(super) fn layer_under(layout: &Layout, node: &NodeRef, client_x: f64) -> Option<usize> {
    let e = node.cast::<Element>()?;
    let x = client_x - e.get_bounding_client_rect().left() + f64::from(e.scroll_left());
    layout.columns.iter().skip(1).position(|c| c.x <= x && x <= c.x + c.w)
}

/// Which place between cards lies under `client_x`; 0 is before the first layer.
pub(super) fn place_at(layout: &Layout, node: &NodeRef, client_x: f64) -> Option<usize> {
    let e = node.cast::<Element>()?;
    let x = client_x - e.get_bounding_client_rect().left() + f64::from(e.scroll_left());
    Some(layout.columns.iter().skip(1).filter(|c| c.x + c.w / 2.0 < x).count())
}

/// Where the mark of a place between cards stands.
pub(super) fn drop_x(layout: &Layout, gap: usize) -> f64 {
    let c = &layout.columns[gap];
    layout.columns.get(gap + 1).map_or(c.x + c.w + 10.0, |n| (c.x + c.w + n.x) / 2.0)
}

/// Behind the layer whose code is under the pointer.
pub(super) fn lit(layout: &Layout, layer: Option<usize>) -> Html {
    let column = layer.and_then(|l| layout.columns.get(l + 1));
    let one = |c: &layout::Column| html! { <i class="net-lit" style={format!("left:{}px;width:{}px", c.x, c.w)}></i> };
    html! { <>{ for column.map(one) }</> }
}
