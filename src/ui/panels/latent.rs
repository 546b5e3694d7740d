//! The map of codes: test rows where the encoder puts them, and what the decoder makes of any place; the way between two
//! places, what each number of a variational code holds, and samples from the prior.
//!
//! Not responsible for arithmetic (`ui::inside::codes`) nor for any number of the network (the worker's).

mod held;
mod made;
mod map;

use super::Panel;
use super::inside::example::InsideProps;
use super::output::tile::is_picture;
use crate::i18n::{Lang, coder as words, output};
use crate::protocol::{FrameRequest, PartAnswer, PartRequest, PartRows, Want};
use crate::spec::model::PartName;
use crate::spec::{DataInfo, TaskKind};
use crate::ui::frame_data::FrameData;
use crate::ui::hooks::use_pin;
use crate::ui::inside::codes::{Codes, Place, between};
use crate::ui::plots::number;
use crate::ui::same::Same;
use crate::ui::testid;
use made::Made;
use map::Map;
use std::rc::Rc;
use yew::prelude::*;

/// Test rows in the map.
const ROWS: usize = 500;
/// Answers behind the map, a side: fewer while the network trains, since every one is a sample less to train on.
const GRID: usize = 8;
/// The same while it rests.
const GRID_RESTING: usize = 12;
/// Steps of the way between two places.
const FILM: usize = 8;
/// Samples of the prior: pictures.
const PICTURES: usize = 16;
/// Samples of the prior: points.
const POINTS: usize = 200;

/// What the frame says of the parts.
#[derive(Clone, Debug, Default, PartialEq)]
struct Answers {
    /// Whose they are.
    run: u32,
    codes: Option<Codes>,
    /// Answers to the grid, row-major.
    grid: Rc<[f32]>,
    /// The places asked about last, and the answers to them.
    asked: Vec<Vec<f32>>,
    given: Rc<[f32]>,
    noise: Rc<[f32]>,
}

impl Answers {
    fn of(frame: &FrameData, distributions: bool) -> Answers {
        let mut out = Answers { run: frame.frame.status.run, ..Answers::default() };
        for PartAnswer { request, values, labels } in frame.frame.parts() {
            let array = frame.arrays.get(values.buffer).cloned().unwrap_or_else(|| Rc::from([]));
            match (request.part, &request.rows) {
                (PartName::Encoder, PartRows::Test { .. }) => {
                    let rows = values.shape.first().copied().unwrap_or(0);
                    out.codes = Codes::new(&array, rows, distributions, labels);
                }
                (PartName::Decoder, PartRows::Grid { .. }) => out.grid = array,
                (PartName::Decoder, PartRows::Noise { .. }) => out.noise = array,
                (PartName::Decoder, PartRows::Given { rows }) => {
                    out.asked.clone_from(rows);
                    out.given = array;
                }
                _ => {}
            }
        }
        out
    }
}

/// A place as it is written.
fn written((x, y): Place, width: usize) -> String {
    let [x, y] = [x, y].map(|v| number::fixed(v, 2));
    if width == 1 { x } else { format!("({x}, {y})") }
}

/// The name of a class.
fn class_name(info: &DataInfo, class: usize) -> String {
    info.class_names.get(class).cloned().unwrap_or_else(|| class.to_string())
}

fn of_decoder(rows: PartRows) -> Want {
    Want::Part(PartRequest { part: PartName::Decoder, rows })
}

