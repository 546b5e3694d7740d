//! What the doctor looks at in single examples: whether two of them are answered differently, where there are answers at
//! many places, and what gradient reaches each earlier step of a sequence.
//!
//! Not responsible for when it looks (`Doctor::wants`) nor for judging (`rules`).

use super::vitals::RECENT;
use crate::protocol::{Example, LookRequest, Objective};
use crate::spec::{Experiment, Target};
use crate::ui::frame_data::FrameData;
use crate::ui::inside::states::{Cell, RecurrentAt, norms, recurrences, step_targets};

/// Two examples are looked at together, under these names.
const KEYS: [&str; 2] = ["doctor-0", "doctor-1"];
/// Pairs of examples that take turns: the first rows of the training part.
const PAIRS: usize = 8;
/// Looks kept.
const KEPT: usize = 16;

/// What one look at two examples showed.
#[derive(Clone, Debug, PartialEq)]
pub struct Looked {
    /// When.
    pub step: u64,
    /// Of the recurrent layer whose gradient changes most.
    pub through: Option<Through>,
    /// Where answers have several places.
    pub said: Option<Said>,
}

/// The gradient through time of one layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Through {
    /// Such as `layers.1`.
    pub layer: String,
    /// `|∂loss/∂h_t|` of each time step; the loss is the last place's, where every place has one.
    pub norms: Vec<f64>,
}

/// How two examples were answered, at the places where different things are wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// How far the answers are apart, over what is usual: the spread of the scores over the classes, or how far the targets
    /// are apart.
    pub apart: f64,
    /// Places of each class, wanted.
    pub targets: Vec<u32>,
    /// Places of each class, answered.
    pub answers: Vec<u32>,
}

impl Through {
    /// The first step's gradient over the last one's. What is too small for a number counts as the smallest one.
    pub fn back(&self) -> Option<f64> {
        let (first, last) = (*self.norms.first()?, *self.norms.last()?);
        (self.norms.len() > 1 && last > 0.0 && last.is_finite()).then(|| first.max(f64::from(f32::MIN_POSITIVE)) / last)
    }
}

/// Recurrent layers without gates. Where there are gates the gradient may be as small at first (a half, step by step), but
/// they open by themselves: healthy LSTMs were seen to do so after a thousand steps.
pub fn plain(e: &Experiment) -> impl Iterator<Item = RecurrentAt> {
    recurrences(e).into_iter().filter(|r| r.cell == Cell::Rnn)
}

/// Whether answers have several places: for one class or one number a row, the whole test part tells more.
fn many_places(target: &Target) -> bool {
    match target {
        Target::Steps { .. } => true,
        Target::Values { .. } => target.width() > 1,
        Target::Classes { .. } => false,
    }
}

/// What to ask for; nothing where there is nothing to see. `turn` chooses the examples.
pub fn requests(e: &Experiment, turn: usize) -> Vec<LookRequest> {
    let gradients = plain(e).map(|r| r.gradient(false)).collect::<Vec<_>>();
    let said = e.data_info().is_some_and(|info| many_places(&info.target));
    let of = step_targets(e).map_or(Objective::Loss, |n| Objective::LossAt(n.saturating_sub(1)));
    let row = 2 * (turn % PAIRS);
    let one = |k: usize| {
        let output = said.then(|| "output".to_string());
        let values: Vec<String> = output.into_iter().chain(gradients.iter().filter(|_| k == 0).cloned()).collect();
        LookRequest { key: KEYS[k].into(), example: Example::Train(row + k), values, of: of.clone() }
    };
    (0..2).map(one).filter(|r| !r.values.is_empty()).collect()
}

/// Reads the answers to [`requests`]; `None` if the frame brings none.
pub fn read(data: &FrameData, e: &Experiment) -> Option<Looked> {
    let first = data.look(KEYS[0])?;
    let gradient = |name: String, layer: String| {
        let (shape, d) = data.looked(first, &name)?;
        Some(Through { layer, norms: norms(shape, d, first.len) })
    };
    let layers = plain(e).filter_map(|r| gradient(r.gradient(false), r.prefix));
    let size = |t: &Through| t.back().map_or(0.0, |b| b.ln().abs());
    let through = layers.max_by(|a, b| size(a).total_cmp(&size(b))).filter(|t| t.back().is_some());
    Some(Looked { step: first.step, through, said: said(data, e) })
}

