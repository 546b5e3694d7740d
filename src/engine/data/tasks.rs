//! Tasks on sequences: source, `→`, target in one row, where only the target's positions count (and stand apart, where
//! pairs are aligned); and the long-lag tasks.
//!
//! Not responsible for tokens and lengths (`spec::sequences`).

use std::collections::HashSet;

use super::{File, Rows, broken, file, gzip};
use crate::engine::rng::Rng;
use crate::spec::data::{DataSpec, IGNORED};
use crate::spec::problem::Problem;
use crate::spec::sequences::{COPY_LEN, COPY_SYMBOLS, DATE_CHARS, NAME_LEN, PHONEMES, Task};
use crate::spec::sets::SetInfo;

/// Most bytes that a shipped list unpacks to.
const LIST_BYTES: usize = 1 << 20;
/// Tokens before those of the task itself: padding, `→`, end.
const OWN_FROM: u32 = 3;
/// `→` as a token.
pub const SEP: u32 = 1;
/// The end mark as a token.
pub const END: u32 = 2;
/// How often an unseen source is looked for before one may come twice: short sources soon run out.
const TRIES: usize = 20;

/// All rows of a task.
///
/// # Errors
/// `DataDecode` when a file is not what the registry says.
pub fn rows(spec: &DataSpec, set: &SetInfo, task: Task, files: &[File], rng: &mut Rng) -> Result<Rows, Problem> {
    let (n, context) = (spec.sample_count(), spec.context_len());
    let path = set.files.first().map_or("", |f| f.path);
    let room = Room { source: spec.aligned.then_some(task.lengths(context).0), len: task.input_len(context) };
    let mut rows = match task {
        Task::Names => names(file(set, files, path)?, set.samples).map_err(|reason| broken(set, path, reason))?,
        Task::G2p => g2p(file(set, files, path)?, set.samples, room).map_err(|reason| broken(set, path, reason))?,
        Task::Adding => adding(n, context, rng),
        Task::CopyMemory => copy_memory(n, context, rng),
        Task::Dates | Task::Reverse | Task::Sort | Task::Add => generated(task, n, context, room, rng),
    };
    rows.token_names = task.tokens();
    Ok(rows)
}

/// The places of a pair in its row.
#[derive(Clone, Copy)]
struct Room {
    /// Places that every source has; else `→` follows at once.
    source: Option<usize>,
    /// Places of the row.
    len: usize,
}

/// Appends one row of inputs, and the token after each from `→` on; the places before have none, and where pairs are
/// aligned they are left out of the targets.
fn push(source: &[f32], target: &[f32], room: Room, rows: &mut Rows) {
    let from = room.source.unwrap_or(source.len());
    let answer = [target, &[END as f32]].concat();
    rows.x.extend_from_slice(source);
    rows.x.resize(rows.x.len() + from - source.len(), 0.0);
    rows.x.push(SEP as f32);
    let padded = |fill: f32, n: usize| answer.iter().copied().chain(std::iter::repeat(fill)).take(n);
    rows.x.extend(padded(0.0, room.len - from - 1));
    if room.source.is_none() {
        rows.y.resize(rows.y.len() + from, IGNORED);
    }
    rows.y.extend(padded(IGNORED, room.len - from));
}

/// Pairs that a rule makes; no source comes twice while there are others.
fn generated(task: Task, n: usize, context: usize, room: Room, rng: &mut Rng) -> Rows {
    let (mut rows, mut seen) = (Rows::default(), HashSet::new());
    for _ in 0..n {
        let (mut source, mut target) = pair(task, context, rng);
        for _ in 0..TRIES {
            if seen.insert(source.clone()) {
                break;
            }
            (source, target) = pair(task, context, rng);
        }
        let tokens = |own: Vec<u32>| own.into_iter().map(|t| (t + OWN_FROM) as f32).collect::<Vec<f32>>();
        push(&tokens(source), &tokens(target), room, &mut rows);
    }
    rows
}

