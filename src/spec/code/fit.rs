//! Layers of the code as a network for the experiment: activations go to the layers before them, what the loss does already
//! goes, and sizes that the code states are compared with those that follow from the data.
//!
//! Not responsible for reading the code.

use super::script::{Network, Script};
use super::steps::{Step, What};
use super::table::{self, Reader};
use super::token::Place;
use super::{Note, Pasted, problem};
use crate::spec::data::{DataInfo, DataSpec, Target};
use crate::spec::experiment::Experiment;
use crate::spec::model::{Layer, LayerKind, ModelSpec, PartName, Pool, Residual};
use crate::spec::problem::{Code, Problem};
use crate::spec::shape::{self, LayerInfo, show, size};
use crate::spec::task::{Loss, TaskKind};
use crate::spec::window::{Padding, Pair, Window};
use crate::spec::{Activation, TaskSpec};

/// A layer here, and the step of the code that it came from.
struct Built {
    layer: Layer,
    step: Step,
}

/// The network as far as it is built, and what is known of where it goes.
struct Fit {
    /// The experiment, to work out shapes with; none where they are not known.
    experiment: Option<(Experiment, DataInfo)>,
    built: Vec<Built>,
    /// What the code says of the data.
    stated: Option<Vec<usize>>,
    around: Option<(Step, [usize; 4])>,
    notes: Vec<Note>,
    problems: Vec<Problem>,
}

/// One network for the experiment.
pub(super) fn one(
    found: Network<'_, '_>,
    script: &Script<'_>,
    experiment: &Experiment,
) -> Result<Pasted, Vec<Problem>> {
    let info = experiment.data_info().filter(|_| experiment.model.parts.is_empty());
    // Of the networks of a task with parts nothing is known until each has its name.
    let known = info.map(|info| (without_rows(experiment), info));
    let (torch, mut fit) = read(found, script, known);
    fit.flatten();
    if torch {
        fit.sequences();
    }
    let loss = fit.loss();
    let ending = loss.or(fit.experiment.as_ref().map(|(e, _)| e.task.loss()));
    fit.end(ending);
    fit.compare();
    fit.notes.extend(fit.first_weights(torch));
    let layers: Vec<Layer> = fit.built.into_iter().map(|b| b.layer).collect();
    if layers.is_empty() && fit.problems.is_empty() {
        fit.problems.push(Problem::new("model", Code::NoLayers));
    }
    if !fit.problems.is_empty() {
        return Err(fit.problems);
    }
    Ok(Pasted { model: ModelSpec::of(layers), loss, torch, notes: fit.notes })
}

/// What shapes follow from: a pasted table would be copied for nothing.
fn without_rows(e: &Experiment) -> Experiment {
    Experiment {
        gradarium: e.gradarium,
        seed: e.seed,
        data: DataSpec::of(&e.data.set),
        model: ModelSpec::default(),
        task: e.task.clone(),
        optimizer: e.optimizer.clone(),
        optimizers: e.optimizers.clone(),
        training: e.training.clone(),
        backend: e.backend,
    }
}

/// The networks of a task that is made of several.
pub(super) fn parts(parts: Vec<(PartName, Network<'_, '_>)>, script: &Script<'_>) -> Result<Pasted, Vec<Problem>> {
    let (mut notes, mut problems, mut all, mut torch) = (Vec::new(), Vec::new(), Vec::new(), false);
    for (name, found) in parts {
        let (is_torch, fit) = read(found, script, None);
        torch |= is_torch;
        let weights: Vec<Note> = fit.first_weights(is_torch).filter(|n| !notes.contains(n)).collect();
        notes.extend(weights);
        notes.extend(fit.notes);
        problems.extend(fit.problems);
        all.push((name, fit.built.into_iter().map(|b| b.layer).collect::<Vec<_>>()));
    }
    if problems.is_empty() {
        Ok(Pasted { model: ModelSpec::of_parts(all), loss: None, torch, notes })
    } else {
        Err(problems)
    }
}

fn read(found: Network<'_, '_>, script: &Script<'_>, known: Option<(Experiment, DataInfo)>) -> (bool, Fit) {
    let torch = table::is_torch(&found);
    let mut reader = Reader::new(script, torch);
    reader.read(&found);
    let (notes, problems) = (reader.notes, reader.problems);
    let mut fit = Fit { experiment: known, built: Vec::new(), stated: None, around: None, notes, problems };
    // Without all of its layers nothing can be said of the network.
    if fit.problems.is_empty() {
        fit.build(reader.steps);
    }
    (torch, fit)
}

