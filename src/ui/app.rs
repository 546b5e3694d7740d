//! The page as a whole: holds the state, passes messages through [`update`], carries out their effects, and places the
//! panels.
//!
//! Not responsible for any transition (`ui::state`) nor for anything a panel shows.

use super::bench::{self, Bench};
use super::doctor::Kind;
use super::file_dialogs::{self, FileDialogs};
use super::guide_strip::Guide;
use super::header::Header;
use super::help::Help;
use super::keys::{self, Everywhere};
use super::later::later;
use super::leaving::Leaving;
use super::link::{Asker, Link};
use super::notices::Notices;
use super::page::AddressBar;
use super::parts::rooms::Rooms;
use super::rooms::Room;
use super::rooms::door::Door;
use super::route::{self, Route};
use super::state::files::FileMsg;
use super::state::queries::{self, QueryMsg};
use super::state::{EditMsg, Effect, Job, Msg, Notice, PageMsg, RunMsg, State, ViewMsg, update};
use super::transport::Transport;
use super::turns::Turns;
use super::wants::Wants;
use super::{files, offline, page, parts, queue, testid};
use crate::i18n::{Lang, guide as words, shell};
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
    /// What is set in the open room, as an address.
    RoomAddress(String),
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
    leaving: Leaving,
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
        page::dress(lang, theme, route.projector);
        let (experiment, files) = files::arrival(&mut route);
        let open = Room::of(&hash).is_beside();
        let mut door = Door::default();
        door.resume = open;
        if open {
            door.go(route::without_prose(&hash).to_string());
        }
        let mut state = State::new(experiment, lang, theme);
        state.run.playing = !open && !route.start.paused && files.broken.is_none();
        state.run.until = route.start.until;
        state.run.steps_per_s = route.start.speed.unwrap_or(state.run.steps_per_s);
        state.page.files = files;
        state.page.projector = route.projector;
        state.view.queries = queries::opened(route.queries.iter().map(String::as_str));
        let emit = ctx.link().callback(|msg| Input::Page(Box::new(msg)));
        let wants = Wants::default();
        let link = Link::start(emit.clone(), wants.clone(), state.edit.experiment.clone());
        let changed = ctx.link().callback(|()| Input::Address);
        let app = App {
            state: Rc::new(state),
            link,
            wants,
            leaving: Leaving::new(route.embed),
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
        if !app.route.embed {
            offline::start(app.emit.clone());
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, input: Input) -> bool {
        match input {
            Input::Turn => {
                self.turns.next();
                if self.turns.is_over() {
                    parts::send_for_rest(self.route.embed, &self.emit);
                }
                true
            }
            Input::Page(msg) => self.hear(ctx, *msg),
            Input::Address => self.follow_address(ctx),
            Input::FollowEdits => {
                self.bar.write(&self.own_address());
                false
            }
            Input::RoomAddress(address) => {
                self.door.go(format!("{address}{}", route::plain(&self.route)));
                self.bar.write(&self.door.address);
                true
            }
            Input::Dragging(on) => std::mem::replace(&mut self.dragging, on) != on,
            Input::Confirmed => {
                self.state.page.notice == Some(Notice::LinkCopied) && self.hear(ctx, Msg::Page(PageMsg::Dismiss))
            }
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if !self.door.is_open() && self.turns.ask() {
            let link = ctx.link().clone();
            queue::later(move || link.send_message(Input::Turn));
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (state, emit) = (&self.state, &self.emit);
        let lang = state.page.lang;
        let skip = |e: MouseEvent| {
            // The address belongs to the experiment, so the link only moves the focus.
            e.prevent_default();
            page::focus("lab");
        };
        let skip_text = |e: MouseEvent| {
            e.prevent_default();
            page::focus(testid::MODEL_TEXT);
        };
        let beside = self.door.is_open();
        let nav = if beside { route::write(&state.edit.experiment, &self.route) } else { self.door.href() };
        // What is wrong with the playground's experiment is its own matter.
        let problems = if beside { Rc::default() } else { state.edit.problems.clone() };
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
                    <nav aria-label={shell::SKIPS.get(lang)}>
                        <a class="skip" href="#lab" data-testid={testid::SKIP} onclick={skip}>{ shell::SKIP.get(lang) }</a>
                        if !beside {
                            <a class="skip" href="#model-text" data-testid={testid::SKIP_TEXT} onclick={skip_text}>{ words::SKIP_TEXT.get(lang) }</a>
                        }
                    </nav>
                    <Header {lang} theme={state.page.theme} can_undo={!state.edit.undo.is_empty()} can_redo={!state.edit.redo.is_empty()}
                        lab={beside} broken={state.page.files.broken.is_some()} projector={state.page.projector} nav={nav} emit={emit.clone()} />
                    if beside {
                        { later(Rooms { room: self.door.room, props: self.door.props(ctx.link().callback(Input::RoomAddress), lang) }) }
                    } else if let Some(found) = &state.page.files.broken {
                        { file_dialogs::broken(lang, found, state.page.files.own || state.run.status.step > 0, emit) }
                    } else {
                        <Transport state={state.clone()} emit={emit.clone()} />
                        if !self.route.embed && shown("guide") { <Guide state={state.clone()} emit={emit.clone()} /> }
                        { bench::view(&Bench { state, emit, turns: &self.turns, route: &self.route }) }
                    }
                    <Notices {lang} notice={state.page.notice.clone()} {problems} dead={state.is_dead()} update={state.page.offline.update.then_some(state.run.playing)}
                        remedy={state.doctor.against(Kind::Diverged)} optimizer={state.edit.experiment.optimizer.clone()}
                        emit={emit.clone()} />
                    <FileDialogs {state} lab={beside} address={self.bare_address()} emit={emit.clone()} />
                    <Help {lang} />
                    if self.dragging { <div class="drop-here">{ shell::DROP_HERE.get(lang) }</div> }
                </div>
            </ContextProvider<Asker>>
            </ContextProvider<Lang>>
            </ContextProvider<Wants>>
        }
    }
}

impl App {
    /// One message: to the open room where it is a key meant for it, else to the playground.
    fn hear(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        if self.door.takes(&msg) {
            return true;
        }
        if matches!(msg, Msg::Edit(EditMsg::Open(_)) | Msg::Page(PageMsg::Files(FileMsg::Open(..)))) {
            // An experiment belongs into the playground.
            self.leave_room(ctx);
        }
        self.pass(ctx, msg)
    }

    /// One message through the transition function, and its effects.
    fn pass(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let now = page::now_ms();
        let merge_edits = now - self.edited_ms < ONE_DRAG_MS;
        let mut before = self.state.clone();
        if before.edit.merge_edits != merge_edits {
            Rc::make_mut(&mut before).edit.merge_edits = merge_edits;
        }
        let (next, effects) = update(&before, msg);
        if !Rc::ptr_eq(&next.edit.experiment, &before.edit.experiment) {
            self.edited_ms = now;
        }
        self.state = Rc::new(next);
        self.route.queries = self.state.query_texts();
        self.leaving.follow(&self.state);
        self.link.set_curves_len(self.state.run.curves.len() - self.state.run.curves_before.len());
        effects.into_iter().for_each(|e| self.carry_out(ctx, e));
        true
    }

    fn carry_out(&mut self, ctx: &Context<Self>, effect: Effect) {
        let state = &self.state;
        match effect {
            Effect::Send(command, arrays) => self.link.send(&command, &arrays),
            Effect::Run { update } => self.link.run(Job::of(state, update)),
            Effect::Restart => self.link.restart(state.edit.experiment.clone()),
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
            Effect::SaveFile => files::save(state.edit.experiment.clone(), self.emit.clone()),
            Effect::Offline(job) => offline::carry_out(job),
            Effect::Files(job) => files::carry_out(job, &self.link, state, &self.emit),
            Effect::Remember => {
                // What the learner chooses here and now outweighs what the link asked for.
                self.route.lang = self.route.lang.map(|_| state.page.lang);
                self.route.theme = self.route.theme.map(|_| state.page.theme);
                page::remember(state.page.lang, state.page.theme);
                page::dress(state.page.lang, state.page.theme, state.page.projector);
                if std::mem::replace(&mut self.route.projector, state.page.projector) != state.page.projector {
                    ctx.link().send_message(Input::FollowEdits);
                }
                self.name_tab();
            }
        }
    }

    /// A new address: its experiment is opened, or refused; its plain fields count from now on.
    fn follow_address(&mut self, ctx: &Context<Self>) -> bool {
        let hash = self.bar.read();
        let mut route = route::parse(&hash);
        let asked = route.experiment.take();
        let (lang, theme, projector) = (route.lang, route.theme, route.projector);
        let beside = Room::of(&hash).is_beside();
        if beside {
            self.enter_room(ctx, hash);
        } else {
            self.route = route;
        }
        if let Some(lang) = lang {
            self.hear(ctx, Msg::Page(PageMsg::Lang(lang)));
        }
        if let Some(theme) = theme {
            self.hear(ctx, Msg::Page(PageMsg::Theme(theme)));
        }
        if projector != self.state.page.projector {
            self.hear(ctx, Msg::Page(PageMsg::Projector(projector)));
        }
        if beside {
            return true;
        }
        let asked_for = self.route.queries.clone();
        self.hear(ctx, Msg::View(ViewMsg::Query(QueryMsg::All(asked_for))));
        let was_beside = self.leave_room(ctx);
        match asked {
            // As it was left: it goes on.
            Some(Ok(experiment)) if was_beside && *experiment == *self.state.edit.experiment => true,
            Some(Ok(experiment)) => {
                let start = Box::new(self.route.start.clone());
                self.hear(ctx, Msg::Page(PageMsg::Files(FileMsg::Link(experiment, start))))
            }
            Some(Err(problems)) => self.hear(ctx, Msg::Page(PageMsg::Files(FileMsg::Broken(problems)))),
            None if self.route.start.faults.is_empty() && self.state.page.files.broken.is_none() => true,
            None => self.hear(ctx, Msg::Page(PageMsg::Files(FileMsg::Bare(self.route.start.faults.clone())))),
        }
    }

    /// The address of what is seen.
    fn own_address(&self) -> String {
        if self.door.is_open() {
            self.door.address.clone()
        } else {
            route::write(&self.state.edit.experiment, &self.route)
        }
    }

    /// The same without how it starts, which is chosen when it is shared.
    fn bare_address(&self) -> String {
        if self.door.is_open() {
            self.door.address.clone()
        } else {
            route::bare(&self.state.edit.experiment, &self.route)
        }
    }

    /// The playground rests while another room is open.
    fn enter_room(&mut self, ctx: &Context<Self>, hash: String) {
        let was_open = self.door.is_open();
        self.door.go(route::without_prose(&hash).to_string());
        if !was_open {
            self.hash_timer = None;
            self.door.resume = self.state.run.playing;
            if self.state.run.playing {
                self.pass(ctx, Msg::Run(RunMsg::TogglePlay));
            }
        }
        self.name_tab();
    }

    /// And is as it was afterwards. Returns whether it was open.
    fn leave_room(&mut self, ctx: &Context<Self>) -> bool {
        if !std::mem::take(&mut self.door.room).is_beside() {
            return false;
        }
        self.turns.restart();
        if std::mem::take(&mut self.door.resume) && !self.state.run.playing {
            self.pass(ctx, Msg::Run(RunMsg::TogglePlay));
        }
        self.name_tab();
        true
    }

    fn name_tab(&self) {
        let room = self.door.room.title().get(self.state.page.lang);
        let brand = shell::BRAND.get(self.state.page.lang);
        page::title(&if self.door.is_open() { format!("{room} · {brand}") } else { brand.into() });
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
