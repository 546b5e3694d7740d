//! Random changes of the training pictures, batch by batch, in place.
//!
//! Flip, shift, turn and scale are one resampling (bilinear; beyond the edge the edge goes on, so that white paper stays
//! white), then come colours, noise and holes, then mixing. Draws from a random stream of its own, which a checkpoint
//! carries; allocates only when made. Not responsible for which changes there are (`spec::augment`).

use super::Standardizer;
use crate::engine::rng::Rng;
use crate::spec::augment::{AugmentKind, AugmentSpec};

/// Changes batches of pictures `(H, W, C)`.
#[derive(Clone, Debug)]
pub struct Augmenter {
    /// Strength of each kind, in the order of [`AugmentKind::ALL`]; 0 where it is off.
    strength: [f32; AugmentKind::ALL.len()],
    height: usize,
    width: usize,
    channels: usize,
    /// One picture.
    scratch: Vec<f32>,
    /// The source of all chance here.
    pub rng: Rng,
}

impl Augmenter {
    /// For inputs of this shape; does nothing unless they are pictures.
    pub fn new(list: &[AugmentSpec], input: &[usize], rng: Rng) -> Augmenter {
        let (height, width, channels) = match *input {
            [h, w, c] => (h, w, c),
            _ => (0, 0, 0),
        };
        let scratch = vec![0.0; height * width * channels];
        let mut augmenter = Augmenter { strength: [0.0; 9], height, width, channels, scratch, rng };
        augmenter.set(list);
        augmenter
    }

    /// Other kinds and strengths, from the next batch on.
    pub fn set(&mut self, list: &[AugmentSpec]) {
        self.strength = AugmentKind::ALL
            .map(|kind| list.iter().find(|a| a.kind == kind && self.height > 0).map_or(0.0, AugmentSpec::strength));
    }

    /// Whether it changes anything.
    pub fn is_on(&self) -> bool {
        self.strength.iter().any(|s| *s > 0.0)
    }

    fn of(&self, kind: AugmentKind) -> f32 {
        self.strength[kind as usize]
    }

    /// Changes the rows of a batch, `x` `(rows, H, W, C)` and, by mixing only, `y` `(rows, width)`. `scale` is what the
    /// rows were standardised with: changes are made in the picture's own levels, 0 to 1. With `classes` a mixed row
    /// takes one of the two labels, else their mixture.
    pub fn apply(&mut self, x: &mut [f32], y: &mut [f32], classes: bool, scale: Option<&Standardizer>) {
        if !self.is_on() {
            return;
        }
        if let Some(scale) = scale {
            scale.invert(x);
        }
        self.change(x);
        self.mix(x, y, classes);
        if let Some(scale) = scale {
            scale.apply(x);
        }
    }

    /// Makes a view of each row of `x`: every change but mixing.
    pub fn view(&mut self, x: &mut [f32], scale: Option<&Standardizer>) {
        if !self.is_on() {
            return;
        }
        if let Some(scale) = scale {
            scale.invert(x);
        }
        self.change(x);
        if let Some(scale) = scale {
            scale.apply(x);
        }
    }

    fn change(&mut self, x: &mut [f32]) {
        for picture in x.chunks_exact_mut(self.scratch.len()) {
            self.resample(picture);
            self.recolor(picture);
            self.add_noise(picture);
            self.erase(picture);
            self.cut_out(picture);
        }
    }

