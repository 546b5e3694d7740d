//! A text as a QR code, drawn as one path of an SVG.
//!
//! Pure. Not responsible for what the text is.

use qrcodegen::{QrCode, QrCodeEcc};

/// Empty modules that scanners want around a code.
const MARGIN: i32 = 4;
/// Modules a side from which on a phone must come close.
const DENSE: i32 = 97;

/// A code.
#[derive(Clone, Debug, PartialEq)]
pub struct Qr {
    /// Modules a side, with the margin.
    pub size: i32,
    /// The dark modules as an SVG path.
    pub path: String,
    /// Whether it is so fine that it must be shown large.
    pub dense: bool,
}

/// The code of `text`; nothing if the largest one (2,953 bytes) is too small for it.
pub fn code(text: &str) -> Option<Qr> {
    let qr = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let n = qr.size();
    let mut path = String::new();
    for y in 0..n {
        let mut x = 0;
        while x < n {
            let from = x;
            while x < n && qr.get_module(x, y) {
                x += 1;
            }
            if x > from {
                path += &format!("M{} {}h{}v1h-{}z", from + MARGIN, y + MARGIN, x - from, x - from);
            }
            x += 1;
        }
    }
    Some(Qr { size: n + 2 * MARGIN, path, dense: n > DENSE })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::spec::{link, preset};

    /// Paints the path, four pixels a module, and reads it with a scanner's program.
    fn scan(qr: &Qr) -> String {
        let n = qr.size as usize;
        let mut dark = vec![false; n * n];
        for run in qr.path.split('M').filter(|r| !r.is_empty()) {
            let numbers: Vec<usize> = run.split(|c: char| !c.is_ascii_digit()).filter_map(|d| d.parse().ok()).collect();
            (0..numbers[2]).for_each(|i| dark[numbers[1] * n + numbers[0] + i] = true);
        }
        let shade = |x: usize, y: usize| if dark[y / 4 * n + x / 4] { 0 } else { 255 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(4 * n, 4 * n, shade);
        let found = image.detect_grids();
        found[0].decode().unwrap().1
    }

    #[test]
    fn a_link_reads_back_and_one_too_long_has_none() {
        let link =
            format!("https://example.org/gradarium/index.html#/play?x={}&paused=1", link::pack(&preset::first()));
        let qr = code(&link).unwrap();
        assert_eq!(scan(&qr), link);
        assert!(!qr.dense);
        let long = "x".repeat(1_800);
        let qr = code(&long).unwrap();
        assert!(qr.dense && scan(&qr) == long);
        assert!(code(&"x".repeat(2_953)).is_some() && code(&"x".repeat(2_954)).is_none());
    }
}
