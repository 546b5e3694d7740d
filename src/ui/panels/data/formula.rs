//! The editor of the set `formula`: `y > f(x)`.
//!
//! What cannot be read is said under the field, and the run goes on with the last formula that could. Not responsible
//! for the language of formulas (`spec::formula`).

use crate::i18n::{Lang, data as words};
use crate::spec::formula::{Formula, MAX_LENGTH};
use crate::spec::{DataSpec, Experiment, Problem};
use crate::ui::form::{Same, problems, say};
use crate::ui::state::Msg;
use crate::ui::testid;
use gloo::timers::callback::Timeout;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What stands there at first.
pub const FIRST: &str = "0.5*sin(3x)";
/// Rest after a key before the formula is taken.
const REST_MS: u32 = 400;

/// Properties of [`FormulaEditor`].
#[derive(Clone, PartialEq, Properties)]
pub struct FormulaProps {
    /// Language.
    pub lang: Lang,
    /// What the learner edits; its set is `formula`.
    pub experiment: Same<Experiment>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// See the module.
#[component]
pub fn FormulaEditor(props: &FormulaProps) -> Html {
    let in_force = props.experiment.data.formula.clone().unwrap_or_default();
    let typed = use_state_eq(|| in_force.clone());
    let rest = use_mut_ref(|| None::<Timeout>);
    {
        // Undo, a link: another formula from outside replaces what stands here.
        let typed = typed.setter();
        use_effect_with(in_force.clone(), move |text| typed.set(text.clone()));
    }
    let problem = check(&typed).err();
    let oninput = {
        let (typed, experiment, emit) = (typed.setter(), props.experiment.clone(), props.emit.clone());
        Callback::from(move |e: InputEvent| {
            let text = e.target_unchecked_into::<HtmlInputElement>().value();
            typed.set(text.clone());
            let take = (check(&text).is_ok() && experiment.data.formula.as_ref() != Some(&text)).then(|| {
                let data = DataSpec { formula: Some(text), ..experiment.data.clone() };
                let emit = emit.clone();
                Timeout::new(REST_MS, move || emit.emit(Msg::Data(data)))
            });
            *rest.borrow_mut() = take;
        })
    };
    let said: Vec<AttrValue> = problem.iter().map(|p| say(p, props.lang).into()).collect();
    html! {
        <div class={classes!("field", "formula", (!said.is_empty()).then_some("field-bad"))}>
            <div class="field-row">
                <label for={testid::DATA_FORMULA}>{ words::FORMULA.get(props.lang) }</label>
                <input type="text" id={testid::DATA_FORMULA} data-testid={testid::DATA_FORMULA} class="formula-text"
                    autocomplete="off" autocapitalize="off" spellcheck="false" maxlength={MAX_LENGTH.to_string()}
                    value={(*typed).clone()} aria-invalid={problem.is_some().to_string()}
                    aria-describedby="data-formula-help data-formula-problem" {oninput} />
            </div>
            <p class="field-help" role="tooltip" id="data-formula-help">{ words::FORMULA_HELP.get(props.lang) }</p>
            { problems(testid::DATA_FORMULA, &said) }
        </div>
    }
}

fn check(text: &str) -> Result<(), Problem> {
    Formula::parse(text)?.check_finite()
}
