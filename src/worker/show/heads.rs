//! Heads on one trunk: figures, gradients, and answers to the chosen example.
//!
//! Not responsible for the passes (`engine::session`).

use super::{Buffers, look};
use crate::protocol::{Example, Head, Heads};
use crate::spec::tasks::several::HEADS;
use crate::worker::run::Run;

/// Rows that losses are measured on: each is a sample less to train on.
const MEASURED: usize = 200;

fn finite(v: f32) -> Option<f32> {
    Some(v).filter(|v| v.is_finite())
}

/// `None` for other tasks.
pub fn of(run: &mut Run, example: &Example, buffers: &mut Buffers) -> Option<Heads> {
    let session = &mut run.session;
    let (figures, measured) = session.heads(MEASURED)?;
    let pulls = session.pulls()?;
    let look::Row { x, y, look } = look::row(session, example);
    let answers = answers(session.predict(&x));
    let data = session.data();
    let scale = |mut row: [f32; 3]| {
        data.target_scale.iter().for_each(|s| s.invert(&mut row));
        row
    };
    let truth = <[f32; 3]>::try_from(y).ok().filter(|_| look.row.is_some()).map(scale);
    let mut answers = answers?;
    if let Some(last) = answers.last_mut() {
        *last = scale([0.0, 0.0, *last])[2];
    }
    let head = |k: usize| Head {
        name: HEADS[k],
        weight: finite(figures[k].weight),
        train_loss: figures[k].train_loss.and_then(finite),
        loss: finite(figures[k].loss),
        metric: finite(figures[k].metric),
        pull: finite(figures[k].weight * pulls.norms[k]),
    };
    let shape = data.info.input.clone();
    Some(Heads {
        heads: (0..HEADS.len()).map(head).collect(),
        cosines: pulls.cosines.map(finite).to_vec(),
        measured,
        rows: pulls.rows,
        row: look.row,
        picture: buffers.named("picture", shape, x),
        answers: buffers.named("answers", vec![answers.len()], answers),
        truth,
    })
}

/// Logits of the classes and of odd as probabilities; the last number stays.
fn answers(mut out: Vec<f32>) -> Option<Vec<f32>> {
    let classes = out.len().checked_sub(2)?;
    let (digits, others) = out.split_at_mut(classes);
    let most = digits.iter().copied().fold(f32::MIN, f32::max);
    digits.iter_mut().for_each(|z| *z = (*z - most).exp());
    let sum: f32 = digits.iter().sum();
    digits.iter_mut().for_each(|p| *p /= sum);
    others[0] = 1.0 / (1.0 + (-others[0]).exp());
    Some(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn logits_become_probabilities() {
        let got = answers(vec![1.0, 1.0, 0.0, 2.5]).unwrap();
        assert_eq!(got, [0.5, 0.5, 0.5, 2.5]);
        assert_eq!(answers(vec![1.0]), None);
    }
}
