//! What may be shown, and what was found: one kind of want each, with its answer under the same name.
//!
//! A request is a set of wants; nothing is computed that nobody wants. Not responsible for when (`worker::reactor`).

pub mod answers;
pub mod confusion;
pub mod forecast;
pub mod gradient_flow;
pub mod heads;
pub mod look;
pub mod mistakes;
pub mod neurons;
pub mod part;
pub mod probe;
pub mod query;
pub mod sample;
pub mod spread;

use super::frame::{Frame, Named};
use answers::{Answers, AnswersRequest};
use confusion::Confusion;
use forecast::Forecast;
use gradient_flow::GradientRow;
use heads::Heads;
use look::{Example, Look, LookRequest};
use mistakes::{Mistakes, MistakesRequest};
use neurons::{LayerMaps, NeuronRequest};
use part::{PartAnswer, PartRequest, PcaError, Pushed, Reconstructions};
use probe::Probe;
use query::{Queried, Query};
use sample::{Sample, SampleRequest};
use serde::{Deserialize, Serialize};
use spread::Spread;

/// Something to be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Want {
    /// The network's output over the plane.
    Output {
        /// Pixels a side.
        px: usize,
    },
    /// Responses of single units over the plane.
    Neurons(NeuronRequest),
    /// Norms of gradients and activations, per layer.
    GradientFlow,
    /// In these the sizes of the latest update too; the first frame after asking cannot have them yet.
    Updates,
    /// Histograms of activations and their gradients, per layer.
    Spread {
        /// How many bins.
        bins: usize,
    },
    /// One example on its way through the network.
    Look(LookRequest),
    /// A single value, whole or in part.
    Query(Query),
    /// A parameter, for edges and hover values.
    Weight(String),
    /// Confusion matrix and per-class scores on the test part.
    Confusion,
    /// Classified samples of the test part.
    Mistakes(MistakesRequest),
    /// Predictions on test samples (regression: predicted against true).
    Scatter,
    /// A series and its forecasts, over time.
    Forecast,
    /// What the nearest neighbours alone reach on the training part: it is what a network should reach at least.
    Neighbours,
    /// What a straight code of the same size as an autoencoder's leaves; it comes when it is known.
    Pca,
    /// The first training pictures as augmentation changes them.
    Augmented {
        /// How many.
        rows: usize,
    },
    /// A text that the network writes.
    Sample(Box<SampleRequest>),
    /// Answers to a task on sequences.
    Answers(AnswersRequest),
    /// One network of several on its own.
    Part(PartRequest),
    /// Rows of the test part and what an autoencoder makes of them.
    Reconstructions {
        /// How many.
        rows: usize,
        /// Whether those with the largest error.
        worst: bool,
    },
    /// How the heads of a trunk do, how they pull it, and what they answer to this example.
    Heads(Example),
    /// What a linear classifier makes of a trunk's features, beside training from scratch.
    Probe,
    /// What a generator made of the latest batch, and where it is pushed.
    Pushed,
    /// New rows on their way from noise to data.
    Flow {
        /// How many.
        n: usize,
        /// Of the noise.
        seed: u32,
    },
    /// The whole state, so that the page can start a fresh worker where this one died.
    Checkpoint,
}

