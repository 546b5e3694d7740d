//! The little language in which a learner types `f(x)`: `0.5*sin(3x) + x^2`.
//!
//! Grammar (precedence as in mathematics and Python: `-x^2` is `-(x^2)`, `2^3^2` is `2^(3^2)`):
//! ```text
//! sum     = product (("+" | "-") product)*
//! product = sign (("*" | "/")? sign)*          a product may leave its sign out: 2x, 3 sin(x), (x+1)(x-1)
//! sign    = "-" sign | "+" sign | power
//! power   = atom (("^" | "**") sign)?
//! atom    = number | "x" | "pi" | "e" | name "(" sum ("," sum)? ")" | "(" sum ")"
//! ```
//! Not responsible for drawing points above and below the curve: `engine::data::formula` does.

use super::problem::{Code, Problem};

/// A formula that has been read; evaluating it cannot fail.
#[derive(Clone, Debug)]
pub struct Formula {
    /// In postfix order, so that evaluation needs no recursion.
    ops: Vec<Op>,
}

/// Longest formula in characters.
pub const MAX_LENGTH: usize = 500;
/// Deepest nesting of brackets, signs and powers.
const MAX_DEPTH: usize = 60;
/// JSON path of the formula, where its problems are shown.
const PATH: &str = "data.formula";

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
    Max,
    Min,
    Call(Function),
}

type Function = fn(f64) -> f64;

/// Functions of one argument, by the names a learner may type.
const FUNCTIONS: &[(&str, Function)] = &[
    ("sin", f64::sin),
    ("cos", f64::cos),
    ("tan", f64::tan),
    ("exp", f64::exp),
    ("ln", f64::ln),
    ("log", f64::log10),
    ("sqrt", f64::sqrt),
    ("abs", f64::abs),
    ("tanh", f64::tanh),
    ("sigmoid", |x| 1.0 / (1.0 + (-x).exp())),
    ("relu", |x| x.max(0.0)),
    ("floor", f64::floor),
];

/// Functions of two arguments.
const FUNCTIONS_2: &[(&str, Op)] = &[("max", Op::Max), ("min", Op::Min)];

impl Formula {
    /// Reads a formula. `log` is the logarithm to base 10, `ln` the natural one. A leading `y >` (as in the sentence
    /// the formula completes) may be typed too; `×`, `·`, `÷`, `−`, `π` and full-width brackets mean what they look like.
    ///
    /// # Errors
    /// [`Code::FormulaUnreadable`] with the word that cannot be read and its column (from 1; in characters).
    pub fn parse(text: &str) -> Result<Formula, Problem> {
        let mut chars: Vec<char> = text.chars().map(plain).collect();
        for i in 1..chars.len() {
            if chars[i - 1] == '*' && chars[i] == '*' {
                // Python's power; the blank keeps the columns as typed.
                (chars[i - 1], chars[i]) = ('^', ' ');
            }
        }
        let mut parser = Parser { chars, pos: 0, depth: 0, ops: Vec::new() };
        if parser.chars.len() > MAX_LENGTH {
            parser.pos = MAX_LENGTH;
            return Err(parser.problem(MAX_LENGTH));
        }
        parser.skip_prefix();
        parser.sum()?;
        match parser.peek() {
            None => Ok(Formula { ops: parser.ops }),
            Some(_) => Err(parser.problem_here()),
        }
    }

    /// The value at `x`; NaN or infinite where the formula has none, as at `ln(-1)`.
    pub fn eval(&self, x: f64) -> f64 {
        let mut stack: Vec<f64> = Vec::with_capacity(16);
        for op in &self.ops {
            let value = match *op {
                Op::Number(n) => n,
                Op::X => x,
                Op::Negate => -pop(&mut stack),
                Op::Call(f) => f(pop(&mut stack)),
                Op::Add | Op::Subtract | Op::Multiply | Op::Divide | Op::Power | Op::Max | Op::Min => {
                    let (b, a) = (pop(&mut stack), pop(&mut stack));
                    binary(*op, a, b)
                }
            };
            stack.push(value);
        }
        pop(&mut stack)
    }

