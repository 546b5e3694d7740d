//! The few forms of Python that networks are written in: assignments, calls, lists, and sums of numbers.
//!
//! Everything else is passed over, unless a network stands in it. Not responsible for what names mean (`script`).

use super::table;
use super::token::{Kind, Place, Token};

/// An expression and where it begins.
#[derive(Debug)]
pub(super) struct Expr<'t> {
    pub place: Place,
    /// Its first token, to be named in a message.
    pub text: &'t str,
    pub form: Form<'t>,
}

/// What an expression is.
#[derive(Debug)]
pub(super) enum Form<'t> {
    Name(&'t str),
    Number(f64),
    Text(&'t str),
    /// A list or a tuple; of a dictionary the values.
    List(Vec<Expr<'t>>),
    Call(Call<'t>),
    Sum(Box<Expr<'t>>, Vec<(&'t str, Expr<'t>)>),
    Minus(Box<Expr<'t>>),
    /// `*layers` among arguments.
    Spread(Box<Expr<'t>>),
    /// Something of which nothing is known, such as `x[0]`.
    Other,
}

/// A call: `nn.Linear(2, 8, bias=False)`.
#[derive(Debug)]
pub(super) struct Call<'t> {
    pub name: &'t str,
    pub place: Place,
    pub args: Vec<(Option<&'t str>, Expr<'t>)>,
}

impl<'t> Call<'t> {
    /// The name without what stands before its last dot.
    pub fn last(&self) -> &'t str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }

    /// What stands before the last dot.
    pub fn before(&self) -> &'t str {
        self.name.rsplit_once('.').map_or("", |(before, _)| before)
    }
}

/// A line of the program.
#[derive(Debug)]
pub(super) enum Statement<'t> {
    Assign(&'t str, Expr<'t>),
    Expr(Expr<'t>),
    /// Not understood from this token on, and a network stands in it.
    Broken(Place, &'t str),
    /// Repeats the lines below that begin further to the right.
    Loop(Place),
    /// Of no concern.
    Other,
}

/// Brackets in brackets, and signs before a number.
const DEPTH_MAX: usize = 48;
/// Numbers of one sum.
const TERMS_MAX: usize = 64;

/// All statements, each with the place at which it begins.
pub(super) fn statements<'t>(tokens: &[Token<'t>]) -> Vec<(Place, Statement<'t>)> {
    let mut all = Vec::new();
    for line in tokens.split(|t| t.kind == Kind::End).filter(|line| !line.is_empty()) {
        all.push((line[0].place, statement(line)));
    }
    all
}

/// Whether a line is one that should have been understood.
fn of_network(line: &[Token<'_>]) -> bool {
    line.iter().any(|t| match t.kind {
        Kind::Name(name) => {
            let (before, last) = name.rsplit_once('.').unwrap_or(("", name));
            let part = before.rsplit('.').next().unwrap_or("");
            let known = last == "Sequential" || last == "add" || table::is_layer(last);
            known || (matches!(part, "nn" | "layers") && last.starts_with(char::is_uppercase))
        }
        Kind::Number(_) | Kind::Text(_) | Kind::Sign(_) | Kind::End => false,
    })
}

fn statement<'t>(line: &[Token<'t>]) -> Statement<'t> {
    let line = match line[0].kind {
        Kind::Name("for" | "while") if of_network(line) => return Statement::Broken(line[0].place, line[0].text),
        Kind::Name("for" | "while") => return Statement::Loop(line[0].place),
        Kind::Name("import" | "from" | "def" | "class" | "if" | "elif" | "with" | "else" | "try") => {
            return Statement::Other;
        }
        Kind::Name("return") => &line[1..],
        _ => line,
    };
    let mut p = Parser { line, at: 0, depth: 0 };
    let read = match p.assigned() {
        Some(name) => p.tuple().map(|e| Statement::Assign(name, e)),
        None => p.tuple().map(Statement::Expr),
    };
    match read {
        Some(statement) if p.at == line.len() => statement,
        _ if of_network(line) => {
            // At the end of the line its last token is what is known of the place.
            let there = line.get(p.at).or(line.last()).map(|t| (t.place, if p.at < line.len() { t.text } else { "" }));
            there.map_or(Statement::Other, |(place, text)| Statement::Broken(place, text))
        }
        Some(_) | None => Statement::Other,
    }
}

struct Parser<'a, 't> {
    line: &'a [Token<'t>],
    at: usize,
    depth: usize,
}

