//! What a file is, by its first bytes, and how large a picture it says it holds: known before a browser is asked to open it.
//!
//! Not responsible for opening it.

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What every browser opens.
    Picture,
    /// A picture that some browsers open; its name.
    Rare(&'static str),
    /// Drawn or laid out, not made of pixels; its name.
    Drawn(&'static str),
    /// No picture.
    Other,
}

/// First bytes that are enough to tell.
pub const HEAD: usize = 64 << 10;

/// The kind of a file that begins like this.
pub fn kind(head: &[u8]) -> Kind {
    let starts = |magic: &[u8]| head.starts_with(magic);
    if starts(b"\x89PNG") || starts(b"\xff\xd8\xff") || starts(b"GIF8") || is_webp(head) || is_bmp(head) {
        return Kind::Picture;
    }
    if head.get(4..8) == Some(b"ftyp") {
        return brand(head);
    }
    if starts(b"II*\0") || starts(b"MM\0*") {
        return Kind::Rare("TIFF");
    }
    if starts(b"\xff\x0a") || head.get(4..8) == Some(b"JXL ") {
        return Kind::Rare("JPEG XL");
    }
    if starts(b"\0\0\x01\0") {
        return Kind::Picture;
    }
    if starts(b"%PDF") {
        return Kind::Drawn("PDF");
    }
    let text = String::from_utf8_lossy(&head[..head.len().min(2048)]);
    if text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with('<') && text.contains("<svg") {
        return Kind::Drawn("SVG");
    }
    Kind::Other
}

fn is_webp(head: &[u8]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP")
}

fn is_bmp(head: &[u8]) -> bool {
    head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4])
}

/// AVIF and HEIC are told apart by the brands that they name.
fn brand(head: &[u8]) -> Kind {
    let length = head.first_chunk::<4>().map_or(0, |n| u32::from_be_bytes(*n) as usize);
    let brands = head.get(8..length.min(head.len())).unwrap_or(&[]);
    let names = |wanted: &[&[u8]]| brands.chunks_exact(4).any(|b| wanted.contains(&b));
    if names(&[b"avif", b"avis"]) {
        Kind::Picture
    } else if names(&[b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"]) {
        Kind::Rare("HEIC")
    } else {
        Kind::Other
    }
}

/// Width and height that the file says it has; `None` where the first bytes do not tell.
pub fn size(head: &[u8]) -> Option<(usize, usize)> {
    let be = |at: usize, n: usize| head.get(at..at + n).map(|b| b.iter().fold(0, |all, b| all << 8 | usize::from(*b)));
    let le =
        |at: usize, n: usize| head.get(at..at + n).map(|b| b.iter().rev().fold(0, |all, b| all << 8 | usize::from(*b)));
    if head.starts_with(b"\x89PNG") {
        return Some((be(16, 4)?, be(20, 4)?));
    }
    if head.starts_with(b"GIF8") {
        return Some((le(6, 2)?, le(8, 2)?));
    }
    if is_bmp(head) {
        return Some((le(18, 4)?, le(22, 4)?));
    }
    if is_webp(head) {
        return match head.get(12..16)? {
            b"VP8 " => Some((le(26, 2)? & 0x3fff, le(28, 2)? & 0x3fff)),
            b"VP8L" => Some((1 + (le(21, 4)? & 0x3fff), 1 + (le(21, 4)? >> 14 & 0x3fff))),
            b"VP8X" => Some((1 + le(24, 3)?, 1 + le(27, 3)?)),
            _ => None,
        };
    }
    if head.starts_with(b"\xff\xd8") { jpeg(head) } else { None }
}

/// A JPEG says its size in the first of its frames (ISO/IEC 10918-1, B.2.2), behind any number of other segments.
fn jpeg(head: &[u8]) -> Option<(usize, usize)> {
    let word = |at: usize| head.get(at..at + 2).map(|b| usize::from(b[0]) << 8 | usize::from(b[1]));
    let mut at = 2;
    loop {
        let marker = *head.get(at + 1)?;
        if head.get(at) != Some(&0xff) {
            return None;
        }
        match marker {
            0xff => at += 1,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => return Some((word(at + 7)?, word(at + 5)?)),
            _ => at += 2 + word(at + 2)?.max(2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        for (head, expected) in [
            (&b"\x89PNG\r\n\x1a\n"[..], Kind::Picture),
            (b"\xff\xd8\xff\xe0", Kind::Picture),
            (b"GIF89a", Kind::Picture),
            (b"RIFF\0\0\0\0WEBPVP8 ", Kind::Picture),
            (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", Kind::Picture),
            (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", Kind::Picture),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Kind::Rare("HEIC")),
            (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", Kind::Other),
            (b"II*\0", Kind::Rare("TIFF")),
            (b"%PDF-1.7", Kind::Drawn("PDF")),
            (b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<svg xmlns=", Kind::Drawn("SVG")),
            (b"name,age\n", Kind::Other),
            (b"", Kind::Other),
        ] {
            assert_eq!(kind(head), expected, "{head:?}");
        }
    }

    #[test]
    fn sizes_are_read_and_junk_says_nothing() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\0\0\0\0\x02\0\x08\x06";
        assert_eq!(size(png), Some((65536, 512)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc4\0\x03a\xff\xc2\0\x0b\x08\x01\x02\x03\x04\x03";
        assert_eq!(size(jpeg), Some((0x304, 0x102)));
        assert_eq!(size(b"GIF89a\x10\0\x20\0"), Some((16, 32)));
        assert_eq!(size(b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\x63\0\0\x31\0\0"), Some((100, 50)));
        for cut in 0..jpeg.len() {
            let _ = (size(&jpeg[..cut]), kind(&jpeg[..cut]), size(&png[..cut]));
        }
        assert_eq!(size(b"\xff\xd8\xff\xe0\0\0\0\0\0\0"), None);
    }
}
