//! The network with what is known of it at this moment, as all parts of the panel read it.
//!
//! Not responsible for where things stand (`netmap::layout`).

use super::column::Inside;
use super::live::{Arr, INPUT, Live, Maps, Param};
use super::names::Names;
use crate::i18n::Lang;
use crate::spec::shape::{self, ModelInfo, size};
use crate::spec::{DataInfo, Experiment};
use crate::ui::light::Light;
use crate::ui::names;
use crate::ui::netmap::edits;
use crate::ui::netmap::layout::{Begin, Column, Picture};
use crate::ui::state::State;
use std::rc::Rc;

/// What only edits and other data change.
pub struct Fixed {
    /// The data.
    pub data: Rc<DataInfo>,
    /// What the first network reads.
    pub begin: Rc<Begin>,
    /// What follows for every layer.
    pub infos: Rc<ModelInfo>,
    /// Input features over the plane.
    inputs: Maps,
    feature_names: Rc<Vec<String>>,
}

/// Pixels a side of the pictures of input features.
const INPUT_PX: usize = 24;

impl Fixed {
    /// For this experiment; while its data makes no sense, as if it had the `last` data that did.
    pub fn of(experiment: &Experiment, last: Option<&DataInfo>, lang: Lang) -> Option<Fixed> {
        let data = names::data_info(experiment, lang).or_else(|| last.cloned())?;
        let infos = shape::infer(experiment, &data);
        let at = |i: usize| (i as f32 + 0.5) / INPUT_PX as f32 * 2.0 - 1.0;
        let row_col = (0..INPUT_PX).flat_map(|r| (0..INPUT_PX).map(move |c| (r, c)));
        let mut values: Vec<f32> = row_col.clone().map(|(_, c)| at(c)).collect();
        values.extend(row_col.map(|(r, _)| -at(r)));
        let inputs = Maps { units: 2, shown: 2, px: INPUT_PX, values: Arr(values.into()) };
        let begin = Begin::of(experiment, &data);
        let feature_names = Rc::new(begin.input.feature_names.clone());
        Some(Fixed { data: Rc::new(data), begin: Rc::new(begin), infos: Rc::new(infos), inputs, feature_names })
    }
}

/// See the module.
pub struct Model {
    /// What the learner edits.
    pub experiment: Rc<Experiment>,
    /// The data.
    pub data: Rc<DataInfo>,
    /// What the first network reads.
    pub begin: Rc<Begin>,
    /// What follows for every layer.
    pub infos: Rc<ModelInfo>,
    /// Language of the page.
    pub lang: Lang,
    fixed: Rc<Fixed>,
    sample: Option<Arr>,
    live: Live,
    light: Light,
    /// Columns, the input first, whose numbers are those of the network that runs.
    alike: usize,
    /// Whether the experiment cannot train as it is.
    stuck: bool,
}

/// A new one is made only when something changed, so identity says enough.
impl PartialEq for Model {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Model {
    /// The network now.
    pub fn now(state: &State, fixed: &Rc<Fixed>, sample: Option<Arr>, live: Live) -> Model {
        let (data, infos) = (fixed.data.clone(), fixed.infos.clone());
        let (experiment, lang) = (state.edit.experiment.clone(), state.page.lang);
        let alike = edits::alike(&experiment, state.run.data.runs.as_deref(), !state.edit.problems.is_empty());
        Model {
            experiment,
            data,
            begin: fixed.begin.clone(),
            infos,
            lang,
            fixed: fixed.clone(),
            sample,
            live,
            light: Light::of(&state.run.data),
            alike,
            stuck: !state.edit.problems.is_empty(),
        }
    }

    /// Whether some columns show nothing, because another network runs.
    pub fn rests(&self) -> bool {
        // A new network that is only on its way is no reason for a sentence.
        self.stuck && self.alike <= self.experiment.model.layers.len()
    }

    /// The first example of the data, if it is one picture.
    pub fn first_sample(state: &State, fixed: &Fixed) -> Option<Arr> {
        let n = size(&fixed.data.input);
        let picture = fixed.data.input.len() == 3 && state.run.data.loaded.input == fixed.data.input;
        state.run.data.x.get(..n).filter(|_| picture).map(|x| Arr(x.into()))
    }

    /// Names for sentences.
    pub fn names(&self) -> Names<'_> {
        let units = self.infos.layers.last().and_then(|l| l.output.last()).copied().unwrap_or(0);
        let outputs = self.begin.outputs(units);
        Names { experiment: &self.experiment, outputs, begin: &self.begin.input, lang: self.lang }
    }

    /// What there is to see in column `i`.
    pub fn inside(&self, i: usize, c: &Column) -> Inside {
        let found = match (c.picture, i.checked_sub(1)) {
            (Picture::Map | Picture::Cell, None) | (Picture::Block, _) => self.known(i, c),
            _ if i >= self.alike => None,
            (Picture::Map, Some(l)) => self.live.maps(l, c.units).map(Inside::Maps),
            (Picture::Weights(_) | Picture::Strip, Some(l)) => self.weight(l).map(Inside::Weights),
            (Picture::Sample(_), _) => {
                let seen = self.live.input(size(&self.data.input));
                seen.or_else(|| self.sample.clone()).map(|a| Inside::Sample(a, self.light.clone()))
            }
            (Picture::Channel(_) | Picture::Times(_), Some(l)) => {
                let info = self.infos.layers.get(l);
                info.and_then(|i| self.live.channels(&i.name, &i.output)).map(Inside::Channels)
            }
            (Picture::Channel(_) | Picture::Times(_), None) => {
                self.live.channels(INPUT, &self.data.input).map(Inside::Channels)
            }
            (Picture::Cell, _) | (Picture::Weights(_) | Picture::Strip, None) => None,
        };
        found.unwrap_or(Inside::Nothing)
    }

    /// What there is to see without any network: features and shapes.
    fn known(&self, i: usize, c: &Column) -> Option<Inside> {
        match (c.picture, i.checked_sub(1)) {
            (Picture::Map, None) => Some(Inside::Maps(self.fixed.inputs.clone())),
            (Picture::Cell, None) => Some(Inside::Names(self.fixed.feature_names.clone())),
            (_, l) => {
                let shape = l.map_or(Some(&self.begin.input.input), |l| self.infos.layers.get(l).map(|i| &i.output));
                shape.map(|s| Inside::Shape(shape::show(s).into()))
            }
        }
    }

    /// Name and shape of a parameter of layer `l`, if it has one of that kind.
    pub fn param_info(&self, l: usize, kind: &str) -> Option<(String, &[usize])> {
        let info = self.infos.layers.get(l)?;
        let p = info.params.iter().find(|p| p.name == kind)?;
        Some((format!("{}.{kind}", info.name), &p.shape))
    }

    /// A parameter of layer `l`, with its name.
    pub fn param(&self, l: usize, kind: &str) -> Option<(String, Param)> {
        let (name, shape) = self.param_info(l, kind).filter(|_| l + 1 < self.alike)?;
        let param = self.live.param(&name, shape)?;
        Some((name, param))
    }

    /// The weight of layer `l`.
    pub fn weight(&self, l: usize) -> Option<Param> {
        self.param(l, "weight").map(|(_, p)| p)
    }

    /// The bias of a unit of layer `l`.
    pub fn bias(&self, l: usize, unit: usize) -> Option<f32> {
        self.param(l, "bias").and_then(|(_, p)| p.values.get(unit).copied())
    }
}
