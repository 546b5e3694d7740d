//! What comes out of a layer for one example, channel by channel, while the network learns; and how one number of it came
//! about.
//!
//! Not responsible for the arithmetic (`inside::walk`) nor for the example (`panels::inside::example`).

mod grid;
mod moves;
mod walk;

use super::Panel;
use super::filters::layer_choice;
use crate::i18n::{Lang, maps as words};
use crate::protocol::{FrameRequest, LookRequest, Want};
use crate::ui::frame_data::FrameData;
use crate::ui::hooks::{use_look, use_pin, use_width};
use crate::ui::inside::places::Place;
use crate::ui::inside::walk::Spot;
use crate::ui::panels::inside::example::InsideProps;
use crate::ui::plots::controls::choice;
use crate::ui::plots::names::layer_label;
use crate::ui::plots::reading::Hand;
use crate::ui::same::Same;
use crate::ui::testid;
use grid::Grid;
use moves::Moves;
use std::rc::Rc;
use walk::Walk;
use yew::prelude::*;

/// One layer's numbers for the example, all of one step.
pub struct Seen {
    /// The layer.
    pub place: Place,
    /// Height, width and channels of what comes out.
    pub shape: [usize; 3],
    /// What comes out, `(H, W, C)`.
    pub maps: Rc<[f32]>,
    /// What goes in, where a window slides over it.
    pub input: Option<Rc<[f32]>>,
    /// Weights of a convolution.
    pub weight: Option<Rc<[f32]>>,
    /// Its bias.
    pub bias: Option<Rc<[f32]>>,
    /// Step of the network.
    pub step: u64,
}

/// How much larger pictures are where there is more room: an enlarged panel shows more, not only more beside each other.
fn grown(width: f64) -> f64 {
    (width / 680.0).clamp(1.0, 2.0)
}

/// Why there is nothing to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nothing {
    Waiting,
    TooLarge,
}

/// Values to look at for a layer.
fn asked(place: &Place) -> Vec<String> {
    let mut names = vec![place.name.clone()];
    if place.window().is_some() {
        names.push(place.input.clone());
        names.extend(["weight", "bias"].iter().filter_map(|k| Some(place.param(k)?.0)));
    }
    names
}

impl Seen {
    fn new(data: &FrameData, place: &Place) -> Result<Seen, Nothing> {
        let look = data.look(testid::PANEL_FEATURE_MAPS).ok_or(Nothing::Waiting)?;
        if look.left_out.contains(&place.name) {
            return Err(Nothing::TooLarge);
        }
        let value = |name: &str, shape: &[usize]| {
            let v = look.values.iter().find(|v| v.name == name && v.shape == shape)?;
            data.arrays.get(v.buffer).cloned()
        };
        let param = |kind: &str| place.param(kind).and_then(|(name, shape)| value(&name, shape));
        Ok(Seen {
            place: place.clone(),
            shape: place.image().ok_or(Nothing::Waiting)?,
            maps: value(&place.name, &place.shape).ok_or(Nothing::Waiting)?,
            input: place.window().and_then(|_| value(&place.input, &place.shape_in)),
            weight: param("weight"),
            bias: param("bias"),
            step: look.step,
        })
    }
}

