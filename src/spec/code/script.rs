//! What the names of a program stand for, and which of them are networks.
//!
//! Names are looked up where they are used and nothing is copied, so a text that names itself twice over costs no more
//! than it is allowed (`BUDGET`). Not responsible for layers.

use super::problem;
use super::syntax::{Call, Expr, Form, Statement, statements};
use super::table;
use super::token::{Place, Token};
use crate::spec::model::{DEPTH_MAX, LAYERS_MAX};
use crate::spec::problem::{Code, Problem};
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

/// Most expressions that are looked at, counted anew each time that a name leads there.
const BUDGET: u32 = 20_000;

/// A program.
pub(super) struct Script<'t> {
    statements: Vec<(Place, Statement<'t>)>,
    /// Numbers of the statements that give a name its value.
    given: HashMap<&'t str, Vec<usize>>,
    /// Numbers of the statements that add to what a name stands for.
    added: HashMap<&'t str, Vec<usize>>,
    /// The loop around each statement.
    around: Vec<Option<Place>>,
    left: Cell<u32>,
    /// Statements whose networks stand in others.
    used: RefCell<HashSet<usize>>,
}

/// A layer's call, and the statement from which its names are looked up.
#[derive(Clone, Copy)]
pub(super) struct Found<'s, 't> {
    pub call: &'s Call<'t>,
    pub at: usize,
}

/// The layers of a network.
pub(super) type Network<'s, 't> = Vec<Found<'s, 't>>;

impl<'t> Script<'t> {
    pub fn of(tokens: &[Token<'t>]) -> Script<'t> {
        let statements = statements(tokens);
        let (mut given, mut added) = (HashMap::<_, Vec<usize>>::new(), HashMap::<_, Vec<usize>>::new());
        let (mut around, mut loops) = (Vec::new(), Vec::<Place>::new());
        for (at, (place, statement)) in statements.iter().enumerate() {
            loops.retain(|l| l.column < place.column);
            around.push(loops.last().copied());
            match statement {
                Statement::Assign(name, _) => given.entry(*name).or_default().push(at),
                Statement::Expr(Expr { form: Form::Call(call), .. }) if is_addition(call.last()) => {
                    added.entry(call.before()).or_default().push(at);
                }
                Statement::Loop(place) => loops.push(*place),
                Statement::Expr(_) | Statement::Broken(..) | Statement::Other => {}
            }
        }
        let (left, used) = (Cell::new(BUDGET), RefCell::default());
        Script { statements, given, added, around, left, used }
    }

    /// What should have been understood and is not.
    pub fn broken(&self) -> Vec<Problem> {
        let broken = |(_, s): &(Place, Statement<'t>)| match s {
            Statement::Broken(place, word) => Some(problem(Code::CodeUnreadable, *place, word)),
            Statement::Assign(..) | Statement::Expr(_) | Statement::Loop(_) | Statement::Other => None,
        };
        self.statements.iter().filter_map(broken).collect()
    }

    /// The statement that gave this name its value before `at`.
    fn value(&self, name: &str, at: usize) -> Option<(usize, &Expr<'t>)> {
        let all = self.given.get(name)?;
        let last = *all[..all.partition_point(|i| *i < at)].last()?;
        match &self.statements[last].1 {
            Statement::Assign(_, value) => Some((last, value)),
            Statement::Expr(_) | Statement::Broken(..) | Statement::Loop(_) | Statement::Other => None,
        }
    }

    /// Counts one more expression; `false` when there were too many.
    fn spend(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// What an expression stands for, and the statement from which its names are looked up.
    pub fn resolve<'s>(&'s self, expr: &'s Expr<'t>, at: usize) -> (&'s Expr<'t>, usize) {
        let (mut expr, mut at) = (expr, at);
        while let Form::Name(name) = expr.form
            && self.spend()
            && let Some((given, value)) = self.value(name, at)
        {
            (expr, at) = (value, given);
        }
        (expr, at)
    }

    /// The number that an expression gives.
    pub fn number(&self, expr: &Expr<'t>, at: usize) -> Option<f64> {
        self.number_within(expr, at, DEPTH_MAX)
    }

    fn number_within(&self, expr: &Expr<'t>, at: usize, depth: usize) -> Option<f64> {
        let deeper = depth.checked_sub(1)?;
        if !self.spend() {
            return None;
        }
        let (expr, at) = self.resolve(expr, at);
        match &expr.form {
            Form::Number(n) => Some(*n),
            Form::Minus(e) => Some(-self.number_within(e, at, deeper)?),
            Form::Sum(first, more) => {
                let mut sum = self.number_within(first, at, deeper)?;
                for (sign, e) in more {
                    let n = self.number_within(e, at, deeper)?;
                    sum = match *sign {
                        "+" => sum + n,
                        "-" => sum - n,
                        "*" => sum * n,
                        "/" => sum / n,
                        "//" => (sum / n).floor(),
                        _ => sum.rem_euclid(n),
                    };
                }
                Some(sum)
            }
            Form::Name(_) | Form::Text(_) | Form::List(_) | Form::Call(_) | Form::Spread(_) | Form::Other => None,
        }
    }

    /// Statements whose value is a network.
    fn networks(&self) -> Vec<(usize, &str, &Expr<'t>)> {
        let network = |(at, (_, s)): (usize, &'_ (Place, Statement<'t>))| match s {
            Statement::Assign(name, e) => is_network(e).then_some((at, *name)),
            Statement::Expr(e) => is_network(e).then_some((at, "")),
            Statement::Broken(..) | Statement::Loop(_) | Statement::Other => None,
        };
        let all = self.statements.iter().enumerate().filter_map(network);
        all.filter_map(|(at, name)| match &self.statements[at].1 {
            Statement::Assign(_, e) | Statement::Expr(e) => Some((at, name, e)),
            Statement::Broken(..) | Statement::Loop(_) | Statement::Other => None,
        })
        .collect()
    }

    /// The layers of the network of that name, `self.encoder` counting as `encoder`.
    pub fn network(&self, name: &str) -> Option<Network<'_, 't>> {
        let named = |n: &str| n.rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case(name));
        let (at, _, expr) = self.networks().into_iter().rfind(|(_, n, _)| named(n))?;
        self.whole(at, expr).ok()
    }

