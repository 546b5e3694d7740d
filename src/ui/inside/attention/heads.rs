//! The weights of all heads: a picture of each, its rows, how widely it spreads.
//!
//! Not responsible for where the weights come from, nor for what a head looks at (`pattern.rs`).

use super::AttentionAt;
use std::rc::Rc;

/// Attention weights of one example.
#[derive(Clone, Debug, PartialEq)]
pub struct Heads {
    /// H.
    pub heads: usize,
    /// T: places that ask, all of the sequence.
    len: usize,
    /// S: places that are asked, all of the sequence.
    all_keys: usize,
    /// Places that ask and are shown: without those behind a short text, which nothing sees.
    pub queries: usize,
    /// Places that are asked and shown.
    pub keys: usize,
    /// Whether later places are hidden.
    pub causal: bool,
    /// Whether keys are another sequence's.
    pub cross: bool,
    /// Places that are padding, which nothing sees; those behind the last are seen.
    hidden: Vec<bool>,
    /// `(H, T, S)`.
    values: Rc<[f32]>,
}

/// How widely a head spreads, in the mean over all places that have a choice.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Entropy {
    /// Mean of −Σ p log₂ p: 0 when everything goes to one place.
    pub bits: f64,
    /// The most that could be: mean of log₂ of the places seen.
    pub most_bits: f64,
}

/// A picture of a head: `None` where nothing may be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Pixels {
    /// Columns.
    pub cols: usize,
    /// Rows.
    pub rows: usize,
    /// Row-major.
    pub values: Vec<Option<f32>>,
}

impl Heads {
    /// From `weights` of shape `(H, T, S)`; `counted` places of the sequence are the example's own (0: all). `None` if
    /// the numbers do not have that shape.
    pub fn new(at: &AttentionAt, shape: &[usize], values: Rc<[f32]>, counted: usize) -> Option<Heads> {
        let [heads, len, all_keys] = *shape else { return None };
        if values.len() != heads * len * all_keys || values.is_empty() {
            return None;
        }
        // Behind a short text stands filling. Where later places are hidden no place of the text sees it, so it is cut
        // away; elsewhere it is seen like any other, and rows would not sum to one without it.
        let cut = at.causal && !at.cross && (1..len).contains(&counted);
        let (queries, keys) = if cut { (counted, counted.min(all_keys)) } else { (len, all_keys) };
        let hidden = Vec::new();
        Some(Heads { heads, len, all_keys, queries, keys, causal: at.causal, cross: at.cross, hidden, values })
    }

    /// The same where keys of token 0, padding, are hidden: what fills up the end is cut away, of the places that ask too.
    /// Both by their tokens, none where they are not known.
    pub fn without_padding(mut self, asks: &[f32], keys: &[f32]) -> Heads {
        let own = |tokens: &[f32], places: usize| {
            let last = tokens.iter().take(places).rposition(|token| *token != 0.0);
            if tokens.is_empty() { places } else { last.map_or(1, |last| last + 1) }
        };
        (self.queries, self.keys) = (own(asks, self.queries), own(keys, self.keys));
        self.hidden = keys.iter().take(self.keys).map(|token| *token == 0.0).collect();
        self
    }

    /// Places that place `t` sees.
    pub fn seen(&self, t: usize) -> usize {
        if self.causal { self.keys.min(t + 1) } else { self.keys }
    }

    /// Whether place `s` is hidden from place `t`.
    pub fn is_masked(&self, t: usize, s: usize) -> bool {
        s >= self.seen(t) || self.is_hidden(s)
    }

    /// Whether place `s` is padding, which nothing sees.
    fn is_hidden(&self, s: usize) -> bool {
        self.hidden.get(s).copied().unwrap_or(false)
    }

    /// Whether anything that is shown is hidden from some place.
    pub fn hides(&self) -> bool {
        self.causal || self.hidden.contains(&true)
    }

    /// How many places that place sees.
    fn choices(&self, t: usize) -> usize {
        (0..self.seen(t)).filter(|s| !self.is_hidden(*s)).count()
    }

    /// Weights of one place that asks, for the places shown; empty outside.
    pub fn row(&self, head: usize, t: usize) -> &[f32] {
        if head >= self.heads || t >= self.queries {
            return &[];
        }
        let at = (head * self.len + t) * self.all_keys;
        &self.values[at..at + self.keys]
    }

