//! The laboratory's page: holds its state, passes messages through [`update`], carries out their effects.
//!
//! Not responsible for any transition (`state`) nor for anything a panel shows (`view`).

use super::address;
use super::runner::Runner;
use super::setup::Which;
use super::state::{LabEffect, LabMsg, LabState, update};
use super::sweeper::Sweeper;
use super::view::LabProps;
use super::view::bar::Bar;
use super::view::curves::CurvesPanel;
use super::view::heat::HeatPanel;
use super::view::profile::ProfilePanel;
use super::view::ridges::RidgePanel;
use super::view::side::{SideCard, fares};
use super::view::sweep::SweepPanel;
use super::view::units::UnitsPanel;
use crate::ui::hooks::{Ahead, use_stages};
use crate::ui::rooms::Key;
use crate::ui::rooms::door::RoomProps;
use crate::ui::wants::Wants;
use crate::ui::{page, queue};
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// Panels this near to the window are kept up, so that none is found empty.
const AHEAD_PX: u32 = 450;

/// See the module.
pub struct LabPage {
    state: Rc<LabState>,
    emit: Callback<LabMsg>,
    wants: Wants,
    runners: [Runner; 2],
    sweeper: Option<Sweeper>,
    /// Comes back when the next steps are due.
    wake: Option<Timeout>,
}

impl Component for LabPage {
    type Message = LabMsg;
    type Properties = RoomProps;

    fn create(ctx: &Context<Self>) -> Self {
        let (settings, refused) = address::read(&ctx.props().address);
        let state = LabState::new(settings, refused);
        let emit = ctx.link().callback(|msg: LabMsg| msg);
        let wants = Wants::default();
        let runners = Which::BOTH.map(|which| Runner::new(which, wants.clone(), emit.clone()));
        let page = LabPage { state: Rc::new(state), emit, wants: wants.clone(), runners, sweeper: None, wake: None };
        // Two workers that start, and compile, while the panels come would have the page wait for a processor.
        let arrived = page.emit.clone();
        let start = move || {
            for which in Which::BOTH {
                let arrived = arrived.clone();
                queue::later(move || arrived.emit(LabMsg::Arrived(which)));
            }
        };
        // When this turn comes the panels have announced theirs, so the next one is behind them all.
        queue::later(move || queue::later(move || page::next_paint(start)));
        let looks = page.runners.each_ref().map(Runner::looker);
        wants.on_change(Rc::new(move || looks.iter().for_each(|look| look())));
        page
    }

    fn update(&mut self, ctx: &Context<Self>, msg: LabMsg) -> bool {
        // What only moves training on, or waits for the other side, is not seen.
        let quiet = matches!(msg, LabMsg::Wake | LabMsg::Trained(..) | LabMsg::Frame(..));
        let before = self.state.clone();
        self.hear(ctx, msg);
        let same = |w: Which| Rc::ptr_eq(&before.side(w).frame, &self.state.side(w).frame);
        !quiet || before.playing != self.state.playing || !Which::BOTH.into_iter().all(same)
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &RoomProps) -> bool {
        let props = ctx.props();
        if props.address != old.address {
            let (settings, refused) = address::read(&props.address);
            self.hear(ctx, LabMsg::Open(settings, refused));
        }
        match props.pressed.since(old.pressed) {
            Some(Key::TogglePlay) => self.hear(ctx, LabMsg::TogglePlay),
            Some(Key::Step) => self.hear(ctx, LabMsg::Step),
            Some(Key::Reset) => self.hear(ctx, LabMsg::Reset),
            None => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let lab = LabProps { state: self.state.clone(), emit: self.emit.clone(), lang };
        let part = |part: fn(LabProps) -> Html| html! { <Arriving lab={lab.clone()} {part} /> };
        html! {
            <ContextProvider<Wants> context={self.wants.clone()}>
            <ContextProvider<Ahead> context={Ahead(AHEAD_PX)}>
                <main id="lab" class="laboratory" tabindex="-1">
                    <Bar ..lab.clone() />
                    <div class="lab-sides">
                        { part(|lab| side(lab, Which::A)) }
                        { part(|lab| side(lab, Which::B)) }
                    </div>
                    { part(|lab| html! { <ProfilePanel ..lab /> }) }
                    <div class="lab-pair">
                        { part(|lab| html! { <CurvesPanel ..lab /> }) }
                        { part(|lab| html! { <SweepPanel ..lab /> }) }
                    </div>
                    { part(|lab| html! { <HeatPanel ..lab /> }) }
                    { part(|lab| html! { <RidgePanel ..lab /> }) }
                    { part(|lab| html! { <UnitsPanel ..lab /> }) }
                </main>
            </ContextProvider<Ahead>>
            </ContextProvider<Wants>>
        }
    }
}

fn side(lab: LabProps, which: Which) -> Html {
    let LabProps { state, emit, lang } = lab;
    let (setup, other) = (*state.setup(which), *state.setup(which.other()));
    html! { <SideCard {which} {setup} {other} {emit} {lang}>{ fares(&state, which, lang) }</SideCard> }
}

#[derive(Clone, Properties)]
struct ArrivingProps {
    lab: LabProps,
    part: fn(LabProps) -> Html,
}

/// A part of the page is always the same one.
impl PartialEq for ArrivingProps {
    fn eq(&self, other: &Self) -> bool {
        self.lab == other.lab
    }
}

/// A part of the page, which comes when those before it are there.
#[component]
fn Arriving(props: &ArrivingProps) -> Html {
    if use_stages(1) == 0 {
        html! {}
    } else {
        (props.part)(props.lab.clone())
    }
}

impl LabPage {
    /// One message through the transition function, and its effects.
    fn hear(&mut self, ctx: &Context<Self>, msg: LabMsg) {
        let (next, effects) = update(&self.state, msg, page::now_ms());
        self.state = Rc::new(next);
        for which in Which::BOTH {
            let more = self.state.playing || self.state.beat.is_some();
            self.runners[which.index()].follow(self.state.side(which).curves.len(), more);
        }
        // A sweep that is over needs no worker.
        if self.state.sweep.as_ref().is_none_or(|s| !s.running) {
            self.sweeper = None;
        }
        effects.into_iter().for_each(|e| self.carry_out(ctx, e));
    }

    fn carry_out(&mut self, ctx: &Context<Self>, effect: LabEffect) {
        match effect {
            LabEffect::Load { which, update } => self.load(which, update),
            LabEffect::Send(which, command) => self.runners[which.index()].send(command),
            LabEffect::Look(which) => self.runners[which.index()].look(),
            LabEffect::Wake { after_ms } => {
                let emit = self.emit.clone();
                let wait_ms = after_ms.clamp(0.0, 1000.0).ceil() as u32;
                self.wake = Some(Timeout::new(wait_ms, move || emit.emit(LabMsg::Wake)));
            }
            LabEffect::Sweep => {
                let plan = self.state.sweep.as_ref().map(|s| s.plan);
                self.sweeper = plan.map(|plan| Sweeper::start(plan, self.emit.clone()));
            }
            LabEffect::StopSweep => self.sweeper = None,
            LabEffect::Address => ctx.props().onaddress.emit(address::write(&self.state.settings)),
        }
    }

    fn load(&self, which: Which, update: bool) {
        self.runners[which.index()].load(self.state.side(which).experiment.clone(), update);
    }
}
