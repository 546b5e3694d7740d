//! Thinning, measurements, what is sent again.

use super::*;

fn point(step: u64) -> CurvePoint {
    CurvePoint { step, ..CurvePoint::default() }
}

/// A measurement.
fn seen(loss: f32, accuracy: Option<f32>) -> Metrics {
    Metrics { loss, accuracy, ..Metrics::default() }
}

/// A run with these losses.
fn run(losses: impl Iterator<Item = f32>) -> Curves {
    let mut c = Curves::new();
    for (step, loss) in (1..).zip(losses) {
        if c.step(step, loss, &[]) {
            c.push(point(step));
        }
    }
    c
}

#[test]
fn long_runs_stay_small_and_keep_means() {
    let mut c = run((1..=100_000).map(|i| i as f32));
    let (from, points) = c.since(5);
    assert_eq!(from, 0, "the page's copy was rewritten");
    assert!(points.len() <= POINTS_MAX && points.len() > POINTS_MAX / 4, "{}", points.len());
    assert!(points.windows(2).all(|w| w[0].step < w[1].step));
    assert_eq!(c.since(7).0, 7);
    c.cut(50_000);
    let (from, points) = c.since(7);
    assert!(from == 0 && points.iter().all(|p| p.step <= 50_000));
}

/// Noise of the same size from beginning to end looks alike everywhere, and the extremes are those of the batches.
#[test]
fn the_end_of_a_curve_is_no_noisier_than_its_beginning() {
    for n in [700u32, 1601, 3000, 6399, 6401, 20_000, 100_000] {
        let noise = |i: u32| ((i.wrapping_mul(2_654_435_761) >> 8) % 1000) as f32 / 1000.0;
        let mut c = run((0..n).map(noise));
        // Measured at rest, between two points, now and then.
        c.step(u64::from(n) + 1, 0.5, &[]);
        c.measured(u64::from(n) + 1, &seen(1.0, None), None);
        let (_, points) = c.since(0);
        let spread = |part: &[CurvePoint]| {
            let mean = part.iter().map(|p| p.train_loss).sum::<f32>() / part.len() as f32;
            (part.iter().map(|p| (p.train_loss - mean).powi(2)).sum::<f32>() / part.len() as f32).sqrt()
        };
        let (first, last) = points.split_at(points.len() / 2);
        let (a, b) = (spread(first), spread(last));
        assert!(b < 1.25 * a && a < 1.25 * b, "{n} steps: {a} in the first half, {b} in the last");
        let gaps: Vec<u64> = points.windows(2).map(|w| w[1].step - w[0].step).collect();
        let (newest, before) = gaps.split_last().unwrap_or((&0, &[]));
        assert!(before.iter().all(|g| *g == gaps[0]) && *newest <= gaps[0], "{gaps:?}");
        for p in points.iter().filter(|p| p.train_min.is_some() && p.step <= u64::from(n)) {
            let (low, high) = (p.train_min.unwrap_or(0.0), p.train_max.unwrap_or(0.0));
            let from = p.step - gaps[0].min(p.step);
            let own = (from as u32..p.step as u32).map(noise);
            assert_eq!(low, own.clone().fold(f32::INFINITY, f32::min), "step {}", p.step);
            assert_eq!(high, own.fold(0.0, f32::max));
            assert!(low <= p.train_loss && p.train_loss <= high);
        }
    }
}

/// MNIST's test part takes so long to measure that few points have a measurement, at steps that no interval divides.
#[test]
fn thinning_loses_neither_measurements_nor_losses() {
    let mut c = Curves::new();
    let (mut measured, mut sum) = (Vec::new(), 0.0);
    for step in 1..=100_000u64 {
        sum += (step % 7) as f64;
        if c.step(step, (step % 7) as f32, &[]) {
            let test_loss = (step % 1001 < 64 && measured.last().is_none_or(|m| step > m + 900)).then_some(step as f32);
            measured.extend(test_loss.map(|_| step));
            c.push(CurvePoint { step, test_loss, ..CurvePoint::default() });
        }
    }
    let (_, points) = c.since(0);
    let kept: Vec<u64> = points.iter().filter_map(|p| p.test_loss.map(|l| l as u64)).collect();
    assert_eq!(kept, measured);
    assert!(kept[0] < 100 && kept.len() > 50, "{kept:?}");
    let interval = points[1].step - points[0].step;
    for p in points.iter().filter(|p| p.test_loss.is_some()) {
        let at = p.test_loss.map_or(0, |l| l as u64);
        assert!(at <= p.step && p.step - at < interval, "measured at {at}, shown at {}", p.step);
    }
    let n = points.last().map_or(0, |p| p.step) as f64;
    let mean = points.iter().map(|p| f64::from(p.train_loss)).sum::<f64>() / points.len() as f64;
    assert!((mean - sum / n).abs() < 0.01, "{mean} for {}", sum / n);
}

