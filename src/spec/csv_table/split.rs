//! Text cut into rows and cells: quotes, line ends of every system, one pass.
//!
//! Not responsible for which separator a table has ([`super::sniff`]) nor for what the cells mean.

/// Marks a span that lies in [`Cells::unescaped`]. Tables are far smaller than 2 GiB.
const UNESCAPED: u32 = 1 << 31;

/// Cells in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    /// Where each begins, and how long it is.
    spans: Vec<(u32, u32)>,
    /// Cells whose text is not as it stands in the table: doubled quotes.
    unescaped: String,
    rows: Vec<Row>,
}

/// One row: its first cell, how many, and the line of the text on which it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    first: u32,
    /// Number of cells.
    pub len: u32,
    /// From 1, as a spreadsheet counts.
    pub line: u32,
}

impl Row {
    /// Without its first cell and its last one.
    pub fn inner(self) -> Row {
        Row { first: self.first + 1, len: self.len.saturating_sub(2), ..self }
    }
}

impl Cells {
    /// Every row.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// A trimmed cell; empty where the row has none.
    pub fn get<'a>(&'a self, text: &'a str, row: Row, column: usize) -> &'a str {
        if column >= row.len as usize {
            return "";
        }
        let Some(&(start, len)) = self.spans.get(row.first as usize + column) else { return "" };
        let (from, start) =
            if start & UNESCAPED == 0 { (text, start) } else { (self.unescaped.as_str(), start & !UNESCAPED) };
        from.get(start as usize..(start + len) as usize).unwrap_or("")
    }

    /// Whether the cell stands in quotes, which make any sign part of it.
    pub fn is_quoted(&self, text: &str, row: Row, column: usize) -> bool {
        let span = self.spans.get(row.first as usize + column).filter(|_| column < row.len as usize);
        span.is_some_and(|&(start, _)| {
            start & UNESCAPED != 0 || text.as_bytes().get((start as usize).wrapping_sub(1)) == Some(&b'"')
        })
    }

    /// Makes one cell of two neighbours in each of these rows, where nothing but the separator stands between them.
    pub fn merge(&mut self, rows: &mut [Row], column: usize) {
        for row in rows {
            let from = row.first as usize;
            let mut spans = self.spans[from..from + row.len as usize].to_vec();
            let (second, first) = (spans.remove(column + 1), spans[column]);
            spans[column] = (first.0, second.0 + second.1 - first.0);
            (row.first, row.len) = (self.spans.len() as u32, row.len - 1);
            self.spans.extend(spans);
        }
    }

    /// Whether two neighbouring cells stand side by side in the text.
    pub fn touch(&self, row: Row, column: usize) -> bool {
        let span = |c: usize| self.spans.get(row.first as usize + c).filter(|s| s.0 & UNESCAPED == 0);
        span(column).zip(span(column + 1)).is_some_and(|(a, b)| a.0 + a.1 + 1 == b.0)
    }

    /// The rows that stay.
    pub fn set_rows(&mut self, rows: Vec<Row>) {
        self.rows = rows;
    }
}

/// Where reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// Byte of the text.
    pub byte: usize,
    /// Its line, from 1.
    pub line: u32,
}

/// Cuts one row off and adds it. `separator` is a sign, or a blank for runs of blanks and tabs. `false`: a quote was never
/// closed.
pub fn row(text: &str, at: &mut At, separator: char, cells: &mut Cells) -> bool {
    let bytes = text.as_bytes();
    let blanks = separator == ' ';
    let (first, line) = (cells.spans.len() as u32, at.line);
    let mut closed = true;
    let is_separator = |b: u8| if blanks { b == b' ' || b == b'\t' } else { b == separator as u8 };
    let is_end = |b: u8| b == b'\n' || b == b'\r';
    let skip = |from: usize| {
        let blank = |b: &u8| *b == b' ' || (*b == b'\t' && (blanks || separator != '\t'));
        from + bytes[from..].iter().take_while(|b| blank(b)).count()
    };
    loop {
        let start = skip(at.byte);
        if blanks && bytes.get(start).is_none_or(|b| is_end(*b)) && cells.spans.len() as u32 > first {
            // Blanks at the end of a line separate nothing.
            at.byte = start;
            break;
        }
        if bytes.get(start) == Some(&b'"') {
            closed = quoted(text, at, start, &is_separator, cells);
        } else {
            let len = bytes[start..].iter().take_while(|b| !is_separator(**b) && !is_end(**b)).count();
            at.byte = start + len;
            push(text, start, at.byte, cells);
        }
        match bytes.get(at.byte) {
            Some(b) if is_separator(*b) => at.byte += 1,
            _ => break,
        }
    }
    match bytes.get(at.byte) {
        Some(b'\r') if bytes.get(at.byte + 1) == Some(&b'\n') => at.byte += 2,
        Some(_) => at.byte += 1,
        None => {}
    }
    at.line += 1;
    cells.rows.push(Row { first, len: cells.spans.len() as u32 - first, line });
    closed
}

