//! Answers in the units of the data.
//!
//! Not responsible for `gradarium.js`, which asks for them (e2e).

use super::page::files;
use crate::worker::Bench;
use gradarium::protocol::{Command, Loaded, Reply, Scale};
use gradarium::spec::{DataSpec, Experiment, preset};
use gradarium::worker::Buffer;

fn start(exp: &Experiment) -> (Bench, Loaded) {
    let mut b = Bench::new();
    let load = Command::Load { experiment: serde_json::to_value(exp).unwrap() };
    let Reply::Loaded(loaded) = b.reply(&load, files(exp)) else { panic!() };
    b.reply(&Command::Step { n: 300 }, vec![]);
    b.settle();
    (b, *loaded)
}

fn predict(b: &mut Bench, x: &[f32], natural: bool) -> (Vec<f32>, Option<Scale>) {
    let bytes = x.iter().flat_map(|v| v.to_le_bytes()).collect();
    let mut out = b.send(&Command::Predict { natural }, vec![bytes]);
    let o = out.remove(0);
    let Reply::Predicted { shape, scale } = o.reply else { panic!("{:?}", o.reply) };
    let Some(Buffer::F32(y)) = o.buffers.into_iter().next() else { panic!() };
    assert_eq!(shape.iter().product::<usize>(), y.len());
    (y, scale.map(|s| *s))
}

/// Cars by their columns: a prediction in miles per gallon, for a car as the file has it.
#[test]
fn a_table_of_numbers_is_asked_and_answers_in_its_own_units() {
    let exp = preset::for_data(DataSpec::of("cars_mpg"), 7);
    let (mut b, loaded) = start(&exp);
    let (car, scale) = (loaded.typical.iter().map(|v| *v as f32).collect::<Vec<_>>(), *loaded.scale.unwrap());
    assert_eq!((car.len(), scale.input.len(), scale.target.len()), (exp.data_info().unwrap().input[0], car.len(), 1));
    let (mpg, said) = predict(&mut b, &car, true);
    assert_eq!(said.as_ref(), Some(&scale));
    assert!((8.0..50.0).contains(&mpg[0]), "{mpg:?} miles per gallon");
    // By hand: into the network's units, and back.
    let z: Vec<f32> = car.iter().zip(&scale.input).map(|(x, [m, d])| ((f64::from(*x) - m) / d) as f32).collect();
    let (y, _) = predict(&mut b, &z, false);
    let [mean, deviation] = scale.target[0];
    let by_hand = f64::from(y[0]) * deviation + mean;
    assert!((by_hand - f64::from(mpg[0])).abs() < 1e-3, "{by_hand} for {}", mpg[0]);
    assert!(y[0].abs() < 5.0);
}

#[test]
fn classes_answer_with_logits_for_rows_in_their_own_units() {
    let (mut b, loaded) = start(&preset::for_data(DataSpec::of("iris"), 7));
    let scale = loaded.scale.unwrap();
    assert!(scale.target.is_empty() && scale.input.len() == 4);
    // A flower of each species, in centimetres.
    for (flower, class) in [([5.1, 3.5, 1.4, 0.2], 0), ([6.0, 2.8, 4.2, 1.3], 1), ([6.7, 3.1, 5.8, 2.2], 2)] {
        let (logits, _) = predict(&mut b, &flower, true);
        let best = (0..3).max_by(|a, b| logits[*a].total_cmp(&logits[*b])).unwrap();
        assert_eq!(best, class, "{logits:?}");
    }
}

#[test]
fn data_that_are_not_scaled_are_asked_as_they_are() {
    let (mut b, loaded) = start(&preset::first());
    assert_eq!(loaded.scale, None);
    let (natural, scale) = predict(&mut b, &[0.5, -0.25, 0.1, 0.9], true);
    assert_eq!((natural, scale), (predict(&mut b, &[0.5, -0.25, 0.1, 0.9], false).0, None));
    assert_eq!(loaded.typical.len(), 2);
}

#[test]
fn words_of_a_table_stay_zero_and_one() {
    let (_, loaded) = start(&preset::for_data(DataSpec::of("penguins"), 7));
    let info = preset::for_data(DataSpec::of("penguins"), 7).data_info().unwrap();
    let chosen: Vec<&str> = info
        .feature_names
        .iter()
        .zip(&loaded.typical)
        .filter(|(n, v)| n.contains('=') && **v == 1.0)
        .map(|(n, _)| n.as_str())
        .collect();
    assert_eq!(chosen.len(), 2, "an island and a sex: {chosen:?} of {:?}", loaded.typical);
    assert!(loaded.typical.iter().any(|v| *v > 1000.0), "the mass is in grams: {:?}", loaded.typical);
}
