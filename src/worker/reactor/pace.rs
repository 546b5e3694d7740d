//! How the worker's time is shared between training, the mailbox and frames.
//!
//! Training runs in slices, and the mailbox is read between them; a frame that the page has asked for is held back until
//! showing has cost little enough. Not responsible for commands (`reactor`) nor for what a frame holds (`frames`).

use super::{Next, Outgoing, Playing, Reactor, Training, frames, one};
use crate::protocol::{Frame, FrameRequest, Reply, Shown, Trained, Want};
use crate::spec::{Code, Problem};
use crate::worker::run::{Run, Slice, Stop};
use crate::worker::share;

/// Length of a slice of training while the page watches: short enough for any command to feel immediate.
const SLICE_MS: f64 = 8.0;
/// How often a card is asked whether it is done.
const CARD_MS: f64 = 1.0;
/// Length of a slice for `Train`, where nobody waits for frames.
const TRAIN_SLICE_MS: f64 = 40.0;
/// After a frame, curves are measured on the test part for this long: a run that is asked for none has no viewer.
const WATCHED_MS: f64 = 3000.0;
/// Flat out there are at most thirty frames a second, however cheap: what they show costs the page more than the worker,
/// and on two cores that is time which training lacks (the first experiment, steps a second against none shown: 82 % at
/// sixty frames).
const FRAME_MS_FLAT_OUT: f64 = 33.0;
/// Slow motion makes up for steps that came late, but not for more than this: longer than a frame takes to answer.
const LATE_MS: f64 = 250.0;
/// After an answer, a brief one comes so much later at the soonest: ten numbers a second are read as live.
const BRIEF_MS: f64 = 100.0;

/// How many times its own cost a frame begun at `start` is followed by.
fn times(playing: Option<Playing>, want: &FrameRequest, start: f64) -> f64 {
    // By how the pace was kept before this frame, which alone may take longer than many steps.
    let on_time = |p: Playing| p.ms_per_step.is_some() && p.next_step_at > start - LATE_MS / 2.0;
    if playing.is_some_and(on_time) {
        share::FRAME_SLOW
    } else if want.wants.iter().any(Want::is_apart) {
        share::FRAME_HALVED
    } else {
        share::FRAME
    }
}

