//! What a table's text does not say: its separator, and which lines before it are none of its rows.
//!
//! Not responsible for the header's place ([`super::shape`]).

use super::numbers;
use super::split::{At, Cells, row};
use std::collections::HashMap;

/// Rows that are looked at.
const LOOK_AT: usize = 60;
/// Signs that separate cells; a blank stands for runs of blanks.
const SEPARATORS: [char; 5] = [',', ';', '\t', '|', ' '];

/// What was found before the first row.
#[derive(Clone, Debug, PartialEq)]
pub struct Sniffed {
    /// `,`, `;`, tab, `|`, a blank for runs of blanks, or what a line `sep=` says.
    pub separator: char,
    /// Where the first row begins.
    pub at: At,
    /// Whether a line `sep=;` was there.
    pub sep_line: bool,
    /// Comment lines before the first row.
    pub comments: usize,
    /// The last of them without its sign: it may name the columns.
    pub last_comment: Option<String>,
}

/// Looks at the beginning of a text.
pub fn sniff(text: &str) -> Sniffed {
    let mut found =
        Sniffed { separator: ',', at: At { byte: 0, line: 1 }, sep_line: false, comments: 0, last_comment: None };
    let mut told = None;
    loop {
        let rest = &text[found.at.byte..];
        let line = rest.split(['\n', '\r']).next().unwrap_or("");
        let bare = line.trim();
        if rest.is_empty() {
            break;
        }
        if let Some(separator) = sep_line(bare).filter(|_| !found.sep_line) {
            (told, found.sep_line) = (Some(separator), true);
        } else if let Some(comment) = comment(bare) {
            found.comments += 1;
            found.last_comment = Some(comment.to_string());
        } else if !bare.is_empty() {
            break;
        }
        let end = found.at.byte + line.len();
        let ends = if text[end..].starts_with("\r\n") { 2 } else { usize::from(end < text.len()) };
        found.at = At { byte: end + ends, line: found.at.line + 1 };
    }
    found.separator = told.unwrap_or_else(|| separator(&text[found.at.byte..]));
    found
}

/// `sep=;`, which Excel writes and reads.
fn sep_line(line: &str) -> Option<char> {
    let line = line.trim_matches('"');
    let sign = line.get(..4).filter(|s| s.eq_ignore_ascii_case("sep=")).map(|_| &line[4..])?;
    let mut signs = sign.chars();
    match (signs.next(), signs.next()) {
        // A tab at the end of the line has been trimmed away.
        (None, None) => Some('\t'),
        (Some(one), None) if one.is_ascii() && one != '"' && !one.is_ascii_alphanumeric() => Some(one),
        _ => None,
    }
}

/// The words of a comment line.
pub fn comment(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('#').or_else(|| line.strip_prefix("//")).or_else(|| line.strip_prefix('%'))?;
    Some(rest.trim_start_matches(['#', '%']).trim())
}

/// The separator that cuts the first rows into equally many cells, cells without other separators in them, and into more
/// cells than the next; the comma wins a tie.
fn separator(text: &str) -> char {
    // Between tabs a single blank belongs to its cell.
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LOOK_AT);
    let tabbed = lines().all(|line| line.contains('\t') && !line.contains("  "));
    let possible = SEPARATORS.into_iter().rev().filter(|s| *s != ' ' || !tabbed);
    let best = possible.map(|s| (score(text, s), s)).max_by_key(|(score, _)| *score);
    best.filter(|((good, _), _)| *good > 0).map_or(',', |(_, s)| s)
}

/// How good a separator is: tenths of rows alike times cells that are clean, and cells a row.
fn score(text: &str, separator: char) -> (usize, usize) {
    let (mut at, mut cells) = (At { byte: 0, line: 1 }, Cells::default());
    while at.byte < text.len() && cells.rows().len() < LOOK_AT {
        row(text, &mut at, separator, &mut cells);
    }
    let rows: Vec<_> = cells.rows().iter().filter(|r| r.len > 1 || !cells.get(text, **r, 0).is_empty()).collect();
    let mut widths: HashMap<u32, usize> = HashMap::new();
    rows.iter().for_each(|r| *widths.entry(r.len).or_default() += 1);
    let Some((width, alike)) = widths.into_iter().max_by_key(|(width, n)| (*n, *width)) else { return (0, 0) };
    if width < 2 {
        return (0, 0);
    }
    let (mut all, mut clean, mut numbers) = (0, 0, 0);
    for r in rows.iter().filter(|r| r.len == width) {
        for c in 0..width as usize {
            let cell = cells.get(text, **r, c);
            let number = numbers::is_number(cell);
            let other = |s: char| s != ' ' && s != separator && SEPARATORS.contains(&s);
            all += 1;
            numbers += usize::from(number);
            clean += usize::from(number || cells.is_quoted(text, **r, c) || !cell.contains(other));
        }
    }
    // Words are separated by blanks too: a third of the cells below the header must be numbers.
    if separator == ' ' && numbers * 3 + (width as usize) < all {
        return (0, 0);
    }
    (10 * alike * clean / (rows.len() * all).max(1), width as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_found() {
        let found = |text: &str| sniff(text).separator;
        assert_eq!(found("a,b\n1,2\n"), ',');
        assert_eq!(found("a;b\n1,5;2,5\n1,5;2,5\n"), ';');
        assert_eq!(found("1,5;2,5\n3,5;4,5\n"), ';', "decimal commas are no separators");
        assert_eq!(found("a\tb c\n1\t2, 3\n"), '\t');
        assert_eq!(found("18.0   8\t\"chevrolet chevelle\"\n15.0   8\t\"buick skylark\"\n"), ' ');
        assert_eq!(found("a|b|c\n1|2|3\n"), '|');
        assert_eq!(found("x    y\n1    2\n10   20\n"), ' ');
        assert_eq!(found("name\nJohn Smith\nMary Jones\n"), ',', "two words are one cell");
        assert_eq!(found("one\n1\n2\n"), ',');
        assert_eq!(found("city,\"a;b;c\"\nx,\"d;e;f\"\n"), ',');
        assert_eq!(found("when,price\n2021-01-01 12:00,5\n2021-01-02 12:00,6\n"), ',');
    }

    #[test]
    fn lines_before_the_table_are_skipped_and_counted() {
        let found = sniff("sep=;\r\n# made by x\r\n# t;y\r\na;b\r\n1;2\r\n");
        assert_eq!((found.separator, found.sep_line, found.comments, found.at.line), (';', true, 2, 4));
        assert_eq!(found.last_comment.as_deref(), Some("t;y"));
        assert_eq!(sniff("sep=|\n1|2").separator, '|');
        assert_eq!(sniff("separate,b\n1,2").at.byte, 0);
        assert_eq!(sniff("").separator, ',');
        assert_eq!(sniff("#\n#\n").comments, 2);
    }
}