fn said(data: &FrameData, e: &Experiment) -> Option<Said> {
    let target = e.data_info()?.target;
    let [a, b] = KEYS.map(|k| data.look(k));
    let (a, b) = (a?, b?);
    let (x, y) = (data.looked(a, "output")?.1, data.looked(b, "output")?.1);
    // Past the end the last row stands in: the same example says nothing.
    if a.row == b.row || x.len() != y.len() {
        return None;
    }
    let (mut apart, mut usual) = (0.0, 0.0);
    let (mut targets, mut answers) = (vec![0; target.classes()], vec![0; target.classes()]);
    match target {
        Target::Values { .. } => {
            apart = squares(x.iter().zip(y));
            usual = squares(a.target.iter().zip(&b.target));
        }
        Target::Steps { count, .. } => {
            let places = x.chunks_exact(count).zip(y.chunks_exact(count)).zip(a.target.iter().zip(&b.target));
            for ((x, y), (s, t)) in places.filter(|(_, (s, t))| **s >= 0.0 && **t >= 0.0) {
                for (scores, wanted) in [(x, s), (y, t)] {
                    targets[(*wanted as usize).min(count - 1)] += 1;
                    answers[best(scores)] += 1;
                }
                if s != t {
                    let mean = |v: &[f32]| v.iter().sum::<f32>() / count as f32;
                    let (m, n) = (vec![mean(x); count], vec![mean(y); count]);
                    apart += squares(x.iter().zip(y));
                    usual += 0.5 * (squares(x.iter().zip(&m)) + squares(y.iter().zip(&n)));
                }
            }
        }
        Target::Classes { .. } => return None,
    }
    // Zero weights: nothing apart, and no scores either.
    let ratio = if apart == 0.0 { 0.0 } else { (apart / usual).sqrt() };
    (usual > 0.0 || (apart == 0.0 && targets.iter().filter(|n| **n > 0).count() > 1)).then_some(Said {
        apart: ratio,
        targets,
        answers,
    })
}

fn squares<'a>(pairs: impl Iterator<Item = (&'a f32, &'a f32)>) -> f64 {
    pairs.map(|(a, b)| f64::from(a - b).powi(2)).sum()
}

/// The place of the highest score.
fn best(scores: &[f32]) -> usize {
    let all = scores.iter().enumerate();
    all.max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(i, _)| i)
}

/// The latest looks, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looks {
    kept: Vec<Looked>,
    /// Looks taken.
    pub turn: usize,
}

impl Looks {
    /// One more. A step that was looked at before is seen anew; what lay after it is another run's.
    pub fn add(&mut self, one: Looked) {
        self.kept.retain(|l| l.step < one.step);
        self.kept.push(one);
        self.turn += 1;
        self.kept.drain(..self.kept.len().saturating_sub(KEPT));
    }

    /// Oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Looked> {
        self.kept.iter()
    }

    /// The step of the latest, if there are enough of them to judge by.
    pub fn latest(&self) -> Option<u64> {
        self.kept.last().map(|l| l.step).filter(|_| self.kept.len() >= RECENT)
    }

    /// The median of `of` over the latest looks; `None` while fewer than [`RECENT`] have it.
    pub fn recent(&self, of: impl Fn(&Looked) -> Option<f64>) -> Option<f64> {
        super::vitals::median(self.kept.iter().rev().filter_map(of))
    }

    /// Places of each class in all looks kept, wanted and answered.
    pub fn places(&self) -> Option<(Vec<u32>, Vec<u32>)> {
        let said = || self.kept.iter().filter_map(|l| l.said.as_ref());
        let n = said().next()?.targets.len();
        let sum = |of: fn(&Said) -> &[u32]| (0..n).map(|i| said().filter_map(|s| of(s).get(i)).sum()).collect();
        Some((sum(|s| &s.targets), sum(|s| &s.answers)))
    }
}