impl Reactor {
    pub(super) fn play(&mut self, stop: Stop, ms_per_step: Option<f64>, now: f64) {
        self.playing = Some(Playing { stop, ms_per_step, next_step_at: now });
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
        let unseen = self.mailbox.is_empty() && self.frame.is_none();
        let (Some(mut t), Some(run)) = (self.training, &mut self.run) else { return };
        let start = now();
        let (end, taken) = run.train(now, TRAIN_SLICE_MS, Stop { steps: Some(t.left), unseen, ..Stop::default() });
        t.ms += now() - start;
        (t.left, t.taken) = (t.left - taken, t.taken + taken);
        self.training = None;
        let id = t.id;
        match end {
            Slice::TimeUp(_) | Slice::UnderWay => self.training = Some(t),
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
        let flew = self.is_under_way();
        if self.training.is_some() {
            self.train_slice(now, out);
        } else if self.playing.is_some() {
            self.play_slice(now);
        }
        if self.is_under_way() {
            return Next::At(now() + CARD_MS);
        }
        if flew {
            self.read_mailbox(now, out);
        }
        self.answer_frame(now, out);
        self.next()
    }

    /// Whether a card is at it: until it is done, messages wait.
    pub(super) fn is_under_way(&self) -> bool {
        self.run.as_ref().is_some_and(Run::is_under_way)
    }

    /// The messages that came meanwhile.
    fn read_mailbox(&mut self, now: &dyn Fn() -> f64, out: &mut Vec<Outgoing>) {
        for (id, json, buffers) in std::mem::take(&mut self.mailbox) {
            self.message(id, &json, buffers, now, out);
        }
    }

    /// When it wants to be called again.
    pub fn next(&self) -> Next {
        if self.is_under_way() {
            return Next::Now;
        }
        match (&self.training, &self.playing, &self.frame) {
            (Some(_), _, _) => Next::Now,
            (None, Some(p), _) if p.ms_per_step.is_none() => Next::Now,
            (None, Some(p), frame) => {
                // There is time to show what is asked for between two steps.
                let frame_at = frame.as_ref().map_or(f64::INFINITY, |(_, want)| {
                    let whole_at = self.showing.free_at();
                    if want.brief { whole_at.min(self.brief.free_at()) } else { whole_at }
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
        let (end, taken) = match p.ms_per_step {
            None => run.train(now, SLICE_MS, p.stop),
            Some(_) if now() < p.next_step_at && !run.is_under_way() => return,
            Some(ms) => {
                let left = p.stop.steps;
                // Timers are coarse: every step that is due by now.
                let due = ((now() - p.next_step_at) / ms) as u64 + 1;
                let n = due.min(left.unwrap_or(due));
                let (end, taken) = run.train(now, SLICE_MS, Stop { steps: Some(n), ..p.stop });
                p.next_step_at = (p.next_step_at + ms * taken as f64).max(now() - LATE_MS);
                let epoch = p.stop.epoch_end && run.session.at_epoch_end();
                let all = epoch || left == Some(taken) || p.stop.until.is_some_and(|u| run.reached(u));
                let over = all || matches!(end, Slice::Diverged | Slice::UnderWay);
                (if over { end } else { Slice::TimeUp(f32::NAN) }, taken)
            }
        };
        if let Some(left) = &mut p.stop.steps {
            *left -= taken.min(*left);
        }
        if !matches!(end, Slice::TimeUp(_) | Slice::UnderWay) {
            self.playing = None;
            run.measure_at_rest(now);
        }
    }

    /// Answers the waiting frame when showing has cost little enough, or nothing is training; briefly before that, where
    /// that may be.
    pub(super) fn answer_frame(&mut self, now: &dyn Fn() -> f64, out: &mut Vec<Outgoing>) {
        let mut start = now();
        let busy = self.playing.is_some() || self.training.is_some();
        let whole = !busy || self.frame_at_once || self.showing.is_due(start);
        let brief = self.brief.is_due(start);
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
        let times = times(self.playing, &want, start);
        let mut apart_ms = 0.0;
        match &mut self.run {
            None => out.push(Outgoing { id, reply: Reply::Frame(Box::default()), buffers: Vec::new() }),
            Some(run) => {
                if !busy && !want.between {
                    run.measure_at_rest(now);
                    start = now();
                }
                let when = frames::When { running: self.playing.is_some(), share: busy.then_some(times), now };
                let (mut frame, buffers) = frames::answer(run, &want, &when);
                for want in want.wants.iter().filter(|w| matches!(w, Want::Sample(_) | Want::Answers(_) | Want::Probe))
                {
                    let begun = now();
                    let given = match want {
                        Want::Sample(asked) => run.samples.get(&mut run.session, asked, now).map(Shown::Sample),
                        Want::Answers(asked) => {
                            run.solutions.get(&mut run.session, asked, busy, now).map(Shown::Answers)
                        }
                        Want::Probe => run.probing.get(&mut run.session, busy, now).map(Shown::Probe),
                        _ => continue,
                    };
                    frame.shown.extend(given);
                    apart_ms += now() - begun;
                }
                apart_ms += run.answers.take_spent_ms();
                out.push(Outgoing { id, reply: Reply::Frame(Box::new(frame)), buffers });
            }
        }
        // Samples and answers have their own share.
        let end = now();
        self.showing.overdraw(start + apart_ms, end, times);
        if self.playing.is_some_and(|p| p.ms_per_step.is_none()) {
            self.showing.at_least(FRAME_MS_FLAT_OUT - (end - start - apart_ms));
        }
        self.frame_at_once = false;
        self.brief.spend(end, end, share::BRIEF);
        self.brief.at_least(BRIEF_MS);
    }

    /// How the run stands, while the rest of `want` has to wait.
    fn answer_briefly(&mut self, id: u32, want: &FrameRequest, now: &dyn Fn() -> f64, out: &mut Vec<Outgoing>) {
        let Some(run) = &mut self.run else { return };
        let start = now();
        let when = frames::When { running: self.playing.is_some(), share: None, now };
        let (frame, buffers) = frames::answer(run, &want.brief_part(), &when);
        out.push(Outgoing { id, reply: Reply::Frame(Box::new(Frame { brief: true, ..frame })), buffers });
        self.brief.spend(start, now(), share::BRIEF);
        self.brief.at_least(BRIEF_MS);
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
        let want = FrameRequest::of([Want::Confusion]);
        let at = |late_ms: f64, ms_per_step| {
            let playing = Playing { stop: Stop::default(), ms_per_step, next_step_at: 1000.0 - late_ms };
            times(Some(playing), &want, 1000.0)
        };
        assert_eq!([at(-2.0, Some(3.3)), at(40.0, Some(3.3))], [share::FRAME_SLOW; 2]);
        assert_eq!([at(LATE_MS, Some(3.3)), at(-2.0, None), times(None, &want, 0.0)], [share::FRAME_HALVED; 3]);
        assert_eq!(times(None, &FrameRequest::default(), 0.0), share::FRAME);
    }
}
