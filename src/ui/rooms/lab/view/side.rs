//! One network: its settings, how it fares, and what is wrong with it.
//!
//! Not responsible for what both have in common (`bar.rs`).

use crate::i18n::{Lang, lab as words, network, sentences, setup as setup_words};
use crate::spec::optimizer::CLIP_RANGE;
use crate::spec::{Activation, Field, Init, InitKind, OptimizerKind};
use crate::ui::form::scale::{Limits, Scale};
use crate::ui::form::{Choice, Item, NumberField, Toggle, say};
use crate::ui::panels::Panel;
use crate::ui::plots::number;
use crate::ui::rooms::lab::setup::{DEPTH_MAX, Norm, Setup, WIDTH_MAX, Which};
use crate::ui::rooms::lab::state::{LabMsg, LabState, Phase, Side};
use crate::ui::testid;
use yew::prelude::*;

/// Properties of [`SideCard`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SideProps {
    /// Which.
    pub which: Which,
    /// Its settings.
    pub setup: Setup,
    /// The other side's.
    pub other: Setup,
    /// Where messages go.
    pub emit: Callback<LabMsg>,
    /// Language.
    pub lang: Lang,
    /// How it fares.
    pub children: Html,
}

/// See the module. Drawn again only when its own settings change: a number being typed must not be overwritten.
#[component]
pub fn SideCard(props: &SideProps) -> Html {
    let SideProps { which, setup, other, emit, lang, .. } = props.clone();
    let name = which.name();
    let other_name = which.other().name();
    let copy = emit.reform(move |_: MouseEvent| LabMsg::Setup(which, other));
    let tools = html! {
        <button type="button" class="quiet small" data-testid={testid::lab_side(which.letter(), "copy")}
            title={words::COPY_HELP.get(lang)} disabled={setup == other} onclick={copy}>
            { words::COPY.with(lang, &[("other", other_name)]) }
        </button>
    };
    html! {
        <Panel id={testid::LAB_SIDES[which.index()]} title={words::SIDE.with(lang, &[("name", name)])} {tools}
            what={words::SIDE_WHAT.get(lang)}>
            { props.children.clone() }
            <div class="lab-fields">
                { shape_fields(props) }
                { init_fields(props) }
                { training_fields(props) }
            </div>
        </Panel>
    }
}

fn id(props: &SideProps, part: &str) -> AttrValue {
    testid::lab_side(props.which.letter(), part).into()
}

/// A callback that changes one thing of the set-up.
fn on<T: 'static>(props: &SideProps, change: impl Fn(&mut Setup, T) + 'static) -> Callback<T> {
    let (which, setup) = (props.which, props.setup);
    props.emit.reform(move |value: T| {
        let mut next = setup;
        change(&mut next, value);
        LabMsg::Setup(which, next)
    })
}

fn shape_fields(props: &SideProps) -> Html {
    let (s, lang) = (&props.setup, props.lang);
    let depths = Scale::Linear { min: 1.0, max: DEPTH_MAX as f64, step: 1.0 };
    let activations: Vec<Item> = Activation::ALL.iter().map(|a| Item::new(a.name(), a.name())).collect();
    let norms: Vec<Item> = Norm::ALL.iter().map(|n| Item::new(n.name(), words::norm(n.name()).get(lang))).collect();
    html! {<>
        <NumberField id={id(props, "depth")} {lang} label={words::DEPTH.get(lang)} help={words::DEPTH_HELP.get(lang)}
            value={s.depth as f64} limits={Limits::whole(1.0, DEPTH_MAX as f64)} scale={depths}
            onchange={on(props, |s, v: f64| s.depth = v as usize)} />
        <NumberField id={id(props, "width")} {lang} label={words::WIDTH.get(lang)} help={words::WIDTH_HELP.get(lang)}
            value={s.width as f64} limits={Limits::whole(1.0, WIDTH_MAX as f64)} scale={Scale::doubling(1, WIDTH_MAX)}
            onchange={on(props, |s, v: f64| s.width = v as usize)} />
        <Choice id={id(props, "activation")} label={network::ACTIVATION.get(lang)} help={s.activation.formula()}
            items={activations} value={s.activation.name()}
            onchange={on(props, |s, name: String| s.activation = Activation::from_name(&name).unwrap_or(s.activation))} />
        <Choice id={id(props, "norm")} label={words::NORM.get(lang)} help={words::NORM_HELP.get(lang)} items={norms}
            value={s.norm.name()} onchange={on(props, |s, name: String| {
                s.norm = Norm::ALL.into_iter().find(|n| n.name() == name).unwrap_or(s.norm);
            })} />
        <Toggle id={id(props, "skip")} label={words::SKIP.get(lang)} help={words::SKIP_HELP.get(lang)} on={s.skip}
            onchange={on(props, |s, on: bool| s.skip = on)} />
    </>}
}

