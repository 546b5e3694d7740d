//! How much of the target each column of the learner's own table says by itself.
//!
//! Pure. Not responsible for what follows from it (`rules::leak`).

use crate::spec::DataSpec;
use crate::spec::csv_select::CsvSpec;
use crate::spec::csv_table::CsvTable;
use std::collections::BTreeMap;

/// Columns kept, those that say most: so many names stand side by side on a phone.
const SHOWN: usize = 6;

/// Columns, those that say most first.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Their names.
    pub names: Vec<String>,
    /// Classes: the share of rows that a one-to-one pairing of the column's values with classes explains. Quantities: the
    /// square of the correlation (Pearson).
    pub told: Vec<f64>,
}

/// Measures the columns of the learner's own table; `None` for other data.
pub fn columns(data: &DataSpec) -> Option<Columns> {
    let csv = data.csv.as_ref().filter(|_| data.set == "csv")?;
    let selected = csv.selected();
    let selected = selected.as_ref().as_ref().ok()?;
    let table = CsvTable::remembered(&csv.text, csv.header).ok()?;
    let target = table.column(&selected.target_name)?;
    let quantity = selected.class_names.is_empty();
    let mut all: Vec<(f64, String)> = inputs(csv, &table)
        .into_iter()
        .map(|c| {
            let told = if quantity { correlation(&table, c, target) } else { pairing(&table, c, target) };
            (told, table.columns[c].name.clone())
        })
        .collect();
    crate::spec::order::sort_by(&mut all, |a, b| b.0.total_cmp(&a.0));
    all.truncate(SHOWN);
    let (told, names) = all.into_iter().unzip();
    Some(Columns { names, told })
}

fn inputs(csv: &CsvSpec, table: &CsvTable) -> Vec<usize> {
    csv.input_names(table).iter().filter_map(|name| table.column(name)).collect()
}

/// Each class with its commonest value of the column; a value that several share counts for the largest only.
fn pairing(table: &CsvTable, column: usize, target: usize) -> f64 {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut rows = 0;
    for row in 0..table.len() {
        let (class, value) = (table.cell(row, target), table.cell(row, column));
        if !class.is_empty() && !value.is_empty() {
            *counts.entry(class).or_default().entry(value).or_default() += 1;
            rows += 1;
        }
    }
    let mut best: BTreeMap<&str, usize> = BTreeMap::new();
    for values in counts.values() {
        if let Some((value, n)) = values.iter().max_by_key(|(_, n)| **n) {
            let seat = best.entry(value).or_default();
            *seat = (*seat).max(*n);
        }
    }
    best.values().sum::<usize>() as f64 / f64::from(rows.max(1) as u32)
}

fn correlation(table: &CsvTable, column: usize, target: usize) -> f64 {
    let pairs: Vec<(f64, f64)> =
        (0..table.len()).filter_map(|row| Some((table.number(row, column)?, table.number(row, target)?))).collect();
    let n = pairs.len().max(1) as f64;
    let center = pairs.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0 / n, s.1 + p.1 / n));
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        let (dx, dy) = (x - center.0, y - center.1);
        (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy);
    }
    if xx > 0.0 && yy > 0.0 { xy * xy / (xx * yy) } else { 0.0 }
}
