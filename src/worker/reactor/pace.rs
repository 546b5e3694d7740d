//! How the worker's time is shared between training, the mailbox and frames.
//!
//! Training runs in slices, and the mailbox is read between them; a frame that the page has asked for is held back until
//! showing has cost little enough. Not responsible for commands (`reactor`) nor for what a frame holds (`frames`).

use super::{Next, Outgoing, Playing, Reactor, Training, frames, one};
use crate::protocol::{Frame, FrameRequest, Reply, Trained};
use crate::spec::{Code, Problem};
use crate::worker::run::{Slice, Stop};

/// Length of a slice of training while the page watches: short enough for any command to feel immediate.
const SLICE_MS: f64 = 8.0;
/// Length of a slice for `Train`, where nobody waits for frames.
const TRAIN_SLICE_MS: f64 = 40.0;
/// After a frame, curves are measured on the test part for this long: a run that is asked for none has no viewer.
const WATCHED_MS: f64 = 3000.0;
/// A frame is followed by this many times its own cost: showing has an eighteenth of the time.
const FRAME_SHARE: f64 = 17.0;
/// The same where samples of text or answers to the whole test part are shown too: both have half of that eighteenth.
const FRAME_SHARE_HALVED: f64 = 2.0 * FRAME_SHARE + 1.0;
/// The same in slow motion that keeps its pace: the processor rests anyway.
const FRAME_SHARE_SLOW: f64 = 3.0;
/// Flat out there are at most thirty frames a second, however cheap: what they show costs the page more than the worker,
/// and on two cores that is time which training lacks (the first experiment, steps a second against none shown: 82 % at
/// sixty frames).
const FRAME_MS_FLAT_OUT: f64 = 33.0;
/// While the page needs the processor, a slice flat out is followed by a rest so many times as long.
const GIVE_WAY_REST: f64 = 2.0;
/// Slow motion makes up for steps that came late, but not for more than this: longer than a frame takes to answer.
const LATE_MS: f64 = 250.0;
/// After an answer, a brief one comes so much later at the soonest: ten numbers a second are read as live …
const BRIEF_MS: f64 = 100.0;
/// … and brief ones have a hundredth of the time.
const BRIEF_SHARE: f64 = 99.0;

/// How many times its own cost a frame begun at `start` is followed by.
fn share(playing: Option<Playing>, want: &FrameRequest, start: f64) -> f64 {
    // By how the pace was kept before this frame, which alone may take longer than many steps.
    let on_time = |p: Playing| p.ms_per_step.is_some() && p.next_step_at > start - LATE_MS / 2.0;
    if playing.is_some_and(on_time) {
        FRAME_SHARE_SLOW
    } else if want.sample.is_some() || want.confusion || want.mistakes.is_some() {
        FRAME_SHARE_HALVED
    } else {
        FRAME_SHARE
    }
}

impl Reactor {
    pub(super) fn play(&mut self, stop: Stop, ms_per_step: Option<f64>, now: f64) {
        self.playing = Some(Playing { stop, ms_per_step, next_step_at: now, waits: ms_per_step.is_some() });
        // Who presses Play looks, even before the first frame is asked for.
        if let Some(run) = &mut self.run {
            run.watched_until = run.watched_until.max(now + WATCHED_MS);
        }
    }

    pub(super) fn start_training(&mut self, id: u32, steps: u32, now: &dyn Fn() -> f64, out: &mut Vec<Outgoing>) {
        match self.run() {
            Err(problems) => out.push(self.refuse(id, problems)),
            Ok(run) => {
                run.diverged = None;
                self.training = Some(Training { id, left: u64::from(steps), taken: 0, ms: 0.0 });
                self.train_slice(now, out);
            }
        }
    }

    fn train_slice(&mut self, now: &dyn Fn() -> f64, out: &mut Vec<Outgoing>) {
        let (Some(mut t), Some(run)) = (self.training, &mut self.run) else { return };
        let start = now();
        let (end, taken) = run.train(now, TRAIN_SLICE_MS, Stop { steps: Some(t.left), ..Stop::default() });
        t.ms += now() - start;
        (t.left, t.taken) = (t.left - taken, t.taken + taken);
        self.training = None;
        let id = t.id;
        match end {
            Slice::TimeUp(_) => self.training = Some(t),
            Slice::Reached(loss) => {
                let step_ms = t.ms / t.taken.max(1) as f64;
                let batch = run.session.plan().capacity as f64;
                let reply = Reply::Trained(Trained {
                    steps: run.session.steps(),
                    step_ms,
                    loss,
                    samples_per_s: if step_ms > 0.0 { batch / step_ms * 1000.0 } else { 0.0 },
                    flops_per_step: run.session.flops_per_step(),
                });
                out.push(Outgoing { id, reply, buffers: Vec::new() });
            }
            Slice::Diverged => {
                let d = run.diverged.clone().unwrap_or_else(|| crate::protocol::Diverged {
                    step: 0,
                    value: String::new(),
                    back_to: 0,
                    lr: 0.0,
                    grad_norm: None,
                });
                let p = Problem::new("", Code::Diverged)
                    .arg("value", &d.value)
                    .arg("step", d.step)
                    .arg("back_to", d.back_to);
                out.push(self.refuse(id, one(p)));
            }
        }
    }

