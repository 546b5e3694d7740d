//! A picture of any size made square: fitted whole with padding, or the middle of it; what is transparent lies on white or
//! black, whichever shows the drawing.
//!
//! Not responsible for decoding (the browser does).

/// How a picture that is not square becomes one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// All of it, with the colour of its edge beside it.
    #[default]
    Whole,
    /// The middle of it.
    Middle,
}

/// What transparent parts lie on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// What the drawing shows on.
    #[default]
    Auto,
    /// White.
    White,
    /// Black.
    Black,
}

/// What [`Ground::Auto`] came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing is transparent.
    #[default]
    Nothing,
    /// All lie on white.
    White,
    /// All lie on black.
    Black,
    /// Some on white, others on black.
    Each,
}

/// A decoded picture, made small enough to be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Small {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Red, green, blue and alpha of every pixel.
    pub rgba: Vec<u8>,
    /// Width and height of the file's picture.
    pub full: (usize, usize),
}

/// How far a drawing must be from its ground to be seen, of 255.
const SEEN: f64 = 40.0;
/// Alpha from which a pixel counts as opaque.
const OPAQUE: u8 = 250;

impl Small {
    /// Mean distance of what is drawn from white and from black; `None` if nothing is transparent.
    fn contrasts(&self) -> Option<(f64, f64)> {
        if self.rgba.chunks_exact(4).all(|p| p[3] >= OPAQUE) {
            return None;
        }
        let (mut sum, mut weight) = (0.0, 0.0);
        for p in self.rgba.chunks_exact(4) {
            let light = 0.299 * f64::from(p[0]) + 0.587 * f64::from(p[1]) + 0.114 * f64::from(p[2]);
            sum += light * f64::from(p[3]);
            weight += f64::from(p[3]);
        }
        let light = if weight > 0.0 { sum / weight } else { 0.0 };
        Some((255.0 - light, light))
    }
}

/// The ground of each picture, 255 or 0, and what that is called. All get the same where every drawing shows on it.
pub fn grounds(pictures: &[&Small], wanted: Ground) -> (Vec<u8>, Chosen) {
    let contrasts: Vec<Option<(f64, f64)>> = pictures.iter().map(|p| p.contrasts()).collect();
    let clear: Vec<(f64, f64)> = contrasts.iter().flatten().copied().collect();
    if clear.is_empty() {
        return (vec![255; pictures.len()], Chosen::Nothing);
    }
    let white = match wanted {
        Ground::White => Some(true),
        Ground::Black => Some(false),
        Ground::Auto => {
            let sums = clear.iter().fold((0.0, 0.0), |s, c| (s.0 + c.0, s.1 + c.1));
            let white = sums.0 >= sums.1;
            clear.iter().all(|c| if white { c.0 } else { c.1 } >= SEEN).then_some(white)
        }
    };
    let ground = |on_white: bool| if on_white { 255 } else { 0 };
    match white {
        Some(white) => (vec![ground(white); pictures.len()], if white { Chosen::White } else { Chosen::Black }),
        None => (contrasts.iter().map(|c| ground(c.is_none_or(|c| c.0 >= c.1))).collect(), Chosen::Each),
    }
}

/// Red, green and blue of `side × side` pixels.
pub fn square(picture: &Small, side: usize, fit: Fit, ground: u8) -> Vec<u8> {
    let (w, h) = (picture.width.max(1), picture.height.max(1));
    match fit {
        Fit::Middle => {
            let square = w.min(h);
            let from = ((w - square) / 2, (h - square) / 2);
            resampled(picture, from, (square, square), (side, side), ground)
        }
        Fit::Whole => {
            let scaled = |a: usize, b: usize| ((a * side) as f64 / b as f64).round().clamp(1.0, side as f64) as usize;
            let (dw, dh) = (scaled(w, w.max(h)), scaled(h, w.max(h)));
            let inner = resampled(picture, (0, 0), (w, h), (dw, dh), ground);
            let fill = edge(&inner, (dw, dh), picture, ground);
            let mut out: Vec<u8> = fill.iter().copied().cycle().take(3 * side * side).collect();
            let (left, top) = ((side - dw) / 2, (side - dh) / 2);
            for y in 0..dh {
                out[3 * ((top + y) * side + left)..][..3 * dw].copy_from_slice(&inner[3 * y * dw..][..3 * dw]);
            }
            out
        }
    }
}

/// What stands beside a picture that is fitted whole: its ground if it has one, or the mean of the edges that face it.
fn edge(rgb: &[u8], (w, h): (usize, usize), picture: &Small, ground: u8) -> [u8; 3] {
    if picture.contrasts().is_some() {
        return [ground; 3];
    }
    let faces = |x: usize, y: usize| if w < h { x == 0 || x + 1 == w } else { y == 0 || y + 1 == h };
    let (mut sum, mut count) = ([0_usize; 3], 0);
    for (i, p) in rgb.chunks_exact(3).enumerate().filter(|(i, _)| faces(i % w, i / w)) {
        debug_assert!(i < w * h);
        (0..3).for_each(|k| sum[k] += usize::from(p[k]));
        count += 1;
    }
    sum.map(|s| (s / count.max(1)) as u8)
}