#[test]
fn a_measurement_is_at_its_step_and_a_point_that_changed_is_sent_again() {
    let mut c = Curves::new();
    c.measured(0, &seen(2.0, None), None);
    assert_eq!(c.since(0).1, [], "nothing was trained");
    let push = |c: &mut Curves, step| {
        c.step(step, 1.0, &[]);
        c.push(point(step));
    };
    push(&mut c, 1);
    c.measured(1, &seen(0.5, Some(0.9)), None);
    let (_, points) = c.since(0);
    assert_eq!((points.len(), points[0].test_loss, points[0].test_metric), (1, Some(0.5), Some(0.9)));
    push(&mut c, 2);
    assert_eq!(c.since(1).1.len(), 1);
    c.measured(2, &seen(0.4, None), None);
    let (from, points) = c.since(2);
    assert_eq!((from, points[0].step, points[0].test_loss), (1, 2, Some(0.4)));
    // Between two points: one of its own, with the losses since the last.
    c.step(3, 3.0, &[]);
    c.measured(3, &seen(0.3, None), None);
    let (from, points) = c.since(2);
    assert_eq!((from, points[0].step, points[0].test_loss, points[0].train_loss), (2, 3, Some(0.3), 3.0));
    // Back in time, with what came after still there.
    c.step(3, 1.0, &[]);
    c.measured(2, &seen(0.2, None), None);
    assert_eq!(c.since(3), (3, Vec::new()));
}

#[test]
fn a_point_made_for_a_measurement_becomes_one_with_the_next() {
    let mut c = run((0..2000).map(|_| 1.0));
    assert_eq!(c.interval, 2);
    c.step(2001, 5.0, &[]);
    c.measured(2001, &seen(0.3, None), None);
    let (_, points) = c.since(0);
    let n = points.len();
    assert_eq!((points[n - 1].step, points[n - 1].train_loss), (2001, 5.0));
    assert!(c.step(2002, 1.0, &[]));
    c.push(point(2002));
    let (from, points) = c.since(n);
    assert_eq!((from, points.len()), (n - 1, 1));
    let p = &points[0];
    assert_eq!((p.step, p.train_loss, p.train_min, p.train_max), (2002, 3.0, Some(1.0), Some(5.0)));
    assert_eq!(p.test_loss, Some(0.3), "no measurement is lost");
}

#[test]
fn the_loss_of_a_step_is_that_of_its_point() {
    let mut c = run((1..=2000).map(|i| i as f32));
    assert_eq!((c.loss_at(0), c.loss_at(1), c.loss_at(2)), (None, Some(1.5), Some(1.5)));
    assert_eq!((c.loss_at(2000), c.loss_at(1999)), (Some(1999.5), Some(1999.5)));
    c.step(2001, 7.0, &[]);
    assert_eq!(c.loss_at(2001), Some(7.0));
}

#[test]
fn what_broke_ends_with_a_point_that_is_no_number_and_stays_until_it_is_cut() {
    let mut c = run([1.0, 2.0, 3.0].into_iter());
    c.step(4, 9.0, &[]);
    c.broke(4);
    let (_, points) = c.since(0);
    assert_eq!(points.iter().map(|p| p.step).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert!(points[4].train_loss.is_nan() && points[3].train_loss == 9.0 && c.goes_beyond(4));
    assert_eq!((c.last_loss(), c.loss_at(5)), (Some(9.0), None));
    c.cut(2);
    assert!(!c.goes_beyond(2) && c.since(0).1.len() == 2);
}

#[test]
fn terms_of_the_loss_are_means_over_the_steps_that_had_them() {
    let mut c = Curves::new();
    for step in 1..=4000_u64 {
        // The second has a turn at every other step only.
        let second = if step % 2 == 0 { 2.0 * step as f32 } else { f32::NAN };
        if c.step(step, 1.0, &[step as f32, second]) {
            c.push(point(step));
        }
    }
    let (_, points) = c.since(0);
    for pair in points.windows(2).filter(|w| (w[1].step - w[0].step).is_multiple_of(4)) {
        let (from, to) = (pair[0].step as f32 + 1.0, pair[1].step as f32);
        assert_eq!(pair[1].terms, [0.5 * (from + to), from + to + 1.0], "{from}..{to}");
    }
    assert!(points.len() > 100 && points.iter().all(|p| p.terms.len() == 2));
}

/// Going back leads to what was measured, or is not offered.
#[test]
fn the_best_is_forgotten_where_its_weights_are_gone() {
    let mut c = run((0..20).map(|_| 1.0));
    c.saw(7, &seen(0.3, Some(0.9)));
    c.saw(12, &seen(0.4, None));
    let at = |c: &Curves| c.best().map(|b| b.step);
    assert_eq!(at(&c), Some(7), "the lowest");
    c.forget_best(12..=12);
    assert_eq!(at(&c), Some(7), "weights were edited later");
    c.forget_best(7..=7);
    assert_eq!(at(&c), None);
    c.saw(15, &seen(0.5, None));
    c.cut(10);
    assert_eq!(at(&c), None, "another future");
}
