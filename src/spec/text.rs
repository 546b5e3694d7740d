//! The network as one line of text: `dense 8 tanh | dropout 0.2 | residual(dense 8 relu | dense 8) | dense 2`.
//!
//! Words after the type are its settings in any order; everything can also be said as `key=value`. A name with other
//! characters than letters, digits, `_`, `-` and `.` stands in quotes, as in JSON. Not responsible for whether the
//! network makes sense (`shape.rs`).

mod attention;

use super::activation::Activation;
use super::init::Init;
use super::model::{
    ActivationLayer, Attention, DEPTH_MAX, Dense, Dropout, Embedding, Empty, LAYER_TYPES, Layer, LayerKind, ModelSpec,
    PositionKind, Positional, Recurrent, Reshape, Residual, RnnActivation, TransformerBlock,
};
use super::problem::{Code, Problem};
use super::read;
use std::fmt::Write as _;

mod image;

/// Writes a model as text that [`parse`] reads back to the same model.
pub fn write(model: &ModelSpec) -> String {
    list(&model.layers)
}

fn list(layers: &[Layer]) -> String {
    layers.iter().map(layer).collect::<Vec<_>>().join(" | ")
}

fn layer(layer: &Layer) -> String {
    let mut s = match &layer.kind {
        LayerKind::Dense(d) => {
            let mut s = "dense".to_string();
            // Writing to a String cannot fail.
            d.units.iter().for_each(|u| _ = write!(s, " {u}"));
            if d.activation != Activation::Linear {
                _ = write!(s, " {}", d.activation.name());
            }
            if d.init != Init::default() {
                _ = write!(s, " init={}", init_text(&d.init));
            }
            d.bias.iter().for_each(|b| _ = write!(s, " bias={b}"));
            s
        }
        LayerKind::Activation(a) => format!("activation {}", a.kind.name()),
        LayerKind::Conv2d(c) => image::write_conv("conv", c),
        LayerKind::ConvTranspose2d(c) => image::write_conv("conv_transpose", c),
        LayerKind::Conv1d(c) => image::write_conv1d(c),
        LayerKind::MaxPool2d(p) => image::write_pool("max_pool", p),
        LayerKind::AvgPool2d(p) => image::write_pool("avg_pool", p),
        LayerKind::MaxPool1d(p) => image::write_pool("max_pool1d", p),
        LayerKind::Upsample2d(u) => format!("upsample {}", u.factor),
        LayerKind::GroupNorm(g) => format!("group_norm {}", g.groups),
        LayerKind::SqueezeExcite(s) => format!("squeeze_excite {}", s.reduction),
        LayerKind::Dropout(d) | LayerKind::Dropout2d(d) => format!("{} {}", layer.kind.type_name(), d.rate),
        LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => recurrent(layer.kind.type_name(), r),
        LayerKind::Reshape(r) => {
            format!("reshape {}", r.shape.iter().map(ToString::to_string).collect::<Vec<_>>().join("x"))
        }
        LayerKind::Residual(r) => format!("residual({})", list(&r.layers)),
        LayerKind::Slice(s) => format!("slice {} {}", s.start, s.length),
        LayerKind::Embedding(e) => format!("embedding {}", e.units),
        LayerKind::Positional(p) => format!("positional {}", p.kind.name()),
        LayerKind::Attention(a) => attention::write(a),
        LayerKind::TransformerBlock(t) => attention::write_block(t),
        plain @ (LayerKind::BatchNorm(_)
        | LayerKind::LayerNorm(_)
        | LayerKind::Flatten(_)
        | LayerKind::GlobalAvgPool2d(_)
        | LayerKind::GlobalAvgPool1d(_)
        | LayerKind::Add(_)
        | LayerKind::Concat(_)) => plain.type_name().to_string(),
    };
    layer.name.iter().for_each(|n| _ = write!(s, " name={}", quoted(n)));
    layer
        .from
        .iter()
        .for_each(|f| _ = write!(s, " from={}", f.iter().map(|n| quoted(n)).collect::<Vec<_>>().join(",")));
    s
}

