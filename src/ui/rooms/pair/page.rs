//! The page of a program: holds its state, passes messages through [`update`], carries out their effects.
//!
//! Not responsible for any transition (`state`) nor for anything that is shown (`view`).

use super::runner::Runner;
use super::state::{PairEffect, PairMsg, PairState, update};
use super::{address, view};
use crate::ui::rooms::Key;
use crate::ui::rooms::door::RoomProps;
use crate::ui::rooms::lab::setup::Which;
use crate::ui::{page, queue};
use std::rc::Rc;
use yew::prelude::*;

/// See the module.
pub struct PairPage {
    state: Rc<PairState>,
    emit: Callback<PairMsg>,
    runners: [Runner; 2],
}

impl Component for PairPage {
    type Message = PairMsg;
    type Properties = RoomProps;

    fn create(ctx: &Context<Self>) -> Self {
        let (program, refused) = address::read(&ctx.props().address);
        let emit = ctx.link().callback(|msg: PairMsg| msg);
        let runners = Which::BOTH.map(|which| Runner::new(which, emit.clone()));
        let arrived = emit.clone();
        // Two workers that start while the page is drawn would have it wait for a processor.
        queue::later(move || page::next_paint(move || arrived.emit(PairMsg::Arrived)));
        PairPage { state: Rc::new(PairState::new(program, refused)), emit, runners }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: PairMsg) -> bool {
        self.hear(ctx, msg);
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &RoomProps) -> bool {
        let props = ctx.props();
        if props.address != old.address {
            let (program, refused) = address::read(&props.address);
            self.hear(ctx, PairMsg::Open(program, refused));
        }
        match props.pressed.since(old.pressed) {
            Some(Key::TogglePlay) => self.hear(ctx, PairMsg::TogglePlay),
            Some(Key::Step) => self.hear(ctx, PairMsg::Step),
            Some(Key::Reset) => self.hear(ctx, PairMsg::Reset),
            None => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! { <view::Room state={self.state.clone()} emit={self.emit.clone()} lang={ctx.props().lang} /> }
    }
}

impl PairPage {
    /// One message through the transition function, and its effects.
    fn hear(&mut self, ctx: &Context<Self>, msg: PairMsg) {
        let (next, effects) = update(&self.state, msg);
        self.state = Rc::new(next);
        for effect in effects {
            let round = self.state.round;
            match effect {
                PairEffect::Load(which) => {
                    self.runners[which.index()].load(self.state.half(which).experiment.clone(), round);
                }
                PairEffect::Train { which, steps, want } => self.runners[which.index()].train(steps, *want, round),
                PairEffect::Address => ctx.props().onaddress.emit(address::write(self.state.program)),
            }
        }
    }
}