impl<'t> Parser<'_, 't> {
    fn kind(&self, ahead: usize) -> Option<Kind<'t>> {
        self.line.get(self.at + ahead).map(|t| t.kind)
    }

    fn sign(&mut self, sign: &str) -> bool {
        let is = self.kind(0) == Some(Kind::Sign(sign));
        self.at += usize::from(is);
        is
    }

    /// `name =`, or `name: Type =`.
    fn assigned(&mut self) -> Option<&'t str> {
        let Some(Kind::Name(name)) = self.kind(0) else { return None };
        let past = match (self.kind(1), self.kind(2), self.kind(3)) {
            (Some(Kind::Sign("=")), ..) => 2,
            (Some(Kind::Sign(":")), Some(Kind::Name(_)), Some(Kind::Sign("="))) => 4,
            _ => return None,
        };
        self.at += past;
        Some(name)
    }

    /// An expression, or several with commas between.
    fn tuple(&mut self) -> Option<Expr<'t>> {
        let first = self.expr()?;
        if self.kind(0) != Some(Kind::Sign(",")) {
            return Some(first);
        }
        let (place, text) = (first.place, first.text);
        let mut all = vec![first];
        while self.sign(",") && self.at < self.line.len() {
            all.push(self.expr()?);
        }
        Some(Expr { place, text, form: Form::List(all) })
    }

    fn expr(&mut self) -> Option<Expr<'t>> {
        self.sum(&["+", "-"], |p| p.sum(&["*", "/", "//", "%"], Self::value))
    }

    fn sum(&mut self, signs: &[&str], mut part: impl FnMut(&mut Self) -> Option<Expr<'t>>) -> Option<Expr<'t>> {
        let first = part(self)?;
        let mut more = Vec::new();
        while let Some(Kind::Sign(sign)) = self.kind(0).filter(|k| signs.iter().any(|s| *k == Kind::Sign(s))) {
            if more.len() == TERMS_MAX {
                return None;
            }
            self.at += 1;
            more.push((sign, part(self)?));
        }
        if more.is_empty() {
            return Some(first);
        }
        Some(Expr { place: first.place, text: first.text, form: Form::Sum(Box::new(first), more) })
    }

    fn value(&mut self) -> Option<Expr<'t>> {
        if self.depth == DEPTH_MAX {
            return None;
        }
        self.depth += 1;
        let token = self.line.get(self.at)?;
        let form = match token.kind {
            Kind::Sign("-") => {
                self.at += 1;
                Form::Minus(Box::new(self.value()?))
            }
            Kind::Name(name) => {
                self.at += 1;
                Form::Name(name)
            }
            Kind::Number(n) => {
                self.at += 1;
                Form::Number(n)
            }
            Kind::Text(text) => {
                self.at += 1;
                Form::Text(text)
            }
            Kind::Sign("(") => self.bracket(")")?,
            Kind::Sign("[") => self.bracket("]")?,
            Kind::Sign("{") => self.bracket("}")?,
            Kind::Sign(_) | Kind::End => return None,
        };
        let form = self.behind(form, token)?;
        self.depth -= 1;
        Some(Expr { place: token.place, text: token.text, form })
    }

    /// Calls and subscripts behind a value. What a method makes of a network (`.to(device)`) is the network still.
    fn behind(&mut self, mut form: Form<'t>, token: &Token<'t>) -> Option<Form<'t>> {
        loop {
            match self.kind(0) {
                Some(Kind::Sign("(")) => {
                    let args = self.arguments()?;
                    form = match form {
                        Form::Name(name) => Form::Call(Call { name, place: token.place, args }),
                        kept => kept,
                    };
                }
                Some(Kind::Sign("[")) => {
                    self.bracket("]")?;
                    form = Form::Other;
                }
                Some(Kind::Name(name)) if name.starts_with('.') => self.at += 1,
                _ => return Some(form),
            }
        }
    }

    /// A list in brackets; one value in round ones is that value.
    fn bracket(&mut self, close: &str) -> Option<Form<'t>> {
        self.at += 1;
        let mut all = Vec::new();
        let mut commas = 0;
        while !self.sign(close) {
            let value = self.expr()?;
            // Of a dictionary only the values count.
            all.push(if close == "}" && self.sign(":") { self.expr()? } else { value });
            if self.sign(",") {
                commas += 1;
            } else if self.kind(0) != Some(Kind::Sign(close)) {
                return None;
            }
        }
        match all.pop() {
            Some(one) if close == ")" && commas == 0 && all.is_empty() => Some(one.form),
            last => {
                all.extend(last);
                Some(Form::List(all))
            }
        }
    }

    fn arguments(&mut self) -> Option<Vec<(Option<&'t str>, Expr<'t>)>> {
        self.at += 1;
        let mut args = Vec::new();
        while !self.sign(")") {
            let name = match (self.kind(0), self.kind(1)) {
                (Some(Kind::Name(name)), Some(Kind::Sign("="))) => {
                    self.at += 2;
                    Some(name)
                }
                _ => None,
            };
            let star = self.line.get(self.at).filter(|t| t.kind == Kind::Sign("*")).copied();
            self.at += usize::from(star.is_some());
            let value = self.expr()?;
            args.push((
                name,
                match star {
                    Some(t) => Expr { place: t.place, text: t.text, form: Form::Spread(Box::new(value)) },
                    None => value,
                },
            ));
            if !self.sign(",") && self.kind(0) != Some(Kind::Sign(")")) {
                return None;
            }
        }
        Some(args)
    }
}