fn recurrent(type_name: &str, r: &Recurrent) -> String {
    let mut s = format!("{type_name} {}", r.units);
    // Writing to a String cannot fail.
    r.activation.iter().for_each(|a| _ = write!(s, " {}", a.name()));
    for (word, _) in
        [("return_sequences", r.return_sequences), ("bidirectional", r.bidirectional)].iter().filter(|f| f.1)
    {
        _ = write!(s, " {word}");
    }
    r.tbptt.iter().for_each(|n| _ = write!(s, " tbptt={n}"));
    if r.forget_bias != 0.0 {
        _ = write!(s, " forget_bias={}", r.forget_bias);
    }
    if r.init != Init::default() {
        _ = write!(s, " init={}", init_text(&r.init));
    }
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

/// An initialiser as one word: its name, and `name:value` pairs in brackets where it has settings.
fn init_text(init: &Init) -> String {
    match serde_json::to_value(init) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(other) => other.to_string().replace(' ', ""),
        Err(_) => String::new(),
    }
}

/// Reads model text.
pub fn parse(text: &str) -> Result<ModelSpec, Problem> {
    let mut p = Parser { text, at: 0, depth: 0 };
    let layers = p.list()?;
    p.space();
    if p.at < text.len() { Err(p.unreadable(p.at, p.at + 1)) } else { Ok(ModelSpec { layers }) }
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

    /// Layers separated by `|` up to `)` or the end.
    fn list(&mut self) -> Result<Vec<Layer>, Problem> {
        let mut layers = Vec::new();
        loop {
            self.space();
            if self.rest().is_empty() || self.rest().starts_with(')') {
                return Ok(layers);
            }
            layers.push(self.layer()?);
            self.space();
            if self.rest().starts_with('|') {
                self.at += 1;
            } else if !self.rest().is_empty() && !self.rest().starts_with(')') {
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
            if braces == 0 && (c.is_whitespace() || matches!(c, '|' | '(' | ')')) {
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
        let type_name = word.to_ascii_lowercase();
        let kind = match type_name.as_str() {
            "linear" => "dense",
            "conv" => "conv2d",
            "pool" | "max_pool" | "maxpool" => "max_pool2d",
            "avg_pool" | "avgpool" => "avg_pool2d",
            "global_avg_pool" => "global_avg_pool2d",
            "conv_transpose" => "conv_transpose2d",
            "upsample" => "upsample2d",
            "batchnorm" => "batch_norm",
            "layernorm" => "layer_norm",
            other => match LAYER_TYPES.iter().find(|t| **t == other) {
                Some(t) => t,
                None => return Err(bad(self, start, word).arg("allowed", LAYER_TYPES.join(", "))),
            },
        };
        let mut layer: Layer = match kind {
            "dense" => LayerKind::Dense(Dense::default()),
            "activation" => LayerKind::Activation(ActivationLayer::default()),
            "dropout" => LayerKind::Dropout(Dropout::default()),
            "batch_norm" => LayerKind::BatchNorm(Empty {}),
            "layer_norm" => LayerKind::LayerNorm(Empty {}),
            "rnn" => LayerKind::Rnn(Recurrent::default()),
            "lstm" => LayerKind::Lstm(Recurrent::default()),
            "gru" => LayerKind::Gru(Recurrent::default()),
            "flatten" => LayerKind::Flatten(Empty {}),
            "reshape" => LayerKind::Reshape(Reshape::default()),
            "residual" => LayerKind::Residual(self.inside(start, word)?),
            "add" => LayerKind::Add(Empty {}),
            "slice" => LayerKind::Slice(attention::UNREAD),
            "embedding" => LayerKind::Embedding(Embedding::default()),
            "positional" => LayerKind::Positional(Positional::default()),
            "attention" => LayerKind::Attention(Attention::default()),
            "transformer_block" => LayerKind::TransformerBlock(TransformerBlock::default()),
            "concat" => LayerKind::Concat(Empty {}),
            other => match image::start(other) {
                Some(kind) => kind,
                None => return Err(bad(self, start, word)),
            },
        }
        .into();
        while let Some((at, w)) = self.word() {
            if !setting(&mut layer, w) {
                return Err(bad(self, at, w));
            }
        }
        let incomplete = match &mut layer.kind {
            LayerKind::Reshape(r) => r.shape.is_empty(),
            LayerKind::Slice(s) => !attention::whole_slice(s),
            other => other.recurrent().is_some_and(|r| r.units == 0),
        };
        if incomplete { Err(bad(self, start, word)) } else { Ok(layer) }
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
        _ => return kind_setting(&mut layer.kind, w, pair),
    }
    true
}

fn kind_setting(kind: &mut LayerKind, w: &str, pair: Option<(&str, &str)>) -> bool {
    let ok = match kind {
        LayerKind::Dense(d) => match pair {
            None if w.parse::<usize>().is_ok() => w.parse().map(|u| d.units = Some(u)).ok(),
            None => Activation::from_name(w).map(|a| d.activation = a),
            Some(("units", v)) => v.parse().map(|u| d.units = Some(u)).ok(),
            Some(("activation", v)) => Activation::from_name(v).map(|a| d.activation = a),
            Some(("bias", v)) => v.parse().map(|b| d.bias = Some(b)).ok(),
            Some(("init", v)) => init(v).map(|i| d.init = i),
            Some(_) => None,
        },
        LayerKind::Rnn(r) | LayerKind::Lstm(r) | LayerKind::Gru(r) => recurrent_setting(r, w, pair),
        LayerKind::Activation(a) => {
            Activation::from_name(pair.map_or(w, |(k, v)| if k == "kind" { v } else { "" })).map(|k| a.kind = k)
        }
        LayerKind::Conv2d(c) | LayerKind::ConvTranspose2d(c) | LayerKind::Conv1d(c) => image::set_conv(c, w, pair),
        LayerKind::MaxPool2d(p) | LayerKind::AvgPool2d(p) | LayerKind::MaxPool1d(p) => image::set_pool(p, w, pair),
        LayerKind::Upsample2d(u) => value(w, pair, "factor").parse().map(|n| u.factor = n).ok(),
        LayerKind::GroupNorm(g) => value(w, pair, "groups").parse().map(|n| g.groups = n).ok(),
        LayerKind::SqueezeExcite(s) => value(w, pair, "reduction").parse().map(|n| s.reduction = n).ok(),
        LayerKind::Dropout(d) | LayerKind::Dropout2d(d) => value(w, pair, "rate").parse().map(|r| d.rate = r).ok(),
        LayerKind::Reshape(r) => {
            let dims: Result<Vec<usize>, _> = w.split(['x', '×']).map(str::parse).collect();
            dims.map(|s| r.shape = s).ok()
        }
        LayerKind::Slice(s) => attention::slice_setting(s, w, pair),
        LayerKind::Embedding(e) => {
            pair.map_or(w, |(k, v)| if k == "units" { v } else { "" }).parse().map(|u| e.units = u).ok()
        }
        LayerKind::Positional(p) => {
            let name = pair.map_or(w, |(k, v)| if k == "kind" { v } else { "" });
            PositionKind::ALL.into_iter().find(|k| k.name() == name).map(|k| p.kind = k)
        }
        LayerKind::Attention(a) => attention::setting(a, w, pair),
        LayerKind::TransformerBlock(t) => attention::block_setting(t, w, pair),
        LayerKind::BatchNorm(_)
        | LayerKind::LayerNorm(_)
        | LayerKind::Flatten(_)
        | LayerKind::GlobalAvgPool2d(_)
        | LayerKind::GlobalAvgPool1d(_)
        | LayerKind::Residual(_)
        | LayerKind::Add(_)
        | LayerKind::Concat(_) => None,
    };
    ok.is_some()
}

/// The value of a layer's one setting, said alone or as `key=value`; empty, which nothing reads, under another key.
fn value<'a>(w: &'a str, pair: Option<(&'a str, &'a str)>, key: &str) -> &'a str {
    pair.map_or(w, |(k, v)| if k == key { v } else { "" })
}

fn recurrent_setting(r: &mut Recurrent, w: &str, pair: Option<(&str, &str)>) -> Option<()> {
    match pair.unwrap_or((w, "true")) {
        ("return_sequences", v) => v.parse().map(|b| r.return_sequences = b).ok(),
        ("bidirectional", v) => v.parse().map(|b| r.bidirectional = b).ok(),
        ("units", v) => v.parse().map(|u| r.units = u).ok(),
        ("forget_bias", v) => v.parse().map(|b| r.forget_bias = b).ok(),
        ("tbptt", v) => v.parse().map(|n| r.tbptt = Some(n)).ok(),
        ("activation", v) => RnnActivation::from_name(v).map(|a| r.activation = Some(a)),
        ("init", v) => init(v).map(|i| r.init = i),
        (word, "true") if pair.is_none() => match word.parse() {
            Ok(units) => {
                r.units = units;
                Some(())
            }
            Err(_) => RnnActivation::from_name(word).map(|a| r.activation = Some(a)),
        },
        _ => None,
    }
}

/// An initialiser as [`init_text`] writes it.
fn init(v: &str) -> Option<Init> {
    let value = serde_json::from_str(v).unwrap_or_else(|_| serde_json::Value::String(v.to_string()));
    read::from_value(&value, "").ok()
}
