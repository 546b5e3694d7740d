//! The order in which training meets the rows: a fresh shuffle every epoch, cut into batches.
//!
//! As PyTorch's `DataLoader` with `drop_last=False`: the last batch of an epoch is smaller when rows are left over, unless
//! only [`Batcher::whole`] batches are wanted.
//! Not responsible for what a batch is used for.

use super::Dataset;
use crate::engine::rng::Rng;
use crate::spec::problem::{Code, Problem};

/// Hands out the row indices of batch after batch, forever. Allocates only when made and restored.
#[derive(Clone, Debug, PartialEq)]
pub struct Batcher {
    order: Vec<u32>,
    pos: usize,
    epoch: u64,
    batch: usize,
    shuffle: bool,
    /// Rows left over at the end of an epoch are left out.
    whole: bool,
    rng: Rng,
}

/// Words of a saved state before the order: rows, position, epoch, and two of the generator.
const HEADER: usize = 5;

impl Batcher {
    /// Batches of `batch` of the rows `0..rows`, in that order or shuffled every epoch.
    pub fn new(rows: usize, batch: usize, shuffle: bool, rng: Rng) -> Batcher {
        let mut batcher = Batcher {
            order: (0..rows as u32).collect(),
            pos: 0,
            epoch: 0,
            batch: batch.max(1),
            shuffle,
            whole: false,
            rng,
        };
        batcher.start_epoch();
        batcher
    }

    /// Leaves out what fills no batch, `drop_last=True`: for losses that mean something else among fewer rows.
    pub fn whole(self, whole: bool) -> Batcher {
        Batcher { whole, ..self }
    }

    /// Rows of an epoch that are met.
    fn met(&self) -> usize {
        let rows = self.order.len();
        if self.whole && rows >= self.batch { rows - rows % self.batch } else { rows }
    }

    fn start_epoch(&mut self) {
        self.pos = 0;
        if self.shuffle {
            self.rng.shuffle(&mut self.order);
        }
    }

    /// The rows of the next batch; starts the next epoch when the last one is used up. Empty only without rows.
    pub fn next_batch(&mut self) -> &[u32] {
        if self.at_epoch_end() {
            self.epoch += u64::from(!self.order.is_empty());
            self.start_epoch();
        }
        let start = self.pos;
        self.pos = (start + self.batch).min(self.met());
        &self.order[start..self.pos]
    }

    /// Counts the epochs on from `epoch`.
    pub fn from_epoch(self, epoch: u64) -> Batcher {
        Batcher { epoch, ..self }
    }

    /// Number of epochs begun before the one that the last batch belongs to.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Whether the last batch that was handed out ended its epoch.
    pub fn at_epoch_end(&self) -> bool {
        self.pos >= self.met()
    }

    /// Epochs passed, as a number with a fraction: what a learner reads as "epoch 3.25".
    pub fn progress(&self) -> f64 {
        self.epoch as f64 + self.pos as f64 / self.met().max(1) as f64
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.order.len()
    }

    /// Batches in one epoch.
    pub fn steps_per_epoch(&self) -> usize {
        self.met().div_ceil(self.batch)
    }

    /// Changes the batch size from the next batch on, within the running epoch.
    pub fn set_batch(&mut self, batch: usize) {
        self.batch = batch.max(1);
    }

    /// Changes whether rows are shuffled, from the next epoch on. Without shuffling the order stays what it is then.
    pub fn set_shuffle(&mut self, shuffle: bool) {
        self.shuffle = shuffle;
    }

    /// Appends the whole state, so that [`Batcher::restore`] goes on with the very same batches. Batch size and
    /// shuffling are settings, not state: they come from the spec.
    pub fn save(&self, words: &mut Vec<u64>) {
        words.extend([self.order.len() as u64, self.pos as u64, self.epoch]);
        words.extend(self.rng.words());
        let word = |pair: &[u32]| u64::from(pair[0]) | u64::from(pair.get(1).copied().unwrap_or(0)) << 32;
        words.extend(self.order.chunks(2).map(word));
    }

    /// How many words [`Batcher::save`] appends.
    pub fn saved_len(&self) -> usize {
        HEADER + self.order.len().div_ceil(2)
    }

