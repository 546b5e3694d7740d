//! Names of columns: from the header, made unique, none longer than a page can show.
//!
//! Not responsible for whether there is a header.

use std::collections::{HashMap, HashSet};

/// Most characters of a column's or class's name; the rest is cut off and marked with `…`.
pub const MAX_NAME: usize = 60;

/// A name as it is used: trimmed, line ends made blanks, cut to [`MAX_NAME`].
pub fn cut(name: &str) -> String {
    let name = name.trim();
    let one_line: String = name.chars().take(MAX_NAME + 1).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if one_line.chars().count() <= MAX_NAME {
        return one_line;
    }
    one_line.chars().take(MAX_NAME - 1).chain(['…']).collect()
}

/// One name for each of `width` columns: a second `age` becomes `age (2)`, a nameless third column `column 3`. Takes time
/// in proportion to `width`, whatever the names are.
pub fn unique<'a>(given: impl Fn(usize) -> &'a str, width: usize) -> Vec<String> {
    let mut seen: HashSet<String> = HashSet::with_capacity(width);
    let mut copies: HashMap<String, usize> = HashMap::new();
    let mut names = Vec::with_capacity(width);
    for i in 0..width {
        let base = cut(given(i));
        let base = if base.is_empty() { format!("column {}", i + 1) } else { base };
        let mut name = base.clone();
        // Where the counting stopped for the last column of this name it goes on for the next.
        while !seen.insert(name.clone()) {
            let copy = copies.entry(base.clone()).or_insert(1);
            *copy += 1;
            name = format!("{base} ({copy})");
        }
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_short() {
        let given = ["age", "", "age", "age (2)", " age ", "a\nb"];
        assert_eq!(unique(|i| given[i], 6), ["age", "column 2", "age (2)", "age (2) (2)", "age (3)", "a b"]);
        let long = "x".repeat(5000);
        let names = unique(|_| &long, 2);
        assert!(names.iter().all(|n| n.chars().count() <= MAX_NAME + 4) && names[0] != names[1]);
    }

    #[test]
    fn many_equal_names_take_no_longer_each_than_few() {
        // Quadratic renaming would take minutes here.
        let names = unique(|_| "a", 300_000);
        assert_eq!(names[299_999], "a (300000)");
    }
}
