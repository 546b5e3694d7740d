//! What the features of a trunk or an encoder are worth: a linear classifier on them with few labels, beside the same network trained from
//! scratch on these labels alone.
//!
//! Not responsible for when (`worker::probe`).

use super::super::data::Dataset;
use super::super::exec::Executor;
use super::super::metrics::linear;
use super::{Part, Session};
use crate::spec::model::{Empty, LayerKind, ModelSpec, PartName};
use crate::spec::{Activation, Experiment, TaskKind, TaskSpec, preset};

/// Share of the training rows whose label is used.
const SHARE: f32 = 0.01;
/// Most rows of the test part that both are measured on.
const TESTED: usize = 1000;
/// Steps that training from scratch has …
pub const SCRATCH_STEPS: u64 = 400;
/// … measured after every so many: its best counts.
const SCRATCH_EVERY: u64 = 20;

/// What a linear classifier makes of the features.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probed {
    /// Training rows whose label was used.
    pub labelled: usize,
    /// Rows measured on.
    pub tested: usize,
    /// Share of those right.
    pub accuracy: f32,
}

/// The same layers with a linear head, trained on the labelled rows only.
pub struct Scratch {
    session: Session,
    best: Option<f32>,
    over: bool,
}

impl Scratch {
    /// The best share of test rows right so far.
    pub fn best(&self) -> Option<f32> {
        self.best
    }

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        self.session.steps()
    }

    /// Whether its steps are used up, or its numbers left the finite range.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// Some more steps, and a measurement.
    pub fn advance(&mut self) {
        for _ in 0..SCRATCH_EVERY {
            if self.over || self.session.step().is_err() {
                self.over = true;
                return;
            }
        }
        let now = self.session.evaluate(Part::Test, usize::MAX).and_then(|m| m.accuracy);
        self.best = self.best.into_iter().chain(now).reduce(f32::max);
        self.over = self.session.steps() >= SCRATCH_STEPS;
    }
}

impl Session {
    /// A row of the data as it is, not as the task changes it.
    fn plain_row(&self, row: usize) -> &[f32] {
        let width = self.data.x_width();
        if self.data.origin.is_empty() { self.data.x_row(row) } else { &self.data.origin[row * width..][..width] }
    }

    fn classes(&self) -> usize {
        self.data.labels.iter().map(|l| *l as usize + 1).max().unwrap_or(0)
    }

    /// The training rows whose labels are used: the first of each class, equally many of each.
    fn labelled(&self) -> Vec<usize> {
        let classes = self.classes();
        let each = (SHARE * self.data.n_train as f32 / classes.max(1) as f32).ceil() as usize;
        let mut left = vec![each; classes];
        let takes = |row: &usize| {
            let left = &mut left[self.data.labels[*row] as usize];
            *left > 0 && {
                *left -= 1;
                true
            }
        };
        if classes == 0 { Vec::new() } else { self.data.train().filter(takes).collect() }
    }

    fn plain(&self, rows: &[usize]) -> (Vec<f32>, Vec<usize>) {
        let x = rows.iter().flat_map(|row| self.plain_row(*row)).copied().collect();
        (x, rows.iter().map(|row| self.data.labels[*row] as usize).collect())
    }

    fn tested(&self) -> Vec<usize> {
        self.data.test().take(TESTED).collect()
    }

    /// How far a linear classifier comes with the features as they are now; `None` of other tasks, and where rows
    /// have no classes.
    pub fn probe(&mut self) -> Option<Probed> {
        let part = self.exp.task.kind.features().filter(|_| self.classes() > 0)?;
        let ((x, y), (test_x, test_y)) = (self.plain(&self.labelled()), self.plain(&self.tested()));
        let (_, width) = self.part_widths(part)?;
        let (x, test_x) = (self.apply(part, &x)?, self.apply(part, &test_x)?);
        let (train, test) = (linear::Rows { x: &x, y: &y }, linear::Rows { x: &test_x, y: &test_y });
        let accuracy = linear::probe(&train, &test, width, self.classes())?;
        Some(Probed { labelled: y.len(), tested: test_y.len(), accuracy })
    }

    /// The same layers with a linear head from their first weights, to be trained on the labelled rows only.
    pub fn scratch(&mut self, exec: Box<dyn Executor<f32>>) -> Option<Scratch> {
        let part = self.exp.task.kind.features().filter(|_| self.classes() > 0)?;
        let shape = self.part_shape(part)?;
        let exp = from_scratch(&self.exp, part, &shape)?;
        let rows = self.labelled();
        let n_train = rows.len();
        let (x, y) = self.plain(&[rows, self.tested()].concat());
        let data = Dataset {
            info: exp.data.info().ok()?,
            x,
            y: y.into_iter().map(|y| y as f32).collect(),
            n_train,
            scale: self.data.scale.clone(),
            target_scale: None,
            token_names: Vec::new(),
            baselines: Vec::new(),
            labels: Vec::new(),
            origin: Vec::new(),
        };
        (n_train > 0).then(|| Scratch { session: Session::new(exp, data, exec), best: None, over: false })
    }
}

/// The experiment that trains these layers and a linear head on the classes themselves, rows as they are: augmentation would be
/// knowledge of what leaves a class as it is.
fn from_scratch(exp: &Experiment, part: PartName, shape: &[usize]) -> Option<Experiment> {
    let mut layers = exp.model.part(part).to_vec();
    // Units that the task chose stay as many.
    if let Some(LayerKind::Dense(last)) = layers.last_mut().map(|l| &mut l.kind) {
        last.units = last.units.or(shape.last().copied());
    }
    layers.iter_mut().for_each(|l| l.frozen = false);
    layers.extend((shape.len() > 1).then(|| LayerKind::Flatten(Empty {}).into()));
    layers.push(preset::dense(None, Activation::Linear));
    let task = TaskSpec { kind: TaskKind::Classification, loss: None };
    let mut e = Experiment { model: ModelSpec::of(layers), task, ..exp.clone() };
    e.training.class_weights = None;
    e.data.augment = Vec::new();
    e.problems().is_empty().then_some(e)
}
