//! What a straight code of the same size leaves of the rows, beside an autoencoder.
//!
//! Computed once, in pieces. Not responsible for the analysis (`engine::metrics::pca`).

use crate::engine::metrics::pca::Pca;
use crate::protocol::PcaError;
use crate::spec::model::PartName;
use crate::spec::{Loss, TaskKind};
use crate::worker::frames::When;
use crate::worker::run::Run;
use crate::worker::share::{self, Share};

/// Most numbers of a code, and of a row: larger ones would keep the worker busy for minutes.
const CODE_MAX: usize = 64;
const WIDTH_MAX: usize = 4096;
/// Rows between two looks at the clock.
const PIECE: usize = 64;
/// A piece of work between two frames.
const SLICE_MS: f64 = 40.0;

/// The analysis as far as it has come.
#[derive(Default)]
pub struct Straight {
    work: Option<Pca>,
    found: Option<PcaError>,
    share: Share,
}

/// The figures, once they are there; `None` before, and where no straight code can be set beside the network's.
pub fn of(run: &mut Run, when: &When) -> Option<PcaError> {
    let start = (when.now)();
    let own = &mut run.straight;
    if own.found.is_some() || !own.share.is_due(start) {
        return own.found.clone();
    }
    let task = &run.session.experiment().task;
    if !matches!(task.kind, TaskKind::Autoencoder(_)) || task.loss() != Loss::Mse {
        return None;
    }
    let (_, code) = run.session.part_widths(PartName::Encoder)?;
    let data = run.session.share_data();
    let width = data.y_width();
    if code >= width || code > CODE_MAX || width > WIDTH_MAX {
        return None;
    }
    let (train, test) = data.y.split_at(data.n_train * width);
    let own = &mut run.straight;
    let work = own.work.get_or_insert_with(|| Pca::new(width, code));
    while !work.advance(train, PIECE) {
        if (when.now)() - start > SLICE_MS {
            own.share.spend(start, (when.now)(), share::PCA);
            return None;
        }
    }
    let error = |rows: &[f32]| work.error(rows).map(|e| e as f32);
    own.found = error(train).map(|train| PcaError { code, train, test: error(test) });
    own.work = None;
    own.share.spend(start, (when.now)(), share::PCA);
    own.found.clone()
}
