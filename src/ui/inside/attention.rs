//! Attention taken apart: which layers have it, what a head looks at, its stages with the numbers, its ribbons.
//!
//! Not responsible for drawing (`ui::panels::attention`). Pure, tested natively.

pub mod heads;
pub mod layout;
pub mod pattern;
pub mod stages;

use crate::spec::model::AttentionKind;
use crate::spec::task::TaskKind;
use crate::spec::{Experiment, Layer, LayerKind};
use std::collections::BTreeMap;

/// One attention of the network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttentionAt {
    /// What its values' names begin with: `layers.2`, or `layers.2.attn` in a block.
    pub prefix: String,
    /// Heads.
    pub heads: usize,
    /// Whether later places are hidden.
    pub causal: bool,
    /// Whether keys and values come from a second sequence.
    pub cross: bool,
    /// Scores by a small network instead of a product.
    pub additive: bool,
    /// Whether padding gets no weight.
    pub padding: bool,
    /// Where in the input the places stand that ask, if they stand for tokens there.
    pub asks_from: Option<usize>,
    /// The same of those that are asked.
    pub asked_from: Option<usize>,
}

impl AttentionAt {
    /// Name of one of its values.
    pub fn value(&self, part: &str) -> String {
        format!("{}.{part}", self.prefix)
    }

    /// Name of the layer it is in, which is a block's where it is part of one.
    pub fn layer(&self) -> &str {
        self.prefix.strip_suffix(".attn").unwrap_or(&self.prefix)
    }

    /// Names of what the map and the ribbons need.
    pub fn map_values(&self) -> Vec<String> {
        vec!["input".into(), self.value("weights")]
    }

    /// Names of what the stages need too. Those that a network lacks (rotary, a second sequence) come back as missing.
    pub fn stage_values(&self) -> Vec<String> {
        let parts = ["qkv", "qkv_turned", "memory_qkv", "memory_qkv_turned", "heads"];
        parts.into_iter().map(|p| self.value(p)).collect()
    }
}

/// Every attention of the experiment's network, in data order.
pub fn attentions(experiment: &Experiment) -> Vec<AttentionAt> {
    let hides_later = experiment.task.kind == TaskKind::LanguageModel;
    let mut found = Vec::new();
    each_layer(experiment, &mut |layer, name, from| found.extend(attention(layer, name, from, hides_later)));
    found
}

/// Sees a layer, its name, and where in the input the places begin that come in.
pub type See<'s> = dyn FnMut(&Layer, &str, [Option<usize>; 2]) + 's;

/// Calls `see` with every layer that is no container, its name, and where in the input the places begin that come in: of
/// the first that it reads, and of the last. `None` where these places stand for no tokens.
pub fn each_layer(experiment: &Experiment, see: &mut See) {
    let tokens = experiment.data.info().is_ok_and(|i| i.tokens.is_some());
    let from = tokens.then(|| ("input".to_string(), 0)).into_iter().collect();
    Walk { from, see }.list(&experiment.model.layers, "", "input");
}

struct Walk<'s> {
    /// Where in the input the places of an output begin, by every name that it has.
    from: BTreeMap<String, usize>,
    see: &'s mut See<'s>,
}

impl Walk<'_> {
    fn list(&mut self, layers: &[Layer], before: &str, comes_in: &str) {
        let mut last = comes_in.to_string();
        for (i, layer) in layers.iter().enumerate() {
            let name = format!("{before}layers.{i}");
            let source = layer.from.as_ref().and_then(|f| f.first()).unwrap_or(&last);
            let from = self.from.get(source).copied();
            self.layer(layer, &name, source);
            let goes_on = match &layer.kind {
                LayerKind::Slice(s) => from.map(|f| f.saturating_add(s.start)),
                kind => from.filter(|_| kind.keeps_tokens()),
            };
            for name in layer.name.iter().chain([&name]) {
                self.from.extend(goes_on.map(|f| (name.clone(), f)));
            }
            last = name;
        }
    }

    fn layer(&mut self, layer: &Layer, name: &str, source: &str) {
        if matches!(layer.kind, LayerKind::Residual(_)) {
            return self.list(layer.kind.children(), &format!("{name}."), source);
        }
        let first = self.from.get(source).copied();
        let memory = layer.from.as_ref().filter(|f| f.len() > 1).and_then(|f| f.last());
        let last = memory.map_or(first, |m| self.from.get(m).copied());
        (self.see)(layer, name, [first, last]);
    }
}

