//! Three things to try with the experiment at hand: each is an edit like any other, so undo takes it back, and each says
//! where its effect is to be seen.
//!
//! Pure. Not responsible for their words (`i18n::guide`) nor for how they are offered (`panels::guide`).

use super::form::scale::show;
use super::plots::number;
use super::state::{EditMsg, Msg, State, update};
use super::testid;
use crate::i18n::{Lang, guide as words, presets};
use crate::spec::preset::ready;
use crate::spec::sets::SetKind;
use crate::spec::views::{View, views};
use crate::spec::{Activation, DataSpec, Experiment, Field, Layer, LayerKind};

/// How many are offered.
pub const OFFERED: usize = 3;
/// Networks of more layers are deep: one layer more or less shows nothing.
const DEEP_FROM: usize = 20;
/// Layers that a deep network keeps when it is cut short.
const SHORT: usize = 10;
/// More noise than this hides most sets.
const NOISY: f32 = 0.35;

/// One thing to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// One more dense layer before the output.
    AddLayer,
    /// One more transformer block.
    AddBlock,
    /// One more convolution.
    AddConv,
    /// Twice the units in the first dense layer.
    Wider,
    /// Every unit linear.
    Linear,
    /// Noisier data.
    MoreNoise,
    /// Cleaner data.
    LessNoise,
    /// A tenth of the samples.
    Fewer,
    /// Ten times the samples.
    More,
    /// Ten times the learning rate.
    FasterRate,
    /// Only the first layers of a deep network.
    Shorter,
    /// No positional layer.
    NoPositions,
    /// Plain recurrent cells.
    PlainCells,
    /// Gated recurrent cells.
    GatedCells,
    /// Twelve steps ahead instead of one.
    Further,
    /// Half the context.
    LessContext,
    /// No random changes of pictures.
    NoAugment,
    /// Dropout before the output.
    Dropout,
    /// Another ready experiment.
    Open(&'static str),
}

