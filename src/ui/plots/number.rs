//! Numbers as people read them: short, aligned, with a true minus sign; and the ticks of an axis.
//!
//! Not responsible for words around them (`i18n`): digits are the same in both languages.

/// Three significant digits: `0.0213`, `−1.5`, `12,480`, `1.2e−5`, `∞`, `NaN`.
pub fn short(v: f64) -> String {
    if v.is_nan() {
        return "NaN".into();
    }
    if v.is_infinite() {
        return if v > 0.0 { "∞".into() } else { "−∞".into() };
    }
    let size = v.abs();
    let text = if size == 0.0 {
        return "0".into();
    } else if !(1e-4..1e7).contains(&size) {
        scientific(size)
    } else if size >= 999.5 {
        integer(size.round() as u64)
    } else {
        let decimals = (2 - size.log10().floor() as i32).clamp(0, 6) as usize;
        trim_zeros(format!("{size:.decimals$}"))
    };
    signed(v, text)
}

/// Exactly so many decimals: for numbers that change in place and must not jump about. What would burst its place (a score
/// after the loss has left all bounds) is [`short`].
pub fn fixed(v: f64, decimals: usize) -> String {
    if v.abs() < 1e6 { signed(v, format!("{:.decimals$}", v.abs())) } else { short(v) }
}

/// For small cells: two digits after the point, fewer for large numbers: `0.03`, `−1.50`, `12.4`, `180`, `2e3`.
pub fn brief(v: f64) -> String {
    match v.abs() {
        _ if !v.is_finite() => short(v),
        a if a < 9.995 => fixed(v, 2),
        a if a < 99.95 => fixed(v, 1),
        a if a < 999.5 => fixed(v, 0),
        _ => format!("{v:.0e}").replace('-', "−"),
    }
}

/// `12,480`.
pub fn integer(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Whole numbers inside a text in groups of three: `784×64 + 64 = 50240` → `784×64 + 64 = 50,240`.
pub fn grouped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let (digits, rest) = part.split_at(end);
        out.push_str(&digits.parse().map_or_else(|_| digits.to_string(), integer));
        out.push_str(rest);
    }
    out
}

/// `98.4 %` of a share from 0 to 1, with a no-break space. A share that came as `f32` reads as the same one in `f64`:
/// both are rounded to a millionth first.
pub fn percent(share: f64) -> String {
    let millionths = (1e6 * share).round();
    if share.is_finite() { format!("{}\u{a0}%", fixed(millionths / 1e4, 1)) } else { "–".into() }
}

/// Three significant digits of it: 452,320 → 452,000. Zero and what is not finite stay.
pub fn rounded(v: f64) -> f64 {
    if v == 0.0 || !v.is_finite() {
        return v;
    }
    let unit = 10f64.powf(v.abs().log10().floor() - 2.0);
    (v / unit).round() * unit
}

/// For ticks of large numbers: `950`, `1.5k`, `12k`, `3M`, `1.2G`.
pub fn si(v: f64) -> String {
    let size = v.abs();
    let (scale, unit) = match size {
        // Beyond, zeros would be counted: `3.5e16` is read at once.
        s if s >= 999.5e9 => return short(v),
        s if s >= 999.5e6 => (1e9, "G"),
        s if s >= 999.5e3 => (1e6, "M"),
        s if s >= 999.5 => (1e3, "k"),
        _ => return short(v),
    };
    signed(v, format!("{}{unit}", trim_zeros(format!("{:.2}", size / scale))))
}

/// `10⁻⁴`.
pub fn power_of_ten(exponent: i32) -> String {
    let digits = exponent.to_string();
    let raised = digits.chars().map(|c| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        // Digits 0 and 4–9 lie in one row of the character table.
        d => char::from_u32(0x2070 + d.to_digit(10).unwrap_or(0)).unwrap_or(d),
    });
    std::iter::once("10".to_string()).chain(raised.map(String::from)).collect()
}

/// Round numbers from `low` to `high` (1, 2 or 5 times a power of ten apart), about `count` of them, ends not forced.
/// Empty if the range is empty or not finite.
pub fn ticks(low: f64, high: f64, count: usize) -> Vec<f64> {
    let span = high - low;
    if !span.is_finite() || span <= 0.0 || count == 0 {
        return Vec::new();
    }
    let raw = span / count as f64;
    let power = 10f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= raw * 0.999).unwrap_or(10.0 * power);
    let (from, to) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
    (from..=to).map(|i| i as f64 * step).collect()
}

