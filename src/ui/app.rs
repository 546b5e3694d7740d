//! The page as a whole: holds the state, passes messages through [`update`], carries out their effects, and places the
//! panels.
//!
//! Not responsible for any transition (`ui::state`) nor for anything a panel shows.

use super::doctor::Kind;
use super::header::Header;
use super::inside::section::Inside;
use super::keys::{self, Everywhere};
use super::lab::door::Door;
use super::lab::page::LabPage;
use super::link::{Asker, Link};
use super::notices::Notices;
use super::page::AddressBar;
use super::panels::PanelProps;
use super::panels::about::About;
use super::panels::curves::CurvesPanel;
use super::panels::data::DataPanel;
use super::panels::doctor::DoctorPanel;
use super::panels::gradient_flow::GradientFlowPanel;
use super::panels::network::NetworkPanel;
use super::panels::output::OutputPanel;
use super::panels::setup::SetupPanel;
use super::route::{self, Route};
use super::state::{Effect, Msg, Notice, State, update};
use super::transport::Transport;
use super::turns::Turns;
use super::wants::Wants;
use super::{files, page, queue, testid};
use crate::i18n::{Lang, lab as lab_words, shell};
use crate::spec::preset;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// Edits of one number that follow each other this closely are one step of undo.
const ONE_DRAG_MS: f64 = 800.0;
/// The address follows the edits, but not every pixel of a drag: browsers refuse too many changes.
const HASH_MS: u32 = 300;
/// Notices that only confirm go by themselves.
const CONFIRM_MS: u32 = 5000;

/// What the page hears.
pub enum Input {
    /// The next panel's turn has come.
    Turn,
    /// A control or the worker.
    Page(Box<Msg>),
    /// The address was changed by hand, or by going back.
    Address,
    /// The address is to follow the experiment now.
    FollowEdits,
    /// The laboratory's settings, for the address.
    LabAddress(String),
    /// A file hangs over the page, or no longer.
    Dragging(bool),
    /// A confirmation has been there long enough.
    Confirmed,
}

/// The page.
pub struct App {
    state: Rc<State>,
    link: Link,
    wants: Wants,
    route: Route,
    door: Door,
    bar: AddressBar,
    emit: Callback<Msg>,
    dragging: bool,
    turns: Turns,
    edited_ms: f64,
    hash_timer: Option<Timeout>,
    confirm_timer: Option<Timeout>,
    _everywhere: Everywhere,
    _address: Option<EventListener>,
}

