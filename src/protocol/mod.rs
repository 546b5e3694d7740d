//! What page and worker say to each other: commands and replies, frames, events. One protocol for the interface and for
//! `gradarium.js`.
//!
//! On the wire a message is `{id, json, buffers}`: the structured part as JSON text, big arrays beside it as
//! transferable `ArrayBuffer`s of little-endian `f32` which the JSON names by index. Every command gets one reply with
//! its `id`; events have `id` 0. Not responsible for sending (`worker`, `ui::link`, `www/gradarium.js`).

pub mod command;
pub mod frame;
pub mod look;
mod number;
pub mod sample;

pub use command::{Baseline, Command, Event, Failure, Loaded, Reply, Trained, Until, ValueInfo, Words};
pub use frame::{
    Confusion, CurvePoint, Diverged, Frame, FrameRequest, GradientLayer, GradientRow, LayerMaps, Mistake, Mistakes,
    Named, NeuronRequest, Status,
};
pub use look::{Example, Histogram, Look, LookRequest, Objective, Spread};
pub use sample::{Candidate, Drawn, Sample, SampleRequest};

/// Raised whenever a message changes in a way that an older page or embedder would misread.
pub const PROTOCOL_VERSION: u32 = 1;
