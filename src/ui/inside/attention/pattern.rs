//! What a head looks at, in a word: of several simple patterns the one that explains its weights best, with its share.
//!
//! A pattern is judged by what it gets beyond what even attention would give it, for spaces are a fifth of any text. Not
//! responsible for the words.

use super::heads::{Entropy, Heads};

/// What is near.
pub const NEAR: usize = 3;
/// Near is a wide target: its fit counts so much less than that of a single place.
const WIDE: f64 = 0.6;
/// Distances that are told apart.
const REACH: usize = 32;
/// Weights of a head that are counted at most; of more, every so many-th row is taken.
const WORK_MAX: usize = 60_000;
/// From this fit on a pattern is what a head looks at.
const FITS: f64 = 0.35;
/// From this share on it is spread evenly.
const EVEN: f64 = 0.8;

/// Something that a head may look at. Across two sequences distances are counted from the same place of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// So many places before; 1 is the place before.
    Back(usize),
    /// The place itself.
    Itself,
    /// So many places after.
    Ahead(usize),
    /// The first place.
    Start,
    /// Another place with the same token, among one's own sequence an other than oneself.
    SameToken,
    /// The place after such a place: an induction head's (Olsson et al. 2022).
    AfterSame,
    /// Tokens without a letter or digit: spaces, punctuation.
    Marks,
    /// What fills up a sequence, where it is not hidden.
    Padding,
    /// At most [`NEAR`] places away, itself included.
    Near,
    /// All places alike: the overlap with even weights.
    Evenly,
}

/// How much goes there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Where.
    pub kind: Kind,
    /// The mean weight, over the rows that see such a place.
    pub share: f64,
    /// What it would be if each row spread evenly.
    pub even: f64,
}

impl Share {
    /// 1 where everything goes there, 0 where no more than even attention would give.
    pub fn fit(&self) -> f64 {
        (self.share - self.even) / (1.0 - self.even).max(1e-9)
    }

    /// The fit by which patterns are compared.
    fn counts(&self) -> f64 {
        if self.kind == Kind::Near { WIDE * self.fit() } else { self.fit() }
    }
}

/// A head in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Patterns that the example has room for, the best fitting first; of distances the best alone besides the nearest.
    pub shares: Vec<Share>,
    /// The overlap with even weights, 0 to 1.
    pub evenness: f64,
    /// How widely it spreads.
    pub entropy: Entropy,
}

impl Summary {
    /// What it looks at; `None` if no pattern fits.
    pub fn main(&self) -> Option<Share> {
        let best = self.shares.first().filter(|s| s.counts() >= FITS).copied();
        let even = Share { kind: Kind::Evenly, share: self.evenness, even: 1.0 };
        best.or(Some(even).filter(|e| e.share >= EVEN))
    }
}

/// Tokens of the places of a map; empty where they are not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Of the places that ask.
    pub asks: Vec<f32>,
    /// Of those that are asked.
    pub asked: Vec<f32>,
    /// Which of those that are asked have no letter or digit.
    pub marks: Vec<bool>,
    /// Which of them are padding.
    pub padding: Vec<bool>,
    /// Which of those that ask are padding: what they look at is nobody's concern.
    pub idle: Vec<bool>,
}

/// Sums of one pattern over the rows that have it.
#[derive(Clone, Copy, Default)]
struct Sum {
    share: f64,
    even: f64,
    rows: f64,
}

/// Places of the sums: distances from −REACH to REACH, then the others.
const START: usize = 2 * REACH + 1;
const KINDS: usize = START + 6;

fn kind(i: usize) -> Kind {
    match i {
        i if i < REACH => Kind::Back(REACH - i),
        REACH => Kind::Itself,
        i if i < START => Kind::Ahead(i - REACH),
        START => Kind::Start,
        i if i == START + 1 => Kind::SameToken,
        i if i == START + 2 => Kind::AfterSame,
        i if i == START + 3 => Kind::Marks,
        i if i == START + 4 => Kind::Padding,
        _ => Kind::Near,
    }
}