    /// The last network of the text, and how many others do not belong to it. Without any, layers that stand alone.
    pub fn last_network(&self) -> Result<(Network<'_, 't>, usize), Vec<Problem>> {
        let networks = self.networks();
        let Some((at, _, expr)) = networks.last() else { return self.bare().map(|all| (all, 0)) };
        let found = self.whole(*at, expr).map_err(|p| vec![p])?;
        let used = self.used.borrow();
        // What stands further to the right belongs to a class of its own.
        let place = self.statements[*at].0;
        let others = networks[..networks.len() - 1]
            .iter()
            .filter(|(i, ..)| !used.contains(i) && self.statements[*i].0.column <= place.column);
        Ok((found, others.count()))
    }

    /// The layers of a network, and those added to it later.
    fn whole<'s>(&'s self, at: usize, expr: &'s Expr<'t>) -> Result<Network<'s, 't>, Problem> {
        let mut found = Vec::new();
        match &self.statements[at].1 {
            Statement::Assign(name, _) => {
                self.looped(at)?;
                let end = self.given.get(name).and_then(|all| all.iter().find(|i| **i > at).copied());
                self.named(name, at, expr, end.unwrap_or(self.statements.len()), 0, &mut found)?;
            }
            _ => self.layers(expr, at, 0, &mut found)?,
        }
        Ok(found)
    }

    /// The layers given to a layer.
    pub fn inside<'s>(&'s self, found: Found<'s, 't>) -> Result<Network<'s, 't>, Problem> {
        let mut network = Vec::new();
        for (_, e) in &found.call.args {
            self.layers(e, found.at, 1, &mut network)?;
        }
        Ok(network)
    }

    /// Layers that stand in no network, such as lines copied from one.
    fn bare(&self) -> Result<Network<'_, 't>, Vec<Problem>> {
        let is_layers = |e: &Expr<'t>| match &e.form {
            Form::Call(call) => table::is_layer(call.last()),
            Form::List(all) => {
                !all.is_empty()
                    && all.iter().all(|e| matches!(&e.form, Form::Call(c) if c.last().starts_with(char::is_uppercase)))
            }
            _ => false,
        };
        let mut found = Vec::new();
        for (at, (_, statement)) in self.statements.iter().enumerate() {
            match statement {
                Statement::Expr(e) if is_layers(e) => self.layers(e, at, 0, &mut found).map_err(|p| vec![p])?,
                _ => {}
            }
        }
        if found.is_empty() { Err(vec![Problem::new("model", Code::CodeNoNetwork)]) } else { Ok(found) }
    }

    /// What a name stands for, and what was added to it before `end`.
    fn named<'s>(
        &'s self,
        name: &str,
        at: usize,
        expr: &'s Expr<'t>,
        end: usize,
        depth: usize,
        found: &mut Network<'s, 't>,
    ) -> Result<(), Problem> {
        self.layers(expr, at, depth, found)?;
        let added = self.added.get(name).map_or(&[][..], |all| all);
        for add in added.iter().copied().filter(|i| (at..end).contains(i)) {
            self.looped(add)?;
            if let Statement::Expr(Expr { form: Form::Call(call), .. }) = &self.statements[add].1 {
                for (_, e) in &call.args {
                    self.layers(e, add, depth + 1, found)?;
                }
            }
        }
        Ok(())
    }

    /// A layer that is added again and again would be read once.
    fn looped(&self, at: usize) -> Result<(), Problem> {
        self.around[at].map_or(Ok(()), |place| Err(problem(Code::CodeUnreadable, place, "for")))
    }

    fn layers<'s>(
        &'s self,
        expr: &'s Expr<'t>,
        at: usize,
        depth: usize,
        found: &mut Network<'s, 't>,
    ) -> Result<(), Problem> {
        if depth > DEPTH_MAX {
            return Err(Problem::new("model", Code::TooDeep).arg("got", depth).arg("max", DEPTH_MAX));
        }
        if !self.spend() || found.len() > LAYERS_MAX {
            let got = found.len().max(LAYERS_MAX + 1);
            return Err(Problem::new("model", Code::TooManyLayers).arg("got", got).arg("max", LAYERS_MAX));
        }
        let unreadable = || problem(Code::CodeUnreadable, expr.place, expr.text);
        match &expr.form {
            Form::Call(call) if is_container(call.last()) => {
                let inside = call.args.iter().filter(|(name, _)| matches!(name, None | Some("layers" | "modules")));
                for (_, e) in inside {
                    self.layers(e, at, depth + 1, found)?;
                }
            }
            Form::Call(call) => found.push(Found { call, at }),
            // A pair of an ordered dictionary: the name, and the layer.
            Form::List(pair) if pair.len() == 2 && matches!(pair[0].form, Form::Text(_)) => {
                self.layers(&pair[1], at, depth + 1, found)?;
            }
            Form::List(all) => {
                for e in all {
                    self.layers(e, at, depth + 1, found)?;
                }
            }
            Form::Sum(first, more) if more.iter().all(|(sign, _)| *sign == "+") => {
                for e in std::iter::once(&**first).chain(more.iter().map(|(_, e)| e)) {
                    self.layers(e, at, depth + 1, found)?;
                }
            }
            Form::Spread(e) => self.layers(e, at, depth + 1, found)?,
            Form::Name(name) => {
                let (given, value) = self.value(name, at).ok_or_else(unreadable)?;
                self.used.borrow_mut().insert(given);
                self.looped(given)?;
                self.named(name, given, value, at, depth + 1, found)?;
            }
            // Names of networks and of layers.
            Form::Text(_) => {}
            Form::Number(_) | Form::Minus(_) | Form::Sum(..) | Form::Other => return Err(unreadable()),
        }
        Ok(())
    }
}

fn is_addition(name: &str) -> bool {
    matches!(name, "add" | "append" | "add_module" | "extend")
}

fn is_container(name: &str) -> bool {
    matches!(name, "Sequential" | "OrderedDict" | "ModuleList" | "list")
}

fn is_network(expr: &Expr<'_>) -> bool {
    matches!(&expr.form, Form::Call(call) if call.last() == "Sequential")
}
