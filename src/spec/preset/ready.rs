//! Ready experiments that are worth a look: each an architecture on data that it suits, with numbers that train it.
//!
//! The figures that they reach on the test part are held by `tests/it/curves.rs`. Not responsible for their names
//! (`i18n::presets`).

mod deep;
mod generate;
mod pretexts;
mod several;

use super::super::experiment::{Experiment, TrainingSpec, VERSION};
use super::super::{DataSpec, OptimizerSpec, TaskSpec, read, text};
use serde::de::DeserializeOwned;

/// What a ready experiment shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Dense networks on numbers.
    Dense,
    /// Convolution.
    Images,
    /// Depth, and what makes it trainable.
    Deep,
    /// Texts and tokens.
    Text,
    /// Sequences of numbers.
    Series,
    /// New rows, and short codes of old ones.
    Generate,
}

impl Group {
    /// Every group, in the order in which the page shows them.
    pub const ALL: [Group; 6] = [Group::Dense, Group::Images, Group::Deep, Group::Text, Group::Series, Group::Generate];

    /// The name that `i18n` knows it by.
    pub fn name(self) -> &'static str {
        match self {
            Group::Dense => "dense",
            Group::Images => "images",
            Group::Deep => "deep",
            Group::Text => "text",
            Group::Series => "series",
            Group::Generate => "generate",
        }
    }
}

/// A ready experiment, as the texts it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Name in the address and in `i18n`.
    pub name: &'static str,
    /// What it shows.
    pub group: Group,
    /// The data part as JSON.
    pub(super) data: &'static str,
    /// The network as model text.
    pub(super) model: &'static str,
    /// The task as JSON, where the data does not say it.
    pub(super) task: Option<&'static str>,
    /// The loss, where it is not the task's own.
    pub(super) loss: Option<&'static str>,
    /// The optimizer part as JSON.
    pub(super) optimizer: &'static str,
    /// Rows a step.
    pub(super) batch: usize,
    /// The saved file that it opens trained from, where one is shipped.
    pub(super) trained: Option<&'static str>,
}

/// All of them, in the order in which the page shows them.
pub fn all() -> &'static [Ready] {
    READY
}

/// The one with that name.
pub fn find(name: &str) -> Option<&'static Ready> {
    READY.iter().find(|r| r.name == name)
}

impl Ready {
    /// The data set it learns from.
    pub fn set(&self) -> Option<&'static str> {
        super::super::sets::sets()
            .iter()
            .map(|s| s.name)
            .find(|name| self.data.contains(&format!("{{\"set\":\"{name}\"")))
    }

    /// Whether `e` is this one, unchanged. Networks are read only where everything else is the same: to read them all
    /// takes longer than a page may be busy.
    pub fn is(&self, e: &Experiment) -> bool {
        let same_set = self.data.contains(&format!("\"{}\"", e.data.set));
        let same_optimizer = || part::<OptimizerSpec>(self.optimizer).is_some_and(|own| own == e.optimizer);
        same_set && self.batch == e.training.batch && same_optimizer() && self.experiment().is_some_and(|own| own == *e)
    }

    /// Path of the file that holds it trained, where one is shipped; `tests/it/trained.rs` makes it.
    pub fn trained(&self) -> Option<&'static str> {
        self.trained
    }

    /// The experiment; a test holds that there is one for each.
    pub fn experiment(&self) -> Option<Experiment> {
        let data: DataSpec = part(self.data)?;
        let own = self.task.and_then(part::<TaskSpec>);
        let mut task = own.or_else(|| data.info().ok().map(|info| TaskSpec::for_data(&info)))?;
        task.loss = self.loss.and_then(super::super::Loss::from_name).or(task.loss);
        Some(Experiment {
            gradarium: VERSION,
            seed: 7,
            model: text::parse(self.model).ok()?,
            task,
            optimizer: part(self.optimizer)?,
            optimizers: Default::default(),
            training: TrainingSpec { batch: self.batch, ..TrainingSpec::default() },
            backend: Default::default(),
            data,
        })
    }
}

fn part<T: DeserializeOwned>(json: &str) -> Option<T> {
    read::text(json).ok()
}

const ADAM: &str = r#"{"type":"adam","lr":0.001}"#;
const ADAM_3: &str = r#"{"type":"adam","lr":0.003}"#;
const ADAM_CLIPPED: &str = r#"{"type":"adam","lr":0.003,"clip_norm":1}"#;
const LENET: &str = "conv 16 3 relu | pool 2 | conv 32 3 relu | pool 2 | flatten | dense 64 relu | dense";
const LENET_CLOTHES: &str =
    "conv 16 3 same relu | pool 2 | conv 32 3 same relu | pool 2 | flatten | dropout 0.3 | dense 64 relu | dense";