/// A part of a picture on its ground at another size, each pixel the mean of what it covers.
fn resampled(
    picture: &Small,
    (left, top): (usize, usize),
    (w, h): (usize, usize),
    (dw, dh): (usize, usize),
    ground: u8,
) -> Vec<u8> {
    let rows = covers(h, dh);
    let columns = covers(w, dw);
    let mut out = Vec::with_capacity(3 * dw * dh);
    for row in &rows {
        for column in &columns {
            let (mut sum, mut weight) = ([0.0_f64; 3], 0.0);
            for (y, wy) in row {
                for (x, wx) in column {
                    let at = 4 * ((top + y) * picture.width + left + x);
                    let Some(p) = picture.rgba.get(at..at + 4) else { continue };
                    let alpha = f64::from(p[3]) / 255.0;
                    (0..3).for_each(|k| {
                        sum[k] += wy * wx * (alpha * f64::from(p[k]) + (1.0 - alpha) * f64::from(ground));
                    });
                    weight += wy * wx;
                }
            }
            out.extend(sum.map(|s| (s / weight.max(1e-9)).round() as u8));
        }
    }
    out
}

/// For each of `to` places, which of `from` it covers and how much of each.
fn covers(from: usize, to: usize) -> Vec<Vec<(usize, f64)>> {
    let step = from as f64 / to.max(1) as f64;
    let cover = |i: usize| {
        let (start, end) = (i as f64 * step, (i + 1) as f64 * step);
        let last = (end.ceil() as usize).min(from);
        let part = |k: usize| (k, (end.min((k + 1) as f64) - start.max(k as f64)).max(0.0));
        (start as usize..last).map(part).filter(|(_, weight)| *weight > 1e-9).collect()
    };
    (0..to).map(cover).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(width: usize, height: usize, pixel: [u8; 4]) -> Small {
        Small { width, height, rgba: pixel.repeat(width * height), full: (width, height) }
    }

    #[test]
    fn a_drawing_lies_on_a_ground_on_which_it_shows() {
        let (black, white) = (plain(2, 2, [0, 0, 0, 200]), plain(2, 2, [255, 255, 255, 200]));
        let (photo, yellow) = (plain(2, 2, [9, 9, 9, 255]), plain(2, 2, [250, 240, 90, 100]));
        let chosen = |pictures: &[&Small]| grounds(pictures, Ground::Auto);
        assert_eq!(chosen(&[&black, &black]), (vec![255; 2], Chosen::White));
        assert_eq!(chosen(&[&white, &yellow]), (vec![0; 2], Chosen::Black));
        assert_eq!(chosen(&[&white, &black]), (vec![0, 255], Chosen::Each));
        assert_eq!(chosen(&[&photo]).1, Chosen::Nothing);
        assert_eq!(grounds(&[&white], Ground::White), (vec![255], Chosen::White));
        assert_eq!(chosen(&[&plain(1, 1, [0; 4])]).1, Chosen::White, "nothing is drawn at all");
        assert_eq!(square(&plain(4, 4, [255, 255, 255, 0]), 4, Fit::Whole, 0), vec![0; 48]);
    }

    #[test]
    fn a_picture_is_fitted_whole_or_its_middle_is_taken() {
        // Three columns: red, green, blue; one row.
        let wide = Small {
            width: 3,
            height: 1,
            rgba: [[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255]].concat(),
            full: (3, 1),
        };
        let whole = square(&wide, 9, Fit::Whole, 255);
        let at =
            |rgb: &[u8], x: usize, y: usize| [rgb[3 * (9 * y + x)], rgb[3 * (9 * y + x) + 1], rgb[3 * (9 * y + x) + 2]];
        assert_eq!((at(&whole, 0, 4), at(&whole, 4, 4), at(&whole, 8, 4)), ([255, 0, 0], [0, 255, 0], [0, 0, 255]));
        assert_eq!(at(&whole, 4, 0), [85; 3], "beside it is the mean of its edge");
        assert_eq!(square(&wide, 9, Fit::Middle, 255), [0, 255, 0].repeat(81));
        let tall = plain(10, 40, [7, 8, 9, 255]);
        assert_eq!(square(&tall, 8, Fit::Whole, 255), [7, 8, 9].repeat(64));
        let clear = plain(10, 40, [0, 0, 0, 128]);
        assert_eq!(at(&square(&clear, 9, Fit::Whole, 255), 0, 0), [255; 3], "beside a drawing is its ground");
    }

    #[test]
    fn pixels_are_means_of_what_they_cover() {
        let check = Small {
            width: 2,
            height: 2,
            rgba: [[0, 0, 0, 255], [255; 4], [255; 4], [0, 0, 0, 255]].concat(),
            full: (2, 2),
        };
        assert_eq!(square(&check, 1, Fit::Whole, 0), [128; 3]);
        assert_eq!(square(&check, 4, Fit::Whole, 0)[..12], [0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255]);
        for (from, to) in [(7, 3), (3, 7), (1, 5), (64, 64), (100, 8)] {
            for cover in covers(from, to) {
                let sum: f64 = cover.iter().map(|c| c.1).sum();
                assert!((sum - from as f64 / to as f64).abs() < 1e-9 && cover.iter().all(|c| c.0 < from));
            }
        }
        assert_eq!(square(&Small::default(), 8, Fit::Whole, 9).len(), 192);
    }
}
