//! The dialog that shares: the link with what it may say besides the experiment, and its QR code.
//!
//! Not responsible for the link's text (`ui::route`) nor for the code (`ui::qr`).

use super::file_dialogs::use_modal;
use super::plots::number;
use super::route::Start;
use super::state::files::FileMsg;
use super::state::{Msg, PageMsg};
use super::{page, qr, testid};
use crate::i18n::{Lang, files as words};
use crate::protocol::Until;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Share`].
#[derive(Clone, PartialEq, Properties)]
pub struct ShareProps {
    /// Language.
    pub lang: Lang,
    /// Whether it is the laboratory's.
    pub lab: bool,
    /// From `#` on, without how it starts.
    pub address: AttrValue,
    /// The goal in force.
    pub until: Option<Until>,
    /// The speed in force.
    pub speed: Option<f32>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// See the module.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let ShareProps { lang, lab, until, speed, .. } = *props;
    let node = use_modal();
    let ticks = use_state_eq(|| [false; 3]);
    let copied = use_state_eq(String::new);
    let [paused, goal, pace] = *ticks;
    let start = Start { paused, until: until.filter(|_| goal), speed: pace.then_some(speed), ..Start::default() };
    let link = format!("{}{}{}", page::base(), props.address, if lab { String::new() } else { start.write() });
    let code = use_memo(link.clone(), |link| qr::code(link));
    let close = props.emit.reform(|_: MouseEvent| Msg::Page(PageMsg::Files(FileMsg::Close)));
    let onclose = props.emit.reform(|_: Event| Msg::Page(PageMsg::Files(FileMsg::Close)));
    let copy = {
        let (link, copied) = (link.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            page::copy(&link);
            copied.set(link.clone());
        })
    };
    let tick = |i: usize, id: &'static str, word: String, disabled: bool| {
        let (ticks, on) = (ticks.clone(), (*ticks)[i]);
        let onchange = Callback::from(move |_: Event| {
            let mut now = *ticks;
            now[i] = !now[i];
            ticks.set(now);
        });
        html! {
            <label class="check">
                <input type="checkbox" checked={on} {disabled} data-testid={id} {onchange} />{ word }
            </label>
        }
    };
    let select = |e: FocusEvent| e.target_unchecked_into::<HtmlInputElement>().select();
    let goal_word = until.map_or_else(
        || words::NO_GOAL.get(lang).to_string(),
        |u| words::WITH_GOAL.with(lang, &[("goal", &goal_name(u, lang))]),
    );
    let speed_word = words::WITH_SPEED.with(lang, &[("speed", &speed_name(speed, lang))]);
    let help = if lab { words::SHARE_LAB } else { words::SHARE_HELP };
    html! {
        <dialog ref={node} class="sheet ask share" data-testid={testid::SHARE_DIALOG} aria-labelledby="share-title" {onclose}>
            <h2 id="share-title">{ words::SHARE_TITLE.get(lang) }</h2>
            <p>{ help.get(lang) }</p>
            <div class="share-link">
                <input type="text" readonly=true value={link.clone()} data-testid={testid::SHARE_TEXT}
                    aria-label={words::LINK.get(lang)} onfocus={select} />
                <button type="button" class="button primary" data-testid={testid::SHARE_COPY} onclick={copy} aria-live="polite">
                    { if *copied == link { words::COPIED } else { words::COPY }.get(lang) }
                </button>
            </div>
            if !lab {
                <div class="share-ticks">
                    { tick(0, testid::SHARE_PAUSED, words::START_PAUSED.get(lang).into(), false) }
                    { tick(1, testid::SHARE_GOAL, goal_word, until.is_none()) }
                    { tick(2, testid::SHARE_SPEED, speed_word, false) }
                </div>
            }
            <div class="share-qr" data-testid={testid::SHARE_QR}>{ picture(&code, &link, lang) }</div>
            <div class="actions">
                <button type="button" class="button" data-testid={testid::SHARE_CLOSE} onclick={close}>
                    { words::CLOSE.get(lang) }
                </button>
            </div>
        </dialog>
    }
}

fn picture(code: &Option<qr::Qr>, link: &str, lang: Lang) -> Html {
    let Some(qr) = code else {
        let n = number::integer(link.len() as u64);
        return html! { <p>{ words::QR_TOO_LONG.with(lang, &[("n", &n)]) }</p> };
    };
    let n = qr.size;
    html! {<>
        <svg viewBox={format!("0 0 {n} {n}")} role="img" aria-label={words::QR.get(lang)} shape-rendering="crispEdges">
            <rect width={n.to_string()} height={n.to_string()} fill="#fff" /><path d={qr.path.clone()} fill="#000" />
        </svg>
        if qr.dense { <p class="dim">{ words::QR_DENSE.get(lang) }</p> }
    </>}
}

fn goal_name(until: Until, lang: Lang) -> String {
    match until {
        Until::Epochs(n) => words::EPOCHS.with(lang, &[("n", &number::integer(u64::from(n)))]),
        Until::Loss(x) => words::LOSS.with(lang, &[("n", &number::short(f64::from(x)))]),
        Until::Accuracy(x) => words::ACCURACY.with(lang, &[("n", &number::short(100.0 * f64::from(x)))]),
    }
}

fn speed_name(speed: Option<f32>, lang: Lang) -> String {
    match speed {
        Some(x) => words::STEPS_PER_S.with(lang, &[("n", &number::short(f64::from(x)))]),
        None => words::FLAT_OUT.get(lang).into(),
    }
}
