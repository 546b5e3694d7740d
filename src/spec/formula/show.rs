//! A formula as it was understood, every sign and bracket written out.
//!
//! Not responsible for reading it back (`parser`), which gives the same operations.

use super::Op;

/// How tightly a written part holds together; brackets go around what is looser than its place asks for.
const SUM: u8 = 1;
const PRODUCT: u8 = 2;
const NEGATIVE: u8 = 3;
const POWER: u8 = 4;
const ATOM: u8 = 5;

pub(super) fn show(ops: &[Op]) -> String {
    let mut stack: Vec<(String, u8)> = Vec::new();
    for op in ops {
        let written = match *op {
            Op::Number(n) => (number(n), ATOM),
            Op::X => ("x".to_string(), ATOM),
            Op::Negate => (format!("−{}", at_least(stack.pop(), NEGATIVE)), NEGATIVE),
            Op::Call(f) => (format!("{}({})", f.names[0], at_least(stack.pop(), SUM)), ATOM),
            Op::Join(f) => two(&mut stack, SUM, SUM, |a, b| (format!("{}({a}; {b})", f.names[0]), ATOM)),
            Op::Add => two(&mut stack, SUM, PRODUCT, |a, b| (format!("{a} + {b}"), SUM)),
            Op::Subtract => two(&mut stack, SUM, PRODUCT, |a, b| (format!("{a} − {b}"), SUM)),
            Op::Multiply => two(&mut stack, PRODUCT, NEGATIVE, |a, b| (format!("{a}·{b}"), PRODUCT)),
            Op::Divide => two(&mut stack, PRODUCT, NEGATIVE, |a, b| (format!("{a}/{b}"), PRODUCT)),
            Op::Power => two(&mut stack, ATOM, NEGATIVE, |a, b| (format!("{a}^{b}"), POWER)),
        };
        stack.push(written);
    }
    stack.pop().map(|(text, _)| text).unwrap_or_default()
}

fn two(
    stack: &mut Vec<(String, u8)>,
    left: u8,
    right: u8,
    write: impl FnOnce(String, String) -> (String, u8),
) -> (String, u8) {
    let (b, a) = (at_least(stack.pop(), right), at_least(stack.pop(), left));
    write(a, b)
}

fn at_least(part: Option<(String, u8)>, tight: u8) -> String {
    let (text, holds) = part.unwrap_or_default();
    if holds < tight { format!("({text})") } else { text }
}

fn number(n: f64) -> String {
    use std::f64::consts::{E, PI};
    if n == PI {
        "π".into()
    } else if n == E {
        "e".into()
    } else {
        n.to_string()
    }
}
