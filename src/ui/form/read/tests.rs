//! What is read, what is refused, and that no digit is lost on the way.
#![allow(clippy::unwrap_used)]

use super::super::scale::{brief, show};
use super::*;
use crate::ui::plots::number;
use proptest::prelude::*;

const REAL: Limits = Limits::real(-1e12, 1e12);
const WHOLE: Limits = Limits::whole(-1e12, 1e12);

fn real(typed: &str) -> Result<f64, Refusal> {
    read(typed, REAL, "")
}

fn whole(typed: &str) -> Result<f64, Refusal> {
    read(typed, WHOLE, "")
}

fn ways(grouped: &str, decimal: &str) -> Refusal {
    Refusal::TwoWays { grouped: grouped.into(), decimal: decimal.into() }
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (typed, wanted) in [
        ("0.5", 0.5),
        ("0,5", 0.5),
        ("-0,75", -0.75),
        ("−2", -2.0),
        ("–0.25", -0.25),
        ("+3", 3.0),
        (" 1e-3 ", 1e-3),
        ("1E-2", 0.01),
        ("1.2e−5", 1.2e-5),
        ("1,5e3", 1500.0),
        ("1/3", 1.0 / 3.0),
        ("-1/3", -1.0 / 3.0),
        ("1 / 8", 0.125),
        ("2,5/10", 0.25),
        ("１．５", 1.5),
        ("－０，７５", -0.75),
        (".5", 0.5),
        (",5", 0.5),
        ("5.", 5.0),
        ("0,125", 0.125),
        ("0,0005", 0.0005),
        ("3,1417", 3.1417),
        ("1.125", 1.125),
        ("1,000.5", 1000.5),
        ("1.000,5", 1000.5),
        ("12,480", f64::NAN),
        ("1,000,000", 1e6),
        ("1.000.000", 1e6),
        ("1 000", 1000.0),
        ("1\u{202f}234,5", 1234.5),
        ("1'000'000.25", 1_000_000.25),
        ("1_000", 1000.0),
        ("1000,250", 1000.25),
        ("007", 7.0),
        ("-0", 0.0),
    ] {
        if wanted.is_nan() {
            assert_eq!(real(typed), Err(ways("12480", "12.48")));
        } else {
            assert_eq!(real(typed), Ok(wanted), "{typed}");
        }
    }
}

#[test]
fn whole_numbers_are_grouped_as_the_page_groups_them() {
    for (typed, wanted) in [
        ("1,000", 1000.0),
        ("12,480", 12480.0),
        ("1,234,567", 1_234_567.0),
        ("1 000", 1000.0),
        ("1.234.567", 1_234_567.0),
        ("1,0", 1.0),
        ("1.0", 1.0),
        ("8,00", 8.0),
        ("6/3", 2.0),
        ("1e3", 1000.0),
        ("1.5e2", 150.0),
        ("１，０００", 1000.0),
        ("0,000", 0.0),
        ("4294967295", 4_294_967_295.0),
    ] {
        assert_eq!(whole(typed), Ok(wanted), "{typed}");
    }
    for typed in ["2.5", "0,5", "1/3", "1.23", "4294967295.00000000000000000001", "15e-1", "1000,5", "1,000.5"] {
        assert_eq!(whole(typed), Err(Refusal::NotWhole), "{typed}");
    }
}

#[test]
fn what_can_mean_two_numbers_is_refused_with_both() {
    assert_eq!(real("1,000"), Err(ways("1000", "1.0")));
    assert_eq!(real("1,250"), Err(ways("1250", "1.25")));
    assert_eq!(whole("1.000"), Err(ways("1000", "1.0")));
    assert_eq!(whole("12.500"), Err(ways("12500", "12.5")));
    assert_eq!(whole("1,0000"), Err(ways("10000", "1.0")));
    for (typed, limits) in [("1,250", REAL), ("999.999", WHOLE), ("1,0000", WHOLE), ("20.000", WHOLE)] {
        let Err(Refusal::TwoWays { grouped, decimal }) = read(typed, limits, "") else { panic!("{typed}") };
        assert!(real(&grouped).is_ok() && real(&decimal).is_ok(), "what is offered can be typed");
    }
}

