//! What a layer is made of in PyTorch, for a chain (`nn.Sequential`) as for a module with a `forward` of its own.

/// One part of a layer: reads one value, gives one value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Piece {
    /// The module, `nn.Linear(2, 8)`; empty where there is none, so that no chain can hold it.
    pub module: String,
    /// What it is called in a module of its own, without its number; empty for what has nothing to keep.
    pub kept_as: &'static str,
    /// What `forward` says: lines with `{x}` for what comes in, `{m}` for the module and `{y}` for what goes out; without
    /// `{y}` it is one expression.
    pub lines: Vec<String>,
}

impl Piece {
    /// A module that is kept, and called.
    pub fn kept(kept_as: &'static str, module: String) -> Piece {
        Piece { module, kept_as, lines: vec!["{m}({x})".into()] }
    }

    /// What has nothing to keep: a module in a chain, an expression elsewhere.
    pub fn plain(module: impl Into<String>, expression: impl Into<String>) -> Piece {
        Piece { module: module.into(), kept_as: "", lines: vec![expression.into()] }
    }

    /// Only a `forward` can say it.
    pub fn said(mut self, lines: &[&str]) -> Piece {
        self.lines = lines.iter().map(ToString::to_string).collect();
        self
    }

    /// Whether a chain can hold it.
    pub fn chains(&self) -> bool {
        let [line] = &self.lines[..] else { return false };
        !self.module.is_empty() && (self.kept_as.is_empty() || line == "{m}({x})")
    }
}

/// Channels to the front, where PyTorch has them.
pub(super) fn to_first() -> Piece {
    Piece::plain("ChannelsFirst()", "{x}.movedim(-1, 1)")
}

/// Channels to the end, where the page has them.
pub(super) fn to_last() -> Piece {
    Piece::plain("ChannelsLast()", "{x}.movedim(1, -1)")
}
