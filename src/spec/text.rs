//! The network as one line of text: `dense 8 tanh | dropout 0.2 | residual(dense 8 relu | dense 8) | dense 2`; several
//! networks: `encoder: dense 2; decoder: dense 8 relu | dense`.
//!
//! Words after the type are its settings in any order; everything can also be said as `key=value`. A name with other
//! characters than letters, digits, `_`, `-` and `.` stands in quotes, as in JSON. Not responsible for whether the
//! network makes sense (`shape.rs`).

use super::layers::Word;
use super::model::{DEPTH_MAX, LAYER_TYPES, Layer, LayerKind, ModelSpec, Part, PartName, Residual};
use super::problem::{Code, Problem};
use serde_json::Value;
use std::fmt::Write as _;

mod number;

/// Writes a model as text that [`parse`] reads back to the same model.
pub fn write(model: &ModelSpec) -> String {
    if model.parts.is_empty() {
        return list(&model.layers);
    }
    let part = |p: &Part| format!("{}: {}", p.name.name(), list(model.part(p.name)));
    model.parts.iter().map(part).collect::<Vec<_>>().join("; ")
}

pub(super) fn list(layers: &[Layer]) -> String {
    layers.iter().map(layer).collect::<Vec<_>>().join(" | ")
}

fn layer(layer: &Layer) -> String {
    let mut s = layer.kind.word().to_string();
    layer.kind.write_words(&mut s);
    // Writing to a String cannot fail.
    layer.name.iter().for_each(|n| _ = write!(s, " name={}", quoted(n)));
    layer
        .from
        .iter()
        .for_each(|f| _ = write!(s, " from={}", f.iter().map(|n| quoted(n)).collect::<Vec<_>>().join(",")));
    s.push_str(if layer.frozen { " frozen" } else { "" });
    s
}

/// A name as it stands in the text: bare where nothing in it could be mistaken.
fn quoted(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    // A string always serialises.
    if bare { name.to_string() } else { serde_json::to_string(name).unwrap_or_default() }
}

/// The names of a list separated by commas; `None` where a quoted one is broken or one is missing.
fn names(list: &str) -> Option<Vec<String>> {
    let mut all = Vec::new();
    let mut rest = list;
    loop {
        let end = if rest.starts_with('"') { quote_end(rest)? } else { rest.find(',').unwrap_or(rest.len()) };
        let (name, after) = rest.split_at(end);
        all.push(if name.starts_with('"') { serde_json::from_str(name).ok()? } else { name.to_string() });
        if name.is_empty() {
            return None;
        }
        match after.strip_prefix(',') {
            Some(more) => rest = more,
            None => return after.is_empty().then_some(all),
        }
    }
}

/// Bytes up to and with the quote that closes the one `text` begins with.
fn quote_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return Some(i + 1),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

