//! How the labels of an axis of tokens are set so that each is drawn that fits: in one lane, or in turn in several beside
//! one another; only what fits no lane is thinned out.
//!
//! Pure. Not responsible for where the axis stands.

/// Size of the text where the page asks for no more, CSS pixels: nothing smaller is read.
pub const LABEL_PX: f64 = 12.0;
/// Most lanes: in more the eye loses which place a label belongs to.
const LANES_MAX: usize = 3;
/// Labels wider than that have one lane: several would leave no room for the picture.
const LANE_WIDE: f64 = 30.0;
/// Between two lanes.
pub const LANE_GAP: f64 = 4.0;

/// What the labels of an axis are like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label {
    /// Width of the widest, CSS pixels.
    pub px: f64,
    /// Whether each says something that its neighbours do not imply, as tokens do and counted places do not.
    pub letters: bool,
    /// Size of the text, CSS pixels.
    pub size_px: f64,
}

impl Default for Label {
    fn default() -> Label {
        Label { px: 0.0, letters: false, size_px: LABEL_PX }
    }
}

impl Label {
    /// Of these labels.
    pub fn of(labels: &[String], letters: bool) -> Label {
        let one = |label: &String| label.chars().map(char_px).sum::<f64>();
        Label { px: labels.iter().map(one).fold(0.0, f64::max), letters, ..Label::default() }
    }

    /// The same in text of another size: a projector asks for more.
    pub fn sized(self, size_px: f64) -> Label {
        let size_px = size_px.max(LABEL_PX);
        Label { px: self.px * size_px / self.size_px, size_px, ..self }
    }

    /// What both axes have to make room for.
    pub fn or(self, other: Label) -> Label {
        Label { px: self.px.max(other.px), letters: self.letters || other.letters, ..self }
    }

    /// The lanes for labels that each need `need` pixels along an axis whose places are `pitch` apart.
    pub fn lanes(self, need: f64, pitch: f64) -> Lanes {
        let most = if !self.letters || self.px > LANE_WIDE { 1 } else { LANES_MAX };
        let lanes = (need / pitch.max(0.01)).ceil().max(1.0) as usize;
        if lanes <= most { Lanes { lanes, every: 1 } } else { Lanes { lanes: 1, every: lanes } }
    }
}

/// Rough width of a character.
fn char_px(c: char) -> f64 {
    match c {
        'A'..='Z' => 9.0,
        c if c.is_ascii() => 7.0,
        _ => 12.5,
    }
}

/// How labels are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lanes {
    /// Lanes beside one another; places take them in turn.
    pub lanes: usize,
    /// Every how many places has a label.
    pub every: usize,
}

impl Lanes {
    /// The lane of a place, from the picture outwards.
    pub fn lane(self, place: usize) -> usize {
        place % self.lanes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_all_drawn_while_any_lane_has_room() {
        let digit = Label { px: 7.0, letters: true, ..Label::default() };
        assert_eq!(digit.lanes(8.0, 14.0), Lanes { lanes: 1, every: 1 });
        assert_eq!(digit.lanes(12.0, 8.5), Lanes { lanes: 2, every: 1 });
        assert_eq!(digit.lanes(12.0, 4.1), Lanes { lanes: 3, every: 1 });
        assert_eq!(digit.lanes(12.0, 2.0), Lanes { lanes: 1, every: 6 });
        let two = digit.lanes(12.0, 8.5);
        assert_eq!([0, 1, 2].map(|i| two.lane(i)), [0, 1, 0]);
    }

    #[test]
    fn counted_places_and_long_words_are_thinned() {
        let number = Label { px: 14.0, ..Label::default() };
        assert_eq!(number.lanes(12.0, 8.0), Lanes { lanes: 1, every: 2 });
        let word = Label { px: 60.0, letters: true, ..Label::default() };
        assert_eq!(word.lanes(12.0, 8.0), Lanes { lanes: 1, every: 2 });
        assert_eq!(word.lanes(12.0, 0.0).lanes, 1, "no room at all");
    }

    #[test]
    fn the_widest_label_counts() {
        let of = |all: &[&str]| Label::of(&all.iter().map(ToString::to_string).collect::<Vec<_>>(), true);
        assert!(of(&["ab", "汉"]).px > of(&["a"]).px);
        assert_eq!(of(&[]).px, 0.0);
        assert_eq!(
            of(&["a"]).or(Label { px: 40.0, ..Label::default() }),
            Label { px: 40.0, letters: true, ..Label::default() }
        );
    }
}