/// Ten epochs of 10,000 pictures.
const ADAM_COSINE: &str = r#"{"type":"adam","lr":0.002,"schedule":{"type":"cosine","steps":3130,"lr_min":0.00005}}"#;
pub(super) const PRIMER_CNN: &str =
    "conv 32 3 relu | pool 2 | conv 64 3 relu | pool 2 | flatten | dense 64 relu | dense";
const TRANSLATOR: &str = "embedding 64 | positional | transformer_block 4 | transformer_block 4 | layer_norm | dense";

/// Transformer blocks as encoder and decoder, one head between them.
const DATES_ATTENTION: &str = "slice 0 18 | embedding 64 | positional | transformer_block 4 causal=false mask_padding name=source | \
     slice 18 11 from=input | embedding 64 | positional | transformer_block 4 name=written | attention 1 mask_padding \
     from=written,source name=found | add from=written,found | layer_norm | dense 128 relu | dense";
/// Recurrent layers as encoder and decoder (Bahdanau et al. 2015).
const G2P_ATTENTION: &str = "slice 0 10 | embedding 64 | gru 32 bidirectional return_sequences name=source | slice 10 12 from=input | \
     embedding 64 | gru 64 return_sequences name=written | attention 1 additive mask_padding from=written,source \
     name=found | concat from=written,found | dense 64 tanh | dense";

pub(super) const fn ready(group: Group, name: &'static str, data: &'static str, model: &'static str) -> Ready {
    Ready { name, group, data, model, task: None, loss: None, optimizer: ADAM, batch: 32, trained: None }
}

