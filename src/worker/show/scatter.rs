//! True numbers beside predicted ones.
//!
//! Not responsible for how they are drawn.

use super::Buffers;
use crate::engine::session::Part;
use crate::protocol::Named;
use crate::spec::Target;
use crate::worker::run::Run;

/// Most numbers that are set against their predictions; of more, every so many-th is taken.
const PAIRS_MAX: usize = 8192;

/// True against predicted, in the target's own units: every number of every target, as the bar's R² counts them.
pub fn pairs(run: &mut Run, buffers: &mut Buffers) -> Option<Named> {
    let test = run.session.data().n_test() > 0;
    let several = run.session.experiment().task.kind.several().is_some();
    if several || !matches!(run.session.info().target, Target::Values { .. }) {
        return None;
    }
    let (part, rows) =
        if test { (Part::Test, run.session.data().n_test()) } else { (Part::Train, run.session.data().n_train) };
    let width = run.session.data().y_width();
    let every = (rows * width).div_ceil(PAIRS_MAX).max(1);
    let (mut pairs, mut at) = (Vec::with_capacity(rows * width / every * 2 + 2), 0);
    let metrics = run.session.evaluate_with(part, usize::MAX, &mut |row, p, data| {
        let (mut t, mut p) = (data.y_row(row).to_vec(), p.to_vec());
        if let Some(scale) = &data.target_scale {
            scale.invert(&mut t);
            scale.invert(&mut p);
        }
        let numbers = t.into_iter().zip(p).enumerate();
        pairs.extend(numbers.filter(|(k, _)| (at + k).is_multiple_of(every)).flat_map(|(_, (t, p))| [t, p]));
        at += width;
    });
    if test {
        run.tested(run.session.steps(), metrics);
    }
    Some(buffers.named("scatter", vec![pairs.len() / 2, 2], pairs))
}
