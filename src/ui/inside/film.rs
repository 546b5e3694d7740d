//! What arrays looked like at moments of the training, kept from frames, from the first on; when a film is full, moments
//! that stand close go.
//!
//! Pure. Not responsible for asking (`panels::filters`) nor for drawing.

use crate::protocol::Status;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Most moments of a film.
const SHOTS: usize = 24;
/// Most numbers of all films together (16 MiB); of large layers fewer moments are kept, two at least.
const NUMBERS: usize = 1 << 22;

/// Step and array.
pub type Shot = (u64, Rc<[f32]>);

/// One array over time.
#[derive(Clone, Debug, Default)]
pub struct Film {
    every: u64,
    /// Oldest first.
    pub shots: Vec<Shot>,
}

/// Arrays are compared by identity: they are never changed in place, and there may be millions of numbers.
impl PartialEq for Film {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Shot, &Shot)| a.0 == b.0 && Rc::ptr_eq(&a.1, &b.1);
        self.shots.len() == other.shots.len() && self.shots.iter().zip(&other.shots).all(same)
    }
}

impl Film {
    /// Takes a moment unless one stands close; what was missed while nobody asked is filled in when it is looked back at.
    fn take(&mut self, step: u64, values: &Rc<[f32]>, most: usize) {
        if self.shots.first().is_some_and(|(_, v)| v.len() != values.len()) {
            *self = Film::default();
        }
        let at = self.shots.partition_point(|s| s.0 < step);
        let every = self.every.max(1);
        let close = |s: Option<&Shot>| s.is_some_and(|s| s.0.abs_diff(step) < every);
        let first = at == 0 && self.shots.first().is_none_or(|s| s.0 > step);
        if !first && (close(self.shots.get(at)) || close(self.shots.get(at.wrapping_sub(1)))) {
            return;
        }
        self.shots.insert(at, (step, values.clone()));
        while self.shots.len() > most {
            self.every = 2 * self.every.max(1);
            let mut free = 0;
            self.shots.retain(|s| {
                let kept = s.0 >= free;
                free = if kept { s.0 + self.every } else { free };
                kept
            });
        }
    }

    /// The film as far as a step.
    pub fn until(&self, step: u64) -> Film {
        Film { every: self.every, shots: self.shots.iter().filter(|s| s.0 <= step).cloned().collect() }
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

/// Films of all arrays of a run.
#[derive(Clone, Debug, Default)]
pub struct Films {
    run: u32,
    /// Step of the frame before.
    at: u64,
    films: BTreeMap<String, Film>,
}

impl Films {
    /// Takes note of every frame: another run begins anew, and a run that goes on from an earlier step, or that was
    /// taken back to its beginning, has no later moments any more.
    pub fn watch(&mut self, now: &Status) {
        if now.run != self.run {
            *self = Films { run: now.run, ..Films::default() };
        }
        // What trains has nothing ahead of where it was seen last, or of where it is.
        let end = if now.running { now.step.min(self.at) } else { now.step_max };
        self.films.values_mut().for_each(|f| f.shots.retain(|s| s.0 <= end));
        self.at = now.step;
    }

    /// Takes what a frame brought of an array that is one of `count`.
    pub fn take(&mut self, step: u64, name: &str, values: &Rc<[f32]>, count: usize) {
        let most = (NUMBERS / count.max(1) / values.len().max(1)).clamp(2, SHOTS);
        self.films.entry(name.to_string()).or_default().take(step, values, most);
    }

    /// The film of that array.
    pub fn of(&self, name: &str) -> Film {
        self.films.get(name).cloned().unwrap_or_default()
    }

    /// Whether nothing is kept yet of one of these arrays.
    pub fn lack(&self, names: &[String]) -> bool {
        names.iter().any(|n| self.films.get(n).is_none_or(|f| f.shots.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(f: &Film) -> Vec<u64> {
        f.shots.iter().map(|s| s.0).collect()
    }

    fn status(run: u32, step: u64, step_max: u64, running: bool) -> Status {
        Status { run, step, step_max, running, ..Status::default() }
    }

    fn see(f: &mut Films, now: &Status, w: &Rc<[f32]>) {
        f.watch(now);
        f.take(now.step, "w", w, 1);
    }

    #[test]
    fn a_long_run_stays_small_and_begins_with_its_beginning() {
        let mut f = Film::default();
        let w: Rc<[f32]> = Rc::from([1.0, 2.0]);
        (0..10_000).for_each(|s| f.take(s, &w, SHOTS));
        assert!((SHOTS / 2..=SHOTS).contains(&f.shots.len()), "{}", f.shots.len());
        assert_eq!(f.shots[0].0, 0);
        let gaps: Vec<u64> = steps(&f).windows(2).map(|p| p[1] - p[0]).collect();
        assert!(gaps.iter().all(|g| *g == gaps[0]), "{gaps:?}");
        assert_eq!(f, f.clone());
        assert_ne!(f, Film::default());
        assert_eq!(f.some(3).len(), 3);
        assert_eq!(f.some(3)[2].0, f.shots.last().unwrap().0);
    }

    /// Moments from when nobody looked are far apart; those that come with every frame do not push them out.
    #[test]
    fn what_was_seen_rarely_stays() {
        let mut f = Film::default();
        let w: Rc<[f32]> = Rc::from([1.0]);
        let rare = [0, 400, 800, 1200];
        rare.into_iter().chain(1300..1600).for_each(|s| f.take(s, &w, SHOTS));
        assert_eq!(steps(&f)[..4], rare);
        assert!(steps(&f).last().unwrap() > &1550 && f.shots.len() <= SHOTS);
    }

    #[test]
    fn a_look_back_keeps_the_film_and_a_fork_or_reset_cuts_it() {
        let (mut f, w): (Films, Rc<[f32]>) = (Films::default(), Rc::from([1.0]));
        (5..10).for_each(|s| see(&mut f, &status(1, s, s, true), &w));
        see(&mut f, &status(1, 2, 9, false), &w);
        assert_eq!(steps(&f.of("w")), [2, 5, 6, 7, 8, 9]);
        assert_eq!(steps(&f.of("w").until(6)), [2, 5, 6]);
        // On from step 2: by the next frame the run has passed what was seen before.
        see(&mut f, &status(1, 12, 12, true), &w);
        assert_eq!(steps(&f.of("w")), [2, 12]);
        // Taken back while it runs.
        see(&mut f, &status(1, 4, 4, true), &w);
        assert_eq!(steps(&f.of("w")), [2, 4]);
        see(&mut f, &status(1, 0, 0, false), &w);
        assert_eq!(steps(&f.of("w")), [0]);
        assert!(!f.lack(&["w".into()]));
        f.watch(&status(2, 0, 0, true));
        assert!(f.lack(&["w".into()]));
    }

    #[test]
    fn of_large_layers_few_moments_are_kept() {
        let (mut f, w): (Films, Rc<[f32]>) = (Films::default(), vec![0.0; NUMBERS / 3].into());
        (0..100).for_each(|s| see(&mut f, &status(1, s, s, true), &w));
        assert!((2..=3).contains(&f.of("w").shots.len()));
    }
}
