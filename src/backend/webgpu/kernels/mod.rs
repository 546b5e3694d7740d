//! WGSL that several ops share, and the linker that puts into a shader only those functions that it calls.
//!
//! Not responsible for ops (`super::ops`).

pub mod conv;
pub mod gemm;
pub mod memory;
pub mod norm;
pub mod optimizer;

/// The shared functions; in each file a function begins at `fn` in the first column and ends at `}` there.
const LIBRARY: [&str; 5] = [
    include_str!("math.wgsl"),
    include_str!("reduce.wgsl"),
    include_str!("philox.wgsl"),
    include_str!("../ops/activation.wgsl"),
    include_str!("../ops/slope.wgsl"),
];

/// Pieces of the library: functions, and declarations that stand on a line of their own.
fn pieces() -> impl Iterator<Item = (&'static str, &'static str)> {
    let piece = |text: &'static str| {
        let start = text.find("fn ").or_else(|| text.find("> "))?;
        // `var<workgroup> shared_sum: …` is named like a function is.
        let rest = text[start..].trim_start_matches("fn ").trim_start_matches("> ");
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
        Some((&rest[..end], text))
    };
    LIBRARY
        .into_iter()
        .flat_map(|file| file.split("\n\n"))
        .filter(|p| !p.trim_start().starts_with("//!"))
        .filter_map(piece)
}

/// Whether `name` stands in the text as a word.
fn names(text: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| !text[..at].ends_with(word) && !text[at + name.len()..].starts_with(word))
}

/// Adds to a shader what it calls of the library, and what that calls.
pub fn link(shader: &mut String) {
    let mut left: Vec<(&str, &str)> = pieces().collect();
    loop {
        let before = left.len();
        let (needed, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(|(name, _)| names(shader, name));
        needed.iter().for_each(|(_, text)| {
            shader.push('\n');
            shader.push_str(text.trim_end());
            shader.push('\n');
        });
        left = rest;
        if left.len() == before {
            return;
        }
    }
}
