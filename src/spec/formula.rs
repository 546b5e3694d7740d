//! The little language in which a learner types `f(x)`, as people write it: `0.5*sin(3x) + x^2`, `y = 0,5·sin 2πx`, `|x|`.
//!
//! Grammar (precedence as in mathematics and Python: `-x^2` is `-(x^2)`, `2^3^2` is `2^(3^2)`):
//! ```text
//! sum     = product (("+" | "-") product)*
//! product = sign (("*" | "/")? sign)*          a product may leave its sign out: 2x, 3 sin(x), (x+1)(x-1)
//! sign    = "-" sign | "+" sign | power
//! power   = atom "°"? (("^" | "**") sign | superscript)?
//! atom    = number | "x" | "pi" | "e" | "(" sum ")" | "|" sum "|" | root power
//!         | name exponent? ("(" sum ("," sum)* ")" | bare)
//! bare    = "-"* power power*                  what follows without a sign, up to the next function: sin 2πx cos x
//! ```
//! What means the same is written the same first (`signs`); names that stand together are told apart (`words`).
//! Not responsible for drawing points above and below the curve: `engine::data::formula` does.

mod functions;
mod parser;
mod show;
mod signs;
mod words;

#[cfg(test)]
mod tests;

use super::problem::{Code, Problem};
use functions::{One, Two};
use parser::Parser;

/// A formula that has been read; evaluating it cannot fail.
#[derive(Clone, Debug)]
pub struct Formula {
    /// In postfix order, so that evaluation needs no recursion.
    ops: Vec<Op>,
}

/// Longest formula in characters.
pub const MAX_LENGTH: usize = 500;
/// JSON path of the formula, where its problems are shown.
const PATH: &str = "data.formula";
/// Places at which [`Formula::check_finite`] looks.
const LOOKED: i32 = 100;

#[derive(Clone, Copy, Debug)]
enum Op {
    Number(f64),
    X,
    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Call(&'static One),
    Join(&'static Two),
}

impl Formula {
    /// Reads a formula. `log` is the logarithm to base 10, `ln` the natural one. What stands before it may be typed too:
    /// `y =`, `y >`, `f(x) =`.
    ///
    /// # Errors
    /// [`Code::FormulaEmpty`], or [`Code::FormulaUnreadable`] with the word that cannot be read and its column (from 1; in characters).
    pub fn parse(text: &str) -> Result<Formula, Problem> {
        let typed: Vec<char> = text.chars().collect();
        if typed.len() > MAX_LENGTH {
            return Err(unreadable(&typed, MAX_LENGTH));
        }
        let (chars, start) = signs::plain(&typed);
        if chars.get(start..).is_none_or(|rest| rest.iter().all(|c| c.is_whitespace())) {
            return Err(Problem::new(PATH, Code::FormulaEmpty));
        }
        let ops = Parser::new(&chars, start).read().map_err(|at| unreadable(&typed, at))?;
        Ok(Formula { ops })
    }

    /// The value at `x`; NaN or infinite where the formula has none, as at `ln(-1)`.
    pub fn eval(&self, x: f64) -> f64 {
        let mut stack: Vec<f64> = Vec::with_capacity(16);
        for op in &self.ops {
            let value = match *op {
                Op::Number(n) => n,
                Op::X => x,
                Op::Negate => -pop(&mut stack),
                Op::Call(f) => (f.call)(pop(&mut stack)),
                Op::Add | Op::Subtract | Op::Multiply | Op::Divide | Op::Power | Op::Join(_) => {
                    let (b, a) = (pop(&mut stack), pop(&mut stack));
                    binary(*op, a, b)
                }
            };
            stack.push(value);
        }
        pop(&mut stack)
    }

    /// How the formula was understood, with every sign written out: `0.5·sin(2·π·x)`. Reads back to the same formula.
    pub fn shown(&self) -> String {
        show::show(&self.ops)
    }

    /// Checks that the formula has a finite value on at least a third of `[-1, 1]`: that leaves `ln x` and `√x` in.
    ///
    /// # Errors
    /// [`Code::FormulaNotFinite`].
    pub fn check_finite(&self) -> Result<(), Problem> {
        let half = LOOKED / 2;
        let finite = (-half..=half).filter(|&i| self.eval(f64::from(i) / f64::from(half)).is_finite()).count();
        if finite * 3 > LOOKED as usize { Ok(()) } else { Err(Problem::new(PATH, Code::FormulaNotFinite)) }
    }
}

/// The problem with the word that starts at `start`: letters and digits together, anything else alone.
fn unreadable(typed: &[char], start: usize) -> Problem {
    let rest = typed.get(start..).unwrap_or(&[]);
    let length = rest.iter().take_while(|c| c.is_alphanumeric() || **c == '.').count().clamp(1, 20);
    let word: String = rest.iter().take(length).collect();
    Problem::new(PATH, Code::FormulaUnreadable).arg("word", word).arg("column", start + 1)
}

/// The parser only emits an operator after its operands, so the stack is never empty; NaN keeps this free of panics.
fn pop(stack: &mut Vec<f64>) -> f64 {
    stack.pop().unwrap_or(f64::NAN)
}

fn binary(op: Op, a: f64, b: f64) -> f64 {
    match op {
        Op::Add => a + b,
        Op::Subtract => a - b,
        Op::Multiply => a * b,
        Op::Divide => a / b,
        Op::Power => a.powf(b),
        Op::Join(f) => (f.call)(a, b),
        Op::Number(_) | Op::X | Op::Negate | Op::Call(_) => f64::NAN,
    }
}
