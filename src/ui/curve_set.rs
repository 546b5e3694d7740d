//! Everything the curves plot shows, computed once: which lines, smoothed, on which axes.
//!
//! Not responsible for drawing. Pure, tested natively.

use crate::protocol::CurvePoint;
use crate::ui::plots::axis::Axis;
use crate::ui::plots::series::{self, Point, Series};
use crate::ui::state::{CurveShow, CurveView, KeptRun};

/// Whose line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The run under way.
    This,
    /// A kept run, by its index.
    Kept(usize),
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Whose.
    pub owner: Owner,
    /// Measured on the test part (dashed) or in training (solid).
    pub test: bool,
    /// Which term of the loss, where it is one.
    pub term: Option<usize>,
    /// As measured; empty where nothing is smoothed away.
    pub raw: Vec<Point>,
    /// What is drawn and read.
    pub points: Vec<Point>,
    /// Smallest and largest loss of the batches behind a point: step, low, high. Empty where a point is one batch.
    pub band: Vec<(f64, f64, f64)>,
}

/// All lines and their axes.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveSet {
    /// Steps.
    pub x: Axis,
    /// Loss or metric.
    pub y: Axis,
    /// This run's last, so that they lie on top; of each run's what was measured seldom, else noise would hide it.
    pub lines: Vec<Line>,
    /// A height to compare with: what always naming the commonest class reaches.
    pub mark: Option<f64>,
}

impl CurveSet {
    /// What is to be shown of this run and the kept ones.
    pub fn new(curves: &[CurvePoint], kept: &[KeptRun], view: CurveView) -> CurveSet {
        let shown = kept.iter().enumerate().filter(|(_, run)| run.shown);
        let kept = shown.map(|(i, run)| (Owner::Kept(i), run.curves.as_slice()));
        let lines: Vec<Line> = kept
            .chain([(Owner::This, curves)])
            .flat_map(|(owner, curve)| lines_of(owner, curve, view))
            .filter(|l| !l.points.is_empty())
            .collect();
        let steps = || lines.iter().flat_map(|l| l.points.iter().map(|p| p.0));
        let band = band_range(&lines);
        let values = || lines.iter().flat_map(|l| l.points.iter().map(|p| p.1)).chain(band.iter().copied());
        let last = steps().fold(0.0, f64::max);
        // A run of few steps still has whole numbers on its axis.
        let x = Axis::between(0.0, last.max(5.0), 5);
        let y = if view.log { Axis::log(values(), 5) } else { Axis::linear(values(), 5) };
        CurveSet { x, y, lines, mark: None }
    }

    /// With a height to compare with, which the axis holds too.
    pub fn marked(mut self, mark: Option<f64>, log: bool) -> CurveSet {
        let values = self.lines.iter().flat_map(|l| l.points.iter().map(|p| p.1)).chain(mark);
        let values: Vec<f64> = values.collect();
        if mark.is_some() {
            self.y = if log { Axis::log(values.into_iter(), 5) } else { Axis::linear(values.into_iter(), 5) };
            self.mark = mark;
        }
        self
    }

    /// Whether there is anything to draw.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The latest value of this run's line.
    pub fn latest(&self, test: bool) -> Option<Point> {
        self.lines.iter().find(|l| l.owner == Owner::This && l.test == test)?.points.last().copied()
    }

    /// The measured step nearest to `x` (of this run if it has any points).
    pub fn nearest_step(&self, x: f64) -> Option<f64> {
        let near = |l: &Line| series::nearest(&l.points, x);
        let trained = self.lines.iter().rev().filter(|l| !l.test).find_map(near);
        trained.or_else(|| self.lines.iter().rev().find_map(near)).map(|p| p.0)
    }
}

/// What is to be shown of one run.
fn lines_of(owner: Owner, curve: &[CurvePoint], view: CurveView) -> Vec<Line> {
    let series = match view.show {
        CurveShow::Loss => vec![Series::TrainLoss, Series::TestLoss],
        CurveShow::Metric => vec![Series::TrainMetric, Series::TestMetric],
        // Terms of kept runs would be a thicket.
        CurveShow::Terms if owner != Owner::This => Vec::new(),
        CurveShow::Terms => (0..curve.iter().map(|p| p.terms.len()).max().unwrap_or(0)).map(Series::Term).collect(),
    };
    series.into_iter().map(|s| line(owner, s, curve, view)).collect()
}

fn line(owner: Owner, series: Series, curve: &[CurvePoint], view: CurveView) -> Line {
    let test = matches!(series, Series::TestLoss | Series::TestMetric);
    let term = if let Series::Term(i) = series { Some(i) } else { None };
    let raw = series.points(curve);
    let points = series::smooth(&raw, f64::from(view.smoothing));
    let has_band = series == Series::TrainLoss && owner == Owner::This;
    let band = if has_band { band(curve) } else { Vec::new() };
    Line { owner, test, term, raw: if view.smoothing > 0.0 { raw } else { Vec::new() }, points, band }
}