    /// Flip, shift, turn, scale: each pixel takes the colour of the place it comes from.
    fn resample(&mut self, picture: &mut [f32]) {
        let [flip, shift, rotate, scale] =
            [AugmentKind::Flip, AugmentKind::Shift, AugmentKind::Rotate, AugmentKind::Scale].map(|k| self.of(k));
        if flip + shift + rotate + scale == 0.0 {
            return;
        }
        let rng = &mut self.rng;
        let mirror = if rng.uniform() < flip { -1.0 } else { 1.0 };
        let [mut dy, mut dx] = [self.height, self.width].map(|side| rng.range(-shift, shift) * side as f32);
        if rotate + scale == 0.0 {
            // Whole pixels keep a picture sharp.
            (dy, dx) = (dy.round(), dx.round());
        }
        let (sin, cos) = rng.range(-rotate, rotate).to_radians().sin_cos();
        let zoom = 1.0 / rng.range(1.0 - scale, 1.0 + scale);
        let (cy, cx) = ((self.height as f32 - 1.0) / 2.0, (self.width as f32 - 1.0) / 2.0);
        self.scratch.copy_from_slice(picture);
        for (i, pixel) in picture.chunks_exact_mut(self.channels).enumerate() {
            let (v, u) = ((i / self.width) as f32 - cy - dy, (i % self.width) as f32 - cx - dx);
            let from_y = cy + zoom * (cos * v - sin * u);
            let from_x = cx + mirror * zoom * (sin * v + cos * u);
            bilinear(&self.scratch, [self.height, self.width, self.channels], from_y, from_x, pixel);
        }
    }

    fn recolor(&mut self, picture: &mut [f32]) {
        let s = self.of(AugmentKind::ColorJitter);
        if s == 0.0 {
            return;
        }
        let [brightness, contrast, saturation] = [0; 3].map(|_| self.rng.range(1.0 - s, 1.0 + s));
        let mean = picture.iter().sum::<f32>() / picture.len() as f32;
        for pixel in picture.chunks_exact_mut(self.channels) {
            // Rec. 601 weights of the eye's sensitivity.
            let grey = if let [r, g, b] = *pixel { Some(0.299 * r + 0.587 * g + 0.114 * b) } else { None };
            for v in pixel {
                let level = grey.map_or(*v, |g| g + (*v - g) * saturation);
                *v = (brightness * (mean + (level - mean) * contrast)).clamp(0.0, 1.0);
            }
        }
    }

    fn add_noise(&mut self, picture: &mut [f32]) {
        let s = self.of(AugmentKind::Noise);
        if s == 0.0 {
            return;
        }
        // The sum of four uniform bytes is close enough to a normal number, and far cheaper.
        let deviation = (4.0f32 * (256.0 * 256.0 - 1.0) / 12.0).sqrt();
        for v in picture {
            let sum: u16 = self.rng.next_u32().to_le_bytes().into_iter().map(u16::from).sum();
            *v = (*v + s * (f32::from(sum) - 510.0) / deviation).clamp(0.0, 1.0);
        }
    }

    fn erase(&mut self, picture: &mut [f32]) {
        let s = self.of(AugmentKind::Erase);
        if s == 0.0 || self.rng.uniform() < 0.5 {
            return;
        }
        let area = self.rng.range(0.1, 1.0) * s;
        // Height to width from 0.3 to 3.3, as in the paper.
        let aspect = self.rng.range(0.3f32.ln(), -(0.3f32.ln())).exp();
        let side = |share: f32, side: usize| ((share.sqrt() * side as f32) as usize).clamp(1, side);
        let (h, w) = (side(area * aspect, self.height), side(area / aspect, self.width));
        let top = self.rng.below((self.height - h + 1) as u32) as usize;
        let left = self.rng.below((self.width - w + 1) as u32) as usize;
        for row in picture.chunks_exact_mut(self.width * self.channels).skip(top).take(h) {
            row[left * self.channels..(left + w) * self.channels].fill_with(|| self.rng.uniform());
        }
    }

    fn cut_out(&mut self, picture: &mut [f32]) {
        let s = self.of(AugmentKind::Cutout);
        if s == 0.0 {
            return;
        }
        let mean = picture.iter().sum::<f32>() / picture.len() as f32;
        // The centre may lie anywhere, so a part of the square may lie outside, as in the paper.
        let mut span = |side: usize| {
            let half = (s * side as f32 / 2.0).max(0.5);
            let centre = self.rng.uniform() * side as f32;
            ((centre - half).max(0.0) as usize, ((centre + half) as usize).min(side))
        };
        let ((top, bottom), (left, right)) = (span(self.height), span(self.width));
        for row in picture.chunks_exact_mut(self.width * self.channels).take(bottom).skip(top) {
            row[left * self.channels..right * self.channels].fill(mean);
        }
    }

