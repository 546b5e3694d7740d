//! The arithmetic of a sliding window to play with: which cells of the input feed which cell of the output, how many
//! places there are, and what is odd about a combination.
//!
//! The places are the spec's (`spec::window`). Not responsible for drawing.

use crate::spec::window::{Padding, Pair, Window, extent};

/// Largest number of each setting.
pub const MOST: [usize; 5] = [16, 7, 5, 5, 4];

/// The five numbers, the same for both axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Cells along a side of the input.
    pub input: usize,
    /// Cells along a side of the kernel.
    pub kernel: usize,
    /// Steps from one place to the next.
    pub stride: usize,
    /// Zeros on every side.
    pub padding: usize,
    /// Steps between the kernel's own cells.
    pub dilation: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { input: 7, kernel: 3, stride: 2, padding: 1, dilation: 1 }
    }
}

/// What is worth knowing of a combination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The kernel covers more cells than there are: no place for it.
    TooLarge {
        /// Cells that the kernel covers.
        covers: usize,
        /// Cells of the padded input.
        there_are: usize,
    },
    /// So many cells at the far end are under no window.
    LeftOver(usize),
    /// Windows stand so far apart that cells between them are never seen.
    Skips,
    /// The outermost windows see padding only.
    OnlyPadding,
    /// The output is as large as the input.
    SameSize,
}

impl Settings {
    /// Every number within its range.
    pub fn clamped(self) -> Settings {
        let within = |v: usize, i: usize, low: usize| v.clamp(low, MOST[i]);
        Settings {
            input: within(self.input, 0, 1),
            kernel: within(self.kernel, 1, 1),
            stride: within(self.stride, 2, 1),
            padding: within(self.padding, 3, 0),
            dilation: within(self.dilation, 4, 1),
        }
    }

    /// The window; `None` where it has no place.
    pub fn window(&self) -> Option<Window> {
        let [k, s, d] = [self.kernel, self.stride, self.dilation].map(Pair::square);
        Window::new([self.input; 2], k, s, d, Padding::Of(self.padding))
    }

    /// `⌊(7 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1 = 4`, PyTorch's formula with the numbers put in.
    pub fn formula(&self) -> String {
        let Settings { input: n, kernel: k, stride: s, padding: p, dilation: d } = *self;
        let places = self.window().map_or(0, |w| w.output[0]);
        format!("⌊({n} + 2·{p} − {d}·({k} − 1) − 1) / {s}⌋ + 1 = {places}")
    }

    /// What is worth knowing.
    pub fn notes(&self) -> Vec<Note> {
        let (covers, there_are) = (extent(self.kernel, self.dilation), self.input + 2 * self.padding);
        let Some(window) = self.window() else { return vec![Note::TooLarge { covers, there_are }] };
        let mut notes = Vec::new();
        if window.output[0] == self.input {
            notes.push(Note::SameSize);
        }
        let left = there_are - window.reach(0);
        // Padding that no window reaches is no loss.
        if left > self.padding {
            notes.push(Note::LeftOver(left - self.padding));
        }
        if self.stride > covers && window.output[0] > 1 {
            notes.push(Note::Skips);
        }
        if self.padding >= covers {
            notes.push(Note::OnlyPadding);
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every combination against counting by hand: slide until the kernel no longer fits.
    #[test]
    fn places_and_notes_are_what_counting_gives() {
        let mut seen = 0;
        for i in 0..MOST[0] * 4 * 3 * 4 * 3 {
            let s = Settings {
                input: i % MOST[0] + 1,
                kernel: i / 16 % 4 + 1,
                stride: i / 64 % 3 + 1,
                padding: i / 192 % 4,
                dilation: i / 768 % 3 + 1,
            };
            let (padded, covers) = (s.input + 2 * s.padding, (s.kernel - 1) * s.dilation + 1);
            let starts: Vec<usize> = (0..padded).step_by(s.stride).filter(|at| at + covers <= padded).collect();
            assert_eq!(s.window().map_or(0, |w| w.output[0]), starts.len(), "{s:?}");
            assert!(s.formula().ends_with(&format!("= {}", starts.len())));
            let Some(last) = starts.last() else {
                assert_eq!(s.notes(), [Note::TooLarge { covers, there_are: padded }]);
                continue;
            };
            let never = (last + covers..padded).filter(|c| (s.padding..s.padding + s.input).contains(c)).count();
            let told = s.notes().iter().find_map(|n| if let Note::LeftOver(n) = n { Some(*n) } else { None });
            assert_eq!(told.unwrap_or(0), never, "{s:?}");
            assert_eq!(s.notes().contains(&Note::OnlyPadding), covers <= s.padding, "{s:?}");
            seen += 1;
        }
        assert!(seen > 1000);
    }

    #[test]
    fn numbers_stay_in_range() {
        let wild = Settings { input: 99, kernel: 0, stride: 0, padding: 9, dilation: 0 };
        assert_eq!(wild.clamped(), Settings { input: 16, kernel: 1, stride: 1, padding: 5, dilation: 1 });
        let formula = Settings::default().formula();
        assert_eq!(formula, "⌊(7 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1 = 4");
    }
}
