//! Parts: networks with names of their own inside one experiment, such as `encoder` and `decoder`.
//!
//! In memory the layers of all parts are one list, part after part, so that whatever walks over layers needs no second
//! form; a file has them apart. Not responsible for which parts a task wants (`spec::tasks`).

use super::{Layer, ModelSpec};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The networks that tasks know, in the order in which their layers are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartName {
    /// Makes a code of the input.
    Encoder,
    /// Makes an input of a code.
    Decoder,
    /// Makes an input of noise.
    Generator,
    /// Tells real inputs from made ones.
    Discriminator,
    /// What several heads read.
    Trunk,
    /// Says which digit.
    Digit,
    /// Says whether it is odd.
    Parity,
    /// Says how thick its strokes are.
    Thickness,
    /// Answers what the trunk is trained by.
    Head,
}

impl PartName {
    /// Every name, in the order of their layers.
    pub const ALL: [PartName; 9] = [
        PartName::Encoder,
        PartName::Decoder,
        PartName::Generator,
        PartName::Discriminator,
        PartName::Trunk,
        PartName::Digit,
        PartName::Parity,
        PartName::Thickness,
        PartName::Head,
    ];

    /// As a file and the names of values have it.
    pub fn name(self) -> &'static str {
        match self {
            PartName::Encoder => "encoder",
            PartName::Decoder => "decoder",
            PartName::Generator => "generator",
            PartName::Discriminator => "discriminator",
            PartName::Trunk => "trunk",
            PartName::Digit => "digit",
            PartName::Parity => "parity",
            PartName::Thickness => "thickness",
            PartName::Head => "head",
        }
    }

    /// The part of that name.
    pub fn from_name(name: &str) -> Option<PartName> {
        PartName::ALL.into_iter().find(|p| p.name() == name)
    }

    /// What stands before the number of a layer in the names of its values, `encoder.layers`.
    pub fn prefix(self) -> String {
        format!("{}.layers", self.name())
    }
}

/// A part: its name, and how many of the layers are its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub name: PartName,
    /// Number of its layers.
    pub len: usize,
}

/// The file's form of a network.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ModelFile {
    /// Layers in data order; the first reads the data set's input unless `from` says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    layers: Option<Vec<Layer>>,
    /// Instead of `layers`, for tasks with several networks: the layers of each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parts: Option<PartsFile>,
}

/// The layers of each part.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
struct PartsFile {
    /// Makes a code of the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoder: Option<Vec<Layer>>,
    /// Makes an input of a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    decoder: Option<Vec<Layer>>,
    /// Makes an input of noise.
    #[serde(skip_serializing_if = "Option::is_none")]
    generator: Option<Vec<Layer>>,
    /// Tells real inputs from made ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    discriminator: Option<Vec<Layer>>,
    /// What several heads read.
    #[serde(skip_serializing_if = "Option::is_none")]
    trunk: Option<Vec<Layer>>,
    /// Says which digit.
    #[serde(skip_serializing_if = "Option::is_none")]
    digit: Option<Vec<Layer>>,
    /// Says whether it is odd.
    #[serde(skip_serializing_if = "Option::is_none")]
    parity: Option<Vec<Layer>>,
    /// Says how thick its strokes are.
    #[serde(skip_serializing_if = "Option::is_none")]
    thickness: Option<Vec<Layer>>,
    /// Answers what the trunk is trained by.
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<Vec<Layer>>,
}

impl PartsFile {
    fn slot(&mut self, name: PartName) -> &mut Option<Vec<Layer>> {
        match name {
            PartName::Encoder => &mut self.encoder,
            PartName::Decoder => &mut self.decoder,
            PartName::Generator => &mut self.generator,
            PartName::Discriminator => &mut self.discriminator,
            PartName::Trunk => &mut self.trunk,
            PartName::Digit => &mut self.digit,
            PartName::Parity => &mut self.parity,
            PartName::Thickness => &mut self.thickness,
            PartName::Head => &mut self.head,
        }
    }
}

impl TryFrom<ModelFile> for ModelSpec {
    type Error = crate::spec::read::ReadError;

