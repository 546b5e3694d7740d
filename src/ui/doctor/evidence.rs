//! The numbers that a finding was judged by, and whether they pass their own limit.
//!
//! Not responsible for how they are drawn (`ui::panels::doctor`).

/// What a plot of evidence shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Loss over steps.
    Loss,
    /// The same; what is judged is its highest mean over a few points.
    PeakLoss,
    /// Norm of the whole gradient over steps.
    GradientNorm,
    /// Norm of each layer's weight gradient now.
    LayerGradient,
    /// Share of a layer's units that are 0 on every row, over steps.
    DeadShare,
    /// Share of a layer's numbers in the flat ends, over steps.
    SaturatedShare,
    /// The largest layer's step over its weights, over steps.
    LargestUpdate,
    /// The whole step over the whole of the weights, over steps.
    Update,
    /// Rows of each class, wanted and answered.
    ClassShare,
    /// Share of each class's rows that is answered rightly.
    Recall,
    /// Places in the examples looked at, of each class, wanted and answered.
    PlaceShare,
    /// Standard deviation of what is wanted and of what is answered.
    AnswerSpread,
    /// How far the answers to two examples are apart, over what is usual, over steps.
    Apart,
    /// Gradient of each time step's state.
    TimeGradient,
    /// How much of the target each column of a table says by itself.
    ColumnTells,
    /// Rows of each batch of an epoch.
    BatchRows,
    /// Accuracy or R² on the training part over steps, set against what the nearest neighbours reach.
    TrainMetric,
    /// Accuracy on the test part over steps, set against what guessing reaches.
    TestMetric,
    /// Share of real rows with a made one near, over steps.
    Coverage,
    /// Loss of a discriminator, both terms together, over steps.
    DiscriminatorLoss,
    /// Loss of a generator over steps.
    GeneratorLoss,
    /// Nats that a code holds, over steps.
    Kl,
    /// The target that lies farthest out, beside what can be answered.
    FarthestTarget,
    /// How much of each target column an input column of the same sequence says.
    TargetTold,
}

/// What a line of a plot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The measure itself.
    Value,
    /// Of the training batches.
    Train,
    /// Of the test part.
    Test,
    /// What is wanted.
    Targets,
    /// What the network says.
    Answers,
}

/// On which side of the limit trouble lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At it or above.
    Above,
    /// At it or below.
    Below,
}

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What they are.
    pub measure: Measure,
    /// Names of the places along the axis (layers); empty where it is steps or classes.
    pub names: Vec<String>,
    /// Lines: place (step, index) and value.
    pub lines: Vec<(Role, Vec<(f64, f64)>)>,
    /// The number judged.
    pub value: f64,
    /// Where trouble begins: the limit that is in force now.
    pub limit: Option<f64>,
    /// On which side of it.
    pub side: Side,
    /// On a logarithmic axis.
    pub log: bool,
}

impl Evidence {
    /// The limit of the number judged. Of gradients along layers or time the limit is drawn as a height, a share of the last
    /// one's.
    pub fn limit_of_value(&self) -> Option<f64> {
        let last = || self.lines.first().and_then(|l| l.1.last()).map_or(f64::NAN, |p| p.1);
        match self.measure {
            Measure::LayerGradient | Measure::TimeGradient => self.limit.map(|height| height / last()),
            Measure::Loss
            | Measure::PeakLoss
            | Measure::GradientNorm
            | Measure::DeadShare
            | Measure::SaturatedShare
            | Measure::LargestUpdate
            | Measure::Update
            | Measure::ClassShare
            | Measure::Recall
            | Measure::PlaceShare
            | Measure::AnswerSpread
            | Measure::Apart
            | Measure::ColumnTells
            | Measure::BatchRows
            | Measure::TrainMetric
            | Measure::TestMetric
            | Measure::Coverage
            | Measure::DiscriminatorLoss
            | Measure::GeneratorLoss
            | Measure::Kl
            | Measure::FarthestTarget
            | Measure::TargetTold => self.limit,
        }
    }

    /// Whether the number judged lies on the side of trouble; what has no limit is only shown.
    pub fn holds(&self) -> bool {
        // A limit that was a height lost a digit on its way.
        let near = 1.0 + 1e-9;
        self.limit_of_value().is_none_or(|limit| match self.side {
            Side::Above => self.value * near >= limit,
            Side::Below => self.value <= limit * near,
        })
    }
}
