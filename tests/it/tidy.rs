//! The rules of the house that no compiler knows: who may use whom, how files begin and how long they are, where
//! `unsafe` may stand, that nothing shown to a learner is in one language only, and that test ids are each used once.
//!
//! Reads the source as text, so some rules are heuristics; a finding names file and line. Not responsible for format and
//! lints (`rustfmt`, `clippy`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The layer table of `src/lib.rs`.
const LAYERS: [(&str, &[&str]); 8] = [
    ("spec", &[]),
    ("engine", &["spec"]),
    ("backend", &["engine", "spec"]),
    ("protocol", &["spec"]),
    ("i18n", &[]),
    ("export", &["spec", "i18n"]),
    ("worker", &["engine", "backend", "protocol", "spec", "i18n", "export"]),
    ("ui", &["protocol", "spec", "i18n", "export"]),
];
/// Longest file; longer ones do two things.
const LINES_MAX: usize = 400;

struct File {
    path: String,
    text: String,
    /// The text with comments and the contents of strings blanked; same length, same lines.
    code: String,
}

/// All Rust files below `folders`, with paths relative to the repository.
fn files(folders: &[&str]) -> Vec<File> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() && !entry.ends_with("node_modules") {
                walk(&entry, out);
            } else if entry.extension().is_some_and(|e| e == "rs") {
                out.push(entry);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    folders.iter().for_each(|f| walk(&root.join(f), &mut paths));
    paths.sort();
    let read = |p: PathBuf| {
        let text = fs::read_to_string(&p).unwrap();
        let path = p.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        File { path, code: blanked(&text), text }
    };
    paths.into_iter().map(read).collect()
}

/// Where a string literal (plain or raw) that begins at `b[i]` ends, with its closing quote; `None` if none begins there.
fn string_end(b: &[u8], i: usize) -> Option<usize> {
    let hashes = if b[i] == b'r' && (i == 0 || !(b[i - 1].is_ascii_alphanumeric() || b[i - 1] == b'_')) {
        let n = b[i + 1..].iter().take_while(|c| **c == b'#').count();
        (b.get(i + 1 + n) == Some(&b'"')).then_some(n)?
    } else if b[i] == b'"' {
        let mut j = i + 1;
        while j < b.len() && b[j] != b'"' {
            j += if b[j] == b'\\' { 2 } else { 1 };
        }
        return Some((j + 1).min(b.len()));
    } else {
        return None;
    };
    let close = format!("\"{}", "#".repeat(hashes));
    let from = i + hashes + 2;
    let at = b[from..].windows(close.len()).position(|w| w == close.as_bytes())?;
    Some(from + at + close.len())
}

fn blanked(text: &str) -> String {
    let mut b = text.as_bytes().to_vec();
    let mut i = 0;
    while i < b.len() {
        let end = if b[i..].starts_with(b"//") {
            i + b[i..].iter().position(|c| *c == b'\n').unwrap_or(b.len() - i)
        } else if b[i] == b'\'' && b.get(i + 2) == Some(&b'\'') {
            i + 3
        } else if b[i..].starts_with(b"'\\") {
            i + 3 + b[i + 3..].iter().position(|c| *c == b'\'').unwrap_or(0) + 1
        } else if let Some(end) = string_end(&b, i) {
            end
        } else {
            i += 1;
            continue;
        };
        b[i..end].iter_mut().filter(|c| **c != b'\n').for_each(|c| *c = b' ');
        i = end;
    }
    String::from_utf8(b).unwrap()
}

fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Places where `word` stands alone, not as a part of a longer name.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .map(|(i, _)| i)
        .filter(move |i| !code[..*i].ends_with(name) && !code[i + word.len()..].starts_with(name))
}

fn none(findings: &[String]) {
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}

