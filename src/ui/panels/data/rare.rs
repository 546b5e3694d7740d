//! What of the data panel comes later: the gallery of all sets, and editors of one's own data.
//!
//! Not responsible for when which is seen (`data.rs`).

use super::augment::{Augment, AugmentProps};
use super::browse::{Browse, BrowseProps};
use super::csv::{CsvEditor, CsvProps};
use super::formula::{FormulaEditor, FormulaProps};
use super::pictures::{PicturesEditor, PicturesProps};
use super::points::{PointsEditor, PointsProps};
use super::preview::{Preview, PreviewProps};
use super::text::{TextEditor, TextProps};
use crate::ui::later::later;
use crate::ui::parts::tools::Tools;
use yew::prelude::*;

/// One of them.
#[derive(Clone, PartialEq)]
pub enum Rare {
    /// All sets and ready experiments.
    Browse(BrowseProps),
    /// A formula.
    Formula(FormulaProps),
    /// Points placed by hand.
    Points(PointsProps),
    /// Pictures.
    Pictures(PicturesProps),
    /// A text.
    Text(TextProps),
    /// A table.
    Csv(CsvProps),
    /// What the data look like.
    Preview(PreviewProps),
    /// How pictures are varied.
    Augment(AugmentProps),
}

/// It, now or later.
pub(super) fn rarely(part: Rare) -> Html {
    later(Tools::Data(part))
}

/// It, once it is there.
pub fn rare(part: Rare) -> Html {
    match part {
        Rare::Browse(props) => html! { <Browse ..props /> },
        Rare::Formula(props) => html! { <FormulaEditor ..props /> },
        Rare::Points(props) => html! { <PointsEditor ..props /> },
        Rare::Pictures(props) => html! { <PicturesEditor ..props /> },
        Rare::Text(props) => html! { <TextEditor ..props /> },
        Rare::Csv(props) => html! { <CsvEditor ..props /> },
        Rare::Preview(props) => html! { <Preview ..props /> },
        Rare::Augment(props) => html! { <Augment ..props /> },
    }
}