    /// Checks that the formula has a finite value on at least half of `[-1, 1]`.
    ///
    /// # Errors
    /// [`Code::FormulaNotFinite`].
    pub fn check_finite(&self) -> Result<(), Problem> {
        let finite = (-50..=50).filter(|&i| self.eval(f64::from(i) / 50.0).is_finite()).count();
        if finite > 50 { Ok(()) } else { Err(Problem::new(PATH, Code::FormulaNotFinite)) }
    }
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
        Op::Max => a.max(b),
        Op::Min => a.min(b),
        Op::Number(_) | Op::X | Op::Negate | Op::Call(_) => f64::NAN,
    }
}

/// What people paste from textbooks and Chinese keyboards, as the plain character.
fn plain(c: char) -> char {
    match c {
        '×' | '·' | '⋅' | '∙' => '*',
        '÷' => '/',
        '−' | '–' | '－' => '-',
        '＋' => '+',
        '（' => '(',
        '）' => ')',
        '，' => ',',
        '＞' => '>',
        '\u{3000}' => ' ',
        c => c.to_ascii_lowercase(),
    }
}

struct Parser {
    chars: Vec<char>,
    pos: usize,
    depth: usize,
    ops: Vec<Op>,
}

impl Parser {
    /// The next character that is no space; leaves `pos` on it.
    fn peek(&mut self) -> Option<char> {
        while self.chars.get(self.pos).is_some_and(|c| c.is_whitespace()) {
            self.pos += 1;
        }
        self.chars.get(self.pos).copied()
    }

    fn accept(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.pos += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: char) -> Result<(), Problem> {
        if self.accept(wanted) { Ok(()) } else { Err(self.problem_here()) }
    }

    fn skip_prefix(&mut self) {
        if self.accept('y') && self.accept('>') {
            self.accept('=');
        } else {
            self.pos = 0;
        }
    }

    fn problem_here(&mut self) -> Problem {
        self.peek();
        self.problem(self.pos)
    }

    /// The problem with the word that starts at `start`: letters and digits together, anything else alone.
    fn problem(&self, start: usize) -> Problem {
        let rest = self.chars.get(start..).unwrap_or(&[]);
        let length = rest.iter().take_while(|c| c.is_alphanumeric() || **c == '.').count().clamp(1, 20);
        let word: String = rest.iter().take(length).collect();
        Problem::new(PATH, Code::FormulaUnreadable).arg("word", word).arg("column", start + 1)
    }

