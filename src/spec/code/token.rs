//! Python code as tokens, each with its place. Lines end a statement outside of brackets only; comments are left out.
//!
//! Not responsible for what tokens mean together (`syntax`).

/// Line and column, counted in characters from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind<'t> {
    /// A name with its dots, `torch.nn.Linear`; after a bracket `.to`.
    Name(&'t str),
    /// A number.
    Number(f64),
    /// What stands between quotes, as it is written there.
    Text(&'t str),
    /// An operator or a bracket.
    Sign(&'t str),
    /// The end of a statement.
    End,
}

/// A token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token<'t> {
    pub kind: Kind<'t>,
    pub place: Place,
    /// As it is written.
    pub text: &'t str,
}

/// All tokens of a text, closed by an end of statement.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { text, at: 0, place: Place { line: 1, column: 1 }, depth: 0, all: Vec::new() };
    while lexer.at < text.len() {
        lexer.next();
    }
    lexer.push(Kind::End, 0);
    lexer.all
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    place: Place,
    depth: usize,
    all: Vec<Token<'t>>,
}

/// Signs of more than one character, the longer ones first.
const SIGNS: [&str; 17] =
    ["**=", "//=", "...", "**", "//", "->", ":=", "+=", "-=", "*=", "/=", "==", "!=", "<=", ">=", "<<", ">>"];

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip(&mut self, bytes: usize) {
        for c in self.rest()[..bytes].chars() {
            if c == '\n' {
                self.place = Place { line: self.place.line + 1, column: 1 };
            } else {
                self.place.column += 1;
            }
        }
        self.at += bytes;
    }

    fn push(&mut self, kind: Kind<'t>, bytes: usize) {
        self.all.push(Token { kind, place: self.place, text: &self.rest()[..bytes] });
        self.skip(bytes);
    }

    fn next(&mut self) {
        let rest = self.rest();
        // The caller looks for the end of the text.
        let Some(c) = rest.chars().next() else { return };
        let span = |more: fn(char) -> bool| rest.find(|c| !more(c)).unwrap_or(rest.len());
        match c {
            '\n' | ';' if self.depth == 0 => self.push(Kind::End, 1),
            '#' => self.skip(span(|c| c != '\n')),
            // A statement goes on behind a backslash.
            '\\' if rest[1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n') => {
                self.skip(rest.find('\n').map_or(1, |n| n + 1));
            }
            c if c.is_whitespace() => self.skip(c.len_utf8()),
            '"' | '\'' => self.text(rest, 0),
            c if c.is_alphabetic() || c == '_' => self.name(rest, span(|c| c.is_alphanumeric() || "_.".contains(c))),
            '.' if rest[1..].starts_with(|c: char| c.is_alphabetic() || c == '_') => {
                let len = rest[1..].find(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(rest.len(), |n| n + 1);
                self.push(Kind::Name(&rest[..len]), len);
            }
            c if c.is_ascii_digit() || (c == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit())) => {
                self.number(rest);
            }
            c => {
                let len = SIGNS.iter().find(|s| rest.starts_with(**s)).map_or(c.len_utf8(), |s| s.len());
                match c {
                    '(' | '[' | '{' => self.depth += 1,
                    ')' | ']' | '}' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                self.push(Kind::Sign(&rest[..len]), len);
            }
        }
    }

    /// A name, or the letters before a text in quotes (`f"…"`).
    fn name(&mut self, rest: &'t str, len: usize) {
        let prefixed = len <= 2 && rest[len..].starts_with(['"', '\'']);
        if prefixed {
            return self.text(rest, len);
        }
        // A dot at the end belongs to nothing.
        let len = rest[..len].trim_end_matches('.').len();
        self.push(Kind::Name(&rest[..len]), len);
    }

    /// A text whose quotes begin behind `from` bytes. One that is not closed ends with its line.
    fn text(&mut self, rest: &'t str, from: usize) {
        let quoted = &rest[from..];
        let quote = if quoted.starts_with("\"\"\"") || quoted.starts_with("'''") { &quoted[..3] } else { &quoted[..1] };
        let body = &quoted[quote.len()..];
        let mut escaped = false;
        for (i, c) in body.char_indices() {
            if !escaped && body[i..].starts_with(quote) {
                return self.push(Kind::Text(&body[..i]), from + i + 2 * quote.len());
            }
            if c == '\n' && quote.len() == 1 && !escaped {
                return self.push(Kind::Text(&body[..i]), from + quote.len() + i);
            }
            escaped = c == '\\' && !escaped;
        }
        self.push(Kind::Text(body), rest.len());
    }

    fn number(&mut self, rest: &'t str) {
        let mut before = ' ';
        let mut len = rest.len();
        for (i, c) in rest.char_indices() {
            let exponent = matches!(before, 'e' | 'E') && matches!(c, '+' | '-');
            if !(c.is_ascii_alphanumeric() || c == '.' || c == '_' || exponent) {
                len = i;
                break;
            }
            before = c;
        }
        // What is no number, such as `3abc`, is understood nowhere.
        let kind = rest[..len].replace('_', "").parse().map_or(Kind::Sign(&rest[..len]), Kind::Number);
        self.push(kind, len);
    }
}