impl Trial {
    /// The name that `i18n` knows it by.
    pub fn name(self) -> &'static str {
        match self {
            Trial::AddLayer => "add_layer",
            Trial::AddBlock => "add_block",
            Trial::AddConv => "add_conv",
            Trial::Wider => "wider",
            Trial::Linear => "linear",
            Trial::MoreNoise => "more_noise",
            Trial::LessNoise => "less_noise",
            Trial::Fewer => "fewer",
            Trial::More => "more",
            Trial::FasterRate => "faster_rate",
            Trial::Shorter => "shorter",
            Trial::NoPositions => "no_positions",
            Trial::PlainCells => "plain_cells",
            Trial::GatedCells => "gated_cells",
            Trial::Further => "further",
            Trial::LessContext => "less_context",
            Trial::NoAugment => "no_augment",
            Trial::Dropout => "dropout",
            Trial::Open(name) => name,
        }
    }

    /// What its button says.
    pub fn label(self, e: &Experiment, lang: Lang) -> String {
        let n = self.number(e).map(|n| number::grouped(&show(n))).unwrap_or_default();
        let name = presets::preset_text(self.name()).map_or(self.name(), |t| t.get(lang));
        words::label(self.name()).with(lang, &[("n", &n), ("name", name)])
    }

    /// The test id of the panel in which its effect is seen.
    pub fn panel(self) -> &'static str {
        match self {
            Trial::AddLayer | Trial::Linear | Trial::Wider | Trial::Further | Trial::NoPositions => {
                testid::PANEL_OUTPUT
            }
            Trial::MoreNoise | Trial::LessNoise | Trial::Fewer | Trial::More => testid::MINI_LOSS,
            Trial::FasterRate | Trial::NoAugment | Trial::Dropout | Trial::LessContext => testid::MINI_LOSS,
            Trial::AddConv => testid::PANEL_FEATURE_MAPS,
            Trial::AddBlock => testid::PANEL_ATTENTION,
            Trial::Shorter => testid::PANEL_GRADIENT_FLOW,
            Trial::PlainCells | Trial::GatedCells => testid::PANEL_HIDDEN_STATE,
            Trial::Open(name) if name.starts_with("deep_") => testid::PANEL_GRADIENT_FLOW,
            Trial::Open(_) => testid::PANEL_NETWORK,
        }
    }

    /// The edit, for this experiment; `None` where it means nothing.
    pub fn msg(self, e: &Experiment) -> Option<EditMsg> {
        let layers = &e.model.layers;
        let end = layers.len().saturating_sub(1);
        let data = |change: &dyn Fn(&mut DataSpec)| {
            let mut data = e.data.clone();
            change(&mut data);
            Some(EditMsg::Data(data))
        };
        let add = |at: usize, type_name: &str| Some(EditMsg::AddLayer { at, type_name: type_name.into() });
        match self {
            Trial::AddLayer => add(end, "dense"),
            Trial::AddBlock => {
                let at = layers.iter().rposition(|l| matches!(l.kind, LayerKind::TransformerBlock(_)))?;
                let mut layers = layers.clone();
                layers.insert(at + 1, Layer { name: None, from: None, ..layers[at].clone() });
                Some(EditMsg::SetLayers(layers))
            }
            Trial::AddConv => add(first(layers, |k| matches!(k, LayerKind::Conv2d(_)))? + 1, "conv2d"),
            Trial::Wider => {
                let at = first(&layers[..end], |k| matches!(k, LayerKind::Dense(_)))?;
                let LayerKind::Dense(d) = &layers[at].kind else { return None };
                let mut d = d.clone();
                d.units = d.units.map(|n| 2 * n);
                Some(EditMsg::SetLayer { at, kind: LayerKind::Dense(d) })
            }
            Trial::Linear => with_layers(e, |kind| {
                if let LayerKind::Dense(d) = kind {
                    d.activation = Activation::Linear;
                }
            }),
            Trial::MoreNoise => data(&|d| d.noise = if d.noise < 0.2 { 0.4 } else { 0.6 }),
            Trial::LessNoise => data(&|d| d.noise = 0.1),
            Trial::Fewer => data(&|d| d.samples = Some(fewer(d))),
            Trial::More => data(&|d| d.samples = Some(more(d))),
            Trial::FasterRate => {
                let mut optimizer = e.optimizer.clone();
                optimizer.set(Field::Lr, 10.0 * optimizer.get(Field::Lr));
                Some(EditMsg::Optimizer(optimizer))
            }
            Trial::Shorter => {
                // Containers and joined layers stay whole: only the beginning of a chain can be kept by itself.
                let mut short: Vec<Layer> = layers.iter().take(SHORT).cloned().collect();
                short.extend(layers.last().cloned());
                Some(EditMsg::SetLayers(short))
            }
            Trial::NoPositions => first(layers, |k| matches!(k, LayerKind::Positional(_))).map(EditMsg::RemoveLayer),
            Trial::PlainCells => with_layers(e, |kind| {
                if let LayerKind::Lstm(r) | LayerKind::Gru(r) = kind {
                    *kind = LayerKind::Rnn(*r);
                }
            }),
            Trial::GatedCells => with_layers(e, |kind| {
                if let LayerKind::Rnn(r) = kind {
                    let mut gated = *r;
                    gated.activation = None;
                    *kind = LayerKind::Lstm(gated);
                }
            }),
            Trial::Further => data(&|d| d.horizon = Some(12)),
            Trial::LessContext => data(&|d| d.context = Some((d.context_len() / 2).max(1))),
            Trial::NoAugment => data(&|d| d.augment.clear()),
            Trial::Dropout => add(end, "dropout"),
            Trial::Open(name) => Some(EditMsg::Open(Box::new(ready::find(name)?.experiment()?))),
        }
    }

    /// Numbers that its words need: the samples it leaves, the rate it sets.
    pub fn number(self, e: &Experiment) -> Option<f64> {
        match self {
            Trial::Fewer => Some(fewer(&e.data) as f64),
            Trial::More => Some(more(&e.data) as f64),
            Trial::FasterRate => Some(10.0 * e.optimizer.get(Field::Lr)),
            Trial::AddLayer | Trial::AddBlock | Trial::AddConv | Trial::Wider | Trial::Linear | Trial::MoreNoise => {
                None
            }
            Trial::LessNoise | Trial::Shorter | Trial::NoPositions | Trial::PlainCells | Trial::GatedCells => None,
            Trial::Further | Trial::LessContext | Trial::NoAugment | Trial::Dropout | Trial::Open(_) => None,
        }
    }
}

