//! The layers of a network as the panels inside it see them: every layer, nested ones too, with the names and shapes of
//! what goes in and comes out.
//!
//! Not responsible for the names themselves: the engine gives them, after the spec's positions.

use crate::spec::shape::{LayerInfo, ParamInfo};
use crate::spec::window::Window;
use crate::spec::{DataInfo, Experiment, Layer, LayerKind, shape};
use std::collections::BTreeMap;

/// One layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Name of what comes out, `layers.1.layers.0`.
    pub name: String,
    /// Name of what goes in (the first, where there are several).
    pub input: String,
    /// Shape of what goes in, without the batch.
    pub shape_in: Vec<usize>,
    /// Shape of what comes out.
    pub shape: Vec<usize>,
    /// Its parameters.
    pub params: Vec<ParamInfo>,
    /// What it is.
    pub kind: LayerKind,
}

/// The whole network.
#[derive(Clone, Debug, PartialEq)]
pub struct Net {
    /// The data it learns from.
    pub data: DataInfo,
    /// Every layer, containers before what is in them.
    pub places: Vec<Place>,
    /// Top-level layers, for labels.
    pub layers: Vec<Layer>,
}

/// What a convolution or a pooling layer slides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slide {
    /// Weighted sums.
    Conv,
    /// Every pixel lays its kernel, times its number, on the output; what lies on a place is summed.
    Stamp,
    /// Largest numbers.
    Max,
    /// Means over the whole window.
    Mean,
}

impl Place {
    /// Height, width and channels of what comes out, where that is an image; a series is one high.
    pub fn image(&self) -> Option<[usize; 3]> {
        image(&self.shape)
    }

    /// The parameter of that kind with its name.
    pub fn param(&self, kind: &str) -> Option<(String, &[usize])> {
        let p = self.params.iter().find(|p| p.name == kind)?;
        Some((format!("{}.{kind}", self.name), &p.shape))
    }

    /// Whether it has filters to show.
    pub fn has_filters(&self) -> bool {
        self.kind.conv().is_some() && !self.params.is_empty()
    }

    /// The window that slides over its input, and what is done under it; of a transposed convolution the window over its
    /// output, whose places are the input's pixels. `None` for other layers.
    pub fn window(&self) -> Option<(Window, Slide)> {
        let [h, w, _] = image(&self.shape_in)?;
        let one = crate::spec::window::Pair::square(1);
        match &self.kind {
            LayerKind::Conv2d(c) => {
                Window::new([h, w], c.kernel, c.stride, c.dilation, c.padding).map(|w| (w, Slide::Conv))
            }
            LayerKind::ConvTranspose2d(c) => {
                Window::transposed([h, w], c.kernel, c.stride, c.dilation, c.padding).map(|w| (w, Slide::Stamp))
            }
            LayerKind::Conv1d(c) => {
                Window::line(w, c.kernel, c.stride, c.dilation, c.padding).map(|w| (w, Slide::Conv))
            }
            LayerKind::MaxPool2d(p) => Window::new([h, w], p.size, p.steps(), one, p.padding).map(|w| (w, Slide::Max)),
            LayerKind::AvgPool2d(p) => Window::new([h, w], p.size, p.steps(), one, p.padding).map(|w| (w, Slide::Mean)),
            LayerKind::MaxPool1d(p) => Window::line(w, p.size, p.steps(), one, p.padding).map(|w| (w, Slide::Max)),
            _ => None,
        }
    }
}

/// Height, width and channels of an image's shape; a series `(T, C)` is one high.
pub fn image(shape: &[usize]) -> Option<[usize; 3]> {
    match *shape {
        [h, w, c] => Some([h, w, c]),
        [t, c] => Some([1, t, c]),
        _ => None,
    }
}

impl Net {
    /// The network of an experiment; `None` while its data makes no sense.
    pub fn of(experiment: &Experiment) -> Option<Net> {
        let data = experiment.data_info()?;
        let infos = shape::infer(experiment, &data).layers;
        let mut walk = Walk { named: BTreeMap::new(), places: Vec::new() };
        walk.list(&experiment.model.layers, &infos, "input");
        Some(Net { data, places: walk.places, layers: experiment.model.layers.clone() })
    }

