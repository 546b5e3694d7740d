//! Numbers as people type them: `0.5`, `0,5`, `1,000`, `1 000`, `1e-2`, `1/3`, `−2`, `１２`.
//!
//! What is read has the digits that were typed; what can mean two numbers is refused with both of them. Not responsible
//! for the sentences (`i18n::fields`) nor for how numbers are shown (`scale.rs`).

use super::scale::Limits;

/// Largest number of a list.
const LIST_MAX: f64 = 1e9;

/// Why a text is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is there.
    Empty,
    /// It is no number in any of the ways above.
    NotANumber,
    /// The comma or the point can be a decimal sign or stand between thousands.
    TwoWays {
        /// Read as thousands, in plain digits.
        grouped: String,
        /// Read as a decimal number, with a point.
        decimal: String,
    },
    /// A whole number is wanted and this one has a fraction.
    NotWhole,
    /// It lies outside the limits.
    Outside,
    /// A fraction with the denominator 0.
    ByZero,
    /// Not 0, but so close to it that it would be kept as 0.
    TooSmall,
}

/// Reads a typed number; `unit` may stand behind it.
///
/// # Errors
/// The reason why it is not taken.
pub fn read(typed: &str, limits: Limits, unit: &str) -> Result<f64, Refusal> {
    let plain: String = typed.chars().map(plain).collect();
    let text = plain.trim();
    let text = if unit.is_empty() { text } else { text.strip_suffix(unit).unwrap_or(text).trim_end() };
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    let value = match text.split_once('/') {
        Some((over, under)) => quotient(over.trim_end(), under.trim_start())?,
        None => signed(text, limits.whole)?,
    };
    if limits.whole && value.is_finite() && value.fract() != 0.0 {
        return Err(Refusal::NotWhole);
    }
    if !(value.is_finite() && value >= limits.min && value <= limits.max) {
        return Err(Refusal::Outside);
    }
    // Numbers are kept as `f32`.
    let is_zero = !text.split(['e', '/']).next().unwrap_or("").contains(|c: char| ('1'..='9').contains(&c));
    if value as f32 == 0.0 && !is_zero { Err(Refusal::TooSmall) } else { Ok(value) }
}

/// Whole numbers one after the other: `3x5`, `28×28×1`, `[4, 4]`, `4 4 2`. A comma alone is no separator: it stands in
/// numbers.
pub fn list(typed: &str) -> Option<Vec<usize>> {
    let same = |c: char| if matches!(c, '×' | 'X' | '*' | '＊' | '✕' | 'ｘ') { 'x' } else { plain(c) };
    let text: String = typed.chars().map(same).collect();
    let text = text.trim();
    let inner = text.strip_prefix(['[', '(', '（']).and_then(|t| t.strip_suffix([']', ')', '）']));
    let parts: Vec<&str> = match (inner, text) {
        (None, t) if t.contains('x') => t.split('x').collect(),
        (Some(t), _) if t.contains(',') => t.split(',').collect(),
        (None, t) if t.contains(", ") => t.split(", ").collect(),
        (Some(t), _) | (None, t) => t.split_whitespace().collect(),
    };
    let one = |part: &str| {
        let part = part.trim();
        // A group of thousands would have become a number of its own.
        let is_group = part.len() > 1 && part.starts_with('0');
        read(part, Limits::whole(0.0, LIST_MAX), "").ok().filter(|_| !is_group).map(|v| v as usize)
    };
    parts.into_iter().map(one).collect::<Option<Vec<usize>>>().filter(|all| !all.is_empty())
}

