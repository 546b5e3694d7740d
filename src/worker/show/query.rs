//! Answers the learner's queries: one value each, whole or in part.
//!
//! Not responsible for the pass that activations are read from (`look.rs`).

use super::Buffers;
use super::look::Passes;
use crate::engine::session::Session;
use crate::protocol::look::LOOK_MAX;
use crate::protocol::{Cut, Missing, Objective, Queried, Query, Reading};

type Read = Result<(Vec<usize>, Vec<f32>), Missing>;

/// Adds what a query wants to the passes.
pub fn ask(session: &Session, want: &Query, passes: &mut Passes) {
    if !is_kept(session, want) {
        passes.ask(&want.example, &Objective::Loss, [looked(want)]);
    }
}

/// What it asks for, once the passes have run.
pub fn answer(session: &Session, want: &Query, passes: &Passes, buffers: &mut Buffers) -> Queried {
    let mut out = Queried { key: want.key.clone(), step: session.steps(), ..Queried::default() };
    let read = if is_kept(session, want) {
        kept(session, want).and_then(|(dims, numbers)| part(&dims, numbers, &want.cuts))
    } else {
        let known = session.look_len(&want.name).is_some();
        let none = if known && want.reading == Reading::Grad { Missing::Gradient } else { Missing::Value };
        let seen = passes.seen(&want.example, &Objective::Loss, &looked(want));
        seen.ok_or(none).and_then(|(dims, numbers)| part(dims, numbers, &want.cuts))
    };
    match read {
        Ok((shape, numbers)) => {
            let named = buffers.named("", shape, numbers);
            (out.shape, out.buffer) = (named.shape, Some(named.buffer));
        }
        Err(missing) => out.missing = Some(missing),
    }
    out
}

/// Whether it is kept from step to step: a parameter, a running figure, optimizer state.
fn is_kept(session: &Session, want: &Query) -> bool {
    let role = session.plan().graph.find(&want.name).map(|v| session.plan().graph[v].role.word());
    matches!(role, Some("parameter" | "buffer")) || matches!(want.reading, Reading::State(_))
}

fn kept<'s>(session: &'s Session, want: &Query) -> Result<(Vec<usize>, &'s [f32]), Missing> {
    match &want.reading {
        Reading::Value => session.read(&want.name, false).ok_or(Missing::Value),
        Reading::Grad if session.rows() == 0 => Err(Missing::Step),
        Reading::Grad => session.read(&want.name, true).ok_or(Missing::Gradient),
        Reading::State(slot) => session.optimizer_state(&want.name, slot).ok_or(Missing::State),
    }
}

/// Its name as a look has it.
fn looked(want: &Query) -> String {
    match want.reading {
        Reading::Grad => format!("{}.grad", want.name),
        Reading::Value | Reading::State(_) => want.name.clone(),
    }
}

/// The part that `cuts` names of an array of that shape.
fn part(dims: &[usize], numbers: &[f32], cuts: &[Cut]) -> Read {
    let cuts: Vec<Cut> =
        if cuts.is_empty() { dims.iter().map(|size| Cut::all(*size)).collect() } else { cuts.to_vec() };
    if cuts.len() != dims.len() || cuts.iter().zip(dims).any(|(cut, size)| !cut.fits(*size)) {
        return Err(Missing::Value);
    }
    let total = cuts.iter().try_fold(1_usize, |n, cut| n.checked_mul(cut.count));
    if total.is_none_or(|n| n > LOOK_MAX) {
        return Err(Missing::Size);
    }
    // From the last axis on: how far one place is from the next.
    let mut at = vec![0_usize];
    let mut width = 1;
    for (cut, size) in cuts.iter().zip(dims).rev() {
        at = (0..cut.count).flat_map(|i| at.iter().map(move |rest| cut.place(i) * width + rest)).collect();
        width *= size;
    }
    let shape = cuts.iter().filter(|cut| !cut.single).map(|cut| cut.count).collect();
    Ok((shape, at.into_iter().filter_map(|i| numbers.get(i).copied()).collect()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_part_is_cut_as_numpy_cuts_it() {
        let numbers: Vec<f32> = (0..24).map(|v| v as f32).collect();
        let all = Cut::all;
        let one = |start| Cut { start, step: 1, count: 1, single: true };
        let get = |cuts: &[Cut]| part(&[2, 3, 4], &numbers, cuts).unwrap();
        assert_eq!(get(&[]), (vec![2, 3, 4], numbers.clone()));
        assert_eq!(get(&[one(1), all(3), one(0)]), (vec![3], vec![12.0, 16.0, 20.0]));
        let back = Cut { start: 3, step: -2, count: 2, single: false };
        assert_eq!(get(&[one(0), one(2), back]), (vec![2], vec![11.0, 9.0]));
        assert_eq!(get(&[one(1), one(1), one(1)]), (vec![], vec![17.0]));
    }

    #[test]
    fn what_does_not_fit_is_no_part() {
        let numbers = [0.0; 6];
        let cut = |start, step, count| Cut { start, step, count, single: false };
        for cuts in [vec![Cut::all(2)], vec![cut(0, 1, 3), Cut::all(3)], vec![cut(0, -1, 2), Cut::all(3)]] {
            assert_eq!(part(&[2, 3], &numbers, &cuts), Err(Missing::Value));
        }
        assert_eq!(part(&[2, 3], &numbers, &[cut(1, 0, usize::MAX), Cut::all(3)]), Err(Missing::Size));
    }

    proptest! {
        #[test]
        fn no_cut_panics(start in any::<usize>(), step in any::<i64>(), count in 0..9_usize, single in any::<bool>()) {
            let cut = Cut { start, step, count, single };
            if let Ok((shape, numbers)) = part(&[5], &[0.0; 5], &[cut]) {
                prop_assert_eq!(numbers.len(), count);
                prop_assert_eq!(shape.len(), usize::from(!single));
            }
        }
    }
}
