//! The names that queries may use in this network, which of them a query means, and which it may have meant.
//!
//! Pure. Not responsible for asking the worker for them (`section.rs`).

use super::fault::Fault;
use super::{parse, slice};
use crate::protocol::look::LOOK_MAX;
use crate::protocol::{Cut, Reading, ValueInfo};

/// What the network's answer is called, whatever layer gives it.
const OUTPUT: &str = "output";
/// Behind a name: its gradient.
const GRAD: [&str; 3] = ["grad", "gradient", "梯度"];
/// Behind a parameter's name: the first thing that the optimizer keeps for it.
const STATE: &str = "state";
/// In everyday words: what smooths the gradient.
const MOMENTUM: &str = "momentum";
/// Most names that are offered in place of an unknown one.
const NEAREST: usize = 3;

/// The part a value plays, as far as a query sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Learned.
    Parameter,
    /// Kept between steps, not learned.
    Buffer,
    /// Of an example: computed on its way, or given.
    Example,
    /// Of an example: kept for the way back, such as what heads look at. Few of these have a gradient.
    Saved,
    /// Of an example, and nothing is differentiated with respect to it.
    Target,
}

/// A value that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Such as `layers.0.weight`.
    pub name: String,
    /// Without the batch.
    pub shape: Vec<usize>,
    /// Its part.
    pub role: Role,
    /// What the optimizer keeps for it.
    pub state: Vec<String>,
}

impl Known {
    /// Whether it can have a gradient.
    pub fn has_grad(&self) -> bool {
        matches!(self.role, Role::Parameter | Role::Example | Role::Saved)
    }

    /// Whether it surely has one.
    pub fn offers_grad(&self) -> bool {
        matches!(self.role, Role::Parameter | Role::Example)
    }
}

/// Everything that can be asked of a network whose worker has said this; `output` is the value that is its answer.
pub fn known(values: &[ValueInfo], output: &str) -> Vec<Known> {
    let one = |v: &ValueInfo| {
        let role = match v.role.as_str() {
            "parameter" => Role::Parameter,
            "buffer" => Role::Buffer,
            "target" => Role::Target,
            "saved" => Role::Saved,
            _ => Role::Example,
        };
        let shape = v.shape.iter().skip(usize::from(v.batched)).copied().collect();
        Known { name: v.name.clone(), shape, role, state: v.state.clone() }
    };
    let mut all: Vec<Known> = values.iter().map(one).collect();
    if let Some(answer) = all.iter().find(|k| k.name == output).filter(|_| output != OUTPUT).cloned() {
        all.push(Known { name: OUTPUT.into(), ..answer });
    }
    all
}

/// A query that can be put to the worker.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The value.
    pub of: Known,
    /// What of it.
    pub reading: Reading,
    /// Which places of each axis.
    pub cuts: Vec<Cut>,
}

/// A fault, with the value that was meant and its shape where that is known.
pub type Refused = (Fault, Option<(String, Vec<usize>)>);

/// Reads a query against the names of a network.
pub fn ask(text: &str, names: &[Known]) -> Result<Ask, Refused> {
    let bare = |fault| (fault, None);
    let line = parse::parse(text).map_err(bare)?;
    let (of, reading) = resolve(&line.path, names).map_err(bare)?;
    let with = |fault| (fault, Some((of.name.clone(), of.shape.clone())));
    let cuts = slice::cuts(&line.brackets, &of.shape).map_err(with)?;
    let numbers = cuts.iter().fold(1_usize, |n, cut| n.saturating_mul(cut.count));
    if numbers > LOOK_MAX {
        return Err(with(Fault::Large { numbers, most: LOOK_MAX }));
    }
    Ok(Ask { of: of.clone(), reading, cuts })
}

fn resolve<'a>(path: &str, names: &'a [Known]) -> Result<(&'a Known, Reading), Fault> {
    if let Some(known) = find(path, names) {
        return Ok((known, Reading::Value));
    }
    let (base, last) = path.rsplit_once('.').unwrap_or((path, ""));
    let is_grad = GRAD.contains(&last.to_lowercase().as_str());
    if let Some(known) = find(base, names) {
        if is_grad {
            return if known.has_grad() {
                Ok((known, Reading::Grad))
            } else {
                Err(Fault::Gradient(known.name.clone()))
            };
        }
        if let Some(slot) = slot(known, last) {
            return Ok((known, Reading::State(slot)));
        }
    }
    // A gradient of what the optimizer keeps.
    if let Some((parameter, kept)) = base.rsplit_once('.').filter(|_| is_grad)
        && find(parameter, names).is_some_and(|k| slot(k, kept).is_some())
    {
        return Err(Fault::Twice(spoken(base, kept)));
    }
    let nearest = if is_grad { nearest(base, names, " grad") } else { nearest(path, names, "") };
    Err(Fault::Unknown { name: path.to_string(), nearest })
}

fn spoken(path: &str, last: &str) -> String {
    path.strip_suffix(last).map_or_else(|| path.to_string(), |p| format!("{} {last}", p.trim_end_matches('.')))
}

/// What the optimizer keeps for it under that word.
fn slot(known: &Known, word: &str) -> Option<String> {
    let word = word.to_lowercase();
    let exact = known.state.iter().find(|s| **s == word);
    let plain = match word.as_str() {
        STATE => known.state.first(),
        MOMENTUM => known.state.iter().find(|s| *s == "momentum_buffer" || *s == "exp_avg"),
        _ => None,
    };
    exact.or(plain).cloned()
}

/// The value of that name: as written, else in other case, else with or without a plural's s.
fn find<'a>(path: &str, names: &'a [Known]) -> Option<&'a Known> {
    let same = |wanted: &str| names.iter().find(|k| k.name.eq_ignore_ascii_case(wanted));
    let exact = names.iter().find(|k| k.name == path);
    exact.or_else(|| same(path)).or_else(|| match path.strip_suffix(['s', 'S']) {
        Some(one) => same(one),
        None => same(&format!("{path}s")),
    })
}

/// The names that are least edits away, with `behind` after each; never none while there are names.
fn nearest(path: &str, names: &[Known], behind: &str) -> Vec<String> {
    let path = path.to_lowercase();
    let fits = |k: &&Known| behind.is_empty() || k.offers_grad();
    let mut all: Vec<(usize, String)> =
        names.iter().filter(fits).map(|k| (distance(&path, &k.name), k.name.clone())).collect();
    if behind.is_empty() {
        let kept = |k: &Known| k.state.iter().map(|s| format!("{}.{s}", k.name)).collect::<Vec<_>>();
        let kept = names.iter().flat_map(kept).map(|name| (distance(&path, &name), name));
        all.extend(kept.map(|(d, name)| (d, name.rsplit_once('.').map_or(name.clone(), |(a, b)| format!("{a} {b}")))));
    }
    crate::spec::order::sort_by_key(&mut all, |(d, name)| (*d, name.len()));
    let least = all.first().map_or(0, |(d, _)| *d);
    // What is twice as far as the best was hardly meant.
    let near = all.into_iter().take_while(|(d, _)| *d <= 2 * least);
    near.take(NEAREST).map(|(_, name)| format!("{name}{behind}")).collect()
}

/// Insertions, deletions, changes and swaps of neighbours that make `b` of `a`.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let above = &rows[i - 1];
            let change = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests;