fn attention(
    layer: &Layer,
    name: &str,
    [asks_from, asked_from]: [Option<usize>; 2],
    hides_later: bool,
) -> Option<AttentionAt> {
    let plain = AttentionAt { asks_from, asked_from, ..AttentionAt::default() };
    match &layer.kind {
        LayerKind::Attention(a) => {
            let cross = layer.from.as_ref().is_some_and(|f| f.len() > 1);
            let causal = a.causal.unwrap_or(hides_later && !cross);
            let (additive, padding) = (a.kind == AttentionKind::Additive, a.mask_padding);
            Some(AttentionAt { prefix: name.to_string(), heads: a.heads, causal, cross, additive, padding, ..plain })
        }
        LayerKind::TransformerBlock(t) => {
            let causal = t.causal.unwrap_or(hides_later);
            let (prefix, padding) = (format!("{name}.attn"), t.mask_padding);
            Some(AttentionAt { prefix, heads: t.heads, causal, padding, ..plain })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::preset;
    use crate::spec::text::parse;

    fn on(set: &str, model: &str) -> Experiment {
        let ready = preset::ready::find(set).unwrap().experiment().unwrap();
        Experiment { model: parse(model).unwrap(), ..ready }
    }

    #[test]
    fn every_attention_is_found_with_what_hides_from_it() {
        let exp = on(
            "char_transformer",
            "embedding 8 name=m | attention 2 | residual(layer_norm | attention 4 kind=additive causal=false) | \
             transformer_block 2 | attention 1 from=m,m | dense",
        );
        let found = attentions(&exp);
        let names: Vec<_> = found.iter().map(|a| a.prefix.as_str()).collect();
        assert_eq!(names, ["layers.1", "layers.2.layers.1", "layers.3.attn", "layers.4"]);
        assert_eq!(found.iter().map(|a| a.causal).collect::<Vec<_>>(), [true, false, true, false]);
        assert_eq!(found.iter().map(|a| a.heads).collect::<Vec<_>>(), [2, 4, 2, 1]);
        assert!(found[1].additive && found[3].cross && !found[0].cross);
        assert_eq!(found[2].value("weights"), "layers.3.attn.weights");
        assert_eq!((found[2].layer(), found[0].layer()), ("layers.3", "layers.1"));
    }

    #[test]
    fn places_are_found_in_the_input_behind_slices() {
        let found = attentions(&preset::ready::find("dates_attention").unwrap().experiment().unwrap());
        let from: Vec<_> = found.iter().map(|a| (a.asks_from, a.asked_from, a.padding)).collect();
        assert_eq!(from, [(Some(0), Some(0), true), (Some(18), Some(18), false), (Some(18), Some(0), true)]);
        let exp =
            on("char_transformer", "embedding 8 | slice 3 9 | attention | slice 2 4 | reshape 4x8 | attention | dense");
        let from: Vec<_> = attentions(&exp).iter().map(|a| a.asks_from).collect();
        assert_eq!(from, [Some(3), None], "a reshape may mix places");
        assert_eq!(attentions(&on("weather_transformer", "dense 8 | transformer_block 2"))[0].asks_from, None);
    }

    #[test]
    fn what_is_no_language_model_hides_nothing_by_itself() {
        let exp = on("weather_transformer", "dense 8 | transformer_block 2 | flatten | dense");
        assert!(!attentions(&exp)[0].causal);
    }

    #[test]
    fn a_network_without_attention_has_none() {
        assert!(attentions(&on("char_rnn", "embedding 8 | lstm 8 return_sequences | dense")).is_empty());
    }
}
