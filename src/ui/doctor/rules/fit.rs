//! How the network fits: too well, what it was shown is learned by heart; or too badly, it cannot do what the data allow.
//!
//! Not responsible for why nothing is learned at all (`inside`, `loss`).

use super::super::course::is_worse;
use super::super::limits::{
    ACCURACY_LOST, AGE_PLATEAU, AGE_SLOW, AGE_STRAIGHT, AS_BAD_AS_NOTHING, BY_HEART_TEST, BY_HEART_TRAIN, CRAWL,
    ERRORS, GAP, GAP_WIDE, PLATEAU, PLATEAU_EPOCHS, SMALL_UPDATE, TEST_POINTS, TEST_RISE, TEST_RISE_OF_START,
    TEST_RISE_SURE, TEST_RISE_SURE_OF_START, TRAIN_FALL,
};
use super::super::remedy::{less_noise, more_rows, offers, regularise};
use super::super::surgery::{self, is_straight};
use super::super::vitals::{Vitals, mean};
use super::super::{Evidence, Finding, Kind, Measure, Remedy, Role, Side};
use super::{Case, finding, loss};
use crate::protocol::{Best, CurvePoint};
use crate::spec::{Activation, DataInfo, Experiment, Field, LayerKind, Target};

/// Layers with fewer units are the first thing to mend.
const NARROW: usize = 6;
/// Test measurements that one mean is taken over.
const MEAN_OF: usize = 5;

/// A measurement on the test part with the training loss around it.
struct Measured {
    step: f64,
    test: f64,
    train: f64,
    metric: Option<f64>,
}

/// Means over a few measurements each, oldest first.
fn measured(curves: &[CurvePoint], from: u64) -> Vec<Measured> {
    let tested: Vec<(usize, &CurvePoint)> =
        curves.iter().enumerate().filter(|(_, p)| p.step >= from && p.test_loss.is_some_and(f32::is_finite)).collect();
    let part = (tested.len() / TEST_POINTS).max(1).max(MEAN_OF);
    let one = |c: &[(usize, &CurvePoint)]| {
        let ((first, _), (last, p)) = (c.first()?, c.last()?);
        Some(Measured {
            step: p.step as f64,
            test: mean(c.iter().filter_map(|(_, p)| p.test_loss.map(f64::from)))?,
            train: mean(curves[*first..=*last].iter().map(|p| f64::from(p.train_loss)))?,
            metric: mean(c.iter().filter_map(|(_, p)| p.test_metric.map(f64::from))),
        })
    };
    // Whole parts, the newest complete.
    tested[tested.len() % part..].chunks(part).filter_map(one).collect()
}

/// The test loss has been rising for long while the training loss still falls, or never fell while that did.
pub fn over(c: &Case, found: bool) -> Option<Finding> {
    let start = c.trend?.start;
    let parts = measured(&c.v.curves, c.v.from);
    if parts.len() * MEAN_OF < TEST_POINTS {
        return None;
    }
    let now = parts.last()?;
    let learns = now.train <= BY_HEART_TRAIN * start && c.v.age() >= AGE_SLOW;
    let never = BY_HEART_TEST.of(found) * start;
    // Quantities, series above all, may be larger in the test part: there no first loss says what knowing nothing costs.
    let by_heart = c.e.task.kind.by_class() && learns && now.test >= never;
    let limit = risen(c, &parts, start, found).or(by_heart.then_some(never))?;
    let line = |of: fn(&Measured) -> f64| parts.iter().map(|m| (m.step, of(m))).collect();
    let evidence = Evidence {
        measure: Measure::Loss,
        names: Vec::new(),
        lines: vec![(Role::Train, line(|m| m.train)), (Role::Test, line(|m| m.test))],
        value: now.test,
        limit: Some(limit),
        side: Side::Above,
        log: false,
    };
    // What lies there unused helps more than anything that is done to the network.
    let back = best_step(c, start, now).map(|step| Remedy::GoBack { step });
    let own = [regularise(c.e, c.v.rows)];
    Some(finding(
        Kind::Overfitting,
        evidence,
        offers(c.e, more_rows(c.e).into_iter().chain(back).chain(own).chain(less_noise(c.e))),
    ))
}

/// The step of the lowest test loss, if it is worth going back to and did not answer worse than the network does now.
fn best_step(c: &Case, start: f64, now: &Measured) -> Option<u64> {
    let good = |b: &Best| {
        let metric = now.metric.zip(b.metric.map(f64::from));
        b.step > c.v.from && !metric.is_some_and(|(now, then)| is_worse(c.v, now, then))
    };
    let of = |p: &CurvePoint| Some(Best { step: p.step, loss: p.test_loss?, metric: p.test_metric });
    // The curve of a long run has lost its best point, the best of all has not; but that one may have answered badly.
    let tested = c.v.best.into_iter().chain(c.v.curves.iter().filter_map(of)).filter(good);
    let best = tested.min_by(|a, b| a.loss.total_cmp(&b.loss));
    best.filter(|b| f64::from(b.loss) < AS_BAD_AS_NOTHING * start).map(|b| b.step)
}

