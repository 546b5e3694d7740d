//! Norms of every layer at the latest step.
//!
//! Not responsible for computing them (`engine::session`).

use crate::protocol::{GradientLayer, GradientRow};
use crate::worker::run::Run;

/// The row; `None` before the first step.
pub fn row(run: &Run) -> Option<GradientRow> {
    let layers = run.session.norms();
    let row = |l: crate::engine::session::LayerNorms| GradientLayer {
        name: l.name,
        d_params: l.d_params,
        params: l.params,
        activation: l.activation,
        d_activation: l.d_activation,
        update: l.update,
    };
    (!layers.is_empty())
        .then(|| GradientRow { step: run.session.steps(), layers: layers.into_iter().map(row).collect() })
}
