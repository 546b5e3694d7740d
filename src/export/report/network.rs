//! The network as an SVG picture: a card for each layer with its name, shape and parameters, in the order of the layers.
//!
//! Not responsible for the table below it, which says the same in full.

use super::page::Page;
use crate::i18n::network::{layer_type, part};
use crate::i18n::{Lang, Text, report as words, sets};
use crate::spec::shape::{LayerInfo, show};
use crate::spec::{DataInfo, Experiment, Layer, ModelSpec, text};

/// Cards side by side, as wide as the page's column together.
const ACROSS: usize = 3;
const WIDE: f64 = 720.0;
const CARD: f64 = 224.0;
const GAP: f64 = 24.0;
/// From row to row, with room for the arrow.
const BETWEEN: f64 = 30.0;
/// From line to line, and from the card's rim to its text.
const LINE: f64 = 17.0;
const RIM: f64 = 10.0;
/// What lies inside a layer stands farther in.
const INDENT: f64 = 12.0;
/// Room for the name of a part.
const PART: f64 = 22.0;
/// About how wide a letter is, and one that is as wide as high.
const LETTER: f64 = 6.7;
const SQUARE: f64 = 12.0;
/// Cards that are drawn: a printed page holds some thirty.
const CARDS_MAX: usize = 120;

/// How a line of a card is written.
#[derive(Clone, Copy)]
enum Voice {
    Name,
    Plain,
    Dim,
}

struct Card {
    lines: Vec<(Voice, f64, String)>,
    /// Whether it reads the card before it.
    follows: bool,
}

/// A place on the picture, in its units.
type Spot = (f64, f64);

/// The picture.
pub(super) fn draw(p: &mut Page, exp: &Experiment, infos: &[LayerInfo], data: &DataInfo, lang: Lang) {
    let groups = groups(exp, infos, data, lang);
    let height = groups.iter().map(|(name, cards)| height_of(name.is_some(), cards)).sum::<f64>();
    p.element("<svg class=\"net\" role=\"img\" viewBox=\"0 0 720 ", &format!("{height:.0}"), "\" aria-label=\"");
    let count = exp.model.count().to_string();
    p.text(&words::PICTURE.with(lang, &[("n", &count)]));
    p.markup("\">\n");
    let mut top = 0.0;
    for (name, cards) in &groups {
        if let Some(name) = name {
            line(p, Voice::Name, (0.0, top + 14.0), name);
        }
        let from = top + if name.is_some() { PART } else { 0.0 };
        row_by_row(p, cards, from);
        top += height_of(name.is_some(), cards);
    }
    p.markup("</svg>\n");
}

/// The cards of each part, under its name; of a network without parts they begin with the data.
fn groups(
    exp: &Experiment,
    infos: &[LayerInfo],
    data: &DataInfo,
    lang: Lang,
) -> Vec<(Option<&'static str>, Vec<Card>)> {
    let mut number = 0;
    let mut of = |layers: &[Layer], infos: &[LayerInfo]| -> Vec<Card> {
        let mut cards = Vec::new();
        for (i, (layer, info)) in layers.iter().zip(infos).enumerate() {
            number += 1;
            if number > CARDS_MAX {
                let more = words::MORE_LAYERS.with(lang, &[("n", &(layers.len() - i).to_string())]);
                cards.push(Card { lines: vec![(Voice::Dim, 0.0, more)], follows: false });
                break;
            }
            cards.push(card(&number.to_string(), layer, info, lang));
        }
        cards
    };
    if exp.model.parts.is_empty() {
        let lines = vec![
            (Voice::Name, 0.0, words::INPUT.get(lang).to_string()),
            (
                Voice::Plain,
                0.0,
                sets::set_text(&exp.data.set).map_or(exp.data.set.as_str(), |t| t.name.get(lang)).to_string(),
            ),
            (Voice::Dim, 0.0, show(&data.input)),
        ];
        let input = Card { lines, follows: false };
        let layers = of(&exp.model.layers, infos);
        return vec![(None, std::iter::once(input).chain(layers).collect())];
    }
    let parts = exp.model.parts.iter().map(|one| {
        let range = exp.model.range(one.name);
        let mut cards = of(&exp.model.layers[range.clone()], infos.get(range).unwrap_or_default());
        if let Some(first) = cards.first_mut() {
            first.follows = false;
        }
        (Some(part(one.name.name()).get(lang)), cards)
    });
    parts.collect()
}

fn card(number: &str, layer: &Layer, info: &LayerInfo, lang: Lang) -> Card {
    let kind: Text = layer_type(layer.kind.type_name()).0;
    let mut lines = vec![(Voice::Name, 0.0, format!("{number} · {}", kind.get(lang)))];
    if layer.kind.children().is_empty() {
        lines.push((
            Voice::Plain,
            0.0,
            text::write(&ModelSpec::of(vec![Layer { from: None, name: None, ..layer.clone() }])),
        ));
    }
    lines.push((Voice::Dim, 0.0, sizes(info, lang)));
    lines.extend(layer.name.iter().map(|name| (Voice::Dim, 0.0, format!("“{name}”"))));
    lines.extend(layer.from.iter().map(|from| (Voice::Dim, 0.0, format!("← {}", from.join(", ")))));
    inside(&mut lines, number, layer, info, 1, lang);
    Card { lines, follows: layer.from.is_none() }
}

