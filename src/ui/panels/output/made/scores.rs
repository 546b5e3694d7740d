//! How the discriminator scores real rows and made ones, as two histograms over each other.
//!
//! Not responsible for counting (`ui::inside::scores`).

use super::opinion;
use crate::i18n::{Lang, made as words};
use crate::protocol::PartRows;
use crate::spec::model::PartName;
use crate::ui::inside::scores::Bins;
use crate::ui::plots::axis::Axis;
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::number;
use crate::ui::plots::surface::{Align, Rect, Surface};
use crate::ui::state::State;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// The counts of the latest frame that brought both.
pub struct Scores;

impl Scores {
    /// `None` where there is no discriminator, or nothing has come.
    pub fn of(state: &State) -> Option<Rc<Bins>> {
        let of = |wanted: fn(&PartRows) -> bool| {
            let part =
                |p: &&crate::protocol::PartAnswer| p.request.part == PartName::Discriminator && wanted(&p.request.rows);
            state.run.frame.frame.parts().find(part).map(|p| state.run.frame.array(p.values.buffer))
        };
        let real = of(|rows| matches!(rows, PartRows::Test { .. }))?;
        let made = of(|rows| matches!(rows, PartRows::Made { .. }))?;
        Bins::of(real, made, opinion::played(state)).map(Rc::new)
    }
}

/// Properties of [`Histogram`].
#[derive(Clone, PartialEq, Properties)]
pub struct HistogramProps {
    /// What to draw.
    pub bins: Rc<Bins>,
    /// Language.
    pub lang: Lang,
}

/// See the module.
#[component]
pub fn Histogram(props: &HistogramProps) -> Html {
    let (bins, lang) = (&props.bins, props.lang);
    let draw = use_callback((bins.clone(), lang), |s: Surface, (bins, lang)| paint(&s, bins, *lang));
    let mean = |v: f64| number::short(v);
    let facts = [("real", mean(bins.means[0])), ("made", mean(bins.means[1])), ("right", number::percent(bins.right))];
    let label = words::SCORES_SAID.with(lang, &facts.each_ref().map(|(k, v)| (*k, v.as_str())));
    html! {
        <figure class="made-scores">
            <figcaption class="small">{ words::SCORES.get(lang) }</figcaption>
            <div class="plot-stack"><Canvas {draw} testid={testid::MADE_SCORES} label={label.clone()} /></div>
            <p class="legend" data-testid={testid::MADE_SCORES_SAID}>{ label }</p>
        </figure>
    }
}

fn paint(s: &Surface, bins: &Bins, lang: Lang) {
    let f = Rect { x: 12.0, y: 6.0, w: (s.width - 24.0).max(1.0), h: (s.height - 34.0).max(1.0) };
    let (green, violet) = opinion::inks(s);
    let n = bins.counts[0].len();
    let w = f.w / n as f64;
    let most = bins.counts.iter().flatten().copied().fold(1e-9, f64::max);
    // Real to the left half of each bin, made to the right: neither hides the other.
    for (side, ink) in [green, violet].into_iter().enumerate() {
        for (i, share) in bins.counts[side].iter().enumerate() {
            let h = f.h * share / most;
            let at = Rect { x: f.x + w * (i as f64 + 0.5 * side as f64), y: f.y + f.h - h, w: 0.46 * w, h };
            s.fill(at, ink);
        }
    }
    s.line((f.x, f.y + f.h), (f.x + f.w, f.y + f.h), &s.ink.rule, 1.0);
    let axis = Axis::between(bins.low, bins.high, 4);
    for (at, label) in &axis.ticks {
        let x = f.x + f.w * axis.tick_share(*at);
        s.text(label, x, f.y + f.h + 10.0, Align::Middle, &s.ink.dim);
    }
    let name = if bins.probability { words::PROBABILITY } else { words::SCORE };
    s.text(name.get(lang), f.x + f.w / 2.0, s.height - 6.0, Align::Middle, &s.ink.dim);
}
