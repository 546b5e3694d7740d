//! Tasks with an answer: how a network gives it, what a learner's own source means, and what the answer to it is.
//!
//! Not responsible for tokens and lengths (`sequences`) nor for making rows (`engine::data`).

use super::data::DataSpec;
use super::sequences::{ASK, COPY_LEN, COPY_SYMBOLS, DATE_CHARS, END, PAD, Task};
use super::sets::SetKind;

/// How the answer to a source comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answering {
    /// Token by token behind `→`, each being an input for the next; it ends with the end mark.
    Written,
    /// All at once, at places that the task keeps for it; nothing that was answered is read again.
    AtOnce,
}

/// A source as a learner typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its tokens, without padding and without `→`.
    pub tokens: Vec<u32>,
    /// What of the text no source has, each once; it was left out.
    pub left_out: Vec<String>,
    /// The longest source there may be, where this one was longer; the rest was left out.
    pub longest: Option<usize>,
}

/// First three letters of the months.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl DataSpec {
    /// The task on sequences that the set is, if it is one.
    pub fn task(&self) -> Option<Task> {
        match self.set_info()?.kind {
            SetKind::Task(task) => Some(task),
            _ => None,
        }
    }
}

impl Task {
    /// How a network answers; `None` where the target is no sequence.
    pub fn answering(self) -> Option<Answering> {
        match self {
            Task::G2p | Task::Dates | Task::Reverse | Task::Sort | Task::Add => Some(Answering::Written),
            Task::CopyMemory => Some(Answering::AtOnce),
            Task::Adding | Task::Names => None,
        }
    }

    /// The characters that a source is written with.
    fn source_chars(self) -> &'static str {
        match self {
            Task::G2p | Task::Names => "abcdefghijklmnopqrstuvwxyz",
            Task::Dates => DATE_CHARS,
            Task::Reverse | Task::Sort => "0123456789",
            Task::Add => "+0123456789",
            Task::CopyMemory => "abcdefgh",
            Task::Adding => "",
        }
    }

    /// Tokens of a learner's own source at most.
    pub fn source_max(self, context: usize) -> usize {
        match self {
            Task::CopyMemory => COPY_LEN,
            Task::G2p | Task::Dates | Task::Reverse | Task::Sort | Task::Add | Task::Adding | Task::Names => {
                self.lengths(context).0
            }
        }
    }

    /// The length that every source has, where all have the same.
    pub fn source_len(self, context: usize) -> Option<usize> {
        match self {
            Task::Reverse | Task::Sort => Some(context),
            Task::CopyMemory => Some(COPY_LEN),
            Task::G2p | Task::Dates | Task::Add | Task::Adding | Task::Names => None,
        }
    }

    /// A learner's text as a source. What stands behind `→` or `=` is no part of it; letters may be capitals, signs may
    /// be full-width, and blanks count only where sources have them.
    pub fn read_source(self, context: usize, text: &str) -> Source {
        let (chars, names) = (self.source_chars(), self.tokens());
        let mut source = Source::default();
        let half = |c: char| match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        };
        let typed = text.trim().chars().map(half).take_while(|c| !matches!(c, '→' | '='));
        for c in typed.flat_map(char::to_lowercase) {
            let own = chars.contains(c).then(|| names.iter().position(|n| n.chars().eq([c]))).flatten();
            match own {
                Some(token) => source.tokens.push(token as u32),
                None if c.is_whitespace() || PAD.contains(c) || END.contains(c) => {}
                None if source.left_out.iter().any(|known| known.chars().eq([c])) => {}
                None => source.left_out.push(c.to_string()),
            }
        }
        // Blanks before an arrow are no part of a date either.
        while source.tokens.last().is_some_and(|t| names.get(*t as usize).is_some_and(|n| n == " ")) {
            source.tokens.pop();
        }
        let max = self.source_max(context);
        source.longest = (source.tokens.len() > max).then_some(max);
        source.tokens.truncate(max);
        source
    }

    /// The right answer by the task's rule, without the end mark; `None` where the source breaks the rule, or where only
    /// a list of answers knows it.
    pub fn wanted(self, source: &[u32]) -> Option<Vec<u32>> {
        let names = self.tokens();
        let text = || source.iter().filter_map(|t| names.get(*t as usize)).cloned().collect::<String>();
        let read = |answer: &str| {
            let token = |c: char| names.iter().position(|n| n.chars().eq([c])).map(|t| t as u32);
            answer.chars().map(token).collect::<Option<Vec<u32>>>()
        };
        if source.is_empty() {
            return None;
        }
        match self {
            Task::Reverse => Some(source.iter().rev().copied().collect()),
            Task::Sort => {
                let mut sorted = source.to_vec();
                crate::spec::order::sort(&mut sorted);
                Some(sorted)
            }
            Task::Add => {
                let text = text();
                let (a, b) = text.split_once('+')?;
                let sum = a.parse::<u64>().ok()?.checked_add(b.parse::<u64>().ok()?)?;
                read(&sum.to_string().chars().rev().collect::<String>())
            }
            Task::Dates => read(&iso(&text())?),
            Task::CopyMemory => (source.len() == COPY_LEN).then(|| source.to_vec()),
            Task::G2p | Task::Adding | Task::Names => None,
        }
    }

    /// A source as a network that answers at once takes it: symbols, silence, the question mark, room for the answer.
    pub fn copy_input(source: &[u32], context: usize) -> Vec<f32> {
        let mut x: Vec<f32> = source.iter().take(COPY_LEN).map(|t| *t as f32).collect();
        x.resize(COPY_LEN + context, 0.0);
        x.push(1.0);
        x.resize(2 * COPY_LEN + context, 0.0);
        x
    }
}