fn band(curve: &[CurvePoint]) -> Vec<(f64, f64, f64)> {
    if curve.iter().all(|p| p.train_min.is_none()) {
        return Vec::new();
    }
    let finite = curve.iter().filter(|p| p.train_loss.is_finite());
    let of = |v: Option<f32>, p: &CurvePoint| f64::from(v.unwrap_or(p.train_loss));
    finite.map(|p| (p.step as f64, of(p.train_min, p), of(p.train_max, p))).collect()
}

/// What the axis shows of bands: all but the outermost fiftieth, so that one odd batch does not flatten the curves.
fn band_range(lines: &[Line]) -> Vec<f64> {
    let mut ends: Vec<f64> = lines.iter().flat_map(|l| l.band.iter().flat_map(|b| [b.1, b.2])).collect();
    crate::spec::order::sort_by(&mut ends, f64::total_cmp);
    let cut = ends.len() / 50;
    ends.get(cut).into_iter().chain(ends.len().checked_sub(cut + 1).and_then(|i| ends.get(i))).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    const VIEW: CurveView = CurveView { log: false, smoothing: 0.0, show: CurveShow::Loss };

    fn curve(n: u64) -> Vec<CurvePoint> {
        let point = |i: u64| CurvePoint {
            step: i * 10,
            train_loss: 1.0 / (1.0 + i as f32),
            test_loss: i.is_multiple_of(2).then_some(0.5),
            ..CurvePoint::default()
        };
        (0..n).map(point).collect()
    }

    #[test]
    fn kept_runs_lie_below_and_widen_the_axes() {
        let kept = [
            KeptRun { label: "a".into(), curves: Rc::new(curve(200)), shown: true, ..KeptRun::default() },
            KeptRun { label: "b".into(), curves: Rc::new(curve(9)), shown: false, ..KeptRun::default() },
        ];
        let set = CurveSet::new(&curve(5), &kept, VIEW);
        assert_eq!(set.x.high, 1990.0);
        let owners: Vec<_> = set.lines.iter().map(|l| (l.owner, l.test)).collect();
        let (k, t) = (Owner::Kept(0), Owner::This);
        assert_eq!(owners, [(k, false), (k, true), (t, false), (t, true)]);
        assert_eq!(set.latest(false), Some((40.0, f64::from(0.2_f32))));
        assert_eq!(set.nearest_step(1e9), Some(40.0));
        assert_eq!(set.nearest_step(11.0), Some(10.0), "not only steps that were tested");
    }

    #[test]
    fn a_thinned_curve_has_a_band_around_its_mean_and_a_raw_one_has_none() {
        let thin = |i: u64| CurvePoint {
            step: 2 * i,
            train_loss: 1.0,
            train_min: Some(0.5),
            train_max: Some(if i == 70 { 900.0 } else { 2.0 }),
            ..CurvePoint::default()
        };
        let curve: Vec<CurvePoint> = (1..=100).map(thin).collect();
        let set = CurveSet::new(&curve, &[], CurveView { smoothing: 0.9, ..VIEW });
        assert_eq!((set.lines[0].band.len(), set.lines[0].band[3]), (100, (8.0, 0.5, 2.0)));
        assert!(set.y.low <= 0.5 && (2.0..10.0).contains(&set.y.high), "one odd batch: {}", set.y.high);
        assert!(CurveSet::new(&super::tests::curve(9), &[], VIEW).lines.iter().all(|l| l.band.is_empty()));
        assert!(CurveSet::new(&curve, &[], CurveView { show: CurveShow::Metric, ..VIEW }).is_empty());
    }

    #[test]
    fn no_points_one_point_and_unmeasured_metrics_make_no_trouble() {
        assert!(CurveSet::new(&[], &[], VIEW).is_empty());
        let one = CurveSet::new(&curve(1), &[], CurveView { log: true, ..VIEW });
        assert_eq!(one.lines.len(), 2);
        assert!(one.x.high > one.x.low && one.y.high > one.y.low);
        assert!(CurveSet::new(&curve(5), &[], CurveView { show: CurveShow::Metric, ..VIEW }).is_empty());
    }

    #[test]
    fn terms_are_a_line_each_of_this_run_alone() {
        let point = |step: u64| CurvePoint { step, terms: vec![1.0, step as f32, f32::NAN], ..CurvePoint::default() };
        let curve: Vec<CurvePoint> = (1..9).map(point).collect();
        let kept = [KeptRun { curves: Rc::new(curve.clone()), shown: true, ..KeptRun::default() }];
        let set = CurveSet::new(&curve, &kept, CurveView { show: CurveShow::Terms, ..VIEW });
        let terms: Vec<_> = set.lines.iter().map(|l| (l.owner, l.term)).collect();
        assert_eq!(terms, [0, 1, 2].map(|i| (Owner::This, Some(i))));
        assert_eq!((set.y.low <= 1.0, set.y.high >= 8.0), (true, true));
        assert!(CurveSet::new(&super::tests::curve(9), &[], CurveView { show: CurveShow::Terms, ..VIEW }).is_empty());
    }

    #[test]
    fn a_curve_of_nothing_finite_still_has_axes() {
        let nan = [CurvePoint { train_loss: f32::NAN, ..CurvePoint::default() }];
        for log in [false, true] {
            let set = CurveSet::new(&nan, &[], CurveView { log, smoothing: 0.9, show: CurveShow::Loss });
            assert!(set.y.high > set.y.low);
        }
    }
}
