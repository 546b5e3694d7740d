//! Which views follow from an experiment: what there is to see inside a network is said by its layers and its data.
//!
//! Not responsible for the panels that show them (`ui::panels::registry`).

use super::{Experiment, Layer, LayerKind};

/// Something to be seen inside a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    /// Filters of convolutions.
    Filters,
    /// What comes out of every layer that makes images or series of features.
    FeatureMaps,
    /// What a filter likes to see.
    Climb,
    /// A window that slides, to play with.
    Sandbox,
    /// What attention heads look at.
    Attention,
    /// States of recurrent layers over time.
    HiddenStates,
    /// Codes of an autoencoder.
    Latent,
}

/// The views of an experiment, in the order of [`View`].
pub fn views(experiment: &Experiment) -> Vec<View> {
    let mut out = Vec::new();
    walk(&experiment.model.layers, &mut |kind| {
        if kind.conv().is_some() {
            out.extend([View::Filters, View::FeatureMaps, View::Climb, View::Sandbox]);
        }
        if matches!(kind, LayerKind::Attention(_) | LayerKind::TransformerBlock(_)) {
            out.push(View::Attention);
        }
        if kind.recurrent().is_some() {
            out.push(View::HiddenStates);
        }
    });
    if experiment.task.kind.asks_for_its_input() {
        out.push(View::Latent);
    }
    crate::spec::order::sort(&mut out);
    out.dedup();
    out
}

/// Every layer, nested ones too.
fn walk(layers: &[Layer], see: &mut impl FnMut(&LayerKind)) {
    for layer in layers {
        see(&layer.kind);
        walk(layer.kind.children(), see);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::spec::{preset, text};

    fn of(model: &str) -> Vec<View> {
        let mut e = preset::first();
        e.model = text::parse(model).unwrap();
        views(&e)
    }

    #[test]
    fn a_network_brings_what_there_is_something_for() {
        use View::{Attention, Climb, FeatureMaps, Filters, HiddenStates, Sandbox};
        assert_eq!(of("dense 8 | dense"), []);
        let pictures = [Filters, FeatureMaps, Climb, Sandbox];
        assert_eq!(of("conv 8 3 relu | pool 2 | conv 4 3 | flatten | dense"), pictures);
        assert_eq!(of("embedding 8 | lstm 8 | dense"), [HiddenStates]);
        assert_eq!(of("embedding 8 | transformer_block 2 | dense"), [Attention]);
        let mut coder = preset::first();
        coder.task.kind = crate::spec::TaskKind::starter("vae").unwrap();
        assert_eq!(views(&coder), [View::Latent]);
        // A convolution inside a block counts too.
        assert_eq!(of("residual(conv 1 3 same) | flatten | dense"), pictures);
    }
}
