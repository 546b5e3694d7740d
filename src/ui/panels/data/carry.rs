//! Whether other data keep the weights: off, so that they start afresh, unless the learner wants it.
//!
//! Not responsible for carrying them over (the worker does) nor for saying so (`ui::whence`).

use crate::i18n::truth;
use crate::ui::form::Toggle;
use crate::ui::panels::PanelProps;
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use yew::prelude::*;

/// See the module.
pub fn view(props: &PanelProps) -> Html {
    let lang = props.state.page.lang;
    let onchange = props.emit.reform(|m| Msg::Edit(EditMsg::CarryWeights(m)));
    html! {
        <Toggle id={testid::CARRY_WEIGHTS} label={truth::CARRY.get(lang)} help={truth::CARRY_HELP.get(lang)}
            on={props.state.edit.carry_weights} {onchange} />
    }
}