/// Exponents of ten between `low` and `high` (exponents too), at most `count`, evenly spaced.
pub fn log_ticks(low: f64, high: f64, count: usize) -> Vec<i32> {
    if !(low.is_finite() && high.is_finite() && low <= high) || count == 0 {
        return Vec::new();
    }
    let (from, to) = ((low - 1e-9).ceil() as i32, (high + 1e-9).floor() as i32);
    let stride = (((to - from).max(0) as usize + 1).div_ceil(count)).max(1);
    (from..=to).rev().step_by(stride).collect::<Vec<_>>().into_iter().rev().collect()
}

fn scientific(size: f64) -> String {
    let text = format!("{size:.1e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    format!("{}e{}", trim_zeros(mantissa.to_string()), exponent.replace('-', "−"))
}

fn trim_zeros(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
}

fn signed(v: f64, size: String) -> String {
    let is_zero = !size.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if v < 0.0 && !is_zero { format!("−{size}") } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_have_three_digits_and_a_true_minus() {
        let cases = [
            (0.0, "0"),
            (0.021_34, "0.0213"),
            (0.5, "0.5"),
            (-1.5, "−1.5"),
            (98.44, "98.4"),
            (999.7, "1,000"),
            (12_480.0, "12,480"),
            (0.000_012, "1.2e−5"),
            (-3.0e9, "−3e9"),
            (f64::INFINITY, "∞"),
            (f64::NEG_INFINITY, "−∞"),
            (f64::NAN, "NaN"),
        ];
        for (v, wanted) in cases {
            assert_eq!(short(v), wanted);
        }
    }

    #[test]
    fn whole_numbers_in_a_text_are_grouped() {
        assert_eq!(grouped("784×64 + 64 = 50240"), "784×64 + 64 = 50,240");
        assert_eq!(grouped("96 + 59×1056 = 1234567 parameters"), "96 + 59×1,056 = 1,234,567 parameters");
        assert_eq!(grouped(""), "");
    }

    #[test]
    fn nothing_rounds_to_minus_zero() {
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(fixed(-0.01, 2), "−0.01");
        assert_eq!(fixed(-8.25e20, 3), "−8.2e20");
        assert_eq!(fixed(f64::NAN, 3), "NaN");
        assert_eq!(percent(-0.0), "0.0\u{a0}%");
        // 65 wrong of 2,000, once measured in f32, once counted.
        assert_eq!(percent(f64::from(0.9675f32)), percent(0.9675));
    }

    #[test]
    fn rounding_keeps_three_digits() {
        for (v, wanted) in [(452_320.0, 452_000.0), (7.0, 7.0), (300.0, 300.0), (0.0, 0.0), (-1234.0, -1230.0)] {
            assert_eq!(rounded(v), wanted);
        }
        assert_eq!(rounded(f64::INFINITY), f64::INFINITY);
    }

    #[test]
    fn large_ticks_are_short() {
        for (v, wanted) in [(950.0, "950"), (1500.0, "1.5k"), (12_000.0, "12k"), (3e6, "3M"), (1.25e9, "1.25G")] {
            assert_eq!(si(v), wanted);
        }
        assert_eq!(si(999_600.0), "1M");
    }

    #[test]
    fn powers_are_raised() {
        assert_eq!(power_of_ten(-4), "10⁻⁴");
        assert_eq!(power_of_ten(0), "10⁰");
        assert_eq!(power_of_ten(12), "10¹²");
    }

    #[test]
    fn ticks_are_round_inside_and_about_as_many_as_asked() {
        assert_eq!(ticks(0.0, 1.0, 5), vec![0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]);
        assert_eq!(ticks(-1.0, 1.0, 4), vec![-1.0, -0.5, 0.0, 0.5, 1.0]);
        for (low, high) in [(0.0, 3e-7), (-1e9, 2e9), (17.3, 17.4), (0.0, 123_456.0)] {
            let t = ticks(low, high, 5);
            assert!((2..=7).contains(&t.len()), "{low} {high}: {t:?}");
            assert!(t.iter().all(|v| (low - 1e-6 * high.abs()..=high + 1e-6 * high.abs()).contains(v)));
        }
    }

    #[test]
    fn an_empty_or_broken_range_has_no_ticks() {
        assert!(ticks(1.0, 1.0, 5).is_empty());
        assert!(ticks(0.0, f64::INFINITY, 5).is_empty());
        assert!(ticks(f64::NAN, 1.0, 5).is_empty());
        assert!(log_ticks(f64::NAN, 1.0, 5).is_empty());
    }

    #[test]
    fn log_ticks_thin_out() {
        assert_eq!(log_ticks(-4.2, -0.9, 5), vec![-4, -3, -2, -1]);
        assert_eq!(log_ticks(-30.0, 0.0, 4).len(), 4);
        assert!(log_ticks(-0.4, -0.2, 4).is_empty());
    }
}
