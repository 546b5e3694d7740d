//! What an array looked like at moments of the training, kept from frames; when full, every other moment goes.
//!
//! Pure. Not responsible for drawing.

use std::rc::Rc;

/// Most moments.
const SHOTS: usize = 24;
/// Most numbers of all moments together (16 MiB); of large layers fewer moments are kept, two at least.
const NUMBERS: usize = 1 << 22;

/// Step and array.
pub type Shot = (u64, Rc<[f32]>);

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Film {
    run: u32,
    name: String,
    every: u64,
    /// Oldest first.
    pub shots: Vec<Shot>,
}

/// Arrays are compared by identity: they are never changed in place, and there may be millions of numbers.
impl PartialEq for Film {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Shot, &Shot)| a.0 == b.0 && Rc::ptr_eq(&a.1, &b.1);
        let arrays = || self.shots.iter().zip(&other.shots).all(same);
        (self.run, self.every, self.shots.len()) == (other.run, other.every, other.shots.len())
            && self.name == other.name
            && arrays()
    }
}

impl Film {
    /// Takes what a frame brought. Another run, name or size begins anew; going back in the timeline cuts off what lay
    /// after it once training goes on from there. Says whether anything changed.
    pub fn take(&mut self, (run, name): (u32, &str), (step, running): (u64, bool), values: &Rc<[f32]>) -> bool {
        let other_size = self.shots.first().is_some_and(|(_, v)| v.len() != values.len());
        if self.run != run || self.name != name || other_size {
            *self = Film { run, name: name.to_string(), every: 1, shots: Vec::new() };
        }
        if let Some((last, _)) = self.shots.last() {
            if step < *last && running {
                self.shots.retain(|(s, _)| *s < step);
            } else if step < last + self.every {
                return false;
            }
        }
        self.shots.push((step, values.clone()));
        let most = (NUMBERS / values.len().max(1)).clamp(2, SHOTS);
        if self.shots.len() > most {
            let mut even = [true, false].into_iter().cycle();
            self.shots.retain(|_| even.next().unwrap_or(true));
            self.every *= 2;
        }
        true
    }

    /// At most `n` of the moments, evenly spread, first and last among them.
    pub fn some(&self, n: usize) -> Vec<&Shot> {
        let len = self.shots.len();
        if len <= n {
            return self.shots.iter().collect();
        }
        (0..n).filter_map(|i| self.shots.get(i * (len - 1) / n.saturating_sub(1).max(1))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(f: &Film) -> Vec<u64> {
        f.shots.iter().map(|s| s.0).collect()
    }

    #[test]
    fn a_long_run_stays_small_and_begins_with_its_beginning() {
        let mut f = Film::default();
        let w: Rc<[f32]> = Rc::from([1.0, 2.0]);
        (0..10_000).for_each(|s| {
            f.take((1, "w"), (s, true), &w);
        });
        assert!((SHOTS / 2..=SHOTS).contains(&f.shots.len()), "{}", f.shots.len());
        assert_eq!(f.shots[0].0, 0);
        let gaps: Vec<u64> = steps(&f).windows(2).map(|p| p[1] - p[0]).collect();
        assert!(gaps.iter().all(|g| *g == gaps[0]), "{gaps:?}");
        assert_eq!(f, f.clone());
        assert_ne!(f, Film::default());
        assert_eq!(f.some(3).len(), 3);
        assert_eq!(f.some(3)[2].0, f.shots.last().unwrap().0);
    }

    #[test]
    fn a_look_back_keeps_the_film_and_a_fork_cuts_it() {
        let mut f = Film::default();
        let w: Rc<[f32]> = Rc::from([1.0]);
        for s in 0..10 {
            f.take((1, "w"), (s, true), &w);
        }
        assert!(!f.take((1, "w"), (3, false), &w));
        assert_eq!(f.shots.len(), 10);
        assert!(f.take((1, "w"), (4, true), &w));
        assert_eq!(steps(&f), [0, 1, 2, 3, 4]);
        f.take((2, "w"), (0, true), &w);
        assert_eq!(steps(&f), [0]);
        f.take((2, "w"), (1, true), &Rc::from([1.0, 1.0]));
        assert_eq!(steps(&f), [1]);
    }

    #[test]
    fn of_large_layers_few_moments_are_kept() {
        let mut f = Film::default();
        let w: Rc<[f32]> = vec![0.0; NUMBERS / 3].into();
        (0..100).for_each(|s| {
            f.take((1, "w"), (s, true), &w);
        });
        assert!((2..=3).contains(&f.shots.len()));
    }
}