/// What token 0 of a vocabulary stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zero {
    /// A token like any other.
    Token,
    /// What fills up short rows: no part of the sequence, and never drawn.
    Filling,
    /// A step of silence, which a memory has to last through.
    Silence,
}

impl Zero {
    /// By the vocabulary. That of a text is in the order of its code points; that of a task begins with the filling, which
    /// is no letter and would stand later.
    pub fn of(tokens: &[String]) -> Zero {
        let [first, second, ..] = tokens else { return Zero::Token };
        if first != PAD || first < second && tokens.is_sorted() {
            return Zero::Token;
        }
        if second == ASK { Zero::Silence } else { Zero::Filling }
    }
}

/// A date as ISO 8601, from any of the ways in which the task writes them.
fn iso(text: &str) -> Option<String> {
    let split = |test: fn(char) -> bool| text.split(move |c: char| !test(c)).filter(|s| !s.is_empty());
    let numbers: Vec<&str> = split(|c| c.is_ascii_digit()).collect();
    let word = split(|c| c.is_ascii_lowercase()).next();
    let named = match word {
        Some(word) => Some(MONTHS.iter().position(|m| word.starts_with(m))? + 1),
        None => None,
    };
    let (year, month, day) = match (numbers.as_slice(), named) {
        ([a, year], Some(month)) => (*year, month, *a),
        ([year, month, day], None) if year.len() == 4 => (*year, month.parse().ok()?, *day),
        ([day, month, year], None) => (*year, month.parse().ok()?, *day),
        _ => return None,
    };
    let day: usize = day.parse().ok()?;
    let fits = year.len() == 4 && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| format!("{year}-{month:02}-{day:02}"))
}