/// What a head looks at.
pub fn summary(heads: &Heads, head: usize, known: &Known) -> Summary {
    let every = (heads.queries * heads.keys).div_ceil(WORK_MAX).max(1);
    let (mut sums, mut all, mut even) = ([Sum::default(); KINDS], 0.0, 0.0);
    let tokens = known.asks.len() >= heads.queries && known.asked.len() >= heads.keys;
    let asks = heads.choosing().filter(|t| known.idle.get(*t) != Some(&true));
    for t in asks.step_by(every) {
        let mut row = [(0.0, 0u32); KINDS];
        let mut n = 0u32;
        for (s, p) in heads.row(head, t).iter().enumerate().filter(|(s, _)| !heads.is_masked(t, *s)) {
            let p = f64::from(*p);
            n += 1;
            let mut add = |i: usize| {
                row[i].0 += p;
                row[i].1 += 1;
            };
            let at = s + REACH;
            if at >= t && at - t < START {
                add(at - t);
            }
            if s == 0 {
                add(START);
            }
            let other = |s: usize| heads.cross || s != t;
            if tokens && other(s) && known.asked[s] == known.asks[t] {
                add(START + 1);
            }
            if tokens && s > 0 && other(s - 1) && known.asked[s - 1] == known.asks[t] {
                add(START + 2);
            }
            if known.marks.get(s) == Some(&true) {
                add(START + 3);
            }
            if known.padding.get(s) == Some(&true) {
                add(START + 4);
            }
            if s.abs_diff(t) <= NEAR {
                add(START + 5);
            }
        }
        let one = 1.0 / f64::from(n.max(1));
        even += heads.row(head, t).iter().filter(|p| p.is_finite()).map(|p| f64::from(*p).min(one)).sum::<f64>();
        all += 1.0;
        for (sum, (p, count)) in sums.iter_mut().zip(row).filter(|(_, (_, count))| *count > 0 && *count < n) {
            sum.share += p;
            sum.even += one * f64::from(count);
            sum.rows += 1.0;
        }
    }
    let shares =
        |i: usize| Share { kind: kind(i), share: sums[i].share / sums[i].rows, even: sums[i].even / sums[i].rows };
    // What hardly any row has room for says nothing about the head.
    let has = |i: &usize| sums[*i].rows >= 2.0 && sums[*i].rows * 4.0 >= all;
    let mut found: Vec<Share> = (0..KINDS).filter(has).map(shares).filter(|s| s.share.is_finite()).collect();
    crate::spec::order::sort_by(&mut found, |a, b| b.counts().total_cmp(&a.counts()));
    let mut far = 0;
    found.retain(|s| match s.kind {
        Kind::Back(d) | Kind::Ahead(d) if d > 1 => {
            far += 1;
            far == 1
        }
        _ => true,
    });
    Summary { shares: found, evenness: if all > 0.0 { even / all } else { 0.0 }, entropy: heads.entropy(head) }
}

#[cfg(test)]
mod tests {
    use super::super::AttentionAt;
    use super::*;

