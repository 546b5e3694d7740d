//! Dates as tables write them, as days since 1 January 1970.
//!
//! Not responsible for which columns hold dates: [`super::describe`] counts.

mod written;

pub use written::{tells, write};

/// What comes first in `3/9/2021`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
}

/// English names of months begin so.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Half of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    BeforeNoon,
    AfterNoon,
}

/// How the halves of a day are written, in lower case and without points.
const HALVES: [(&str, Half); 7] = [
    ("am", Half::BeforeNoon),
    ("pm", Half::AfterNoon),
    ("上午", Half::BeforeNoon),
    ("凌晨", Half::BeforeNoon),
    ("早上", Half::BeforeNoon),
    ("下午", Half::AfterNoon),
    ("晚上", Half::AfterNoon),
];

/// Part of a date: digits (value and how many), or the number of a month that has been named.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Digits(u32, usize),
    Month(u32),
    Quarter(u32),
}

/// Whether a cell is a date, whichever part of it comes first.
pub fn is_date(cell: &str) -> bool {
    parse(cell, DateOrder::DayFirst).or_else(|| parse(cell, DateOrder::MonthFirst)).is_some()
}

/// Days since 1 January 1970; the time of day as a fraction. `None` for what is no date.
pub fn parse(cell: &str, order: DateOrder) -> Option<f64> {
    // No date is longer, and prose need not be looked at.
    if cell.len() > 40 || !cell.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (date, time) = split_time(cell);
    let parts = parts(date)?;
    let (year, month, day) = places(&parts, order)?;
    let year = match parts[year] {
        Part::Digits(y, n) => full(y, n)?,
        Part::Month(_) | Part::Quarter(_) => return None,
    };
    let month = match parts[month] {
        Part::Digits(m, _) | Part::Month(m) => m,
        Part::Quarter(q) => 3 * q - 2,
    };
    let day = match day.map(|at| parts[at]) {
        Some(Part::Digits(d, _)) => d,
        Some(Part::Month(_) | Part::Quarter(_)) | None => 1,
    };
    let whole = days(i64::from(year), month, day)?;
    Some(whole as f64 + time_of_day(time)?)
}

/// Which parts are the year, the month (or the quarter) and the day, where there is one.
fn places(parts: &[Part], order: DateOrder) -> Option<(usize, usize, Option<usize>)> {
    Some(match parts {
        [Part::Digits(_, 4), Part::Digits(_, 1 | 2) | Part::Month(_), Part::Digits(_, 1 | 2)] => (0, 1, Some(2)),
        [Part::Digits(_, 4), Part::Digits(_, 1 | 2) | Part::Quarter(_)] => (0, 1, None),
        [Part::Digits(_, 1 | 2) | Part::Quarter(_), Part::Digits(_, 4)] => (1, 0, None),
        [Part::Digits(_, 1 | 2), Part::Month(_), Part::Digits(..)] => (2, 1, Some(0)),
        [Part::Month(_), Part::Digits(_, 1 | 2), Part::Digits(..)] => (2, 0, Some(1)),
        [Part::Month(_), Part::Digits(..)] => (1, 0, None),
        [Part::Digits(_, 4), Part::Month(_)] => (0, 1, None),
        [Part::Digits(_, 1 | 2), Part::Digits(_, 1 | 2), Part::Digits(..)] => match order {
            DateOrder::DayFirst => (2, 1, Some(0)),
            DateOrder::MonthFirst => (2, 0, Some(1)),
        },
        _ => return None,
    })
}

/// The date, and what stands behind it when that is a time of day.
fn split_time(cell: &str) -> (&str, &str) {
    let Some(colon) = cell.find([':', '时', '点']) else { return (cell, "") };
    // Chinese puts the half of the day before the time, with or without a blank.
    if let Some(half) = HALVES[2..].iter().find_map(|(word, _)| cell[..colon].find(word)) {
        return (cell[..half].trim_end(), &cell[half..]);
    }
    match cell[..colon].rfind(['T', ' ', '日']) {
        Some(at) if cell[at..].starts_with('日') => cell.split_at(at + '日'.len_utf8()),
        Some(at) => (cell[..at].trim_end(), &cell[at + 1..]),
        None => (cell, ""),
    }
}

/// `HH:MM`, `HH:MM:SS` or with fractions, then nothing, `Z`, `AM`, `PM` or a zone, which is left as it is: all rows share it.
fn time_of_day(text: &str) -> Option<f64> {
    if text.is_empty() {
        return Some(0.0);
    }
    let lower = text.trim().to_ascii_lowercase();
    let before = HALVES.iter().find(|(word, _)| lower.starts_with(word));
    let digits = before.map_or(lower.as_str(), |(word, _)| lower[word.len()..].trim_start());
    let end = digits.find(|c: char| !(c.is_ascii_digit() || ":.时点分秒".contains(c))).unwrap_or(digits.len());
    let mut units = digits[..end].split([':', '时', '点', '分', '秒']);
    let mut next = || units.next().map_or(Some(0.0), |u| if u.is_empty() { Some(0.0) } else { u.parse::<f64>().ok() });
    let (hour, minute, second) = (next()?, next()?, next()?);
    let behind: String = digits[end..].chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let half = before.or_else(|| HALVES.iter().find(|(word, _)| behind.starts_with(word))).map(|(_, half)| *half);
    let hour = match half {
        // The hour after midnight and the one after noon are both written 12.
        Some(half) if hour <= 12.0 => hour % 12.0 + if half == Half::AfterNoon { 12.0 } else { 0.0 },
        Some(_) | None => hour,
    };
    (hour <= 24.0 && minute < 60.0 && second < 61.0).then(|| hour / 24.0 + minute / 1440.0 + second / 86_400.0)
}