    /// Every row with the next one; the last with the first as it was.
    fn mix(&mut self, x: &mut [f32], y: &mut [f32], classes: bool) {
        let alpha = self.of(AugmentKind::Mixup);
        let size = self.scratch.len();
        let rows = x.len() / size;
        if alpha == 0.0 || rows < 2 {
            return;
        }
        let width = y.len() / rows;
        self.scratch.copy_from_slice(&x[..size]);
        let mut first = [0.0; 1];
        // Pictures have one label or value each; a wider target keeps its own row's.
        if width == 1 {
            first[0] = y[0];
        }
        for row in 0..rows {
            let share = beta(alpha, &mut self.rng);
            let keeps = self.rng.uniform() < share;
            let (head, tail) = x.split_at_mut((row + 1) * size);
            let other = if row + 1 < rows { &tail[..size] } else { &self.scratch[..] };
            head[row * size..].iter_mut().zip(other).for_each(|(v, o)| *v = share * *v + (1.0 - share) * o);
            if width == 1 {
                let other = if row + 1 < rows { y[row + 1] } else { first[0] };
                y[row] = match (classes, keeps) {
                    (true, true) => y[row],
                    (true, false) => other,
                    (false, _) => share * y[row] + (1.0 - share) * other,
                };
            }
        }
    }
}

/// The colour at a place between pixels; overwrites `out`.
fn bilinear(from: &[f32], [height, width, channels]: [usize; 3], y: f32, x: f32, out: &mut [f32]) {
    let (y, x) = (y.clamp(0.0, (height - 1) as f32), x.clamp(0.0, (width - 1) as f32));
    let (top, left) = (y as usize, x as usize);
    let (fy, fx) = (y - top as f32, x - left as f32);
    let (bottom, right) = ((top + 1).min(height - 1), (left + 1).min(width - 1));
    let at = |row: usize, column: usize, c: usize| from[(row * width + column) * channels + c];
    for (c, v) in out.iter_mut().enumerate() {
        let above = at(top, left, c) * (1.0 - fx) + at(top, right, c) * fx;
        let below = at(bottom, left, c) * (1.0 - fx) + at(bottom, right, c) * fx;
        *v = above * (1.0 - fy) + below * fy;
    }
}

