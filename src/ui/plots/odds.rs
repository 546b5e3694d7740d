//! Probabilities of classes as the rows of a bar chart: all of them where they are few, else the likeliest and the rest.
//!
//! Pure, tested natively. Not responsible for drawing (`ui::panels::bars`).

/// So many classes are all shown, in their own order, so that a bar keeps its place while the network learns.
pub const CLASSES_ALL: usize = 10;
/// Of more classes the likeliest are shown.
const LIKELIEST: usize = 8;

/// One bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The class; `None` stands for all classes that have no bar of their own.
    pub class: Option<usize>,
    /// Classes it stands for.
    pub count: usize,
    /// Its probability.
    pub p: f64,
    /// Whether it is the network's answer, the likeliest class.
    pub answer: bool,
    /// Whether it is the true class.
    pub truth: bool,
}

/// The likeliest class; the first of several. `None` without a finite probability.
pub fn likeliest(probs: &[f32]) -> Option<usize> {
    let finite = probs.iter().enumerate().filter(|(_, p)| p.is_finite());
    finite
        .fold(None, |best: Option<(usize, f32)>, (i, p)| best.filter(|(_, b)| *b >= *p).or(Some((i, *p))))
        .map(|b| b.0)
}

/// The bars for these probabilities; the true class, where it is known, always has its own.
pub fn bars(probs: &[f32], truth: Option<usize>) -> Vec<Bar> {
    let answer = likeliest(probs);
    let one = |class: usize| Bar {
        class: Some(class),
        count: 1,
        p: probs.get(class).map_or(f64::NAN, |p| f64::from(*p)),
        answer: answer == Some(class),
        truth: truth == Some(class),
    };
    if probs.len() <= CLASSES_ALL {
        return (0..probs.len()).map(one).collect();
    }
    let mut order: Vec<usize> = (0..probs.len()).collect();
    crate::spec::order::sort_by(&mut order, |a, b| probs[*b].total_cmp(&probs[*a]));
    let mut shown = order[..LIKELIEST].to_vec();
    shown.extend(truth.filter(|t| *t < probs.len() && !shown.contains(t)));
    let mut all: Vec<Bar> = shown.iter().copied().map(one).collect();
    let rest = 1.0 - all.iter().map(|b| b.p).sum::<f64>();
    let count = probs.len() - all.len();
    all.push(Bar { class: None, count, p: rest.max(0.0), answer: false, truth: false });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_classes_all_have_their_bar_and_keep_their_order() {
        let all = bars(&[0.2, 0.7, 0.1], Some(0));
        assert_eq!(all.iter().map(|b| b.class).collect::<Vec<_>>(), [Some(0), Some(1), Some(2)]);
        assert_eq!(
            all.iter().map(|b| (b.answer, b.truth)).collect::<Vec<_>>(),
            [(false, true), (true, false), (false, false)]
        );
        assert_eq!(bars(&[0.1; 10], None).len(), 10);
        assert!(bars(&[], Some(3)).is_empty());
    }

    #[test]
    fn of_many_classes_the_likeliest_the_true_one_and_the_rest_are_shown() {
        let mut probs = vec![0.01; 40];
        probs[7] = 0.5;
        probs[30] = 0.12;
        let all = bars(&probs, Some(39));
        assert_eq!((all[0].class, all[0].answer, all[1].class), (Some(7), true, Some(30)));
        assert_eq!((all.len(), all[8].class, all[8].truth), (10, Some(39), true));
        assert_eq!((all[9].class, all[9].count), (None, 31));
        assert!((all.iter().map(|b| b.p).sum::<f64>() - 1.0).abs() < 1e-6);
        assert_eq!(bars(&probs, Some(7)).len(), 9, "the true class is among the likeliest");
        assert_eq!(bars(&probs, Some(99)).len(), 9, "a class that is not there");
    }

    #[test]
    fn numbers_that_are_none_win_nothing() {
        assert_eq!(likeliest(&[f32::NAN, 0.2, 0.2]), Some(1));
        assert_eq!(likeliest(&[f32::NAN]), None);
        assert!(bars(&[f32::NAN, f32::NAN], None).iter().all(|b| !b.answer));
    }
}
