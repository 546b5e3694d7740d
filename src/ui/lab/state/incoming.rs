//! What a side's worker says: it has loaded, it shows something, it cannot.
//!
//! Not responsible for decoding (`runner.rs`).

use super::update::play;
use super::{LabEffect, LabState, Phase, Which};
use crate::protocol::{Command, Frame, GradientLayer, GradientRow};
use crate::ui::lab::profile::input_squares;
use crate::ui::side_error::SideError;
use crate::ui::state::{FrameData, LoadedData};
use std::collections::HashMap;
use std::rc::Rc;

/// Moments kept for the heat-maps.
pub const ROWS: usize = 400;
/// Inputs that theory follows: those of different length take different ways.
const SAMPLES: usize = 12;

pub(super) fn loaded(s: &mut LabState, which: Which, data: &LoadedData) -> Vec<LabEffect> {
    let playing = s.playing;
    let go_on = play(s);
    let side = &mut s.sides[which.index()];
    side.fetching = None;
    side.phase = Phase::Ready;
    let restarted = data.loaded.restarted;
    side.loaded = Rc::new(data.loaded.clone());
    if !restarted {
        return if playing { vec![LabEffect::Send(which, go_on)] } else { Vec::new() };
    }
    let width = data.loaded.input.iter().product();
    side.inputs = (width, Rc::new(input_squares(&data.x, width, SAMPLES)));
    side.frame = Rc::default();
    side.started = false;
    side.first = None;
    side.rows = Rc::default();
    side.curves = Rc::default();
    Vec::new()
}

pub(super) fn failed(s: &mut LabState, which: Which, error: SideError) {
    let side = &mut s.sides[which.index()];
    side.fetching = None;
    side.phase = Phase::Failed(error);
    rest_if_nothing_runs(s);
}

pub(super) fn frame(s: &mut LabState, which: Which, data: &Rc<FrameData>) -> Vec<LabEffect> {
    let go_on = play(s);
    let playing = s.playing;
    let side = &mut s.sides[which.index()];
    let frame = &data.frame;
    if frame.status.run != side.loaded.run || side.phase != Phase::Ready {
        return Vec::new();
    }
    let before = side.frame.frame.status.step;
    curves(Rc::make_mut(&mut side.curves), frame);
    if let Some(row) = &frame.gradient_flow {
        let names = side.names.clone();
        gradient_row(Rc::make_mut(&mut side.rows), row, &names);
        if row.step == 1 && side.first.is_none() {
            side.first = side.rows.last().cloned();
        }
    }
    side.frame = data.clone();
    // Seen before its first step. That is taken alone: gradients exist from there on, and theory speaks of the first
    // weights.
    if frame.status.step == 0 && frame.status.diverged.is_none() && !std::mem::replace(&mut side.started, true) {
        return vec![LabEffect::Send(which, Command::Step { n: 1 })];
    }
    // The first step is taken: from here on at the learner's pace.
    if playing && before == 0 && frame.status.step > 0 && !frame.status.running {
        return vec![LabEffect::Send(which, go_on)];
    }
    if !frame.status.running {
        rest_if_nothing_runs(s);
    }
    Vec::new()
}

/// A run pauses by itself when its numbers leave the finite range; when both have, the button offers to play again.
fn rest_if_nothing_runs(s: &mut LabState) {
    let over = |w: Which| match &s.side(w).phase {
        Phase::Failed(_) => true,
        Phase::Loading => false,
        Phase::Ready => s.side(w).frame.frame.status.diverged.is_some(),
    };
    if Which::BOTH.into_iter().all(over) {
        s.playing = false;
    }
}

fn curves(have: &mut Vec<crate::protocol::CurvePoint>, frame: &Frame) {
    if frame.curves_from <= have.len() && !frame.curves.is_empty() {
        have.truncate(frame.curves_from);
        have.extend_from_slice(&frame.curves);
    }
}

/// Adds a row of norms; of its layers only the dense ones, first to last.
fn gradient_row(rows: &mut Vec<Rc<GradientRow>>, row: &GradientRow, names: &[String]) {
    let by_name: HashMap<&str, &GradientLayer> = row.layers.iter().map(|l| (l.name.as_str(), l)).collect();
    let layers = names.iter().filter_map(|n| by_name.get(n.as_str()).map(|l| (*l).clone())).collect();
    // The same step again may know more: how large its update was.
    rows.retain(|r| r.step < row.step);
    rows.push(Rc::new(GradientRow { step: row.step, layers }));
    let extra = rows.len().saturating_sub(ROWS);
    rows.drain(..extra);
}
