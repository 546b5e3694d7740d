//! In which encoding a file is written, told from its bytes; and files that are no text at all.
//!
//! Pure, so that it is tested natively: the browser's `TextDecoder` does the decoding.

/// Encodings that can be chosen, by the names that browsers know.
pub const ENCODINGS: [&str; 9] =
    ["utf-8", "utf-16le", "utf-16be", "gb18030", "big5", "shift_jis", "euc-kr", "windows-1252", "windows-1251"];

/// Bytes that are looked at.
const LOOK_AT: usize = 1 << 16;

/// What the bytes look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// One of [`ENCODINGS`].
    pub encoding: &'static str,
    /// Whether there is no doubt.
    pub sure: bool,
}

/// The likeliest encoding.
pub fn guess(bytes: &[u8]) -> Guess {
    let sure = |encoding| Guess { encoding, sure: true };
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return sure("utf-8"),
        [0xff, 0xfe, ..] => return sure("utf-16le"),
        [0xfe, 0xff, ..] => return sure("utf-16be"),
        _ => {}
    }
    let bytes = &bytes[..bytes.len().min(LOOK_AT)];
    // Latin letters in UTF-16 have a zero in every other byte.
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|b| **b == 0).count() * 5 > bytes.len();
    if zeros(1) {
        return Guess { encoding: "utf-16le", sure: false };
    }
    if zeros(0) {
        return Guess { encoding: "utf-16be", sure: false };
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => sure("utf-8"),
        // Only cut off in the middle of a character.
        Err(e) if e.error_len().is_none() => sure("utf-8"),
        Err(_) => eight_bits(bytes),
    }
}

/// Chinese in pairs of high bytes, or Western letters one by one.
fn eight_bits(bytes: &[u8]) -> Guess {
    let (mut pairs, mut alone, mut i) = (0, 0, 0);
    while i < bytes.len() {
        let (lead, trail) = (bytes[i], bytes.get(i + 1).copied().unwrap_or(0));
        if (0xa1..=0xf7).contains(&lead) && (0xa1..=0xfe).contains(&trail) {
            pairs += 1;
            i += 2;
        } else {
            alone += usize::from(lead >= 0x80);
            i += 1;
        }
    }
    Guess { encoding: if pairs > alone { "gb18030" } else { "windows-1252" }, sure: false }
}

/// What kind of file this is, by its ending, when it is no text: a workbook, a picture, a packed file.
pub fn no_text(bytes: &[u8], name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let ending = lower.rsplit_once('.').map_or("", |(_, e)| e);
    let known = |fallback: &str| {
        let good = !ending.is_empty() && ending.len() <= 8 && !["csv", "txt", "tsv", "data", "dat"].contains(&ending);
        format!(".{}", if good { ending } else { fallback })
    };
    let holds = |word: &[u8]| bytes[..bytes.len().min(4096)].windows(word.len()).any(|w| w == word);
    match bytes {
        [b'P', b'K', 3 | 5, ..] if holds(b"opendocument.spreadsheet") => Some(".ods".into()),
        [b'P', b'K', 3 | 5, ..] => Some(known(if holds(b"xl/") || holds(b"[Content_Types]") { "xlsx" } else { "zip" })),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(known("xls")),
        [b'%', b'P', b'D', b'F', ..] => Some(".pdf".into()),
        [0x89, b'P', b'N', b'G', ..] => Some(".png".into()),
        [0xff, 0xd8, 0xff, ..] => Some(".jpg".into()),
        [0x1f, 0x8b, ..] => Some(".gz".into()),
        [b'P', b'A', b'R', b'1', ..] => Some(".parquet".into()),
        _ => ["xlsx", "xls", "xlsm", "ods", "numbers"].contains(&ending).then(|| format!(".{ending}")).filter(|_| {
            // A web page or text under a workbook's name can be read.
            std::str::from_utf8(&bytes[..bytes.len().min(1024)]).is_err_and(|e| e.error_len().is_some())
                || bytes.is_empty()
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let says = |bytes: &[u8]| guess(bytes).encoding;
        assert_eq!(guess("a,ä,中".as_bytes()), Guess { encoding: "utf-8", sure: true });
        assert_eq!(says(b"\xff\xfea\0,\0b\0"), "utf-16le");
        assert_eq!(says(b"a\0,\0b\0\n\x001\0,\x002\0"), "utf-16le");
        assert_eq!(says(b"\0a\0,\0b\0\n\x001\0,\x002"), "utf-16be");
        // 身高,体重 in GBK.
        assert_eq!(says(b"\xc9\xed\xb8\xdf,\xcc\xe5\xd6\xd8\n170,60\n"), "gb18030");
        assert_eq!(says(b"caf\xe9,pr\xe9nom,na\xefve\n"), "windows-1252");
        assert_eq!(says(b"M\xfcnchen,K\xf6ln\n"), "windows-1252");
        assert_eq!(guess(b""), Guess { encoding: "utf-8", sure: true });
        assert_eq!(guess(&"中".as_bytes()[..2]), Guess { encoding: "utf-8", sure: true }, "cut off in a character");
    }

    #[test]
    fn workbooks_are_named() {
        let says = |bytes: &[u8], name: &str| no_text(bytes, name);
        assert_eq!(says(b"PK\x03\x04[Content_Types].xml", "data.xlsx").as_deref(), Some(".xlsx"));
        assert_eq!(
            says(b"PK\x03\x04[Content_Types].xml", "data.csv").as_deref(),
            Some(".xlsx"),
            "whatever it is called"
        );
        assert_eq!(
            says(b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a").as_deref(),
            Some(".ods")
        );
        assert_eq!(says(b"\xd0\xcf\x11\xe0\xa1\xb1", "old.xls").as_deref(), Some(".xls"));
        assert_eq!(says(b"a,b\n1,2\n", "named.xls"), None, "text under a workbook's name");
        assert_eq!(says(b"a,b\n1,2\n", "rows.csv"), None);
    }
}
