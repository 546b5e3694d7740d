//! One head, large: as a matrix or as ribbons, with what the pointer is on.
//!
//! Not responsible for drawing (`map.rs`, `ribbons.rs`).

use super::head_row::said;
use super::shown::Shown;
use super::{Focus, map, ribbons};
use crate::i18n::{Lang, attention as words};
use crate::ui::hooks::Hands;
use crate::ui::inside::attention::layout::{Grid, Ribbons, Token};
use crate::ui::plots::canvas::Canvas;
use crate::ui::plots::number;
use crate::ui::plots::surface::Surface;
use crate::ui::same::Same;
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Width that the matrix would like to have.
const MAP_PX: f64 = 560.0;

/// Properties of both pictures.
#[derive(Clone, PartialEq, Properties)]
pub struct LargeProps {
    /// The layer.
    pub shown: Same<Shown>,
    /// Its head.
    pub head: usize,
    /// What is lit.
    pub lit: Option<Focus>,
    /// What is pinned.
    pub pinned: Option<Focus>,
    /// Language.
    pub lang: Lang,
    /// Takes what the pointer is on.
    pub onhover: Callback<Option<Focus>>,
    /// Takes what was clicked.
    pub onpick: Callback<Option<Focus>>,
    /// Lets go of what is pinned.
    pub onrelease: Option<Callback<()>>,
}

fn label(shown: &Shown, head: usize, lang: Lang) -> String {
    words::LABEL.with(
        lang,
        &[
            ("n", &(head + 1).to_string()),
            ("layer", &shown.at.prefix),
            ("t", &shown.heads.queries.to_string()),
            ("s", &shown.heads.keys.to_string()),
            ("main", &said(&shown.summary(head), shown.heads.cross, lang)),
        ],
    )
}

fn size_of(node: &NodeRef) -> Option<(f64, f64)> {
    let c = node.cast::<web_sys::HtmlCanvasElement>()?;
    Some((f64::from(c.client_width()), f64::from(c.client_height())))
}

/// What pointing and clicking tell, by what is found at a point.
fn hands(find: impl Fn((f64, f64)) -> Option<Focus> + 'static, props: &LargeProps) -> Hands {
    let find = Rc::new(find);
    let point = find.clone();
    let onhover = props.onhover.reform(move |at: Option<(f64, f64)>| at.and_then(|at| point(at)));
    Hands { onhover, onpick: props.onpick.reform(move |at| find(at)), onrelease: props.onrelease.clone() }
}

/// The matrix.
#[component]
pub fn Map(props: &LargeProps) -> Html {
    let draw =
        use_callback((props.shown.clone(), props.head), |s: Surface, (shown, head)| map::draw(&s, &shown.0, *head));
    let over = use_callback((props.shown.clone(), props.lit, props.pinned), |s: Surface, (shown, lit, pinned)| {
        if let Some(focus) = lit {
            map::draw_focus(&s, &shown.0, *focus);
        }
        if let Some(p) = pinned {
            let at = map::grid(&shown.0, s.width, s.height);
            let middle = |i: usize| at.cell * (i as f64 + 0.5);
            s.pin((at.x + p.s.map_or(0.0, middle), at.y + middle(p.t)));
        }
    });
    let node = use_node_ref();
    let find = {
        let (node, shown) = (node.clone(), props.shown.0.clone());
        // A token of one sequence lights its row and its column.
        let one = !shown.heads.cross && shown.heads.queries == shown.heads.keys;
        let last = shown.heads.queries.saturating_sub(1);
        let label = move |token| match token {
            Token::Asks(t) => Focus { t, s: one.then_some(t), token: Some(token) },
            Token::Asked(s) => Focus { t: if one { s } else { last }, s: Some(s), token: Some(token) },
        };
        move |at: (f64, f64)| {
            let (w, h) = size_of(&node)?;
            let grid = map::grid(&shown, w, h);
            let cell = grid.cell_at(at).map(|(t, s)| Focus { t, s: Some(s), token: None });
            cell.or_else(|| grid.label_at(at).map(label))
        }
    };
    let Hands { onhover, onpick, onrelease } = hands(find, props);
    let shown = &props.shown.0;
    let (rows, cols) = (shown.heads.queries, shown.heads.keys);
    let (w, h) = Grid::natural(MAP_PX, shown.label, rows, cols);
    let style = format!("--w: {w:.0}; --h: {h:.0}");
    let weight = 1.0 + rows as f64 * cols as f64 / 40_000.0;
    html! {<>
        <p class="plot-note">{ words::AXES.get(props.lang) }</p>
        <div class="plot-stack attention-map" {style}>
            <Canvas {draw} {node} {weight} testid={testid::attention("map")} label={label(shown, props.head, props.lang)} />
            <Canvas draw={over} class="over" {onhover} {onpick} {onrelease} />
        </div>
    </>}
}

/// The ribbons.
#[component]
pub fn Lines(props: &LargeProps) -> Html {
    let deps = (props.shown.clone(), props.head, props.lit, props.pinned, props.lang);
    let draw = use_callback(deps, |s: Surface, (shown, head, lit, pinned, lang)| {
        ribbons::draw(&s, &shown.0, *head, *lit, *lang);
        if let Some(p) = pinned {
            let at = ribbons::places(&shown.0, s.width, s.height);
            s.pin(match p.token {
                Some(Token::Asked(k)) => (at.right, at.to_y(k)),
                Some(Token::Asks(_)) | None => (at.left, at.from_y(p.t)),
            });
        }
    });
    let node = use_node_ref();
    let find = {
        let (node, shown) = (node.clone(), props.shown.0.clone());
        move |at: (f64, f64)| {
            let (w, h) = size_of(&node)?;
            let token = ribbons::places(&shown, w, h).token_at(at)?;
            Some(match token {
                Token::Asks(t) => Focus { t, s: None, token: Some(token) },
                Token::Asked(s) => Focus { t: shown.heads.queries.saturating_sub(1), s: Some(s), token: Some(token) },
            })
        }
    };
    let Hands { onhover, onpick, onrelease } = hands(find, props);
    let shown = &props.shown.0;
    let (rows, cols) = (shown.heads.queries, shown.heads.keys);
    let all: usize = (0..rows).map(|t| shown.heads.seen(t)).sum();
    let note = words::RIBBON_NOTE
        .with(props.lang, &[("n", &all.min(ribbons::LINES_MAX).to_string()), ("all", &number::integer(all as u64))]);
    html! {<>
        <div class="plot-stack attention-ribbons" style={format!("height: {:.0}px", Ribbons::height(rows, cols))}>
            <Canvas {draw} {node} weight={3.0} {onhover} {onpick} {onrelease} testid={testid::attention("map")}
                label={label(shown, props.head, props.lang)} />
        </div>
        <p class="plot-note">{ note }</p>
    </>}
}