/// Lines of what lies inside a layer.
fn inside(
    lines: &mut Vec<(Voice, f64, String)>,
    before: &str,
    layer: &Layer,
    info: &LayerInfo,
    depth: u32,
    lang: Lang,
) {
    for (i, (child, info)) in layer.kind.children().iter().zip(&info.children).enumerate() {
        let number = format!("{before}.{}", i + 1);
        let said = match child.kind.children().is_empty() {
            true => text::write(&ModelSpec::of(vec![child.clone()])),
            false => layer_type(child.kind.type_name()).0.get(lang).to_string(),
        };
        let indent = INDENT * f64::from(depth);
        lines.push((Voice::Plain, indent, format!("{number} · {said}")));
        lines.push((Voice::Dim, indent, sizes(info, lang)));
        inside(lines, &number, child, info, depth + 1, lang);
    }
}

/// What goes out, and how many numbers are learned.
fn sizes(info: &LayerInfo, lang: Lang) -> String {
    let out = show(&info.output);
    match info.n_params() {
        0 => out,
        n => format!("{out} · {}", words::PARAMS_OF.with(lang, &[("n", &n.to_string())])),
    }
}

fn rows(cards: &[Card]) -> impl Iterator<Item = (&[Card], f64)> {
    let tallest = |row: &[Card]| row.iter().map(|c| c.lines.len()).max().unwrap_or(0) as f64 * LINE + 2.0 * RIM;
    cards.chunks(ACROSS).map(move |row| (row, tallest(row)))
}

fn height_of(named: bool, cards: &[Card]) -> f64 {
    rows(cards).map(|(_, high)| high + BETWEEN).sum::<f64>() + if named { PART } else { 0.0 }
}

fn row_by_row(p: &mut Page, cards: &[Card], mut top: f64) {
    // Where the card before ends.
    let mut end: Option<Spot> = None;
    for (row, high) in rows(cards) {
        for (i, card) in row.iter().enumerate() {
            let left = i as f64 * (CARD + GAP);
            if let Some((x, y)) = end.filter(|_| card.follows) {
                if i > 0 {
                    arrow(p, &[(x + CARD, top + 20.0), (left, top + 20.0)]);
                } else {
                    let (from, to, half) = (x + CARD / 2.0, left + CARD / 2.0, top - BETWEEN / 2.0);
                    arrow(p, &[(from, y), (from, half), (to, half), (to, top)]);
                }
            }
            p.element("<rect class=\"card\" rx=\"8\" width=\"224\" height=\"", &format!("{high:.0}"), "\" x=\"");
            p.element("", &format!("{left:.0}"), "\" y=\"");
            p.element("", &format!("{top:.0}"), "\"/>\n");
            for (n, (voice, indent, said)) in card.lines.iter().enumerate() {
                let at = (left + RIM + indent, top + RIM + LINE * (n as f64 + 0.75));
                line(p, *voice, at, &fitting(said, CARD - 2.0 * RIM - indent));
            }
            end = Some((left, top + high));
        }
        top += high + BETWEEN;
    }
}

fn line(p: &mut Page, voice: Voice, (x, y): Spot, said: &str) {
    p.markup(match voice {
        Voice::Name => "<text class=\"name\" x=\"",
        Voice::Plain => "<text class=\"plain\" x=\"",
        Voice::Dim => "<text x=\"",
    });
    p.element("", &format!("{x:.0}"), "\" y=\"");
    p.element("", &format!("{y:.0}"), "\">");
    p.element("", said, "</text>\n");
}

/// A line with a head at its end.
fn arrow(p: &mut Page, spots: &[Spot]) {
    let points: Vec<String> = spots.iter().map(|(x, y)| format!("{x:.0},{y:.0}")).collect();
    p.element("<polyline class=\"wire\" points=\"", &points.join(" "), "\"/>");
    let [.., (fx, fy), (x, y)] = spots else { return };
    let down = y > fy && fx == x;
    let (a, b) = if down { ((x - 4.0, y - 7.0), (x + 4.0, y - 7.0)) } else { ((x - 7.0, y - 4.0), (x - 7.0, y + 4.0)) };
    let head = [(*x, *y), a, b].map(|(x, y)| format!("{x:.0},{y:.0}"));
    p.element("<polygon class=\"head\" points=\"", &head.join(" "), "\"/>\n");
}

/// As much of a text as fits, with a sign that there is more.
fn fitting(said: &str, room: f64) -> String {
    let width = |c: char| if c < '\u{2e80}' { LETTER } else { SQUARE };
    if said.chars().map(width).sum::<f64>() <= room {
        return said.to_string();
    }
    let mut left = room - SQUARE;
    let begins: String = said
        .chars()
        .take_while(|c| {
            left -= width(*c);
            left >= 0.0
        })
        .collect();
    format!("{begins}…")
}

/// The picture is as wide as its cards.
const _: () = assert!(ACROSS as f64 * CARD + (ACROSS - 1) as f64 * GAP == WIDE);