fn init_fields(props: &SideProps) -> Html {
    let (s, lang) = (&props.setup, props.lang);
    let (kind, number) = s.init.parts();
    let items: Vec<Item> = InitKind::ALL.iter().map(|k| Item::new(k.name(), k.name())).collect();
    let onkind = on(props, |s: &mut Setup, name: String| {
        if let Some(kind) = InitKind::ALL.into_iter().find(|k| k.name() == name) {
            // A gain that was chosen is a gain for the next initialiser too.
            let (old, number) = s.init.parts();
            let same = old.param().zip(kind.param()).is_some_and(|(a, b)| a.name == b.name);
            s.init = Init::new(kind, number.filter(|_| same));
        }
    });
    let number = kind.param().map(|p| {
        let help = if p.name == "gain" { words::GAIN_HELP.get(lang) } else { network::init(kind.name()).get(lang) };
        let label = if p.name == "gain" { words::GAIN.get(lang) } else { p.name };
        let scale = match p.name {
            "gain" => Scale::Stops([0.1, 0.25, 0.35, 0.5, 0.71, 0.84, 1.0, 1.19, 1.41, 1.68, 2.0, 2.83, 4.0].into()),
            _ => Scale::decades(-3, 1, false),
        };
        html! {
            <NumberField id={id(props, "gain")} {lang} {label} {help} value={number.unwrap_or(p.default)}
                limits={Limits::real(p.min, p.max)} {scale}
                onchange={on(props, move |s, v: f64| s.init = Init::new(kind, Some(v)))} />
        }
    });
    html! {<>
        <Choice id={id(props, "init")} label={network::INIT.get(lang)} help={network::init(kind.name()).get(lang)} {items}
            value={kind.name()} onchange={onkind} />
        { for number }
    </>}
}

fn training_fields(props: &SideProps) -> Html {
    let (s, lang) = (&props.setup, props.lang);
    let name = |k: OptimizerKind| setup_words::optimizer(k.name()).map_or(k.name(), |(name, _)| name);
    let items: Vec<Item> = OptimizerKind::ALL.iter().map(|k| Item::new(k.name(), name(*k))).collect();
    let formula = setup_words::optimizer(s.optimizer.name()).map_or("", |(_, formula)| formula);
    let range = s.optimizer.fields().into_iter().find(|f| f.field == Field::Lr).map_or((0.0, 10.0), |f| (f.min, f.max));
    let clip = s.clip.map(|c| {
        html! {
            <NumberField id={id(props, "clip-norm")} {lang} label={setup_words::THRESHOLD.get(lang)}
                help={setup_words::CLIP_NORM.help.get(lang)} value={c} limits={Limits::real(CLIP_RANGE.0, CLIP_RANGE.1)}
                scale={Scale::decades(-3, 2, false)} onchange={on(props, |s, v: f64| s.clip = Some(v))} />
        }
    });
    html! {<>
        <Choice id={id(props, "optimizer")} label={setup_words::OPTIMIZER.label.get(lang)} help={formula} {items}
            value={s.optimizer.name()} onchange={on(props, |s, name: String| {
                s.optimizer = OptimizerKind::from_name(&name).unwrap_or(s.optimizer);
            })} />
        <NumberField id={id(props, "lr")} {lang} label={words::LR.get(lang)} help={words::LR_HELP.get(lang)} value={s.lr}
            limits={Limits::real(range.0, range.1)} scale={Scale::decades(-5, 1, false)}
            onchange={on(props, |s, v: f64| s.lr = v)} />
        <Toggle id={id(props, "clip")} label={words::CLIP.get(lang)} help={setup_words::CLIP_NORM.help.get(lang)}
            on={s.clip.is_some()} onchange={on(props, |s, on: bool| s.clip = on.then_some(1.0))} />
        { for clip }
    </>}
}

/// How a side fares: step, loss, accuracy; or why it does not.
pub fn fares(state: &LabState, which: Which, lang: Lang) -> Html {
    let side = state.side(which);
    let status = &side.frame.frame.status;
    let figure = |part: &str, name: &'static str, value: String| {
        html! { <div><dt>{ name }</dt><dd data-testid={testid::lab_side(which.letter(), part)}>{ value }</dd></div> }
    };
    let loss = status.train_loss.map_or("–".into(), |v| number::short(f64::from(v)));
    let accuracy = status.test_metric.map_or("–".into(), |v| number::percent(f64::from(v)));
    html! {<>
        <dl class="figures lab-figures">
            { figure("step", words::STEP.get(lang), number::integer(status.step)) }
            { figure("loss", words::LOSS.get(lang), loss) }
            { figure("accuracy", words::ACCURACY.get(lang), accuracy) }
            { figure("step-ms", words::STEP_MS.get(lang), side.step_ms.map_or("–".into(), number::short)) }
            { figure("params", words::PARAMS.get(lang), number::integer(side.loaded.n_params as u64)) }
        </dl>
        <p class="lab-trouble" role="status" data-testid={testid::lab_side(which.letter(), "trouble")}>
            { trouble(side, lang) }
            if state.is_alone(which.other()) { { words::ALONE.with(lang, &[("name", which.other().name())]) } }
        </p>
    </>}
}

/// What is wrong, or what one waits for; empty when all is well.
fn trouble(side: &Side, lang: Lang) -> String {
    if !side.problems.is_empty() {
        return sentences(lang, &side.problems.iter().map(|p| say(p, lang)).collect::<Vec<_>>());
    }
    match (&side.phase, side.fetching, &side.frame.frame.status.diverged) {
        (Phase::Failed(error), _, _) => error.words(lang),
        (Phase::Loading, Some((got, all)), _) => {
            let kb = |bytes: u64| number::integer(bytes / 1024);
            words::FETCHING.with(lang, &[("got", &kb(got)), ("all", &kb(all))])
        }
        (Phase::Loading, None, _) => words::LOADING.get(lang).into(),
        (Phase::Ready, _, Some(d)) => {
            let (step, back) = (number::integer(d.step), number::integer(d.back_to));
            words::DIVERGED.with(lang, &[("step", &step), ("value", &d.value), ("back", &back)])
        }
        (Phase::Ready, _, None) => String::new(),
    }
}
