//! Problems of the experiment in words, sorted to the cards that cause them.
//!
//! Not responsible for the sentences (`i18n::problems`) nor for problems that sit on no layer (the page's own list).

use super::card::Trouble;
use crate::i18n::network::{self as words, FixWords};
use crate::i18n::{Lang, problems};
use crate::spec::{Fix, Problem};

/// For each of `n` layers what is wrong with it.
pub fn per_layer(all: &[Problem], n: usize, lang: Lang) -> Vec<Vec<Trouble>> {
    let mut sorted = vec![Vec::new(); n];
    for p in all {
        if let Some(place) = p.layer().and_then(|l| sorted.get_mut(l)) {
            let fix = p.fix.clone().map(|f| (f.clone(), fix_words(&f, lang)));
            place.push(Trouble { text: sentence(p, fix.is_none(), lang), fix });
        }
    }
    sorted
}

/// What is wrong; with what to do about it where no button does it.
fn sentence(p: &Problem, with_hint: bool, lang: Lang) -> String {
    // A code is a plain name, so serialising it cannot fail.
    let code = serde_json::to_value(p.code).unwrap_or_default();
    let (what, hint) = problems::problem_at(lang, &p.path, code.as_str().unwrap_or_default(), &p.args);
    if with_hint { format!("{what} {hint}") } else { what }
}

fn fix_words(fix: &Fix, lang: Lang) -> String {
    let n;
    let (kind, arg) = match fix {
        Fix::InsertFlatten { .. } => (FixWords::Flatten, ("", "")),
        Fix::SetUnits { units: Some(u), .. } => {
            n = u.to_string();
            (FixWords::Units, ("n", n.as_str()))
        }
        Fix::SetUnits { units: None, .. } => (FixWords::TaskUnits, ("", "")),
        Fix::RemoveLayer { .. } => (FixWords::Remove, ("", "")),
        Fix::SetLoss { loss } => (FixWords::Loss, ("loss", loss.as_str())),
        Fix::AppendDense => (FixWords::Append, ("", "")),
    };
    words::fix(kind).with(lang, &[arg])
}
