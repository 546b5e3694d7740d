//! What a side's worker says: it has loaded, it shows something, it cannot.
//!
//! Not responsible for decoding (`runner.rs`).

use super::{LabState, Phase, Side, Which, beat};
use crate::protocol::{Frame, GradientLayer, GradientRow};
use crate::ui::frame_data::FrameData;
use crate::ui::history::{self, ROWS_MAX};
use crate::ui::rooms::lab::profile::input_squares;
use crate::ui::side_error::SideError;
use crate::ui::state::LoadedData;
use std::collections::HashMap;
use std::rc::Rc;

/// Inputs that theory follows: those of different length take different ways.
const SAMPLES: usize = 12;

pub(super) fn loaded(s: &mut LabState, which: Which, data: &LoadedData) {
    let side = &mut s.sides[which.index()];
    side.fetching = None;
    side.phase = Phase::Ready;
    side.loaded = Rc::new(data.loaded.clone());
    // Told to the run that goes on.
    if !data.loaded.restarted {
        return;
    }
    let width = data.loaded.input.iter().product();
    side.inputs = (width, Rc::new(input_squares(&data.x, width, SAMPLES)));
    side.frame = Rc::default();
    side.spread = Rc::default();
    side.step_ms = None;
    side.first = None;
    side.rows = Rc::default();
    side.curves = Rc::default();
}

pub(super) fn failed(s: &mut LabState, which: Which, error: SideError) {
    let side = &mut s.sides[which.index()];
    side.fetching = None;
    side.phase = Phase::Failed(error);
}

pub(super) fn frame(s: &mut LabState, which: Which, data: &Rc<FrameData>) {
    let side = s.side(which);
    // Frames of an older run are not shown.
    if data.frame.status.run == side.loaded.run && side.phase == Phase::Ready {
        beat::frame(s, which, data);
    }
}

/// Takes over what a frame brings.
pub(super) fn show(side: &mut Side, data: &Rc<FrameData>) {
    let frame = &data.frame;
    curves(Rc::make_mut(&mut side.curves), frame);
    if let Some(row) = frame.gradient_flow() {
        let names = side.names.clone();
        gradient_row(Rc::make_mut(&mut side.rows), row, &names);
        if row.step == 1 && side.first.is_none() {
            side.first = side.rows.last().cloned();
        }
    }
    // A panel that comes into sight shows what was there until it gets its own.
    if !frame.spread().is_empty() {
        side.spread = data.clone();
    }
    side.frame = data.clone();
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
    history::remember(rows, Rc::new(GradientRow { step: row.step, layers }), ROWS_MAX);
}
