//! A zip of the built site, stored as it is: the host compresses what travels. Here, since this package has no
//! dependencies (format: PKWARE's APPNOTE 6.3.10). Not responsible for which files.

use std::io::Write;

/// The method "stored", the version that can read it, the flag of UTF-8 names, and a date that is always the same.
const FIXED: [u16; 5] = [20, 0x0800, 0, 0, 0x5c21];

/// Writes files as `(name, bytes)`, names with `/`. Sizes beyond 4 GB are an error.
pub fn write(out: &mut impl Write, files: &[(String, Vec<u8>)]) -> std::io::Result<()> {
    let small = |n: usize| u32::try_from(n).map_err(|_| std::io::Error::other("more than a plain zip holds"));
    let (mut at, mut directory) = (0usize, Vec::new());
    for (name, bytes) in files {
        let mut common: Vec<u8> = FIXED.iter().flat_map(|n| n.to_le_bytes()).collect();
        for n in [crc32(bytes), small(bytes.len())?, small(bytes.len())?] {
            common.extend(n.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(small(at)?.to_le_bytes());
        directory.extend(name.as_bytes());
        for part in [b"PK\x03\x04", &common[..], name.as_bytes(), bytes] {
            out.write_all(part)?;
            at += part.len();
        }
    }
    out.write_all(&directory)?;
    let count = u16::try_from(files.len()).map_err(|_| std::io::Error::other("more files than a plain zip holds"))?;
    let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
    end.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    end.extend(small(directory.len())?.to_le_bytes());
    end.extend(small(at)?.to_le_bytes());
    end.extend([0, 0]);
    out.write_all(&end)
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |mut c: u32| {
        for _ in 0..8 {
            c = if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 };
        }
        c
    };
    let table: [u32; 256] = std::array::from_fn(|n| step(n as u32));
    !bytes.iter().fold(!0u32, |c, b| table[((c ^ u32::from(*b)) & 0xff) as usize] ^ (c >> 8))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{crc32, write};

    #[test]
    fn checksums_and_offsets_are_the_formats() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        let mut zip = Vec::new();
        write(&mut zip, &[("a/b.txt".to_owned(), b"hello".to_vec()), ("c".to_owned(), vec![])]).unwrap();
        let end = zip.len() - 22;
        let word = |at: usize| u32::from_le_bytes(zip[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(&zip[end..end + 4], b"PK\x05\x06");
        assert_eq!(word(end + 12) + word(end + 16), end);
        let first = word(end + 16);
        let second = first + 46 + "a/b.txt".len();
        for (at, name) in [(first, "a/b.txt"), (second, "c")] {
            assert_eq!(&zip[at..at + 4], b"PK\x01\x02");
            let local = word(at + 42);
            assert_eq!(&zip[local..local + 4], b"PK\x03\x04");
            assert_eq!(&zip[local + 30..local + 30 + name.len()], name.as_bytes());
        }
        assert_eq!(second + 46 + 1, end);
    }
}
