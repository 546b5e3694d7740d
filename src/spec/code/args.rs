//! The arguments of a layer's call, by their names in PyTorch and Keras.
//!
//! What a layer does not take is left over and named. Not responsible for which arguments a layer has (`table`).

use super::Note;
use super::problem;
use super::script::{Found, Script};
use super::syntax::{Expr, Form};
use crate::spec::problem::{Code, Problem};
use crate::spec::window::Pair;

/// Greatest number that is read as a size; what is too great for its place is refused there.
const SIZE_MAX: f64 = 1e9;

/// Arguments without a meaning for the network: names, devices, and what only says how it is computed.
const IGNORED: [&str; 13] = [
    "name",
    "dtype",
    "device",
    "inplace",
    "batch_first",
    "input_length",
    "seed",
    "unroll",
    "time_major",
    "max_norm",
    "sparse",
    "dim",
    "axis",
];

/// Arguments that are at what holds here anyway, as they would be written out.
const DEFAULTS: [(&str, &str); 20] = [
    ("use_bias", "True"),
    ("trainable", "True"),
    ("ceil_mode", "False"),
    ("return_indices", "False"),
    ("count_include_pad", "True"),
    ("padding_mode", "zeros"),
    ("data_format", "channels_last"),
    ("affine", "True"),
    ("elementwise_affine", "True"),
    ("track_running_stats", "True"),
    ("center", "True"),
    ("scale", "True"),
    ("stateful", "False"),
    ("go_backwards", "False"),
    ("return_state", "False"),
    ("recurrent_activation", "sigmoid"),
    ("bias_initializer", "zeros"),
    ("mode", "nearest"),
    ("interpolation", "nearest"),
    ("unit_forget_bias", "False"),
];

/// The arguments of one call.
pub(super) struct Args<'s, 't> {
    script: &'s Script<'t>,
    pub found: Found<'s, 't>,
    /// Arguments of the call that need no name.
    names: Vec<String>,
    left: Vec<(String, &'s Expr<'t>)>,
    pub problems: Vec<Problem>,
}

impl<'s, 't> Args<'s, 't> {
    /// Binds arguments without a name to these names.
    pub fn bind(found: Found<'s, 't>, script: &'s Script<'t>, names: &[&str]) -> Self {
        let known = names.iter().map(ToString::to_string).collect();
        let mut names = names.iter();
        let left = found.call.args.iter().enumerate().map(|(i, (name, value))| {
            let name = name.or_else(|| names.next().copied());
            (name.map_or_else(|| (i + 1).to_string(), str::to_string), value)
        });
        Args { script, found, names: known, left: left.collect(), problems: Vec::new() }
    }

    /// The argument of one of these names, unless it is `None`.
    fn take(&mut self, names: &[&str]) -> Option<(&'s Expr<'t>, usize)> {
        let i = self.left.iter().position(|(name, _)| names.contains(&name.as_str()))?;
        let (_, value) = self.left.remove(i);
        let (value, at) = self.script.resolve(value, self.found.at);
        (!matches!(value.form, Form::Name("None"))).then_some((value, at))
    }

    fn unreadable(&mut self, names: &[&str], value: Option<&Expr<'t>>) {
        let place = value.map_or(self.found.call.place, |v| v.place);
        let word = value.map_or("", |v| v.text);
        let name = names.iter().find(|n| self.names.iter().any(|known| known == *n)).unwrap_or(&names[0]);
        let problem = problem(Code::CodeArgument, place, word);
        self.problems.push(problem.arg("layer", self.found.call.last()).arg("argument", name));
    }

    /// A size.
    pub fn size(&mut self, names: &[&str]) -> Option<usize> {
        let (value, at) = self.take(names)?;
        let size = self.script.number(value, at).and_then(as_size);
        if size.is_none() {
            self.unreadable(names, Some(value));
        }
        size
    }

    /// A size that must be there.
    pub fn needed(&mut self, names: &[&str]) -> usize {
        let before = self.problems.len();
        self.size(names).unwrap_or_else(|| {
            if self.problems.len() == before {
                self.unreadable(names, None);
            }
            1
        })
    }

    /// A number.
    pub fn real(&mut self, names: &[&str]) -> Option<f64> {
        let (value, at) = self.take(names)?;
        let number = self.script.number(value, at).filter(|n| n.is_finite());
        if number.is_none() {
            self.unreadable(names, Some(value));
        }
        number
    }

    /// One number for both axes, or one for each.
    pub fn pair(&mut self, names: &[&str]) -> Option<Pair> {
        let (value, at) = self.take(names)?;
        let pair = self.pair_of(value, at);
        if pair.is_none() {
            self.unreadable(names, Some(value));
        }
        pair
    }

    fn pair_of(&self, value: &Expr<'t>, at: usize) -> Option<Pair> {
        let size = |e: &Expr<'t>| self.script.number(e, at).and_then(as_size);
        match &value.form {
            Form::List(all) => match all.as_slice() {
                [one] => Some(Pair::square(size(one)?)),
                [high, wide] => Some(Pair([size(high)?, size(wide)?])),
                _ => None,
            },
            _ => Some(Pair::square(size(value)?)),
        }
    }