    /// Takes over a saved state; changes nothing when it is not one for this many rows.
    ///
    /// # Errors
    /// [`Code::WrongCheckpoint`].
    pub fn restore(&mut self, words: &[u64]) -> Result<(), Problem> {
        let wrong = || Problem::new("", Code::WrongCheckpoint);
        let (header, packed) = words.split_at_checked(HEADER).ok_or_else(wrong)?;
        let rows = self.order.len();
        if header[0] != rows as u64 || header[1] > rows as u64 || packed.len() != rows.div_ceil(2) {
            return Err(wrong());
        }
        let order: Vec<u32> = packed.iter().flat_map(|w| [*w as u32, (*w >> 32) as u32]).take(rows).collect();
        let mut seen = vec![false; rows];
        for &row in &order {
            match seen.get_mut(row as usize) {
                Some(place) if !*place => *place = true,
                Some(_) | None => return Err(wrong()),
            }
        }
        self.order = order;
        self.pos = header[1] as usize;
        self.epoch = header[2];
        self.rng = Rng::from_words([header[3], header[4]]);
        Ok(())
    }
}

/// Copies rows into batch arrays `(rows.len(), features)` and `(rows.len(), width)`; overwrites. The arrays may be
/// longer. Panics when they are shorter, or a row does not exist.
pub fn gather(data: &Dataset, rows: &[u32], x_out: &mut [f32], y_out: &mut [f32]) {
    copy_rows(&data.x, data.x_width(), rows, x_out);
    copy_rows(&data.y, data.y_width(), rows, y_out);
}

fn copy_rows(from: &[f32], width: usize, rows: &[u32], out: &mut [f32]) {
    for (i, &row) in rows.iter().enumerate() {
        out[i * width..][..width].copy_from_slice(&from[row as usize * width..][..width]);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_epoch_meets_every_row_once_and_keeps_the_small_rest() {
        let mut batcher = Batcher::new(10, 4, true, Rng::new(5, 0));
        let mut orders = Vec::new();
        for epoch in 0..3 {
            let batches: Vec<Vec<u32>> = (0..3).map(|_| batcher.next_batch().to_vec()).collect();
            assert_eq!(batches.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4, 2]);
            assert_eq!((batcher.epoch(), batcher.at_epoch_end()), (epoch, true));
            let mut rows = batches.concat();
            orders.push(rows.clone());
            rows.sort_unstable();
            assert_eq!(rows, (0..10).collect::<Vec<u32>>());
        }
        assert!(orders[0] != orders[1] && orders[1] != orders[2]);
        assert_eq!(Batcher::new(5, 3, false, Rng::new(5, 0)).next_batch(), [0, 1, 2]);
        assert!(Batcher::new(0, 3, true, Rng::new(5, 0)).next_batch().is_empty());
    }

    #[test]
    fn a_restored_batcher_goes_on_with_the_same_batches() {
        for rows in [1, 7, 8] {
            let mut first = Batcher::new(rows, 3, true, Rng::new(5, 0));
            (0..5).for_each(|_| _ = first.next_batch());
            let mut words = Vec::new();
            first.save(&mut words);
            assert_eq!(words.len(), first.saved_len());
            let mut second = Batcher::new(rows, 3, true, Rng::new(99, 0));
            second.restore(&words).unwrap();
            assert_eq!(first, second);
            (0..20).for_each(|_| assert_eq!(first.next_batch().to_vec(), second.next_batch()));
        }
    }

    #[test]
    fn a_state_that_is_none_changes_nothing() {
        let mut batcher = Batcher::new(6, 3, true, Rng::new(5, 0));
        let mut good = Vec::new();
        batcher.save(&mut good);
        let before = batcher.clone();
        let mut twice = good.clone();
        twice[HEADER] = 0; // rows 0 and 0
        let mut beyond = good.clone();
        beyond[1] = 7;
        for words in [&[][..], &good[..5], &good[..7], &twice, &beyond, &[good.as_slice(), &[0]].concat()] {
            assert_eq!(batcher.restore(words).unwrap_err().code, Code::WrongCheckpoint);
            assert_eq!(batcher, before);
        }
    }

    #[test]
    fn a_new_batch_size_takes_effect_within_the_epoch() {
        let mut batcher = Batcher::new(10, 4, false, Rng::new(5, 0));
        batcher.next_batch();
        batcher.set_batch(5);
        assert_eq!(batcher.next_batch(), [4, 5, 6, 7, 8]);
        assert_eq!(batcher.next_batch(), [9]);
    }
}