    fn enter(&mut self) -> Result<(), Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(self.problem_here()) } else { Ok(()) }
    }

    fn sum(&mut self) -> Result<(), Problem> {
        self.product()?;
        loop {
            let op = match self.peek() {
                Some('+') => Op::Add,
                Some('-') => Op::Subtract,
                Some(_) | None => return Ok(()),
            };
            self.pos += 1;
            self.product()?;
            self.ops.push(op);
        }
    }

    fn product(&mut self) -> Result<(), Problem> {
        self.sign()?;
        loop {
            let op = match self.peek() {
                Some('*') => Op::Multiply,
                Some('/') => Op::Divide,
                Some(c) if c == '(' || c.is_alphabetic() => {
                    self.sign()?;
                    self.ops.push(Op::Multiply);
                    continue;
                }
                Some(_) | None => return Ok(()),
            };
            self.pos += 1;
            self.sign()?;
            self.ops.push(op);
        }
    }

    fn sign(&mut self) -> Result<(), Problem> {
        self.enter()?;
        if self.accept('-') {
            self.sign()?;
            self.ops.push(Op::Negate);
        } else if self.accept('+') {
            self.sign()?;
        } else {
            self.power()?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn power(&mut self) -> Result<(), Problem> {
        self.atom()?;
        if self.accept('^') {
            self.sign()?;
            self.ops.push(Op::Power);
        } else if self.accept('²') {
            self.ops.extend([Op::Number(2.0), Op::Power]);
        } else if self.accept('³') {
            self.ops.extend([Op::Number(3.0), Op::Power]);
        }
        Ok(())
    }

    fn atom(&mut self) -> Result<(), Problem> {
        match self.peek() {
            Some('(') => {
                self.pos += 1;
                self.sum()?;
                self.expect(')')
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_alphabetic() => self.name(),
            Some(_) | None => Err(self.problem_here()),
        }
    }

    /// Digits with at most one point, and an exponent only when digits follow (`2e` would be 2·e).
    fn number(&mut self) -> Result<(), Problem> {
        let start = self.pos;
        let digits = |at: usize| self.chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        let mut end = start + digits(start);
        if self.chars.get(end) == Some(&'.') {
            end += 1 + digits(end + 1);
        }
        if self.chars.get(end) == Some(&'e') {
            let signed = matches!(self.chars.get(end + 1), Some('+' | '-'));
            let first = end + 1 + usize::from(signed);
            let count = if first < self.chars.len() { digits(first) } else { 0 };
            end = if count > 0 { first + count } else { end };
        }
        let text: String = self.chars[start..end].iter().collect();
        let value = text.parse::<f64>().map_err(|_| self.problem(start))?;
        self.ops.push(Op::Number(value));
        self.pos = end;
        Ok(())
    }

    fn name(&mut self) -> Result<(), Problem> {
        let start = self.pos;
        // Not `is_alphanumeric`: that counts the ² of `x²` in.
        let length = self.chars[start..].iter().take_while(|c| c.is_alphabetic() || c.is_ascii_digit()).count();
        let word: String = self.chars[start..start + length].iter().collect();
        self.pos += length;
        match word.as_str() {
            "x" => self.ops.push(Op::X),
            "pi" | "π" => self.ops.push(Op::Number(std::f64::consts::PI)),
            "e" => self.ops.push(Op::Number(std::f64::consts::E)),
            word => {
                let one = FUNCTIONS.iter().find(|(name, _)| *name == word);
                let two = FUNCTIONS_2.iter().find(|(name, _)| *name == word);
                let op = match (one, two) {
                    (Some((_, f)), _) => Op::Call(*f),
                    (None, Some((_, op))) => *op,
                    (None, None) => return Err(self.problem(start)),
                };
                self.expect('(')?;
                self.sum()?;
                if two.is_some() {
                    self.expect(',')?;
                    self.sum()?;
                }
                self.expect(')')?;
                self.ops.push(op);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(text: &str, x: f64) -> f64 {
        Formula::parse(text).unwrap().eval(x)
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
        assert_eq!(at("2e", 0.0), 2.0 * std::f64::consts::E);
        assert_eq!(at("−x² × 2 ÷ （1＋1）", 3.0), -9.0);
        assert!((at("0.5 sin(pi x)", 0.5) - 0.5).abs() < 1e-12);
        assert!((at("log(100) + ln(e)", 0.0) - 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_problem_names_the_word_and_its_column() {
        for (text, word, column) in [
            ("", "", "1"),
            ("2 +", "", "4"),
            ("sin x", "x", "5"),
            ("1 + foo(x)", "foo", "5"),
            ("(x", "", "3"),
            ("x)", ")", "2"),
            ("x *** 2", "*", "5"),
            ("x ** foo", "foo", "6"),
            ("x * * 2", "*", "5"),
            ("max(x)", ")", "6"),
            ("3 4", "4", "3"),
            ("1.2.3", ".3", "4"),
        ] {
            let problem = Formula::parse(text).unwrap_err();
            assert_eq!(problem.code, Code::FormulaUnreadable);
            assert_eq!(problem.args[0].1, word, "{text}");
            assert_eq!(problem.args[1].1, column, "{text}");
        }
    }

    #[test]
    fn depth_and_length_are_bounded() {
        for deep in ["(".repeat(400), "-".repeat(400), "2^".repeat(200), "sin(".repeat(120), "x".repeat(100_000)] {
            assert_eq!(Formula::parse(&deep).unwrap_err().code, Code::FormulaUnreadable);
        }
        assert!(Formula::parse(&format!("{}x{}", "(".repeat(50), ")".repeat(50))).is_ok());
    }

    #[test]
    fn a_formula_without_values_is_refused() {
        assert!(Formula::parse("ln(x)").unwrap().check_finite().is_err(), "half and zero are not finite");
        assert!(Formula::parse("sqrt(x)").unwrap().check_finite().is_ok());
        assert!(Formula::parse("1/0").unwrap().check_finite().is_err());
    }
}
