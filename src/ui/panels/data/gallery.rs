//! Thumbnails of data sets, and the groups that they stand in.
//!
//! Not responsible for what choosing one does.

use super::icons::icon;
use crate::i18n::sets::set_text;
use crate::i18n::{Lang, Text, data as words};
use crate::spec::sets::{SetInfo, SetKind, sets};
use crate::ui::hooks::use_stages;
use crate::ui::plots::color;
use crate::ui::sketch::{SIDE, Sketch, sketch};
use crate::ui::testid;
use yew::prelude::*;

/// Properties of [`Near`].
#[derive(Clone, PartialEq, Properties)]
pub struct NearProps {
    /// Language.
    pub lang: Lang,
    /// The chosen set.
    pub set: AttrValue,
    /// The set whose editor is open, if another one.
    pub editing: Option<&'static str>,
    /// Another set was chosen.
    pub onchoose: Callback<&'static str>,
    /// The pointer or the keyboard is at this set.
    pub onpoint: Callback<Option<&'static str>>,
}

/// The sets of the same group: the nearest other choices. All of them are in the gallery.
#[component]
pub fn Near(props: &NearProps) -> Html {
    let drawn = use_stages(1) > 0;
    let shown: &str = props.editing.unwrap_or(&props.set);
    let kind = sets().iter().find(|s| s.name == shown).map(|s| s.kind);
    let group = GROUPS.iter().find(|(_, holds)| kind.is_some_and(|k| holds(&k)));
    let Some((title, holds)) = group else { return Html::default() };
    let members = sets().iter().filter(|s| holds(&s.kind));
    html! {
        <div class="gallery" role="group" aria-label={title.get(props.lang)}>
            <div class="thumbs">{ for members.map(|s| view_thumb(props, s, drawn)) }</div>
        </div>
    }
}

/// Its heading, and what belongs to it.
pub type Group = (Text, fn(&SetKind) -> bool);

/// Data sets in the order of lessons; `random` is for measuring: it stands in no group.
pub const GROUPS: [Group; 8] = [
    (words::SHAPES, |k| matches!(k, SetKind::Shape(_))),
    (words::FUNCTIONS, |k| matches!(k, SetKind::Surface(_))),
    (words::IMAGES, |k| matches!(k, SetKind::Pictures { .. })),
    (words::TABLES, |k| matches!(k, SetKind::Table(_))),
    (words::TEXTS, |k| matches!(k, SetKind::Text(_))),
    (words::SERIES, |k| matches!(k, SetKind::Series(_))),
    (words::SEQUENCES, |k| matches!(k, SetKind::Task(_))),
    (words::OWN, |k| {
        matches!(
            k,
            SetKind::Formula
                | SetKind::Points
                | SetKind::OwnPictures
                | SetKind::OwnText
                | SetKind::Csv
                | SetKind::OwnSeries
        )
    }),
];

fn view_thumb(props: &NearProps, set: &'static SetInfo, drawn: bool) -> Html {
    let name = set.name;
    let label = set_text(name).map_or(name, |t| t.name.get(props.lang));
    let chosen = props.set == name;
    let point = |at: Option<&'static str>| {
        let onpoint = props.onpoint.clone();
        move || onpoint.emit(at)
    };
    let (enter, leave, focus, blur) = (point(Some(name)), point(None), point(Some(name)), point(None));
    let onclick = props.onchoose.reform(move |_: MouseEvent| name);
    html! {
        <button type="button" key={name} class={classes!("thumb", (props.editing == Some(name)).then_some("thumb-editing"))}
            data-testid={testid::dataset(name)} aria-label={label} aria-pressed={chosen.to_string()} {onclick}
            onpointerenter={move |_| enter()} onpointerleave={move |_| leave()}
            onfocus={move |_| focus()} onblur={move |_| blur()}>
            <Thumb set={name} {drawn} />
        </button>
    }
}

/// Properties of [`Thumb`].
#[derive(Clone, PartialEq, Properties)]
pub struct ThumbProps {
    /// The set.
    pub set: &'static str,
    /// Whether its turn has come; its place is kept before.
    pub drawn: bool,
}

/// The drawing of one set; made once, because its properties change once at most.
#[component]
pub fn Thumb(props: &ThumbProps) -> Html {
    let draw = || sketch(props.set).map_or_else(|| icon(props.set), |s| view_sketch(&s));
    let drawing = props.drawn.then(draw);
    html! { <svg viewBox={format!("0 0 {SIDE} {SIDE}")} aria-hidden="true">{ drawing }</svg> }
}

/// A sketch as SVG.
pub fn view_sketch(sketch: &Sketch) -> Html {
    let cap = if sketch.dots { "round" } else { "square" };
    // Square caps overhang zero-length strokes by half a width on each side, just as round ones do.
    let paths = sketch.marks.iter().map(|m| {
        html! {
            <path d={m.path.clone()} fill="none" stroke={color::hex(m.color)} stroke-opacity={m.opacity.to_string()}
                stroke-width={sketch.width.to_string()} stroke-linecap={cap} />
        }
    });
    let rendering = (!sketch.dots).then_some("crispEdges");
    html! { <g shape-rendering={rendering}>{ for paths }</g> }
}
