//! What the address says: an experiment (`#/play?x=…` or `#/play?spec=…`) and the plain fields beside it.
//!
//! Pure: from text to a [`Route`] and back. Not responsible for the address bar itself (`ui::app`).

mod start;

use super::panels::registry::parts;
use super::rooms::Room;
use super::state::Theme;
use super::state::queries::{QUERIES_MAX, QUERY_LENGTH};
use crate::i18n::Lang;
use crate::spec::{Code, Experiment, Problem, link};
pub use start::Start;

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// The experiment it carries, or why it cannot be used.
    pub experiment: Option<Result<Box<Experiment>, Vec<Problem>>>,
    /// `lang=zh`.
    pub lang: Option<Lang>,
    /// `theme=dark`.
    pub theme: Option<Theme>,
    /// `hide=curves,header`: parts of the page that are not shown.
    pub hide: Vec<String>,
    /// `embed=1`: inside another page, without header.
    pub embed: bool,
    /// `projector=1`: large type.
    pub projector: bool,
    /// `query=layers.0.weight grad`, as often as there are queries.
    pub queries: Vec<String>,
    /// `paused`, `until`, `speed`: how the experiment starts; and what could not be read.
    pub start: Start,
}

/// Fields that a link may have.
const FIELDS: &str = "x, spec, paused, until, speed, query, lang, theme, hide, embed, projector";

impl Route {
    /// Files a value that could not be read.
    fn ask(&mut self, is_good: bool, key: &str, value: &str, expected: &str) {
        if !is_good {
            self.start.fault(key, value, expected);
        }
    }

    /// Whether that part is hidden.
    pub fn hides(&self, part: &str) -> bool {
        self.hide.iter().any(|h| h == part)
    }
}

/// Reads the part of an address from `#` on; nothing in it can fail but the experiment, and that says why. Other fields
/// that cannot be read are left out and said.
pub fn parse(hash: &str) -> Route {
    let mut route = Route::default();
    let hash = without_prose(hash);
    let query = hash.split_once('?').map_or("", |(_, query)| query);
    if let Some(room) = Room::unknown(hash) {
        route.start.unknown_room(room);
    }
    // Other rooms have fields of their own.
    let play = !Room::of(hash).is_beside();
    for (key, value) in query.split('&').filter(|p| !p.is_empty()).map(|p| p.split_once('=').unwrap_or((p, ""))) {
        if play && route.start.read(key, &decode(value)) {
            continue;
        }
        match key {
            "x" => route.experiment = Some(usable(link::unpack(value))),
            "spec" => route.experiment = Some(usable(Experiment::from_json(&decode(value)))),
            "lang" => {
                route.lang = Lang::from_tag(value);
                route.ask(route.lang.is_some(), key, value, "lang=en, lang=zh");
            }
            "theme" => {
                route.theme = theme(value);
                route.ask(route.theme.is_some(), key, value, "theme=light, theme=dark, theme=auto");
            }
            "hide" => {
                let asked = decode(value);
                let parts = parts();
                let known = parts.iter().filter(|p| asked.split(',').any(|a| a.trim() == **p));
                route.hide = known.map(ToString::to_string).collect();
                let strange = asked.split(',').map(str::trim).find(|a| !a.is_empty() && !parts.contains(a));
                route.ask(strange.is_none(), key, strange.unwrap_or_default(), &parts.join(", "));
            }
            "query" => {
                let text = decode(value);
                let room = route.queries.len() < QUERIES_MAX && text.chars().count() <= QUERY_LENGTH;
                let good = room && !text.trim().is_empty();
                route.ask(good, key, &text, "query=output, query=layers.0.weight grad[:, :2]");
                route.queries.extend(good.then_some(text));
            }
            "embed" => route.embed = value != "0",
            "projector" => route.projector = value != "0",
            _ if !play => {}
            _ => {
                let name: String = key.chars().filter(|c| !c.is_control()).take(24).collect();
                let unknown = Problem::new("", Code::LinkUnknown).arg("name", name).arg("allowed", FIELDS);
                route.start.faults.push(unknown);
            }
        }
    }
    route
}

