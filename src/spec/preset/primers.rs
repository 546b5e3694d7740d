//! Six programs of published primers, each twice: as it was written, and as it was meant.
//!
//! What could not run at all is mended as little as needed. `tests/it/primers.rs` trains both and holds what goes wrong. Not
//! responsible for the words about them (`i18n::primers`).

use super::super::experiment::Experiment;
use super::ready::{Group, PRIMER_CNN, Ready, ready};

/// The figure that tells the two apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Mean loss on the latest training batches.
    TrainLoss,
    /// Loss of the very first training batch.
    FirstLoss,
    /// Share of the test part that is answered rightly.
    Accuracy,
}

/// One program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// Its letter, in the address and in `i18n`.
    pub name: &'static str,
    /// As it was written.
    pub written: Ready,
    /// As it was meant.
    pub meant: Ready,
    /// Steps after which both rest.
    pub steps: u64,
    /// What tells them apart.
    pub figure: Figure,
}

/// All of them, in the order in which the page shows them.
pub fn all() -> &'static [Program] {
    PROGRAMS
}

/// The one of that letter.
pub fn find(name: &str) -> Option<&'static Program> {
    PROGRAMS.iter().find(|p| p.name == name)
}

impl Program {
    /// As written, as meant; a test holds that there are both.
    pub fn experiments(&self) -> Option<[Experiment; 2]> {
        Some([self.written.experiment()?, self.meant.experiment()?])
    }
}

const AUTOENCODER: Option<&str> = Some(r#"{"type":"autoencoder"}"#);

static PROGRAMS: &[Program] = &[
    Program {
        name: "a",
        written: Ready {
            loss: Some("bce"),
            batch: 1000,
            ..ready(
                Group::Dense,
                "primer_a_written",
                r#"{"set":"random","input":[10],"inputs":"uniform","target":{"shape":[1]},"targets":{"uniform":[0,1]},"samples":1000,"test_fraction":0}"#,
                "dense 64 relu | dense 1",
            )
        },
        meant: Ready {
            loss: Some("bce"),
            ..ready(
                Group::Dense,
                "primer_a_meant",
                r#"{"set":"random","input":[10],"inputs":"uniform","target":{"classes":2},"targets":"linear","samples":1000}"#,
                "dense 64 relu | dense 1",
            )
        },
        steps: 300,
        figure: Figure::TrainLoss,
    },
    Program {
        name: "b",
        written: Ready {
            loss: Some("bce"),
            ..ready(
                Group::Dense,
                "primer_b_written",
                r#"{"set":"random","input":[10],"target":{"shape":[1]},"targets":{"uniform":[0,2]},"samples":100,"test_fraction":0}"#,
                "dense 10 relu | dense 1",
            )
        },
        meant: Ready {
            loss: Some("bce"),
            ..ready(
                Group::Dense,
                "primer_b_meant",
                r#"{"set":"random","input":[10],"target":{"classes":2},"targets":"linear","samples":100}"#,
                "dense 10 relu | dense 1",
            )
        },
        steps: 4000,
        figure: Figure::TrainLoss,
    },
    Program {
        name: "c",
        written: ready(
            Group::Images,
            "primer_c_written",
            r#"{"set":"mnist","raw":true}"#,
            "flatten | dense 64 relu | dense",
        ),
        meant: ready(Group::Images, "primer_c_meant", r#"{"set":"mnist"}"#, "flatten | dense 64 relu | dense"),
        steps: 1565,
        figure: Figure::FirstLoss,
    },
    Program {
        name: "d",
        written: ready(
            Group::Images,
            "primer_d_written",
            r#"{"set":"random","input":[32,32,3],"inputs":"uniform","target":{"classes":10},"samples":1000}"#,
            PRIMER_CNN,
        ),
        meant: ready(Group::Images, "primer_d_meant", r#"{"set":"emoji32"}"#, PRIMER_CNN),
        steps: 555,
        figure: Figure::Accuracy,
    },
    Program {
        name: "e",
        written: Ready {
            task: AUTOENCODER,
            ..ready(
                Group::Generate,
                "primer_e_written",
                r#"{"set":"random","input":[100],"target":{"shape":[1]},"samples":1000}"#,
                "encoder: dense 25 relu | dense 50 sigmoid; decoder: dense 25 relu | dense 100 sigmoid",
            )
        },
        meant: Ready {
            task: AUTOENCODER,
            ..ready(
                Group::Generate,
                "primer_e_meant",
                r#"{"set":"random","input":[100],"inputs":"factors","target":{"shape":[1]},"samples":1000}"#,
                "encoder: dense 25 relu | dense 50; decoder: dense 25 relu | dense 100",
            )
        },
        steps: 2500,
        figure: Figure::TrainLoss,
    },
    Program {
        name: "f",
        written: ready(
            Group::Series,
            "primer_f_written",
            r#"{"set":"random","input":[100,9],"shifted":"feature","samples":1000}"#,
            "lstm 128 return_sequences | dense",
        ),
        meant: ready(
            Group::Series,
            "primer_f_meant",
            r#"{"set":"electricity","context":100,"every_step":true}"#,
            "lstm 128 return_sequences | dense",
        ),
        steps: 300,
        figure: Figure::TrainLoss,
    },
];