/// The panel.
#[component]
pub fn FeatureMapsPanel(props: &InsideProps) -> Html {
    let InsideProps { state, net, .. } = props;
    let lang = state.page.lang;
    let chosen = use_state_eq(|| None::<String>);
    let own = use_state_eq(|| false);
    let pin = use_pin::<Spot>();
    let node = use_node_ref();
    let width = use_width(&node, 640.0);
    let data = use_look(&state.0, testid::PANEL_FEATURE_MAPS);
    let places = net.mapped();
    let found = chosen.as_ref().and_then(|name| places.iter().find(|p| p.name == *name));
    let first = places.iter().find(|p| p.has_filters()).or(places.first());
    let place: Option<Place> = found.or(first).map(|p| Place::clone(p));
    let seen = use_memo((data.map(Same), place.clone()), |(data, place)| {
        let (data, place) = (data.as_ref().ok_or(Nothing::Waiting)?, place.as_ref().ok_or(Nothing::Waiting)?);
        Seen::new(&data.0, place).map(Rc::new)
    });
    // Where most happens when the layer is first seen; it stays there, so that numbers can be followed.
    let first_spot = use_memo((place.as_ref().map(|p| p.name.clone()), seen.is_ok()), |_| {
        seen.as_ref().as_ref().map_or(Spot::default(), |seen| Spot::strongest(&seen.maps, seen.shape))
    });
    let Some(place) = place else {
        return html! {
            <Panel id={testid::PANEL_FEATURE_MAPS} title={words::TITLE.get(lang)}>
                <p class="plot-note">{ words::NONE.get(lang) }</p>
            </Panel>
        };
    };
    let gone = chosen.as_ref().filter(|name| **name != place.name).map(|name| {
        let layer = |name: &str| layer_label(name, &net.layers, lang);
        words::GONE.with(lang, &[("layer", &layer(name)), ("now", &layer(&place.name))])
    });
    let (key, example) = (testid::PANEL_FEATURE_MAPS.to_string(), state.view.example.as_ref().clone());
    let look = LookRequest { key, example, values: asked(&place), ..LookRequest::default() };
    let wants = FrameRequest::of([Want::Look(look)]);
    let onlayer = {
        let (chosen, release) = (chosen.setter(), pin.does(|()| Hand::Release));
        Callback::from(move |name: String| {
            chosen.set(Some(name));
            release.emit(());
        })
    };
    let (onhover, onrelease) = (pin.does(Hand::Point), pin.onrelease());
    // A field keeps a place; a click keeps it, or lets go of it.
    let (onkeep, onpick) = (pin.does(Hand::Keep), pin.does(|spot: Spot| Hand::Pick(Some(spot))));
    let mark = pin.mark(&testid::maps("grid"), lang);
    let name = layer_label(&place.name, &net.layers, lang);
    let body = match &*seen {
        Err(why) => {
            let why = if *why == Nothing::TooLarge { words::TOO_LARGE } else { words::WAITING };
            html! { <p class="plot-empty tall">{ why.get(lang) }</p> }
        }
        Ok(seen) => {
            let shape = seen.shape;
            let rest = pin.pinned().unwrap_or(*first_spot).within(shape);
            let now = pin.at().map_or(rest, |at| at.within(shape));
            let pinned = pin.pinned().is_some();
            let seen = Same(seen.clone());
            html! {<>
                <Grid seen={seen.clone()} own={*own} {width} {name} {lang} spot={rest} {pinned} {mark} onpin={onpick.clone()}
                    onrelease={onrelease.clone()} />
                <Moves {shape} spot={rest} {lang} onpin={onkeep} />
                <Walk {seen} own={*own} spot={now} scale={grown(width)} {lang} onpin={onpick} {onhover} {onrelease} />
            </>}
        }
    };
    html! {
        <Panel id={testid::PANEL_FEATURE_MAPS} title={words::TITLE.get(lang)} {wants} what={words::WHAT.get(lang)}
            enlarge=true export=true tools={layer_choice(&places, &place, net, lang, testid::maps("layer"), onlayer)}>
            <div ref={node}>
                if let Some(gone) = gone { <p class="plot-note" data-testid={testid::maps("gone")}>{ gone }</p> }
                { scales(*own, own.setter(), lang) }
                { body }
            </div>
        </Panel>
    }
}

fn scales(own: bool, set: UseStateSetter<bool>, lang: Lang) -> Html {
    let scales = [
        (words::COMMON_SCALE.get(lang), testid::MAPS_COMMON_SCALE),
        (words::OWN_SCALE.get(lang), testid::MAPS_OWN_SCALE),
    ];
    let pick = Callback::from(move |i| set.set(i == 1));
    html! { <div class="plot-controls">{ choice(words::SCALE.get(lang), &scales, usize::from(own), pick) }</div> }
}