/// The address without the signs that stood behind it in the text or the Markdown out of which it was copied.
pub fn without_prose(hash: &str) -> &str {
    let is_sign = |c: char| c.is_whitespace() || ").,;!>\"'”’…、。，！；）》」".contains(c);
    let mut own = hash;
    loop {
        let signs = own.trim_end_matches(is_sign);
        // As browsers write them: a sign of English takes one byte, a curly or a Chinese one three.
        let coded = |bytes: &usize| {
            let at = signs.len().checked_sub(3 * bytes).filter(|at| signs.is_char_boundary(*at))?;
            let sign = decode(&signs[at..]);
            (signs[at..].starts_with('%') && sign.chars().count() == 1 && sign.chars().all(is_sign))
                .then(|| &signs[..at])
        };
        let shorter = [1, 3].iter().find_map(coded).unwrap_or(signs);
        if shorter.len() == own.len() {
            return own;
        }
        own = shorter;
    }
}

/// An experiment that cannot run is refused as a whole, so that what runs stays untouched.
pub fn usable(read: Result<Experiment, Vec<Problem>>) -> Result<Box<Experiment>, Vec<Problem>> {
    let experiment = read?;
    let problems = experiment.problems();
    if problems.is_empty() { Ok(Box::new(experiment)) } else { Err(problems) }
}

/// The address of `experiment`, with the plain fields of `route`.
pub fn write(experiment: &Experiment, route: &Route) -> String {
    format!("{}{}", bare(experiment, route), route.start.write())
}

/// The same without how it starts.
pub fn bare(experiment: &Experiment, route: &Route) -> String {
    let mut hash = format!("{}?x={}{}", Room::Playground.prefix(), link::pack(experiment), plain(route));
    if !route.hide.is_empty() {
        hash += &format!("&hide={}", route.hide.join(","));
    }
    if route.embed {
        hash += "&embed=1";
    }
    route.queries.iter().for_each(|q| hash += &format!("&query={}", encode(q)));
    hash
}

/// Language, theme and large type, where the address says them, as they follow other fields.
pub fn plain(route: &Route) -> String {
    let lang = route.lang.map_or("", |lang| match lang {
        Lang::En => "&lang=en",
        Lang::Zh => "&lang=zh",
    });
    let theme = route.theme.map_or(String::new(), |theme| format!("&theme={}", theme_name(theme)));
    let projector = if route.projector { "&projector=1" } else { "" };
    format!("{lang}{theme}{projector}")
}

/// `light`, `dark` or `auto`.
pub fn theme(name: &str) -> Option<Theme> {
    Some(match name {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        "auto" => Theme::Auto,
        _ => return None,
    })
}

