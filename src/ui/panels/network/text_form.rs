//! The network as one line of text, in step with the cards: valid text takes effect shortly after typing or on Enter,
//! anything else stays as a draft with the place that cannot be read. Code takes effect when it is pasted, or on Enter.
//!
//! Not responsible for the grammar (`spec::text`) nor for reading code (`spec::code`, in the reducer).

use crate::i18n::{Lang, network as words};
use crate::spec::{Experiment, ModelSpec, code, text};
use crate::ui::model_text::wrong;
use crate::ui::notices::found;
use crate::ui::same::Same;
use crate::ui::state::brought::Brought;
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Properties of [`TextForm`].
#[derive(Clone, PartialEq, Properties)]
pub struct TextProps {
    /// The experiment.
    pub experiment: Rc<Experiment>,
    /// Language.
    pub lang: Lang,
    /// Where edits go.
    pub emit: Callback<Msg>,
}

/// Typing pause after which valid text takes effect.
const PAUSE_MS: u32 = 700;

/// See the module.
#[component]
pub fn TextForm(props: &TextProps) -> Html {
    let TextProps { experiment, lang, emit } = props;
    let draft = use_state_eq(|| None::<String>);
    let timer = use_mut_ref(|| None::<Timeout>);
    // What this form made of the network: such a change leaves the draft as it was typed.
    let own = use_mut_ref(|| None::<ModelSpec>);
    {
        let (draft, own, timer) = (draft.clone(), own.clone(), timer.clone());
        use_effect_with(experiment.model.clone(), move |model| {
            if own.borrow().as_ref() != Some(model) {
                // What was still being typed is not for the network that has come.
                *timer.borrow_mut() = None;
                draft.set(None);
            }
        });
    }
    let take = {
        let (experiment, emit, own) = (experiment.clone(), emit.clone(), own.clone());
        Rc::new(move |typed: &str| {
            if code::is_code(typed) {
                // Code that cannot be read stays where it can be mended.
                let reads = code::read(typed, &experiment).is_ok();
                if reads {
                    emit.emit(Msg::Edit(EditMsg::Paste(typed.into(), Brought(code::read))));
                }
                return reads;
            }
            let Ok(model) = text::parse(typed) else { return false };
            if model != experiment.model {
                *own.borrow_mut() = Some(model.clone());
                emit.emit(Msg::Edit(EditMsg::SetModel(model)));
            }
            true
        })
    };
    let oninput = {
        let (draft, timer, take) = (draft.clone(), timer.clone(), take.clone());
        Callback::from(move |e: InputEvent| {
            let Some(typed) = e.target_dyn_into::<HtmlTextAreaElement>().map(|t| t.value()) else { return };
            if code::is_code(&typed) {
                *timer.borrow_mut() = None;
                // Whoever writes code by hand says when it is whole: by Enter, or by leaving the field.
                draft.set(Some(typed.clone()));
                if matches!(e.input_type().as_str(), "insertFromPaste" | "insertFromDrop") && take(&typed) {
                    draft.set(None);
                }
                return;
            }
            let one_line = typed.replace(['\n', '\r'], " ");
            draft.set(Some(one_line.clone()));
            let take = take.clone();
            *timer.borrow_mut() = Some(Timeout::new(PAUSE_MS, move || _ = take(&one_line)));
        })
    };
    let commit = {
        let (draft, timer) = (draft.clone(), timer.clone());
        move || {
            *timer.borrow_mut() = None;
            if draft.as_ref().is_some_and(|typed| take(typed)) {
                draft.set(None);
            }
        }
    };
    let onkeydown = {
        let (commit, draft, timer) = (commit.clone(), draft.clone(), timer.clone());
        Callback::from(move |e: KeyboardEvent| match e.key().as_str() {
            // Code has lines.
            "Enter" if e.shift_key() && draft.as_deref().is_some_and(code::is_code) => {}
            "Enter" if !e.is_composing() => {
                e.prevent_default();
                commit();
            }
            "Escape" => {
                *timer.borrow_mut() = None;
                draft.set(None);
            }
            _ => {}
        })
    };
    let onblur = Callback::from(move |_: FocusEvent| commit());
    let value = (*draft).clone().unwrap_or_else(|| text::write(&experiment.model));
    let of_code = draft.as_ref().filter(|typed| code::is_code(typed));
    let in_code = use_memo((of_code.cloned(), Same(experiment.clone())), |(typed, e)| {
        typed.as_ref().and_then(|typed| code::read(typed, &e.0).err())
    });
    let problem = draft.as_ref().filter(|_| of_code.is_none()).and_then(|typed| text::parse(typed).err());
    let invalid = problem.is_some() || in_code.is_some();
    html! {
        <div class="net-text">
            <textarea id="model-text" rows="1" {value} spellcheck="false" autocomplete="off" autocapitalize="off" wrap="soft"
                aria-label={words::MODEL_TEXT.get(*lang)} title={words::MODEL_TEXT_HELP.get(*lang)}
                aria-invalid={invalid.then_some("true")} data-testid={testid::MODEL_TEXT}
                {oninput} {onkeydown} {onblur} />
            if let Some(problems) = in_code.as_ref() {
                <div class="net-wrong" role="alert" data-testid={testid::CODE_PROBLEMS}>
                    { found(*lang, problems) }{ words::TEXT_DRAFT.get(*lang) }
                </div>
            }
            if let Some(p) = problem {
                <p class="net-wrong" role="alert" data-testid={testid::MODEL_TEXT_PROBLEM}>{ wrong(&p, *lang) }</p>
            }
        </div>
    }
}
