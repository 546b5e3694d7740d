//! Numbers as people write them in tables: decimal comma or point, grouped digits, currency, percent, any minus.
//!
//! Not responsible for which style a column has: [`super::describe`] counts.

/// Which sign stands before the decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberStyle {
    /// `1,040.50`.
    #[default]
    Point,
    /// `1.040,50`.
    Comma,
    /// Some cells this way, some that: one comma or one point, nothing grouped.
    Either,
}

/// Signs and names of currencies, longer ones first where one begins another.
const UNITS: [&str; 39] = [
    "US$",
    "HK$",
    "NT$",
    "R$",
    "A$",
    "C$",
    "$",
    "€",
    "£",
    "¥",
    "￥",
    "₹",
    "₽",
    "₩",
    "₺",
    "₴",
    "฿",
    "₫",
    "₪",
    "₱",
    "₦",
    "¢",
    "USD",
    "EUR",
    "GBP",
    "CHF",
    "CNY",
    "RMB",
    "JPY",
    "INR",
    "AUD",
    "CAD",
    "kr",
    "zł",
    "Kč",
    "元",
    "円",
    "万元",
    "人民币",
];
/// What may stand behind a number besides currency.
/// Most letters of a unit behind a number.
const MAX_UNIT_LETTERS: usize = 6;
const SHARES: [&str; 3] = ["%", "％", "‰"];

/// The number that a trimmed cell holds, finite. Percent keep their size: `5%` is 5, as the table says it.
pub fn parse(cell: &str, style: NumberStyle) -> Option<f64> {
    let plain = style != NumberStyle::Comma || !cell.contains(['.', ',']);
    if plain
        && is_plain(cell)
        && let Ok(number) = cell.parse::<f64>()
    {
        return number.is_finite().then_some(number);
    }
    match style {
        NumberStyle::Either => either(cell),
        NumberStyle::Point | NumberStyle::Comma => written(cell, style),
    }
}

/// The currency of an amount, written as most people do.
pub fn currency(cell: &str) -> Option<&'static str> {
    let cell = cell.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || "()+-−,.'".contains(c));
    let unit = UNITS.iter().find(|unit| **unit == cell)?;
    Some(match *unit {
        "US$" | "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "￥" | "CNY" | "RMB" | "JPY" | "元" | "円" | "人民币" => "¥",
        "INR" => "₹",
        other => other,
    })
}

/// Whether a cell is a number in some style.
pub fn is_number(cell: &str) -> bool {
    parse(cell, NumberStyle::Point).is_some() || parse(cell, NumberStyle::Comma).is_some()
}

/// Whether a cell is no number only for what stands around one: `<0.5`, `≈ 3`, `1.5 kg`, `200K`, `08:30`.
pub fn is_almost(cell: &str) -> bool {
    let rest = cell.trim_start_matches(['<', '>', '≤', '≥', '=', '~', '≈', ' ']);
    let end = rest.find(|c: char| !c.is_ascii_digit() && !".,:'-+".contains(c)).unwrap_or(rest.len());
    let (number, unit) = rest.split_at(end);
    let short = unit.chars().count() <= MAX_UNIT_LETTERS && !unit.contains(|c: char| c.is_ascii_digit());
    number.starts_with(|c: char| c.is_ascii_digit()) && short && !is_number(cell)
}

/// Only what Rust's own reader takes; it would take `inf` and `nan` too, which are no numbers here.
fn is_plain(cell: &str) -> bool {
    cell.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'))
}

fn either(cell: &str) -> Option<f64> {
    let point = written(cell, NumberStyle::Point).filter(|_| !cell.contains(','));
    point
        .or_else(|| written(cell, NumberStyle::Comma).filter(|_| cell.matches(',').count() == 1 && !cell.contains('.')))
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2212}' | '\u{2013}' | '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}')
}

fn written(cell: &str, style: NumberStyle) -> Option<f64> {
    let mut rest = cell.trim();
    let (mut negative, mut signed, mut unit) = (false, false, false);
    // Accountants put losses in brackets.
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        (rest, negative, signed) = (inner.trim(), true, true);
    }
    loop {
        let first = rest.chars().next()?;
        if !signed && (is_minus(first) || first == '+') {
            (negative, signed) = (is_minus(first), true);
            rest = rest[first.len_utf8()..].trim_start();
        } else if let Some(tail) = UNITS.iter().find_map(|u| rest.strip_prefix(u)).filter(|_| !unit) {
            (rest, unit) = (tail.trim_start(), true);
        } else {
            break;
        }
    }
    loop {
        let last = rest.chars().next_back()?;
        if !signed && is_minus(last) {
            (negative, signed) = (true, true);
            rest = rest[..rest.len() - last.len_utf8()].trim_end();
        } else if let Some(head) = UNITS.iter().chain(&SHARES).find_map(|u| rest.strip_suffix(u)).filter(|_| !unit) {
            (rest, unit) = (head.trim_end(), true);
        } else {
            break;
        }
    }
    digits(rest, style, negative)
}