fn parts(date: &str) -> Option<Vec<Part>> {
    let mut out = Vec::with_capacity(3);
    let mut rest = date.trim();
    while let Some(first) = rest.chars().next() {
        let len = if first.is_ascii_digit() {
            let len = rest.bytes().take_while(u8::is_ascii_digit).count();
            let value = rest[..len].parse().ok()?;
            out.push(Part::Digits(value, len));
            len
        } else if first.is_ascii_alphabetic() {
            let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            let word = rest[..len].to_ascii_lowercase();
            if word == "q" {
                let value = rest[1..].chars().next().and_then(|c| c.to_digit(10)).filter(|q| (1..=4).contains(q))?;
                out.push(Part::Quarter(value));
                2
            } else {
                let month = MONTHS.iter().position(|m| word.starts_with(m) && word.len() <= 9)?;
                out.push(Part::Month(month as u32 + 1));
                len
            }
        } else if matches!(first, '-' | '/' | '.' | ',' | ' ' | '年' | '月' | '日') {
            first.len_utf8()
        } else {
            return None;
        };
        rest = &rest[len..];
        if out.len() > 3 {
            return None;
        }
    }
    Some(out)
}

/// Two digits of a year mean 1970–2069.
fn full(year: u32, digits: usize) -> Option<u32> {
    match digits {
        4 => Some(year),
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar (Hinnant's algorithm); `None` for 30 February.
fn days(year: i64, month: u32, day: u32) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if !(1..=12).contains(&month) || day < 1 || day > longest[month as usize - 1] || !(1000..=2999).contains(&year) {
        return None;
    }
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * (i64::from(month) + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let ninth = 18_695.0; // 9 March 2021
        for cell in ["2021-03-09", "2021/3/9", "2021.03.09", "2021年3月9日", "9 Mar 2021", "March 9, 2021", "9-Mar-21"]
        {
            assert_eq!(parse(cell, DateOrder::DayFirst), Some(ninth), "{cell}");
        }
        assert_eq!(parse("09.03.2021", DateOrder::DayFirst), Some(ninth));
        assert_eq!(parse("3/9/2021", DateOrder::MonthFirst), Some(ninth));
        assert_eq!(parse("2021-03-09T12:00:00Z", DateOrder::DayFirst), Some(ninth + 0.5));
        assert_eq!(parse("2021-03-09 6:00 PM", DateOrder::DayFirst), Some(ninth + 0.75));
        assert_eq!(parse("1970-01", DateOrder::DayFirst), Some(0.0));
        assert_eq!(parse("Jan 1970", DateOrder::DayFirst), Some(0.0));
        assert_eq!(parse("1970Q2", DateOrder::DayFirst), Some(90.0));
        assert_eq!(parse("1969-12-31", DateOrder::DayFirst), Some(-1.0));
    }

    #[test]
    fn both_twelves_of_a_day_are_told_apart() {
        let day = 18_691.0; // 5 March 2021
        for (cell, hour) in [
            ("3/5/2021 12:30 AM", 0.5),
            ("3/5/2021 12:30 PM", 12.5),
            ("3/5/2021 12:30:00am", 0.5),
            ("3/5/2021 12:30 a.m.", 0.5),
            ("3/5/2021 1:30 p.m.", 13.5),
            ("3/5/2021 11:30 PM", 23.5),
            ("3/5/2021 12:30", 12.5),
            ("3/5/2021 0:30", 0.5),
            ("2021/3/5 上午12:30", 0.5),
            ("2021/3/5 下午 1:30", 13.5),
            ("2021年3月5日 下午12:30", 12.5),
            ("2021年3月5日上午9:30", 9.5),
            ("2021年3月5日9:30", 9.5),
            ("2021年3月5日 9时30分", 9.5),
            ("2021年3月5日下午3点", 15.0),
        ] {
            let found = parse(cell, DateOrder::MonthFirst).unwrap_or(f64::NAN);
            assert!((found - day - hour / 24.0).abs() < 1e-9, "{cell}: {}", (found - day) * 24.0);
        }
        assert_eq!(parse("3/5/2021 25:30", DateOrder::MonthFirst), None);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for cell in [
            "",
            "2021",
            "12",
            "2021-13-01",
            "30.02.2021",
            "29.2.2023",
            "hello 12",
            "1.5",
            "12:30",
            "1-2-3-4",
            "99/99/99",
            "年",
        ] {
            assert_eq!(parse(cell, DateOrder::DayFirst), None, "{cell}");
        }
    }
}
