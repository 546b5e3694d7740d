//! From plain characters to operations in postfix order; grammar in [`super`].
//!
//! Problems are places. Not responsible for what a character may be written as (`signs`).

use super::Op;
use super::functions::{One, by_name};
use super::words::{Word, Words, is_letter};

/// Deepest nesting of brackets, signs and powers.
const MAX_DEPTH: usize = 60;
/// Powers of a function, `sin² x`, go up to this.
const MAX_EXPONENT: i32 = 99;

/// The place of what cannot be read.
type At = usize;

pub(super) struct Parser<'a> {
    chars: &'a [char],
    words: Words<'a>,
    pos: usize,
    depth: usize,
    /// Bars `|` that are open since the last bracket.
    bars: usize,
    ops: Vec<Op>,
}

impl<'a> Parser<'a> {
    pub fn new(chars: &'a [char], start: usize) -> Parser<'a> {
        Parser { chars, words: Words::new(chars), pos: start, depth: 0, bars: 0, ops: Vec::new() }
    }

    pub fn read(mut self) -> Result<Vec<Op>, At> {
        self.sum()?;
        match self.peek() {
            None => Ok(self.ops),
            Some(_) => Err(self.pos),
        }
    }

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

    fn expect(&mut self, wanted: char) -> Result<(), At> {
        if self.accept(wanted) { Ok(()) } else { Err(self.pos) }
    }

    fn enter(&mut self) -> Result<(), At> {
        self.depth += 1;
        self.peek();
        if self.depth > MAX_DEPTH { Err(self.pos) } else { Ok(()) }
    }

    fn sum(&mut self) -> Result<(), At> {
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

    fn product(&mut self) -> Result<(), At> {
        self.sign()?;
        loop {
            let op = match self.peek() {
                Some('*') => Op::Multiply,
                Some('/') => Op::Divide,
                Some(c) if self.starts_factor(c) => {
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

    /// What may stand behind a factor without a sign; a number may not, and `|` only where none is to be closed.
    fn starts_factor(&self, c: char) -> bool {
        is_letter(c) || matches!(c, '(' | 'π' | 'τ' | '√' | '∛') || c == '|' && self.bars == 0
    }

    fn sign(&mut self) -> Result<(), At> {
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

    fn power(&mut self) -> Result<(), At> {
        self.atom()?;
        if self.accept('°') {
            self.ops.extend([Op::Number(std::f64::consts::PI / 180.0), Op::Multiply]);
        }
        if self.accept('^') {
            self.sign()?;
            self.ops.push(Op::Power);
        } else if self.peek().is_some_and(|c| raised(c).is_some()) {
            self.superscript()?;
            self.ops.push(Op::Power);
        }
        Ok(())
    }

    /// `²`, `⁻¹`, `⁻²ˣ`.
    fn superscript(&mut self) -> Result<(), At> {
        let mut up: Vec<char> = Vec::new();
        while let Some(c) = self.chars.get(self.pos).and_then(|c| raised(*c)) {
            up.push(c);
            self.pos += 1;
        }
        let negative = up.first() == Some(&'-');
        let rest = if matches!(up.first(), Some('-' | '+')) { &up[1..] } else { &up[..] };
        let digits: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
        let tail = &rest[digits.len()..];
        match (digits.parse::<f64>(), tail) {
            (Ok(n), []) => self.ops.push(Op::Number(n)),
            (Ok(n), ['x']) => self.ops.extend([Op::Number(n), Op::X, Op::Multiply]),
            (Err(_), ['x']) => self.ops.push(Op::X),
            _ => return Err(self.pos - 1),
        }
        if negative {
            self.ops.push(Op::Negate);
        }
        Ok(())
    }

    fn atom(&mut self) -> Result<(), At> {
        match self.peek() {
            Some('(') => self.bracket(),
            Some('|') => {
                self.pos += 1;
                self.bars += 1;
                self.sum()?;
                self.expect('|')?;
                self.bars -= 1;
                self.call("abs");
                Ok(())
            }
            Some(c @ ('√' | '∛')) => {
                self.enter()?;
                self.pos += 1;
                if self.peek() == Some('(') {
                    self.bracket()?
                } else {
                    self.power()?
                }
                self.depth -= 1;
                self.call(if c == '√' { "sqrt" } else { "cbrt" });
                Ok(())
            }
            Some(c @ ('π' | 'τ')) => {
                self.pos += 1;
                let value = if c == 'π' { std::f64::consts::PI } else { std::f64::consts::TAU };
                self.ops.push(Op::Number(value));
                Ok(())
            }
            Some(c) if fraction(c).is_some() => {
                self.pos += 1;
                self.ops.extend(fraction(c).map(Op::Number));
                Ok(())
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if is_letter(c) => self.name(),
            Some(_) | None => Err(self.pos),
        }
    }

    /// A sum in brackets. A bar inside closes none outside.
    fn bracket(&mut self) -> Result<(), At> {
        let bars = std::mem::take(&mut self.bars);
        self.expect('(')?;
        self.sum()?;
        self.expect(')')?;
        self.bars = bars;
        Ok(())
    }

    fn call(&mut self, name: &str) {
        self.ops.extend(by_name(name).map(Op::Call));
    }

    /// Digits with at most one point, and an exponent only when digits follow (`2e` would be 2·e).
    fn number(&mut self) -> Result<(), At> {
        let start = self.pos;
        let digits = |at: usize| {
            let rest = self.chars.get(at..).unwrap_or(&[]);
            rest.iter().take_while(|c| c.is_ascii_digit()).count()
        };
        let mut end = start + digits(start);
        if self.chars.get(end) == Some(&'.') {
            end += 1 + digits(end + 1);
        }
        if self.chars.get(end) == Some(&'e') {
            let signed = matches!(self.chars.get(end + 1), Some('+' | '-'));
            let first = end + 1 + usize::from(signed);
            let count = digits(first);
            end = if count > 0 { first + count } else { end };
        }
        let text: String = self.chars[start..end].iter().collect();
        let value = text.parse::<f64>().ok().filter(|v| v.is_finite()).ok_or(start)?;
        self.ops.push(Op::Number(value));
        self.pos = end;
        Ok(())
    }

    fn name(&mut self) -> Result<(), At> {
        let (word, length) = self.words.at(self.pos).ok_or(self.pos)?;
        self.pos += length;
        match word {
            Word::X => self.ops.push(Op::X),
            Word::Number(n) => self.ops.push(Op::Number(n)),
            Word::One(f) => self.function(f)?,
            Word::Two(f) => {
                let bars = std::mem::take(&mut self.bars);
                self.expect('(')?;
                self.sum()?;
                self.expect(',')?;
                loop {
                    self.sum()?;
                    self.ops.push(Op::Join(f));
                    if !(f.many && self.accept(',')) {
                        break;
                    }
                }
                self.expect(')')?;
                self.bars = bars;
            }
        }
        Ok(())
    }

    /// A function's exponent and argument: `sin²(x)`, `sin^2 x`, `sin⁻¹ x`, `sin 2πx`.
    fn function(&mut self, f: &'static One) -> Result<(), At> {
        let (at, exponent) = (self.pos, self.exponent()?);
        let f = match exponent {
            Some(-1) => by_name(f.inverse).ok_or(at)?,
            Some(_) | None => f,
        };
        if self.peek() == Some('(') {
            self.bracket()?
        } else {
            self.bare()?
        }
        self.ops.push(Op::Call(f));
        if let Some(n) = exponent.filter(|n| *n != -1) {
            self.ops.extend([Op::Number(f64::from(n)), Op::Power]);
        }
        Ok(())
    }

    fn exponent(&mut self) -> Result<Option<i32>, At> {
        let start = self.pos;
        let up = |c: &char| raised(*c).filter(|c| *c != 'x');
        let mut text: String = self.chars[start..].iter().map_while(up).collect();
        if text.is_empty() && self.accept('^') {
            let bracket = self.accept('(');
            self.peek();
            let rest = self.chars[self.pos..].iter();
            text = rest
                .enumerate()
                .take_while(|(i, c)| c.is_ascii_digit() || *i == 0 && **c == '-')
                .map(|(_, c)| c)
                .collect();
            self.pos += text.len();
            if bracket {
                self.expect(')')?;
            }
        } else if text.is_empty() {
            return Ok(None);
        } else {
            self.pos += text.chars().count();
        }
        match text.parse::<i32>() {
            Ok(n) if n == -1 || (1..=MAX_EXPONENT).contains(&n) => Ok(Some(n)),
            Ok(_) | Err(_) => Err(start),
        }
    }

    /// An argument without brackets: factors without a sign between them, up to the next function.
    fn bare(&mut self) -> Result<(), At> {
        self.enter()?;
        let mut negative = false;
        while self.peek().is_some_and(|c| c == '-') {
            self.pos += 1;
            negative = !negative;
        }
        self.power()?;
        while let Some(c) = self.peek() {
            let is_function = is_letter(c) && matches!(self.words.at(self.pos), Some((Word::One(_) | Word::Two(_), _)));
            if !self.starts_factor(c) || is_function {
                break;
            }
            self.power()?;
            self.ops.push(Op::Multiply);
        }
        if negative {
            self.ops.push(Op::Negate);
        }
        self.depth -= 1;
        Ok(())
    }
}

/// What a raised character stands for.
fn raised(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁻' => '-',
        '⁺' => '+',
        'ˣ' => 'x',
        _ => return None,
    })
}

fn fraction(c: char) -> Option<f64> {
    Some(match c {
        '½' => 1.0 / 2.0,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 1.0 / 4.0,
        '¾' => 3.0 / 4.0,
        '⅕' => 1.0 / 5.0,
        '⅛' => 1.0 / 8.0,
        _ => return None,
    })
}