/// Blanks that group digits are all the same to the reader; so are both apostrophes.
fn group_sign(c: char, style: NumberStyle) -> Option<char> {
    match c {
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => Some(' '),
        '\'' | '\u{2019}' => Some('\''),
        ',' if style == NumberStyle::Point => Some(','),
        '.' if style == NumberStyle::Comma => Some('.'),
        _ => None,
    }
}

/// Digits and signs of East Asian keyboards, which are as wide as a character.
fn narrow(c: char) -> char {
    match c {
        '\u{ff10}'..='\u{ff19}' | '\u{ff0e}' | '\u{ff0c}' => char::from((c as u32 - 0xfee0) as u8),
        _ => c,
    }
}

fn digits(rest: &str, style: NumberStyle, negative: bool) -> Option<f64> {
    let decimal = if style == NumberStyle::Comma { ',' } else { '.' };
    let mut out = String::with_capacity(rest.len() + 1);
    if negative {
        out.push('-');
    }
    // Digits since the last sign between groups, that sign, and whether the decimals have begun.
    let (mut run, mut group, mut after) = (0_usize, None, false);
    let mut chars = rest.chars().map(narrow);
    while let Some(c) = chars.next() {
        match c {
            '0'..='9' => {
                out.push(c);
                run += 1;
            }
            'e' | 'E' if run > 0 => {
                return exponent(&mut out, chars).filter(|_| group.is_none() || after || run == 3);
            }
            _ if c == decimal && !after => {
                if group.is_some() && run != 3 {
                    return None;
                }
                out.push('.');
                (after, run) = (true, 0);
            }
            _ => {
                let sign = group_sign(c, style).filter(|_| !after)?;
                let fits = match group {
                    // `0,123` is no grouped number, nor is `030 123` of a telephone.
                    None => (1..=3).contains(&run) && !out.trim_start_matches('-').starts_with('0'),
                    // India writes 1,00,000.
                    Some(before) => before == sign && (run == 3 || (run == 2 && sign == ',')),
                };
                if !fits {
                    return None;
                }
                (group, run) = (Some(sign), 0);
            }
        }
    }
    let whole = group.is_none() || after || run == 3;
    finite(&out).filter(|_| whole && out.bytes().any(|b| b.is_ascii_digit()))
}

/// What stands behind the `e`.
fn exponent(out: &mut String, rest: impl Iterator<Item = char>) -> Option<f64> {
    out.push('e');
    for (i, c) in rest.enumerate() {
        match c {
            '0'..='9' => out.push(c),
            '+' if i == 0 => {}
            _ if i == 0 && is_minus(c) => out.push('-'),
            _ => return None,
        }
    }
    finite(out)
}

fn finite(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|n| n.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use NumberStyle::{Comma, Either, Point};

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let point = [
            ("1,040.00", 1040.0),
            ("$900", 900.0),
            ("-$1,234.5", -1234.5),
            ("$-5", -5.0),
            ("5%", 5.0),
            ("5 %", 5.0),
            ("−3.5", -3.5),
            ("–2", -2.0),
            ("(1,200)", -1200.0),
            ("12'345.6", 12345.6),
            ("12’345", 12345.0),
            ("1 040", 1040.0),
            ("1\u{202f}040.5", 1040.5),
            ("1,00,000", 100_000.0),
            ("1e-2", 0.01),
            ("6.02E+23", 6.02e23),
            ("1.5e−3", 0.0015),
            ("300 USD", 300.0),
            ("¥1,200", 1200.0),
            ("25元", 25.0),
            ("7-", -7.0),
            (".5", 0.5),
            ("１２．５", 12.5),
        ];
        for (cell, number) in point {
            assert_eq!(parse(cell, Point), Some(number), "{cell}");
        }
        let comma = [
            ("1.530,00", 1530.0),
            ("0,5", 0.5),
            ("-0,75", -0.75),
            ("1.530", 1530.0),
            ("1 530,5 €", 1530.5),
            ("2,5e3", 2500.0),
            ("12", 12.0),
            ("12,5 %", 12.5),
            ("1\u{a0}000", 1000.0),
        ];
        for (cell, number) in comma {
            assert_eq!(parse(cell, Comma), Some(number), "{cell}");
        }
        assert_eq!([parse("1.5", Either), parse("1,5", Either)], [Some(1.5); 2]);
    }

    #[test]
    fn what_is_no_number_stays_a_word() {
        for cell in [
            "",
            "-",
            "a",
            "1,04",
            "1,0400",
            "12,34.5",
            "0,123",
            "030 123",
            "$",
            "%",
            "1.2.3",
            "inf",
            "nan",
            "1 2",
            "e5",
            "1e",
            "3 kg",
            "2021-03-09",
            "12:30",
            "1,000 000",
            "()",
            "--5",
            "1e999",
        ] {
            assert_eq!(parse(cell, Point), None, "{cell:?}");
        }
        for cell in ["1.53", "1,2,3", "1.5", "1,040.00"] {
            assert_eq!(parse(cell, Comma), None, "{cell:?}");
        }
        assert_eq!(parse("1,5.2", Either), None);
    }
}
