//! Formulas as people write them, and what no formula may do.
#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;
use std::f64::consts::{E, PI};

fn at(text: &str, x: f64) -> f64 {
    Formula::parse(text).unwrap_or_else(|p| panic!("{text}: {p:?}")).eval(x)
}

#[test]
fn precedence_is_that_of_mathematics() {
    assert_eq!(at("-x^2", 3.0), -9.0);
    assert_eq!(at("2^3^2", 0.0), 512.0);
    assert_eq!(at("2**3 ** 2", 0.0), 512.0);
    assert_eq!(at("-x**2 + 2*x", 3.0), -3.0);
    assert_eq!(at("2^-1", 0.0), 0.5);
    assert_eq!(at("1 - 2 - 3", 0.0), -4.0);
    assert_eq!(at("8/2/2", 0.0), 2.0);
    assert_eq!(at("2x^2 + 3(x+1)(x-1)", 2.0), 17.0);
    assert_eq!(at("y > max(x, -x) + relu(-1)", -2.0), 2.0);
    assert_eq!(at("1.5e2 + .5", 0.0), 150.5);
    assert_eq!(at("2e", 0.0), 2.0 * E);
    assert_eq!(at("−x² × 2 ÷ （1＋1）", 3.0), -9.0);
    assert!((at("0.5 sin(pi x)", 0.5) - 0.5).abs() < 1e-12);
    assert!((at("log(100) + ln(e)", 0.0) - 3.0).abs() < 1e-12);
}

#[test]
fn formulas_are_read_as_people_write_them() {
    let x = 0.37_f64;
    for (text, value) in [
        ("sin(2πx)", (2.0 * PI * x).sin()),
        ("sin(2pix)", (2.0 * PI * x).sin()),
        ("sin 2πx", (2.0 * PI * x).sin()),
        ("sin x", x.sin()),
        ("sinx", x.sin()),
        ("sin -x", (-x).sin()),
        ("sin x cos x", x.sin() * x.cos()),
        ("xsin2x", x * (2.0 * x).sin()),
        ("2sin(x)cos(x)", (2.0 * x).sin()),
        ("sin²x + cos^2 x", 1.0),
        ("sin⁻¹ x", x.asin()),
        ("tan^-1(x)", x.atan()),
        ("ln sin x", x.sin().ln()),
        ("|x|", x),
        ("2|x - 1|", 2.0 * (1.0 - x)),
        ("||x|-1|", 1.0 - x),
        ("|x||x|", x * x),
        ("|(|x|)|", x),
        ("√x", x.sqrt()),
        ("√(x+1)", (x + 1.0).sqrt()),
        ("2√x", 2.0 * x.sqrt()),
        ("∛x", x.cbrt()),
        ("y = x^2", x * x),
        ("y≥x^2", x * x),
        ("Y = X^2", x * x),
        ("f(x) = x²", x * x),
        ("f(x) := x³", x.powi(3)),
        ("g = 2x", 2.0 * x),
        ("x ↦ x²", x * x),
        ("f: x → x²", x * x),
        ("x -> x^2", x * x),
        ("x => x**2", x * x),
        ("0,5*x", 0.5 * x),
        ("0,5x + 1,25", 0.5 * x + 1.25),
        ("sin(0,5x)", (0.5 * x).sin()),
        ("max(0,x)", x),
        ("max(0,5)", 5.0),
        ("max(0,5*x, 1)", 1.0),
        ("max(0,1;x)", x),
        ("max(0, x, 0.9)", 0.9),
        ("MAX（0，x）", x),
        ("np.maximum(0, x) + math.exp(-x)", x + (-x).exp()),
        ("2np.sin(np.pi*x)", 2.0 * (PI * x).sin()),
        ("np.log(x + 3) + math.log(x + 3)", 2.0 * (x + 3.0).ln()),
        ("np.log10(x + 3) + log(x + 3)", 2.0 * (x + 3.0).log10()),
        ("exp(-x²)", (-x * x).exp()),
        ("e^x", x.exp()),
        ("e^-x²", (-x * x).exp()),
        ("e⁻ˣ", (-x).exp()),
        ("e⁻²ˣ", (-2.0 * x).exp()),
        ("x⁻¹", 1.0 / x),
        ("x¹²", x.powi(12)),
        ("xe^x", x * x.exp()),
        ("ln x", x.ln()),
        ("log10 x", x.log10()),
        ("log₁₀(x)", x.log10()),
        ("lg x", x.log10()),
        ("log₂ x", x.log2()),
        ("½x² · 3", 1.5 * x * x),
        ("ｓｉｎ（２ｘ）", (2.0 * x).sin()),
        ("２．５＊ｘ－１", 2.5 * x - 1.0),
        ("𝑥² + 𝟐𝑥", x * x + 2.0 * x),
        ("[x + 1]{x − 1}", x * x - 1.0),
        ("\\sin(x) ", x.sin()),
        ("sin(90°)", 1.0),
        ("x · sin x / 2", x * x.sin() / 2.0),
        ("1 / (1 + e^(-x))", 1.0 / (1.0 + (-x).exp())),
        ("arctan x + atan2(x; 1)", 2.0 * x.atan()),
        ("pow(x, 2)", x * x),
        ("|sin 3x| - |x|/2", (3.0 * x).sin().abs() - x / 2.0),
    ] {
        assert!((at(text, x) - value).abs() < 1e-12, "{text}: {} for {value}", at(text, x));
    }
}

