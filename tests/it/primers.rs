//! Programs of published primers: as written each shows what goes wrong, as meant it does not.
//!
//! Both halves are trained here with the page's own reducer and the worker's reactor. Not responsible for the page that shows
//! them side by side (`ui::rooms::pair`).

use crate::doctor::page::Page;
use gradarium::spec::preset::primers::{self, Program};
use gradarium::ui::doctor::Kind;
use gradarium::ui::rooms::pair::state::figure_of;

/// Answering ½ to everything.
const HALF: f64 = std::f64::consts::LN_2;
/// Guessing among ten classes.
const TEN: f64 = std::f64::consts::LN_10;
/// What answers from 0 to 1 leave of standard normal targets at best: `½ + 2·(1 − Φ(1)) − φ(1)`.
const SIGMOID: f64 = 0.5753;

/// What a half showed at its end.
#[derive(Debug)]
struct Shown {
    /// The program's own figure.
    figure: f64,
    accuracy: f32,
    /// Everything that was found on the way.
    kinds: Vec<Kind>,
}

/// Trains both halves for so many steps.
fn train(name: &str, steps: u64) -> [Shown; 2] {
    let program = primers::find(name).unwrap();
    assert!(steps <= program.steps, "no longer than the page trains by itself");
    [0, 1].map(|half| train_half(program, half, steps))
}

fn train_half(program: &Program, half: usize, steps: u64) -> Shown {
    let mut page = Page::open(program.experiments().unwrap()[half].clone());
    let mut kinds = Vec::new();
    while page.step() < steps {
        page.train((steps / 20).clamp(5, 25) as u32);
        kinds.extend(page.kinds());
    }
    kinds.sort();
    kinds.dedup();
    let figure = figure_of(program.figure, &page.state.run.curves).unwrap_or(f64::NAN);
    let accuracy = page.state.run.frame.frame.status.test_metric.unwrap_or(f32::NAN);
    let shown = Shown { figure, accuracy, kinds };
    println!("{} {half}: {shown:?}", program.name);
    shown
}

#[test]
fn every_program_is_a_pair_without_problems_that_differs() {
    assert_eq!(primers::all().iter().map(|p| p.name).collect::<String>(), "abcdef");
    for p in primers::all() {
        let [written, meant] = p.experiments().unwrap();
        assert_eq!((written.problems(), meant.problems()), (vec![], vec![]), "{}", p.name);
        assert!(written != meant && written.seed == meant.seed, "{}", p.name);
    }
}

#[test]
fn a_random_numbers_as_labels_stay_at_one_half() {
    let [written, meant] = train("a", 100);
    // A hundred full batches are what the primer takes: a constant ½ costs 0.693.
    assert!((0.67..0.70).contains(&written.figure), "{written:?}");
    assert!(written.accuracy.is_nan(), "there is no test part: {written:?}");
    assert!(written.kinds.contains(&Kind::TargetsBetween), "{written:?}");
    assert!(meant.figure < 0.85 * HALF && meant.accuracy > 0.85, "{meant:?}");
    assert!(!meant.kinds.contains(&Kind::TargetsBetween), "{meant:?}");
}

#[test]
fn b_targets_above_one_take_the_loss_below_zero() {
    let [written, meant] = train("b", 4000);
    assert!(written.figure < 0.0 && written.kinds.contains(&Kind::TargetBeyondLoss), "{written:?}");
    assert!(meant.figure > 0.0 && meant.accuracy > 0.8, "{meant:?}");
    assert!(!meant.kinds.contains(&Kind::TargetBeyondLoss), "{meant:?}");
}

#[test]
fn c_bytes_begin_far_above_guessing() {
    let [written, meant] = train("c", 400);
    assert!(written.figure > 4.0 * TEN && written.kinds.contains(&Kind::RawInputs), "{written:?}");
    assert!(!meant.kinds.contains(&Kind::RawInputs), "{meant:?}");
    assert!(meant.figure < 1.2 * TEN && meant.accuracy > written.accuracy, "{meant:?} {written:?}");
}

#[test]
#[ignore = "trains a convolutional network"]
fn d_noise_is_not_learned_and_pictures_are() {
    let [written, meant] = train("d", 400);
    // A test part of 200 rows: guessing gets 0.1, more than 0.2 is beyond chance.
    assert!(written.figure < 0.2 && written.kinds.contains(&Kind::Unrelated), "{written:?}");
    assert!(meant.figure > 0.25 && !meant.kinds.contains(&Kind::Unrelated), "{meant:?}");
}

#[test]
fn e_a_sigmoid_does_not_reach_normal_numbers() {
    let [written, meant] = train("e", 800);
    assert!(written.figure > SIGMOID && written.kinds.contains(&Kind::OutOfReach), "{written:?}");
    assert!(meant.figure < 0.1 && !meant.kinds.contains(&Kind::OutOfReach), "{meant:?}");
}

#[test]
#[ignore = "trains an LSTM over a hundred steps"]
fn f_what_stands_in_the_input_is_copied() {
    let [written, meant] = train("f", 95);
    // White noise cannot be predicted below its variance, 1: what is below was copied.
    assert!(written.figure < 0.5 && written.kinds.contains(&Kind::TargetInInput), "{written:?}");
    assert!(meant.figure < 0.5 && !meant.kinds.contains(&Kind::TargetInInput), "{meant:?}");
}