    const N: usize = 12;
    /// Tokens 3 1 4 1 5 9 2 6 5 3 5 1, of which 1 is a mark.
    const TOKENS: [f32; N] = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0, 1.0];

    fn known() -> Known {
        let asked = TOKENS.to_vec();
        Known { asks: asked.clone(), marks: asked.iter().map(|t| *t == 1.0).collect(), asked, ..Known::default() }
    }

    /// A head that gives `strength` to the places of `likes` in equal parts, and the rest to all it sees.
    fn head(causal: bool, cross: bool, strength: f32, likes: impl Fn(usize, usize) -> bool) -> Heads {
        let at = AttentionAt { heads: 1, causal, cross, ..AttentionAt::default() };
        let mut values = vec![0.0; N * N];
        for t in 0..N {
            let seen = if causal { t + 1 } else { N };
            let liked: Vec<usize> = (0..seen).filter(|s| likes(t, *s)).collect();
            let rest = if liked.is_empty() { 1.0 } else { 1.0 - strength };
            (0..seen).for_each(|s| values[t * N + s] += rest / seen as f32);
            liked.iter().for_each(|s| values[t * N + s] += strength / liked.len() as f32);
        }
        Heads::new(&at, &[1, N, N], values.into(), 0).unwrap()
    }

    fn main_of(h: &Heads) -> (Kind, f64) {
        let main = summary(h, 0, &known()).main().unwrap();
        (main.kind, main.share)
    }

    #[test]
    fn each_pattern_is_called_by_its_name_with_its_share() {
        let named = |want: Kind, h: Heads| {
            let (kind, share) = main_of(&h);
            assert_eq!(kind, want);
            assert!(share > 0.85, "{want:?}: {share}");
        };
        named(Kind::Back(1), head(true, false, 0.9, |t, s| s + 1 == t));
        named(Kind::Itself, head(true, false, 0.9, |t, s| s == t));
        named(Kind::Start, head(true, false, 0.9, |_, s| s == 0));
        named(Kind::Ahead(1), head(false, false, 0.9, |t, s| s == t + 1));
        named(Kind::Back(5), head(true, false, 0.9, |t, s| s + 5 == t));
        named(Kind::Ahead(3), head(false, true, 0.9, |t, s| s == t + 3));
        named(Kind::SameToken, head(false, true, 0.9, |t, s| TOKENS[s] == TOKENS[t]));
        named(Kind::SameToken, head(true, false, 0.9, |t, s| s != t && TOKENS[s] == TOKENS[t]));
        named(Kind::AfterSame, head(true, false, 0.9, |t, s| s > 0 && s - 1 != t && TOKENS[s - 1] == TOKENS[t]));
        named(Kind::Marks, head(true, false, 0.9, |_, s| TOKENS[s] == 1.0));
    }

    #[test]
    fn a_few_places_around_are_nearby_and_one_of_them_is_called_by_its_name() {
        let (kind, share) = main_of(&head(true, false, 0.9, |t, s| s < t && s + 3 >= t));
        assert!(kind == Kind::Near && share > 0.9, "{kind:?} {share}");
        let sharp = head(true, false, 0.7, |t, s| s + 2 == t);
        assert_eq!(main_of(&sharp).0, Kind::Back(2));
    }

    #[test]
    fn rows_of_padding_do_not_count() {
        let h = head(false, false, 0.9, |t, s| if t < 4 { s == t } else { s == 0 });
        let known = Known { idle: (0..N).map(|t| t >= 4).collect(), ..Known::default() };
        assert_eq!(summary(&h, 0, &known).main().map(|m| m.kind), Some(Kind::Itself));
        assert_eq!(summary(&h, 0, &Known::default()).main().map(|m| m.kind), Some(Kind::Start));
    }

    #[test]
    fn filling_that_is_seen_is_named() {
        let h = head(false, false, 0.9, |_, s| s >= 9);
        let known = Known { padding: (0..N).map(|s| s >= 9).collect(), ..Known::default() };
        assert_eq!(summary(&h, 0, &known).main().map(|m| m.kind), Some(Kind::Padding));
        assert_eq!(summary(&h, 0, &Known::default()).main(), None, "nothing is known of the tokens");
    }

    #[test]
    fn spread_evenly_is_no_pattern_and_three_places_at_once_are_mixed() {
        let even = main_of(&head(true, false, 0.0, |_, _| false));
        assert!(even.0 == Kind::Evenly && (even.1 - 1.0).abs() < 1e-6);
        // A fifth of the text is marks, and a fifth of even attention goes there: that is not what it looks at.
        let weak = summary(&head(true, false, 0.05, |_, s| TOKENS[s] == 1.0), 0, &known());
        assert_eq!(weak.main().map(|m| m.kind), Some(Kind::Evenly));
        let mixed = summary(&head(false, false, 0.9, |t, s| s == 2 * t % N || s == (5 * t + 7) % N), 0, &known());
        assert_eq!(mixed.main(), None);
        assert!(mixed.entropy.bits > 1.0 && mixed.evenness < EVEN);
    }

    #[test]
    fn shares_are_those_of_the_rows_that_have_a_choice() {
        let at = AttentionAt { heads: 1, causal: true, ..AttentionAt::default() };
        let values = [1.0, 0.0, 0.0, 0.25, 0.75, 0.0, 0.5, 0.125, 0.375];
        let h = Heads::new(&at, &[1, 3, 3], values.to_vec().into(), 0).unwrap();
        let s = summary(&h, 0, &Known::default());
        let of = |kind| s.shares.iter().find(|s| s.kind == kind).copied().unwrap();
        let back = of(Kind::Back(1));
        assert_eq!((back.share, back.even), (0.1875, (0.5 + 1.0 / 3.0) / 2.0));
        assert_eq!(of(Kind::Itself).share, 0.5625);
        assert_eq!(of(Kind::Start).share, 0.375);
    }

    #[test]
    fn a_long_text_is_read_in_part_and_nothing_breaks_nothing() {
        let n = 600;
        let at = AttentionAt { heads: 1, causal: true, ..AttentionAt::default() };
        let mut values = vec![0.0; n * n];
        (0..n).for_each(|t: usize| values[t * n + t.saturating_sub(1)] = 1.0);
        let h = Heads::new(&at, &[1, n, n], values.into(), 0).unwrap();
        assert_eq!(summary(&h, 0, &Known::default()).main().map(|m| (m.kind, m.share)), Some((Kind::Back(1), 1.0)));
        let nan = Heads::new(&at, &[1, 2, 2], vec![f32::NAN; 4].into(), 0).unwrap();
        assert_eq!(summary(&nan, 0, &Known::default()).main(), None);
        let one = Heads::new(&at, &[1, 1, 1], vec![1.0].into(), 0).unwrap();
        assert_eq!(summary(&one, 0, &Known::default()), Summary::default());
    }
}