#[test]
fn an_empty_formula_is_asked_for() {
    for empty in ["", " ", "y =", "f(x) = ", "y > "] {
        assert_eq!(Formula::parse(empty).unwrap_err().code, Code::FormulaEmpty, "{empty:?}");
    }
}

#[test]
fn a_problem_names_the_word_and_its_column() {
    for (text, word, column) in [
        ("2 +", "", "4"),
        ("1 + foo(x)", "foo", "5"),
        ("sin(x) + foo", "foo", "10"),
        ("2πfoo", "foo", "3"),
        ("(x", "", "3"),
        ("|x", "", "3"),
        ("x)", ")", "2"),
        ("x *** 2", "*", "5"),
        ("x ** foo", "foo", "6"),
        ("x * * 2", "*", "5"),
        ("max(x)", ")", "6"),
        ("pow(x, 2, 3)", ",", "9"),
        ("3 4", "4", "3"),
        ("1.2.3", ".3", "4"),
        ("1,2,3", ",", "4"),
        ("x2", "x2", "1"),
        ("sin", "", "4"),
        ("x² + y²", "y²", "6"),
        ("y < x", "y", "1"),
        ("Ｆｏｏ", "Ｆｏｏ", "1"),
        ("正弦x", "正弦x", "1"),
        ("x ≠ 2", "≠", "3"),
        ("1e999", "1e999", "1"),
        ("log^-1 x", "^", "4"),
    ] {
        let problem = Formula::parse(text).map(|f| f.shown()).expect_err(text);
        assert_eq!(problem.code, Code::FormulaUnreadable);
        assert_eq!((problem.args[0].1.as_str(), problem.args[1].1.as_str()), (word, column), "{text}");
    }
}

#[test]
fn depth_and_length_are_bounded() {
    for deep in [
        "(".repeat(400),
        "-".repeat(400),
        "2^".repeat(200),
        "sin(".repeat(120),
        "sin ".repeat(120),
        "√".repeat(400),
        "|".repeat(400),
        "max(1,".repeat(80),
        "x".repeat(100_000),
    ] {
        assert_eq!(Formula::parse(&deep).unwrap_err().code, Code::FormulaUnreadable);
    }
    assert!(Formula::parse(&format!("{}x{}", "(".repeat(50), ")".repeat(50))).is_ok());
    assert!(Formula::parse(&"x".repeat(MAX_LENGTH)).is_ok());
}

#[test]
fn a_formula_without_values_is_refused() {
    for few in ["1/0", "ln(x - 2)", "√(x-0.9)", "asin(x+5)"] {
        assert!(Formula::parse(few).unwrap().check_finite().is_err(), "{few}");
    }
    for enough in ["sqrt(x)", "ln x", "1/x", "log10(x)"] {
        assert!(Formula::parse(enough).unwrap().check_finite().is_ok(), "{enough}");
    }
}

#[test]
fn what_was_understood_is_written_out() {
    for (text, shown) in [
        ("0,5*sin 2πx", "0.5·sin(2·π·x)"),
        ("-x^2", "−x^2"),
        ("(-x)^2", "(−x)^2"),
        ("1/2x", "1/2·x"),
        ("|x| - max(0,x)", "abs(x) − max(0; x)"),
        ("(x+1)(x-(1-x))", "(x + 1)·(x − (1 − x))"),
        ("e^-x", "e^−x"),
    ] {
        assert_eq!(Formula::parse(text).unwrap().shown(), shown);
    }
}

/// Pieces of formulas, so that random ones are often readable.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "x", "2", "0,5", "1.5", "π", "e", "+", "-", "*", "/", "^", "²", "⁻¹", "(", ")", "|", "√", "sin", "sin ",
        "exp(", "max(", ",", ", ", ";", "ln ", "|x|", "(x+1)", "sin(x)", "y =", " ", "×", "°", "½", "ˣ", "np.", "=",
        ">", "foo", "𝑥",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in "\\PC{0,60}", pieces in pieces()) {
        for text in [text, pieces] {
            match Formula::parse(&text) {
                Ok(formula) => {
                    let _ = (formula.eval(0.3), formula.check_finite());
                }
                Err(problem) if problem.code == Code::FormulaEmpty => {}
                Err(problem) => {
                    let column: usize = problem.args[1].1.parse().unwrap();
                    prop_assert!(column >= 1 && column <= text.chars().count() + 1, "{text}: {column}");
                }
            }
        }
    }

    #[test]
    fn what_is_written_out_reads_back_the_same(text in pieces(), x in -1.0..1.0_f64) {
        if let Ok(formula) = Formula::parse(&text) {
            let shown = formula.shown();
            prop_assume!(shown.chars().count() <= MAX_LENGTH);
            let again = Formula::parse(&shown);
            prop_assert!(again.is_ok(), "{text} → {shown}: {again:?}");
            let (a, b) = (formula.eval(x), again.unwrap().eval(x));
            prop_assert!(a == b || a.is_nan() && b.is_nan(), "{text} → {shown}: {a} and {b}");
        }
    }
}