fn fewer(d: &DataSpec) -> usize {
    (d.sample_count() / 10).max(20)
}

fn more(d: &DataSpec) -> usize {
    let max = d.set_info().map_or(usize::MAX, |s| s.max_samples);
    (10 * d.sample_count()).min(max)
}

fn first(layers: &[Layer], is: fn(&LayerKind) -> bool) -> Option<usize> {
    layers.iter().position(|l| is(&l.kind))
}

/// All layers but the last, each changed.
fn with_layers(e: &Experiment, change: impl Fn(&mut LayerKind)) -> Option<EditMsg> {
    let mut layers = e.model.layers.clone();
    let end = layers.len().saturating_sub(1);
    layers[..end].iter_mut().for_each(|l| change(&mut l.kind));
    Some(EditMsg::SetLayers(layers))
}

/// The three that suit an experiment best.
pub fn tries(e: &Experiment) -> Vec<Trial> {
    let mut out = Vec::with_capacity(OFFERED);
    for trial in candidates(e) {
        if out.len() < OFFERED && !out.contains(&trial) && works(trial, e) {
            out.push(trial);
        }
    }
    out
}

/// Whether it changes the experiment into another one that can run.
fn works(trial: Trial, e: &Experiment) -> bool {
    if let Trial::Open(name) = trial {
        // A test holds that each of them can run: reading them all would take too long.
        return ready::find(name).is_some_and(|r| !r.is(e));
    }
    let Some(msg) = trial.msg(e) else { return false };
    let now = State::new(e.clone(), Lang::En, Default::default());
    let (next, _) = update(&now, Msg::Edit(msg));
    next.edit.problems.is_empty() && *next.edit.experiment != *e
}