/// The modules of the crate that a piece of code names: `crate::a::…`, and each of `crate::{a::…, b}`.
fn crate_paths(code: &str) -> Vec<(usize, &str)> {
    let first = |s: &str| s.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(s.len());
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + 7..];
        let Some(list) = rest.strip_prefix('{') else {
            found.push((at, &rest[..first(rest)]));
            continue;
        };
        let (mut depth, mut start) = (1, true);
        for (i, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => start = true,
                c if start && c.is_alphabetic() => {
                    found.push((at, &list[i..i + first(&list[i..])]));
                    start = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    found
}

#[test]
fn layers_use_only_what_the_table_allows() {
    let mut findings = Vec::new();
    for (layer, allowed) in LAYERS {
        for f in files(&[&format!("src/{layer}")]) {
            // Tests may look across layers to hold two of them together.
            let code = &f.code[..f.code.find("#[cfg(test)]\nmod ").unwrap_or(f.code.len())];
            for (at, used) in crate_paths(code) {
                if used != layer && !allowed.contains(&used) {
                    findings.push(format!("{}:{} {layer} may not use {used}", f.path, line(&f.code, at)));
                }
            }
        }
    }
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs")).unwrap();
    for (layer, allowed) in LAYERS {
        let uses: Vec<String> = allowed.iter().map(|a| format!("`{a}`")).collect();
        let uses = if uses.is_empty() { "nothing of ours".to_string() } else { uses.join(", ") };
        let row = format!("//! | `{layer}` | {uses} |");
        findings.extend((!text.contains(&row)).then(|| format!("src/lib.rs: its table has no row {row}")));
        findings
            .extend((!text.contains(&format!("pub mod {layer};"))).then(|| format!("src/lib.rs: no module {layer}")));
    }
    assert_eq!(text.matches("pub mod ").count(), LAYERS.len(), "a module is missing in the table of this test");
    assert_eq!(crate_paths("use crate::{spec::{a, b}, ui}; crate::engine::x").len(), 3);
    none(&findings);
}

#[test]
fn files_say_what_they_are_for_and_stay_short() {
    let mut findings = Vec::new();
    for f in files(&["src", "tests/it"]) {
        findings.extend((!f.text.starts_with("//! ")).then(|| format!("{}:1 does not begin with //!", f.path)));
        let n = f.text.lines().count();
        findings.extend((n > LINES_MAX).then(|| format!("{}: {n} lines, at most {LINES_MAX}", f.path)));
    }
    none(&findings);
}

#[test]
fn nothing_unsafe_outside_backends_and_nothing_unfinished_anywhere() {
    let mut findings = Vec::new();
    for f in files(&["src", "tests/it"]) {
        if !f.path.starts_with("src/backend/") {
            findings.extend(words(&f.code, "unsafe").map(|i| format!("{}:{} unsafe", f.path, line(&f.code, i))));
        }
        for word in ["todo", "unimplemented"] {
            let calls = words(&f.code, word).filter(|i| f.code[i + word.len()..].starts_with('!'));
            findings.extend(calls.map(|i| format!("{}:{} {word}!", f.path, line(&f.code, i))));
        }
    }
    none(&findings);
}

/// The bodies of all `html!` calls, as ranges of the text.
fn html_bodies(code: &str) -> Vec<std::ops::Range<usize>> {
    let mut bodies: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, _) in code.match_indices("html!") {
        let mut depth = 0;
        for (i, c) in code[at..].char_indices() {
            match c {
                '{' | '(' => depth += 1,
                '}' | ')' => depth -= 1,
                _ => continue,
            }
            if depth == 0 {
                bodies.push(at + 5..at + i);
                break;
            }
        }
    }
    bodies
}

/// Attributes that people read or hear.
const SPOKEN: [&str; 5] = ["aria-label=", "title=", "placeholder=", "alt=", "aria-description="];

/// Texts that are the same in every language.
const SAME: [&str; 9] = ["Gradarium", "CSV", "PNG", "SVG", "F1", " R²", "f", "f′", "z"];

/// String literals in an `html!` body that a learner would see: text nodes, and attributes that are read out.
fn shown(f: &File, body: std::ops::Range<usize>) -> Vec<String> {
    let b = f.text.as_bytes();
    let mut found = Vec::new();
    let mut i = body.start;
    while i < body.end {
        // Where the code is not blank there is no string and no comment.
        let is_string = f.code.as_bytes()[i] == b' ' && b[i] == b'"';
        let Some(end) = string_end(b, i).filter(|_| is_string) else {
            i += 1;
            continue;
        };
        let before = f.text[body.start..i].trim_end();
        let spoken = SPOKEN.iter().any(|a| before.trim_end_matches('{').trim_end().ends_with(a));
        let node = before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->")
            || before
                .strip_suffix('{')
                .is_some_and(|s| s.trim_end().ends_with(['>', '}', ';']) && !s.trim_end().ends_with("=>"));
        let text = f.text[i..end].trim_matches('"').replace("\\u{a0}", " ");
        if (spoken || node) && text.chars().any(char::is_alphabetic) && !SAME.contains(&text.as_str()) {
            found.push(format!("{}:{} {}", f.path, line(&f.text, i), &f.text[i..end]));
        }
        i = end;
    }
    found
}

#[test]
fn what_a_learner_reads_comes_from_i18n() {
    let sample = "html! { <p title=\"Hi\" class=\"a\">{\"Text\"}<b>{ \"·\" }</b>{ f(\"x\") }</p> }";
    let f = File { path: "sample".into(), code: blanked(sample), text: sample.into() };
    let found: Vec<String> = html_bodies(&f.code).into_iter().flat_map(|b| shown(&f, b)).collect();
    assert_eq!(found, ["sample:1 \"Hi\"", "sample:1 \"Text\""]);
    let all = files(&["src/ui"]);
    none(&all.iter().flat_map(|f| html_bodies(&f.code).into_iter().flat_map(|b| shown(f, b))).collect::<Vec<_>>());
}

