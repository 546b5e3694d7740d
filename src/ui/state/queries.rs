//! The learner's queries: which are open, and what a frame brings of them.
//!
//! Not responsible for what a query means (`ui::panels::query`).

use super::{Effect, State};
use crate::protocol::Queried;
use crate::ui::frame_data::FrameData;
use std::rc::Rc;

/// Queries open at once: each is computed with every frame.
pub const QUERIES_MAX: usize = 12;
/// Longest query.
pub const QUERY_LENGTH: usize = 120;

/// An open query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Its panel keeps this number while others close.
    pub id: usize,
    /// As it was typed.
    pub text: Rc<str>,
}

/// What the learner does with queries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryMsg {
    /// One more.
    Open(String),
    /// One less, by its number.
    Close(usize),
    /// These, from a link.
    All(Vec<String>),
}

/// The queries of a list: each once, as many as there is room for.
pub fn opened<'a>(texts: impl IntoIterator<Item = &'a str>) -> Rc<Vec<Open>> {
    let mut all = Vec::new();
    texts.into_iter().for_each(|text| open(&mut all, text));
    Rc::new(all)
}

fn open(all: &mut Vec<Open>, text: &str) {
    let text: Rc<str> = text.trim().chars().take(QUERY_LENGTH).collect::<String>().into();
    if text.is_empty() || all.len() >= QUERIES_MAX || all.iter().any(|q| q.text == text) {
        return;
    }
    let free = (0..).find(|id| all.iter().all(|q| q.id != *id)).unwrap_or(all.len());
    all.push(Open { id: free, text });
}

pub(super) fn apply(s: &mut State, msg: QueryMsg) -> Vec<Effect> {
    match msg {
        QueryMsg::Open(text) => open(Rc::make_mut(&mut s.view.queries), &text),
        QueryMsg::Close(id) => Rc::make_mut(&mut s.view.queries).retain(|q| q.id != id),
        QueryMsg::All(texts) => {
            s.view.queries = opened(texts.iter().map(String::as_str));
            return Vec::new();
        }
    }
    vec![Effect::Hash]
}

impl State {
    /// The open queries as links have them.
    pub fn query_texts(&self) -> Vec<String> {
        self.view.queries.iter().map(|q| q.text.to_string()).collect()
    }
}

impl FrameData {
    /// What this frame brings of the query with that key, and its numbers.
    pub fn queried(&self, key: &str) -> Option<(&Queried, Option<Rc<[f32]>>)> {
        let q = self.frame.queried().find(|q| q.key == key)?;
        Some((q, q.buffer.and_then(|i| self.arrays.get(i).cloned())))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Msg, Theme, ViewMsg, update};
    use super::*;
    use crate::i18n::Lang;
    use crate::spec::preset;

    fn after(s: &State, msg: QueryMsg) -> (State, Vec<Effect>) {
        update(s, Msg::View(ViewMsg::Query(msg)))
    }

    #[test]
    fn queries_open_close_and_go_into_the_address() {
        let s = State::new(preset::first(), Lang::En, Theme::Auto);
        let (s, effects) = after(&s, QueryMsg::Open(" output ".into()));
        assert_eq!(effects, [Effect::Hash]);
        let (s, _) = after(&s, QueryMsg::Open("layers.0".into()));
        let (s, _) = after(&s, QueryMsg::Open("output".into()));
        assert_eq!(s.query_texts(), ["output", "layers.0"], "each once");
        let (s, _) = after(&s, QueryMsg::Close(0));
        assert_eq!(s.view.queries[0].id, 1, "the other keeps its number");
        let (s, _) = after(&s, QueryMsg::Open("loss".into()));
        assert_eq!(s.view.queries[1].id, 0);
        let (s, effects) = after(&s, QueryMsg::All(vec!["input".into()]));
        assert_eq!((s.query_texts(), effects), (vec!["input".to_string()], vec![]));
    }

    #[test]
    fn there_is_room_for_so_many() {
        let many: Vec<String> = (0..40).map(|i| format!("layers.{i}")).collect();
        let s = State::new(preset::first(), Lang::En, Theme::Auto);
        let (s, _) = after(&s, QueryMsg::All(many));
        assert_eq!(s.view.queries.len(), QUERIES_MAX);
        let (s, _) = after(&s, QueryMsg::Open("output".into()));
        assert_eq!(s.view.queries.len(), QUERIES_MAX);
        let long = opened(["x".repeat(500).as_str(), "  "]);
        assert_eq!((long.len(), long[0].text.len()), (1, QUERY_LENGTH));
    }
}
