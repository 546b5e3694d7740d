//! Diffusion and flow matching: rows on their way between noise and data, and the way from noise to new rows.

use crate::engine::data::Dataset;
use crate::engine::rng::Rng;
use crate::spec::Experiment;
use crate::spec::tasks::diffusion::{Diffusion, Predict, TIME_FEATURES};
use std::f32::consts::PI;

/// How much of the data is in a row at time t: ᾱ = cos²(½π·(1 − t + s)/(1 + s)), s = 0.008 (Nichol & Dhariwal 2021, eq. 17).
fn data_share(t: f32) -> f32 {
    const S: f32 = 0.008;
    // Never all of it: the noise is divided by what is left.
    let c = libm::cosf(0.5 * PI * (1.0 - t + S) / (1.0 + S));
    (c * c).clamp(1e-3, 0.9999)
}

/// Writes a row at time t with the time beside it.
pub(crate) fn write_input(row: &[f32], t: f32, channels: Option<usize>, to: &mut [f32]) {
    match channels {
        Some(c) => {
            for (pixel, to) in row.chunks_exact(c).zip(to.chunks_exact_mut(c + 1)) {
                to[..c].copy_from_slice(pixel);
                to[c] = t;
            }
        }
        None => {
            let n = to.len() - TIME_FEATURES;
            to[..n].copy_from_slice(row);
            to[n..].copy_from_slice(&[t, libm::sinf(2.0 * PI * t), libm::cosf(2.0 * PI * t)]);
        }
    }
}

/// A row of the data on its way at a drawn time: what the network reads, and what it is asked.
fn draw(task: &Diffusion, row: &[f32], channels: Option<usize>, rng: &mut Rng, x: &mut [f32], y: &mut [f32]) {
    let t = rng.uniform();
    let share = data_share(t);
    let (keep, add) = match task.predict {
        Predict::Velocity => (t, 1.0 - t),
        Predict::Noise => (share.sqrt(), (1.0 - share).sqrt()),
    };
    let mut on_way = row.to_vec();
    for ((x, y), row) in on_way.iter_mut().zip(y).zip(row) {
        let noise = rng.normal();
        *x = keep * row + add * noise;
        *y = if task.predict == Predict::Velocity { row - noise } else { noise };
    }
    write_input(&on_way, t, channels, x);
}

/// Channels of a picture; `None` for a plain row.
pub(crate) fn channels(rows: &[usize]) -> Option<usize> {
    if rows.len() == 3 { rows.last().copied() } else { None }
}

/// Rows with a time and noise that are always the same, for measuring; the rows themselves stay beside them.
pub(super) fn data(exp: &Experiment, task: &Diffusion, data: Dataset) -> Dataset {
    let (labels, n, channels) = (super::labels(&data), data.len(), channels(&data.info.input));
    let width = data.x_width();
    let info = exp.task.kind.info(data.info);
    let wide: usize = info.input.iter().product();
    let (mut x, mut y) = (vec![0.0; n * wide], vec![0.0; n * width]);
    let mut rng = Rng::new(u64::from(exp.seed), super::STREAM_MEASURED);
    for ((row, x), y) in data.x.chunks_exact(width).zip(x.chunks_exact_mut(wide)).zip(y.chunks_exact_mut(width)) {
        draw(task, row, channels, &mut rng, x, y);
    }
    Dataset { origin: data.x, x, y, info, labels, scale: None, target_scale: None, baselines: Vec::new(), ..data }
}

/// The same for the rows of a step, drawn anew.
pub(super) fn feed(task: &Diffusion, data: &Dataset, rows: &[u32], rng: &mut Rng, x: &mut [f32], y: &mut [f32]) {
    let (wide, width) = (data.x_width(), data.y_width());
    let channels = channels(&data.info.target.shape());
    for ((row, x), y) in rows.iter().zip(x.chunks_exact_mut(wide)).zip(y.chunks_exact_mut(width)) {
        let row = &data.origin[*row as usize * width..][..width];
        draw(task, row, channels, rng, x, y);
    }
}

/// One step of rows from time t to the next, with what the network answers there: along the velocity (Euler), or without new
/// noise (DDIM, Song et al. 2021, eq. 12 with σ = 0).
pub(crate) fn advance(task: &Diffusion, rows: &mut [f32], answer: &[f32], t: f32, next: f32) {
    match task.predict {
        Predict::Velocity => rows.iter_mut().zip(answer).for_each(|(x, v)| *x += (next - t) * v),
        Predict::Noise => {
            let (now, then) = (data_share(t), data_share(next));
            for (x, noise) in rows.iter_mut().zip(answer) {
                let row = (*x - (1.0 - now).sqrt() * noise) / now.sqrt();
                *x = then.sqrt() * row + (1.0 - then).sqrt() * noise;
            }
        }
    }
}