    /// One weight.
    pub fn weight(&self, head: usize, t: usize, s: usize) -> Option<f32> {
        self.row(head, t).get(s).copied()
    }

    /// The largest weight of a head among places that have a choice (the others' one weight is always 1); 1 if there is
    /// no finite one.
    pub fn largest(&self, head: usize) -> f32 {
        let all = self.choosing().flat_map(|t| self.row(head, t)).copied().filter(|v| v.is_finite());
        let max = all.fold(0.0, f32::max);
        if max > 0.0 { max } else { 1.0 }
    }

    /// Places that have a choice: those that see more than one.
    pub fn choosing(&self) -> impl Iterator<Item = usize> {
        (0..self.queries).filter(|t| self.choices(*t) > 1)
    }

    /// How widely a head spreads.
    pub fn entropy(&self, head: usize) -> Entropy {
        let (mut sum, mut rows) = (Entropy::default(), 0.0);
        for t in self.choosing() {
            rows += 1.0;
            sum.most_bits += (self.choices(t) as f64).log2();
            let terms = self.row(head, t).iter().filter(|p| **p > 0.0).map(|p| f64::from(*p) * f64::from(p.log2()));
            sum.bits -= terms.sum::<f64>();
        }
        let mean = |v: f64| if rows > 0.0 { v / rows } else { 0.0 };
        Entropy { bits: mean(sum.bits), most_bits: mean(sum.most_bits) }
    }

    /// The picture of a head, at most `side_max` pixels a side: a pixel of several weights is the largest of them, so
    /// that a thin diagonal is not lost.
    pub fn pixels(&self, head: usize, side_max: usize) -> Pixels {
        let block = self.queries.max(self.keys).div_ceil(side_max.max(1)).max(1);
        let (rows, cols) = (self.queries.div_ceil(block), self.keys.div_ceil(block));
        let mut values = vec![None; rows * cols];
        for t in 0..self.queries {
            let to = &mut values[t / block * cols..][..cols];
            let seen = |(s, _): &(usize, &f32)| !self.is_masked(t, *s);
            for (s, p) in self.row(head, t).iter().enumerate().filter(seen) {
                let pixel = &mut to[s / block];
                // NaN is never lost either.
                if pixel.is_none_or(|v: f32| *p > v || p.is_nan()) {
                    *pixel = Some(*p);
                }
            }
        }
        Pixels { cols, rows, values }
    }

    /// The `count` places that ask most of place `s`, strongest first.
    pub fn askers(&self, head: usize, s: usize, count: usize) -> Vec<(usize, f32)> {
        let all = (0..self.queries).filter(|t| !self.is_masked(*t, s));
        let mut all: Vec<(usize, f32)> = all.filter_map(|t| Some((t, self.weight(head, t, s)?))).collect();
        crate::spec::order::sort_by(&mut all, |a, b| b.1.total_cmp(&a.1));
        all.truncate(count);
        all
    }