/// The limit that the test loss has passed on its way up from its lowest; `None` if it has not, or not for long.
fn risen(c: &Case, parts: &[Measured], start: f64, found: bool) -> Option<f64> {
    let best = parts.iter().enumerate().min_by(|a, b| a.1.test.total_cmp(&b.1.test))?.0;
    let (low, now) = (&parts[best], parts.last()?);
    // Sustained: a quarter of the way at least, and worse in its second half than in its first.
    let after = &parts[best + 1..];
    let (one, two) = after.split_at(after.len() / 2);
    let rises = mean(two.iter().map(|m| m.test))? > mean(one.iter().map(|m| m.test))?;
    let long = after.len() >= 4 && (now.step - low.step) >= (0.2 * now.step).max(AGE_SLOW as f64 / 2.0);
    let falls = now.train < if found { low.train } else { TRAIN_FALL * low.train };
    if !(long && falls && (rises || found)) {
        return None;
    }
    let best_metric = parts.iter().filter_map(|m| m.metric).fold(f64::MIN, f64::max);
    let lost = ACCURACY_LOST.max(ERRORS * c.v.standard_error(best_metric));
    let worse = now.metric.is_some_and(|m| m < best_metric - if found { 0.5 * lost } else { lost })
        || now.test > AS_BAD_AS_NOTHING * start;
    let by_class = c.e.task.kind.by_class();
    let (rise, of_start) =
        if by_class && !worse { (TEST_RISE_SURE, TEST_RISE_SURE_OF_START) } else { (TEST_RISE, TEST_RISE_OF_START) };
    let limit = (low.test * rise.of(found)).max(low.test + of_start * start);
    (now.test >= limit).then_some(limit)
}

/// Whether what the nearest neighbours reach should be asked for: it costs a moment, once.
pub fn wants_neighbours(v: &Vitals, e: &Experiment) -> bool {
    v.age() >= AGE_STRAIGHT / 2 && e.data_info().is_some_and(|info| has_neighbours(&info))
}

fn has_neighbours(info: &DataInfo) -> bool {
    let one = match &info.target {
        Target::Classes { .. } => true,
        Target::Values { .. } => info.target.width() == 1,
        Target::Steps { .. } => false,
    };
    one && info.tokens.is_none()
}

/// The training loss stands still, though the rows of the data tell each other's targets far better than the network does.
pub fn under(c: &Case, found: bool) -> Option<Finding> {
    let layers = &c.e.model.layers;
    let straight = is_straight(layers);
    if c.v.age() < if straight { AGE_STRAIGHT } else { AGE_PLATEAU } {
        return None;
    }
    // A cause inside shows first, where the inside is measured.
    c.v.recent(loss::update).filter(|now| *now >= SMALL_UPDATE.on)?;
    let epochs = (c.v.age() * c.e.training.batch as u64) as f64 / c.v.rows.max(1) as f64;
    if epochs < PLATEAU_EPOCHS {
        return None;
    }
    let limit = c.v.neighbours? - GAP.of(found);
    let points = || c.v.curves.iter().filter(|p| p.step > c.v.from);
    let metric: Vec<(f64, f64)> = points().filter_map(|p| Some((p.step as f64, p.train_metric?.into()))).collect();
    let now = mean(metric.iter().rev().take(MEAN_OF).map(|p| p.1))?;
    let slow = if c.v.neighbours? - now > GAP_WIDE { CRAWL } else { PLATEAU };
    if now >= limit || !stands_still(c, slow) {
        return None;
    }
    let evidence = Evidence {
        measure: Measure::TrainMetric,
        names: Vec::new(),
        lines: vec![(Role::Value, metric)],
        value: now,
        limit: Some(limit),
        side: Side::Below,
        log: false,
    };
    Some(finding(Kind::Underfitting, evidence, offers(c.e, more_of_it(c.e, straight))))
}

/// Whether the loss of the last third of the run is that of the third before, but for such a share.
fn stands_still(c: &Case, slow: f64) -> bool {
    let own = &c.v.curves[c.v.curves.partition_point(|p| p.step <= c.v.from)..];
    let third = own.len() / 3;
    let part = |p: &[CurvePoint]| mean(p.iter().map(|p| f64::from(p.train_loss)).filter(|l| l.is_finite()));
    let parts = part(&own[third..2 * third]).zip(part(&own[own.len() - third..]));
    third > 0 && parts.is_some_and(|(before, last)| before - last < slow * before)
}

/// First without what holds the network down, then more of it.
fn more_of_it(e: &Experiment, straight: bool) -> Vec<Remedy> {
    let drops = |l: &crate::spec::Layer| matches!(l.kind, LayerKind::Dropout(_) | LayerKind::Dropout2d(_));
    let held = e.training.l1 > 0.0
        || e.training.l2 > 0.0
        || e.optimizer.given(Field::WeightDecay).is_some_and(|w| w > 0.0)
        || e.model.layers.iter().any(drops);
    let plane = e.data_info().is_some_and(|i| i.plane);
    let (units, activation) = if plane { (16, Activation::Tanh) } else { (32, Activation::Relu) };
    let free = held.then_some(Remedy::Unregularise);
    let layers = Remedy::AddLayers { n: if straight { 2 } else { 1 }, units, activation };
    // Behind a layer of three units another one sees no more than three numbers.
    let narrowest = e.model.layers.iter().filter_map(surgery::hidden_units).min().unwrap_or(0);
    let wider = (!straight).then_some(Remedy::Widen { times: 4 });
    let more = wider.into_iter().chain((straight || narrowest >= NARROW).then_some(layers));
    // What holds it down comes off before anything is added.
    if held { free.into_iter().collect() } else { more.collect() }
}