impl Fit {
    fn build(&mut self, steps: Vec<Step>) {
        let last = steps.iter().rposition(|s| !matches!(s.what, What::Nothing)).unwrap_or(0);
        for (i, mut step) in steps.into_iter().enumerate() {
            if self.stated.is_none() && self.built.is_empty() {
                self.stated = step.shape.take();
            }
            match std::mem::replace(&mut step.what, What::Nothing) {
                What::Layer(LayerKind::Activation(a)) => {
                    if !self.merged(a.kind) {
                        self.push(table::activation(a.kind), step);
                    }
                }
                // What a global pooling gives has one axis.
                What::Layer(LayerKind::Flatten(_)) if self.is_pooled() => {}
                What::Layer(kind) => {
                    // A reshape takes all numbers as they come: PyTorch flattens them first.
                    let again = matches!(kind, LayerKind::Reshape(_)) && self.is_flat();
                    self.built.truncate(self.built.len() - usize::from(again));
                    let kind = self.padded(kind);
                    self.push(kind, step);
                }
                What::Residual(inside) => {
                    let mut inner = Fit {
                        experiment: None,
                        built: Vec::new(),
                        stated: None,
                        around: None,
                        notes: Vec::new(),
                        problems: Vec::new(),
                    };
                    inner.build(inside);
                    self.notes.extend(inner.notes);
                    self.problems.extend(inner.problems);
                    let layers = inner.built.into_iter().map(|b| b.layer).collect();
                    self.push(LayerKind::Residual(Residual { layers }), step);
                }
                What::End(word) if i == last => self.notes.push(Note::InLoss { word: word.into(), line: step.line }),
                What::End(_) => self.unknown(&step),
                What::Adaptive { mean, size, line } => self.adaptive(mean, size, line, step),
                What::Around(sides) => self.around = Some((step, sides)),
                What::OfData => self.notes.push(Note::OfData { layer: step.class, line: step.line }),
                What::Nothing => {}
            }
        }
        if let Some((step, _)) = self.around.take() {
            self.unknown(&step);
        }
    }

    fn push(&mut self, kind: LayerKind, step: Step) {
        self.built.push(Built { layer: kind.into(), step });
    }

    fn unknown(&mut self, step: &Step) {
        let place = Place { line: step.line, column: step.column };
        self.problems.push(problem(Code::CodeLayer, place, &step.class));
    }

    /// Gives an activation to the layer before, where that has none yet.
    fn merged(&mut self, a: Activation) -> bool {
        let of = match self.built.last_mut().map(|b| &mut b.layer.kind) {
            Some(LayerKind::Dense(d)) => &mut d.activation,
            Some(kind) => match kind.conv_mut() {
                Some(conv) => &mut conv.activation,
                None => return false,
            },
            None => return false,
        };
        let free = *of == Activation::Linear;
        if free {
            *of = a;
        }
        free
    }

    fn is_flat(&self) -> bool {
        matches!(self.built.last().map(|b| &b.layer.kind), Some(LayerKind::Flatten(_)))
    }

    fn is_pooled(&self) -> bool {
        let last = self.built.last().map(|b| &b.layer.kind);
        matches!(last, Some(LayerKind::GlobalAvgPool1d(_) | LayerKind::GlobalAvgPool2d(_)))
    }

    fn layers(&self) -> Vec<Layer> {
        self.built.iter().map(|b| b.layer.clone()).collect()
    }

    /// Shapes of the layers so far; empty where the data are not known.
    fn shapes(&self) -> Vec<LayerInfo> {
        let Some((e, info)) = &self.experiment else { return Vec::new() };
        shape::infer(&Experiment { model: ModelSpec::of(self.layers()), ..e.clone() }, info).layers
    }

    /// Shape of what comes out so far.
    fn comes_out(&self) -> Option<Vec<usize>> {
        let (_, info) = self.experiment.as_ref()?;
        if self.built.is_empty() { Some(info.input.clone()) } else { self.shapes().pop().map(|l| l.output) }
    }

