//! Sets whose inputs are sequences: texts, names, time series, and tasks that turn one sequence into another; and the
//! learner's own text.
//!
//! Not responsible for the list of sets (`sets`) nor for making rows (`engine::data`).

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::data::{DataInfo, DataSpec, Target};
use super::problem::{Code, Problem, check_range};
use super::sets::{SetInfo, SetKind};

/// A shipped text, read character by character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Number of different characters; the vocabulary is these in the order of their code points.
    pub vocabulary: usize,
}

/// A shipped time series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    /// Every column of the file.
    pub header: &'static [&'static str],
    /// Indices of the columns that are inputs; the first is the one that is predicted.
    pub columns: &'static [usize],
    /// Rows of the file.
    pub rows: usize,
    /// Rows after which the series repeats, roughly; 0 when it does not.
    pub season: usize,
}

/// A task whose rows are sequences of tokens, or (adding) of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Spelling to phonemes, from a file.
    G2p,
    /// A written date to `2021-03-09`.
    Dates,
    /// Digits to the same digits backwards.
    Reverse,
    /// Digits to the same digits in order.
    Sort,
    /// `123+45` to the sum, lowest digit first, as one adds on paper.
    Add,
    /// Five symbols, a long silence, then the symbols again (Hochreiter & Schmidhuber 1997; Arjovsky et al. 2016).
    CopyMemory,
    /// Two marked numbers among many: their sum (Hochreiter & Schmidhuber 1997).
    Adding,
    /// A first name to female or male.
    Names,
}

/// Characters of a first name at most.
pub const NAME_LEN: usize = 12;
/// Symbols to be remembered in [`Task::CopyMemory`], and how many there are to choose from.
pub const COPY_LEN: usize = 5;
/// See [`COPY_LEN`].
pub const COPY_SYMBOLS: usize = 8;
/// The token that fills short sequences; always token 0.
pub const PAD: &str = "·";
/// Asks for the symbols again, in [`Task::CopyMemory`].
pub const ASK: &str = "?";
/// Between source and target.
pub const SEP: &str = "→";
/// After the target.
pub const END: &str = "■";

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
/// What dates are written with.
pub const DATE_CHARS: &str = " ,-./0123456789abcdefghijklmnopqrstuvwxyz年日月";
/// Phonemes of CMUdict without stress.
pub const PHONEMES: [&str; 39] = [
    "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY", "JH", "K",
    "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH",
];

impl Task {
    /// Every token, in the order of its index; empty for numbers.
    pub fn tokens(self) -> Vec<String> {
        let chars = |text: &str| text.chars().map(String::from).collect::<Vec<String>>();
        let own = match self {
            Task::Adding => return Vec::new(),
            Task::Names => return [vec![PAD.to_string()], chars(LETTERS)].concat(),
            Task::CopyMemory => return [[PAD, ASK].map(String::from).to_vec(), chars("abcdefgh")].concat(),
            Task::G2p => chars(LETTERS).into_iter().chain(PHONEMES.map(String::from)).collect(),
            Task::Dates => chars(DATE_CHARS),
            Task::Reverse | Task::Sort => chars("0123456789"),
            Task::Add => chars("+0123456789"),
        };
        [[PAD, SEP, END].map(String::from).to_vec(), own].concat()
    }

    /// Tokens of source and target at most, for a `context` of this length.
    pub fn lengths(self, context: usize) -> (usize, usize) {
        match self {
            Task::G2p => (10, 11),
            Task::Dates => (18, 10),
            Task::Reverse | Task::Sort => (context, context),
            Task::Add => (2 * context + 1, context + 1),
            Task::CopyMemory => (2 * COPY_LEN + context, COPY_LEN),
            Task::Adding => (context, 1),
            Task::Names => (NAME_LEN, 1),
        }
    }

    /// Length of one input. Source, `→` and target stand in one row, and each position predicts the token after it: the
    /// end mark is never an input.
    pub fn input_len(self, context: usize) -> usize {
        let (source, target) = self.lengths(context);
        match self {
            Task::G2p | Task::Dates | Task::Reverse | Task::Sort | Task::Add => source + 1 + target,
            Task::CopyMemory | Task::Adding | Task::Names => source,
        }
    }

