//! Facts as people read them.
//!
//! Not responsible for sentences.

use crate::i18n::{Lang, text};

/// Why a file did not come.
pub(super) fn fetch_reason(lang: Lang, reason: &str) -> String {
    match reason.strip_prefix("http_") {
        Some(status) => text("the server answered {n}", "服务器返回 {n}").with(lang, &[("n", status)]),
        None if reason == "network" => {
            text("there is no connection, and it is not kept in this browser", "没有网络连接，浏览器中也没有保存它")
                .get(lang)
                .to_string()
        }
        None => reason.to_string(),
    }
}

/// `65536` → `65,536`; anything that is not a plain number stays as it is.
pub(super) fn grouped(value: &str) -> String {
    let (sign, digits) = value.strip_prefix('-').map_or(("", value), |d| ("−", d));
    let (whole, rest) = digits.split_once('.').map_or((digits, String::new()), |(w, r)| (w, format!(".{r}")));
    if whole.is_empty() || !whole.bytes().chain(rest.bytes().skip(1)).all(|b| b.is_ascii_digit()) {
        return value.to_string();
    }
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    format!("{sign}{out}{rest}")
}
