//! What can be had without a network: the commonest class, and the nearest training rows.
//!
//! A network that stays below them has not learned what there is to learn. Not responsible for judging that.

use super::super::metrics::neighbours;
use super::Session;
use crate::spec::Target;

impl Session {
    /// Share of the test part (of the training part, where there is none) that always naming the training part's commonest
    /// class gets right; `None` where targets are numbers.
    pub fn majority(&self) -> Option<f32> {
        let classes = self.data.info.target.classes();
        let width = self.data.info.target.width();
        let counts = |rows: std::ops::Range<usize>| {
            let mut counts = vec![0u32; classes];
            for t in self.data.y[rows.start * width..rows.end * width].iter().filter(|t| **t >= 0.0) {
                if let Some(n) = counts.get_mut(*t as usize) {
                    *n += 1;
                }
            }
            counts
        };
        let train = counts(self.data.train());
        let commonest = (0..classes).max_by_key(|i| (train[*i], usize::MAX - i))?;
        let test = if self.data.test().is_empty() { train } else { counts(self.data.test()) };
        let all: u32 = test.iter().sum();
        (all > 0).then(|| test[commonest] as f32 / all as f32)
    }

    /// What the nearest training rows reach, each row left out in its turn: accuracy, or R² of the first number. `None` for
    /// tokens and for answers at several places, where distances between rows mean little.
    pub fn neighbours(&self) -> Option<f32> {
        let info = &self.data.info;
        let width = info.target.width();
        let classes = match info.target {
            Target::Classes { count } => count,
            Target::Values { .. } if width == 1 => 0,
            Target::Values { .. } | Target::Steps { .. } => return None,
        };
        if info.tokens.is_some() {
            return None;
        }
        let (x, rows) = (&self.data.x, self.data.train());
        let features = x.len() / (self.data.y.len() / width).max(1);
        let x = &x[rows.start * features..rows.end * features];
        Some(neighbours::left_out(x, &self.data.y[rows], features, classes))
    }
}
