//! The editor of the set `formula`: `y > f(x)`.
//!
//! What cannot be read is said under the field, and the run goes on with the last formula that could. Not responsible
//! for the language of formulas (`spec::formula`).

use crate::i18n::{Lang, data as words};
use crate::spec::formula::{Formula, MAX_LENGTH};
use crate::spec::{DataSpec, Experiment, Problem};
use crate::ui::form::{problems, say};
use crate::ui::hooks::use_typed;
use crate::ui::same::Same;
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
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
    let typed = {
        let (data, emit) = (props.experiment.data.clone(), props.emit.clone());
        let take = move |text| emit.emit(Msg::Edit(EditMsg::Data(DataSpec { formula: Some(text), ..data.clone() })));
        use_typed(&in_force, Callback::from(take))
    };
    let problem = check(typed.text()).err();
    let value = typed.text().to_owned();
    let oninput = Callback::from(move |e: InputEvent| {
        let text = e.target_unchecked_into::<HtmlInputElement>().value();
        let take = check(&text).is_ok() && text != in_force;
        typed.put(text, take.then_some(REST_MS));
    });
    // What is written short may be meant otherwise: how it was read is said.
    let shown = Formula::parse(&value).ok().map(|f| f.shown()).filter(|shown| plain(shown) != plain(&value));
    let said: Vec<AttrValue> = problem.iter().map(|p| say(p, props.lang).into()).collect();
    html! {
        <div class={classes!("field", "formula", (!said.is_empty()).then_some("field-bad"))}>
            <div class="field-row">
                <label for={testid::DATA_FORMULA}>{ words::FORMULA.get(props.lang) }</label>
                <input type="text" id={testid::DATA_FORMULA} data-testid={testid::DATA_FORMULA} class="formula-text"
                    autocomplete="off" autocapitalize="off" spellcheck="false" maxlength={MAX_LENGTH.to_string()}
                    {value} aria-invalid={problem.is_some().to_string()}
                    aria-describedby="data-formula-help data-formula-problem" {oninput} />
            </div>
            <p class="field-help" role="tooltip" id="data-formula-help">{ words::FORMULA_HELP.get(props.lang) }</p>
            if let Some(formula) = shown {
                <p class="formula-shown" data-testid={testid::FORMULA_SHOWN}>
                    { words::FORMULA_SHOWN.with(props.lang, &[("formula", &formula)]) }
                </p>
            }
            { problems(testid::DATA_FORMULA, &said) }
        </div>
    }
}

/// Without blanks and with one sign for each operation: what differs beyond that is worth saying.
fn plain(text: &str) -> String {
    let sign = |c: char| match c {
        '·' | '×' => '*',
        '−' => '-',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(sign).collect()
}

fn check(text: &str) -> Result<(), Problem> {
    Formula::parse(text)?.check_finite()
}
