//! One network of several on its own, reconstructions, and pushes on made rows.
//!
//! Not responsible for the passes (`engine::session`).

use super::Buffers;
use crate::engine::rng::Rng;
use crate::engine::session::Session;
use crate::protocol::{PartAnswer, PartRequest, PartRows, Pushed, Reconstructions};
use crate::spec::Loss;
use crate::spec::model::PartName;
use crate::worker::run::Run;
use std::ops::Range;

/// Most rows that one answer has.
const ROWS_MAX: usize = 20_000;
/// Rows of the test part among which the worst are looked for.
const WORST_OF: usize = 1000;
/// Random stream of noise that is only looked at.
const STREAM_LOOKED: u64 = 108;

fn measured(session: &Session, n: usize) -> Range<usize> {
    let data = session.data();
    let all = if data.n_test() > 0 { data.test() } else { data.train() };
    all.start..all.end.min(all.start + n.min(ROWS_MAX))
}

/// Rows that a part reads, and their classes.
fn rows(session: &mut Session, part: PartName, want: &PartRows, width: usize) -> Option<(Vec<f32>, Vec<u16>)> {
    let plain = |x: Vec<f32>| Some((x, Vec::new()));
    match want {
        PartRows::Test { n } => {
            let range = measured(session, *n);
            let data = session.share_data();
            let labels = data.labels.get(range.clone()).unwrap_or_default().iter().map(|l| *l as u16).collect();
            let x = match part {
                PartName::Encoder | PartName::Discriminator | PartName::Trunk => session.measured_rows(range),
                PartName::Digit | PartName::Parity | PartName::Thickness | PartName::Head => {
                    let rows = session.measured_rows(range);
                    session.apply(PartName::Trunk, &rows)?
                }
                PartName::Generator => range.flat_map(|r| data.y_row(r)).copied().collect(),
                PartName::Decoder => {
                    let rows = session.measured_rows(range);
                    let codes = session.apply(PartName::Encoder, &rows)?;
                    let of = codes.len() / (rows.len() / data.x_width().max(1)).max(1);
                    // Of a distribution, its mean: the first half.
                    codes.chunks_exact(of.max(1)).flat_map(|c| &c[..width.min(of)]).copied().collect()
                }
            };
            Some((x, labels))
        }
        PartRows::Grid { side, half } => {
            let side = (*side).clamp(1, 141);
            let place = |i: usize| half * (2.0 * i as f32 / (side - 1).max(1) as f32 - 1.0);
            let lines = if width == 1 { 1 } else { side };
            let mut x = vec![0.0; lines * side * width];
            for (k, row) in x.chunks_exact_mut(width).enumerate() {
                row[0] = place(k % side);
                if width > 1 {
                    row[1] = -place(k / side);
                }
            }
            plain(x)
        }
        PartRows::Noise { n, seed } => {
            let mut rng = Rng::new(u64::from(*seed), STREAM_LOOKED);
            plain((0..(*n).min(ROWS_MAX) * width).map(|_| rng.normal()).collect())
        }
        PartRows::Made { n, seed } => {
            let (own, _) = session.part_widths(PartName::Generator).filter(|_| part == PartName::Discriminator)?;
            let (noise, _) = rows(session, PartName::Generator, &PartRows::Noise { n: *n, seed: *seed }, own)?;
            plain(session.apply(PartName::Generator, &noise)?)
        }
        PartRows::Given { rows } => {
            let fits =
                rows.len() <= ROWS_MAX && rows.iter().all(|r| r.len() == width && r.iter().all(|v| v.is_finite()));
            if fits { plain(rows.concat()) } else { None }
        }
    }
}

/// Answers of a part; `None` where the experiment has none such, or the rows are none that it reads.
pub fn answer(run: &mut Run, want: &PartRequest, buffers: &mut Buffers) -> Option<PartAnswer> {
    let session = &mut run.session;
    let shape = session.part_shape(want.part)?;
    let (width, _) = session.part_widths(want.part)?;
    let (x, labels) = rows(session, want.part, &want.rows, width)?;
    let mut values = session.apply(want.part, &x)?;
    if want.part == PartName::Decoder {
        finish(session, &mut values);
    }
    let values = buffers.named(want.part.name(), [vec![x.len() / width.max(1)], shape].concat(), values);
    Some(PartAnswer { request: want.clone(), values, labels })
}

/// Logits are shown as the probabilities that they stand for.
fn finish(session: &Session, values: &mut [f32]) {
    if session.experiment().task.loss() == Loss::Bce {
        values.iter_mut().for_each(|v| *v = 1.0 / (1.0 + (-*v).exp()));
    }
}

/// Rows of the test part and what comes of them; the worst, or the first.
pub fn reconstructions(run: &mut Run, n: usize, worst: bool, buffers: &mut Buffers) -> Option<Reconstructions> {
    let session = &mut run.session;
    if !session.experiment().task.kind.asks_for_its_input() {
        return None;
    }
    let range = measured(session, if worst { WORST_OF.max(n) } else { n });
    let width = session.data().x_width();
    let seen = session.measured_rows(range.clone());
    let mut made = session.predict(&seen);
    finish(session, &mut made);
    let data = session.share_data();
    let error = |(row, made): (usize, &[f32])| {
        let squares = data.y_row(row).iter().zip(made).map(|(a, b)| (a - b) * (a - b));
        squares.sum::<f32>() / width as f32
    };
    let errors: Vec<f32> = range.clone().zip(made.chunks_exact(width)).map(error).collect();
    let mut order: Vec<usize> = (0..errors.len()).collect();
    if worst {
        crate::spec::order::sort_by(&mut order, |a, b| errors[*b].total_cmp(&errors[*a]));
    }
    order.truncate(n);
    let pick = |all: &[f32]| order.iter().flat_map(|i| &all[i * width..][..width]).copied().collect::<Vec<f32>>();
    let shape = [vec![order.len()], data.info.input.clone()].concat();
    let wanted = order.iter().flat_map(|i| data.y_row(range.start + i)).copied().collect();
    Some(Reconstructions {
        rows: order.iter().map(|i| range.start + i).collect(),
        wanted: buffers.named("wanted", shape.clone(), wanted),
        seen: buffers.named("seen", shape.clone(), pick(&seen)),
        made: buffers.named("made", shape, pick(&made)),
        errors: order.iter().map(|i| errors[*i]).collect(),
    })
}

/// Made rows of the latest batch with the push on each; `None` before the generator's first step.
pub fn pushed(run: &mut Run, buffers: &mut Buffers) -> Option<Pushed> {
    let (shape, made, push) = run.session.pushed()?;
    Some(Pushed { made: buffers.named("made", shape.clone(), made), push: buffers.named("push", shape, push) })
}
