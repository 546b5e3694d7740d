//! Layers over sequences: recurrent ones, one or several, in one direction or both, and transformer blocks.

use super::super::args::Args;
use super::super::ends::{self, End};
use super::super::problem;
use super::super::script::Found;
use super::super::steps::What;
use super::Reader;
use crate::spec::model::{Dropout, LAYERS_MAX, NormPlace, Recurrent, RnnActivation, TransformerBlock};
use crate::spec::problem::Code;
use crate::spec::{Activation, LayerKind};

impl<'s, 't> Reader<'s, 't> {
    pub(super) fn recurrent(&mut self, found: Found<'s, 't>, bidirectional: bool) {
        let name = found.call.last();
        let plain: &[&str] = &[
            "input_size",
            "hidden_size",
            "num_layers",
            "nonlinearity",
            "bias",
            "batch_first",
            "dropout",
            "bidirectional",
        ];
        let gated: &[&str] =
            &["input_size", "hidden_size", "num_layers", "bias", "batch_first", "dropout", "bidirectional"];
        let torch = if name == "RNN" { plain } else { gated };
        let mut args = self.bound(found, torch, &["units", "activation", "recurrent_activation", "use_bias"]);
        let stated = args.size(&["input_size"]);
        let mut r = Recurrent { units: args.needed(&["hidden_size", "units"]), bidirectional, ..Recurrent::default() };
        r.return_sequences = args.truth(&["return_sequences"]).unwrap_or(false);
        r.bidirectional |= args.truth(&["bidirectional"]).unwrap_or(false);
        args.same_truth("bias", true);
        if let Some((word, value)) = args.word(&["activation", "nonlinearity"]) {
            match RnnActivation::from_name(&word.to_ascii_lowercase()) {
                Some(RnnActivation::Relu) if matches!(name, "RNN" | "SimpleRNN") => {
                    r.activation = Some(RnnActivation::Relu)
                }
                Some(RnnActivation::Tanh) => {}
                Some(RnnActivation::Relu) | None => self.problems.push(problem(Code::CodeLayer, value.place, word)),
            }
        }
        let layers = args.size(&["num_layers"]).unwrap_or(1).clamp(1, LAYERS_MAX);
        let rate = if self.torch && layers > 1 { args.real(&["dropout"]).unwrap_or(0.0) } else { 0.0 };
        args.same("dropout", 0.0);
        args.same("recurrent_dropout", 0.0);
        let shape = self.stated_shape(&mut args);
        self.close(args);
        let kind = |r| match name {
            "LSTM" => LayerKind::Lstm(r),
            "GRU" => LayerKind::Gru(r),
            _ => LayerKind::Rnn(r),
        };
        for i in 0..layers {
            let last = i + 1 == layers;
            let cell = Recurrent { return_sequences: r.return_sequences || !last, ..r };
            self.push(found, What::Layer(kind(cell)), stated.filter(|_| i == 0), shape.clone().filter(|_| i == 0));
            if rate > 0.0 && !last {
                self.push(found, What::Layer(LayerKind::Dropout(Dropout { rate: rate as f32 })), None, None);
            }
        }
    }

    pub(super) fn bidirectional(&mut self, found: Found<'s, 't>) {
        let mut args = self.bound(found, &[], &["layer", "merge_mode"]);
        let shape = self.stated_shape(&mut args);
        let inner = args.layer(&["layer"]);
        args.same_word("merge_mode", "concat");
        self.close(args);
        match inner {
            Some(inner) if matches!(inner.call.last(), "LSTM" | "GRU" | "SimpleRNN") => {
                self.recurrent(inner, true);
                if let Some(step) = self.steps.last_mut() {
                    step.shape = shape.or(step.shape.take());
                }
            }
            Some(inner) => self.unknown(inner),
            None => {}
        }
    }

    pub(super) fn transformer(&mut self, found: Found<'s, 't>) {
        let ours = found.call.last() == "TransformerBlock";
        let names: &[&str] = if ours {
            &["d_model", "nhead", "dim_feedforward", "activation"]
        } else {
            &["d_model", "nhead", "dim_feedforward", "dropout", "activation"]
        };
        let mut args = Args::bind(found, self.script, names);
        let units = args.needed(&["d_model"]).max(1);
        let heads = args.needed(&["nhead"]);
        let hidden = args.size(&["dim_feedforward"]).unwrap_or(2048);
        if !hidden.is_multiple_of(units) {
            args.refuse("dim_feedforward", &hidden.to_string());
        }
        let dropout = args.real(&["dropout"]).unwrap_or(if ours { 0.0 } else { 0.1 }) as f32;
        let first = args.truth(&["norm_first"]).unwrap_or(ours);
        // A language model sees no later place anyway.
        let causal = args.truth(&["causal"]).filter(|on| !on);
        args.same("layer_norm_eps", 1e-5);
        let activation = match args.word(&["activation"]).map(|(word, _)| ends::module(word).or(ends::function(word))) {
            Some(Some(End::Activation(a))) => a,
            Some(_) => {
                args.refuse("activation", "");
                Activation::Relu
            }
            None => Activation::Relu,
        };
        self.close(args);
        let norm = if first { NormPlace::Pre } else { NormPlace::Post };
        let block = TransformerBlock {
            heads,
            mlp_ratio: hidden / units,
            causal,
            norm,
            activation,
            dropout,
            ..Default::default()
        };
        self.push(found, What::Layer(LayerKind::TransformerBlock(block)), Some(units), None);
    }
}