/// What [`theme`] reads.
pub fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// URL encoding of what a plain field says; signs that links may carry as they are stay readable.
fn encode(text: &str) -> String {
    let byte = |b: u8| match b {
        b' ' => "+".to_string(),
        b if b.is_ascii_alphanumeric() || b"-_.:,".contains(&b) => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Undoes URL encoding; `+` is a space, as forms write it. What is not encoded properly stays as it is.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = bytes.get(i + 1..i + 3).and_then(|h| std::str::from_utf8(h).ok()?.parse_hex());
        match (bytes[i], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                i += 2;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

trait ParseHex {
    fn parse_hex(&self) -> Option<u8>;
}

impl ParseHex for str {
    fn parse_hex(&self) -> Option<u8> {
        // `from_str_radix` would take a sign.
        self.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u8::from_str_radix(self, 16).ok())?
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::spec::{Code, preset};
    use proptest::prelude::*;

    #[test]
    fn an_address_round_trips() {
        let route = Route {
            experiment: Some(Ok(Box::new(preset::first()))),
            lang: Some(Lang::Zh),
            theme: Some(Theme::Dark),
            hide: vec!["header".into(), "curves".into()],
            embed: true,
            start: Start {
                paused: true,
                until: Some(crate::protocol::Until::Loss(0.05)),
                speed: Some(Some(20.0)),
                faults: Vec::new(),
            },
            projector: true,
            queries: vec!["layers.0.weight grad[:, :2]".into(), "100 % + 嵌入&x=1#".into()],
        };
        assert_eq!(parse(&write(&preset::first(), &route)), route);
        let plain = Route { experiment: Some(Ok(Box::new(preset::first()))), ..Route::default() };
        assert_eq!(parse(&write(&preset::first(), &Route::default())), plain);
    }

    #[test]
    fn what_stood_behind_a_link_in_a_text_is_no_part_of_it() {
        let link = write(&preset::first(), &Route { lang: Some(Lang::Zh), ..Route::default() });
        let plain = write(&preset::first(), &Route::default());
        for behind in
            [")", ".", ").", ">", "%3E", ",", "。", "”", "%22).", "!", ") ", "%E2%80%9D", "…", "%EF%BC%89%E3%80%82"]
        {
            assert_eq!(parse(&format!("{link}{behind}")), parse(&link), "{behind}");
            assert_eq!(parse(&format!("{plain}{behind}")), parse(&plain), "{behind}");
        }
        // A sentence may go on without a blank.
        assert!(parse(&format!("{plain}\">here</a>")).experiment.unwrap().is_ok());
        assert_eq!(parse(&plain[..plain.len() / 2]).experiment.unwrap().unwrap_err()[0].code, Code::BrokenLink);
    }

    #[test]
    fn a_link_written_by_hand_is_read() {
        let json = r#"{"data": {"set": "xor", "noise": 0.2}, "model": {"layers": [{"type": "dense"}]},
            "task": {"type": "classification"}}"#;
        let route = parse(&format!("#/play?spec={}&lang=en", encode(json)));
        assert_eq!(route.experiment.unwrap().unwrap().data.set, "xor");
        let plus = json.replace(' ', "+").replace('\n', "");
        assert!(parse(&format!("#/play?spec={plus}")).experiment.unwrap().is_ok());
    }

    #[test]
    fn a_bad_link_says_why_and_a_page_without_link_asks_for_nothing() {
        assert_eq!(parse("#/play?x=!!!").experiment.unwrap().unwrap_err()[0].code, Code::BrokenLink);
        assert_eq!(parse("#/play?spec=%7B").experiment.unwrap().unwrap_err()[0].code, Code::NotJson);
        let broken = r#"{"data":{"set":"xor"},"model":{"layers":[{"type":"dense","units":0}]},"task":{"type":"classification"}}"#;
        let problems = parse(&format!("#/play?spec={}", encode(broken))).experiment.unwrap().unwrap_err();
        assert_eq!(problems[0].path, "model.layers[0].units");
        for nothing in ["", "#", "#/play", "#/play?", "#/play?&"] {
            assert_eq!(parse(nothing), Route::default());
        }
    }

    #[test]
    fn fields_that_cannot_be_read_are_left_out_and_said() {
        for (query, n) in [
            ("lang=xx&theme=pink&hide=nothing", 3),
            ("pause=1", 1),
            ("paused", 1),
            ("until=5&speed=a+b", 2),
            ("hide=curves,nothing,more", 1),
        ] {
            let route = parse(&format!("#/play?{query}"));
            assert_eq!(route.start.faults.len(), n, "{query}");
            assert_eq!(Route { start: Start::default(), hide: vec![], ..route }, Route::default());
        }
        assert!(parse("#/lab?depth=9&anything=1").start.faults.is_empty());
        let until = parse("#/play?until=accuracy%3A0.95").start.until;
        assert_eq!(until, Some(crate::protocol::Until::Accuracy(0.95)));
    }

    proptest! {
        #[test]
        fn no_address_panics(hash in ".{0,80}", x in "[A-Za-z0-9_-]{0,60}", spec in "[%0-9A-Fa-f+]{0,60}") {
            parse(&hash);
            parse(&format!("#/play?x={x}&spec={spec}"));
        }

        #[test]
        fn decoding_undoes_encoding(text in ".{0,40}") {
            prop_assert_eq!(decode(&encode(&text)), text);
        }
    }
}
