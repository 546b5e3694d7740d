//! Attention taken apart: which layers have it, what a head looks at, its stages with the numbers, its ribbons.
//!
//! Not responsible for drawing (`ui::panels::attention`). Pure, tested natively.

pub mod heads;
pub mod layout;
pub mod stages;

use crate::spec::model::AttentionKind;
use crate::spec::task::TaskKind;
use crate::spec::{Experiment, Layer, LayerKind};

/// One attention of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    let mut found = Vec::new();
    walk(&experiment.model.layers, "", experiment.task.kind == TaskKind::LanguageModel, &mut found);
    found
}

fn walk(layers: &[Layer], before: &str, hides_later: bool, found: &mut Vec<AttentionAt>) {
    for (i, layer) in layers.iter().enumerate() {
        let name = format!("{before}layers.{i}");
        match &layer.kind {
            LayerKind::Attention(a) => {
                let cross = layer.from.as_ref().is_some_and(|f| f.len() > 1);
                let causal = a.causal.unwrap_or(hides_later && !cross);
                let additive = a.kind == AttentionKind::Additive;
                found.push(AttentionAt { prefix: name, heads: a.heads, causal, cross, additive });
            }
            LayerKind::TransformerBlock(t) => {
                let causal = t.causal.unwrap_or(hides_later);
                let prefix = format!("{name}.attn");
                found.push(AttentionAt { prefix, heads: t.heads, causal, cross: false, additive: false });
            }
            other => walk(other.children(), &format!("{name}."), hides_later, found),
        }
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
    fn what_is_no_language_model_hides_nothing_by_itself() {
        let exp = on("weather_transformer", "dense 8 | transformer_block 2 | flatten | dense");
        assert!(!attentions(&exp)[0].causal);
    }

    #[test]
    fn a_network_without_attention_has_none() {
        assert!(attentions(&on("char_rnn", "embedding 8 | lstm 8 return_sequences | dense")).is_empty());
    }
}
