//! What means the same is made the same, character for character, so that columns stay as typed: signs from textbooks and
//! Chinese keyboards, decimal commas, Python's `**` and `np.`, and what may stand before a formula (`y =`).
//!
//! Not responsible for names (`words`) nor for order of operations (`parser`).

use super::functions::TWOS;

/// The formula in plain characters, and where it starts behind a `y =`.
pub(super) fn plain(typed: &[char]) -> (Vec<char>, usize) {
    let mut chars: Vec<char> = typed.iter().map(|c| sign(*c)).collect();
    for i in 1..chars.len() {
        if chars[i - 1] == '*' && chars[i] == '*' {
            (chars[i - 1], chars[i]) = ('^', ' ');
        }
    }
    modules(&mut chars);
    commas(&mut chars);
    let start = after_prefix(&chars);
    (chars, start)
}

fn sign(c: char) -> char {
    match c {
        '×' | '·' | '⋅' | '∙' | '•' | '✕' | '✖' | '⨯' | '∗' | '\u{2062}' | '・' => '*',
        '÷' | '∕' | '⁄' => '/',
        '−' | '–' | '—' | '‒' | '﹣' => '-',
        '﹢' => '+',
        'ˆ' | '︿' => '^',
        '[' | '{' | '【' | '［' | '｛' | '〔' => '(',
        ']' | '}' | '】' | '］' | '｝' | '〕' => ')',
        '∣' | '｜' | '│' => '|',
        '≥' | '⩾' | '≧' => '>',
        '⟼' | '→' | '⟶' | '➔' => '↦',
        'ℯ' | 'ⅇ' => 'e',
        'Π' | 'ϖ' => 'π',
        '₀'..='₉' => digit(c, '₀'),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{2061}' | '\u{feff}' | '\u{3000}' | '\\' => ' ',
        // Full-width forms of ASCII, then letters and digits copied from typeset formulas.
        '\u{ff01}'..='\u{ff5e}' => sign(offset(c, '\u{ff01}', '!')),
        '\u{1d400}'..='\u{1d6a3}' => letter(c),
        '\u{1d7ce}'..='\u{1d7ff}' => digit(char::from_u32('0' as u32 + (c as u32 - 0x1d7ce) % 10).unwrap_or('0'), '0'),
        c => c.to_ascii_lowercase(),
    }
}

/// As far behind `to` as `c` is behind `from`.
fn offset(c: char, from: char, to: char) -> char {
    char::from_u32(to as u32 + (c as u32 - from as u32)).unwrap_or(c)
}

fn digit(c: char, zero: char) -> char {
    offset(c, zero, '0')
}

/// Unicode's mathematical alphabets stand one behind the other, 26 capitals and 26 small letters each.
fn letter(c: char) -> char {
    char::from_u32('a' as u32 + (c as u32 - 0x1d400) % 26).unwrap_or(c)
}

/// Blanks `np.`, `math.` and the like before a name.
fn modules(chars: &mut [char]) {
    const MODULES: [&str; 5] = ["np", "numpy", "math", "torch", "tf"];
    for dot in 1..chars.len().saturating_sub(1) {
        if chars[dot] != '.' || !chars[dot + 1].is_ascii_alphabetic() {
            continue;
        }
        let start = chars[..dot].iter().rposition(|c| !c.is_ascii_alphanumeric()).map_or(0, |i| i + 1);
        // A factor may stand before it without a sign: 2np.sin(x).
        let start = start + chars[start..dot].iter().take_while(|c| c.is_ascii_digit()).count();
        let word: String = chars[start..dot].iter().collect();
        if MODULES.contains(&word.as_str()) {
            chars[start..=dot].fill(' ');
            // There `log` is the natural logarithm, elsewhere the decimal one.
            let is_log = chars[dot + 1..].starts_with(&['l', 'o', 'g']);
            if is_log && !chars.get(dot + 4).is_some_and(|c| c.is_ascii_alphanumeric()) {
                chars[dot + 1..dot + 4].copy_from_slice(&['l', 'n', ' ']);
            }
        }
    }
}

/// Where a comma is a decimal point it becomes one; where semicolons separate arguments they become commas. Only functions
/// of two arguments have separators: `0,5x` is a half, `max(0,5)` is five.
fn commas(chars: &mut [char]) {
    let mut open = vec![(false, Vec::new())];
    for i in 0..chars.len() {
        match chars[i] {
            '(' => open.push((is_two(&chars[..i]), Vec::new())),
            ')' if open.len() > 1 => {
                let (two, inside) = open.pop().unwrap_or_default();
                decide(chars, two, &inside);
            }
            ',' | ';' => open.iter_mut().last().into_iter().for_each(|(_, inside)| inside.push(i)),
            _ => {}
        }
    }
    for (two, inside) in open {
        decide(chars, two, &inside);
    }
}

/// Whether a function of two arguments is named at the end of `before`.
fn is_two(before: &[char]) -> bool {
    let word: String = before.iter().rev().skip_while(|c| c.is_whitespace()).take_while(|c| is_word(**c)).collect();
    TWOS.iter().flat_map(|f| f.names).any(|name| word.starts_with(&name.chars().rev().collect::<String>()))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn decide(chars: &mut [char], two: bool, places: &[usize]) {
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let tight = |i: usize| chars[i] == ',' && is_digit(i.checked_sub(1)) && is_digit(Some(i + 1));
    let (decimals, others): (Vec<usize>, Vec<usize>) = places.iter().partition(|i| tight(**i));
    let semicolons = others.iter().any(|i| chars[*i] == ';');
    let spaced = others.iter().any(|i| chars.get(i + 1).is_some_and(|c| c.is_whitespace()));
    // max(0,5*x, 1): who sets a blank behind one comma means something else by the other.
    if !two || semicolons || spaced {
        decimals.iter().for_each(|i| chars[*i] = '.');
    }
    if two {
        others.iter().filter(|i| chars[**i] == ';').copied().collect::<Vec<_>>().iter().for_each(|i| chars[*i] = ',');
    }
}

/// Behind `y =`, `y >`, `f(x) :=`, `x ↦`, `x => `; 0 where nothing of that kind stands.
fn after_prefix(chars: &[char]) -> usize {
    let Some(at) = chars.iter().position(|c| matches!(c, '=' | '>' | '↦')) else { return 0 };
    let mut end = at + 1;
    let mut arrow = chars[at] == '↦';
    if chars.get(end).is_some_and(|c| matches!(c, '=' | '>')) {
        arrow |= chars[at] == '=' && chars[end] == '>';
        end += 1;
    }
    let mut left: String = chars[..at].iter().filter(|c| !c.is_whitespace()).collect();
    if chars[at] == '>' && left.ends_with('-') {
        left.pop();
        arrow = true;
    }
    let left = left.strip_suffix(':').unwrap_or(&left);
    let name = left.strip_suffix("(x)").unwrap_or(left);
    let is_name = name.len() == 1 && name.starts_with(|c: char| c.is_ascii_lowercase() && c != 'x' && c != 'e');
    let is_arrow = arrow && (left == "x" || left.ends_with(":x") && left.len() == 3);
    if is_name || is_arrow { end } else { 0 }
}
