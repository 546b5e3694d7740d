//! Shipped tables: from CSV bytes to numbers, words one-hot encoded as the registry lists them.
//!
//! Not responsible for the learner's own tables: `spec::csv_select` is, and can say more about what is wrong.

use super::{File, Rows, broken, file};
use crate::spec::problem::Problem;
use crate::spec::sets::SetInfo;
use crate::spec::tables::{ColumnKind, Table};

/// Reads the table's file, and its test file after it when there are two. Rows with an empty used cell are left out.
///
/// # Errors
/// `DataDecode` when a header, a cell or the number of rows is not what the registry says.
pub fn read(set: &SetInfo, table: &Table, files: &[File]) -> Result<Rows, Problem> {
    let mut rows = Rows { given_test: table.test_rows, ..Rows::default() };
    for (part, expected) in set.files.iter().zip([table.rows, table.test_rows]) {
        let before = rows.y.len();
        let bytes = file(set, files, part.path)?;
        read_part(table, bytes, &mut rows).map_err(|reason| broken(set, part.path, reason))?;
        let got = rows.y.len() - before;
        if got != expected {
            return Err(broken(set, part.path, format!("{got} rows, expected {expected}")));
        }
    }
    Ok(rows)
}

fn read_part(table: &Table, bytes: &[u8], rows: &mut Rows) -> Result<(), String> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(|e| e.to_string())?;
    if !header.iter().eq(table.columns.iter().map(|c| c.name)) {
        return Err(format!("unexpected header {header:?}"));
    }
    let used: Vec<usize> = table.inputs().chain(std::iter::once(table.target)).collect();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|e| e.to_string())? {
        if used.iter().any(|&i| record.get(i).is_none_or(str::is_empty)) {
            continue;
        }
        for &i in &used {
            let cell = record.get(i).unwrap_or("");
            let column = &table.columns[i];
            let bad =
                || format!("line {}, {}: {cell:?}", record.position().map_or(0, csv::Position::line), column.name);
            match column.kind {
                ColumnKind::Number => {
                    let number = cell.parse::<f32>().ok().filter(|n| n.is_finite()).ok_or_else(bad)?;
                    if i == table.target { rows.y.push(number) } else { rows.x.push(number) }
                }
                ColumnKind::Words(words) => {
                    let index = words.iter().position(|w| *w == cell).ok_or_else(bad)?;
                    if i == table.target {
                        rows.y.push(index as f32);
                    } else {
                        rows.x.extend((0..words.len()).map(|w| f32::from(u8::from(w == index))));
                    }
                }
                ColumnKind::Unused => {}
            }
        }
    }
    Ok(())
}
