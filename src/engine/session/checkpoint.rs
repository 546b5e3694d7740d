//! Checkpoints: everything that a run needs to go on with the same bits, in one block of bytes.
//!
//! Layout (little-endian): magic `GRDC`, version, fingerprint of the parameters' names and shapes, the optimizer's rule,
//! counters and generators as words, then the arenas. Not responsible for keeping or thinning checkpoints (`worker`).

use super::super::graph::{Role, Space};
use super::super::optim::{Kind, Progress};
use super::super::rng::Rng;
use super::Session;
use super::start::slots;
use crate::spec::{Code, Problem};

/// `GRDC`.
const MAGIC: u32 = u32::from_le_bytes(*b"GRDC");
/// Raised when the layout changes.
const VERSION: u32 = 4;
/// The arenas in it, in this order.
const ARENAS: [Space; 3] = [Space::Params, Space::State, Space::Buffers];

/// A run at one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// The step.
    pub step: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Where the second player's rule stands in the word of rules, when it is another than the first one's.
const SECOND_RULE: u64 = 8;

/// Places in [`Kind::ALL`]: the first player's, and one more than the second's where that is another.
fn rules_word((first, second): (Kind, Option<Kind>)) -> u64 {
    let place = |kind: Kind| Kind::ALL.iter().position(|k| *k == kind).unwrap_or(0) as u64;
    let other = second.filter(|kind| *kind != first).map_or(0, |kind| (place(kind) + 1) << SECOND_RULE);
    place(first) | other
}

fn rules_of(word: u64, two: bool) -> Option<(Kind, Option<Kind>)> {
    let kind = |place: u64| usize::try_from(place).ok().and_then(|i| Kind::ALL.get(i)).copied();
    let first = kind(word & ((1 << SECOND_RULE) - 1))?;
    match (word >> SECOND_RULE).checked_sub(1) {
        None => Some((first, two.then_some(first))),
        Some(place) if two => Some((first, Some(kind(place)?))),
        Some(_) => None,
    }
}

impl Session {
    /// FNV-1a over names and shapes of parameters and buffers: two runs with the same fingerprint can exchange checkpoints,
    /// whatever their optimizers.
    fn fingerprint(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        let mut eat =
            |bytes: &[u8]| bytes.iter().for_each(|b| hash = (hash ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3));
        for v in &self.train.graph.values {
            if v.role.is_param() || matches!(v.role, Role::Buffer { .. }) {
                eat(v.name.as_bytes());
                v.dims.iter().for_each(|d| eat(&d.to_le_bytes()));
            }
        }
        eat(&(self.data.n_train as u64).to_le_bytes());
        hash
    }

    fn words(&self) -> Vec<u64> {
        let mut words = vec![self.fingerprint(), self.step, rules_word(self.states())];
        words.extend(self.augment.rng.words());
        words.extend([self.epoch_loss.0.to_bits(), self.epoch_loss.1]);
        words.extend(self.optimizer.progress.words());
        self.second.iter().for_each(|s| words.extend(s.optimizer.progress.words()));
        self.batcher.save(&mut words);
        words
    }

    /// The whole state of the run.
    pub fn checkpoint(&self) -> Checkpoint {
        let words = self.words();
        let arenas = ARENAS.map(|space| self.exec.host().get(self.whole(space)));
        let floats: usize = arenas.iter().map(|a| a.len()).sum();
        let mut bytes = Vec::with_capacity(8 + words.len() * 8 + floats * 4);
        bytes.extend(MAGIC.to_le_bytes());
        bytes.extend(VERSION.to_le_bytes());
        words.iter().for_each(|w| bytes.extend(w.to_le_bytes()));
        for arena in arenas {
            arena.iter().for_each(|x| bytes.extend(x.to_le_bytes()));
        }
        Checkpoint { step: self.step, bytes }
    }

    /// Goes back (or on) to a checkpoint of the same network; training from here, with the settings of then, gives the same
    /// bits as it did then. Under another optimizer than the checkpoint's the next step starts with fresh state.
    ///
    /// # Errors
    /// [`Code::OldCheckpoint`] if another version wrote it, [`Code::WrongCheckpoint`] if the bytes are not a checkpoint of
    /// this network; nothing changes then.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let wrong = || Problem::new("", Code::WrongCheckpoint);
        let n_words = self.words().len();
        let head = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        if head(0) != Some(MAGIC) {
            return Err(wrong());
        }
        if let Some(version) = head(4).filter(|v| *v != VERSION) {
            return Err(Problem::new("", Code::OldCheckpoint).arg("got", version).arg("known", VERSION));
        }
        if bytes.len() < 8 + n_words * 8 {
            return Err(wrong());
        }
        let (head, tail) = bytes[8..].split_at(n_words * 8);
        // chunks_exact(8) gives slices of 8 bytes, so the copies below cannot fail.
        let words: Vec<u64> = head.chunks_exact(8).map(|c| u64::from_le_bytes(std::array::from_fn(|i| c[i]))).collect();
        let rules = rules_of(words[2], self.second.is_some()).ok_or_else(wrong)?;
        let len = |space| self.layout.whole(space).size;
        let floats = len(Space::Params) * (1 + slots(rules.0, rules.1)) + len(Space::Buffers);
        if words[0] != self.fingerprint() || tail.len() != floats * 4 {
            return Err(wrong());
        }
        let progress = |k: usize| Progress::from_words(std::array::from_fn(|i| words[7 + k * Progress::WORDS + i]));
        let progress_end = 7 + Progress::WORDS * (1 + usize::from(self.second.is_some()));
        self.batcher.restore(&words[progress_end..])?;
        self.step = words[1];
        // No step has been taken since: what the plan holds is of another one.
        self.rows = 0;
        self.augment.rng = Rng::from_words([words[3], words[4]]);
        self.epoch_loss = (f64::from_bits(words[5]), words[6]);
        self.optimizer.progress = progress(0);
        self.second.iter_mut().for_each(|s| s.optimizer.progress = progress(1));
        self.hold_states_of(rules);
        let mut numbers = tail.chunks_exact(4).map(|c| f32::from_le_bytes(std::array::from_fn(|i| c[i])));
        for at in ARENAS.map(|space| self.whole(space)) {
            let arena: Vec<f32> = numbers.by_ref().take(at.loc.size).collect();
            self.exec.write(at, &arena);
        }
        // A gradient that was no number must not outlive the failure between parameters, where nothing overwrites it.
        self.exec.fill(self.whole(Space::Grads), 0.0);
        Ok(())
    }
}
