//! Numbers of the model text as people write them elsewhere: `1,000`, `0,5`, `50%`, `8.0`.
//!
//! Not responsible for which settings take numbers; who asks tries what these give.

/// A word whose number is written otherwise, as it would be written here; `None` where there is no other way.
pub fn plain(word: &str) -> Option<String> {
    let (key, value) = parts(word);
    let number = read(value)?;
    let plain = number.to_string();
    (plain != value).then(|| format!("{key}{plain}"))
}

/// For a word whose number is not whole: the nearest that is and counts something, and the word with it.
pub fn whole(word: &str) -> Option<(f64, String)> {
    let (key, value) = parts(word);
    // `1.000` is a thousand where points group digits.
    let nearest = read(value).or_else(|| read(&value.replace('.', ",")))?.round().max(1.0);
    Some((nearest, format!("{key}{nearest}")))
}

/// The word with other numbers in place of its own: which setting takes it shows by what they change.
pub fn others(word: &str) -> Vec<String> {
    let (key, value) = parts(word);
    let number = read(value);
    number.into_iter().flat_map(|v| [v + 1.0, v / 2.0]).map(|v| format!("{key}{v}")).collect()
}

/// The key with its sign, empty where there is none, and the value.
fn parts(word: &str) -> (&str, &str) {
    word.split_at(word.find('=').map_or(0, |i| i + 1))
}

fn read(value: &str) -> Option<f64> {
    let (digits, unit) = value.strip_suffix(['%', '％']).map_or((value, 1.0), |digits| (digits, 100.0));
    // Words such as `inf` are numbers to Rust alone.
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number: f64 = match digits.split_once(',') {
        // One or a thousand, by where it was written.
        None if digits.split_once('.').is_some_and(|(first, rest)| grouped(first, &rest.replace('.', ","))) => {
            return None;
        }
        None => digits.parse().ok()?,
        Some((_, rest)) if rest.bytes().all(|b| b == b'0') && rest.len() != 3 => return None,
        Some((first, rest)) if grouped(first, rest) => digits.replace(',', "").parse().ok()?,
        // A comma that groups nothing parts off decimals.
        Some((first, rest)) => format!("{first}.{rest}").parse().ok()?,
    };
    number.is_finite().then_some(number / unit)
}

/// Whether commas stand between groups of three digits.
fn grouped(first: &str, rest: &str) -> bool {
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && digits(first)
        && rest.split(',').all(|group| group.len() == 3 && digits(group))
}
