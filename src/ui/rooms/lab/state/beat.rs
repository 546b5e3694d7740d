//! Lock-step: between two displayed frames both networks take the same steps, and what is shown of both is of one step.
//!
//! The slower side governs: a beat is over when the frames of all who take part have come. A side that cannot train (its
//! numbers left the finite range, its worker died, its settings are refused) holds nobody up. Not responsible for
//! what frames bring (`incoming.rs`) nor for sending (`runner.rs`).

use super::{LabEffect, LabState, Phase, incoming};
use crate::protocol::Command;
use crate::ui::frame_data::FrameData;
use crate::ui::rooms::lab::setup::Which;
use std::rc::Rc;

/// At full speed the slower side trains for about so long between two frames: showing them costs little beside it.
const BEAT_MS: f64 = 120.0;
/// Slow motion makes up for steps that came late, but not for more than this.
const LATE_MS: f64 = 100.0;

/// Steps under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beat {
    /// The step they end at, of those who take part.
    to: [Option<u64>; 2],
    /// Frames that have come, not shown before all have.
    came: [Option<Rc<FrameData>>; 2],
}

/// How fast.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace {
    /// When the next step is due in slow motion.
    pub due_ms: f64,
    /// A single step is wished for.
    pub one: bool,
}

/// Whether a side trains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It cannot.
    Out,
    /// It will be able to: the other one waits.
    Coming,
    /// It can.
    In,
}

impl LabState {
    /// Whether a side trains, or could.
    pub fn standing(&self, which: Which) -> Standing {
        let side = self.side(which);
        let status = &side.frame.frame.status;
        match side.phase {
            _ if !side.problems.is_empty() => Standing::Out,
            Phase::Failed(_) => Standing::Out,
            Phase::Loading => Standing::Coming,
            Phase::Ready if status.run != side.loaded.run => Standing::Coming,
            Phase::Ready if status.diverged.is_some() => Standing::Out,
            Phase::Ready => Standing::In,
        }
    }

    /// Whether this side goes on alone, because the other cannot.
    pub fn is_alone(&self, which: Which) -> bool {
        (self.standing(which), self.standing(which.other())) == (Standing::In, Standing::Out)
    }
}

/// A frame of the run that is shown: at once where nothing but what is seen has changed, else with the other side's.
pub(super) fn frame(s: &mut LabState, which: Which, data: &Rc<FrameData>) {
    let status = &data.frame.status;
    let shown = s.side(which).frame.frame.status.step;
    match &mut s.beat {
        Some(beat) if beat.to[which.index()].is_some() && (status.step != shown || status.diverged.is_some()) => {
            beat.came[which.index()] = Some(data.clone());
        }
        Some(_) | None => incoming::show(&mut s.sides[which.index()], data),
    }
}

/// Shows what a beat has brought when it is over, and begins the next where one is due.
pub(super) fn go_on(s: &mut LabState, now_ms: f64) -> Vec<LabEffect> {
    let mut effects = Vec::new();
    if let Some(beat) = s.beat.take() {
        let over = |w: Which| {
            let Some(to) = beat.to[w.index()].filter(|_| s.standing(w) == Standing::In) else { return true };
            let came = beat.came[w.index()].as_ref().map(|data| &data.frame.status);
            came.is_some_and(|status| status.step >= to || status.diverged.is_some())
        };
        if !Which::BOTH.into_iter().all(over) {
            s.beat = Some(beat);
            return effects;
        }
        for which in Which::BOTH {
            if let Some(data) = &beat.came[which.index()] {
                incoming::show(&mut s.sides[which.index()], data);
            }
        }
        // At rest everything is measured.
        if !s.playing {
            effects.extend(Which::BOTH.map(LabEffect::Look));
        }
    }
    if Which::BOTH.into_iter().all(|w| s.standing(w) == Standing::Out) {
        s.playing = false;
    }
    effects.extend(begin(s, now_ms));
    effects
}

fn begin(s: &mut LabState, now_ms: f64) -> Vec<LabEffect> {
    if Which::BOTH.into_iter().any(|w| s.standing(w) == Standing::Coming) {
        return Vec::new();
    }
    let able: Vec<(Which, u64)> = Which::BOTH
        .into_iter()
        .filter(|w| s.standing(*w) == Standing::In)
        .map(|w| (w, s.side(w).frame.frame.status.step))
        .collect();
    let Some(from) = able.iter().map(|(_, at)| *at).min() else {
        s.pace.one = false;
        return Vec::new();
    };
    let slowest_ms = able.iter().filter_map(|(w, _)| s.side(*w).step_ms).fold(0.0, f64::max);
    let n = match steps(s, slowest_ms, from, now_ms) {
        Ok(n) => n,
        Err(effects) => return effects,
    };
    // Nobody is ahead unless a side came back from numbers that were not finite: then it waits until the other is there.
    let ahead = able.iter().map(|(_, at)| *at).filter(|at| *at > from).min();
    let n = ahead.map_or(n, |at| n.min(u32::try_from(at - from).unwrap_or(n)));
    let mut beat = Beat::default();
    let mut effects = Vec::new();
    for (which, _) in able.into_iter().filter(|(_, at)| *at == from) {
        beat.to[which.index()] = Some(from + u64::from(n));
        effects.push(LabEffect::Send(which, Command::Train { steps: n }));
    }
    s.beat = Some(beat);
    effects
}

/// How many steps are due now, the slower side taking `slowest_ms` for one; else what to do until some are.
fn steps(s: &mut LabState, slowest_ms: f64, from: u64, now_ms: f64) -> Result<u32, Vec<LabEffect>> {
    // The first step is taken alone, and at once: gradients exist from there on, and theory speaks of the first weights.
    if std::mem::take(&mut s.pace.one) || from == 0 {
        s.pace.due_ms = now_ms + s.steps_per_s.map_or(0.0, |n| 1000.0 / f64::from(n));
        return Ok(1);
    }
    if !s.playing {
        return Err(Vec::new());
    }
    // Not measured yet: one step tells.
    let most = if slowest_ms > 0.0 { (BEAT_MS / slowest_ms).clamp(1.0, 2000.0) } else { 1.0 };
    let Some(each_ms) = s.steps_per_s.map(|n| 1000.0 / f64::from(n)) else { return Ok(most as u32) };
    if now_ms < s.pace.due_ms {
        return Err(vec![LabEffect::Wake { after_ms: s.pace.due_ms - now_ms }]);
    }
    let n = (((now_ms - s.pace.due_ms) / each_ms).floor() + 1.0).min(most.floor());
    s.pace.due_ms = (s.pace.due_ms + n * each_ms).max(now_ms - LATE_MS);
    Ok(n as u32)
}
