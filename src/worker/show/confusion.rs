//! How the test part was classified (the training part where there is none): the matrix, and the samples behind it.
//!
//! Not responsible for the pass that gives the answers (`worker::answers`).

use super::Buffers;
use crate::engine::metrics::confusion;
use crate::engine::session::{Classified, Part};
use crate::protocol::{Confusion, Mistake, Mistakes, MistakesRequest};
use crate::spec::Target;
use crate::worker::answers::Answered;
use crate::worker::buffer::Buffer;
use crate::worker::frames::When;
use crate::worker::run::Run;
use std::rc::Rc;

/// Answers to a part, and whether it is the test part: one pass for everything in a frame that is counted of them.
pub type Once = Option<(Rc<Answered>, bool)>;

/// `None` where there are no classes.
fn answered(run: &mut Run, when: &When, once: &mut Once) -> Once {
    let Target::Classes { .. } = run.session.info().target else { return None };
    if once.is_none() {
        let test = run.session.data().n_test() > 0;
        let part = if test { Part::Test } else { Part::Train };
        let answered = run.answers.get(&mut run.session, part, when.share, when.now);
        if test {
            // The bar must not say less than the matrix beside it.
            run.tested(answered.step, answered.metrics);
        }
        *once = Some((answered, test));
    }
    once.clone()
}

/// The matrix.
pub fn matrix(run: &mut Run, when: &When, once: &mut Once) -> Option<Confusion> {
    let Target::Classes { count } = run.session.info().target else { return None };
    let (found, test) = answered(run, when, once)?;
    let counts = confusion::count(count, found.samples.iter().map(|c| (c.target, c.predicted)));
    Some(Confusion { counts, test, step: found.step })
}

/// The samples.
pub fn mistakes(
    run: &mut Run,
    want: &MistakesRequest,
    when: &When,
    once: &mut Once,
    buffers: &mut Buffers,
) -> Option<Mistakes> {
    let (found, _) = answered(run, when, once)?;
    let wanted = |c: &&Classified| want.cell.map_or(c.target != c.predicted, |cell| [c.target, c.predicted] == cell);
    let hits: Vec<&Classified> = found.samples.iter().filter(wanted).collect();
    let shown = &hits[..hits.len().min(want.max)];
    let x = shown.iter().flat_map(|c| run.session.data().x_row(c.row)).copied().collect();
    let item =
        |c: &&Classified| Mistake { row: c.row, target: c.target, predicted: c.predicted, confidence: c.confidence };
    let (items, total) = (shown.iter().map(item).collect(), hits.len());
    Some(Mistakes { items, total, buffer: buffers.put(Buffer::F32(x)) })
}
