//! Answers to a task for the page, and how often it gets new ones.
//!
//! Not responsible for giving them (`engine::session`).

use super::share::{self, Share};
use crate::engine::session::{Part, Session};
use crate::protocol::{Answers, AnswersRequest, Manner, OwnSolved, Solved};
use crate::spec::pairs::Answering;
use crate::spec::sequences::Task;

/// Rows that are shown at most.
const ROWS_MAX: usize = 24;
/// Rows that are asked for the share of whole answers, all places in one pass.
const WHOLE_ROWS: usize = 500;
/// The same where each answer has to be written token by token.
const WHOLE_ROWS_WRITTEN: usize = 60;

/// The page's latest answers.
#[derive(Clone, Debug, Default)]
pub struct Solutions {
    latest: Option<(AnswersRequest, Answers)>,
    share: Share,
}

impl Solutions {
    /// Answers for the page: new ones when the request is new, or when the network has moved on and the last ones have been
    /// paid for; else the latest. Nothing where source and answer are no sequences.
    pub fn get(
        &mut self,
        session: &mut Session,
        want: &AnswersRequest,
        running: bool,
        now: &dyn Fn() -> f64,
    ) -> Option<Answers> {
        let start = now();
        if let Some((asked, answers)) = &self.latest
            && asked == want
            && (answers.step == session.steps() || (running && !self.share.is_due(start)))
        {
            return Some(answers.clone());
        }
        let answers = solve(session, want)?;
        self.share.spend(start, now(), share::SAMPLE);
        self.latest = Some((want.clone(), answers.clone()));
        Some(answers)
    }
}

/// What `want` asks for; `None` where source and answer are no sequences.
pub fn solve(session: &mut Session, want: &AnswersRequest) -> Option<Answers> {
    let (_, how) = session.answering()?;
    let test = session.data().n_test() > 0;
    let (part, range) = if test { (Part::Test, session.data().test()) } else { (Part::Train, session.data().train()) };
    let looks_ahead = session.looks_ahead();
    let counted = range.clone().take(if looks_ahead { WHOLE_ROWS_WRITTEN } else { 0 }.max(want.rows.min(ROWS_MAX)));
    let pairs: Vec<(Vec<u32>, Vec<u32>)> = counted.map(|row| session.pair(row)).collect();
    let sources: Vec<Vec<u32>> = pairs.iter().map(|(source, _)| source.clone()).collect();
    let answers = session.solve(&sources);
    let all = pairs.into_iter().zip(answers);
    let mut rows: Vec<Solved> =
        all.map(|((source, wanted), answered)| Solved { source, wanted: Some(wanted), answered }).collect();
    let (right, of) = if looks_ahead {
        (rows.iter().filter(|r| r.wanted.as_ref() == Some(&r.answered)).count(), rows.len())
    } else {
        session.whole_right(part, WHOLE_ROWS)
    };
    rows.truncate(want.rows.min(ROWS_MAX));
    let own = want.own.as_ref().and_then(|text| own(session, text));
    let manner = match how {
        Answering::Written => Manner::Greedy,
        Answering::AtOnce => Manner::AtOnce,
    };
    Some(Answers { step: session.steps(), test, manner, looks_ahead, right, of, rows, own })
}

/// The learner's own source and the answer to it; `None` where there is no task with answers.
pub fn own(session: &mut Session, text: &str) -> Option<OwnSolved> {
    let (task, _) = session.answering()?;
    let context = session.experiment().data.context_len();
    let read = task.read_source(context, text);
    let source = read.tokens;
    let learned_len = task.source_len(context).filter(|n| *n != source.len());
    // Symbols to be copied stand at fixed places: fewer leave a hole that no training row has.
    let missing = match task {
        Task::CopyMemory => task.source_max(context) - source.len(),
        _ => usize::from(source.is_empty()),
    };
    let wanted = session.wanted(&source);
    let solved = (missing == 0).then(|| {
        let answered = session.solve(std::slice::from_ref(&source)).pop().unwrap_or_default();
        Solved { source, wanted, answered }
    });
    let (left_out, longest) = (read.left_out, read.longest);
    Some(OwnSolved { text: text.to_string(), solved, left_out, longest, learned_len, missing })
}