    /// Whether its rows are a source and a target that are sequences both.
    pub fn is_pair(self) -> bool {
        matches!(self, Task::G2p | Task::Dates | Task::Reverse | Task::Sort | Task::Add)
    }

    /// Shapes and names; of aligned pairs only what follows the source is asked.
    pub fn info(self, context: usize, aligned: bool) -> DataInfo {
        let (tokens, len) = (self.tokens(), self.input_len(context));
        let asked = if aligned { len - self.lengths(context).0 } else { len };
        let count = tokens.len();
        let (input, target, class_names) = match self {
            Task::Adding => (vec![len, 2], Target::Values { shape: vec![1] }, Vec::new()),
            Task::Names => (vec![len], Target::Classes { count: 2 }, ["female", "male"].map(String::from).to_vec()),
            Task::G2p | Task::Dates | Task::Reverse | Task::Sort | Task::Add | Task::CopyMemory => {
                (vec![len], Target::Steps { count, len: asked }, tokens)
            }
        };
        let adding = self == Task::Adding;
        DataInfo {
            input,
            target,
            feature_names: if adding { ["number", "mark"].map(String::from).to_vec() } else { Vec::new() },
            class_names,
            target_name: adding.then(|| "sum of the marked numbers".to_string()),
            plane: false,
            tokens: (!adding).then_some(count),
        }
    }
}

/// What a text of this many different characters looks like: each position predicts the character after it.
pub fn text_info(vocabulary: usize, context: usize, names: Vec<String>) -> DataInfo {
    DataInfo {
        input: vec![context],
        target: Target::Steps { count: vocabulary, len: context },
        feature_names: Vec::new(),
        class_names: names,
        target_name: None,
        plane: false,
        tokens: Some(vocabulary),
    }
}

impl Series {
    /// Shapes and names for windows of `context` rows.
    pub fn info(&self, context: usize, horizon: usize, every_step: bool) -> DataInfo {
        let names = self.columns.iter().map(|&c| self.header[c].to_string()).collect();
        series_info(names, context, horizon, every_step)
    }
}

/// What windows of these columns look like; the first is forecast.
pub fn series_info(names: Vec<String>, context: usize, horizon: usize, every_step: bool) -> DataInfo {
    DataInfo {
        input: vec![context, names.len()],
        target: Target::Values { shape: if every_step { vec![context, 1] } else { vec![horizon] } },
        target_name: names.first().cloned(),
        feature_names: names,
        class_names: Vec::new(),
        plane: false,
        tokens: None,
    }
}

/// Most of the learner's own text, in characters: more would not fit beside the rest in a tab.
pub const MAX_TEXT: usize = 1_000_000;
/// Most different characters: the output layer has a unit for each.
pub const MAX_VOCABULARY: usize = 4096;
/// Fewest windows that the training part of a text or series must give.
pub const MIN_WINDOWS: usize = 4;

thread_local! {
    /// The vocabulary of the last text: an experiment is checked on every edit.
    static LAST: RefCell<Option<(String, Rc<Vec<char>>)>> = const { RefCell::new(None) };
}

/// The different characters of a text, in the order of their code points. Line ends are `\n`, however they are written.
pub fn vocabulary(text: &str) -> Rc<Vec<char>> {
    LAST.with_borrow_mut(|last| {
        if let Some((_, known)) = last.as_ref().filter(|(t, _)| t == text) {
            return Rc::clone(known);
        }
        let found: BTreeSet<char> = characters(text).collect();
        let found = Rc::new(found.into_iter().collect::<Vec<char>>());
        *last = Some((text.to_string(), Rc::clone(&found)));
        found
    })
}

/// The characters of a text, without a byte order mark and without carriage returns.
pub fn characters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| *c != '\r' && *c != '\u{feff}')
}