    /// The layer of that name.
    pub fn place(&self, name: &str) -> Option<&Place> {
        self.places.iter().find(|p| p.name == name)
    }

    /// Layers with filters.
    pub fn convs(&self) -> Vec<&Place> {
        self.places.iter().filter(|p| p.has_filters()).collect()
    }

    /// Layers whose output is an image, or a series in a network that has convolutions along it.
    pub fn mapped(&self) -> Vec<&Place> {
        let line = self.places.iter().any(|p| matches!(p.kind, LayerKind::Conv1d(_)));
        let shown = |p: &&Place| p.shape.len() == 3 || (line && p.shape.len() == 2);
        self.places.iter().filter(shown).collect()
    }

    /// Whether one input is a picture that can be drawn by hand: one or three channels.
    pub fn picture(&self) -> Option<[usize; 3]> {
        match *self.data.input.as_slice() {
            [h, w, c @ (1 | 3)] if h > 1 && w > 1 => Some([h, w, c]),
            _ => None,
        }
    }
}

struct Walk {
    /// The value that each name in `from` stands for.
    named: BTreeMap<String, String>,
    places: Vec<Place>,
}

impl Walk {
    fn list(&mut self, layers: &[Layer], infos: &[LayerInfo], input: &str) {
        let mut previous = input.to_string();
        for (layer, info) in layers.iter().zip(infos) {
            let first = layer.from.as_ref().and_then(|f| f.first());
            let from = match first {
                Some(name) => self.named.get(name).cloned().unwrap_or_else(|| name.clone()),
                None => previous,
            };
            self.places.push(Place {
                name: info.name.clone(),
                input: from.clone(),
                shape_in: info.input.clone(),
                shape: info.output.clone(),
                params: info.params.clone(),
                kind: layer.kind.clone(),
            });
            self.list(layer.kind.children(), &info.children, &from);
            if let Some(name) = &layer.name {
                self.named.insert(name.clone(), info.name.clone());
            }
            previous = info.name.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{preset, text};

    fn net(set: &str, model: &str) -> Net {
        let mut e = preset::first();
        e.data = crate::spec::DataSpec::of(set);
        e.model = text::parse(model).unwrap();
        Net::of(&e).unwrap()
    }

    #[test]
    fn maps_pictures_and_filters_are_found() {
        let lenet = net("mnist", "conv 8 3 relu | pool 2 | flatten | dense");
        assert_eq!(lenet.mapped().iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["layers.0", "layers.1"]);
        assert_eq!(lenet.picture(), Some([28, 28, 1]));
        // A convolution inside a block counts too.
        assert_eq!(net("mnist", "residual(conv 1 3 same) | flatten | dense").convs().len(), 1);
    }

    #[test]
    fn what_goes_in_is_found_through_names_and_blocks() {
        let n = net(
            "mnist",
            "conv 4 3 same name=a | conv 4 3 same name=b | residual(conv 4 3 same | batch_norm) | add from=a,b | flatten | dense",
        );
        let input = |name: &str| n.place(name).unwrap().input.clone();
        assert_eq!(input("layers.0"), "input");
        assert_eq!(input("layers.2.layers.0"), "layers.1");
        assert_eq!(input("layers.2.layers.1"), "layers.2.layers.0");
        assert_eq!(input("layers.3"), "layers.0");
        assert_eq!(n.place("layers.9"), None);
    }

    #[test]
    fn windows_are_those_of_the_layer() {
        let n = net("mnist", "conv 4 5 stride=2 | pool 2 | flatten | dense");
        let (w, slide) = n.places[0].window().unwrap();
        assert_eq!((w.output, slide), ([12, 12], Slide::Conv));
        assert_eq!(n.places[1].window().unwrap().1, Slide::Max);
        assert_eq!(n.places[2].window(), None);
    }
}