impl Component for App {
    type Message = Input;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let mut bar = AddressBar::default();
        let hash = bar.read();
        let mut route = route::parse(&hash);
        let lang = route.lang.unwrap_or_else(page::preferred_lang);
        let theme = route.theme.unwrap_or_else(page::preferred_theme);
        page::dress(lang, theme);
        let (experiment, refused) = match route.experiment.take() {
            Some(Ok(experiment)) => (*experiment, None),
            Some(Err(problems)) => (preset::first(), Some(Notice::Refused(problems))),
            None => (preset::first(), None),
        };
        let open = Door::is_lab(&hash);
        let door = Door { open, resume: open, address: if open { hash } else { String::new() }, ..Door::default() };
        let state = State { notice: refused, playing: !open, ..State::new(experiment, lang, theme) };
        let emit = ctx.link().callback(|msg| Input::Page(Box::new(msg)));
        let wants = Wants::default();
        let link = Link::start(emit.clone(), wants.clone(), state.experiment.clone());
        let changed = ctx.link().callback(|()| Input::Address);
        let app = App {
            state: Rc::new(state),
            link,
            wants,
            route,
            door,
            bar,
            dragging: false,
            turns: Turns::default(),
            edited_ms: 0.0,
            hash_timer: None,
            confirm_timer: None,
            _everywhere: keys::listen(&emit, ctx.link().callback(Input::Dragging)),
            _address: web_sys::window().map(|w| EventListener::new(&w, "hashchange", move |_| changed.emit(()))),
            emit,
        };
        app.name_tab();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, input: Input) -> bool {
        match input {
            Input::Turn => {
                self.turns.next();
                true
            }
            Input::Page(msg) => self.hear(ctx, *msg),
            Input::Address => self.follow_address(ctx),
            Input::FollowEdits => {
                self.bar.write(&self.own_address());
                false
            }
            Input::LabAddress(query) => {
                self.door.address = format!("#/lab?{query}{}", route::plain(&self.route));
                self.bar.write(&self.door.address);
                true
            }
            Input::Dragging(on) => std::mem::replace(&mut self.dragging, on) != on,
            Input::Confirmed => self.state.notice == Some(Notice::LinkCopied) && self.hear(ctx, Msg::Dismiss),
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if !self.door.open && self.turns.ask() {
            self.give_way();
            let link = ctx.link().clone();
            queue::later(move || link.send_message(Input::Turn));
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (state, emit) = (&self.state, &self.emit);
        let lang = state.lang;
        let skip = |e: MouseEvent| {
            // The address belongs to the experiment, so the link only moves the focus.
            e.prevent_default();
            page::focus("lab");
        };
        let in_lab = self.door.open;
        let nav = if in_lab { route::write(&state.experiment, &self.route) } else { self.door.href() };
        let onaddress = ctx.link().callback(Input::LabAddress);
        // What is wrong with the playground's experiment is its own matter.
        let problems = if in_lab { Rc::default() } else { state.problems.clone() };
        let shown = |part: &str| !self.route.hides(part);
        let page_class = classes!(
            "page",
            self.route.embed.then_some("embed"),
            (!shown("header")).then_some("no-header"),
            (!shown("transport")).then_some("no-transport"),
        );
        html! {
            <ContextProvider<Wants> context={self.wants.clone()}>
            <ContextProvider<Lang> context={lang}>
            <ContextProvider<Asker> context={self.link.asker()}>
                <div class={page_class}>
                    <a class="skip" href="#lab" data-testid={testid::SKIP} onclick={skip}>{ shell::SKIP.get(lang) }</a>
                    <Header {lang} theme={state.theme} can_undo={!state.undo.is_empty()} can_redo={!state.redo.is_empty()}
                        lab={in_lab} nav={nav} emit={emit.clone()} />
                    if in_lab {
                        <LabPage address={self.door.address.clone()} {onaddress} pressed={self.door.pressed.clone()} {lang} />
                    } else {
                        <Transport state={state.clone()} emit={emit.clone()} />
                        { self.lab() }
                    }
                    <Notices {lang} notice={state.notice.clone()} {problems} dead={state.is_dead()}
                        remedy={state.doctor.against(Kind::Diverged)} optimizer={state.experiment.optimizer.clone()}
                        emit={emit.clone()} />
                    if self.dragging { <div class="drop-here">{ shell::DROP_HERE.get(lang) }</div> }
                </div>
            </ContextProvider<Asker>>
            </ContextProvider<Lang>>
            </ContextProvider<Wants>>
        }
    }
}

impl App {
    /// The panels in their places; a hidden one leaves its place to its neighbours.
    fn lab(&self) -> Html {
        let emit = &self.emit;
        let shown = |part: &str| !self.route.hides(part);
        let side = shown("data") || shown("setup");
        let here = |part: &str| shown(part) && self.turns.has(part);
        let gone = |part: &str, class: &'static str| (!shown(part)).then_some(class);
        let class = classes!(
            "lab",
            (!side).then_some("no-side"),
            gone("network", "no-network"),
            gone("output", "no-output"),
            gone("curves", "no-curves"),
            gone("gradient-flow", "no-flow"),
        );
        // A panel's language is its own until its turn comes, down to the `lang` of its element: `<html lang>` alone would
        // have the browser choose the fonts of the whole page and lay it out in one task.
        let place = |part: &str, panel: fn(PanelProps) -> Html| {
            let state = self.turns.state(part, &self.state);
            let lang = state.lang;
            html! { <ContextProvider<Lang> context={lang}>{ panel(PanelProps { state, emit: emit.clone() }) }</ContextProvider<Lang>> }
        };
        html! {
            <main id="lab" {class} tabindex="-1">
                if side {
                    <div class="side">
                        if here("data") { { place("data", |p| html! { <DataPanel ..p /> }) } }
                        if here("setup") { { place("setup", |p| html! { <SetupPanel ..p /> }) } }
                    </div>
                }
                if here("network") { { place("network", |p| html! { <NetworkPanel ..p /> }) } }
                if here("output") { { place("output", |p| html! { <OutputPanel ..p /> }) } }
                if here("doctor") { { place("doctor", |p| html! { <DoctorPanel ..p /> }) } }
                if here("curves") { { place("curves", |p| html! { <CurvesPanel ..p /> }) } }
                if here("gradient-flow") { { place("gradient-flow", |p| html! { <GradientFlowPanel ..p /> }) } }
                if here("inside") { { place("inside", |p| html! { <Inside ..p /> }) } }
                if here("about") { { place("about", |p| html! { <About lang={p.state.lang} /> }) } }
            </main>
        }
    }

    /// One message: to the laboratory where it is a key meant for it, else to the playground.
    fn hear(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        if self.door.takes(&msg) {
            return true;
        }
        if matches!(msg, Msg::Open(_)) {
            // An experiment belongs into the playground.
            self.leave_lab(ctx);
        }
        self.pass(ctx, msg)
    }

    /// One message through the transition function, and its effects.
    fn pass(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let now = page::now_ms();
        let merge_edits = now - self.edited_ms < ONE_DRAG_MS;
        let before = if self.state.merge_edits == merge_edits {
            self.state.clone()
        } else {
            Rc::new(State { merge_edits, ..State::clone(&self.state) })
        };
        if !msg.is_from_worker() {
            self.turns.catch_up();
            self.give_way();
        }
        let (next, effects) = update(&before, msg);
        if !Rc::ptr_eq(&next.experiment, &before.experiment) {
            self.edited_ms = now;
        }
        if next.lang != before.lang || next.runs_shown() != before.runs_shown() {
            self.turns.change(&before);
        }
        self.state = Rc::new(next);
        self.link.set_curves_len(self.state.curves.len() - self.state.curves_before.len());
        effects.into_iter().for_each(|e| self.carry_out(ctx, e));
        true
    }

    /// A worker that trains flat out leaves the processor to the page for a moment.
    fn give_way(&self) {
        if self.state.playing && self.state.steps_per_s.is_none() && self.state.is_loaded() {
            self.link.give_way();
        }
    }

    fn carry_out(&mut self, ctx: &Context<Self>, effect: Effect) {
        let state = &self.state;
        match effect {
            Effect::Send(command, arrays) => self.link.send(&command, &arrays),
            Effect::Run { update } => self.link.run(state.experiment.clone(), update, state.keep_weights),
            Effect::Restart => self.link.restart(state.experiment.clone()),
            Effect::Hash => {
                let link = ctx.link().clone();
                self.hash_timer = Some(Timeout::new(HASH_MS, move || link.send_message(Input::FollowEdits)));
            }
            Effect::CopyLink => {
                self.hash_timer = None;
                self.bar.write(&self.own_address());
                page::copy_address();
                let link = ctx.link().clone();
                self.confirm_timer = Some(Timeout::new(CONFIRM_MS, move || link.send_message(Input::Confirmed)));
            }
            Effect::SaveFile => {
                files::save(&state.experiment);
            }
            Effect::Remember => {
                // What the learner chooses here and now outweighs what the link asked for.
                self.route.lang = self.route.lang.map(|_| state.lang);
                self.route.theme = self.route.theme.map(|_| state.theme);
                page::remember(state.lang, state.theme);
                page::dress(state.lang, state.theme);
                self.name_tab();
            }
        }
    }

    /// A new address: its experiment is opened, or refused; its plain fields count from now on.
    fn follow_address(&mut self, ctx: &Context<Self>) -> bool {
        let hash = self.bar.read();
        let mut route = route::parse(&hash);
        let asked = route.experiment.take();
        let (lang, theme) = (route.lang, route.theme);
        let lab = Door::is_lab(&hash);
        if lab {
            self.enter_lab(ctx, hash);
        } else {
            self.route = route;
        }
        if let Some(lang) = lang {
            self.hear(ctx, Msg::Lang(lang));
        }
        if let Some(theme) = theme {
            self.hear(ctx, Msg::Theme(theme));
        }
        if lab {
            return true;
        }
        let was_lab = self.leave_lab(ctx);
        match asked {
            // As it was left: it goes on.
            Some(Ok(experiment)) if was_lab && *experiment == *self.state.experiment => true,
            Some(Ok(experiment)) => self.hear(ctx, Msg::Open(experiment)),
            Some(Err(problems)) => self.hear(ctx, Msg::Refuse(problems)),
            None => true,
        }
    }

    /// The address of what is seen.
    fn own_address(&self) -> String {
        if self.door.open { self.door.href() } else { route::write(&self.state.experiment, &self.route) }
    }

    /// The playground rests while the laboratory is open.
    fn enter_lab(&mut self, ctx: &Context<Self>, hash: String) {
        self.door.address = hash;
        if !self.door.open {
            self.hash_timer = None;
            self.door.resume = self.state.playing;
            if self.state.playing {
                self.pass(ctx, Msg::TogglePlay);
            }
            self.door.open = true;
            self.name_tab();
        }
    }

    /// And is as it was afterwards. Returns whether it was open.
    fn leave_lab(&mut self, ctx: &Context<Self>) -> bool {
        if !std::mem::take(&mut self.door.open) {
            return false;
        }
        self.turns.restart();
        if std::mem::take(&mut self.door.resume) && !self.state.playing {
            self.pass(ctx, Msg::TogglePlay);
        }
        self.name_tab();
        true
    }

    fn name_tab(&self) {
        let lab = lab_words::TITLE.get(self.state.lang);
        page::title(&if self.door.open { format!("{lab} · Gradarium") } else { "Gradarium".into() });
    }
}

/// Puts the page into `#app`.
pub fn start() {
    std::panic::set_hook(Box::new(|info| page::crashed(&info.to_string())));
    super::plots::ink::watch();
    let root = web_sys::window().and_then(|w| w.document()?.get_element_by_id("app"));
    match root {
        Some(root) => yew::Renderer::<App>::with_root(root).render(),
        None => yew::Renderer::<App>::new().render(),
    };
}