/// Reads model text.
pub fn parse(text: &str) -> Result<ModelSpec, Problem> {
    let text = narrow(text);
    let mut p = Parser { text: &text, at: 0, depth: 0 };
    let Some(first) = p.part()? else {
        let layers = p.list()?;
        p.space();
        return if p.at < text.len() { Err(p.unreadable(p.at, p.at + 1)) } else { Ok(ModelSpec::of(layers)) };
    };
    let mut parts = vec![(first, p.list()?)];
    loop {
        p.space();
        if p.rest().is_empty() {
            crate::spec::order::sort_by_key(&mut parts, |(name, _)| *name);
            return Ok(ModelSpec::of_parts(parts));
        }
        let at = p.at;
        p.at += usize::from(p.rest().starts_with(';'));
        match p.part()? {
            Some(name) if parts.iter().all(|(other, _)| *other != name) => parts.push((name, p.list()?)),
            Some(_) | None => return Err(p.unreadable(at, at + 1)),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// The problem at bytes `from..to`, with the word there and its column counted in characters from 1.
    fn unreadable(&self, from: usize, to: usize) -> Problem {
        let to = (to.min(self.text.len())..=self.text.len()).find(|i| self.text.is_char_boundary(*i)).unwrap_or(from);
        let column = self.text[..from].chars().count() + 1;
        Problem::new("model", Code::TextUnreadable).arg("word", &self.text[from..to]).arg("column", column)
    }

    /// The name of a part before its colon, if one stands here.
    fn part(&mut self) -> Result<Option<PartName>, Problem> {
        self.space();
        let Some((name, _)) = self.rest().split_once(':') else { return Ok(None) };
        let word = name.trim_end();
        if word.is_empty() || !word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return Ok(None);
        }
        let found = PartName::from_name(word);
        let part = found.ok_or_else(|| self.unreadable(self.at, self.at + word.len()))?;
        self.at += name.len() + 1;
        Ok(Some(part))
    }

    /// Layers separated by `|` up to `)`, `;` or the end.
    fn list(&mut self) -> Result<Vec<Layer>, Problem> {
        let mut layers = Vec::new();
        loop {
            self.space();
            if self.rest().is_empty() || self.rest().starts_with([')', ';']) {
                return Ok(layers);
            }
            layers.push(self.layer()?);
            self.space();
            if self.rest().starts_with('|') {
                self.at += 1;
            } else if !self.rest().is_empty() && !self.rest().starts_with([')', ';']) {
                return Err(self.unreadable(self.at, self.at + 1));
            }
        }
    }

    /// The next word: up to a space, `|` or a bracket, but an opening `{` runs to its matching `}`, a quote to the next.
    fn word(&mut self) -> Option<(usize, &'a str)> {
        self.space();
        let start = self.at;
        let (mut braces, mut quote_ends) = (0usize, 0usize);
        for (i, c) in self.rest().char_indices() {
            if i < quote_ends {
                continue;
            }
            match c {
                '"' => quote_ends = quote_end(&self.rest()[i..]).map_or(0, |n| i + n),
                '{' => braces += 1,
                '}' => braces = braces.saturating_sub(1),
                _ => {}
            }
            if braces == 0 && (c.is_whitespace() || matches!(c, '|' | '(' | ')' | ';')) {
                let w = &self.text[start..start + i];
                self.at = start + i;
                return (!w.is_empty()).then_some((start, w));
            }
        }
        self.at = self.text.len();
        let w = &self.text[start..];
        (!w.is_empty()).then_some((start, w))
    }

    fn layer(&mut self) -> Result<Layer, Problem> {
        let Some((start, word)) = self.word() else { return Err(self.unreadable(self.at, self.at + 1)) };
        let bad = |p: &Self, at: usize, w: &str| p.unreadable(at, at + w.len());
        let Some(mut kind) = LayerKind::begun(&word.to_ascii_lowercase()) else {
            return Err(bad(self, start, word).arg("allowed", LAYER_TYPES.join(", ")));
        };
        if let LayerKind::Residual(r) = &mut kind {
            *r = self.inside(start, word)?;
        }
        let (mut layer, mut said) = (Layer::from(kind), Vec::new());
        while let Some((at, w)) = self.word() {
            let before = layer.clone();
            if !setting(&mut layer, w) && !number::plain(w).is_some_and(|plain| setting(&mut layer, &plain)) {
                let whole = number::whole(w).filter(|(_, plain)| setting(&mut layer, plain));
                let problem = bad(self, at, w);
                return Err(match whole {
                    Some((nearest, _)) => Problem { code: Code::TextWhole, ..problem }.arg("nearest", nearest),
                    None => problem,
                });
            }
            // `dense 8 16`: the 16 would make the 8 void without a word.
            let new = set_by(&before, &layer, w);
            let void =
                said.iter().find(|(_, fields): &&((usize, &str), Vec<String>)| new.iter().any(|f| fields.contains(f)));
            if let Some(((at, w), _)) = void {
                return Err(Problem { code: Code::TextDoubled, ..bad(self, *at, w) });
            }
            said.push(((at, w), new));
        }
        if layer.kind.whole() { Ok(layer) } else { Err(bad(self, start, word)) }
    }

    fn inside(&mut self, start: usize, word: &str) -> Result<Residual, Problem> {
        self.space();
        self.depth += 1;
        if !self.rest().starts_with('(') || self.depth > DEPTH_MAX {
            return Err(self.unreadable(start, start + word.len()));
        }
        self.at += 1;
        let layers = self.list()?;
        if !self.rest().starts_with(')') {
            return Err(self.unreadable(start, start + word.len()));
        }
        self.at += 1;
        self.depth -= 1;
        Ok(Residual { layers })
    }
}

/// What a layer holds, field by field.
fn fields(layer: &Layer) -> serde_json::Map<String, Value> {
    // By way of text: the page has the code for that anyway.
    match serde_json::to_string(layer).and_then(|text| serde_json::from_str(&text)) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) | Err(_) => serde_json::Map::new(),
    }
}

/// Fields that differ.
fn changed(a: &Layer, b: &Layer) -> Vec<String> {
    let (a, b) = (fields(a), fields(b));
    a.keys().chain(b.keys()).filter(|k| a.get(*k) != b.get(*k)).cloned().collect()
}

/// Fields that a word has set: a number may be what the field held anyway, and then another one shows which it is.
fn set_by(before: &Layer, after: &Layer, word: &str) -> Vec<String> {
    let new = changed(before, after);
    let tried = number::others(word).into_iter().filter(|_| new.is_empty()).find_map(|other| {
        let mut layer = before.clone();
        setting(&mut layer, &other).then(|| changed(before, &layer))
    });
    tried.unwrap_or(new)
}

/// Signs, letters and digits as wide as a Chinese one, in their plain form, but for what stands in quotes; as many
/// characters, so that places in the text stay.
fn narrow(text: &str) -> String {
    let mut quoted = false;
    let one = |c: char| {
        quoted ^= c == '"';
        match c {
            '\u{3000}' if !quoted => ' ',
            // Both blocks are in the same order.
            '\u{ff01}'..='\u{ff5e}' if !quoted => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        }
    };
    text.chars().map(one).collect()
}

/// Applies one word to a layer; `false` if it makes no sense there.
fn setting(layer: &mut Layer, w: &str) -> bool {
    let pair = w.split_once('=');
    match pair {
        Some(("name", v)) => match names(v).as_deref() {
            Some([one]) => layer.name = Some(one.clone()),
            Some(_) | None => return false,
        },
        Some(("from", v)) => match names(v) {
            Some(all) => layer.from = Some(all),
            None => return false,
        },
        None if w == "frozen" => layer.frozen = true,
        _ => return layer.kind.read_word(Word { text: w, pair }).is_some(),
    }
    true
}
