//! What should be said of how a column was read, where its cells could mean something else.
//!
//! Not responsible for the words (`i18n::csv`).

use super::CsvTable;

/// Something to say of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// Some cells are percents, others fractions: percents were divided by 100.
    PercentDivided,
    /// Some cells are percents, others not; all stand as they are.
    PercentMixed,
    /// Amounts in several currencies, which were not exchanged.
    Currencies(String),
    /// Every cell stands in brackets, which therefore are no minus.
    Brackets,
    /// Numbers with signs or units around them are words; one of them.
    Almost(String),
    /// A cell whose sign may group digits or part off decimals, and how it was read.
    ReadAs(String, f64),
    /// Dates could be read either way; the day comes first.
    DayFirst,
    /// Dates could be read either way; the month comes first.
    MonthFirst,
}

/// Mends the numbers of a column where they are of two kinds.
pub fn settle(table: &mut CsvTable, column: usize) {
    let Some(notes) = table.columns.get(column).map(|c| c.notes.clone()) else { return };
    let Some(mut values) = table.numbers.get_mut(column).map(std::mem::take) else { return };
    if notes.contains(&Note::Brackets) {
        values.iter_mut().for_each(|v| *v = v.abs());
    }
    if notes.contains(&Note::PercentMixed) {
        let share = |row: usize| table.cell(row, column).ends_with(['%', '％']);
        let plain = || values.iter().enumerate().filter(|(row, v)| !v.is_nan() && !share(*row)).map(|(_, v)| *v);
        // Nothing is nothing in either kind, and fractions lie between 0 and 1.
        let same = plain().all(|v| v == 0.0);
        let fractions = !same && plain().all(|v| v.abs() <= 1.0) && plain().any(|v| v.fract() != 0.0);
        let shares: Vec<bool> = (0..values.len()).map(share).collect();
        let of = &mut table.columns[column];
        if fractions {
            values.iter_mut().zip(shares).filter(|(_, share)| *share).for_each(|(v, _)| *v /= 100.0);
            of.percent = false;
        }
        of.notes.retain(|n| *n != Note::PercentMixed);
        of.notes.extend((!same).then_some(if fractions { Note::PercentDivided } else { Note::PercentMixed }));
    }
    table.numbers[column] = values;
}

/// Whether dates, as days, follow each other month by month.
pub fn monthly(days: &[f64]) -> bool {
    let step = |w: &[f64]| w[1] - w[0];
    let month = |d: f64| (28.0..=31.0).contains(&d);
    days.len() >= 3 && (days.windows(2).all(|w| month(step(w))) || days.windows(2).all(|w| month(-step(w))))
}