    /// One slice of whatever is going on. Call again as it says.
    pub fn tick(&mut self, now: &dyn Fn() -> f64, out: &mut Vec<Outgoing>) -> Next {
        if self.training.is_some() {
            self.train_slice(now, out);
        } else if self.playing.is_some() {
            self.play_slice(now);
        }
        self.answer_frame(now, out);
        self.next()
    }

    /// When it wants to be called again.
    pub fn next(&self) -> Next {
        match (&self.training, &self.playing, &self.frame) {
            (Some(_), _, _) => Next::Now,
            (None, Some(p), _) if !p.waits => Next::Now,
            (None, Some(p), frame) => {
                // There is time to show what is asked for between two steps.
                let frame_at = frame.as_ref().map_or(f64::INFINITY, |(_, want)| {
                    if want.brief { self.frame_free_at.min(self.brief_at) } else { self.frame_free_at }
                });
                Next::At(p.next_step_at.min(frame_at))
            }
            // Nothing is held up by showing what is: a pause is seen at once.
            (None, None, Some(_)) => Next::Now,
            (None, None, None) => Next::Idle,
        }
    }

    fn play_slice(&mut self, now: &dyn Fn() -> f64) {
        let (Some(p), Some(run)) = (&mut self.playing, &mut self.run) else { return };
        if p.waits && now() < p.next_step_at {
            return;
        }
        let (end, taken) = match p.ms_per_step {
            None => {
                let giving_way = self.give_way_until.map(|until| (now(), until));
                let done = run.train(now, SLICE_MS, p.stop);
                if let Some((start, until)) = giving_way {
                    let end = now();
                    p.waits = end < until;
                    p.next_step_at = end + GIVE_WAY_REST * (end - start);
                    self.give_way_until = p.waits.then_some(until);
                }
                done
            }
            Some(ms) => {
                let left = p.stop.steps;
                // Timers are coarse: every step that is due by now.
                let due = ((now() - p.next_step_at) / ms) as u64 + 1;
                let n = due.min(left.unwrap_or(due));
                let (end, taken) = run.train(now, SLICE_MS, Stop { steps: Some(n), ..p.stop });
                p.next_step_at = (p.next_step_at + ms * taken as f64).max(now() - LATE_MS);
                let epoch = p.stop.epoch_end && run.session.at_epoch_end();
                let all = epoch || left == Some(taken) || p.stop.until.is_some_and(|u| run.reached(u));
                (if all || end == Slice::Diverged { end } else { Slice::TimeUp(f32::NAN) }, taken)
            }
        };
        if let Some(left) = &mut p.stop.steps {
            *left -= taken.min(*left);
        }
        if !matches!(end, Slice::TimeUp(_)) {
            self.playing = None;
            run.measure(now);
        }
    }