// A copied sequence has as many kinds of symbols as letters are offered for it.
const _: () = assert!(COPY_SYMBOLS == 8);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn said(task: Task, text: &str) -> (String, Option<String>) {
        let names = task.tokens();
        let spell = |ids: &[u32]| ids.iter().map(|t| names[*t as usize].as_str()).collect::<String>();
        let source = task.read_source(8, text);
        (spell(&source.tokens), task.wanted(&source.tokens).map(|w| spell(&w)))
    }

    #[test]
    fn the_learner_types_the_source_alone() {
        let of = |task, text| said(task, text);
        let both = |a: &str, b: &str| (a.to_string(), Some(b.to_string()));
        assert_eq!(of(Task::Reverse, "31415926"), both("31415926", "62951413"));
        assert_eq!(of(Task::Reverse, " 3 1 4 → 413■"), both("314", "413"), "what stands behind the arrow is no source");
        assert_eq!(of(Task::Sort, "９０１２"), both("9012", "0129"), "full-width digits are digits");
        assert_eq!(of(Task::Add, "95+7="), both("95+7", "201"), "the lowest digit first");
        assert_eq!(of(Task::Add, "95 ＋ 7"), both("95+7", "201"));
        assert_eq!(of(Task::Add, "95").1, None);
        assert_eq!(of(Task::CopyMemory, "ABCDE"), both("abcde", "abcde"));
        assert_eq!(of(Task::CopyMemory, "abc").1, None);
        assert_eq!(of(Task::G2p, "Cat"), ("cat".into(), None));
        assert_eq!(of(Task::Reverse, "").1, None);
    }

    #[test]
    fn dates_are_read_in_every_way_that_the_task_writes_them() {
        let ways =
            ["9 March 2021", "march 9, 2021", "9 mar 2021", "9.3.2021", "2021/3/9", "2021年3月9日", "2021-03-09"];
        for way in ways {
            assert_eq!(said(Task::Dates, way).1.as_deref(), Some("2021-03-09"), "{way}");
        }
        for none in ["9 2021", "41.3.2021", "9.13.2021", "9 mai 2021", "3.4.21", "march"] {
            assert_eq!(said(Task::Dates, none).1, None, "{none}");
        }
    }

    #[test]
    fn what_no_source_has_is_named_and_what_is_too_long_is_cut() {
        let read = Task::Reverse.read_source(4, "12x3y4x567");
        assert_eq!((read.tokens.len(), read.longest), (4, Some(4)));
        assert_eq!(read.left_out, ["x", "y"]);
        assert_eq!(Task::CopyMemory.read_source(20, "abcdez").left_out, ["z"]);
        assert_eq!(Task::Add.source_max(3), 7);
        let all = [Task::G2p, Task::Dates, Task::Reverse, Task::Sort, Task::Add, Task::CopyMemory];
        assert!(all.iter().all(|t| t.answering().is_some()));
        assert!([Task::Adding, Task::Names].iter().all(|t| t.answering().is_none()));
    }

    #[test]
    fn a_copied_source_gets_its_silence_and_its_question_mark() {
        let x = Task::copy_input(&[2, 3, 4, 5, 6], 3);
        assert_eq!(x, [2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(x.len(), Task::CopyMemory.input_len(3));
    }

    #[test]
    fn filling_is_told_from_silence_and_from_a_text_that_has_such_a_sign() {
        assert_eq!(Zero::of(&Task::Names.tokens()), Zero::Filling);
        assert_eq!(Zero::of(&Task::G2p.tokens()), Zero::Filling);
        assert_eq!(Zero::of(&Task::CopyMemory.tokens()), Zero::Silence);
        let text = |s: &str| s.chars().map(String::from).collect::<Vec<_>>();
        assert_eq!(Zero::of(&text("·汉诗")), Zero::Token);
        assert_eq!(Zero::of(&text("·→■你")), Zero::Token);
        assert_eq!(Zero::of(&text(" ab")), Zero::Token);
        assert_eq!(Zero::of(&[]), Zero::Token);
    }

    #[test]
    fn a_set_says_which_task_it_is() {
        assert_eq!(DataSpec::of("sort").task(), Some(Task::Sort));
        assert_eq!(DataSpec::of("shakespeare").task(), None);
    }
}
