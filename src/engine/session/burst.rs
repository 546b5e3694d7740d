//! Training on a card: many steps are given to it at once, and what came of them is known when it is done.
//!
//! Until then the session stands where the burst began, but for counters that run ahead; its owner asks it for nothing. A
//! burst in which a loss is no number is taken again on the processor, which finds the step and the value. Not responsible for
//! how long a burst is (`worker::run`).

use super::super::data::Augmenter;
use super::super::data::batch::Batcher;
use super::super::exec::{Fault, KEPT_MAX};
use super::super::nn;
use super::super::optim::Optimizer;
use super::{At, NonFinite, Session, TRAIN};

/// One step of a burst.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stepped {
    /// The batch's loss.
    pub loss: f32,
    /// What it was made of, in the order of [`Session::term_names`].
    pub terms: Vec<f32>,
}

/// What came of a burst: the steps that were fine, and how it ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Landing {
    /// In order.
    pub steps: Vec<Stepped>,
    /// As [`Session::step`].
    pub end: Result<(), NonFinite>,
    /// Why the card was lost; the processor goes on from where the burst began.
    pub lost: Option<Fault>,
}

/// What a step kept.
struct Kept {
    /// Whether the second player had its turn.
    second: bool,
    ends_epoch: bool,
}

/// What runs ahead of the memory while a burst is under way.
pub(super) struct Burst {
    batcher: Batcher,
    augment: Augmenter,
    optimizer: Optimizer,
    second: Option<(Optimizer, f32)>,
    step: u64,
    rows: usize,
    whole: bool,
    kept: Vec<Kept>,
}

impl Session {
    /// Whether a card takes the steps: then in bursts.
    pub fn is_on_card(&mut self) -> bool {
        self.exec.card().is_some()
    }

    /// Whether a card is taking some now.
    pub fn is_in_burst(&self) -> bool {
        self.burst.is_some()
    }

    /// Whether values and gradients are of an earlier step than the parameters: more steps must follow before somebody looks.
    pub fn is_behind(&self) -> bool {
        self.behind
    }

    /// Most steps of one burst.
    pub fn burst_max(&self) -> u64 {
        (KEPT_MAX / (1 + self.term_names().len())) as u64
    }

    /// Gives the card up to so many steps; fewer where an epoch ends, if `epoch` or a schedule looks at it. Nothing without a
    /// card.
    pub fn launch(&mut self, steps: u64, epoch: bool) {
        self.give(steps, epoch, true);
    }

    /// The same where nobody looks before more steps follow: the card keeps to itself what only looks need.
    pub fn launch_unseen(&mut self, steps: u64, epoch: bool) {
        self.give(steps, epoch, false);
    }

    fn give(&mut self, steps: u64, epoch: bool, whole: bool) {
        if self.burst.is_some() || steps == 0 {
            return;
        }
        if !self.is_settled() {
            self.settle();
        }
        let Some(card) = self.exec.card() else { return };
        if !self.held {
            let (x, y) = self.data.train_numbers();
            self.held = card.hold(x, y);
        }
        card.begin();
        // What the card's inputs hold is another matter than what these do.
        self.gathered.clear();
        self.burst = Some(Burst {
            batcher: self.batcher.clone(),
            augment: self.augment.clone(),
            optimizer: self.optimizer.clone(),
            second: self.second.as_ref().map(|s| (s.optimizer.clone(), s.loss)),
            step: self.step,
            rows: self.rows,
            whole,
            kept: Vec::new(),
        });
        let epoch = epoch || self.exp.optimizer.schedule.is_some();
        let steps = steps.min(self.burst_max());
        for left in (0..steps).rev() {
            let ends_epoch = self.card_step(epoch, left == 0);
            if epoch && ends_epoch {
                break;
            }
        }
        if let Some(card) = self.exec.card() {
            card.end(whole);
        }
    }

