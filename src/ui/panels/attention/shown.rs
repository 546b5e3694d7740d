//! What the panel shows of one frame: the weights of a layer, the labels of its places, and its queries, keys, values.
//!
//! Not responsible for keeping frames (`hooks::use_look`).

mod kept;

use crate::protocol::Look;
use crate::spec::pairs::Zero;
use crate::ui::frame_data::FrameData;
use crate::ui::inside::answer::{Nothing, answer};
use crate::ui::inside::attention::AttentionAt;
use crate::ui::inside::attention::heads::Heads;
use crate::ui::inside::attention::pattern::{self, Known, Summary};
use crate::ui::inside::attention::stages::Joint;
use crate::ui::inside::axis_labels::Label;
use crate::ui::inside::tokens;
use crate::ui::plots::surface::text_px;
use kept::Kept;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Attention of one layer on one example.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The weights.
    pub heads: Heads,
    /// Labels of the places that ask.
    pub asks: Vec<String>,
    /// Labels of the places that are asked.
    pub asked: Vec<String>,
    /// What the labels are like.
    pub label: Label,
    /// The layer.
    pub at: AttentionAt,
    /// Step of the network.
    pub step: u64,
    /// What each head looks at, found when it is first asked for.
    summaries: Vec<OnceCell<Summary>>,
    known: Known,
    /// Queries, keys and values without filling, where some was taken out.
    parts: BTreeMap<&'static str, (Vec<usize>, Rc<[f32]>)>,
    data: Rc<FrameData>,
    key: &'static str,
}

impl Shown {
    /// What the frame has under `key` of the layer `at`; `at_end`: filling stands before a short text, where it is seen.
    ///
    /// # Errors
    /// See [`Nothing`].
    pub fn new(
        data: Option<&Rc<FrameData>>,
        key: &'static str,
        at: &AttentionAt,
        vocabulary: &[String],
        at_end: bool,
    ) -> Result<Shown, Nothing> {
        let name = at.value("weights");
        let (data, look) = answer(data, key, &name)?;
        let named = look.values.iter().find(|v| v.name == name).ok_or(Nothing::Waiting)?;
        let values = data.arrays.get(named.buffer).ok_or(Nothing::Waiting)?;
        let [_, rows, columns] = *named.shape.as_slice() else { return Err(Nothing::Missing) };
        let ids = data.looked(look, "input").map_or(&[][..], |(_, ids)| ids);
        let part = |from: Option<usize>, places: usize| from.and_then(|f| ids.get(f..f + places)).unwrap_or_default();
        let (asking, asked_ids) = (part(at.asks_from, rows), part(at.asked_from, columns));
        let kept = Kept::new(asking, asked_ids, [rows, columns], Zero::of(vocabulary));
        let (asking, asked_ids) = kept.tokens(asking, asked_ids);
        let counted = if at_end || kept.any { 0 } else { look.len };
        let (shape, values) = kept.weights(&named.shape, values);
        let heads = Heads::new(at, &shape, values, counted).ok_or(Nothing::Missing)?;
        let heads = if at.padding { heads.without_padding(&asking, &asked_ids) } else { heads };
        let label = |places: usize, ids: &[f32], shown: usize| {
            let mut all = tokens::labels(places, ids, vocabulary);
            all.truncate(shown);
            all
        };
        let asks = label(shape[1], &asking, heads.queries);
        let asked = label(shape[2], &asked_ids, heads.keys);
        let axis = |labels: &[String], ids: &[f32]| Label::of(labels, !ids.is_empty() && !vocabulary.is_empty());
        let look_of = axis(&asks, &asking).or(axis(&asked, &asked_ids)).sized(text_px(0.0));
        let known = tokens::known(&asking, &asked_ids, vocabulary);
        let summaries = vec![OnceCell::new(); heads.heads];
        let (at, step, data) = (at.clone(), look.step, data.clone());
        let parts = kept.parts(&data, look, &at);
        Ok(Shown { heads, asks, asked, label: look_of, at, step, summaries, known, parts, data, key })
    }

    /// What a head looks at; empty where there is no such head.
    pub fn summary(&self, head: usize) -> Summary {
        let found = || pattern::summary(&self.heads, head, &self.known);
        self.summaries.get(head).map_or_else(Summary::default, |s| s.get_or_init(found).clone())
    }

    /// The answer itself.
    pub fn look(&self) -> Option<&Look> {
        self.data.look(self.key)
    }

    fn value(&self, part: &str) -> Option<(&[usize], &[f32])> {
        if let Some((shape, numbers)) = self.parts.get(part) {
            return Some((shape, numbers));
        }
        self.data.looked(self.look()?, &self.at.value(part))
    }

    /// Whether queries and keys were turned by their places.
    pub fn is_turned(&self) -> bool {
        self.value("qkv_turned").is_some()
    }

    /// Queries, keys and values, where the frame carries them and their products are the scores.
    pub fn joint(&self) -> Option<Joint<'_>> {
        if self.at.additive {
            return None;
        }
        let either = |turned: &str, plain: &str| self.value(turned).or_else(|| self.value(plain));
        let (shape, asking) = either("qkv_turned", "qkv")?;
        let asked = if self.at.cross { either("memory_qkv_turned", "memory_qkv")?.1 } else { asking };
        Joint::new(asking, asked, self.heads.heads, *shape.last()?)
    }

    /// What the network mixed for place `t`, `(W)` numbers of one head; empty where the frame lacks them.
    pub fn mixed(&self, head: usize, t: usize) -> &[f32] {
        let Some((shape, all)) = self.value("heads") else { return &[] };
        let Some(units) = shape.last().copied() else { return &[] };
        let width = units / self.heads.heads.max(1);
        all.get(t * units + head * width..t * units + (head + 1) * width).unwrap_or(&[])
    }

    /// A place's label, as it stands in sentences.
    pub fn ask_label(&self, t: usize) -> &str {
        self.asks.get(t).map_or("", |l| l)
    }

    /// The same of a place that is asked.
    pub fn asked_label(&self, s: usize) -> &str {
        self.asked.get(s).map_or("", |l| l)
    }
}
