//! The strip: input, layers and what runs between them, side by side in a view that scrolls sideways. Only what is in
//! view is drawn and asked for.
//!
//! Not responsible for the settings and inspectors under it (`network.rs`).

use super::add::AddLayer;
use super::card::{Card, Drag, Trouble};
use super::column::{Inside, Units};
use super::dragged::{Dragged, drop_x, layer_at, lit, place_at};
use super::gap::{At, Focus, Gap, Wires};
use super::hover::{HoverProps, Hovered};
use super::model::Model;
use super::part_names;
use super::slim::SlimCard;
use super::stage::Stage;
use super::view::View;
use super::{Rare, rarely};
use crate::i18n::{Lang, network as words};
use crate::spec::{LayerKind, Loss};
use crate::ui::hooks::use_stages;
use crate::ui::netmap::begin::heads;
use crate::ui::netmap::edges::{EDGES_MAX, Edge};
use crate::ui::netmap::edits::{self, Source};
use crate::ui::netmap::layout::{self, ADD_FROM, Layout};
use crate::ui::netmap::robust_max;
use crate::ui::plots::number;
use crate::ui::state::{EditMsg, Msg, Picked, ViewMsg};
use crate::ui::testid;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Strip`].
#[derive(Clone, PartialEq, Properties)]
pub struct StripProps {
    /// The network and its numbers.
    pub model: Rc<Model>,
    /// Where everything stands.
    pub layout: Rc<Layout>,
    /// What is in view.
    pub view: View,
    /// The scrolling element.
    pub node: NodeRef,
    /// Index of the opened card.
    pub open: Option<usize>,
    /// What is picked.
    pub picked: Option<Picked>,
    /// What is wrong, per layer.
    pub troubles: Rc<Vec<Vec<Trouble>>>,
    /// Index of the layer whose code is under the pointer.
    pub lit: Option<usize>,
    /// Where edits go.
    pub emit: Callback<Msg>,
    /// Opens or closes a card's settings.
    pub onopen: Callback<usize>,
}

/// See the module.
#[component]
pub fn Strip(props: &StripProps) -> Html {
    let StripProps { model, layout, view, emit, .. } = props;
    let lang = model.lang;
    let stage = Stage(use_stages(Stage::LAST));
    let hovered = use_state_eq(|| None::<Hovered>);
    let drag = use_state_eq(|| None::<Dragged>);
    let onunit = {
        let hovered = hovered.clone();
        use_callback((), move |u: Option<(usize, usize)>, ()| hovered.set(u.map(Hovered::Unit)))
    };
    let onedge = {
        let hovered = hovered.clone();
        use_callback((), move |at: Option<At>, ()| hovered.set(at.map(Hovered::Edge)))
    };
    let onleave = {
        let hovered = hovered.clone();
        Callback::from(move |_: PointerEvent| hovered.set(None))
    };
    let pick_unit = use_callback(emit.clone(), |(column, unit): (usize, usize), emit| {
        emit.emit(Msg::View(ViewMsg::Pick(Some(Picked::Unit { layer: column.checked_sub(1), unit }))));
    });
    let pick_edge = use_callback(emit.clone(), |at: At, emit| {
        let Edge { from, to, .. } = at.edge;
        emit.emit(Msg::View(ViewMsg::Pick(Some(Picked::Edge { layer: at.layer, from, to }))));
    });
    let onadd = use_callback(emit.clone(), |(at, type_name): (usize, &'static str), emit| {
        emit.emit(Msg::Edit(EditMsg::AddLayer { at, type_name: type_name.to_string() }));
    });
    let ondrag = {
        let set = drag.setter();
        let deps = (layout.clone(), props.node.clone(), emit.clone(), model.clone());
        use_callback(deps, move |d: Drag, (layout, node, emit, model)| match d {
            Drag::Over(x) => set.set(place_at(layout, node, x).map(Dragged::Card)),
            Drag::Link(from, x) => set.set(layer_at(layout, node, x).map(|to| Dragged::Skip(from, to))),
            Drag::Join(from, x) => {
                set.set(None);
                let layers = &model.experiment.model.layers;
                let to = layer_at(layout, node, x);
                if let Some(layers) = to.and_then(|to| edits::skip(layers, &model.infos.layers, from, to)) {
                    emit.emit(Msg::Edit(EditMsg::SetLayers(layers)));
                }
            }
            Drag::Drop(from, x) => {
                if let Some(to) =
                    place_at(layout, node, x).map(|gap| if gap > from { gap - 1 } else { gap }).filter(|to| *to != from)
                {
                    emit.emit(Msg::Edit(EditMsg::MoveLayer { from, to }));
                }
                set.set(None);
            }
            Drag::Cancel => set.set(None),
        })
    };
    let marks = Marks { hovered: (*hovered).clone(), picked: props.picked.clone() };
    let in_view = || layout.columns.iter().enumerate().filter(|(_, c)| view.sees(c.x, c.x + c.w));
    let columns = in_view().filter(|_| stage.has_units()).map(|(i, c)| {
        let inside = model.inside(i, c);
        html! {
            <Units key={format!("u{i}")} column={c.clone()} {inside} marked={marks.unit(i)} name={model.names().column(i)} {lang}
                onhover={onunit.clone()} onpick={pick_unit.clone()} />
        }
    });
    let gaps = if stage.has_gaps() { visible_gaps(props) } else { Vec::new() };
    let max = (EDGES_MAX / gaps.len().max(1)).min(1500);
    let cut = cut_note(layout, &gaps, max, lang);
    let gaps = gaps.into_iter().map(|(i, wires)| {
        let (from, to) = (layout.columns[i].clone(), layout.columns[i + 1].clone());
        html! {
            <Gap key={format!("g{i}")} {from} {to} layer={i} {wires} {max} focus={marks.focus(i)}
                name={model.names().column(i + 1)} {lang} onhover={onedge.clone()} onpick={pick_edge.clone()} />
        }
    });
    let style = format!("width:{}px;height:{}px", layout.width, layout.height + part_names::height(model));
    html! {
        <div class="net-view" onpointerleave={onleave}>
            <div class="net-scroll" ref={props.node.clone()} tabindex="0" role="group" aria-label={words::MODEL.get(lang)}>
                <div class={classes!("net-strip", layout.compact.then_some("net-compact"), layout.slim.then_some("net-slim"))} {style}>
                    // A fragment each: a list that grows must not make its neighbours' elements anew.
                    <>{ for gaps }</>
                    { arcs(model, layout, drag.and_then(Dragged::skip)) }
                    <>{ for columns }</>
                    <>{ for in_view().filter(|_| stage.has_units()).map(|(i, c)| beside(model, layout, i, model.inside(i, c))) }</>
                    { input_card(model, layout) }
                    <>{ for part_names::all(model, layout) }</>
                    { cards(props, stage, &ondrag) }
                    <>{ for places_to_add(layout, view).filter(|_| stage.has_gaps()).map(|(i, x)| html! {
                        <AddLayer key={format!("a{i}")} before={i} {x} {lang} onadd={onadd.clone()} />
                    }) }</>
                    { lit(layout, props.lit) }
                    <>{ for drag.and_then(Dragged::card).map(|gap| html! { <i class="net-drop" style={format!("left:{}px", drop_x(layout, gap))}></i> }) }</>
                </div>
            </div>
            <p class="net-legend"><i></i><small>{ words::LEGEND.get(lang) }<>{ for cut }</></small></p>
            if model.rests() { <p class="plot-note" data-testid={testid::NETWORK_RESTS}>{ words::RESTS.get(lang) }</p> }
            if let Some(h) = (*hovered).clone() {
                { rarely(Rare::Hover(HoverProps { hovered: h, model: model.clone(), layout: layout.clone(), view: *view })) }
            }
        </div>
    }
}

/// What stands out.
struct Marks {
    hovered: Option<Hovered>,
    picked: Option<Picked>,
}

impl Marks {
    /// The outlined unit of a column.
    fn unit(&self, column: usize) -> Option<usize> {
        let picked = match &self.picked {
            Some(Picked::Unit { layer, unit }) => Some((layer.map_or(0, |l| l + 1), *unit)),
            Some(Picked::Edge { .. } | Picked::Cell { .. }) | None => None,
        };
        let hovered = match &self.hovered {
            Some(Hovered::Unit(at)) => Some(*at),
            Some(Hovered::Edge(_)) | None => None,
        };
        hovered.filter(|(c, _)| *c == column).or(picked.filter(|(c, _)| *c == column)).map(|(_, u)| u)
    }

    /// What stands out in the gap into layer `i`.
    fn focus(&self, i: usize) -> Focus {
        let picked = match &self.picked {
            Some(Picked::Edge { layer, from, to }) if *layer == i => Some((*from, *to)),
            Some(Picked::Edge { .. } | Picked::Unit { .. } | Picked::Cell { .. }) | None => None,
        };
        match &self.hovered {
            Some(Hovered::Edge(at)) if at.layer == i => {
                Focus { edge: Some((at.edge.from, at.edge.to)), ..Focus::default() }
            }
            Some(Hovered::Unit((column, u))) => {
                Focus { edge: picked, from: (*column == i).then_some(*u), to: (*column == i + 1).then_some(*u) }
            }
            Some(Hovered::Edge(_)) | None => Focus { edge: picked, ..Focus::default() },
        }
    }
}

/// Gaps in view with what runs through them.
fn visible_gaps(props: &StripProps) -> Vec<(usize, Wires)> {
    let StripProps { model, layout, view, .. } = props;
    let layers = &model.experiment.model.layers;
    let in_view = |i: &usize| view.sees(layout.columns[*i].body_right(), layout.columns[i + 1].body_x);
    let reads_before =
        |i: &usize| edits::sources(layers, *i).contains(&i.checked_sub(1).map_or(Source::Input, Source::Layer));
    let wires = |i: usize| {
        let wires = if layout::has_edges(layers, &model.infos.layers, &layout.columns, i) {
            model.weight(i).map_or(Wires::Waiting, Wires::Weights)
        } else if layout::one_to_one(layers, &layout.columns, i) {
            Wires::OneToOne
        } else {
            Wires::Ribbon
        };
        (i, wires)
    };
    let beside = |i: &usize| model.experiment.model.is_beside(*i);
    let gaps = (0..layout.columns.len() - 1).filter(in_view).filter(reads_before);
    gaps.filter(|i| !beside(i)).map(wires).collect()
}

/// Says so where not every connection is drawn.
fn cut_note(layout: &Layout, gaps: &[(usize, Wires)], max: usize, lang: Lang) -> Option<String> {
    let sizes = gaps.iter().filter(|(_, w)| matches!(w, Wires::Weights(_))).map(|(i, _)| {
        let n = layout.columns[*i].shown * layout.columns[i + 1].shown;
        (n.min(max), n)
    });
    let (drawn, all) = sizes.fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    (drawn < all).then(|| {
        format!(
            " · {}",
            words::EDGES_CUT
                .with(lang, &[("n", &number::integer(drawn as u64)), ("all", &number::integer(all as u64))])
        )
    })
}

/// The places for a new layer near what is in view, with where their buttons stand.
fn places_to_add(layout: &Layout, view: &View) -> impl Iterator<Item = (usize, f64)> {
    let place = |i: usize| {
        let a = &layout.columns[i];
        (i, layout.columns.get(i + 1).map_or(a.x + a.w + 20.0, |b| (a.x + a.w + b.x) / 2.0))
    };
    let room = !layout.slim || layout.columns.first().is_some_and(|c| c.w >= ADD_FROM);
    (0..(layout.columns.len() - 1).max(1)).map(place).filter(move |(_, x)| room && view.is_near(*x, *x))
}

fn cards(props: &StripProps, stage: Stage, ondrag: &Callback<Drag>) -> Html {
    let StripProps { model, layout, view, open, troubles, emit, onopen, .. } = props;
    let layers = &model.experiment.model.layers;
    let then = match model.experiment.task.loss() {
        Loss::CrossEntropy { .. } => Some("softmax"),
        Loss::Bce => Some("sigmoid"),
        Loss::Mse | Loss::HalfMse | Loss::Mae | Loss::Huber { .. } | Loss::Hinge { .. } => None,
    };
    let card = |(i, (layer, info)): (usize, (&crate::spec::Layer, &crate::spec::shape::LayerInfo))| {
        let c = &layout.columns[i + 1];
        if layout.slim {
            return html! {
                <SlimCard key={format!("c{i}")} at={i} count={layers.len()} layer={layer.clone()} info={info.clone()} place={(c.x, c.w)}
                    open={*open == Some(i)} troubles={troubles.get(i).cloned().unwrap_or_default()} lang={model.lang}
                    emit={emit.clone()} onopen={onopen.clone()} />
            };
        }
        let last_dense = i + 1 == layers.len() && matches!(layer.kind, LayerKind::Dense(_));
        html! {
            <Card key={format!("c{i}")} at={i} count={layers.len()} layer={layer.clone()} info={info.clone()}
                then={then.filter(|_| last_dense)} place={(c.x, c.w)} near={view.is_near(c.x, c.x + c.w)} open={*open == Some(i)}
                troubles={troubles.get(i).cloned().unwrap_or_default()} lang={model.lang} emit={emit.clone()}
                onopen={onopen.clone()} ondrag={ondrag.clone()} />
        }
    };
    let here = |i: &usize| {
        let c = &layout.columns[i + 1];
        view.is_near(c.x, c.x + c.w) && stage.has_cards() || stage.has_card(*i, layers.len())
    };
    let all = layers.iter().zip(&model.infos.layers).enumerate();
    html! { <>{ for all.filter(|(i, _)| here(i)).map(card) }</> }
}

fn input_card(model: &Model, layout: &Layout) -> Html {
    let (c, lang) = (&layout.columns[0], model.lang);
    if model.begin.is_noise() {
        let n = number::integer(c.units as u64);
        return html! {
            <div class="net-card net-input" data-testid={testid::NET_NOISE} style={format!("left:{}px;width:{}px", c.x, c.w)}>
                <div class="net-title"><b>{ words::NOISE.get(lang) }</b></div>
                <div class="net-sum">{ words::NOISE_OF.with(lang, &[("n", &n)]) }</div>
            </div>
        };
    }
    let shape = match model.data.input.as_slice() {
        [n] if model.data.tokens.is_some() => words::TOKENS.with(lang, &[("n", &n.to_string())]),
        [n] => words::FEATURES.with(lang, &[("n", &n.to_string())]),
        more => crate::spec::shape::show(more),
    };
    html! {
        <div class="net-card net-input" style={format!("left:{}px;width:{}px", c.x, c.w)}>
            <div class="net-title"><b>{ words::INPUT.get(lang) }</b></div>
            <div class="net-sum">{ shape }</div>
        </div>
    }
}

/// Names beside the tiles, and how many units are not drawn.
fn beside(model: &Model, layout: &Layout, i: usize, inside: Inside) -> Html {
    use layout::Picture;
    let c = &layout.columns[i];
    let is_last = i + 1 == model.infos.layers.len() + 1;
    let names: &[String] = match c.picture {
        _ if layout.slim => &[],
        Picture::Map if i == 0 => &model.data.feature_names,
        _ if is_last && i > 0 && c.per_row == 1 => model.begin.outputs(c.units),
        _ => &[],
    };
    let name = |(u, n): (usize, &String)| {
        let (x, y) = c.tile_at(u);
        let place =
            if i == 0 { format!("right:calc(100% - {}px)", x - 6.0) } else { format!("left:{}px", x + c.tile.0 + 7.0) };
        html! { <span class="net-label" style={format!("{place};top:{}px", y + c.tile.1 / 2.0)}>{ n }</span> }
    };
    let mut below = Vec::new();
    if c.units > c.shown && !matches!(c.picture, Picture::Block | Picture::Times(_)) {
        below.push(words::MORE.with(model.lang, &[("n", &number::integer((c.units - c.shown) as u64))]));
    }
    match c.picture {
        Picture::Sample(_) => below.push(words::SAMPLE.get(model.lang).to_string()),
        Picture::Map | Picture::Weights(_) | Picture::Strip => below.extend(scale_of(&inside)),
        Picture::Channel(_) | Picture::Times(_) => below.extend(scale_of(&inside)),
        Picture::Cell | Picture::Block => {}
    }
    html! {
        <>
            <>{ for names.iter().take(c.shown).enumerate().map(name) }</>
            if !below.is_empty() && !layout.slim {
                <span class="net-more" style={format!("left:{}px;top:{}px", c.x + c.w / 2.0, c.top + c.body_h() + 4.0)}>{ below.join(" · ") }</span>
            }
        </>
    }
}

/// Full colour of a column's scale, on its own line of sight: `±0.98`.
fn scale_of(inside: &Inside) -> Option<String> {
    let all = inside.all();
    (!all.is_empty())
        .then(|| format!("±{}", number::short(f64::from(format!("{:.1e}", robust_max(all)).parse().unwrap_or(0.0f32)))))
}

/// Connections that skip columns, as arcs under the units.
fn arcs(model: &Model, layout: &Layout, drawn: Option<(usize, usize)>) -> Html {
    let layers = &model.experiment.model.layers;
    let column = |s: &Source| match s {
        Source::Input => Some(0),
        Source::Layer(i) => Some(i + 1),
        Source::Missing(_) => None,
    };
    let pairs = (0..layout.columns.len() - 1)
        .filter(|i| layers[*i].from.is_some())
        .flat_map(|i| {
            edits::sources(layers, i).iter().filter_map(column).map(move |from| (from, i + 1)).collect::<Vec<_>>()
        })
        .filter(|(from, to)| from + 1 != *to)
        .chain(heads(&model.experiment.model));
    let arc = |(from, to): (usize, usize)| {
        let (a, b) = (&layout.columns[from], &layout.columns[to]);
        let foot = |c: &layout::Column| (c.body_x + c.body_w / 2.0, c.top + c.body_h() + 20.0);
        let ((x0, y0), (x1, y1)) = (foot(a), foot(b));
        // The names of parts stand right below.
        let low = layout.height - if model.experiment.model.place(0).is_some() { 16.0 } else { 6.0 };
        let bow = ((x1 - x0) * 0.25).min(60.0);
        let d = format!(
            "M{x0} {y0}C{x0} {low} {x0} {low} {} {low}L{} {low}C{x1} {low} {x1} {low} {x1} {y1}",
            x0 + bow,
            x1 - bow
        );
        html! { <path {d} marker-end="url(#net-arrow)" /> }
    };
    let paths: Vec<Html> = pairs.chain(drawn).map(arc).collect();
    if paths.is_empty() {
        return Html::default();
    }
    html! {
        <svg class="net-arcs" width={layout.width.to_string()} height={layout.height.to_string()} aria-hidden="true">
            <defs>
                <marker id="net-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                    <path d="M0 0L8 4L0 8z" class="net-head" />
                </marker>
            </defs>
            { for paths }
        </svg>
    }
}
