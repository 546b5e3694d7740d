//! Every panel of the playground, a line each: what links call it, where it stands, when it is shown, in which order it
//! arrives, and its component. Routes, hiding, arrival and the browser test over all panels read this list.
//!
//! What stands in the first window is a component here; the others' code comes later (`ui::parts`). Not responsible for what
//! a panel shows.

use crate::spec::views::View;
use crate::ui::testid::{
    DOCTOR, INSIDE, MINI_LOSS, PANEL_ABOUT, PANEL_ATTENTION, PANEL_CLIMB, PANEL_DATA, PANEL_FEATURE_MAPS,
    PANEL_FILTERS, PANEL_GRADIENT_FLOW, PANEL_HIDDEN_STATE, PANEL_LATENT, PANEL_LOSS, PANEL_NETWORK, PANEL_OUTPUT,
    PANEL_PROCESSOR, PANEL_SANDBOX, PANEL_SETUP, QUERY,
};

#[cfg(target_arch = "wasm32")]
use super::{
    PanelProps, data::DataPanel, inside::example::InsideProps, network::NetworkPanel, output::OutputPanel,
    setup::SetupPanel,
};
#[cfg(target_arch = "wasm32")]
use crate::ui::{later::later, parts::panels::Panels};
#[cfg(target_arch = "wasm32")]
use yew::prelude::*;

/// Where a panel stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// At the left, above each other.
    Side,
    /// In the middle.
    Middle,
    /// At the right, above each other.
    Right,
    /// Below them, each in an area of its own.
    Below,
    /// In the part that looks inside, while the network brings that view.
    Inside(View),
}

/// Which experiment a panel speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The one that is edited.
    Edited,
    /// The one that runs; while another is edited that cannot run, the panel says so.
    Run,
    /// The one that runs, without a word.
    Quiet,
}

/// A component, by what it is given.
#[cfg(target_arch = "wasm32")]
#[derive(Clone, Copy)]
pub enum Shows {
    /// State and emitter.
    Page(fn(PanelProps) -> Html),
    /// And the network's layers.
    Inside(fn(InsideProps) -> Html),
}

/// A panel.
#[derive(Clone, Copy)]
pub struct Entry {
    /// What `hide` calls it; panels of the same name come and go together.
    pub part: &'static str,
    /// Its test id.
    pub id: &'static str,
    /// Where it stands.
    pub column: Column,
    /// Its turn to arrive; those of one part arrive together.
    pub turn: u8,
    /// Which experiment it speaks of.
    pub of: Of,
    /// Its component.
    #[cfg(target_arch = "wasm32")]
    pub shows: Shows,
}

macro_rules! panels {
    ($($part:literal $id:ident $column:expr, $turn:literal $of:ident $kind:ident $shows:expr;)*) => {
        &[$(Entry {
            part: $part, id: $id, column: $column, turn: $turn, of: Of::$of,
            #[cfg(target_arch = "wasm32")]
            shows: Shows::$kind($shows),
        }),*]
    };
}

/// All of them, each column from the top.
pub const PANELS: &[Entry] = panels! {
    "data" PANEL_DATA Column::Side, 1 Edited Page |p| html! { <DataPanel ..p /> };
    "setup" PANEL_SETUP Column::Side, 6 Edited Page |p| html! { <SetupPanel ..p /> };
    "network" PANEL_NETWORK Column::Middle, 0 Edited Page |p| html! { <NetworkPanel ..p /> };
    "output" PANEL_OUTPUT Column::Right, 2 Run Page |p| html! { <OutputPanel ..p /> };
    "curves" MINI_LOSS Column::Right, 4 Quiet Page |p| later(Panels::MiniLoss(p));
    "doctor" DOCTOR Column::Below, 3 Run Page |p| later(Panels::Doctor(p));
    "curves" PANEL_LOSS Column::Below, 4 Quiet Page |p| later(Panels::Curves(p));
    "gradient-flow" PANEL_GRADIENT_FLOW Column::Below, 5 Run Page |p| later(Panels::GradientFlow(p));
    "query" QUERY Column::Below, 7 Run Page |p| later(Panels::Query(p));
    "inside" INSIDE Column::Below, 8 Run Page |p| later(Panels::Inside(p));
    "inside" PANEL_FILTERS Column::Inside(View::Filters), 8 Run Inside |p| later(Panels::Filters(p));
    "inside" PANEL_FEATURE_MAPS Column::Inside(View::FeatureMaps), 8 Run Inside |p| later(Panels::FeatureMaps(p));
    "inside" PANEL_CLIMB Column::Inside(View::Climb), 8 Run Inside |p| later(Panels::Climb(p));
    "inside" PANEL_SANDBOX Column::Inside(View::Sandbox), 8 Run Inside |p| later(Panels::Sandbox(p));
    "inside" PANEL_ATTENTION Column::Inside(View::Attention), 8 Run Inside |p| later(Panels::Attention(p));
    "inside" PANEL_HIDDEN_STATE Column::Inside(View::HiddenStates), 8 Run Inside |p| later(Panels::HiddenState(p));
    "inside" PANEL_LATENT Column::Inside(View::Latent), 8 Run Inside |p| later(Panels::Latent(p));
    "processor" PANEL_PROCESSOR Column::Below, 9 Edited Page |p| later(Panels::Processor(p));
    "about" PANEL_ABOUT Column::Below, 10 Edited Page |p| later(Panels::About(p));
};

/// Parts of the page around the panels that `hide` may name.
const AROUND: [&str; 3] = ["header", "guide", "transport"];

/// Everything that `hide` may name, each once.
pub fn parts() -> Vec<&'static str> {
    let mut all = AROUND.to_vec();
    for entry in PANELS {
        if !all.contains(&entry.part) {
            all.push(entry.part);
        }
    }
    all
}

/// Parts in the order in which their panels arrive.
pub fn arrivals() -> Vec<&'static str> {
    let mut turns: Vec<(u8, &str)> = PANELS.iter().map(|e| (e.turn, e.part)).collect();
    crate::spec::order::sort_by_key(&mut turns, |(turn, _)| *turn);
    turns.dedup();
    turns.into_iter().map(|(_, part)| part).collect()
}

/// The panels of a column, from the top.
pub fn column(column: Column) -> impl Iterator<Item = &'static Entry> {
    PANELS.iter().filter(move |e| e.column == column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_panel_has_an_id_of_its_own_and_a_part_one_turn() {
        for (i, a) in PANELS.iter().enumerate() {
            assert!(PANELS[..i].iter().all(|b| b.id != a.id), "{}", a.id);
            assert!(PANELS.iter().all(|b| (a.part == b.part) == (a.turn == b.turn)), "{}", a.part);
        }
        assert_eq!(arrivals()[..3], ["network", "data", "output"]);
    }

    #[test]
    fn what_links_may_hide_is_what_they_always_could() {
        let parts = parts();
        let first =
            ["header", "guide", "transport", "data", "setup", "network", "output", "doctor", "curves", "gradient-flow"];
        for part in first.into_iter().chain(["inside", "about", "query"]) {
            assert!(parts.contains(&part), "{part}");
        }
        assert_eq!(parts.len(), arrivals().len() + AROUND.len());
    }

    #[test]
    fn the_browser_test_of_all_panels_names_each_of_them() {
        let spec = include_str!("../../../tests/e2e/panels.spec.mjs");
        for entry in PANELS {
            assert!(spec.contains(&format!("\"{}\"", entry.id)), "tests/e2e/panels.spec.mjs lacks {}", entry.id);
        }
    }
}
