//! What may take which share of the worker's time: whatever has taken *t* may come again after so many times *t*. The rest
//! is training's.

/// Frames: an eighteenth of the time.
pub const FRAME: f64 = 17.0;
/// Frames where samples of text or answers to the whole test part are shown too: both have half of that eighteenth.
pub const FRAME_HALVED: f64 = 2.0 * FRAME + 1.0;
/// Frames in slow motion that keeps its pace: the processor rests anyway.
pub const FRAME_SLOW: f64 = 3.0;
/// Frames that only say how the run stands.
pub const BRIEF: f64 = 99.0;
/// Samples of text, and answers to tasks: the other half of what showing may take.
pub const SAMPLE: f64 = FRAME_HALVED;
/// Measurements on the test part.
pub const MEASURE: f64 = 16.0;
/// The same at first: untrained figures beside a trained network mislead, and with a large network the next would be long
/// in coming.
pub const MEASURE_FIRST: f64 = 4.0;
/// What a straight code would leave: once, a tenth of the time until it is there.
pub const PCA: f64 = 9.0;
/// Checkpoints for the timeline.
pub const CHECKPOINT: f64 = 200.0;

/// Steps among which the first measurements are …
const FIRST_STEPS: u64 = 100;
/// … and the time until a figure is of the latter half of the run.
pub fn is_soon_due(step: u64, measured: u64) -> bool {
    step < FIRST_STEPS || 2 * measured < step
}

/// Steps after which a measurement is due whatever the clock says: a quarter of the run later, and when the steps since
/// then have cost four times as much as measuring, which is as much as `cost` steps. A machine that stalls early on would
/// otherwise measure nothing between a network that knows nothing and one that has learned everything by heart.
pub fn is_due_by_steps(step: u64, measured: u64, cost: u64) -> bool {
    step.saturating_sub(measured) >= (measured / 4).max(4 * cost.max(1))
}

/// When something may come again. All times are ms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    ended: f64,
    cost: f64,
    rest: f64,
}

impl Share {
    /// It has taken from `start` to `end`, and is followed by `times` as long without it.
    pub fn spend(&mut self, start: f64, end: f64, times: f64) {
        let cost = end - start;
        *self = Share { ended: end, cost, rest: times * cost };
    }

    /// The same for what costs about as much each time: beyond twice the last one's cost the machine did something else.
    pub fn spend_alike(&mut self, start: f64, end: f64, times: f64) {
        let most = if self.cost > 0.0 { 2.0 * self.cost } else { f64::INFINITY };
        self.spend(start, end, times);
        self.cost = self.cost.min(most);
        self.rest = times * self.cost;
    }

    /// The same; one that came before its time makes the next come later, but never by more than its own rest.
    pub fn overdraw(&mut self, start: f64, end: f64, times: f64) {
        let owed = (self.free_at() - end).max(0.0);
        self.spend(start, end, times);
        self.rest = (owed + self.rest).min(2.0 * self.rest);
    }

    /// The next one comes after `ms` at the soonest.
    pub fn at_least(&mut self, ms: f64) {
        self.rest = self.rest.max(ms);
    }

    /// When the next one may come.
    pub fn free_at(&self) -> f64 {
        self.ended + self.rest
    }

    /// Whether the next one may come.
    pub fn is_due(&self, now: f64) -> bool {
        now >= self.free_at()
    }

    /// The same where `times` its cost is enough of a rest.
    pub fn is_due_after(&self, now: f64, times: f64) -> bool {
        now >= self.ended + times * self.cost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best step of a small network lies among its first few hundred: each is near a measurement.
    #[test]
    fn by_steps_alone_no_part_of_a_run_goes_unmeasured() {
        let (mut at, mut all) = (0, Vec::new());
        for step in 1..=10_000 {
            if is_due_by_steps(step, at, 2) {
                at = step;
                all.push(step);
            }
        }
        assert!(all.len() < 40, "few in all: {}", all.len());
        assert!(all.windows(2).all(|w| w[1] - w[0] <= (w[0] / 4).max(8)), "{all:?}");
        assert!(!is_due_by_steps(399, 0, 100) && is_due_by_steps(400, 0, 100), "a large test part waits");
    }

    #[test]
    fn what_has_cost_much_comes_again_late() {
        let mut share = Share::default();
        assert!(share.is_due(0.0), "the first one at once");
        share.spend(100.0, 110.0, FRAME);
        assert!(!share.is_due(279.0) && share.is_due(280.0));
        assert!(share.is_due_after(150.0, MEASURE_FIRST) && !share.is_due_after(149.0, MEASURE_FIRST));
        share.at_least(500.0);
        assert_eq!(share.free_at(), 610.0);
    }

    /// A machine that stalls in a measurement would leave thousands of steps without one, the best of them perhaps.
    #[test]
    fn a_stall_is_not_taken_for_a_cost() {
        let mut share = Share::default();
        share.spend_alike(0.0, 1.0, MEASURE);
        assert_eq!(share.free_at(), 17.0);
        share.spend_alike(17.0, 117.0, MEASURE);
        assert_eq!(share.free_at(), 117.0 + 32.0);
        for _ in 0..10 {
            let start = share.free_at();
            share.spend_alike(start, start + 100.0, MEASURE);
        }
        assert!(
            (share.rest - 1600.0).abs() < 1e-9,
            "what does cost that much has its rest after a few: {}",
            share.rest
        );
    }

    #[test]
    fn who_scrolls_through_everything_waits_twice_as_long_at_most() {
        let mut share = Share::default();
        for i in 0..5 {
            let start = 20.0 * f64::from(i);
            share.overdraw(start, start + 10.0, FRAME);
            assert!(share.free_at() <= start + 10.0 + 2.0 * 170.0);
        }
        assert_eq!(share.free_at(), 90.0 + 340.0);
        share.overdraw(1000.0, 1010.0, FRAME);
        assert_eq!(share.free_at(), 1180.0, "one in its time is followed by its own rest");
    }

    /// A share of the time, over a long while.
    #[test]
    fn each_has_its_share() {
        for (times, part) in [(FRAME, 18.0), (FRAME_HALVED, 36.0), (BRIEF, 100.0)] {
            let (mut share, mut now, mut spent) = (Share::default(), 0.0, 0.0);
            while now < 1e5 {
                if share.is_due(now) {
                    share.spend(now, now + 3.0, times);
                    spent += 3.0;
                    now += 3.0;
                } else {
                    now += 1.0;
                }
            }
            let got = now / spent;
            assert!((got / part - 1.0).abs() < 0.02, "{got} for {part}");
        }
    }
}