    /// A layer with windows, with what the step before put around the picture.
    fn padded(&mut self, mut kind: LayerKind) -> LayerKind {
        let Some((step, sides)) = self.around.take() else { return kind };
        let input = self.comes_out();
        let one = Pair::square(1);
        let (kernel, stride, dilation, padding) = match &mut kind {
            LayerKind::Conv2d(c) => (c.kernel, c.stride, c.dilation, &mut c.padding),
            LayerKind::MaxPool2d(p) | LayerKind::AvgPool2d(p) => (p.size, p.steps(), one, &mut p.padding),
            _ => {
                self.unknown(&step);
                return kind;
            }
        };
        let same = input.filter(|i| i.len() == 3).and_then(|i| {
            let w = Window::new([i[0], i[1]], kernel, stride, dilation, Padding::Same)?;
            let after = |a: usize| w.reach(a).saturating_sub(w.input[a] + w.pad[a]);
            Some([w.pad[0], after(0), w.pad[1], after(1)])
        });
        if *padding == Padding::Valid && same == Some(sides) {
            *padding = Padding::Same;
        } else if *padding == Padding::Valid && sides.iter().all(|n| *n == sides[0]) {
            *padding = Padding::Of(sides[0]);
        } else {
            self.unknown(&step);
        }
        kind
    }

    /// Pooling to so many places: the mean of all, or windows that come out even.
    fn adaptive(&mut self, mean: bool, places: Option<Pair>, line: Option<bool>, step: Step) {
        let input = self.comes_out();
        let line = line.unwrap_or(input.as_ref().is_some_and(|i| i.len() == 2));
        let to_one = places == Some(Pair::square(1));
        if mean && to_one {
            let global = if line {
                LayerKind::GlobalAvgPool1d(Default::default())
            } else {
                LayerKind::GlobalAvgPool2d(Default::default())
            };
            return self.push(global, step);
        }
        let from = match (line, input.as_deref()) {
            (true, Some(&[t, _])) => [t, t],
            (false, Some(&[h, w, _])) => [h, w],
            _ => return self.unknown(&step),
        };
        let places = places.map_or(from, |p| p.0);
        if (0..2).any(|a| places[a] == 0 || from[a] % places[a] != 0) {
            return self.unknown(&step);
        }
        let window = Pair([from[0] / places[0], from[1] / places[1]]);
        if window.is_one() {
            return;
        }
        let pool = Pool { size: window, ..Pool::default() };
        let global = !step.class.starts_with("Adaptive");
        let again = step.clone();
        match (mean, line) {
            (false, true) => self.push(LayerKind::MaxPool1d(pool), step),
            (false, false) => self.push(LayerKind::MaxPool2d(pool), step),
            (true, false) => self.push(LayerKind::AvgPool2d(pool), step),
            (true, true) => return self.unknown(&step),
        }
        if global {
            self.push(LayerKind::Flatten(Default::default()), again);
        }
    }

    /// Puts a `flatten` before each layer whose stated inputs are all the numbers that come in.
    fn flatten(&mut self) {
        // One for the data, one behind the pictures: more than a few would be another kind of network.
        for _ in 0..4 {
            let shapes = self.shapes();
            let whole = self.stated.as_ref().filter(|s| s.len() == 1).map(|s| s[0]);
            let wants = |(i, (b, info)): (usize, (&Built, &LayerInfo))| {
                let stated = b.step.stated.or(whole.filter(|_| i == 0));
                let dense = matches!(b.layer.kind, LayerKind::Dense(_));
                dense && info.input.len() > 1 && stated.is_some_and(|n| n != info.features() && n == size(&info.input))
            };
            let Some(at) = self.built.iter().zip(&shapes).enumerate().position(wants) else { return };
            let step = Step { stated: None, ..self.built[at].step.clone() };
            self.notes.push(Note::Flattened { line: step.line });
            self.built.insert(at, Built { layer: LayerKind::Flatten(Default::default()).into(), step });
        }
    }

    /// PyTorch's recurrent layers give the states of all steps and the last one: which goes on follows from what comes next.
    fn sequences(&mut self) {
        let steps = self.wanted().is_some_and(|w| w.len() > 1);
        let mut next = false;
        for b in self.built.iter_mut().rev() {
            let passes =
                matches!(b.layer.kind, LayerKind::Dropout(_) | LayerKind::LayerNorm(_) | LayerKind::BatchNorm(_));
            if let Some(r) = b.layer.kind.recurrent_mut() {
                let last = !(r.return_sequences || next || steps);
                r.return_sequences = !last;
                next = true;
                self.notes.extend(last.then_some(Note::LastState { line: b.step.line }));
            } else if !passes {
                next = matches!(
                    b.layer.kind,
                    LayerKind::Conv1d(_)
                        | LayerKind::GlobalAvgPool1d(_)
                        | LayerKind::MaxPool1d(_)
                        | LayerKind::TransformerBlock(_)
                );
            }
        }
    }