/// A small network on the plane, fast enough to be watched.
const fn on_plane(name: &'static str, data: &'static str, model: &'static str) -> Ready {
    Ready { optimizer: r#"{"type":"adam","lr":0.03}"#, ..ready(Group::Dense, name, data, model) }
}

/// The three of them differ in nothing but the network.
const fn deep_digits(name: &'static str, model: &'static str) -> Ready {
    let optimizer = r#"{"type":"adam","lr":0.002}"#;
    Ready { optimizer, batch: 500, ..ready(Group::Deep, name, r#"{"set":"mnist"}"#, model) }
}

static READY: &[Ready] = &[
    // What the page begins with comes third: the two before it lead there.
    on_plane("line", r#"{"set":"gauss"}"#, "dense"),
    on_plane("circle_mlp", r#"{"set":"circle"}"#, "dense 4 tanh | dense"),
    on_plane("spiral_mlp", r#"{"set":"spiral"}"#, "dense 8 tanh | dense 8 tanh | dense"),
    Ready {
        loss: Some("bce"),
        ..ready(
            Group::Dense,
            "primer_mlp",
            r#"{"set":"random","input":[10],"target":{"classes":2},"samples":1000}"#,
            "dense 64 relu | dense 1",
        )
    },
    Ready {
        loss: Some("bce"),
        ..ready(
            Group::Dense,
            "primer_mlp_10",
            r#"{"set":"random","input":[10],"target":{"classes":2},"samples":1000}"#,
            "dense 10 relu | dense 1",
        )
    },
    Ready {
        loss: Some("bce"),
        ..ready(Group::Dense, "tumours", r#"{"set":"breast_cancer"}"#, "dense 64 relu | dense 1")
    },
    ready(
        Group::Dense,
        "digits_mlp",
        r#"{"set":"mnist","augment":[{"type":"shift","strength":0.04}]}"#,
        "flatten | dense 64 relu | dense",
    ),
    ready(Group::Images, "primer_cnn", r#"{"set":"emoji32"}"#, PRIMER_CNN),
    // Twenty-five epochs: changed pictures are learned more slowly, and last longer.
    Ready {
        optimizer: r#"{"type":"adam","lr":0.001,"schedule":{"type":"cosine","steps":2775,"lr_min":0.00005}}"#,
        ..ready(
            Group::Images,
            "primer_cnn_augmented",
            r#"{"set":"emoji32","augment":[{"type":"flip"},{"type":"shift"}]}"#,
            PRIMER_CNN,
        )
    },
    Ready {
        optimizer: ADAM_COSINE,
        ..ready(Group::Images, "lenet_digits", r#"{"set":"mnist","augment":[{"type":"shift","strength":0.04}]}"#, LENET)
    },
    Ready {
        optimizer: ADAM_COSINE,
        ..ready(
            Group::Images,
            "lenet_clothes",
            r#"{"set":"fashion_mnist","augment":[{"type":"flip"},{"type":"shift","strength":0.04}]}"#,
            LENET_CLOTHES,
        )
    },
    Ready {
        optimizer: ADAM_COSINE,
        ..ready(
            Group::Images,
            "resnet_clothes",
            r#"{"set":"fashion_mnist","augment":[{"type":"flip"}]}"#,
            "conv 16 3 same | batch_norm | activation kind=relu | pool 2 | residual(conv 16 3 same | batch_norm | activation \
         kind=relu | conv 16 3 same | batch_norm) | activation kind=relu | conv 32 3 same stride=2 | batch_norm | activation \
         kind=relu | residual(conv 32 3 same | batch_norm | activation kind=relu | conv 32 3 same | batch_norm) | activation \
         kind=relu | global_avg_pool | dense",
        )
    },
    Ready {
        optimizer: ADAM_COSINE,
        ..ready(
            Group::Images,
            "densenet_clothes",
            r#"{"set":"fashion_mnist","augment":[{"type":"flip"},{"type":"shift","strength":0.04}]}"#,
            "conv 16 3 same | batch_norm | activation kind=relu | pool 2 name=a0 | conv 12 3 same relu name=a1 | concat \
         from=a0,a1 name=a2 | conv 12 3 same relu name=a3 | concat from=a2,a3 | batch_norm | conv 32 1 relu | pool 2 \
         name=b0 | conv 24 3 same relu name=b1 | concat from=b0,b1 name=b2 | conv 24 3 same relu name=b3 | concat \
         from=b2,b3 | batch_norm | global_avg_pool | dense",
        )
    },
    several::SEVERAL_DIGITS,
    Ready { optimizer: ADAM_3, ..ready(Group::Deep, "deep_plain", r#"{"set":"spiral"}"#, deep::PLAIN) },
    Ready { optimizer: ADAM_3, ..ready(Group::Deep, "deep_residual", r#"{"set":"spiral"}"#, deep::RESIDUAL) },
    // Batch norm at fifty layers needs good means: a whole half of the plane at once.
    Ready {
        optimizer: r#"{"type":"adam","lr":0.003,"schedule":{"type":"cosine","steps":600,"lr_min":0.00001}}"#,
        batch: 500,
        ..ready(Group::Deep, "deep_normalised", r#"{"set":"spiral","samples":2000}"#, deep::NORMALISED)
    },
    deep_digits("deep_plain_digits", deep::PLAIN_DIGITS),
    deep_digits("deep_residual_digits", deep::RESIDUAL_DIGITS),
    deep_digits("deep_normalised_digits", deep::NORMALISED_DIGITS),
    Ready {
        optimizer: ADAM_3,
        ..ready(Group::Text, "names_gender", r#"{"set":"names"}"#, "embedding 16 | lstm 48 bidirectional | dense")
    },
    Ready {
        optimizer: ADAM_CLIPPED,
        ..ready(Group::Text, "char_rnn", r#"{"set":"shakespeare"}"#, "embedding 32 | lstm 128 return_sequences | dense")
    },
    Ready {
        optimizer: r#"{"type":"adamw","lr":0.003,"weight_decay":0.01,"clip_norm":1,"schedule":{"type":"warmup","steps":100,"then":{"type":"cosine","steps":6000,"lr_min":0.0003}}}"#,
        batch: 16,
        ..ready(Group::Text, "char_transformer", r#"{"set":"shakespeare"}"#, TRANSLATOR)
    },
    Ready {
        optimizer: ADAM_CLIPPED,
        ..ready(
            Group::Text,
            "tang_transformer",
            r#"{"set":"jueju7"}"#,
            "embedding 96 | positional | transformer_block 4 dropout=0.1 | transformer_block 4 dropout=0.1 | layer_norm | dense",
        )
    },
    Ready { optimizer: ADAM_CLIPPED, batch: 64, ..ready(Group::Text, "dates", r#"{"set":"dates"}"#, TRANSLATOR) },
    Ready { optimizer: ADAM_CLIPPED, batch: 64, ..ready(Group::Text, "g2p", r#"{"set":"g2p"}"#, TRANSLATOR) },
    Ready {
        optimizer: ADAM_CLIPPED,
        batch: 64,
        ..ready(Group::Text, "dates_attention", r#"{"set":"dates","aligned":true}"#, DATES_ATTENTION)
    },
    Ready {
        optimizer: ADAM_CLIPPED,
        batch: 64,
        ..ready(Group::Text, "g2p_attention", r#"{"set":"g2p","aligned":true}"#, G2P_ATTENTION)
    },
    Ready { optimizer: ADAM_CLIPPED, batch: 64, ..ready(Group::Text, "reverse", r#"{"set":"reverse"}"#, TRANSLATOR) },
    Ready {
        optimizer: ADAM_CLIPPED,
        batch: 64,
        trained: Some("data/trained/reverse.gradarium.json"),
        ..ready(
            Group::Text,
            "reverse_trained",
            r#"{"set":"reverse"}"#,
            "embedding 32 | positional | transformer_block 2 | transformer_block 2 | layer_norm | dense",
        )
    },
    Ready { optimizer: ADAM_CLIPPED, batch: 64, ..ready(Group::Text, "sort", r#"{"set":"sort"}"#, TRANSLATOR) },
    Ready {
        optimizer: r#"{"type":"adam","lr":0.003,"clip_norm":1,"schedule":{"type":"cosine","steps":5000,"lr_min":0.0001}}"#,
        batch: 64,
        ..ready(Group::Text, "add", r#"{"set":"add"}"#, TRANSLATOR)
    },
    ready(
        Group::Series,
        "primer_lstm",
        r#"{"set":"random","input":[10,8],"target":{"shape":[10,1]},"samples":500}"#,
        "lstm 128 return_sequences | lstm 128 return_sequences | dense",
    ),
    ready(
        Group::Series,
        "electricity_lstm",
        r#"{"set":"electricity","context":10,"every_step":true}"#,
        "lstm 128 return_sequences | lstm 128 return_sequences | dense",
    ),
    Ready { optimizer: ADAM_CLIPPED, ..ready(Group::Series, "adding_rnn", r#"{"set":"adding"}"#, "rnn 64 | dense") },
    Ready { optimizer: ADAM_CLIPPED, ..ready(Group::Series, "adding_lstm", r#"{"set":"adding"}"#, "lstm 64 | dense") },
    Ready { optimizer: ADAM_CLIPPED, ..ready(Group::Series, "adding_gru", r#"{"set":"adding"}"#, "gru 64 | dense") },
    Ready {
        optimizer: ADAM_CLIPPED,
        ..ready(Group::Series, "copy_rnn", r#"{"set":"copy_memory"}"#, "embedding 16 | rnn 96 return_sequences | dense")
    },
    Ready {
        optimizer: ADAM_CLIPPED,
        ..ready(Group::Series, "copy_gru", r#"{"set":"copy_memory"}"#, "embedding 16 | gru 96 return_sequences | dense")
    },
    ready(Group::Series, "airline_cnn", r#"{"set":"airline"}"#, "reshape 12x1x1 | conv 16 3x1 relu | flatten | dense"),
    ready(Group::Series, "sunspots_lstm", r#"{"set":"sunspots"}"#, "lstm 32 | dense"),
    ready(
        Group::Series,
        "electricity_cnn",
        r#"{"set":"electricity"}"#,
        "reshape 48x1x1 | conv 16 5x1 relu | conv 32 5x1 stride=2x1 relu | flatten | dense 32 relu | dense",
    ),
    ready(
        Group::Series,
        "weather_transformer",
        r#"{"set":"weather"}"#,
        "dense 32 | positional | transformer_block 4 | flatten | dense",
    ),
    pretexts::ROTATION_DIGITS,
    pretexts::CONTRASTIVE_DIGITS,
    pretexts::MASKED_DIGITS,
    generate::AUTOENCODER_DIGITS,
    generate::DENOISING_CLOTHES,
    generate::VAE_DIGITS,
    generate::GAN_RING,
    generate::FLOW_SPIRAL,
    generate::DIFFUSION_DIGITS,
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn each_is_itself_and_no_other() {
        for a in READY {
            let own = a.experiment().unwrap();
            let found: Vec<_> = READY.iter().filter(|r| r.is(&own)).map(|r| r.name).collect();
            assert_eq!(found, [a.name]);
            assert!(!a.is(&Experiment { seed: 8, ..own }));
        }
    }

    #[test]
    fn the_page_begins_with_one_of_them() {
        assert_eq!(find("spiral_mlp").unwrap().experiment().unwrap(), super::super::first());
    }
}
