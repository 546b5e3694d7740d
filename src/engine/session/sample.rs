//! Rows that a task makes of noise: points, pictures.
//!
//! Not responsible for texts (`generate`).

use super::Session;
use crate::engine::rng::Rng;
use crate::spec::model::PartName;
use crate::spec::{Loss, TaskKind};

/// Random stream of the noise that rows are made of.
const STREAM: u64 = 108;

impl Session {
    /// `(n, …input)`: rows made of standard normal noise, in the units of the data set; `None` of a task that makes none.
    /// The same seed gives the same noise.
    pub fn sample(&mut self, n: usize, seed: u32) -> Option<(Vec<usize>, Vec<f32>)> {
        let mut rows = match self.exp.task.kind {
            TaskKind::Gan(_) => self.made_by(PartName::Generator, n, seed)?,
            TaskKind::Vae(_) => self.made_by(PartName::Decoder, n, seed)?,
            TaskKind::Diffusion(_) => {
                let all = self.flow(n, seed)?;
                all[all.len() - n * self.data.y_width()..].to_vec()
            }
            // The codes of an autoencoder follow no law that could be drawn from.
            TaskKind::Autoencoder(_)
            | TaskKind::Classification
            | TaskKind::Regression
            | TaskKind::LanguageModel
            | TaskKind::Several(_)
            | TaskKind::Rotation
            | TaskKind::Contrastive(_) => {
                return None;
            }
        };
        if let Some(scale) = &self.data.scale {
            scale.invert(&mut rows);
        }
        let shape = match self.exp.task.kind.diffusion() {
            Some(_) => self.data.info.target.shape(),
            None => self.data.info.input.clone(),
        };
        Some(([vec![n], shape].concat(), rows))
    }

    fn made_by(&mut self, part: PartName, n: usize, seed: u32) -> Option<Vec<f32>> {
        let (width, _) = self.part_widths(part)?;
        let mut rng = Rng::new(u64::from(seed), STREAM);
        let noise: Vec<f32> = (0..n * width).map(|_| rng.normal()).collect();
        let mut made = self.apply(part, &noise)?;
        // The sigmoid of a decoder is in its loss.
        if part == PartName::Decoder && self.exp.task.loss() == Loss::Bce {
            made.iter_mut().for_each(|v| *v = 1.0 / (1.0 + (-*v).exp()));
        }
        Some(made)
    }
}
