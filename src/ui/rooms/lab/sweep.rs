//! The sweep: the same network at many depths and gains, each trained a little, and whether it learnt.
//!
//! Pure: which cells there are, in which order, what came out. Not responsible for training them (`sweeper.rs`).

use super::mean_field::Maps;
use super::setup::{Settings, Setup, Shared, Which};
use crate::spec::{Init, InitKind};

/// Depths, bottom to top.
pub const DEPTHS: [usize; 9] = [2, 4, 7, 10, 15, 22, 33, 50, 75];
/// Gains, left to right: even steps of √√2.
pub const GAINS: [f64; 13] = [0.35, 0.42, 0.5, 0.6, 0.71, 0.84, 1.0, 1.19, 1.41, 1.68, 2.0, 2.38, 2.83];
/// Steps of a cell's training that are offered.
pub const STEPS: [u32; 3] = [50, 100, 300];
/// A network has learnt when its loss is below this share of where it would be without learning.
pub const LEARNT: f64 = 0.5;

/// One network of the sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// Not its turn yet.
    Waiting,
    /// Being trained.
    Running,
    /// Trained.
    Done {
        /// Loss on the test part before.
        before: f32,
        /// And after.
        after: f32,
    },
    /// Its numbers left the finite range.
    Diverged,
    /// The worker refused it.
    Refused,
}

/// What a sweep goes over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Everything but depth and gain.
    pub base: Setup,
    /// Data and seed.
    pub shared: Shared,
    /// Steps for each network.
    pub steps: u32,
    /// Loss of guessing: `ln` of the number of classes.
    pub guessing: f64,
}

/// A sweep under way, or done.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// What it goes over.
    pub plan: Plan,
    /// `(depths, gains)`, row-major.
    pub cells: Vec<Cell>,
    /// Whether it goes on.
    pub running: bool,
}

impl Plan {
    /// For side A of these settings. An initialiser without a gain is replaced by the one that `gain` is usual for.
    pub fn of(settings: &Settings, steps: u32) -> Plan {
        let base = settings.sides[Which::A.index()];
        let shared = settings.shared;
        let classes = crate::spec::DataSpec::of(shared.set).info().map_or(2, |info| info.target.classes());
        Plan { base, shared, steps, guessing: (classes.max(2) as f64).ln() }
    }

    /// The initialiser's kind: the base's if it has a gain, else LeCun's normal.
    pub fn init_kind(&self) -> InitKind {
        let kind = self.base.init.kind();
        if kind.param().is_some_and(|p| p.name == "gain") { kind } else { InitKind::LecunNormal }
    }

    /// The set-up of a cell.
    pub fn setup(&self, cell: usize) -> Setup {
        let (row, column) = (cell / GAINS.len(), cell % GAINS.len());
        Setup { depth: DEPTHS[row], init: Init::new(self.init_kind(), Some(GAINS[column])), ..self.base }
    }

    /// The gain at which theory sees gradients neither vanish nor explode; `None` where it says nothing (normalisation,
    /// skip connections) or no gain is critical.
    pub fn critical_gain(&self, maps: &Maps) -> Option<f64> {
        let kind = self.init_kind();
        let plain = super::profile::is_plain(&self.base);
        plain.then(|| maps.critical_gain(self.base.width, &|gain| Init::new(kind, Some(gain))))?
    }

    /// Loss as a share of what it would be without learning: of the first weights' or of guessing, whichever is less.
    pub fn share(&self, cell: Cell) -> Option<f64> {
        match cell {
            Cell::Done { before, after } => Some(f64::from(after) / f64::from(before).min(self.guessing)),
            Cell::Waiting | Cell::Running | Cell::Diverged | Cell::Refused => None,
        }
    }

    /// Whether that network learnt.
    pub fn learnt(&self, cell: Cell) -> bool {
        self.share(cell).is_some_and(|s| s < LEARNT)
    }
}

impl Sweep {
    /// About to begin.
    pub fn new(plan: Plan) -> Sweep {
        Sweep { plan, cells: vec![Cell::Waiting; DEPTHS.len() * GAINS.len()], running: true }
    }

    /// Cells in the order of their turns: a coarse picture first, then ever finer; shallow before deep.
    pub fn order() -> Vec<usize> {
        let level = |cell: &usize| {
            let (row, column) = (cell / GAINS.len(), cell % GAINS.len());
            [4, 2, 1].iter().position(|step| row % step == 0 && column % step == 0).unwrap_or(2)
        };
        let mut all: Vec<usize> = (0..DEPTHS.len() * GAINS.len()).collect();
        crate::spec::order::sort_by_key(&mut all, |cell| (level(cell), *cell));
        all
    }

    /// Cells that are through.
    pub fn done(&self) -> usize {
        self.cells.iter().filter(|c| !matches!(c, Cell::Waiting | Cell::Running)).count()
    }

    /// Ends it; what is there stays.
    pub fn stop(&mut self) {
        self.running = false;
        self.cells.iter_mut().filter(|c| **c == Cell::Running).for_each(|c| *c = Cell::Waiting);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Activation;

    fn plan() -> Plan {
        Plan::of(&Settings::default(), 100)
    }

    #[test]
    fn every_cell_has_its_turn_once_and_coarse_ones_come_first() {
        let mut order = Sweep::order();
        let coarse = |c: &usize| (c / GAINS.len()).is_multiple_of(4) && (c % GAINS.len()).is_multiple_of(4);
        assert!(order[..12].iter().all(coarse));
        order.sort_unstable();
        assert_eq!(order, (0..DEPTHS.len() * GAINS.len()).collect::<Vec<_>>());
        assert!((0..order.len()).all(|c| plan().setup(c).experiment(plan().shared).problems().is_empty()));
    }

    #[test]
    fn learnt_means_better_than_guessing_and_than_the_first_weights() {
        let cell = |before, after| Cell::Done { before, after };
        assert!(plan().learnt(cell(0.69, 0.2)));
        // Half of a terrible beginning is no better than guessing.
        assert!(!plan().learnt(cell(3.2, 1.6)));
        assert!(!plan().learnt(cell(0.69, 0.6)) && !plan().learnt(Cell::Diverged));
    }

    #[test]
    fn theory_draws_its_line_for_plain_networks_only() {
        let maps = Maps::new(Activation::Tanh);
        let line = plan().critical_gain(&maps).unwrap_or(0.0);
        assert!((line - 1.0).abs() < 0.02, "{line}");
        let with_skip = Plan { base: Setup { skip: true, ..plan().base }, ..plan() };
        assert_eq!(with_skip.critical_gain(&maps), None);
    }

    #[test]
    fn stopping_keeps_what_is_there() {
        let mut sweep = Sweep::new(plan());
        sweep.cells[3] = Cell::Diverged;
        sweep.cells[4] = Cell::Running;
        sweep.stop();
        assert_eq!((sweep.done(), sweep.running, sweep.cells[4]), (1, false, Cell::Waiting));
    }
}
