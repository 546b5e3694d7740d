//! A script as lines that know which layer they say, so that code and cards can be lit together.

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Without its end.
    pub text: String,
    /// Index of the top-level layer that it says.
    pub layer: Option<usize>,
}

/// A script.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// Its lines.
    pub lines: Vec<Line>,
}

impl Script {
    /// One more line, or several in one text.
    pub(super) fn say(&mut self, text: impl AsRef<str>) {
        self.say_of(None, text);
    }

    /// The same about a layer.
    pub(super) fn say_of(&mut self, layer: Option<usize>, text: impl AsRef<str>) {
        self.lines.extend(text.as_ref().split('\n').map(|text| Line { text: text.trim_end().to_string(), layer }));
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.lines.iter().map(|l| l.text.as_str()).chain([""]).collect::<Vec<_>>().join("\n")
    }
}