/// The panel.
#[component]
pub fn LatentPanel(props: &InsideProps) -> Html {
    let InsideProps { state, net, .. } = props;
    let (lang, info) = (state.page.lang, &net.data);
    let vae = matches!(state.edit.experiment.task.kind, TaskKind::Vae(_));
    let pin = use_pin::<Place>();
    let (last, seed) = (use_mut_ref(|| (0.0, 0.0)), use_state_eq(|| 1_u32));
    let ends = use_state_eq(|| [(-1.0, 0.0), (1.0, 0.0)]);
    {
        // The way leads from what was pinned before to what is pinned now.
        let ends = ends.clone();
        use_effect_with(pin.pinned(), move |now| {
            if let Some(now) = now.filter(|now| *now != ends[1]) {
                ends.set([ends[1], now]);
            }
        });
    }
    let kept = use_mut_ref(Answers::default);
    let answers = use_memo((Same(state.run.frame.clone()), vae), |(frame, vae)| {
        let mut now = Answers::of(&frame.0, *vae);
        // A brief frame lacks what another place of the map has just asked for anew.
        let old = Some(kept.take()).filter(|old| old.run == now.run).unwrap_or_default();
        if now.given.is_empty() {
            (now.asked, now.given) = (old.asked, old.given);
        }
        now.codes = now.codes.or(old.codes);
        kept.replace(now.clone());
        now
    });
    let Some(codes) = answers.codes.clone().filter(|c| c.width > 0) else {
        let test = PartRequest { part: PartName::Encoder, rows: PartRows::Test { n: ROWS } };
        return html! {
            <Panel id={testid::PANEL_LATENT} title={words::TITLE.get(lang)} wants={FrameRequest::of([Want::Part(test)])}
                what={words::WHAT.get(lang)} enlarge=true export=true>
                <div class="plot-stack" style="height: 160px"><p class="plot-empty">{ output::WAITING.get(lang) }</p></div>
            </Panel>
        };
    };
    // What was pointed at last stays, so that a finger may leave.
    let at = pin.at().unwrap_or(*last.borrow());
    last.replace(at);
    let (a, b) = (ends[0], ends[1]);
    let given = std::iter::once(at).chain(between(a, b, FILM)).map(|p| codes.whole(p)).collect();
    let draws = is_picture(&info.input) || info.plane;
    let side = if state.run.playing { GRID } else { GRID_RESTING };
    let half = (codes.reach() * (1.0 - 1.0 / side as f64)) as f32;
    let mut wants = vec![
        Want::Part(PartRequest { part: PartName::Encoder, rows: PartRows::Test { n: ROWS } }),
        of_decoder(PartRows::Given { rows: given }),
    ];
    if draws {
        wants.push(of_decoder(PartRows::Grid { side, half }));
    }
    if draws && vae {
        let n = if info.plane { POINTS } else { PICTURES };
        wants.push(of_decoder(PartRows::Noise { n, seed: *seed }));
    }
    let codes = Same(Rc::new(codes));
    let other = {
        let seed = seed.clone();
        Callback::from(move |_: MouseEvent| seed.set(seed.wrapping_add(1)))
    };
    html! {
        <Panel id={testid::PANEL_LATENT} title={words::TITLE.get(lang)} wants={FrameRequest::of(wants)} what={words::WHAT.get(lang)}
            enlarge=true export=true>
            <div class="latent">
                <div class="latent-map">
                    <Map inside={props.clone()} codes={codes.clone()} grid={Same(answers.grid.clone())} ends={[a, b]} at={at}
                        pinned={pin.pinned()} onpoint={pin.does(crate::ui::plots::reading::Hand::Point)}
                        onpick={pin.does(crate::ui::plots::reading::Hand::Pick)} onrelease={pin.onrelease()} {vae} />
                    <p class="legend readout" data-testid={testid::latent("readout")}>
                        { read(&codes, at, info, lang) }{ " " }{ pin.mark(&testid::latent("map"), lang) }
                    </p>
                    if codes.width > 2 { <p class="plot-note">{ words::FURTHER.with(lang, &[("n", &codes.width.to_string())]) }</p> }
                    if vae { <p class="plot-note">{ words::PRIOR.get(lang) }</p> }
                </div>
                <Made inside={props.clone()} answers={Same(answers)} width={codes.width} ends={[a, b]} seed={*seed} onother={other} {vae} />
                if vae { { held::view(&codes.kl, lang) } }
            </div>
        </Panel>
    }
}

/// The place that is read, and whose code is near.
fn read(codes: &Codes, at: Place, info: &DataInfo, lang: Lang) -> String {
    let place = words::AT.with(lang, &[("at", &written(at, codes.width))]);
    let near = codes.nearest(at).map(|c| words::NEAREST.with(lang, &[("name", &class_name(info, c))]));
    [Some(place), near].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
