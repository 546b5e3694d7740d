//! What is under the pointer, large, beside it.
//!
//! Not responsible for finding it (`column.rs`, `gap.rs`).

use super::gap::At;
use super::look::Look;
use super::model::Model;
use super::view::View;
use crate::i18n::network as words;
use crate::ui::netmap::layout::Layout;
use crate::ui::plots::number;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// What is under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub enum Hovered {
    /// Column (0 is the input) and unit.
    Unit((usize, usize)),
    /// A connection.
    Edge(At),
}

/// Properties of [`Hover`].
#[derive(Clone, PartialEq, Properties)]
pub struct HoverProps {
    /// What.
    pub hovered: Hovered,
    /// The network.
    pub model: Rc<Model>,
    /// Where it stands.
    pub layout: Rc<Layout>,
    /// What is in view.
    pub view: View,
}

/// Width of the enlarged picture's box.
const BOX_W: f64 = 176.0;

/// See the module.
#[component]
pub fn Hover(props: &HoverProps) -> Html {
    let HoverProps { hovered, model, layout, view } = props;
    let names = model.names();
    match hovered {
        Hovered::Unit((column, unit)) => {
            // Scrolled away under the resting pointer.
            let Some(c) = layout.columns.get(*column).filter(|c| view.sees(c.x, c.x + c.w)) else {
                return Html::default();
            };
            let (x, y) = c.tile_at(*unit);
            let right = c.body_right() + 12.0 - view.left;
            let left = if right + BOX_W < view.width { right } else { c.body_x - view.left - BOX_W - 12.0 };
            let top = (y - 60.0).min(layout.height - 236.0).max(0.0);
            let bias = column.checked_sub(1).and_then(|l| model.bias(l, *unit));
            let facts = bias.map(|b| format!("{} {}", words::BIAS.get(model.lang), number::short(f64::from(b))));
            let title = names.title_of(*column, *unit);
            let style = format!("left:{}px;top:{top}px;width:{BOX_W}px", left.max(0.0).min(x + view.width));
            html! {
                <div class="net-hover" {style} data-testid={testid::UNIT_HOVER}>
                    <Look inside={model.inside(*column, c)} picture={c.picture} unit={*unit} {title}
                        facts={facts.into_iter().collect::<Vec<_>>()} lang={model.lang} />
                </div>
            }
        }
        Hovered::Edge(at) => {
            let (from, to) = (names.unit(at.layer, at.edge.from), names.unit(at.layer + 1, at.edge.to));
            // The weight moves on while the pointer rests.
            let weight = model.weight(at.layer).and_then(|p| {
                let n_in = *p.shape.get(1)?;
                p.values.get(at.edge.to * n_in + at.edge.from).copied()
            });
            let left = (at.x - view.left + 14.0).min(view.width - BOX_W).max(0.0);
            html! {
                <div class="net-hover net-hint" style={format!("left:{left}px;top:{}px", at.y + 12.0)}>
                    { format!("{from} → {to}: ") }<b>{ number::short(f64::from(weight.unwrap_or(at.edge.weight))) }</b>
                </div>
            }
        }
    }
}
