//! Commands to the worker and the replies they get.
//!
//! Not responsible for what frames hold (`frame.rs`).

use super::frame::Frame;
use super::loaded::{Loaded, Scale};
use super::number::or_nan;
use super::show::look::{Look, LookRequest};
use super::show::sample::{Sample, SampleRequest};
use crate::spec::Problem;
use serde::{Deserialize, Serialize};

/// What the page, or an embedder, may ask of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "cmd", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// First message; the language is the one that problems are worded in for embedders.
    Hello {
        /// [`super::PROTOCOL_VERSION`] of the sender.
        protocol: u32,
        /// `en` or `zh`.
        #[serde(default)]
        lang: String,
    },
    /// What would run an experiment that asks for this → [`Reply::Backend`], or why nothing would.
    Backend {
        /// As in an experiment, JSON so that a finding is named.
        asked: serde_json::Value,
    },
    /// Which files the data set of an experiment needs → [`Reply::Files`]; the sender fetches them for `Load`.
    Files {
        /// The experiment.
        experiment: serde_json::Value,
    },
    /// Starts this experiment from its seed → [`Reply::Loaded`]. Buffers: files of the data set, in the registry's order.
    Load {
        /// The experiment, as JSON so that findings carry paths.
        experiment: serde_json::Value,
    },
    /// Starts this experiment with trained weights, at their step → [`Reply::Loaded`]. Buffers as for `Load`, and last the
    /// weights as safetensors. They must fit, or the old run stays.
    Open {
        /// The experiment.
        experiment: serde_json::Value,
    },
    /// The learner edited the experiment → [`Reply::Loaded`]. Hyper-parameters change without restarting; a changed
    /// model starts anew, keeping the parameters whose name and shape still fit if `keep`. Anything else (other data,
    /// another seed or task) starts from the first weights of its seed. Buffers as for `Load`.
    Update {
        /// The experiment.
        experiment: serde_json::Value,
        /// Keep what still fits, where nothing but the model has changed.
        #[serde(default)]
        keep: bool,
        /// Keep what still fits, whatever has changed.
        #[serde(default)]
        carry: bool,
    },
    /// Trains on until told otherwise → [`Reply::Done`].
    Play {
        /// Pause by itself when this is reached.
        #[serde(default)]
        until: Option<Until>,
        /// Slow motion; flat out when absent.
        #[serde(default)]
        steps_per_s: Option<f32>,
    },
    /// Stops after the step under way → [`Reply::Done`].
    Pause,
    /// Takes steps and pauses → [`Reply::Done`].
    Step {
        /// How many.
        n: u32,
    },
    /// Trains to the end of the epoch and pauses → [`Reply::Done`].
    Epoch,
    /// Back to step 0 and the first weights of the seed, whatever the run began with → [`Reply::Loaded`].
    Reset,
    /// Takes steps and answers when they are done → [`Reply::Trained`].
    Train {
        /// How many.
        steps: u32,
    },
    /// Loss and metrics on the test part (on the training part when there is none) → [`Reply::Metrics`].
    Evaluate,
    /// Buffer: inputs, any number of samples → [`Reply::Predicted`] with the network's outputs.
    Predict {
        /// Inputs and answers are in the units of the data; in the network's own (standardised) ones when absent.
        #[serde(default)]
        natural: bool,
    },
    /// Makes rows of noise → [`Reply::Array`], `(n, …)` in the units of the data; the run is left as it is.
    Sample {
        /// How many.
        n: usize,
        /// Of the noise.
        seed: u32,
    },
    /// Goes on with a text → [`Reply::Generated`]; the run is left as it is.
    Generate {
        /// How.
        want: SampleRequest,
        /// Tokens that were written behind the prompt already: it goes on with the draws that follow theirs.
        #[serde(default)]
        written: Vec<u32>,
        /// Says how each token was drawn, with these values (`layers.2.attn.weights`, `input`).
        #[serde(default)]
        watch: Option<Vec<String>>,
    },
    /// Every named value → [`Reply::Values`].
    Values,
    /// One value or its gradient → [`Reply::Array`].
    Probe {
        /// Its name.
        name: String,
        /// The gradient instead of the value.
        #[serde(default)]
        grad: bool,
        /// What the optimizer keeps for it instead, such as `exp_avg`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        state: Option<String>,
    },
    /// One example on its way through the network → [`Reply::Look`].
    Look {
        /// What to look at.
        want: LookRequest,
    },
    /// Climbs: changes the input step by step so that a channel answers more strongly → [`Reply::Climbed`]. Buffer 0:
    /// where to start, in the network's units.
    Climb {
        /// Its name, such as `layers.0` or `output`.
        name: String,
        /// Which channel (last axis).
        channel: usize,
        /// Steps, `1..=100`.
        steps: usize,
        /// Length of a step: the input moves by `rate` times its gradient over the gradient's root mean square.
        rate: f32,
        /// Share of the input that is taken away at each step (L2 penalty), `0..1`.
        decay: f32,
    },
    /// Sets a parameter, or one number of it → [`Reply::Done`]. Buffer: the new values.
    Write {
        /// Its name.
        name: String,
        /// Only this number, row-major: the buffer holds one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        index: Option<usize>,
    },
    /// Trains on the sender's own data from now on, from the first weights of the seed → [`Reply::Loaded`]. Buffers: x, y.
    SetData {
        /// `[N, …]`, the first axis being samples.
        x_shape: Vec<usize>,
        /// `[N]` for classes, `[N, …]` for numbers.
        y_shape: Vec<usize>,
        /// Keep the present weights instead.
        #[serde(default)]
        keep: bool,
    },
    /// Every parameter and running statistic, to be kept in a file → [`Reply::Weights`].
    Weights,
    /// The rows that it trains on, as a file for other programs → [`Reply::File`].
    Rows,
    /// The whole state of the run → [`Reply::State`], buffer 0.
    Checkpoint,
    /// Continues from a checkpoint (buffer 0), bit-exactly → [`Reply::Done`].
    Restore,
    /// Shows the run as it was at `step`; training on from there forks → [`Reply::Done`].
    Seek {
        /// A step that has been reached before.
        step: u64,
    },
    /// What the page shows now → [`Reply::Frame`], when the worker can spare the time.
    Frame {
        /// What to compute.
        want: super::FrameRequest,
    },
    /// Benchmark of the matrix product alone, `size³` → [`Reply::Matmul`].
    Matmul {
        /// Rows, columns and depth.
        size: usize,
        /// Repetitions in one timing.
        reps: u32,
    },
}

