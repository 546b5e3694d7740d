//! How much each class counts in a session's loss: as given, or balanced over the training part.
//!
//! Not responsible for the weighted loss itself (`engine::loss`).

use super::super::data::Dataset;
use super::Session;
use crate::spec::{ClassWeights, Loss, TrainingSpec};
use std::rc::Rc;

/// One weight for each class; empty where all count alike, and where `loss` knows no classes.
pub(super) fn class_weights(training: &TrainingSpec, loss: Loss, data: &Dataset) -> Vec<f32> {
    let classes = data.info.target.classes();
    match &training.class_weights {
        Some(ClassWeights::Given(weights)) if weights.len() == classes && by_class(loss) => weights.clone(),
        Some(ClassWeights::Balanced) if classes > 0 && by_class(loss) => balanced(data, classes),
        Some(ClassWeights::Given(_) | ClassWeights::Balanced) | None => Vec::new(),
    }
}

fn by_class(loss: Loss) -> bool {
    matches!(loss, Loss::CrossEntropy { .. })
}

/// `rows / (classes · rows of the class)`; a class without rows counts as if it had one.
fn balanced(data: &Dataset, classes: usize) -> Vec<f32> {
    let width = data.info.target.width();
    let train = data.train();
    let mut counts = vec![0usize; classes];
    for t in data.y[train.start * width..train.end * width].iter().filter(|t| **t >= 0.0) {
        if let Some(n) = counts.get_mut(*t as usize) {
            *n += 1;
        }
    }
    let rows: usize = counts.iter().sum();
    counts.iter().map(|n| rows.max(1) as f32 / (classes * (*n).max(1)) as f32).collect()
}

/// What a mean over these targets weighs: that of every row (place) that counts.
pub(super) fn weight_of(targets: &[f32], weights: &[f32]) -> f64 {
    let one = |t: &f32| weights.get(*t as usize).map_or(1.0, |w| f64::from(*w));
    targets.iter().filter(|t| **t >= 0.0).map(one).sum()
}

impl Session {
    /// Brings the weights of the settings into every plan.
    pub(super) fn weigh(&mut self) {
        let weights = class_weights(&self.exp.training, self.exp.task.loss(), &self.data);
        if weights != self.class_weights {
            Rc::make_mut(&mut self.train).weigh_classes(&weights);
            Rc::make_mut(&mut self.eval).weigh_classes(&weights);
            self.lens = None;
            self.class_weights = weights;
            self.prepare();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::{Part, Settings};
    use super::*;
    use crate::engine::data;
    use crate::engine::reference::Reference;
    use crate::spec::{DataSpec, Experiment, preset};

    /// Points drawn by hand: nine of one class for one of the other.
    fn uneven(weights: Option<ClassWeights>) -> Session {
        let at = |i: usize| {
            serde_json::json!([(i % 7) as f32 / 7.0, (i % 5) as f32 / 5.0, usize::from(i.is_multiple_of(10))])
        };
        let points: Vec<_> = (0..100).map(at).collect();
        let data: DataSpec = serde_json::from_value(serde_json::json!({"set": "points", "points": points})).unwrap();
        let mut e = preset::for_data(data, 3);
        e.training.class_weights = weights;
        session(e)
    }

    fn session(e: Experiment) -> Session {
        assert_eq!(e.problems(), []);
        let data = data::build(&e.data, u64::from(e.seed), &[]).unwrap();
        Session::new(e, data, Box::new(Reference::<f32>::default()))
    }

    #[test]
    fn balanced_weights_give_every_class_the_same_say() {
        let s = uneven(Some(ClassWeights::Balanced));
        let train = s.data.train();
        let rows = |class: f32| s.data.y[train.clone()].iter().filter(|t| **t == class).count() as f32;
        let [a, b] = s.class_weights[..] else { panic!("{:?}", s.class_weights) };
        assert!((a * rows(0.0) - b * rows(1.0)).abs() < 1e-3 && b > 5.0 * a, "{a} {b}");
        assert!((a * rows(0.0) + b * rows(1.0) - train.len() as f32).abs() < 1e-3);
    }

    #[test]
    fn a_measured_loss_is_the_weighted_mean_whatever_the_chunks() {
        let mut s = uneven(Some(ClassWeights::Given(vec![0.5, 3.0])));
        let whole = s.evaluate(Part::Test, usize::MAX).unwrap().loss;
        let (x, y) = (s.data.x.clone(), s.data.y.clone());
        let (mut total, mut weight) = (0.0, 0.0);
        for i in s.data.test() {
            let z = s.predict(&x[2 * i..2 * i + 2]);
            let nll = (z[0].exp() + z[1].exp()).ln() - z[y[i] as usize];
            let w = [0.5, 3.0][y[i] as usize];
            (total, weight) = (total + w * nll, weight + w);
        }
        assert!((whole - total / weight).abs() < 1e-4, "{whole} for {}", total / weight);
    }

    #[test]
    fn they_are_changed_while_it_trains() {
        let (mut s, plain) = (uneven(None), uneven(None));
        let mut to = plain.exp.clone();
        to.training.class_weights = Some(ClassWeights::Given(vec![1.0, 9.0]));
        assert!(s.can_tune(&to));
        (0..5).for_each(|_| assert!(s.step().is_ok()));
        s.tune(&Settings::of(&to));
        assert_eq!(s.class_weights, [1.0, 9.0]);
        s.step().unwrap();
        s.tune(&plain.settings());
        assert!(s.class_weights.is_empty());
        s.step().unwrap();
    }
}
