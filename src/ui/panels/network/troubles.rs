//! Problems of the experiment in words, sorted to the cards that cause them.
//!
//! Not responsible for the sentences (`i18n::problems`) nor for problems that sit on no layer (the page's own list).

use super::card::Trouble;
use crate::i18n::{Lang, problems, sentences};
use crate::spec::{ModelSpec, Problem};
use crate::ui::notices::fix_label;

/// For each layer what is wrong with it.
pub fn per_layer(all: &[Problem], model: &ModelSpec, lang: Lang) -> Vec<Vec<Trouble>> {
    let mut sorted = vec![Vec::new(); model.layers.len()];
    for p in all {
        if let Some(place) = p.layer(model).and_then(|l| sorted.get_mut(l)) {
            let fix = p.fix.clone().map(|f| (f.clone(), fix_label(lang, &f)));
            place.push(Trouble { text: sentence(p, fix.is_none(), lang), fix });
        }
    }
    sorted
}

/// What is wrong; with what to do about it where no button does it.
fn sentence(p: &Problem, with_hint: bool, lang: Lang) -> String {
    let (what, hint) = problems::problem_at(lang, &p.path, &p.code_name(), &p.args);
    if with_hint { sentences(lang, &[what, hint]) } else { what }
}
