//! The page of a transfer: holds its state, passes messages through [`update`], carries out their effects.
//!
//! Not responsible for any transition (`state`) nor for anything that is shown (`view`).

use super::runner::Runner;
use super::state::{TransferEffect, TransferMsg, TransferState, Who, update};
use super::{address, view};
use crate::spec::transfer::Mode;
use crate::ui::rooms::Key;
use crate::ui::rooms::door::RoomProps;
use crate::ui::{page, queue};
use std::rc::Rc;
use yew::prelude::*;

/// See the module.
pub struct TransferPage {
    state: Rc<TransferState>,
    emit: Callback<TransferMsg>,
    source: Runner,
    runs: [Runner; 3],
}

impl Component for TransferPage {
    type Message = TransferMsg;
    type Properties = RoomProps;

    fn create(ctx: &Context<Self>) -> Self {
        let (chosen, refused) = address::read(&ctx.props().address);
        let emit = ctx.link().callback(|msg: TransferMsg| msg);
        let runs = Mode::ALL.map(|mode| Runner::new(Who::Run(mode), emit.clone()));
        let source = Runner::new(Who::Source, emit.clone());
        let arrived = emit.clone();
        // A worker that starts while the page is drawn would have it wait for a processor.
        queue::later(move || page::next_paint(move || arrived.emit(TransferMsg::Arrived)));
        TransferPage { state: Rc::new(TransferState::new(chosen, refused)), emit, source, runs }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: TransferMsg) -> bool {
        self.hear(ctx, msg);
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &RoomProps) -> bool {
        let props = ctx.props();
        if props.address != old.address {
            let (chosen, refused) = address::read(&props.address);
            self.hear(ctx, TransferMsg::Open(chosen, refused));
        }
        match props.pressed.since(old.pressed) {
            Some(Key::TogglePlay) => self.hear(ctx, TransferMsg::TogglePlay),
            Some(Key::Step) => self.hear(ctx, TransferMsg::Step),
            Some(Key::Reset) => self.hear(ctx, TransferMsg::Reset),
            None => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! { <view::Room state={self.state.clone()} emit={self.emit.clone()} lang={ctx.props().lang} /> }
    }
}

impl TransferPage {
    fn runner(&self, who: Who) -> (&Runner, u32) {
        match who {
            Who::Source => (&self.source, self.state.rounds.0),
            Who::Run(mode) => (&self.runs[mode.index()], self.state.rounds.1),
        }
    }

    /// One message through the transition function, and its effects.
    fn hear(&mut self, ctx: &Context<Self>, msg: TransferMsg) {
        let (next, effects) = update(&self.state, msg);
        self.state = Rc::new(next);
        for effect in effects {
            match effect {
                TransferEffect::Load(who) => {
                    let experiment = match who {
                        Who::Source => Some(self.state.source.experiment.clone()),
                        Who::Run(mode) => {
                            // It has handed over what it learned.
                            self.source.stop();
                            self.state.run(mode).map(|r| r.experiment.clone())
                        }
                    };
                    let (runner, round) = self.runner(who);
                    experiment.into_iter().for_each(|e| runner.load(e, self.state.source.weights.clone(), round));
                }
                TransferEffect::Train(who, steps) => {
                    let (runner, round) = self.runner(who);
                    runner.train(steps, round);
                }
                TransferEffect::TakeSource => self.source.take(self.state.rounds.0),
                TransferEffect::Ask(mode) => {
                    let (runner, round) = self.runner(Who::Run(mode));
                    self.state.tried.iter().for_each(|x| runner.ask(x.clone(), self.state.tries, round));
                }
                TransferEffect::Stop => self.runs.iter().for_each(Runner::stop),
                TransferEffect::Address => ctx.props().onaddress.emit(address::write(&self.state.chosen)),
            }
        }
    }
}