/// When `Play` pauses by itself.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// This many epochs from the start.
    Epochs(u32),
    /// Training loss at or below.
    Loss(f32),
    /// Test accuracy at or above, 0–1.
    Accuracy(f32),
}

/// The answer to a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    /// To `Hello`.
    Hello {
        /// The worker's [`super::PROTOCOL_VERSION`].
        protocol: u32,
    },
    /// Done, nothing to say.
    Done,
    /// To `Backend`.
    Backend {
        /// Such as `simd`.
        name: String,
        /// Why it was chosen: `asked` or `only_one`.
        reason: String,
        /// The graphics card's name for itself, where one runs it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        adapter: Option<String>,
        /// Whether a program plays the card.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        software: bool,
    },
    /// To `Files`: paths relative to the site, in the order in which `Load` wants them.
    Files {
        /// Such as `data/mnist/train10k.q4.png`.
        paths: Vec<String>,
    },
    /// An experiment is ready.
    Loaded(Box<Loaded>),
    /// To `Train`.
    Trained(Trained),
    /// To `Evaluate`.
    Metrics {
        /// Mean loss.
        #[serde(deserialize_with = "or_nan")]
        loss: f32,
        /// Share of right answers, for classes.
        #[serde(skip_serializing_if = "Option::is_none")]
        accuracy: Option<f32>,
        /// Coefficient of determination R², for numbers.
        #[serde(skip_serializing_if = "Option::is_none")]
        r2: Option<f32>,
        /// Between made rows and those of the part, of a task that makes rows.
        #[serde(skip_serializing_if = "Option::is_none")]
        energy_distance: Option<f32>,
        /// `e^loss` of a language model.
        #[serde(skip_serializing_if = "Option::is_none")]
        perplexity: Option<f32>,
        /// Samples it was measured on.
        samples: usize,
    },
    /// To `Generate`.
    Generated(Sample),
    /// To `Look`.
    Look(Box<Look>),
    /// To `Climb`: the input in buffer 0.
    Climbed {
        /// The channel's mean at that input.
        value: f32,
    },
    /// To `Predict`: outputs in buffer 0.
    Predicted {
        /// `(N, outputs)`.
        shape: Vec<usize>,
        /// How the data are scaled for the network, where they are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        scale: Option<Box<Scale>>,
    },
    /// One array, in buffer 0.
    Array {
        /// Its shape, the batch axis first where it has one.
        shape: Vec<usize>,
    },
    /// To `Values`.
    Values {
        /// All of them, in graph order.
        values: Vec<ValueInfo>,
        /// The one that is the network's answer, which may also be called `output`.
        #[serde(default)]
        output: String,
    },
    /// Weights as safetensors, in buffer 0.
    Weights {
        /// The step they belong to.
        step: u64,
        /// The experiment that they were trained with.
        experiment: serde_json::Value,
    },
    /// A file, in buffer 0.
    File {
        /// Its name.
        name: String,
        /// Its MIME type.
        mime: String,
    },
    /// A checkpoint, in buffer 0.
    State {
        /// The step it was taken at.
        step: u64,
    },
    /// To `Frame`.
    Frame(Box<Frame>),
    /// To `Matmul`.
    Matmul {
        /// Time of one product.
        ms: f64,
        /// Multiply-adds counted as two.
        gflop_per_s: f64,
    },
    /// The command was refused; nothing changed.
    Failed(Failure),
}

/// Why a command was refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// At least one.
    pub problems: Vec<Problem>,
    /// The same in words, in the language of `Hello`, for embedders.
    #[serde(default)]
    pub words: Vec<Words>,
}

/// One problem in words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// JSON path of the place.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// To `Train`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trained {
    /// Steps since the start of the run.
    pub steps: u64,
    /// Mean time of a step of this call.
    pub step_ms: f64,
    /// Loss of the last step's batch.
    #[serde(deserialize_with = "or_nan")]
    pub loss: f32,
    /// Samples trained on per second.
    pub samples_per_s: f64,
    /// Multiply-adds of a step, times two.
    pub flops_per_step: f64,
}

/// One named value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValueInfo {
    /// Such as `layers.0.weight`.
    pub name: String,
    /// The batch axis first where it has one.
    pub shape: Vec<usize>,
    /// `parameter`, `buffer`, `input`, `target`, `activation`, `saved` or `loss`.
    pub role: String,
    /// Whether the first axis is the batch.
    #[serde(default)]
    pub batched: bool,
    /// What the optimizer keeps for it, under PyTorch's names; a parameter's only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub state: Vec<String>,
}

/// Said by the worker unasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The worker listens.
    Ready {
        /// Its protocol version.
        protocol: u32,
    },
    /// The worker failed inside and cannot go on; start another.
    Panic {
        /// What the program said.
        message: String,
    },
}