impl Want {
    /// Whether it takes so long that it has a share of the time apart from frames: answers to the whole test part, texts.
    pub fn is_apart(&self) -> bool {
        matches!(self, Want::Confusion | Want::Mistakes(_) | Want::Sample(_) | Want::Answers(_) | Want::Probe)
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Row-major from the top left, `(px, px, C)`: class probabilities, or the prediction.
    Output(Named),
    /// Unit responses, a layer each.
    Neurons(Vec<LayerMaps>),
    /// Norms now.
    GradientFlow(GradientRow),
    /// Of the latest training batch.
    Spread(Vec<Spread>),
    /// An example.
    Look(Look),
    /// A value.
    Query(Queried),
    /// A parameter.
    Weight(Named),
    /// On the test part.
    Confusion(Confusion),
    /// On the test part.
    Mistakes(Mistakes),
    /// `(N, 2)`: true and predicted, in the target's own units.
    Scatter(Named),
    /// The series over time.
    Forecast(Forecast),
    /// Accuracy or R² of the nearest training rows, each row left out in its turn.
    Neighbours(Option<f32>),
    /// Of the rows that an autoencoder is asked for.
    Pca(PcaError),
    /// `(n, H, W, C)` in the network's units.
    Augmented(Named),
    /// Drawn anew now and then, not with every frame.
    Sample(Sample),
    /// Given anew now and then.
    Answers(Answers),
    /// Of one network.
    Part(PartAnswer),
    /// Of an autoencoder.
    Reconstructions(Reconstructions),
    /// Of heads on one trunk.
    Heads(Heads),
    /// Made anew now and then.
    Probe(Probe),
    /// Of a generator.
    Pushed(Pushed),
    /// `(times, n, …)`, from noise to data.
    Flow(Named),
    /// Buffer of the checkpoint.
    Checkpoint(usize),
}

impl Shown {
    /// Whether it is still shown while a frame does not bring it: what was looked at and weights are not, since films and
    /// walks take each of those for a moment of its own.
    pub fn stays(&self) -> bool {
        match self {
            Shown::Output(_)
            | Shown::Confusion(_)
            | Shown::Mistakes(_)
            | Shown::Scatter(_)
            | Shown::Forecast(_)
            | Shown::Augmented(_)
            | Shown::Part(_)
            | Shown::Reconstructions(_)
            | Shown::Flow(_)
            | Shown::Heads(_)
            | Shown::Probe(_)
            | Shown::Sample(_) => true,
            Shown::Neurons(_)
            | Shown::GradientFlow(_)
            | Shown::Spread(_)
            | Shown::Look(_)
            | Shown::Query(_)
            | Shown::Weight(_)
            | Shown::Neighbours(_)
            | Shown::Pca(_)
            | Shown::Answers(_)
            | Shown::Pushed(_)
            | Shown::Checkpoint(_) => false,
        }
    }