    /// A pair, or a word in quotes.
    pub fn pair_or_word(&mut self, names: &[&str]) -> Option<Result<Pair, &'t str>> {
        let (value, at) = self.take(names)?;
        let read = match value.form {
            Form::Text(word) => Some(Err(word)),
            _ => self.pair_of(value, at).map(Ok),
        };
        if read.is_none() {
            self.unreadable(names, Some(value));
        }
        read
    }

    /// The sizes of a shape; one that is left open is 0.
    pub fn shape(&mut self, names: &[&str]) -> Option<Vec<usize>> {
        let (value, at) = self.take(names)?;
        let open = |e: &Expr<'t>| matches!(e.form, Form::Name("None") | Form::Minus(_));
        let size = |e: &Expr<'t>| if open(e) { Some(0) } else { self.script.number(e, at).and_then(as_size) };
        let shape = match &value.form {
            Form::List(all) => all.iter().map(size).collect(),
            _ => size(value).map(|n| vec![n]),
        };
        if shape.is_none() {
            self.unreadable(names, Some(value));
        }
        shape
    }

    /// `True` or `False`.
    pub fn truth(&mut self, names: &[&str]) -> Option<bool> {
        let (value, _) = self.take(names)?;
        match value.form {
            Form::Name("True") => return Some(true),
            Form::Name("False") => return Some(false),
            _ => self.unreadable(names, Some(value)),
        }
        None
    }

    /// The word that an argument is: in quotes, or the last of a name (`tf.nn.relu`) or of a call (`nn.ReLU()`).
    pub fn word(&mut self, names: &[&str]) -> Option<(&'t str, &'s Expr<'t>)> {
        let (value, _) = self.take(names)?;
        let word = match &value.form {
            Form::Text(word) => Some(*word),
            Form::Name(name) => name.rsplit('.').next(),
            Form::Call(call) => Some(call.last()),
            _ => None,
        };
        if word.is_none() {
            self.unreadable(names, Some(value));
        }
        word.map(|w| (w, value))
    }

    /// Sizes of a list, or one.
    pub fn list(&mut self, names: &[&str]) -> Option<Vec<usize>> {
        let (value, at) = self.take(names)?;
        let mut sizes = Vec::new();
        let mut all = vec![value];
        while let Some(e) = all.pop() {
            match &e.form {
                // Pairs in pairs are one list; no more than four sizes have a meaning.
                Form::List(inside) if sizes.len() + all.len() < 4 => all.extend(inside.iter().rev()),
                _ => sizes.push(self.script.number(e, at).and_then(as_size)?),
            }
        }
        Some(sizes)
    }

    /// Takes an argument that is at what holds here anyway.
    pub fn same(&mut self, name: &str, here: f64) -> bool {
        let number = |e: &Expr<'t>| self.script.number(e, self.found.at);
        let i = self.left.iter().position(|(n, value)| n == name && number(value) == Some(here));
        i.map(|i| self.left.remove(i)).is_some()
    }

    /// The same for a word in quotes.
    pub fn same_word(&mut self, name: &str, here: &str) -> bool {
        let i = self.left.iter().position(|(n, value)| n == name && matches!(value.form, Form::Text(t) if t == here));
        i.map(|i| self.left.remove(i)).is_some()
    }

    /// The same for `True` and `False`.
    pub fn same_truth(&mut self, name: &str, here: bool) -> bool {
        let word = if here { "True" } else { "False" };
        let i = self.left.iter().position(|(n, value)| n == name && matches!(value.form, Form::Name(t) if t == word));
        i.map(|i| self.left.remove(i)).is_some()
    }

    /// Takes an argument without a look at it.
    pub fn drop(&mut self, name: &str) {
        self.left.retain(|(n, _)| n != name);
    }

    /// Files that an argument means nothing that there is here.
    pub fn refuse(&mut self, name: &str, word: &str) {
        let problem = problem(Code::CodeArgument, self.found.call.place, word);
        self.problems.push(problem.arg("layer", self.found.call.last()).arg("argument", name));
    }

    /// A layer given to another one, with the call from which its names are looked up.
    pub fn layer(&mut self, names: &[&str]) -> Option<Found<'s, 't>> {
        let taken = self.take(names);
        if let Some((Expr { form: Form::Call(call), .. }, at)) = taken {
            return Some(Found { call, at });
        }
        self.unreadable(names, taken.map(|(value, _)| value));
        None
    }

    /// What is left over and would make a difference.
    pub fn left(&self) -> impl Iterator<Item = Note> + '_ {
        let written = |value: &Expr<'t>| match value.form {
            Form::Text(word) | Form::Name(word) => word,
            _ => "",
        };
        let same = move |name: &str, value: &Expr<'t>| {
            IGNORED.contains(&name) || written(value) == "None" || DEFAULTS.contains(&(name, written(value)))
        };
        self.left.iter().filter(move |(name, value)| !same(name, value)).map(|(name, _)| Note::Argument {
            layer: self.found.call.last().to_string(),
            argument: super::shown(name),
            line: self.found.call.place.line,
        })
    }
}

fn as_size(n: f64) -> Option<usize> {
    // Whole and within the bound: the cast keeps it.
    (n.fract() == 0.0 && (0.0..=SIZE_MAX).contains(&n)).then_some(n as usize)
}