fn push(text: &str, start: usize, end: usize, cells: &mut Cells) {
    let raw = &text[start..end];
    let lead = raw.len() - raw.trim_start().len();
    cells.spans.push(((start + lead) as u32, raw.trim().len() as u32));
}

/// A cell that begins with a quote. What stands between its last quote and the separator belongs to it, as a spreadsheet
/// has it.
fn quoted(text: &str, at: &mut At, start: usize, is_separator: &impl Fn(u8) -> bool, cells: &mut Cells) -> bool {
    let bytes = text.as_bytes();
    let (mut i, mut doubled) = (start + 1, false);
    let end = loop {
        match bytes.get(i) {
            None => break None,
            Some(b'"') if bytes.get(i + 1) == Some(&b'"') => {
                doubled = true;
                i += 2;
            }
            Some(b'"') => break Some(i),
            Some(b) => {
                at.line += u32::from(*b == b'\n' || (*b == b'\r' && bytes.get(i + 1) != Some(&b'\n')));
                i += 1;
            }
        }
    };
    let inside = &text[start + 1..end.unwrap_or(text.len())];
    let Some(end) = end else {
        at.byte = text.len();
        push(text, start + 1, text.len(), cells);
        // A lone quote at the very end closes something that was never opened: it swallows nothing.
        return inside.trim().is_empty();
    };
    let rest = bytes[end + 1..].iter().take_while(|b| !is_separator(**b) && !matches!(**b, b'\n' | b'\r')).count();
    at.byte = end + 1 + rest;
    let tail = text[end + 1..at.byte].trim_end();
    if doubled || !tail.is_empty() {
        let from = cells.unescaped.len();
        cells.unescaped.push_str(inside.replace("\"\"", "\"").trim_start());
        cells.unescaped.push_str(tail);
        let len = cells.unescaped[from..].trim_end().len();
        cells.spans.push((from as u32 | UNESCAPED, len as u32));
    } else {
        push(text, start + 1, end, cells);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, separator: char) -> Vec<Vec<String>> {
        let (mut at, mut cells) = (At { byte: 0, line: 1 }, Cells::default());
        while at.byte < text.len() {
            row(text, &mut at, separator, &mut cells);
        }
        let cell = |r: &Row, c: usize| cells.get(text, *r, c).to_string();
        cells.rows().iter().map(|r| (0..r.len as usize).map(|c| cell(r, c)).collect()).collect()
    }

    #[test]
    fn cells_are_cut_as_spreadsheets_do() {
        assert_eq!(all("a, b ,\"c,d\"\r\n1,,\"say \"\"hi\"\"\"\n", ','), [["a", "b", "c,d"], ["1", "", "say \"hi\""]]);
        assert_eq!(all("a\t\tb\rc\t\t", '\t'), [["a", "", "b"], ["c", "", ""]]);
        assert_eq!(all("  1   2\t3  \n4 5 6", ' '), [["1", "2", "3"], ["4", "5", "6"]]);
        assert_eq!(all("\"two\nlines\",x", ','), [["two\nlines", "x"]]);
        assert_eq!(all("5\" pipe,7\n\"a\"b,c", ','), [["5\" pipe", "7"], ["ab", "c"]]);
        assert_eq!(all("", ','), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_quote_that_is_never_closed_is_noticed() {
        let (mut at, mut cells) = (At { byte: 0, line: 1 }, Cells::default());
        assert!(!row("\"a,1\nb,2\n", &mut at, ',', &mut cells));
        let (mut at, mut cells) = (At { byte: 0, line: 1 }, Cells::default());
        assert!(row("\"\n", &mut at, ',', &mut cells));
    }
}
