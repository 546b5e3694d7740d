//! What the panel shows of one frame: the parts of the cell over time, the sequence itself, the gradient of each step.
//!
//! Not responsible for keeping frames (`hooks::use_look`).

use crate::ui::inside::answer::{Nothing, answer};
use crate::ui::inside::states::{Part, RecurrentAt, Strip, norms};
use crate::ui::inside::tokens;
use crate::ui::state::FrameData;
use std::rc::Rc;

/// One recurrent layer on one example.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The parts of its cell.
    pub strips: Vec<Strip>,
    /// What each step is called.
    pub labels: Vec<String>,
    /// Whether the steps are the example's tokens.
    pub tokens: bool,
    /// The example where it is a series of the same length: `(T, C)`.
    pub series: Option<(Vec<usize>, Rc<[f32]>)>,
    /// `|∂loss/∂h_t|`.
    pub norms: Vec<f64>,
    /// Training step of the network.
    pub step: u64,
    /// Whether some numbers were too many for one answer.
    pub cut: bool,
}

impl Shown {
    /// What the frame has under `key` of the layer `at`; `at_end`: filling stands before a short text, and is read.
    ///
    /// # Errors
    /// See [`Nothing`].
    pub fn new(
        data: Option<&Rc<FrameData>>,
        key: &str,
        at: &RecurrentAt,
        reverse: bool,
        vocabulary: &[String],
        at_end: bool,
    ) -> Result<Shown, Nothing> {
        let name = at.value("states", reverse);
        let (data, look) = answer(data, key, &name)?;
        let counted = if at_end { 0 } else { look.len };
        let find = |name: &str| {
            let named = look.values.iter().find(|v| v.name == name)?;
            Some((&named.shape, data.arrays.get(named.buffer)?.clone()))
        };
        let strip = |part: &Part| {
            let (shape, values) = find(&at.holds(*part, reverse))?;
            Strip::new(*part, at.units, shape, values, counted)
        };
        let strips: Vec<Strip> = Part::all(at.cell).iter().filter_map(strip).collect();
        let steps = strips.first().ok_or(Nothing::Waiting)?.steps;
        let all = find(&name).map_or(steps, |(shape, _)| shape[0]);
        let input = find("input");
        let ids = input.as_ref().map_or(&[][..], |(_, x)| x);
        let mut labels = tokens::labels(all, ids, vocabulary);
        labels.truncate(steps);
        let is_tokens = !vocabulary.is_empty() && ids.len() == all;
        let series = input.filter(|(shape, _)| !is_tokens && shape.first() == Some(&all));
        let series = series.map(|(shape, x)| (shape.clone(), x));
        let norms = find(&at.gradient(reverse)).map_or(Vec::new(), |(shape, d)| norms(shape, &d, counted));
        Ok(Shown { strips, labels, tokens: is_tokens, series, norms, step: look.step, cut: !look.left_out.is_empty() })
    }

    /// The strip of a part; the state itself where the cell has no such part.
    pub fn strip(&self, part: Part) -> &Strip {
        // `new` makes none without a first strip.
        self.strips.iter().find(|s| s.part == part).unwrap_or(&self.strips[0])
    }

    /// A step's label, as it stands in sentences.
    pub fn label(&self, step: usize) -> &str {
        self.labels.get(step).map_or("", |l| l)
    }
}
