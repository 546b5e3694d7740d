//! The gzip wrapper around a deflate stream (RFC 1952); the stream itself is `miniz_oxide`'s.
//!
//! Not responsible for archives: one member, then the end.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

const HAS_CHECKSUM: u8 = 2;
const HAS_EXTRA: u8 = 4;
const HAS_NAME: u8 = 8;
const HAS_COMMENT: u8 = 16;

/// Unpacks at most `limit` bytes.
///
/// # Errors
/// The reason, when the header, the stream, its length or its checksum is wrong.
pub fn unpack(bytes: &[u8], limit: usize) -> Result<Vec<u8>, &'static str> {
    let body = skip_header(bytes).ok_or("no gzip header")?;
    let (packed, trailer) = body.split_at_checked(body.len().wrapping_sub(8)).ok_or("ends early")?;
    let out = decompress_to_vec_with_limit(packed, limit).map_err(|_| "broken or oversized gzip stream")?;
    let word = |at: usize| u32::from_le_bytes([trailer[at], trailer[at + 1], trailer[at + 2], trailer[at + 3]]);
    if word(0) != crc32(&out) || word(4) != out.len() as u32 {
        return Err("wrong gzip checksum");
    }
    Ok(out)
}

/// What follows the header, or `None` when it is no gzip header.
fn skip_header(bytes: &[u8]) -> Option<&[u8]> {
    let [0x1f, 0x8b, 8, flags, _, _, _, _, _, _, rest @ ..] = bytes else { return None };
    let mut rest = rest;
    if flags & HAS_EXTRA != 0 {
        let [low, high, after @ ..] = rest else { return None };
        rest = after.get(usize::from(u16::from_le_bytes([*low, *high]))..)?;
    }
    for flag in [HAS_NAME, HAS_COMMENT] {
        if flags & flag != 0 {
            let end = rest.iter().position(|b| *b == 0)?;
            rest = &rest[end + 1..];
        }
    }
    if flags & HAS_CHECKSUM != 0 {
        rest = rest.get(2..)?;
    }
    Some(rest)
}

/// CRC-32 as in RFC 1952, bit by bit: files are small.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, b| {
        (0..8).fold(crc ^ u32::from(*b), |c, _| (c >> 1) ^ (0xedb8_8320 & (c & 1).wrapping_neg()))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn packed(flags: u8, extra: &[u8], content: &[u8]) -> Vec<u8> {
        let mut out = vec![0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3];
        out.extend_from_slice(extra);
        out.extend(miniz_oxide::deflate::compress_to_vec(content, 6));
        out.extend(crc32(content).to_le_bytes());
        out.extend((content.len() as u32).to_le_bytes());
        out
    }

    #[test]
    fn the_checksum_is_the_standard_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn every_kind_of_header_is_skipped() {
        let text = b"abcabcabc";
        assert_eq!(unpack(&packed(0, b"", text), 9).unwrap(), text);
        let all = HAS_EXTRA | HAS_NAME | HAS_COMMENT | HAS_CHECKSUM;
        assert_eq!(unpack(&packed(all, b"\x03\x00xyzname\0comment\0cc", text), 9).unwrap(), text);
    }

    #[test]
    fn broken_streams_are_refused() {
        let good = packed(0, b"", b"abcabcabc");
        for end in 0..good.len() {
            assert!(unpack(&good[..end], 100).is_err(), "{end}");
        }
        assert!(unpack(&good, 8).is_err(), "larger than the limit");
        let mut flipped = good.clone();
        *flipped.last_mut().unwrap() ^= 1;
        assert!(unpack(&flipped, 100).is_err());
    }
}
