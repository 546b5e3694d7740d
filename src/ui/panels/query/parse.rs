//! The text of a query: a dotted name in words, and Python's brackets behind it.
//!
//! Pure. Not responsible for which names there are (`names.rs`) nor for how long an axis is (`slice.rs`).

use super::fault::Fault;
use std::fmt;

/// One place or range along an axis, as Python writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// `3`, `-1`.
    Index(i64),
    /// `:`, `1:`, `::2`; what is left out is `None`.
    Slice(Option<i64>, Option<i64>, Option<i64>),
    /// `...`: all of the axes between.
    Rest,
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |v: Option<i64>| v.map_or_else(String::new, |v| v.to_string());
        match *self {
            Item::Index(i) => write!(f, "{i}"),
            Item::Slice(from, to, None) => write!(f, "{}:{}", side(from), side(to)),
            Item::Slice(from, to, step) => write!(f, "{}:{}:{}", side(from), side(to), side(step)),
            Item::Rest => write!(f, "..."),
        }
    }
}

/// A query as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Words joined by dots: `layers.0.weight.grad`.
    pub path: String,
    /// What stood in each pair of brackets.
    pub brackets: Vec<Vec<Item>>,
}

/// Reads a query.
pub fn parse(text: &str) -> Result<Line, Fault> {
    let text: String = text.chars().map(plain).collect();
    let mut line = Line::default();
    let mut rest = text.as_str();
    let mut words = String::new();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => {
                let (inside, behind) = rest.split_once(']').ok_or(Fault::Unclosed)?;
                rest = behind;
                let items = bracket(inside)?;
                // `layers[2].weight` is how a program would say it.
                match items[..] {
                    [Item::Index(i)] if i >= 0 && words.trim_end().ends_with("layers") => words += &format!(".{i}"),
                    _ => line.brackets.push(items),
                }
            }
            ']' => return Err(Fault::Unopened),
            c if c.is_alphanumeric() || c == '_' || c == '-' => words.push(c),
            c if c == '.' || c.is_whitespace() => words.push('.'),
            c => return Err(Fault::Character(c)),
        }
    }
    line.path = words.split('.').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(".");
    if line.path.is_empty() { Err(Fault::Empty) } else { Ok(line) }
}

/// Signs of a Chinese keyboard are those they look like.
fn plain(c: char) -> char {
    match c {
        '：' => ':',
        '，' => ',',
        '［' | '【' => '[',
        '］' | '】' => ']',
        '。' | '．' => '.',
        '－' | '−' => '-',
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10).unwrap_or(c),
        c => c,
    }
}

fn bracket(inside: &str) -> Result<Vec<Item>, Fault> {
    let items: Vec<&str> = inside.split(',').map(str::trim).collect();
    // A comma may end the list.
    let items = if items.len() > 1 && items.last() == Some(&"") { &items[..items.len() - 1] } else { &items[..] };
    items.iter().map(|s| item(s)).collect()
}

fn item(text: &str) -> Result<Item, Fault> {
    if text == "..." || text == "…" {
        return Ok(Item::Rest);
    }
    let number = |s: &str| s.trim().parse::<i64>().map_err(|_| Fault::Index(text.to_string()));
    let side = |s: &str| if s.trim().is_empty() { Ok(None) } else { number(s).map(Some) };
    let parts: Vec<&str> = text.split(':').collect();
    match parts[..] {
        [one] => number(one).map(Item::Index),
        [from, to] => Ok(Item::Slice(side(from)?, side(to)?, None)),
        [from, to, step] => Ok(Item::Slice(side(from)?, side(to)?, side(step)?)),
        _ => Err(Fault::Index(text.to_string())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (String, String) {
        let line = parse(text).unwrap();
        let all = |items: &Vec<Item>| items.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        (line.path.clone(), line.brackets.iter().map(all).collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn names_are_words_and_dots() {
        for text in ["layers.0.weight.grad", "layers.0.weight grad", " layers.0 weight  grad ", "layers[0].weight grad"]
        {
            assert_eq!(read(text), ("layers.0.weight.grad".into(), String::new()), "{text}");
        }
        assert_eq!(read("layers[1].layers[0].weight[2]"), ("layers.1.layers.0.weight".into(), "2".into()));
    }

    #[test]
    fn brackets_are_pythons() {
        assert_eq!(read("layers.0 state[:, :2]"), ("layers.0.state".into(), ":,:2".into()));
        assert_eq!(read("x[-1, ..., 1:9:2][0] grad"), ("x.grad".into(), "-1,...,1:9:2|0".into()));
        assert_eq!(read("x[ 1 : , ]"), ("x".into(), "1:".into()));
        assert_eq!(read("x[::-1]"), ("x".into(), "::-1".into()));
        assert_eq!(read("x［：，２］"), ("x".into(), ":,2".into()));
    }

    #[test]
    fn what_cannot_be_read_says_what_it_is() {
        for (text, fault) in [
            ("", Fault::Empty),
            ("  . ", Fault::Empty),
            ("[0]", Fault::Empty),
            ("x[0", Fault::Unclosed),
            ("x 0]", Fault::Unopened),
            ("x + y", Fault::Character('+')),
            ("x[a]", Fault::Index("a".into())),
            ("x[]", Fault::Index(String::new())),
            ("x[1:2:3:4]", Fault::Index("1:2:3:4".into())),
            ("x[1.5]", Fault::Index("1.5".into())),
            ("x[99999999999999999999]", Fault::Index("99999999999999999999".into())),
        ] {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,40}", near in "[a-z.0-9 :,\\[\\]-]{0,30}") {
            let _ = (parse(&text), parse(&near));
        }

        #[test]
        fn an_item_reads_back(from in proptest::option::of(-99..99_i64), to in proptest::option::of(-99..99_i64),
            step in proptest::option::of(-9..9_i64), index in any::<i64>()) {
            for item in [Item::Slice(from, to, step), Item::Index(index), Item::Rest] {
                let line = parse(&format!("a.b [{item}, {item}]")).unwrap();
                prop_assert_eq!(&line.brackets, &vec![vec![item, item]]);
            }
        }
    }
}