    /// One step on its way; whether it ends an epoch.
    fn card_step(&mut self, epoch: bool, last: bool) -> bool {
        let rows = self.fill_batch();
        self.exec.forward(TRAIN, rows, self.draws());
        let own = self.train.graph.loss.iter().chain(&self.train.terms);
        let numbers: Vec<At> = own.map(|v| At { plan: TRAIN, loc: self.train.locs[v.0], rows }).collect();
        let ends_epoch = self.batcher.at_epoch_end();
        let watched = self.change.is_asked() && (last || (epoch && ends_epoch));
        if let Some(card) = self.exec.card() {
            card.keep(&numbers);
            if watched {
                card.keep_params();
            }
        }
        self.rows = rows;
        self.exec.backward(TRAIN, rows, 0);
        let hyper = self.optimizer.advance();
        self.exec.update(super::layout::MODEL, &self.penalty, &hyper);
        let turn = self.second_forward(rows);
        if let Some((at, rows)) = turn {
            if let Some(card) = self.exec.card() {
                card.keep(&[at]);
            }
            self.second_moves(rows);
        }
        self.step += 1;
        if let Some(burst) = &mut self.burst {
            burst.kept.push(Kept { second: turn.is_some(), ends_epoch });
        }
        ends_epoch
    }

    /// What came of the burst, once the card is done; `None`: not yet, or nothing was launched.
    pub fn land(&mut self) -> Option<Landing> {
        let numbers = self.burst.as_ref().and(self.exec.card())?.landed()?;
        let burst = self.burst.take()?;
        let numbers = match numbers {
            Ok(numbers) => numbers,
            Err(fault) => {
                // The processor goes on at once.
                self.behind = false;
                self.rewind(burst);
                return Some(Landing { steps: Vec::new(), end: Ok(()), lost: Some(fault) });
            }
        };
        let (steps, losses) = self.unpack(&burst, &numbers);
        let fine = losses.iter().take_while(|l| l.iter().all(|x| x.is_finite())).count();
        if fine < steps.len() {
            return Some(self.again(burst, steps, fine));
        }
        self.behind = !burst.whole;
        let before = self.exec.card().and_then(super::super::exec::Card::accept);
        if let Some(before) = before {
            self.change.before(&before);
            let params = self.whole(super::Space::Params);
            self.change.after(&self.train, self.exec.host().get(params), self.step);
        }
        for (stepped, kept) in steps.iter().zip(&burst.kept) {
            self.account(stepped.loss, kept.ends_epoch);
        }
        if let (Some(second), Some(last)) = (&mut self.second, steps.last().and_then(|s| s.terms.last())) {
            second.loss = *last;
        }
        Some(Landing { steps, end: Ok(()), lost: None })
    }

    /// The steps as they were kept, and for each the losses that decide whether it was fine.
    fn unpack(&self, burst: &Burst, numbers: &[f32]) -> (Vec<Stepped>, Vec<Vec<f32>>) {
        let own = 1 + self.train.terms.len();
        let mut of_second = burst.second.as_ref().map(|(_, loss)| *loss);
        let mut numbers = numbers.iter().copied();
        let mut next = || numbers.next().unwrap_or(f32::NAN);
        let (mut steps, mut losses) = (Vec::new(), Vec::new());
        for kept in &burst.kept {
            let mut stepped = Stepped { loss: next(), terms: (1..own).map(|_| next()).collect() };
            let mut deciding = vec![stepped.loss];
            if kept.second {
                let loss = next();
                deciding.push(loss);
                of_second = Some(loss);
            }
            stepped.terms.extend(of_second);
            steps.push(stepped);
            losses.push(deciding);
        }
        (steps, losses)
    }

    /// Counters back to where a burst began.
    fn rewind(&mut self, burst: Burst) {
        (self.batcher, self.augment, self.optimizer) = (burst.batcher, burst.augment, burst.optimizer);
        (self.step, self.rows) = (burst.step, burst.rows);
        self.gathered.clear();
        if let (Some(second), Some((optimizer, loss))) = (&mut self.second, burst.second) {
            (second.optimizer, second.loss) = (optimizer, loss);
        }
    }

    /// The same steps on the processor, up to the one that was no number on the card.
    fn again(&mut self, burst: Burst, mut steps: Vec<Stepped>, fine: usize) -> Landing {
        let step = burst.step + fine as u64 + 1;
        if let Some(card) = self.exec.card() {
            card.refuse();
        }
        self.rewind(burst);
        self.behind = false;
        steps.truncate(fine);
        for _ in 0..=fine {
            if let Err(e) = self.step() {
                return Landing { steps, end: Err(e), lost: None };
            }
        }
        // On the processor it was just about a number.
        let e = NonFinite { step, value: nn::LOSS.to_string(), lr: self.optimizer.lr(), grad_norm: f64::NAN };
        Landing { steps, end: Err(e), lost: None }
    }
}