    /// The `count` strongest weights of a head (of place `t` alone where given), weakest first.
    pub fn strongest(&self, head: usize, t: Option<usize>, count: usize) -> Vec<(usize, usize, f32)> {
        let rows = t.map_or(0..self.queries, |t| t..(t + 1).min(self.queries));
        let mut all: Vec<(usize, usize, f32)> = rows
            .flat_map(|t| self.row(head, t).iter().take(self.seen(t)).enumerate().map(move |(s, p)| (t, s, *p)))
            .filter(|(_, _, p)| *p > 0.0)
            .collect();
        if all.len() > count && count > 0 {
            all.select_nth_unstable_by(count - 1, |a, b| b.2.total_cmp(&a.2));
            all.truncate(count);
        }
        crate::spec::order::sort_by(&mut all, |a, b| a.2.total_cmp(&b.2));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(causal: bool, cross: bool) -> AttentionAt {
        AttentionAt { prefix: "layers.0".into(), heads: 1, causal, cross, ..AttentionAt::default() }
    }

    fn heads(causal: bool, shape: [usize; 3], values: &[f32], counted: usize) -> Heads {
        Heads::new(&at(causal, false), &shape, values.into(), counted).unwrap()
    }

    #[test]
    fn places_without_a_choice_do_not_count() {
        let h = heads(true, [1, 3, 3], &[1.0, 0.0, 0.0, 0.25, 0.75, 0.0, 0.5, 0.125, 0.375], 0);
        let e = h.entropy(0);
        assert!((e.most_bits - (1.0 + 3f64.log2()) / 2.0).abs() < 1e-12);
        assert!(e.bits > 0.0 && e.bits < e.most_bits);
        assert!(h.is_masked(1, 2) && !h.is_masked(2, 2));
    }

    #[test]
    fn evenly_spread_attention_has_all_the_entropy_there_is() {
        let e = heads(false, [1, 2, 4], &[0.25; 8], 0).entropy(0);
        assert_eq!((e.bits, e.most_bits), (2.0, 2.0));
    }

    #[test]
    fn a_small_picture_keeps_the_strongest_and_what_is_hidden() {
        let values: Vec<f32> = (0..16).map(|i| i as f32).collect();
        let p = heads(true, [1, 4, 4], &values, 0).pixels(0, 2);
        assert_eq!((p.rows, p.cols), (2, 2));
        assert_eq!(p.values, [Some(5.0), None, Some(13.0), Some(15.0)]);
        let whole = heads(false, [1, 2, 3], &[0.1; 6], 0).pixels(0, 96);
        assert_eq!((whole.rows, whole.cols, whole.values.len()), (2, 3, 6));
    }

    #[test]
    fn filling_behind_a_short_text_is_cut_where_nothing_sees_it() {
        let values: Vec<f32> = (0..2 * 9).map(|i| i as f32).collect();
        let h = heads(true, [2, 3, 3], &values, 2);
        assert_eq!((h.queries, h.keys), (2, 2));
        assert_eq!(h.row(1, 1), [12.0, 13.0]);
        assert!(h.row(1, 2).is_empty() && h.row(2, 0).is_empty());
        assert_eq!(heads(false, [2, 3, 3], &values, 2).queries, 3);
    }

    #[test]
    fn padding_is_cut_at_the_end_and_hidden_elsewhere() {
        let values = [0.5, 0.0, 0.5, 0.0].repeat(4);
        let of = |cross: bool| {
            let h = Heads::new(&at(false, cross), &[1, 4, 4], values.clone().into(), 0).unwrap();
            let keys = [7.0, 0.0, 3.0, 0.0];
            h.without_padding(if cross { &[] } else { &keys }, &keys)
        };
        let h = of(true);
        assert_eq!((h.queries, h.keys, of(false).queries), (4, 3, 3));
        assert_eq!([0, 1, 2].map(|s| h.is_masked(0, s)), [false, true, false]);
        assert_eq!((h.entropy(0).bits, h.entropy(0).most_bits), (1.0, 1.0), "two places to choose from");
        assert_eq!(h.pixels(0, 96).values[..3], [Some(0.5), None, Some(0.5)]);
        let nothing = Heads::new(&at(false, true), &[1, 1, 2], vec![0.0; 2].into(), 0).unwrap();
        let nothing = nothing.without_padding(&[1.0], &[0.0; 2]);
        assert_eq!((nothing.keys, nothing.largest(0), nothing.entropy(0).bits), (1, 1.0, 0.0));
    }

    #[test]
    fn other_lengths_and_broken_shapes() {
        let cross = Heads::new(&at(false, true), &[1, 2, 3], vec![1.0 / 3.0; 6].into(), 0).unwrap();
        assert_eq!((cross.queries, cross.keys, cross.seen(0)), (2, 3, 3));
        assert!(Heads::new(&at(false, true), &[1, 2, 3], vec![0.0; 5].into(), 0).is_none());
        assert!(Heads::new(&at(false, true), &[2, 3], vec![0.0; 6].into(), 0).is_none());
        let nan = heads(false, [1, 1, 2], &[f32::NAN, f32::NAN], 0);
        assert_eq!(nan.largest(0), 1.0);
        assert!(nan.strongest(0, None, 5).is_empty());
    }

    #[test]
    fn the_strongest_come_last() {
        let h = heads(false, [1, 2, 2], &[0.9, 0.1, 0.3, 0.7], 0);
        assert_eq!(h.strongest(0, None, 2), [(1, 1, 0.7), (0, 0, 0.9)]);
        assert_eq!(h.strongest(0, Some(1), 9), [(1, 0, 0.3), (1, 1, 0.7)]);
        assert_eq!(h.askers(0, 0, 1), [(0, 0.9)]);
        assert_eq!(h.askers(0, 9, 1), []);
        assert_eq!(h.largest(0), 0.9);
        assert_eq!(heads(true, [1, 2, 2], &[1.0, 0.0, 0.4, 0.6], 0).largest(0), 0.6);
    }
}
