//! Where trouble begins, each limit with its reason: chosen between what healthy runs and provoked failures measure
//! (`tests/it/doctor.rs` holds both).
//!
//! Not responsible for judging (`rules`).

/// A limit to pass before something is found, and one to pass back before it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// Found beyond.
    pub on: f64,
    /// Gone behind.
    pub off: f64,
}

impl Limit {
    /// The one that counts now.
    pub fn of(self, found: bool) -> f64 {
        if found { self.off } else { self.on }
    }
}

/// Steps before anything but divergence is judged: the first steps of a healthy run jump about.
pub const AGE_MIN: u64 = 60;
/// Steps before slowness or a constant answer is judged: a plateau at the start is common.
pub const AGE_SLOW: u64 = 200;
/// Share of the targets' width that may lie beyond what can be answered: noise alone goes a little beyond.
pub const BEYOND: f64 = 0.05;
/// Steps before the two networks of a game are judged: at first one is always ahead of the other.
pub const AGE_MADE: u64 = 800;
/// Share of real rows with a made one near. Healthy games on ring and grid reach 0.8; one mode of eight leaves 0.15.
pub const COVERED: Limit = Limit { on: 0.35, off: 0.5 };
/// Both terms of the discriminator together, in nats: 1.39 where it cannot tell, 0.1 where it is right and sure of it.
pub const STRONG_BCE: Limit = Limit { on: 0.1, off: 0.3 };
/// … and the generator's: 0.69 where nobody can tell.
pub const WEAK_BCE: Limit = Limit { on: 4.0, off: 3.0 };
/// The same of squared distances: 0.5 where it cannot tell …
pub const STRONG_SQUARES: Limit = Limit { on: 0.03, off: 0.1 };
/// … and 0.25 of the generator's.
pub const WEAK_SQUARES: Limit = Limit { on: 0.85, off: 0.7 };
/// Steps before a code is judged: it is often empty at first and fills later.
pub const AGE_CODE: u64 = 400;
/// Nats that a code tells of a row. Digits' codes of 2 hold 5, of 20 hold 20; a collapsed one 0.001.
pub const CODE_NATS: Limit = Limit { on: 0.05, off: 0.2 };
/// Share of the first loss that must be gone for a run to count as learning: batches differ by less.
pub const PROGRESS: Limit = Limit { on: 0.05, off: 0.15 };
/// The same where a run may learn in spite of trouble: half of the loss gone proves that it does.
pub const PROGRESS_GOOD: f64 = 0.5;
/// How much of the target a single column may say. In the shipped tables no column says more than 0.7; a copy of the target
/// says all of it, but for slips of the pen.
pub const TOLD: f64 = 0.999;
/// How much of a target column one input column of the same sequence may say. A copy says all of it but for rounding; the step
/// before says up to 0.9999 of a smooth series, and may.
pub const COPIED: f64 = 0.999_999;
/// Share of a layer's units that are 0 on every row of a batch. Healthy ReLU layers were seen at up to 0.75 (points of
/// the plane, small layers); at 0.9 next to nothing passes.
pub const DEAD: Limit = Limit { on: 0.9, off: 0.8 };
/// The same where batches have fewer than [`DEAD_ROWS`] rows: there a live unit rests often.
pub const DEAD_SMALL: Limit = Limit { on: 0.999, off: 0.95 };
/// See [`DEAD_SMALL`].
pub const DEAD_ROWS: usize = 8;
/// Share of numbers in the flat ends. Healthy tanh layers reach 0.85 once they have learned; without progress they
/// stay below 0.45.
pub const SATURATED: Limit = Limit { on: 0.7, off: 0.6 };
/// Share of the first loss that must be gone in spite of saturation: it makes training slow, not impossible.
pub const PROGRESS_SATURATED: Limit = Limit { on: 0.2, off: 0.35 };
/// Where nearly all numbers lie there, nobody has got that far by learning …
pub const SATURATED_ALL: Limit = Limit { on: 0.95, off: 0.9 };
/// … so more may be gone: networks drawn that way creep on for thousands of steps and end at two thirds.
pub const PROGRESS_SATURATED_ALL: Limit = Limit { on: 0.6, off: 0.75 };
/// First layer's weight gradient over the last one's. Healthy: above 0.05 (10 tanh layers 0.3, LSTM 0.2); 10 sigmoid
/// layers: 10⁻⁸.
pub const VANISHING: Limit = Limit { on: 1e-4, off: 1e-3 };
/// Weights below this share of the first measured, the shares of all layers multiplied: they were pulled to zero, and
/// gradients with them.
pub const SHRUNK: f64 = 0.5;
/// Norm of the whole gradient. Healthy: up to 20 for a moment (deep residual); ReLU layers at twice He's spread: 10⁴.
pub const EXPLODING: Limit = Limit { on: 200.0, off: 100.0 };
/// Loss of now over the first: at this it has risen for sure.
pub const RISEN: Limit = Limit { on: 1.05, off: 1.0 };
/// Highest loss over the first: a jump that large comes from a step too long.
pub const JUMP: f64 = 2.0;
/// Largest step of a layer over its weights. Healthy: 0.03 in the first steps, a thousandth later.
pub const LARGE_UPDATE: Limit = Limit { on: 0.05, off: 0.01 };
/// Spread of the batches' losses over their mean: jumping about. Healthy plateaus: 0.02.
pub const JITTER: f64 = 0.05;
/// The whole step over the whole of the weights: below, a thousand steps change the weights by a tenth at most, if
/// all went one way. Healthy before it has learned: above 10⁻⁴ even for plain SGD.
pub const SMALL_UPDATE: Limit = Limit { on: 5e-5, off: 1e-4 };
/// A good step over the weights: what "too low" is raised to.
pub const GOOD_UPDATE: f64 = 3e-3;
/// Share of the commonest answer that counts as "always the same".
pub const SAME_ANSWER: f64 = 0.995;
/// Spread of answers over that of targets that counts as "always the same".
pub const SAME_NUMBER: f64 = 0.01;
/// Measurements on the test part before over-fitting is judged.
pub const TEST_POINTS: usize = 20;
/// Rise of the test loss over its lowest …
pub const TEST_RISE: Limit = Limit { on: 1.15, off: 1.05 };
/// … and by at least this share of the first loss.
pub const TEST_RISE_OF_START: f64 = 0.05;
/// The same where as many answers are right as before: the network grows surer of its mistakes, which a loss that has risen
/// by half shows beyond chance …
pub const TEST_RISE_SURE: Limit = Limit { on: 1.5, off: 1.3 };
/// … and by this share of the first loss.
pub const TEST_RISE_SURE_OF_START: f64 = 0.08;
/// The training loss must have fallen to this share meanwhile.
pub const TRAIN_FALL: f64 = 0.9;
/// Learned by heart from the first: the test loss as bad as knowing nothing …
pub const BY_HEART_TEST: Limit = Limit { on: 0.97, off: 0.93 };
/// … while the training loss has fallen to this share of the first.
pub const BY_HEART_TRAIN: f64 = 0.85;
/// What the nearest neighbours reach on the training part beyond the network's own accuracy or R² (their measure is of one
/// row left out, so a network has it easier): healthy plateaus are above them.
pub const GAP: Limit = Limit { on: 0.1, off: 0.05 };
/// A plateau: the training loss has fallen by less than this share over the last third of the run.
pub const PLATEAU: f64 = 0.02;
/// … or by less than this, where neighbours are better by [`GAP_WIDE`]: a thousand steps more would not change that.
pub const CRAWL: f64 = 0.1;
/// See [`CRAWL`].
pub const GAP_WIDE: f64 = 0.2;
/// Steps before a plateau is one, where the network is a straight line …
pub const AGE_STRAIGHT: u64 = 400;
/// … and where it bends: there a plateau may end by itself.
pub const AGE_PLATEAU: u64 = 2000;
/// Passes over the training rows before that: with few rows a step many steps are few.
pub const PLATEAU_EPOCHS: f64 = 20.0;
/// Steps before inputs are said to tell nothing of the classes …
pub const AGE_UNRELATED: u64 = 300;
/// … and passes over the training rows: most data show something by then.
pub const EPOCHS_UNRELATED: f64 = 10.0;
/// What is answered rightly is chance up to so many standard errors above guessing.
pub const CHANCE_ERRORS: f64 = 3.0;
/// Where one class is more of the rows than this, always naming it is hard to beat, whatever the inputs say.
pub const GUESS_MAX: f64 = 0.7;
/// Where those errors are more than this, the rows are too few to tell chance from knowing.
pub const CHANCE_MOST: f64 = 0.15;
/// A class is rare when its rows are less than this share of an even part.
pub const RARE: f64 = 0.5;
/// Fewest rows of a class that something can be said about.
pub const RARE_ROWS: u32 = 3;
/// Recall of a class that is never named.
pub const NO_RECALL: f64 = 0.0;
/// Rows that batch norm needs to tell anything.
pub const NORM_ROWS: usize = 2;
/// A test accuracy that has lost this much has got worse: a classifier that only grows too sure of itself is let be.
pub const ACCURACY_LOST: f64 = 0.02;
/// … and more than so many standard errors of it: held-out runs with batch norm on 142 test rows were seen to lose three.
pub const ERRORS: f64 = 2.0;
/// A test loss at this share of the first is as bad as knowing nothing, whatever the accuracy says.
pub const AS_BAD_AS_NOTHING: f64 = 0.9;
/// Gradient of the first time step over the last one's, too small to learn from …
pub const VANISHING_TIME: Limit = Limit { on: 1e-4, off: 1e-3 };
/// … and too large; in a wild network it differs by decades from look to look.
pub const EXPLODING_TIME: Limit = Limit { on: 1e3, off: 10.0 };
/// The same where first weights were drawn by hand and nothing is learned: those of twice an orthogonal matrix give a tenth to
/// one, and learn; of three times a hundred over twenty steps, and learn nothing. PyTorch's own stay below one.
pub const EXPLODING_TIME_DRAWN: Limit = Limit { on: 10.0, off: 3.0 };
/// What binary cross-entropy must cost at best before that is worth a word; uniform targets leave a half.
pub const FLOOR: f64 = 0.1;
/// First loss over that of guessing, from which on inputs are too large: on numbers from 0 to 1 the same network begins below 1.2.
pub const FIRST_OVER_GUESSING: f64 = 3.0;