/// One source and its target, as indices into the task's own characters.
fn pair(task: Task, context: usize, rng: &mut Rng) -> (Vec<u32>, Vec<u32>) {
    if task == Task::Dates {
        let (written, iso) = date(rng);
        let index = |text: &str| {
            text.chars().filter_map(|c| DATE_CHARS.chars().position(|d| d == c)).map(|i| i as u32).collect()
        };
        return (index(&written), index(&iso));
    }
    if task == Task::Add {
        // As many short numbers as long ones, or sums without a carry would be rare.
        let mut number = || {
            let digits = 1 + rng.below(context as u32);
            u64::from(rng.next_u32()) % 10u64.pow(digits)
        };
        let (a, b) = (number(), number());
        let digits = |n: u64| n.to_string().bytes().map(|d| u32::from(d - b'0') + 1).collect::<Vec<u32>>();
        let source = [digits(a), vec![0], digits(b)].concat();
        return (source, digits(a + b).into_iter().rev().collect());
    }
    let source: Vec<u32> = (0..context).map(|_| rng.below(10)).collect();
    let mut target = source.clone();
    if task == Task::Reverse {
        target.reverse();
    } else {
        crate::spec::order::sort(&mut target);
    }
    (source, target)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day of 1950 to 2049 in one of six ways of writing, none of them ambiguous, and as ISO 8601.
fn date(rng: &mut Rng) -> (String, String) {
    let (year, month) = (1950 + rng.below(100), rng.below(12));
    let leap = year.is_multiple_of(4);
    let days = [31, 28 + u32::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize];
    let day = 1 + rng.below(days);
    let name = MONTHS[month as usize];
    let month = month + 1;
    let written = match rng.below(6) {
        0 => format!("{day} {name} {year}"),
        1 => format!("{name} {day}, {year}"),
        2 => format!("{day} {} {year}", &name[..3]),
        3 => format!("{day}.{month}.{year}"),
        4 => format!("{year}/{month}/{day}"),
        _ => format!("{year}年{month}月{day}日"),
    };
    (written, format!("{year}-{month:02}-{day:02}"))
}

/// Two of the numbers are marked, one in each half.
fn adding(n: usize, len: usize, rng: &mut Rng) -> Rows {
    let mut rows = Rows::default();
    for _ in 0..n {
        let half = (len / 2) as u32;
        let marks = [rng.below(half) as usize, (half + rng.below(len as u32 - half)) as usize];
        let start = rows.x.len();
        for i in 0..len {
            rows.x.extend([rng.uniform(), f32::from(u8::from(marks.contains(&i)))]);
        }
        rows.y.push(marks.iter().map(|m| rows.x[start + 2 * m]).sum());
    }
    rows
}

/// Symbols, silence of `gap` steps, the question mark, and as many steps to answer in.
fn copy_memory(n: usize, gap: usize, rng: &mut Rng) -> Rows {
    let mut rows = Rows::default();
    for _ in 0..n {
        let symbols: [f32; COPY_LEN] = std::array::from_fn(|_| (2 + rng.below(COPY_SYMBOLS as u32)) as f32);
        rows.x.extend(symbols);
        rows.x.resize(rows.x.len() + gap, 0.0);
        rows.x.push(1.0);
        rows.x.resize(rows.x.len() + COPY_LEN - 1, 0.0);
        rows.y.resize(rows.y.len() + COPY_LEN + gap, IGNORED);
        rows.y.extend(symbols);
    }
    rows
}

fn letter(c: u8) -> Result<u32, String> {
    if c.is_ascii_lowercase() { Ok(u32::from(c - b'a')) } else { Err(format!("unexpected byte {c}")) }
}

/// `name,sex` with `f` or `m`; names of both are left out.
fn names(bytes: &[u8], expected: usize) -> Result<Rows, String> {
    let mut rows = Rows::default();
    let text = std::str::from_utf8(bytes).map_err(|e| e.to_string())?;
    for line in text.lines().skip(1) {
        let (name, sex) = line.split_once(',').ok_or_else(|| format!("{line:?}"))?;
        let class = match sex {
            "f" => 0.0,
            "m" => 1.0,
            "fm" => continue,
            other => return Err(format!("{other:?}")),
        };
        if name.len() > NAME_LEN {
            return Err(format!("{name:?} is too long"));
        }
        for c in name.bytes() {
            rows.x.push((letter(c)? + 1) as f32);
        }
        rows.x.resize(rows.x.len() + NAME_LEN - name.len(), 0.0);
        rows.y.push(class);
    }
    if rows.y.len() == expected { Ok(rows) } else { Err(format!("{} names, expected {expected}", rows.y.len())) }
}

/// `spelling<tab>P H O N E M E S`, packed.
fn g2p(bytes: &[u8], expected: usize, room: Room) -> Result<Rows, String> {
    let unpacked = gzip::unpack(bytes, LIST_BYTES)?;
    let text = std::str::from_utf8(&unpacked).map_err(|e| e.to_string())?;
    let mut rows = Rows::default();
    let (max_source, max_target) = Task::G2p.lengths(0);
    let mut count = 0;
    for line in text.lines() {
        let (word, sounds) = line.split_once('\t').ok_or_else(|| format!("{line:?}"))?;
        let source = word.bytes().map(|c| letter(c).map(|i| (i + OWN_FROM) as f32)).collect::<Result<Vec<f32>, _>>()?;
        let phoneme = |s: &str| PHONEMES.iter().position(|p| *p == s).map(|i| (i as u32 + 26 + OWN_FROM) as f32);
        let target = sounds.split(' ').map(phoneme).collect::<Option<Vec<f32>>>().ok_or_else(|| format!("{line:?}"))?;
        if source.len() > max_source || target.len() > max_target {
            return Err(format!("{word:?} is too long"));
        }
        push(&source, &target, room, &mut rows);
        count += 1;
    }
    if count == expected { Ok(rows) } else { Err(format!("{count} words, expected {expected}")) }
}
