//! The panels below the network, most of which only some networks bring.
//!
//! Not responsible for the panels (`ui::panels`).

use crate::ui::doctor::{Doctor, Ears};
use crate::ui::later::{Coming, Given, Home, Show};
use crate::ui::panels::{
    PanelProps, about::About, attention::AttentionPanel, climb::ClimbPanel, curves::CurvesPanel, doctor::DoctorPanel,
    feature_maps::FeatureMapsPanel, filters::FiltersPanel, gradient_flow::GradientFlowPanel,
    hidden_state::HiddenStatePanel, inside::example::InsideProps, inside::section::Inside, latent::LatentPanel,
    mini_loss::MiniLoss, processor::ProcessorPanel, query::QueryPart, sandbox::SandboxPanel,
};
use std::thread::LocalKey;
use yew::prelude::*;

/// A panel with a picture.
const PICTURE_PX: u32 = 320;
/// The small curve, whose picture has one height (`first.css`).
const MINI_PX: u32 = 170;
/// A panel of some lines.
const LINES_PX: u32 = 120;

/// One of them.
#[derive(Clone, PartialEq)]
pub enum Panels {
    /// Troubles and remedies.
    Doctor(PanelProps),
    /// The curves.
    Curves(PanelProps),
    /// The loss, small.
    MiniLoss(PanelProps),
    /// Gradients by layer.
    GradientFlow(PanelProps),
    /// Questions to the network.
    Query(PanelProps),
    /// The part that looks inside.
    Inside(PanelProps),
    /// Filters of convolutions.
    Filters(InsideProps),
    /// Their maps.
    FeatureMaps(InsideProps),
    /// Pictures a unit likes.
    Climb(InsideProps),
    /// Convolution by hand.
    Sandbox(InsideProps),
    /// Attention.
    Attention(InsideProps),
    /// States over time.
    HiddenState(InsideProps),
    /// The code of a coder.
    Latent(InsideProps),
    /// What computes.
    Processor(PanelProps),
    /// Sources, use without a network.
    About(PanelProps),
}

thread_local! {
    static HOME: Home<Panels> = Home::default();
}

impl Given for Panels {
    fn home() -> &'static LocalKey<Home<Self>> {
        &HOME
    }

    fn load() -> Coming<Show<Self>> {
        Box::pin(async {
            // What is clicked first comes first; without it, this is worth having too.
            let _cards = super::load(|l| l.cards).await;
            Ok(super::load(|l| l.panels).await?.show)
        })
    }

    fn height_px(&self) -> Option<u32> {
        match self {
            // Most networks bring nothing there.
            Panels::Inside(_) => None,
            Panels::Doctor(_) | Panels::Query(_) | Panels::Processor(_) | Panels::About(_) => Some(LINES_PX),
            Panels::MiniLoss(_) => Some(MINI_PX),
            Panels::Curves(_) | Panels::GradientFlow(_) => Some(PICTURE_PX),
            Panels::Filters(_) | Panels::FeatureMaps(_) | Panels::Climb(_) | Panels::Sandbox(_) => Some(PICTURE_PX),
            Panels::Attention(_) | Panels::HiddenState(_) | Panels::Latent(_) => Some(PICTURE_PX),
        }
    }
}

/// What comes.
pub struct Part {
    show: Show<Panels>,
    /// What the doctor hears frames with.
    pub ears: Ears,
}

/// It, once it is there; called by the program's split function only.
pub fn part() -> Part {
    Part { show, ears: Ears(Some(Doctor::hear)) }
}

fn show(panel: Panels) -> Html {
    match panel {
        Panels::Doctor(p) => html! { <DoctorPanel ..p /> },
        Panels::Curves(p) => html! { <CurvesPanel ..p /> },
        Panels::MiniLoss(p) => html! { <MiniLoss ..p /> },
        Panels::GradientFlow(p) => html! { <GradientFlowPanel ..p /> },
        Panels::Query(p) => html! { <QueryPart ..p /> },
        Panels::Inside(p) => html! { <Inside ..p /> },
        Panels::Filters(p) => html! { <FiltersPanel ..p /> },
        Panels::FeatureMaps(p) => html! { <FeatureMapsPanel ..p /> },
        Panels::Climb(p) => html! { <ClimbPanel ..p /> },
        Panels::Sandbox(p) => html! { <SandboxPanel lang={p.state.page.lang} /> },
        Panels::Attention(p) => html! { <AttentionPanel ..page(p) /> },
        Panels::HiddenState(p) => html! { <HiddenStatePanel ..page(p) /> },
        Panels::Latent(p) => html! { <LatentPanel ..p /> },
        Panels::Processor(p) => html! { <ProcessorPanel ..p /> },
        Panels::About(p) => html! { <About lang={p.state.page.lang} offline={p.state.page.offline} emit={p.emit} /> },
    }
}

fn page(p: InsideProps) -> PanelProps {
    PanelProps { state: p.state.0, emit: p.emit }
}
