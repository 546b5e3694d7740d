//! Pinning what a picture is read at: point, click (or Enter), and the value stays and follows the running network; the
//! same click, Esc or the mark in the readout lets go of it. Everything that has values under the pointer uses this.
//!
//! Not responsible for what happens between the hands (`plots::reading`), nor for keys (`plots::canvas`).

use crate::i18n::{Lang, panel as words};
use crate::ui::plots::reading::{Hand, Reading};
use crate::ui::testid;
use gloo::events::{EventListener, EventListenerOptions};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// Width and height, or x and y, in CSS pixels.
pub type Pair = (f64, f64);

impl<T: Clone + PartialEq> Reducible for Reading<T> {
    type Action = Hand<T>;

    fn reduce(self: Rc<Self>, hand: Hand<T>) -> Rc<Self> {
        Rc::new(self.after(hand))
    }
}

/// What a picture is read at.
pub struct Pin<T: Clone + PartialEq>(UseReducerHandle<Reading<T>>);

/// A picture with nothing pinned; places are compared with `==`.
#[hook]
pub fn use_pin<T: Clone + PartialEq + 'static>() -> Pin<T> {
    let reading = use_reducer_eq(Reading::default);
    let does = reading.dispatcher();
    // Wherever the focus has gone meanwhile; one press lets go of one pin.
    use_escape(reading.pinned.is_some(), Callback::from(move |()| does.dispatch(Hand::Release)));
    Pin(reading)
}

/// Esc anywhere on the page while `on`, unless something else used the key.
#[hook]
pub fn use_escape(on: bool, then: Callback<()>) {
    use_effect_with(on, move |on| {
        let active = EventListenerOptions::enable_prevent_default();
        let listener = web_sys::window().filter(|_| *on).map(|window| {
            EventListener::new_with_options(&window, "keydown", active, move |e| {
                if e.dyn_ref::<KeyboardEvent>().is_some_and(|e| e.key() == "Escape" && !e.default_prevented()) {
                    e.prevent_default();
                    then.emit(());
                }
            })
        });
        move || drop(listener)
    });
}

/// What a `Canvas` takes to be read by pointing.
pub struct Hands {
    /// For its `onhover`.
    pub onhover: Callback<Option<Pair>>,
    /// For its `onpick`.
    pub onpick: Callback<Pair>,
    /// For its `onrelease`.
    pub onrelease: Option<Callback<()>>,
}

impl<T: Clone + PartialEq + 'static> Pin<T> {
    /// What is read now: what is pointed at, else what is pinned.
    pub fn at(&self) -> Option<T> {
        self.0.at()
    }

    /// What is pinned.
    pub fn pinned(&self) -> Option<T> {
        self.0.pinned.clone()
    }

    /// Whether it is the pinned place that is read now.
    pub fn holds(&self) -> bool {
        self.0.pinned.is_some() && self.0.at() == self.0.pinned
    }

    /// Hands over the canvas `node` (or one above it of the same size); `find` says which place is at a point of a canvas
    /// of that size.
    pub fn hands(&self, node: &NodeRef, find: impl Fn(Pair, Pair) -> Option<T> + 'static) -> Hands {
        let node = node.clone();
        let find = Rc::new(move |at: Pair| {
            let canvas = node.cast::<HtmlCanvasElement>()?;
            find(at, (f64::from(canvas.client_width()), f64::from(canvas.client_height())))
        });
        let point = find.clone();
        let onhover = self.does(move |at: Option<Pair>| Hand::Point(at.and_then(|at| point(at))));
        Hands { onhover, onpick: self.does(move |at: Pair| Hand::Pick(find(at))), onrelease: self.onrelease() }
    }

    /// A callback that does what `hand` says.
    pub fn does<I: 'static>(&self, hand: impl Fn(I) -> Hand<T> + 'static) -> Callback<I> {
        let dispatcher = self.0.dispatcher();
        Callback::from(move |with| dispatcher.dispatch(hand(with)))
    }

    /// Lets go; `None` while nothing is pinned.
    pub fn onrelease(&self) -> Option<Callback<()>> {
        self.0.pinned.is_some().then(|| self.does(|()| Hand::Release))
    }

    /// For the readout of the picture with that test id: says that something is pinned, and lets go of it.
    pub fn mark(&self, picture: &str, lang: Lang) -> Html {
        pin_mark(self.onrelease(), picture, lang)
    }
}

/// Says that something is pinned, and lets go of it; nothing where nothing is.
pub fn pin_mark(onrelease: Option<Callback<()>>, picture: &str, lang: Lang) -> Html {
    let Some(release) = onrelease else { return Html::default() };
    html! {
        <button type="button" class="quiet small pin-mark" data-testid={testid::unpin(picture)} title={words::UNPIN.get(lang)}
            onclick={release.reform(|_: MouseEvent| ())}>{ words::PINNED.get(lang) }{ " ✕" }</button>
    }
}
