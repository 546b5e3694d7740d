//! A picture drawn by hand, in the network's units: strokes with a soft round brush.
//!
//! Pure. Not responsible for events (`draw.rs`).

use crate::ui::light::Light;

/// A picture being drawn, `(H, W, C)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Pad {
    /// Height, width, channels.
    pub shape: [usize; 3],
    /// Row-major.
    pub x: Vec<f32>,
}

/// What blank paper and full ink are in the network's units, a number for each channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Inks {
    /// What a cleared picture holds: the top left pixel of the first picture.
    pub paper: Vec<f32>,
    /// Smallest numbers.
    pub low: Vec<f32>,
    /// Largest numbers.
    pub high: Vec<f32>,
    /// What numbers are as light.
    pub light: Light,
}

impl Inks {
    /// From some pictures of the data, one after the other; where their range is known, it is that.
    pub fn of(pictures: &[f32], channels: usize, light: Light) -> Inks {
        let c = channels.max(1);
        let fold = |start: f32, f: fn(f32, f32) -> f32| -> Vec<f32> {
            let seen = |k: usize| pictures.iter().skip(k).step_by(c).copied().filter(|v| v.is_finite());
            (0..c).map(|k| seen(k).reduce(f).unwrap_or(start)).collect()
        };
        let mut paper = pictures.get(..c).map_or_else(|| vec![0.0; c], <[f32]>::to_vec);
        let (low, high) = match light {
            Light::Plain => (vec![0.0; c], vec![1.0; c]),
            Light::Scaled(_) | Light::Span(..) => (fold(0.0, f32::min), fold(1.0, f32::max)),
        };
        paper.iter_mut().zip(&low).filter(|(p, _)| !p.is_finite()).for_each(|(p, l)| *p = *l);
        Inks { paper, low, high, light }
    }

    /// A colour, 0–255 for each channel, in the network's units; one channel takes the first number.
    pub fn ink(&self, rgb: [u8; 3]) -> Vec<f32> {
        let mix = |(k, (low, high)): (usize, (&f32, &f32))| low + (high - low) * f32::from(rgb[k.min(2)]) / 255.0;
        self.low.iter().zip(&self.high).enumerate().map(mix).collect()
    }
}

impl Pad {
    /// Blank paper.
    pub fn blank(shape: [usize; 3], inks: &Inks) -> Pad {
        let x = inks.paper.iter().copied().cycle().take(shape.iter().product()).collect();
        Pad { shape, x }
    }

    /// A stroke from one place to another (columns and rows, pixel centres at halves) with a brush of this radius; at the
    /// edge ink and ground mix.
    pub fn stroke(&mut self, from: (f64, f64), to: (f64, f64), radius: f64, ink: &[f32]) {
        let [h, w, c] = self.shape;
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let long = dx * dx + dy * dy;
        for row in 0..h {
            for column in 0..w {
                let (px, py) = (column as f64 + 0.5, row as f64 + 0.5);
                let along =
                    if long > 0.0 { (((px - from.0) * dx + (py - from.1) * dy) / long).clamp(0.0, 1.0) } else { 0.0 };
                let far = (px - from.0 - along * dx).hypot(py - from.1 - along * dy);
                let cover = (radius + 0.5 - far).clamp(0.0, 1.0) as f32;
                if cover > 0.0 {
                    let at = (row * w + column) * c;
                    let pixel = self.x[at..at + c].iter_mut().zip(ink);
                    pixel.for_each(|(x, ink)| *x += cover * (ink - *x));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stroke_covers_its_way_and_nothing_else() {
        let inks = Inks { paper: vec![-0.5], low: vec![-0.5], high: vec![2.0], light: Light::Span(-0.5, 2.0) };
        let mut pad = Pad::blank([8, 8, 1], &inks);
        pad.stroke((1.5, 4.5), (6.5, 4.5), 0.5, &inks.ink([255; 3]));
        assert_eq!(pad.x[4 * 8 + 1..4 * 8 + 7], [2.0; 6]);
        assert_eq!(pad.x[..3 * 8], [-0.5; 24]);
        assert!(pad.x.iter().all(|v| (-0.5..=2.0).contains(v)));
    }

    #[test]
    fn inks_are_read_from_pictures_channel_by_channel() {
        let inks = Inks::of(&[1.0, 0.0, 5.0, -1.0, 2.0, f32::NAN], 3, Light::Span(-1.0, 5.0));
        assert_eq!((inks.low.clone(), inks.high.clone()), (vec![-1.0, 0.0, 5.0], vec![1.0, 2.0, 5.0]));
        assert_eq!(inks.paper, [1.0, 0.0, 5.0]);
        assert_eq!(inks.ink([255, 0, 0]), [1.0, 0.0, 5.0]);
        let light = Light::Plain;
        assert_eq!(
            Inks::of(&[0.5; 4], 1, light.clone()),
            Inks { paper: vec![0.5], low: vec![0.0], high: vec![1.0], light }
        );
    }
}
