//! Rows made of noise, step by step, by a network that learned the way (diffusion, flow matching).
//!
//! Not responsible for the formulas (`engine::tasks::diffusion`).

use super::Session;
use crate::engine::rng::Rng;
use crate::engine::tasks::diffusion;
use crate::spec::tasks::Diffusion;

/// Random stream of the noise that rows are made of.
const STREAM: u64 = 109;

impl Session {
    /// `(steps + 1, n, …)`: rows at every time from noise to data; `None` for other tasks. The same seed gives the same noise.
    pub fn flow(&mut self, n: usize, seed: u32) -> Option<Vec<f32>> {
        let task = self.diffusion()?;
        let width = self.data.y_width();
        let mut rng = Rng::new(u64::from(seed), STREAM);
        let mut rows: Vec<f32> = (0..n * width).map(|_| rng.normal()).collect();
        let mut all = rows.clone();
        for step in 0..task.steps {
            let time = |k: usize| k as f32 / task.steps as f32;
            let answer = self.on_way(&rows, time(step));
            diffusion::advance(&task, &mut rows, &answer, time(step), time(step + 1));
            all.extend_from_slice(&rows);
        }
        Some(all)
    }

    /// What the network answers to rows at a time.
    pub fn on_way(&mut self, rows: &[f32], t: f32) -> Vec<f32> {
        let (width, wide) = (self.data.y_width(), self.data.x_width());
        let channels = diffusion::channels(&self.data.info.target.shape());
        let mut x = vec![0.0; rows.len() / width.max(1) * wide];
        for (row, x) in rows.chunks_exact(width).zip(x.chunks_exact_mut(wide)) {
            diffusion::write_input(row, t, channels, x);
        }
        self.predict(&x)
    }

    /// The task's settings, where it is this one.
    pub fn diffusion(&self) -> Option<Diffusion> {
        self.exp.task.kind.diffusion().copied()
    }
}
