//! Arrays under the names, and in the order of axes, that a script has for them, and back.

use crate::spec::Weights;
use crate::spec::weights::Tensor;

/// One array under both names.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Ours, `layers.0.weight`.
    pub ours: String,
    /// In the script, `0.weight` or `fc1/kernel`.
    pub theirs: String,
    /// Which of our axes each of theirs is; empty where they are the same.
    pub axes: Vec<usize>,
}

/// The weights as the script has them. What the experiment does not know keeps its own name.
pub(super) fn theirs(names: &[Name], ours: &Weights) -> Weights {
    let named = |t: &Tensor| match names.iter().find(|n| n.ours == t.name) {
        Some(n) => Tensor { name: n.theirs.clone(), ..turned(t, &n.axes) },
        None => t.clone(),
    };
    Weights { tensors: ours.tensors.iter().map(named).collect(), ..ours.clone() }
}

/// The way back.
pub(super) fn ours(names: &[Name], theirs: Weights) -> Weights {
    let named = |t: Tensor| match names.iter().find(|n| n.theirs == t.name) {
        Some(n) => {
            let mut back = n.axes.clone();
            n.axes.iter().enumerate().for_each(|(i, a)| back[*a] = i);
            Tensor { name: n.ours.clone(), ..turned(&t, &back) }
        }
        None => t,
    };
    Weights { tensors: theirs.tensors.into_iter().map(named).collect(), ..theirs }
}

/// Its axes in another order. An array of another rank, from a foreign file, stays as it is.
fn turned(t: &Tensor, axes: &[usize]) -> Tensor {
    if axes.len() != t.shape.len() {
        return t.clone();
    }
    let strides: Vec<usize> = axes.iter().map(|a| t.shape[a + 1..].iter().product()).collect();
    let shape: Vec<usize> = axes.iter().map(|a| t.shape[*a]).collect();
    let at = |mut i: usize| {
        let mut from = 0;
        for (n, stride) in shape.iter().zip(&strides).rev() {
            from += i % n * stride;
            i /= n;
        }
        t.data[from]
    };
    let data = (0..t.data.len()).map(at).collect();
    Tensor { name: t.name.clone(), shape, data }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_go_there_and_come_back() {
        let data = (0..24).map(|i| i as f32).collect();
        let t = Tensor { name: "a".into(), shape: vec![2, 3, 4], data };
        let names = [Name { ours: "a".into(), theirs: "b".into(), axes: vec![2, 0, 1] }];
        let there = theirs(&names, &Weights { tensors: vec![t.clone()], ..Weights::default() });
        assert_eq!((there.tensors[0].name.as_str(), &there.tensors[0].shape[..]), ("b", &[4, 2, 3][..]));
        // (3, 1, 2) there is (1, 2, 3) here.
        assert_eq!(there.tensors[0].data[3 * 6 + 3 + 2], t.data[12 + 2 * 4 + 3]);
        assert_eq!(ours(&names, there).tensors, [t]);
    }
}