    /// The shape that the experiment asks for.
    fn wanted(&self) -> Option<Vec<usize>> {
        let (e, info) = self.experiment.as_ref()?;
        e.task.loss().output_shape(&info.target)
    }

    /// The loss that the last layer asks for, where two classes can be told by one number or by two.
    fn loss(&mut self) -> Option<Loss> {
        let (e, info) = self.experiment.as_ref()?;
        let Some(LayerKind::Dense(d)) = self.built.last().map(|b| &b.layer.kind) else { return None };
        let two = matches!(info.target, Target::Classes { count: 2 }) && e.task.kind == TaskKind::Classification;
        let loss = match (d.units, e.task.loss()) {
            (Some(1), loss) if two && loss != Loss::Bce => Loss::Bce,
            (Some(2), Loss::Bce) if two => TaskSpec::for_data(info).loss(),
            _ => return None,
        };
        self.notes.push(Note::Loss { loss: loss.name() });
        Some(loss)
    }

    /// The last layer: its size is the task's where it is the same, and the loss has its sigmoid already.
    fn end(&mut self, loss: Option<Loss>) {
        let wanted = self.experiment.as_ref().and_then(|(_, info)| loss?.output_shape(&info.target));
        let Some(Built { layer, step }) = self.built.last_mut() else { return };
        let LayerKind::Dense(d) = &mut layer.kind else { return };
        if d.units.is_some() && d.units == wanted.as_ref().and_then(|w| w.last().copied()) {
            d.units = None;
        }
        if loss == Some(Loss::Bce) && d.activation == Activation::Sigmoid {
            d.activation = Activation::Linear;
            self.notes.push(Note::InLoss { word: "sigmoid".into(), line: step.line });
        }
    }

    /// Says where the code states other sizes than there are here.
    fn compare(&mut self) {
        let shapes = self.shapes();
        let Some((_, info)) = &self.experiment else { return };
        if let Some(stated) = self.stated.take().filter(|s| differs(s, &info.input)) {
            // An open size is any size.
            let stated: Vec<String> = stated.iter().map(|n| if *n == 0 { "?".into() } else { n.to_string() }).collect();
            self.notes.push(Note::Shape { stated: stated.join("×"), given: show(&info.input) });
        }
        for (b, info_of) in self.built.iter().zip(&shapes) {
            let (line, Some(stated)) = (b.step.line, b.step.stated) else { continue };
            if let LayerKind::Embedding(_) = b.layer.kind {
                let given = info.tokens.unwrap_or(stated);
                self.notes.extend((given != stated).then_some(Note::Vocabulary { line, stated, given }));
            } else if info_of.features() != stated {
                let (layer, given) = (b.step.class.clone(), info_of.features());
                self.notes.push(Note::Inputs { layer, line, stated, given });
            }
        }
    }

    /// Keras's layers begin with other weights, unless the code says which.
    fn first_weights(&self, torch: bool) -> impl Iterator<Item = Note> + use<> {
        let default = |b: &Built| match &b.layer.kind {
            LayerKind::Dense(d) => d.init == Default::default(),
            kind => kind.conv().is_some_and(|c| c.init == Default::default()) || kind.recurrent().is_some(),
        };
        (!torch && self.built.iter().any(default)).then_some(Note::FirstWeights).into_iter()
    }
}

/// Whether a shape that the code states is another than the data's; PyTorch and old Keras have channels first, and a
/// picture without colour may have no axis for it.
fn differs(stated: &[usize], given: &[usize]) -> bool {
    let same = |a: &[usize]| a.len() == given.len() && a.iter().zip(given).all(|(a, b)| *a == 0 || a == b);
    let mut first = stated.to_vec();
    first.rotate_left(1.min(stated.len()));
    let flat = stated.len() == 1 && stated[0] == size(given);
    let gray = [stated, &[1]].concat();
    !(same(stated) || same(&first) || same(&gray) || flat)
}