    fn try_from(file: ModelFile) -> Result<ModelSpec, Self::Error> {
        match (file.layers, file.parts) {
            (Some(layers), None) => Ok(ModelSpec::of(layers)),
            (None, Some(mut parts)) => {
                let all = PartName::ALL.into_iter();
                Ok(ModelSpec::of_parts(all.filter_map(|name| parts.slot(name).take().map(|layers| (name, layers)))))
            }
            (Some(_), Some(_)) => Err(serde::de::Error::unknown_field("parts", &["layers"])),
            (None, None) => Err(serde::de::Error::missing_field("layers")),
        }
    }
}

impl From<ModelSpec> for ModelFile {
    fn from(model: ModelSpec) -> ModelFile {
        if model.parts.is_empty() {
            return ModelFile { layers: Some(model.layers), parts: None };
        }
        let mut parts = PartsFile::default();
        for part in &model.parts {
            *parts.slot(part.name) = Some(model.part(part.name).to_vec());
        }
        ModelFile { layers: None, parts: Some(parts) }
    }
}

impl ModelSpec {
    /// One network.
    pub fn of(layers: Vec<Layer>) -> ModelSpec {
        ModelSpec { layers, parts: Vec::new() }
    }

    /// Several networks.
    pub fn of_parts(parts: impl IntoIterator<Item = (PartName, Vec<Layer>)>) -> ModelSpec {
        let mut model = ModelSpec::default();
        for (name, layers) in parts {
            model.parts.push(Part { name, len: layers.len() });
            model.layers.extend(layers);
        }
        model
    }

    /// Which layers a part has; none where there is no such part.
    pub fn range(&self, name: PartName) -> Range<usize> {
        let mut start = 0;
        for part in &self.parts {
            if part.name == name {
                return start..start + part.len;
            }
            start += part.len;
        }
        0..0
    }

    /// The layers of a part.
    pub fn part(&self, name: PartName) -> &[Layer] {
        &self.layers[self.range(name)]
    }

    /// The part of a layer, and the layer's number within; `None` with one network.
    pub fn place(&self, at: usize) -> Option<(PartName, usize)> {
        self.parts
            .iter()
            .map(|p| (p.name, self.range(p.name)))
            .find(|(_, r)| r.contains(&at))
            .map(|(n, r)| (n, at - r.start))
    }

    /// The name of a layer's output, `layers.2` or `encoder.layers.2`.
    pub fn value_name(&self, at: usize) -> String {
        match self.place(at) {
            Some((part, i)) => format!("{}.{i}", part.prefix()),
            None => format!("layers.{at}"),
        }
    }

