//! What a frame does not bring because nobody sees it now stays as it was last seen, so that a panel which leaves the view
//! keeps its height and its picture.
//!
//! Not responsible for what is asked for (`ui::wants`).

use crate::protocol::Shown;
use crate::ui::frame_data::FrameData;
use std::mem::discriminant;
use std::rc::Rc;

/// The new frame, with what it lacks of the earlier one where both are of the same run.
pub(super) fn over(old: &FrameData, new: &Rc<FrameData>) -> Rc<FrameData> {
    if old.frame.status.run != new.frame.status.run {
        return new.clone();
    }
    let has = |kept: &Shown| new.frame.shown.iter().any(|s| discriminant(s) == discriminant(kept));
    let lacking: Vec<&Shown> = old.frame.shown.iter().filter(|s| s.stays() && !has(s)).collect();
    if lacking.is_empty() {
        return new.clone();
    }
    let mut out = FrameData::clone(new);
    for kept in lacking {
        let mut kept = kept.clone();
        for buffer in kept.buffers() {
            out.arrays.push(old.arrays.get(*buffer).cloned().unwrap_or_else(|| Rc::from([])));
            *buffer = out.arrays.len() - 1;
        }
        out.frame.shown.push(kept);
    }
    Rc::new(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::protocol::{Confusion, Named};

    fn frame(run: u32, output: Option<f32>, scatter: Option<f32>) -> Rc<FrameData> {
        let mut data = FrameData::default();
        data.frame.status.run = run;
        let mut put = |v: Option<f32>| {
            v.map(|v| {
                data.arrays.push(Rc::from([v]));
                Named { buffer: data.arrays.len() - 1, ..Named::default() }
            })
        };
        let (output, scatter) = (put(output), put(scatter));
        data.frame.shown.extend(output.map(Shown::Output).into_iter().chain(scatter.map(Shown::Scatter)));
        Rc::new(data)
    }

    #[test]
    fn what_leaves_the_view_keeps_its_last_picture() {
        let mut last = frame(1, Some(1.0), Some(2.0));
        Rc::get_mut(&mut last).unwrap().frame.shown.push(Shown::Confusion(Confusion::default()));
        for seen in 3..10 {
            last = over(&last, &frame(1, None, Some(seen as f32)));
            let shown = |n: Option<&Named>| last.array(n.unwrap().buffer)[0];
            assert_eq!((shown(last.frame.output()), shown(last.frame.scatter())), (1.0, seen as f32));
            assert!(last.frame.confusion().is_some());
            assert_eq!(last.arrays.len(), 2, "nothing piles up");
        }
        let other = over(&last, &frame(2, None, None));
        assert_eq!((other.frame.output(), other.frame.confusion()), (None, None), "another run has its own");
    }
}
