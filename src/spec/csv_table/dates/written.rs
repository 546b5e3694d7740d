//! A day as a table writes its dates, so that it can be shown and typed beside them.
//!
//! Not responsible for reading ([`super::parse`]).

use super::{DateOrder, MONTHS, Part, parse, parts, places, split_time};

/// English months in full.
const IN_FULL: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Seconds of a day.
const DAY: i64 = 86_400;

/// Whether a date shows how short numbers are written: `3/9` or `03/09`, and not `11/12`.
pub fn tells(cell: &str) -> bool {
    let (date, _) = split_time(cell);
    let mut numbers = date.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    numbers.any(|n| n.len() == 1 || n.starts_with('0'))
}

/// Days since 1 January 1970 as a date written as `like` is; where that would not read back, as `2021-03-09`.
pub fn write(at: f64, like: &str, order: DateOrder) -> String {
    let seconds = (at * DAY as f64).round() as i64;
    let same = |text: &String| parse(text, order).is_some_and(|back| (back * DAY as f64).round() as i64 == seconds);
    written(seconds, like, order).filter(same).unwrap_or_else(|| plain(seconds))
}

fn plain(seconds: i64) -> String {
    let ((year, month, day), rest) = (date_of(seconds.div_euclid(DAY)), seconds.rem_euclid(DAY));
    let time = match (rest, rest % 60) {
        (0, _) => String::new(),
        (_, 0) => format!(" {}", time_of(rest, "00:00")),
        _ => format!(" {}", time_of(rest, "00:00:00")),
    };
    format!("{year:04}-{month:02}-{day:02}{time}")
}

fn written(seconds: i64, like: &str, order: DateOrder) -> Option<String> {
    let (date, time) = split_time(like);
    let all = parts(date)?;
    let (year_at, month_at, day_at) = places(&all, order)?;
    let (year, month, day) = date_of(seconds.div_euclid(DAY));
    let number = |n: i64, cell: &str| if cell.len() == 1 { n.to_string() } else { format!("{n:02}") };
    let part = |i: usize, cell: &str| {
        if i == year_at {
            return if cell.len() == 2 { format!("{:02}", year.rem_euclid(100)) } else { format!("{year:04}") };
        }
        match all[i] {
            Part::Month(_) => name(month, cell),
            Part::Quarter(_) => format!("{}{}", &cell[..1], (month + 2) / 3),
            Part::Digits(..) if i == month_at => number(month, cell),
            Part::Digits(..) => number(if Some(i) == day_at { day } else { 1 }, cell),
        }
    };
    let (mut out, mut rest, mut i) = (String::new(), date, 0);
    while let Some(first) = rest.chars().next() {
        let alike = |c: &u8| if first.is_ascii_digit() { c.is_ascii_digit() } else { c.is_ascii_alphabetic() };
        let len = match all.get(i) {
            _ if !first.is_ascii_alphanumeric() => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            }
            Some(Part::Quarter(_)) if first.is_ascii_alphabetic() => 2,
            Some(_) => rest.bytes().take_while(alike).count(),
            None => return None,
        };
        out += &part(i, rest.get(..len)?);
        rest = &rest[len..];
        i += 1;
    }
    if !time.is_empty() {
        if !time.bytes().all(|b| b.is_ascii_digit() || b == b':') {
            return None;
        }
        out += like.get(date.len()..like.len() - time.len())?;
        out += &time_of(seconds.rem_euclid(DAY), time);
    }
    Some(out)
}

/// The time of day as `like` writes it: with seconds or without.
fn time_of(seconds: i64, like: &str) -> String {
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let hour = if like.find(':') == Some(1) { hour.to_string() } else { format!("{hour:02}") };
    if like.matches(':').count() > 1 {
        format!("{hour}:{minute:02}:{second:02}")
    } else {
        format!("{hour}:{minute:02}")
    }
}

/// The name of a month, as long and in such letters as another.
fn name(month: i64, like: &str) -> String {
    let index = (month - 1).rem_euclid(12) as usize;
    let full = IN_FULL[index];
    let name = if like.len() > 3 { full } else { &full[..MONTHS[index].len()] };
    if like.bytes().all(|b| b.is_ascii_uppercase()) {
        name.to_uppercase()
    } else if like.bytes().all(|b| b.is_ascii_lowercase()) {
        name.to_lowercase()
    } else {
        name.to_string()
    }
}

/// Year, month and day of the Gregorian calendar (Hinnant's algorithm).
fn date_of(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let (era, of_era) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_the_table_writes_it() {
        let day = 18_695.0; // 9 March 2021
        for (like, expected) in [
            ("2020-01-05", "2021-03-09"),
            ("2020/1/5", "2021/3/9"),
            ("05.01.2020", "09.03.2021"),
            ("5.1.20", "9.3.21"),
            ("2020年1月5日", "2021年3月9日"),
            ("5 Jan 2020", "9 Mar 2021"),
            ("January 5, 2020", "March 9, 2021"),
            ("5-JAN-20", "9-MAR-21"),
            ("2020-01-05 08:30", "2021-03-09 00:00"),
            // What the table writes has no room for the day: it must not get lost.
            ("2020-01", "2021-03-09"),
            ("2020Q1", "2021-03-09"),
            ("2020-01-05 08:30 PM", "2021-03-09"),
            ("no date", "2021-03-09"),
        ] {
            assert_eq!(write(day, like, DateOrder::DayFirst), expected, "{like}");
        }
        assert_eq!(write(day, "1/5/2020", DateOrder::MonthFirst), "3/9/2021");
        assert_eq!(write(day + 0.75, "2020-01-05T08:30:00", DateOrder::DayFirst), "2021-03-09T18:00:00");
        assert_eq!(write(day + 0.75, "5.1.2020", DateOrder::DayFirst), "2021-03-09 18:00");
        assert_eq!(write(90.0, "2020Q1", DateOrder::DayFirst), "1970Q2");
        assert_eq!(write(-1.0, "Jan 5, 1970", DateOrder::DayFirst), "Dec 31, 1969");
        assert!(tells("3/10/2021") && tells("2021-03-10") && !tells("11.12.2021") && !tells("2021-11-12 08:30"));
    }

    #[test]
    fn every_day_reads_back() {
        for day in (-200_000..300_000).step_by(997) {
            for like in ["2020-01-05", "05.01.2020", "5 January 2020", "5/1/2020 8:30"] {
                let text = write(f64::from(day), like, DateOrder::DayFirst);
                assert_eq!(parse(&text, DateOrder::DayFirst), Some(f64::from(day)), "{text}");
            }
        }
    }
}