#[test]
fn test_ids_are_kebab_case_unique_and_in_one_list() {
    let ui = files(&["src/ui"]);
    let lists: Vec<&File> = ui.iter().filter(|f| f.path.starts_with("src/ui/testid")).collect();
    let mut seen: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    let mut findings = Vec::new();
    for (path, n, l) in lists.iter().flat_map(|f| f.text.lines().enumerate().map(|(n, l)| (f.path.as_str(), n, l))) {
        let constant = l.trim_start().starts_with("pub const").then(|| l.split('"').nth(1)).flatten();
        let made = l.trim_start().starts_with("format!(").then(|| l.split('"').nth(1)).flatten();
        let Some(id) = constant.or(made) else { continue };
        let plain = id.replace(['{', '}'], "");
        if !plain.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c)) || id.is_empty() {
            findings.push(format!("{path}:{} {id} is not kebab-case", n + 1));
        }
        if let Some((other, first)) = seen.insert(id, (path, n + 1)) {
            findings.push(format!("{path}:{} {id} is also in {other}:{first}", n + 1));
        }
    }
    assert!(seen.len() > 20, "the list was not read: {seen:?}");
    for f in &ui {
        let literal = f.text.match_indices("data-testid=\"").map(|(i, _)| i);
        findings.extend(literal.map(|i| format!("{}:{} a test id outside the list", f.path, line(&f.text, i))));
    }
    none(&findings);
}

/// Whole arenas are for executors: everybody else asks for blocks by their place, which a graphics card can answer too.
#[test]
fn arenas_are_touched_by_executors_only() {
    let may = |path: &str| {
        path.starts_with("src/backend/") || ["src/engine/host.rs", "src/engine/reference.rs"].contains(&path)
    };
    let mut findings = Vec::new();
    let all = files(&["src", "tests/it"]);
    for f in all.iter().filter(|f| !may(&f.path) && f.path != "tests/it/tidy.rs") {
        for word in ["arenas", "Arenas"] {
            let named =
                words(&f.code, word).filter(|at| word == "Arenas" || f.code[at + word.len()..].starts_with('('));
            findings.extend(named.map(|at| format!("{}:{} {word}", f.path, line(&f.code, at))));
        }
    }
    none(&findings);
    let host = all.iter().find(|f| f.path == "src/engine/host.rs").unwrap();
    let (fields, _) = host.code.split_once("pub struct Arenas").unwrap();
    assert!(!fields.contains("pub params") && !fields.contains("pub values"), "a host's arenas are its own");
}

#[test]
fn every_op_has_its_fast_twin_under_its_own_name() {
    let stems = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
        let name = |e: fs::DirEntry| e.file_name().to_str().unwrap().trim_end_matches(".rs").to_string();
        let mut stems: Vec<String> = entries.map(|e| name(e.unwrap())).collect();
        stems.sort();
        // `recurrent.rs` and its folder `recurrent` are one op.
        stems.dedup();
        stems
    };
    assert_eq!(stems("src/backend/simd/ops"), stems("src/engine/ops"));
}

/// Folders (or files) of which the first may not name the second: circles that were there once, and were opened.
const NO_WAY: [(&str, &[&str]); 5] = [
    // What is shown is computed without knowing who draws it.
    ("src/ui/inside", &["ui::panels", "ui::state::Msg"]),
    ("src/ui/plots", &["ui::state", "ui::panels"]),
    ("src/ui/doctor", &["ui::state", "ui::panels"]),
    ("src/ui/frame_data.rs", &["ui::state", "ui::doctor"]),
    // What answers is called by the reactor and does not call it.
    ("src/worker", &["super::reactor", "worker::reactor"]),
];

#[test]
fn circles_stay_open() {
    let mut findings = Vec::new();
    for (from, barred) in NO_WAY {
        let folder = from.trim_end_matches(".rs").rsplit_once('/').map_or(from, |(parent, _)| parent);
        let inside = |f: &File| f.path == from || f.path.starts_with(&format!("{from}/"));
        for f in files(&[folder]).iter().filter(|f| inside(f)) {
            let code = &f.code[..f.code.find("#[cfg(test)]\nmod ").unwrap_or(f.code.len())];
            let reactor =
                f.path.starts_with("src/worker/reactor") || f.path.ends_with("/mod.rs") || f.path.ends_with("shell.rs");
            for name in barred.iter().filter(|n| !(n.ends_with("reactor") && reactor)) {
                findings.extend(words(code, name).map(|at| format!("{}:{}: names {name}", f.path, line(code, at))));
            }
        }
    }
    none(&findings);
}

/// Words of `ARCHITECTURE.md`: one reads it in some minutes, and finds what to change.
const MAP_WORDS: usize = 1400;

#[test]
fn the_map_is_short_and_names_files_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let count = map.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
    assert!(count <= MAP_WORDS, "{count} words");
    let paths = map.split('`').skip(1).step_by(2).filter(|p| p.contains('/') && !p.contains(['<', ' ', '{']));
    let there = |p: &str| {
        ["", "src/"]
            .iter()
            .any(|at| root.join(format!("{at}{p}")).exists() || root.join(format!("{at}{p}.rs")).exists())
    };
    none(&paths.filter(|p| !there(p)).map(|p| format!("ARCHITECTURE.md names {p}")).collect::<Vec<_>>());
}
