//! Answers to tasks: a source in, a sequence out, as the network gives it by itself; and how many are right as a whole.
//!
//! Not responsible for what a learner typed (`spec::pairs`) nor for when (`worker::solve`).

use super::super::data::tasks::{END, SEP};
use super::super::metrics::accuracy::class_of;
use super::{Part, Session};
use crate::spec::data::IGNORED;
use crate::spec::pairs::Answering;
use crate::spec::sequences::{COPY_LEN, Task};

/// Answers this far apart are other answers; what differs by less is rounding.
const APART: f32 = 1e-4;

impl Session {
    /// The task, and how the network answers, where source and answer are sequences.
    pub fn answering(&self) -> Option<(Task, Answering)> {
        let task = self.exp.data.task()?;
        let how = task.answering()?;
        (self.generates() || how == Answering::AtOnce).then_some((task, how))
    }

    /// Whether a text of this network is a source, `→`, and an answer that ends.
    pub(super) fn writes_answers(&self) -> bool {
        self.exp.data.task().is_some_and(Task::is_pair)
    }

    /// Source and right answer of a row of the data, the end mark with it; nothing of either is filling.
    pub fn pair(&self, row: usize) -> (Vec<u32>, Vec<u32>) {
        let x = self.data.x_row(row).iter().map(|t| *t as u32);
        let source = match self.exp.data.task().and_then(Task::answering) {
            Some(Answering::AtOnce) => x.take(COPY_LEN).collect(),
            Some(Answering::Written) | None => x.take_while(|t| *t != SEP).filter(|t| *t != 0).collect(),
        };
        let wanted = self.data.y_row(row).iter().filter(|y| **y != IGNORED).map(|y| *y as u32).collect();
        (source, wanted)
    }

    /// The right answer to a source, the end mark with it: by the task's rule, or as a row of the data has it.
    pub fn wanted(&self, source: &[u32]) -> Option<Vec<u32>> {
        let (task, how) = self.answering()?;
        if let Some(mut wanted) = task.wanted(source) {
            wanted.extend((how == Answering::Written).then_some(END));
            return Some(wanted);
        }
        let rows = 0..self.data.n_train + self.data.n_test();
        // Most rows differ in their first token: only those that begin alike are cut out.
        let begins = |row: &usize| self.data.x_row(*row).iter().zip(source).all(|(x, t)| *x as u32 == *t);
        rows.filter(begins).map(|row| self.pair(row)).find(|(s, _)| s == source).map(|(_, wanted)| wanted)
    }

    /// The network's own answers, always its likeliest token, each read again where the task is of that kind. The end
    /// mark, where one was written, is the last token.
    pub fn solve(&mut self, sources: &[Vec<u32>]) -> Vec<Vec<u32>> {
        match self.answering() {
            Some((_, Answering::Written)) => self.written(sources),
            Some((_, Answering::AtOnce)) => self.at_once(sources),
            None => Vec::new(),
        }
    }

    fn at_once(&mut self, sources: &[Vec<u32>]) -> Vec<Vec<u32>> {
        let (context, classes) = (self.exp.data.context_len(), self.data.info.target.classes());
        let x: Vec<f32> = sources.iter().flat_map(|s| Task::copy_input(s, context)).collect();
        let width = self.output_width();
        let places = |out: &[f32]| {
            let first = out.len().saturating_sub(COPY_LEN * classes);
            out[first..].chunks_exact(classes.max(1)).map(|o| class_of(o) as u32).collect()
        };
        self.predict(&x).chunks_exact(width).map(places).collect()
    }

    fn written(&mut self, sources: &[Vec<u32>]) -> Vec<Vec<u32>> {
        let (len, width, classes) = (self.data.x_width(), self.output_width(), self.data.info.target.classes());
        let mut texts: Vec<Vec<u32>> = sources.iter().map(|s| [s.as_slice(), &[SEP]].concat()).collect();
        let mut answers = vec![Vec::new(); sources.len()];
        let mut open: Vec<usize> = (0..sources.len()).collect();
        while !open.is_empty() {
            let placed: Vec<(Vec<f32>, usize)> = open.iter().map(|i| self.placed(&texts[*i])).collect();
            let x: Vec<f32> = placed.iter().flat_map(|(x, _)| x).copied().collect();
            let out = self.predict(&x);
            let mut still = Vec::new();
            for ((i, (_, seen)), out) in open.iter().zip(&placed).zip(out.chunks_exact(width)) {
                let (_, read) = self.read_at(*seen);
                let token = class_of(&out[read * classes..(read + 1) * classes]) as u32;
                texts[*i].push(token);
                answers[*i].push(token);
                if token != END && *seen < len {
                    still.push(*i);
                }
            }
            open = still;
        }
        answers
    }

    /// Whether answers at earlier places change with the last token: then the network reads what it is to write, and its
    /// answers to whole rows are none of its own.
    pub fn looks_ahead(&mut self) -> bool {
        let Some((_, Answering::Written)) = self.answering() else { return false };
        let Some(mut x) = self.data.train().next().map(|row| self.data.x_row(row).to_vec()) else { return false };
        let (n, classes) = (x.len(), self.data.info.target.classes());
        let other = x[n - 1] + 1.0;
        let other = if other < classes as f32 { other } else { 0.0 };
        x.extend_from_within(..);
        x[2 * n - 1] = other;
        let out = self.predict(&x);
        let (a, b) = out.split_at(out.len() / 2);
        let before = a.len().saturating_sub(classes);
        a[..before].iter().zip(b).any(|(a, b)| (a - b).abs() > APART * (1.0 + a.abs()))
    }

    /// Rows of a part, at most `limit`, whose answer is right at every place, and rows asked. Each place is answered with the
    /// right answer so far before it: wherever a network does not look ahead, a row is wholly right by itself if and only
    /// if it is so.
    pub fn whole_right(&mut self, part: Part, limit: usize) -> (usize, usize) {
        let classes = self.data.info.target.classes().max(1);
        let (mut right, mut asked) = (0, 0);
        self.evaluate_with(part, limit, &mut |row, out, data| {
            let mut places = out.chunks_exact(classes).zip(data.y_row(row)).filter(|(_, y)| **y != IGNORED);
            right += usize::from(places.all(|(out, y)| class_of(out) == *y as usize));
            asked += 1;
        });
        (right, asked)
    }
}