    /// The buffers that it names, for those that stay.
    pub fn buffers(&mut self) -> Vec<&mut usize> {
        match self {
            Shown::Output(n) | Shown::Scatter(n) | Shown::Augmented(n) | Shown::Weight(n) | Shown::Flow(n) => {
                vec![&mut n.buffer]
            }
            Shown::Mistakes(m) => vec![&mut m.buffer],
            Shown::Forecast(f) => vec![&mut f.truth, &mut f.forecast],
            Shown::Neurons(layers) => layers.iter_mut().map(|l| &mut l.buffer).collect(),
            Shown::Look(look) => look.values.iter_mut().map(|v| &mut v.buffer).collect(),
            Shown::Query(q) => q.buffer.iter_mut().collect(),
            Shown::Part(p) => vec![&mut p.values.buffer],
            Shown::Reconstructions(r) => vec![&mut r.wanted.buffer, &mut r.seen.buffer, &mut r.made.buffer],
            Shown::Heads(h) => vec![&mut h.picture.buffer, &mut h.answers.buffer],
            Shown::Pushed(p) => vec![&mut p.made.buffer, &mut p.push.buffer],
            Shown::Checkpoint(i) => vec![i],
            Shown::GradientFlow(_)
            | Shown::Spread(_)
            | Shown::Confusion(_)
            | Shown::Neighbours(_)
            | Shown::Pca(_)
            | Shown::Probe(_)
            | Shown::Sample(_)
            | Shown::Answers(_) => Vec::new(),
        }
    }
}

/// One reader for each kind: the first of it.
macro_rules! first {
    ($($(#[$doc:meta])* $name:ident $kind:ident $type:ty;)*) => {
        impl Frame {
            $($(#[$doc])* pub fn $name(&self) -> Option<&$type> {
                self.shown.iter().find_map(|s| if let Shown::$kind(found) = s { Some(found) } else { None })
            })*
        }
    };
}

/// One reader for each kind of which there may be several.
macro_rules! every {
    ($($(#[$doc:meta])* $name:ident $kind:ident $type:ty;)*) => {
        impl Frame {
            $($(#[$doc])* pub fn $name(&self) -> impl Iterator<Item = &$type> {
                self.shown.iter().filter_map(|s| if let Shown::$kind(found) = s { Some(found) } else { None })
            })*
        }
    };
}

first! {
    /// [`Shown::Output`].
    output Output Named;
    /// [`Shown::GradientFlow`].
    gradient_flow GradientFlow GradientRow;
    /// [`Shown::Confusion`].
    confusion Confusion Confusion;
    /// [`Shown::Mistakes`].
    mistakes Mistakes Mistakes;
    /// [`Shown::Scatter`].
    scatter Scatter Named;
    /// [`Shown::Forecast`].
    forecast Forecast Forecast;
    /// [`Shown::Augmented`].
    augmented Augmented Named;
    /// [`Shown::Sample`].
    sample Sample Sample;
    /// [`Shown::Answers`].
    answers Answers Answers;
    /// [`Shown::Flow`].
    flow Flow Named;
    /// [`Shown::Heads`].
    heads Heads Heads;
    /// [`Shown::Probe`].
    probe Probe Probe;
    /// [`Shown::Pushed`].
    pushed Pushed Pushed;
    /// [`Shown::Reconstructions`].
    reconstructions Reconstructions Reconstructions;
}

every! {
    /// [`Shown::Look`].
    looks Look Look;
    /// [`Shown::Query`].
    queried Query Queried;
    /// [`Shown::Part`].
    parts Part PartAnswer;
    /// [`Shown::Weight`].
    weights Weight Named;
}

impl Frame {
    /// [`Shown::Neurons`], all layers.
    pub fn neurons(&self) -> impl Iterator<Item = &LayerMaps> {
        self.shown.iter().filter_map(|s| if let Shown::Neurons(all) = s { Some(all) } else { None }).flatten()
    }

    /// [`Shown::Spread`]; nothing before the first step.
    pub fn spread(&self) -> &[Spread] {
        self.shown
            .iter()
            .find_map(|s| if let Shown::Spread(all) = s { Some(all.as_slice()) } else { None })
            .unwrap_or_default()
    }

    /// [`Shown::Neighbours`].
    pub fn neighbours(&self) -> Option<f32> {
        self.shown.iter().find_map(|s| if let Shown::Neighbours(share) = s { *share } else { None })
    }

    /// [`Shown::Pca`].
    pub fn pca(&self) -> Option<&PcaError> {
        self.shown.iter().find_map(|s| if let Shown::Pca(found) = s { Some(found) } else { None })
    }

    /// [`Shown::Checkpoint`].
    pub fn checkpoint(&self) -> Option<usize> {
        self.shown.iter().find_map(|s| if let Shown::Checkpoint(i) = s { Some(*i) } else { None })
    }
}

#[cfg(test)]
mod tests {
    use super::super::FrameRequest;
    use super::*;

    #[test]
    fn requests_are_joined_as_sets() {
        let mut all = FrameRequest::of([Want::Confusion, Want::Weight("w".into())]);
        all.curves_since = Some(9);
        all.join(&FrameRequest {
            curves_since: Some(4),
            ..FrameRequest::of([Want::Weight("v".into()), Want::Confusion])
        });
        all.join(&FrameRequest::default());
        assert_eq!(all.wants, [Want::Confusion, Want::Weight("w".into()), Want::Weight("v".into())]);
        assert_eq!(all.curves_since, Some(4));
        let part = FrameRequest::of([Want::Updates, Want::Scatter, Want::GradientFlow]).brief_part();
        assert_eq!(part.wants, [Want::Updates, Want::GradientFlow]);
    }
}
