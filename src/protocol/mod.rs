//! What page and worker say to each other: commands and replies, frames, events. One protocol for the interface and for
//! `gradarium.js`.
//!
//! On the wire a message is `{id, json, buffers}`: the structured part as JSON text, big arrays beside it as
//! transferable `ArrayBuffer`s of little-endian `f32` which the JSON names by index. Every command gets one reply with
//! its `id`; events have `id` 0. Not responsible for sending (`worker`, `ui::link`, `www/gradarium.js`).

pub mod command;
pub mod frame;
pub mod loaded;
mod number;
pub mod show;

pub use command::{Command, Event, Failure, Reply, Trained, Until, ValueInfo, Words};
pub use frame::{Best, CurvePoint, Diverged, Frame, FrameRequest, Named, Status};
pub use loaded::{Baseline, Carried, Loaded, Scale};
pub use show::answers::{Answers, AnswersRequest, Manner, OwnSolved, Solved};
pub use show::confusion::Confusion;
pub use show::forecast::Forecast;
pub use show::gradient_flow::{GradientLayer, GradientRow};
pub use show::heads::{Head, Heads};
pub use show::look::{Example, Look, LookRequest, Objective};
pub use show::mistakes::{Mistake, Mistakes, MistakesRequest};
pub use show::neurons::{LayerMaps, NeuronRequest};
pub use show::part::{PartAnswer, PartRequest, PartRows, PcaError, Pushed, Reconstructions};
pub use show::probe::Probe;
pub use show::query::{Cut, Missing, Queried, Query, Reading};
pub use show::sample::{Candidate, Drawn, Sample, SampleRequest};
pub use show::spread::{Histogram, Spread};
pub use show::{Shown, Want, look, sample};

/// Raised whenever a message changes in a way that an older page or embedder would misread.
pub const PROTOCOL_VERSION: u32 = 2;