/// What may be tried, best first.
fn candidates(e: &Experiment) -> Vec<Trial> {
    use Trial::{
        AddBlock, AddConv, AddLayer, Dropout, FasterRate, Fewer, Further, GatedCells, LessContext, LessNoise, Linear,
        More, MoreNoise, NoAugment, NoPositions, Open, PlainCells, Shorter, Wider,
    };
    let views = views(e);
    let (convolves, attends) = (views.contains(&View::Filters), views.contains(&View::Attention));
    let recurs = views.contains(&View::HiddenStates);
    let deep = e.model.layers.len() >= DEEP_FROM;
    let kind = e.data.set_info().map(|s| s.kind);
    let digits = e.data.set == "mnist";
    let mut out = Vec::new();
    if deep {
        out.extend(if digits {
            [Open("deep_residual_digits"), Open("deep_normalised_digits"), Open("deep_plain_digits")]
        } else {
            [Open("deep_residual"), Open("deep_normalised"), Open("deep_plain")]
        });
        out.push(Shorter);
    }
    match kind {
        Some(SetKind::Shape(_) | SetKind::Surface(_) | SetKind::Formula | SetKind::Points) => {
            let noise = if e.data.noise < NOISY { MoreNoise } else { LessNoise };
            out.extend([AddLayer, noise, Open("digits_mlp"), Linear, Wider]);
        }
        Some(SetKind::Pictures { .. } | SetKind::OwnPictures) if convolves => {
            let other = if digits { "lenet_clothes" } else { "lenet_digits" };
            out.extend([AddConv, Fewer, Open(other), NoAugment, Dropout]);
        }
        Some(SetKind::Pictures { .. } | SetKind::OwnPictures) => {
            out.extend([Open("lenet_digits"), Fewer, Linear, AddLayer, Open("lenet_clothes")]);
        }
        Some(SetKind::Table(_) | SetKind::Csv) => out.extend([AddLayer, FasterRate, Fewer, Wider, Dropout]),
        Some(SetKind::Text(_) | SetKind::OwnText) => {
            let other = if e.data.set == "shakespeare" { "tang_transformer" } else { "char_transformer" };
            let cells = if attends { [NoPositions, AddBlock] } else { [PlainCells, Open("char_transformer")] };
            out.extend(cells);
            out.extend([Open(other), LessContext, FasterRate]);
        }
        Some(SetKind::Task(_)) => {
            if attends {
                out.extend([NoPositions, AddBlock]);
            }
            out.extend([PlainCells, GatedCells]);
            let other = if e.data.set == "reverse" { "sort" } else { "reverse" };
            out.extend([Open(other), Fewer, FasterRate]);
        }
        Some(SetKind::Series(_) | SetKind::OwnSeries) => {
            out.extend([Further, PlainCells, LessContext, FasterRate, AddLayer, Open("sunspots_lstm")])
        }
        Some(SetKind::Random) => out.extend([More, Wider, Open(if recurs { "sunspots_lstm" } else { "tumours" })]),
        None => {}
    }
    out.extend([AddLayer, FasterRate, Wider, Dropout, Open("spiral_mlp"), Open("digits_mlp"), Open("tumours")]);
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::spec::preset;
    use crate::spec::sets::sets;
    use crate::ui::state::PageMsg;

    fn all() -> Vec<(String, Experiment)> {
        let ready = ready::all().iter().map(|r| (r.name.to_string(), r.experiment().unwrap()));
        let own = |s: &crate::spec::sets::SetInfo| !matches!(s.kind, SetKind::Random);
        let plain =
            sets().iter().filter(|s| own(s)).map(|s| (s.name.into(), preset::for_data(DataSpec::of(s.name), 7)));
        ready.chain(plain.filter(|(_, e): &(String, Experiment)| e.problems().is_empty())).collect()
    }

    #[test]
    fn there_are_three_and_each_does_it_and_undo_takes_it_back() {
        for (name, e) in all() {
            let tries = tries(&e);
            assert_eq!(tries.len(), OFFERED, "{name}: {tries:?}");
            let state = State::new(e.clone(), Lang::En, Default::default());
            for trial in tries {
                let (after, effects) = update(&state, Msg::Page(PageMsg::Try(trial)));
                assert!(
                    after.edit.problems.is_empty() && !effects.is_empty(),
                    "{name}, {trial:?}: {:?}",
                    after.edit.problems
                );
                assert_ne!(*after.edit.experiment, e, "{name}, {trial:?}");
                assert_eq!(after.page.tried, Some(trial), "what to look at is said");
                let (back, _) = update(&after, Msg::Edit(EditMsg::Undo));
                assert_eq!((&*back.edit.experiment, back.page.tried), (&e, None), "{name}, {trial:?}");
            }
        }
    }

    #[test]
    fn the_first_page_offers_a_layer_noise_and_digits() {
        assert_eq!(tries(&preset::first()), [Trial::AddLayer, Trial::MoreNoise, Trial::Open("digits_mlp")]);
        let mut noisy = preset::first();
        noisy.data.noise = 0.4;
        assert!(tries(&noisy).contains(&Trial::LessNoise));
    }

    #[test]
    fn labels_differ_and_are_short_in_both_languages() {
        for (name, e) in all() {
            for lang in [Lang::En, Lang::Zh] {
                let labels: Vec<String> = tries(&e).into_iter().map(|t| t.label(&e, lang)).collect();
                for (i, label) in labels.iter().enumerate() {
                    assert!(!labels[..i].contains(label), "{name}: {labels:?}");
                    let width: usize = label.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
                    assert!(width <= 44 && !label.contains('{'), "{name}: {label}");
                }
            }
        }
    }
}
