//! Whether the moments of a series are one row each and follow each other evenly.
//!
//! A network counts rows, not days: where the two differ, it should be said. Not responsible for the words (`i18n::csv`).

/// Most moments that are named.
const NAMED: usize = 3;
/// A step this many times shorter or longer than the usual one is another: months are not all of one length.
const ALIKE: f64 = 1.5;

/// What is uneven about the moments of a series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moments {
    /// Moments that have more than one row.
    pub repeated: usize,
    /// The first of them, as the table writes them.
    pub repeated_at: Vec<String>,
    /// Steps from a moment to the next.
    pub steps: usize,
    /// Those that are longer or shorter than the usual one.
    pub uneven: usize,
    /// The moments before the first of them.
    pub uneven_after: Vec<String>,
}

impl Moments {
    /// Of rows in the order of time. `dates`: the times are days.
    pub fn of(times: &[f64], dates: bool, written: impl Fn(usize) -> String) -> Moments {
        // The first row of each moment.
        let firsts: Vec<usize> = (0..times.len()).filter(|i| *i == 0 || times[*i] > times[*i - 1]).collect();
        let ends = firsts.iter().skip(1).copied().chain([times.len()]);
        let repeated: Vec<usize> =
            firsts.iter().zip(ends).filter(|(from, to)| to - **from > 1).map(|(i, _)| *i).collect();
        let at: Vec<f64> = firsts.iter().map(|i| times[*i]).collect();
        let working = dates && at.iter().all(|day| day.fract() == 0.0 && weekday(*day) < 5.0);
        let at: Vec<f64> = if working { at.into_iter().map(working_day).collect() } else { at };
        let steps: Vec<f64> = at.windows(2).map(|w| w[1] - w[0]).collect();
        let mut sorted = steps.clone();
        sorted.sort_by(f64::total_cmp);
        let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
        let odd = |step: f64| step > usual * ALIKE || step * ALIKE < usual;
        let uneven: Vec<usize> = steps.iter().zip(&firsts).filter(|(step, _)| odd(**step)).map(|(_, i)| *i).collect();
        let named = |all: &[usize]| all.iter().take(NAMED).map(|i| written(*i)).collect();
        Moments {
            repeated: repeated.len(),
            repeated_at: named(&repeated),
            steps: steps.len(),
            uneven: uneven.len(),
            uneven_after: named(&uneven),
        }
    }
}

/// 0 is Monday; 1 January 1970 was a Thursday.
fn weekday(day: f64) -> f64 {
    (day + 3.0).rem_euclid(7.0)
}

/// Working days counted through: a market that is closed on Saturday and Sunday leaves nothing out.
fn working_day(day: f64) -> f64 {
    ((day + 3.0) / 7.0).floor() * 5.0 + weekday(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(times: &[f64], dates: bool) -> Moments {
        Moments::of(times, dates, |i| times[i].to_string())
    }

    #[test]
    fn even_moments_have_nothing_to_be_said_of() {
        let months = [0.0, 31.0, 59.0, 90.0, 120.0, 151.0];
        // Thursday, Friday, Monday, …
        let market = [0.0, 1.0, 4.0, 5.0, 6.0, 7.0, 8.0, 11.0];
        for (times, dates) in
            [(&months[..], true), (&market, true), (&[1990.0, 1991.0, 1992.0], false), (&[5.0], true), (&[], true)]
        {
            let found = of(times, dates);
            assert_eq!((found.repeated, found.uneven), (0, 0), "{times:?}");
        }
    }

    #[test]
    fn several_rows_of_a_moment_and_gaps_are_counted_and_named() {
        let days = [0.0, 1.0, 2.0, 2.0, 3.0, 10.0, 11.0, 11.0, 11.0];
        let found = of(&days, true);
        assert_eq!((found.repeated, found.repeated_at), (2, vec!["2".to_string(), "11".into()]));
        assert_eq!((found.uneven, found.steps, found.uneven_after), (1, 5, vec!["3".to_string()]));
        let hours = of(&[0.0, 1.0, 2.0, 2.25, 3.0, 4.0], false);
        assert_eq!((hours.uneven, hours.uneven_after), (1, vec!["2".to_string()]));
    }
}