/// Beta(a, a) for `0 < a ≤ 1` (Jöhnk 1964).
fn beta(a: f32, rng: &mut Rng) -> f32 {
    loop {
        // In logarithms, because a uniform number to the power 1/0.05 is 0 in f32. At least one try in two is taken
        // where a is 1, and more below, so the loop ends soon.
        let [u, v] = [0; 2].map(|_| (1.0 - rng.uniform()).ln() / a);
        let top = u.max(v);
        let sum = top + ((u - top).exp() + (v - top).exp()).ln();
        if sum <= 0.0 {
            return (u - sum).exp();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: [usize; 3] = [8, 8, 3];

    fn batch() -> (Vec<f32>, Vec<f32>) {
        let mut rng = Rng::new(1, 1);
        ((0..4 * 192).map(|_| rng.uniform()).collect(), vec![0.0, 1.0, 2.0, 3.0])
    }

    fn changed(kind: AugmentKind, strength: f32) -> (Vec<f32>, Vec<f32>) {
        let (mut x, mut y) = batch();
        let list = [AugmentSpec { kind, strength: Some(strength) }];
        Augmenter::new(&list, &SHAPE, Rng::new(7, 0)).apply(&mut x, &mut y, true, None);
        (x, y)
    }

    #[test]
    fn strength_0_changes_nothing_and_any_other_does_within_the_levels() {
        for kind in AugmentKind::ALL {
            assert_eq!(changed(kind, 0.0), batch(), "{kind:?}");
            for strength in [kind.strengths().0, kind.strengths().1] {
                let (x, y) = changed(kind, strength);
                assert_ne!(x, batch().0, "{kind:?}");
                assert!(x.iter().all(|v| (-1e-6..=1.0 + 1e-6).contains(v)), "{kind:?}");
                assert!(y == batch().1 || kind == AugmentKind::Mixup, "{kind:?} keeps labels");
                assert_eq!((x, y), changed(kind, strength), "{kind:?}: same stream, same bits");
            }
        }
    }

    #[test]
    fn a_flip_mirrors_and_twice_is_the_picture_again() {
        let (x, _) = changed(AugmentKind::Flip, 1.0);
        let (was, _) = batch();
        for (row, (new, old)) in x.chunks(24).zip(was.chunks(24)).enumerate() {
            for column in 0..8 {
                assert_eq!(new[3 * column..][..3], old[3 * (7 - column)..][..3], "row {row}");
            }
        }
    }

    #[test]
    fn a_shift_moves_by_whole_pixels() {
        let (x, _) = changed(AugmentKind::Shift, 0.5);
        let was = batch().0;
        for (new, old) in x.chunks(192).zip(was.chunks(192)) {
            assert!(new.chunks(3).all(|p| old.chunks(3).any(|q| p == q)), "no pixel is a mixture");
        }
    }

    #[test]
    fn a_turn_by_a_half_circle_and_a_zoom_reach_where_they_should() {
        let mut a = Augmenter::new(&[], &[3, 3, 1], Rng::new(1, 0));
        a.scratch = (0..9).map(|v| v as f32).collect();
        let mut out = [0.0];
        bilinear(&a.scratch, [3, 3, 1], 0.5, 1.5, &mut out);
        assert_eq!(out[0], 3.0);
        bilinear(&a.scratch, [3, 3, 1], -5.0, 9.0, &mut out);
        assert_eq!(out[0], 2.0, "beyond the edge the edge goes on");
    }

    #[test]
    fn a_mixture_takes_labels_as_often_as_it_takes_pictures() {
        let n = 4000;
        let list = [AugmentSpec { kind: AugmentKind::Mixup, strength: Some(0.4) }];
        let mut a = Augmenter::new(&list, &[1, 1, 1], Rng::new(3, 0));
        // Levels 0 and 1 in turn with the same labels: the mean label must be the mean level, in every bin of levels.
        let mut x: Vec<f32> = (0..n).map(|i| (i % 2) as f32).collect();
        let mut y = x.clone();
        a.apply(&mut x, &mut y, true, None);
        let near_half: Vec<f32> = x.iter().zip(&y).filter(|(x, _)| (0.2..0.3).contains(*x)).map(|(_, y)| *y).collect();
        let mean = near_half.iter().sum::<f32>() / near_half.len() as f32;
        assert!(near_half.len() > 80 && (mean - 0.25).abs() < 0.1, "{mean} of {}", near_half.len());
        let variance = x.iter().map(|v| (v - 0.5) * (v - 0.5)).sum::<f32>() / n as f32;
        // Var of Beta(a, a) is 1 / (4 (2a + 1)).
        assert!((variance - 0.25 / 1.8).abs() < 0.01, "{variance}");
    }

    #[test]
    fn changes_are_made_in_the_levels_of_the_picture() {
        let (raw, mut y) = batch();
        let list = [AugmentSpec::new(AugmentKind::Rotate)];
        let scale = Standardizer { mean: vec![0.3; 192], std: vec![0.5; 192], offset: Vec::new() };
        let mut standard = raw.clone();
        scale.apply(&mut standard);
        Augmenter::new(&list, &SHAPE, Rng::new(7, 0)).apply(&mut standard, &mut y, true, Some(&scale));
        scale.invert(&mut standard);
        let direct = changed(AugmentKind::Rotate, 15.0).0;
        assert!(standard.iter().zip(direct).all(|(a, b)| (a - b).abs() < 1e-5));
    }
}