impl DataSpec {
    /// Length of a window or of a source sequence: the learner's, or else the set's.
    pub fn context_len(&self) -> usize {
        self.context.or_else(|| self.set_info().and_then(|s| s.context).map(|c| c.0)).unwrap_or(0)
    }

    /// How many rows of a series lie in the training part.
    pub fn train_rows(&self, rows: usize) -> usize {
        rows - (rows as f64 * f64::from(self.test_part())) as usize
    }

    /// How many values are predicted, or how far ahead the value at every step lies.
    pub fn horizon_len(&self) -> usize {
        self.horizon.unwrap_or(1)
    }

    /// Files what is wrong with the learner's own text.
    pub(super) fn check_text(&self, problems: &mut Vec<Problem>) {
        let Some(text) = &self.text else {
            problems.push(Problem::new("data.text", Code::MissingField).arg("field", "text"));
            return;
        };
        // Every character has at most four bytes: the cheap test comes first.
        let count = if text.len() > 4 * MAX_TEXT { text.len() } else { characters(text).count() };
        if count > MAX_TEXT {
            problems.push(Problem::new("data.text", Code::TextTooLong).arg("got", count).arg("max", MAX_TEXT));
            return;
        }
        let kinds = vocabulary(text).len();
        if kinds > MAX_VOCABULARY {
            let problem = Problem::new("data.text", Code::VocabularyTooLarge).arg("got", kinds);
            problems.push(problem.arg("max", MAX_VOCABULARY));
        }
        self.check_windows(count, ("data.text", Code::TextTooShort), problems);
        if kinds < 2 && count > 0 {
            problems.push(Problem::new("data.text", Code::TextTooPlain));
        }
    }

    /// Whether `count` characters or rows give enough windows to train on.
    fn check_windows(&self, count: usize, (path, code): (&str, Code), problems: &mut Vec<Problem>) {
        if self.train_rows(count) < self.train_rows_needed() {
            let problem = Problem::new(path, code).arg("got", count).arg("min", self.rows_needed());
            problems.push(problem.arg("context", self.context_len()));
        }
    }

    fn train_rows_needed(&self) -> usize {
        MIN_WINDOWS * self.context_len() + self.horizon_len()
    }

    /// Fewest characters of a text or rows of a series that give enough windows of this context to train on.
    pub fn rows_needed(&self) -> usize {
        let needed = self.train_rows_needed();
        let part = f64::from(self.test_part()).min(0.95);
        (needed as f64 / (1.0 - part)).ceil() as usize + 1
    }

    /// The longest context for which `count` characters or rows are enough; `None` if none is.
    pub fn longest_context(&self, count: usize) -> Option<usize> {
        let (_, min, max) = self.set_info()?.context?;
        let longest = self.train_rows(count).checked_sub(self.horizon_len())? / MIN_WINDOWS;
        (longest >= min).then_some(longest.min(max))
    }

    /// Files a context or horizon out of range.
    pub(super) fn check_context(&self, set: &SetInfo, problems: &mut Vec<Problem>) {
        if let (Some(n), Some((_, min, max))) = (self.context, set.context) {
            check_range(problems, "data.context", n as f64, min as f64, max as f64);
        }
        if let Some(n) = self.horizon {
            check_range(problems, "data.horizon", n as f64, 1.0, MAX_HORIZON as f64);
        }
    }

    /// Files a window that the training part of a series is too short for.
    pub(super) fn check_series(&self, rows: usize, problems: &mut Vec<Problem>) {
        if problems.is_empty() {
            self.check_windows(rows, ("data.context", Code::SeriesTooShort), problems);
        }
    }

    /// Rows of the chosen series; `None` for other data.
    pub fn series_rows(&self) -> Option<usize> {
        match self.set_info()?.kind {
            SetKind::Series(series) => Some(series.rows),
            SetKind::OwnSeries => self.csv.as_ref()?.series().as_ref().as_ref().ok().map(|s| s.rows),
            _ => None,
        }
    }
}

/// Most values ahead.
pub const MAX_HORIZON: usize = 96;
