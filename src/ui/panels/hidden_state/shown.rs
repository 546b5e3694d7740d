//! What the panel shows of one frame: the parts of the cell over time, the sequence itself, the gradient of each step.
//!
//! Not responsible for keeping frames (`hooks::use_look`).

use crate::spec::pairs::Zero;
use crate::ui::frame_data::FrameData;
use crate::ui::inside::answer::{Nothing, answer};
use crate::ui::inside::filling;
use crate::ui::inside::states::{Part, RecurrentAt, Strip, norms};
use crate::ui::inside::tokens;
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
        let find = |name: &str| {
            let named = look.values.iter().find(|v| v.name == name)?;
            Some((&named.shape, data.arrays.get(named.buffer)?.clone()))
        };
        let input = find("input");
        let all = find(&name).map_or(0, |(shape, _)| shape[0]);
        let from = at.from.filter(|_| !vocabulary.is_empty());
        let ids = input.as_ref().zip(from).and_then(|((_, x), from)| x.get(from..from + all)).unwrap_or_default();
        let kept = filling::kept(ids, Zero::of(vocabulary));
        let counted = if at_end || kept.is_some() { 0 } else { look.len };
        // Filling is no part of the sequence: its steps are left out.
        let own = |shape: &[usize], values: Rc<[f32]>| match (&kept, shape) {
            (Some(kept), [_, width]) => (vec![kept.len(), *width], filling::rows(&values, *width, kept)),
            _ => (shape.to_vec(), values),
        };
        let strip = |part: &Part| {
            let (shape, values) = find(&at.holds(*part, reverse))?;
            let (shape, values) = own(shape, values);
            Strip::new(*part, at.units, &shape, values, counted)
        };
        let strips: Vec<Strip> = Part::all(at.cell).iter().filter_map(strip).collect();
        let steps = strips.first().ok_or(Nothing::Waiting)?.steps;
        let drawn = kept.as_ref().map_or_else(|| ids.to_vec(), |kept| filling::picked(ids, kept));
        let mut labels = tokens::labels(kept.as_ref().map_or(all, Vec::len), &drawn, vocabulary);
        labels.truncate(steps);
        let is_tokens = !ids.is_empty();
        let series = input.clone().filter(|(shape, _)| !is_tokens && shape.first() == Some(&all));
        let series = series.map(|(shape, x)| (shape.clone(), x));
        let norms = find(&at.gradient(reverse)).map_or(Vec::new(), |(shape, d)| {
            let (shape, d) = own(shape, d);
            norms(&shape, &d, counted)
        });
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