/// What looks alike in other keyboards' characters, and every kind of blank.
fn plain(c: char) -> char {
    match c {
        '，' => ',',
        '．' | '。' => '.',
        '−' | '－' | '–' | '‐' | '‑' | '﹣' => '-',
        '＋' => '+',
        '／' | '⁄' | '∕' => '/',
        '％' => '%',
        'ｅ' | 'Ｅ' | 'E' => 'e',
        '’' | '＇' => '\'',
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

fn quotient(over: &str, under: &str) -> Result<f64, Refusal> {
    let (over, under) = (signed(over, false)?, number(under, false)?);
    if under == 0.0 { Err(Refusal::ByZero) } else { Ok(over / under) }
}

fn signed(text: &str, whole: bool) -> Result<f64, Refusal> {
    match text.strip_prefix('-') {
        Some(size) => Ok(-number(size, whole)?),
        None => number(text.strip_prefix('+').unwrap_or(text), whole),
    }
}

/// A number without sign.
fn number(text: &str, whole: bool) -> Result<f64, Refusal> {
    let (size, exponent) = match text.split_once('e') {
        Some((size, exponent)) => (size, exponent),
        None => (text, "0"),
    };
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if digits.len() > 5 || !is_digits(digits) {
        return Err(Refusal::NotANumber);
    }
    let (head, fraction) = split(size, whole)?;
    let fraction = fraction.trim_end_matches('0');
    // Asked of the digits: a long fraction would be rounded away in the number.
    if whole && exponent == "0" && !fraction.is_empty() {
        return Err(Refusal::NotWhole);
    }
    format!("{head}.{fraction}e{exponent}").parse().map_err(|_| Refusal::NotANumber)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Digits before and after the decimal sign.
fn split(size: &str, whole: bool) -> Result<(String, String), Refusal> {
    let odd = |c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'' | '_'));
    if size.contains(odd) || !size.contains(|c: char| c.is_ascii_digit()) {
        return Err(Refusal::NotANumber);
    }
    let count = |sign: char| size.matches(sign).count();
    let between = [' ', '\'', '_'].into_iter().find(|sign| count(*sign) > 0);
    let (decimal, group) = match (count('.'), count(','), between) {
        (0, 0, None) => return Ok((size.into(), String::new())),
        (1, 0, None) => return one_sign(size, '.', whole),
        (0, 1, None) => return one_sign(size, ',', whole),
        (0, 0, Some(sign)) => (None, sign),
        (1, 0, Some(sign)) => (Some('.'), sign),
        (0, 1, Some(sign)) => (Some(','), sign),
        (_, 0, None) => (None, '.'),
        (0, _, None) => (None, ','),
        // With both signs the later one is the decimal sign, and stands once.
        (1, _, None) if size.rfind('.') > size.rfind(',') => (Some('.'), ','),
        (_, 1, None) if size.rfind(',') > size.rfind('.') => (Some(','), '.'),
        _ => return Err(Refusal::NotANumber),
    };
    let (head, fraction) = decimal.and_then(|sign| size.split_once(sign)).unwrap_or((size, ""));
    if !fraction.is_empty() && !is_digits(fraction) {
        return Err(Refusal::NotANumber);
    }
    Ok((ungrouped(head, group).ok_or(Refusal::NotANumber)?, fraction.into()))
}

/// Digits in groups of three, without what stands between them.
fn ungrouped(text: &str, sign: char) -> Option<String> {
    let mut parts = text.split(sign);
    let first = parts.next()?;
    let is_head = is_digits(first) && first.len() <= 3 && !first.starts_with('0');
    let mut digits = first.to_string();
    for part in parts {
        if part.len() != 3 || !is_digits(part) {
            return None;
        }
        digits.push_str(part);
    }
    is_head.then_some(digits)
}

/// One comma or one point, and nothing else. A point is a decimal sign and a comma before three digits of a whole number
/// stands between thousands, as the page itself writes them; where people of another country mean something else by the
/// same text, nothing is taken.
fn one_sign(size: &str, sign: char, whole: bool) -> Result<(String, String), Refusal> {
    let (head, fraction) = size.split_once(sign).unwrap_or((size, ""));
    let is_head = (1..=3).contains(&head.len()) && !head.starts_with('0');
    let looks_grouped = is_head && fraction.len() == 3;
    // In China digits are also grouped by fours.
    let may_be_grouped = looks_grouped || (is_head && whole && fraction.len() == 4);
    match (sign, whole) {
        (',', true) if looks_grouped => return Ok((format!("{head}{fraction}"), String::new())),
        ('.', false) => {}
        _ if may_be_grouped => {
            let end = fraction.trim_end_matches('0');
            let decimal = format!("{head}.{}", if end.is_empty() { "0" } else { end });
            return Err(Refusal::TwoWays { grouped: format!("{head}{fraction}"), decimal });
        }
        _ => {}
    }
    Ok((if head.is_empty() { "0" } else { head }.into(), fraction.into()))
}

#[cfg(test)]
mod tests;