#[test]
fn the_rest_is_refused() {
    for typed in [
        "abc",
        "1.2.3",
        "0x10",
        "inf",
        "NaN",
        "1e",
        "e5",
        "--1",
        "+-1",
        "- 5",
        "1-",
        "1..2",
        "1,,2",
        "1,00,000",
        "1,0000,000",
        "12,34.5",
        "1.000,5,5",
        "0,123,456",
        "1 00",
        "1  000",
        "1 000 5",
        "1'00",
        "5 6",
        "1e2.5",
        "1e1,5",
        "1/2/3",
        "1/",
        "/3",
        "1/-3",
        "½",
        "二",
        "12k",
        "50%",
        "1e999999",
        ".",
        ",",
        "-",
        "1,2 3",
        "1 000'000",
        "$5",
        "1,000,0",
        "一千",
        "٣",
    ] {
        assert_eq!(real(typed), Err(Refusal::NotANumber), "{typed}");
    }
    for typed in ["", "  ", "\u{3000}"] {
        assert_eq!(real(typed), Err(Refusal::Empty));
    }
    assert_eq!(real("1/0"), Err(Refusal::ByZero));
    assert_eq!(real("1e999"), Err(Refusal::Outside));
    assert_eq!(read("11", Limits::real(0.0, 10.0), ""), Err(Refusal::Outside));
    assert_eq!(read("0.5", Limits::whole(1.0, 9.0), ""), Err(Refusal::NotWhole));
    assert_eq!(real("1e-60"), Err(Refusal::TooSmall));
    assert_eq!(real("0e-60"), Ok(0.0));
}

#[test]
fn a_unit_may_stand_behind() {
    assert_eq!(read("95 %", Limits::real(0.0, 100.0), "%"), Ok(95.0));
    assert_eq!(read("99,5％", Limits::real(0.0, 100.0), "%"), Ok(99.5));
    assert_eq!(read("%", Limits::real(0.0, 100.0), "%"), Err(Refusal::Empty));
    assert_eq!(read("95 °", Limits::real(0.0, 100.0), "%"), Err(Refusal::NotANumber));
}

#[test]
fn lists_of_whole_numbers_are_read_and_decimal_commas_are_not() {
    for (typed, wanted) in [
        ("3", vec![3]),
        ("3x5", vec![3, 5]),
        (" 3 × 5 ", vec![3, 5]),
        ("3*5", vec![3, 5]),
        ("[3, 5]", vec![3, 5]),
        ("(3,5)", vec![3, 5]),
        ("28x28x1", vec![28, 28, 1]),
        ("4 4 2", vec![4, 4, 2]),
        ("4, 4, 2", vec![4, 4, 2]),
        ("1,000", vec![1000]),
        ("1.0x２", vec![1, 2]),
    ] {
        assert_eq!(list(typed), Some(wanted), "{typed}");
    }
    for typed in ["", "3,5", "1,0x", "3.5", "a", "3xx5", "-3", "1 000", "[1,000]", "3x1/2", "valid", "[]", "3x5]"] {
        assert_eq!(list(typed), None, "{typed}");
    }
}

/// All digits but zeros at either end: what must be the same of what is typed and what is read.
fn digits(text: &str) -> String {
    let size = text.split(['e', 'E']).next().unwrap_or("");
    let all: String = size.chars().filter(char::is_ascii_digit).collect();
    all.trim_matches('0').to_string()
}

proptest! {
    #[test]
    fn what_the_page_writes_is_read_as_the_same_number(v in prop::num::f32::NORMAL, n in 0_u64..1_000_000_000_000) {
        let any = Limits::real(f64::MIN, f64::MAX);
        // Fields.
        let exact = super::super::scale::exact(v);
        prop_assert_eq!(read(&show(exact), any, ""), Ok(exact));
        prop_assert_eq!(read(&show(n as f64), WHOLE, ""), Ok(n as f64));
        // Counts elsewhere, digits in both languages alike.
        prop_assert_eq!(read(&number::integer(n), WHOLE, ""), Ok(n as f64));
        // Figures, which are rounded: read as what they say, or refused where a comma may be a decimal sign.
        for text in [number::short(exact), number::fixed(exact, 3), brief(exact)] {
            let say: f64 = text.replace(',', "").replace('−', "-").parse().unwrap();
            match read(&text, any, "") {
                Ok(value) => prop_assert_eq!(value, say, "{}", text),
                Err(refusal) => prop_assert!(matches!(refusal, Refusal::TwoWays { .. }), "{}", text),
            }
        }
    }

    #[test]
    fn what_is_read_has_the_digits_that_were_typed(typed in "[-−+]?[0-9]{0,4}([., '][0-9]{0,4}){0,3}(e-?[0-9])?") {
        for limits in [REAL, WHOLE] {
            if let Ok(value) = read(&typed, limits, "") {
                prop_assert_eq!(digits(&typed), digits(&format!("{value:e}")), "{} → {}", typed, value);
                prop_assert!(value == 0.0 || (value < 0.0) == typed.starts_with(['-', '−']));
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_fail(typed in "\\PC{0,12}") {
        let _ = (real(&typed), whole(&typed));
    }
}
