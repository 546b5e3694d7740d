//! What shows a component whose code comes later: it sends for the code when it is first to be seen, holds the place until the
//! code is there, and says so with a way to try again where it cannot be had.
//!
//! Not responsible for which components these are (`ui::parts`).

use super::queue;
use super::testid;
use crate::i18n::{Lang, shell as words};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::thread::LocalKey;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// What draws the components of a part.
pub type Show<G> = fn(G) -> Html;
/// Something on its way.
pub type Coming<P> = Pin<Box<dyn Future<Output = Result<P, Lacking>>>>;

/// It could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lacking;

/// A component of a part, with its properties.
pub trait Given: Clone + PartialEq + 'static {
    /// Where the part is kept.
    fn home() -> &'static LocalKey<Home<Self>>;
    /// Sends for the part.
    fn load() -> Coming<Show<Self>>;
    /// How high the component is, about, so that little moves when it comes; nothing where it may turn out to be empty.
    fn height_px(&self) -> Option<u32>;
}

/// How far a part is.
enum Stage<G> {
    /// Nobody asked for it.
    Away,
    /// It was sent for.
    Sent,
    /// It could not be had.
    Failed,
    /// It is there.
    Here(Show<G>),
}

/// Functions are copied, whatever they take.
impl<G> Clone for Stage<G> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<G> Copy for Stage<G> {}

/// A part of the code, and who waits for it.
pub struct Home<G> {
    stage: Cell<Stage<G>>,
    waiting: RefCell<Vec<UseForceUpdateHandle>>,
}

impl<G> Default for Home<G> {
    fn default() -> Self {
        Home { stage: Cell::new(Stage::Away), waiting: RefCell::default() }
    }
}

impl<G: Given> Home<G> {
    fn set(&self, stage: Stage<G>) {
        self.stage.set(stage);
        // Each in its turn: all panels in one task would be a long one.
        self.waiting.take().into_iter().for_each(|one| queue::later(move || one.force_update()));
    }
}

/// Sends for a part unless that was done; a part that failed is sent for again.
pub fn send_for<G: Given>() {
    let there = G::home().with(|home| match home.stage.get() {
        Stage::Sent | Stage::Here(_) => true,
        Stage::Away | Stage::Failed => {
            home.set(Stage::Sent);
            false
        }
    });
    if there {
        return;
    }
    spawn_local(async {
        let stage = G::load().await.map_or(Stage::Failed, Stage::Here);
        G::home().with(|home| home.set(stage));
    });
}

/// The component, now or as soon as its code is there.
pub fn later<G: Given>(given: G) -> Html {
    html! { <Later<G> {given} /> }
}

/// Properties of [`Later`].
#[derive(Clone, PartialEq, Properties)]
struct LaterProps<G: Given> {
    given: G,
}

#[component]
fn Later<G: Given>(props: &LaterProps<G>) -> Html {
    let lang = use_context::<Lang>().unwrap_or_default();
    let again = use_force_update();
    let stage = G::home().with(|home| home.stage.get());
    let waits = !matches!(stage, Stage::Here(_));
    // Once for each stage: who was told of one is no longer waiting.
    use_effect(move || {
        if waits {
            G::home().with(|home| {
                home.waiting.borrow_mut().push(again);
            });
        }
    });
    use_effect_with((), move |()| {
        if waits {
            send_for::<G>();
        }
    });
    let show = match stage {
        Stage::Here(show) => return show(props.given.clone()),
        Stage::Failed => html! {<>
            <span>{ words::PART_FAILED.get(lang) }</span>
            <button type="button" class="button" data-testid={testid::PART_AGAIN} onclick={|_: MouseEvent| send_for::<G>()}>
                { words::PART_AGAIN.get(lang) }
            </button>
        </>},
        Stage::Away | Stage::Sent => html! { words::PART_COMING.get(lang) },
    };
    let height = match (props.given.height_px(), stage) {
        (None, Stage::Away | Stage::Sent) => return Html::default(),
        (height, _) => height.unwrap_or(0),
    };
    html! {
        <div class="later" role="status" style={format!("min-height: {height}px")}>{ show }</div>
    }
}