    /// Among all layers, the number of the top-level layer that a value's name begins with, and what follows it.
    pub fn layer_of<'n>(&self, value: &'n str) -> Option<(usize, &'n str)> {
        let (range, rest) = match value.split_once('.').and_then(|(p, rest)| PartName::from_name(p).map(|p| (p, rest)))
        {
            Some((part, rest)) => (self.range(part), rest),
            None => (0..self.layers.len(), value),
        };
        let rest = rest.strip_prefix("layers.")?;
        let (i, rest) = rest.split_once('.').unwrap_or((rest, ""));
        let at = range.start + i.parse::<usize>().ok()?;
        range.contains(&at).then_some((at, rest))
    }

    /// The JSON path of a layer, `model.layers[2]` or `model.parts.encoder[2]`.
    pub fn path(&self, at: usize) -> String {
        match self.place(at) {
            Some((part, i)) => format!("model.parts.{}[{i}]", part.name()),
            None => format!("model.layers[{at}]"),
        }
    }

    /// Among all layers, the number of the top-level layer that a JSON path begins with.
    pub fn layer_at(&self, path: &str) -> Option<usize> {
        let path = path.strip_prefix("model.")?;
        let (list, rest) = path.split_once('[')?;
        let range = match list.strip_prefix("parts.") {
            Some(part) => self.range(PartName::from_name(part)?),
            None if list == "layers" => 0..self.layers.len().max(1),
            None => return None,
        };
        let at = range.start + rest.split(']').next()?.parse::<usize>().ok()?;
        (self.parts.is_empty() || range.contains(&at)).then_some(at)
    }

    /// Puts a layer before the one numbered `at`; at the end of a part it belongs to that part.
    pub fn insert(&mut self, at: usize, layer: Layer) {
        let at = at.min(self.layers.len());
        let mut start = 0;
        for part in &mut self.parts {
            if at <= start + part.len {
                part.len += 1;
                break;
            }
            start += part.len;
        }
        self.layers.insert(at, layer);
    }

    /// Takes a layer out; `None` where there is none.
    pub fn remove(&mut self, at: usize) -> Option<Layer> {
        if at >= self.layers.len() {
            return None;
        }
        if let Some((name, _)) = self.place(at) {
            self.parts.iter_mut().filter(|p| p.name == name).for_each(|p| p.len -= 1);
        }
        Some(self.layers.remove(at))
    }

    /// Other layers for all: where there are more or fewer, in the part in which the first difference lies.
    pub fn replace(&mut self, layers: Vec<Layer>) {
        let first = self.layers.iter().zip(&layers).take_while(|(a, b)| a == b).count();
        let (before, now) = (self.layers.len(), layers.len());
        let mut start = 0;
        for part in self.parts.iter_mut().filter(|_| before != now) {
            let end = start + part.len;
            if first < end || (first == end && now > before) {
                part.len = (part.len + now).saturating_sub(before);
                break;
            }
            start = end;
        }
        self.layers = layers;
    }

    /// Whether a layer begins a head beside another: it reads the trunk, not the layer listed before it.
    pub fn is_beside(&self, at: usize) -> bool {
        matches!(self.place(at), Some((PartName::Parity | PartName::Thickness, 0)))
    }

    /// Whether a layer is the last of its network.
    pub fn is_last(&self, at: usize) -> bool {
        match self.place(at) {
            Some((part, _)) => self.range(part).end == at + 1,
            None => self.layers.len() == at + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::spec::{read, text};

    fn model() -> ModelSpec {
        text::parse("encoder: dense 8 relu | dense 2; decoder: dense 8 relu | dense 4 sigmoid").unwrap()
    }

    #[test]
    fn a_file_has_parts_apart_and_memory_has_them_in_one_list() {
        let m = model();
        let json = serde_json::to_string(&m).unwrap();
        assert!(json.starts_with("{\"parts\":{\"encoder\":[{\"type\":\"dense\",\"units\":8"), "{json}");
        assert_eq!(read::text::<ModelSpec>(&json).unwrap(), m);
        assert_eq!(m.part(PartName::Decoder), &m.layers[2..]);
        let wrong = read::text::<ModelSpec>("{\"parts\":{\"coder\":[]}}").unwrap_err();
        assert_eq!(wrong.path, "parts.coder");
        assert!(
            read::text::<ModelSpec>("{\"parts\":{},\"layers\":[]}").is_err() && read::text::<ModelSpec>("{}").is_err()
        );
    }

    #[test]
    fn edits_belong_to_the_part_they_are_in() {
        let mut m = model();
        m.insert(2, m.layers[0].clone());
        assert_eq!(m.parts.iter().map(|p| p.len).collect::<Vec<_>>(), [3, 2]);
        m.insert(5, m.layers[0].clone());
        m.insert(0, m.layers[0].clone());
        assert_eq!(m.parts.iter().map(|p| p.len).collect::<Vec<_>>(), [4, 3]);
        m.remove(4);
        assert_eq!(m.parts.iter().map(|p| p.len).collect::<Vec<_>>(), [4, 2]);
        assert_eq!((m.layers.len(), m.remove(6)), (6, None));
        let mut m = model();
        let mut more = m.layers.clone();
        more.insert(3, more[0].clone());
        m.replace(more);
        assert_eq!(m.parts.iter().map(|p| p.len).collect::<Vec<_>>(), [2, 3]);
        let fewer = m.layers[1..].to_vec();
        m.replace(fewer);
        assert_eq!(m.parts.iter().map(|p| p.len).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn values_are_named_after_part_and_place() {
        let m = model();
        assert_eq!(
            (m.value_name(3), m.layer_of("decoder.layers.1.weight")),
            ("decoder.layers.1".into(), Some((3, "weight")))
        );
        assert_eq!((m.layer_of("encoder.layers.2"), m.layer_of("loss")), (None, None));
        assert!(m.is_last(1) && !m.is_last(2) && m.is_last(3));
        let one = text::parse("dense 3 | dense").unwrap();
        assert_eq!((one.value_name(1), one.layer_of("layers.1.bias")), ("layers.1".into(), Some((1, "bias"))));
    }
}
