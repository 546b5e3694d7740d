//! A thumbnail of every data set, in groups.
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

/// Properties of [`Gallery`].
#[derive(Clone, PartialEq, Properties)]
pub struct GalleryProps {
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

/// See the module.
#[component]
pub fn Gallery(props: &GalleryProps) -> Html {
    let drawn = use_stages(GROUPS.len());
    html! {
        <div class="gallery" role="group" aria-label={words::SETS.get(props.lang)}>
            { for GROUPS.iter().enumerate().map(|(i, group)| view_group(props, *group, i < drawn)) }
        </div>
    }
}

type Group = (Text, fn(&SetKind) -> bool);

/// `random` is for measuring: it stands in no group.
const GROUPS: [Group; 8] = [
    (words::SHAPES, |k| matches!(k, SetKind::Shape(_))),
    (words::FUNCTIONS, |k| matches!(k, SetKind::Surface(_))),
    (words::IMAGES, |k| matches!(k, SetKind::Pictures { .. })),
    (words::TABLES, |k| matches!(k, SetKind::Table(_))),
    (words::TEXTS, |k| matches!(k, SetKind::Text(_))),
    (words::SERIES, |k| matches!(k, SetKind::Series(_))),
    (words::SEQUENCES, |k| matches!(k, SetKind::Task(_))),
    (words::OWN, |k| {
        matches!(k, SetKind::Formula | SetKind::Points | SetKind::OwnPictures | SetKind::OwnText | SetKind::Csv)
    }),
];

fn view_group(props: &GalleryProps, (title, holds): Group, drawn: bool) -> Html {
    let members = sets().iter().filter(|s| holds(&s.kind));
    html! {
        <div class="gallery-group" role="group" aria-label={title.get(props.lang)}>
            <h3>{ title.get(props.lang) }</h3>
            <div class="thumbs">{ for members.map(|s| view_thumb(props, s, drawn)) }</div>
        </div>
    }
}

fn view_thumb(props: &GalleryProps, set: &'static SetInfo, drawn: bool) -> Html {
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