    /// Answers the waiting frame when showing has cost little enough, or nothing is training; briefly before that, where
    /// that may be.
    pub(super) fn answer_frame(&mut self, now: &dyn Fn() -> f64, out: &mut Vec<Outgoing>) {
        let mut start = now();
        let busy = self.playing.is_some() || self.training.is_some();
        let whole = !busy || self.frame_at_once || start >= self.frame_free_at;
        let brief = start >= self.brief_at;
        let Some((id, want)) = self.frame.take_if(|(_, want)| match self.training {
            Some(_) if want.between => false,
            Some(_) | None => whole || (want.brief && brief),
        }) else {
            return;
        };
        if let Some(run) = &mut self.run {
            run.watched_until = start + WATCHED_MS;
        }
        if !whole {
            return self.answer_briefly(id, &want, now, out);
        }
        let share = share(self.playing, &want, start);
        let mut apart_ms = 0.0;
        match &mut self.run {
            None => out.push(Outgoing { id, reply: Reply::Frame(Box::default()), buffers: Vec::new() }),
            Some(run) => {
                if !busy && !want.between {
                    run.measure(now);
                    start = now();
                }
                let when = frames::When { running: self.playing.is_some(), share: busy.then_some(share), now };
                let (mut frame, buffers) = frames::answer(run, &want, &when);
                if let Some(asked) = &want.sample {
                    let begun = now();
                    frame.sample = run.samples.get(&mut run.session, asked, now);
                    apart_ms = now() - begun;
                }
                apart_ms += run.answers.take_spent_ms();
                out.push(Outgoing { id, reply: Reply::Frame(Box::new(frame)), buffers });
            }
        }
        // Samples and answers have their own share.
        let end = now();
        let start = start + apart_ms;
        let rest = share * (end - start);
        // One that came before its time makes the next come later; but who scrolls through everything need not wait long.
        self.frame_free_at = (self.frame_free_at.max(end) + rest).min(end + 2.0 * rest);
        if self.playing.is_some_and(|p| p.ms_per_step.is_none()) {
            self.frame_free_at = self.frame_free_at.max(start + FRAME_MS_FLAT_OUT);
        }
        self.frame_at_once = false;
        self.brief_at = end + BRIEF_MS;
    }

    /// How the run stands, while the rest of `want` has to wait.
    fn answer_briefly(&mut self, id: u32, want: &FrameRequest, now: &dyn Fn() -> f64, out: &mut Vec<Outgoing>) {
        let Some(run) = &mut self.run else { return };
        let start = now();
        let when = frames::When { running: self.playing.is_some(), share: None, now };
        let (frame, buffers) = frames::answer(run, &want.brief_part(), &when);
        out.push(Outgoing { id, reply: Reply::Frame(Box::new(Frame { brief: true, ..frame })), buffers });
        let end = now();
        self.brief_at = end + BRIEF_MS.max(BRIEF_SHARE * (end - start));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::run::Stop;

    /// A network that takes a fifth of the time its pace allows is shown often, however many steps one frame takes as long
    /// as; one that cannot keep the pace is not.
    #[test]
    fn slow_motion_is_shown_often_while_it_keeps_its_pace() {
        let want = FrameRequest { confusion: true, ..FrameRequest::default() };
        let at = |late_ms: f64, ms_per_step| {
            let playing = Playing { stop: Stop::default(), ms_per_step, next_step_at: 1000.0 - late_ms, waits: true };
            share(Some(playing), &want, 1000.0)
        };
        assert_eq!([at(-2.0, Some(3.3)), at(40.0, Some(3.3))], [FRAME_SHARE_SLOW; 2]);
        assert_eq!([at(LATE_MS, Some(3.3)), at(-2.0, None), share(None, &want, 0.0)], [FRAME_SHARE_HALVED; 3]);
        assert_eq!(share(None, &FrameRequest::default(), 0.0), FRAME_SHARE);
    }

    /// Asked to give way, a flat-out run rests twice as long as it trains, and only for so long.
    #[test]
    fn giving_way_leaves_two_thirds_of_the_time_for_a_while() {
        let clock = std::cell::Cell::new(0.0);
        let now = || {
            clock.set(clock.get() + 1.0);
            clock.get()
        };
        let experiment = serde_json::to_value(crate::spec::preset::first()).unwrap();
        let mut r = Reactor::new();
        let mut out = Vec::new();
        let mut say = |r: &mut Reactor, c: &crate::protocol::Command| {
            r.message(1, &serde_json::to_string(c).unwrap(), vec![], &now, &mut out);
        };
        say(&mut r, &crate::protocol::Command::Load { experiment });
        say(&mut r, &crate::protocol::Command::Play { until: None, steps_per_s: None });
        say(&mut r, &crate::protocol::Command::GiveWay { ms: 300.0 });
        let rested = |r: &mut Reactor, until: f64| {
            let mut rest = 0.0;
            while clock.get() < until {
                if let Next::At(t) = r.tick(&now, &mut Vec::new()) {
                    rest += (t - clock.get()).max(0.0);
                    clock.set(clock.get().max(t));
                }
            }
            rest
        };
        let while_asked = rested(&mut r, 300.0);
        assert!((180.0..=220.0).contains(&while_asked), "{while_asked} of 300 ms");
        let after = rested(&mut r, 600.0);
        assert!(after <= GIVE_WAY_REST * 2.0 * SLICE_MS, "{after} of 300 ms");
        assert!(out.iter().all(|o| !matches!(o.reply, Reply::Failed(_))));
    }
}
