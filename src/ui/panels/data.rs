//! Which data the network learns from.
//!
//! Not responsible for changing anything: it shows the state and emits messages.

mod augment;
mod browse;
mod carry;
mod controls;
mod csv;
mod csv_columns;
mod csv_missing;
mod csv_source;
mod csv_view;
mod drawn;
mod fetching;
mod formula;
mod gallery;
mod icons;
pub mod pictures;
mod points;
mod preview;
mod rare;
mod text;
mod text_file;
pub mod tokens;
mod unshown;

pub use preview::draw_picture;
use rare::rarely;
pub use rare::{Rare, rare};

use super::{Panel, PanelProps};
use crate::i18n::sets::set_text;
use crate::i18n::{Lang, csv as csv_words, guide, shell};
use crate::protocol::{FrameRequest, Want};
use crate::spec::sets::{SetInfo, SetKind};
use crate::spec::{DataInfo, DataSpec, Experiment};
use crate::ui::form::problems;
use crate::ui::hooks::use_stages;
use crate::ui::names;
use crate::ui::same::Same;
use crate::ui::state::{EditMsg, Msg};
use crate::ui::testid;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

thread_local! {
    /// Opens the table editor with a file that was dropped or opened elsewhere on the page.
    static TAKE_TABLE: RefCell<Option<Callback<File>>> = const { RefCell::new(None) };
    /// The same for pictures.
    static TAKE_PICTURES: RefCell<Option<Callback<pictures::collect::Named>>> = const { RefCell::new(None) };
}

/// Hands the panel the pictures or folders that were dropped elsewhere on the page; `false` if it is neither.
pub fn take_dropped(e: &DragEvent) -> bool {
    let take = TAKE_PICTURES.with(|t| t.borrow().clone());
    take.and_then(|take| pictures::collect::dropped(e, take)).is_some()
}

/// Hands a picture that was opened to the panel; `false` if it is none.
pub fn take_picture(file: &File) -> bool {
    let take = TAKE_PICTURES.with(|t| t.borrow().clone()).filter(|_| pictures::collect::is_picture(&file.name()));
    take.inspect(|take| take.emit(vec![(file.name(), file.clone())])).is_some()
}

/// Hands a table to the panel; `false` if it is not on the page.
pub fn take_table(file: &File) -> bool {
    let take = TAKE_TABLE.with(|t| t.borrow().clone());
    take.inspect(|t| t.emit(file.clone())).is_some()
}

/// An editor that is open although another set is in force.
#[derive(Clone, Debug, PartialEq)]
enum Editing {
    Points,
    Text(Option<File>),
    Pictures(Rc<pictures::collect::Named>),
    Csv(Option<File>),
    Series,
}

impl Editing {
    fn set(&self) -> &'static str {
        match self {
            Editing::Points => "points",
            Editing::Text(_) => "text",
            Editing::Pictures(_) => "pictures",
            Editing::Csv(_) => "csv",
            Editing::Series => "series",
        }
    }
}

/// The panel.
#[component]
pub fn DataPanel(props: &PanelProps) -> Html {
    let state = &props.state;
    let (lang, experiment) = (state.page.lang, Same(state.edit.experiment.clone()));
    let own = use_mut_ref(BTreeMap::<&'static str, DataSpec>::new);
    {
        let own = own.clone();
        use_memo((experiment.clone(), state.edit.problems.is_empty()), move |(experiment, valid)| {
            if let Some(set) = experiment.data.set_info().filter(|s| is_own(s) && *valid) {
                own.borrow_mut().insert(set.name, experiment.data.clone());
            }
        });
    }
    let stage = use_stages(1);
    let editing = use_state_eq(|| None::<Editing>);
    let pointed = use_state_eq(|| None::<&'static str>);
    let info = use_memo((experiment.clone(), lang), |(e, lang)| {
        e.data.info().ok().map(|info| Rc::new(names::named(info, &e.data.set, *lang)))
    });

    // The panel is drawn with every frame of the worker: callbacks that stay the same keep the gallery from being.
    let onchoose = {
        let (editing, own) = (editing.setter(), own.clone());
        use_callback((props.emit.clone(), experiment.clone()), move |name: &'static str, (emit, current)| {
            let remembered = own.borrow().get(name).cloned();
            let (data, editor) = choose(&current.data, name, remembered);
            editing.set(editor);
            if let Some(data) = data.filter(|d| d.set != current.data.set) {
                emit.emit(Msg::Edit(EditMsg::Data(data)));
            }
        })
    };
    {
        let editing = editing.setter();
        use_effect_with(state.edit.opened, move |opened| {
            if *opened > 0 {
                editing.set(None);
            }
        });
    }
    let onpoint = {
        let pointed = pointed.setter();
        use_callback((), move |at: Option<&'static str>, ()| pointed.set(at))
    };
    {
        let (editing, pictured) = (editing.setter(), editing.setter());
        use_effect_with((), move |()| {
            let take = Callback::from(move |file| editing.set(Some(Editing::Csv(Some(file)))));
            TAKE_TABLE.with(|t| *t.borrow_mut() = Some(take));
            let take = Callback::from(move |files| pictured.set(Some(Editing::Pictures(Rc::new(files)))));
            TAKE_PICTURES.with(|t| *t.borrow_mut() = Some(take));
            || {
                TAKE_TABLE.with(|t| *t.borrow_mut() = None);
                TAKE_PICTURES.with(|t| *t.borrow_mut() = None);
            }
        });
    }
    let ondrop = {
        let editing = editing.setter();
        use_callback((), move |e: DragEvent, ()| {
            let pictures = {
                let editing = editing.clone();
                Callback::from(move |files| editing.set(Some(Editing::Pictures(Rc::new(files)))))
            };
            if pictures::collect::dropped(&e, pictures).is_some() {
                e.prevent_default();
                return;
            }
            // Experiment files are the page's business, wherever they are dropped.
            if let Some(file) = csv::dropped(&e).filter(|f| !f.name().ends_with(".json")) {
                e.prevent_default();
                let is_text = [".txt", ".md"].iter().any(|end| file.name().to_lowercase().ends_with(end));
                editing.set(Some(if is_text { Editing::Text(Some(file)) } else { Editing::Csv(Some(file)) }));
            }
        })
    };
    let editing_points = *editing == Some(Editing::Points) || experiment.data.set == "points";
    // While points of a set to come are drawn, the numbers of the set in force would only confuse.
    let editing_text = matches!(*editing, Some(Editing::Text(_))) || experiment.data.set == "text";
    let editing_pictures = matches!(*editing, Some(Editing::Pictures(_))) || experiment.data.set == "pictures";
    let set = experiment.data.set.as_str();
    let in_force = (!editing_points || set == "points")
        && (!editing_text || set == "text")
        && (!editing_pictures || set == "pictures");
    let augmented = (!experiment.data.augment.is_empty()).then_some(Want::Augmented { rows: augment::SHOWN });
    let wants = FrameRequest::of(augmented);
    let browsing = use_state_eq(|| false);
    let browse = {
        let browsing = browsing.setter();
        move |on: bool| {
            let browsing = browsing.clone();
            Callback::from(move |()| browsing.set(on))
        }
    };
    let tools = html! {
        <button type="button" class="quiet small gallery-open" data-testid={testid::GALLERY_OPEN} title={guide::GALLERY_HELP.get(lang)}
            aria-haspopup="dialog" aria-expanded={browsing.to_string()} onclick={browse(true).reform(|_: MouseEvent| ())}>
            { guide::GALLERY.get(lang) }
        </button>
    };
    html! {
        <Panel id={testid::PANEL_DATA} title={shell::PANEL_DATA.get(lang)} {tools} {wants}>
            <div class="data-body" ondragover={|e: DragEvent| e.prevent_default()} {ondrop}>
                if *browsing {
                    { rarely(Rare::Browse(browse::BrowseProps { lang, set: experiment.data.set.clone().into(), onchoose: onchoose.clone(), onclose: browse(false), emit: props.emit.clone() })) }
                } else {
                    <gallery::Near {lang} set={experiment.data.set.clone()} editing={editing.as_ref().map(Editing::set)} {onchoose} {onpoint} />
                }
                <div class="data-chosen">
                    { view_name(lang, &experiment.data, editing.as_ref(), *pointed) }
                    { fetching::view(lang, state.run.fetching) }
                    { editing_points.then(|| view_points(lang, &experiment.data, &own.borrow(), &props.emit)) }
                    { editing_pictures.then(|| view_pictures(props, &editing, &own.borrow())) }
                    { editing_text.then(|| view_text(props, &editing, &own.borrow())) }
                    if in_force && stage > 0 { { view_chosen(props, &experiment, &info, &editing) } }
                </div>
                { view_csv(props, &editing, &own.borrow()) }
            </div>
        </Panel>
    }
}

/// Everything about the set in force.
fn view_chosen(
    props: &PanelProps,
    experiment: &Same<Experiment>,
    info: &Rc<Option<Rc<DataInfo>>>,
    editing: &UseStateHandle<Option<Editing>>,
) -> Html {
    let (state, lang, data) = (&props.state, props.state.page.lang, &experiment.data);
    html! {
        <>
            { (data.set == "formula").then(|| rarely(Rare::Formula(formula::FormulaProps { lang, experiment: experiment.clone(), emit: props.emit.clone() }))) }
            { matches!(data.set.as_str(), "csv" | "series").then(|| view_edit_csv(lang, &data.set, editing)) }
            { problems("data-set", &unshown::set_messages(props)) }
            { preview::counts(lang, &state.run.data, (**info).as_ref()) }
            <controls::Controls {lang} experiment={experiment.clone()} problems={Same(state.edit.problems.clone())}
                first=true emit={props.emit.clone()} />
            { view_more(props, experiment, info) }
        </>
    }
}

/// What is seldom changed, and what the data look like; open by itself when something in it is wrong.
fn view_more(props: &PanelProps, experiment: &Same<Experiment>, info: &Rc<Option<Rc<DataInfo>>>) -> Html {
    let (state, lang, data) = (&props.state, props.state.page.lang, &experiment.data);
    let rare = |path: &str| path.starts_with("data.") && !["data.noise", "data.samples"].contains(&path);
    let wrong = state.edit.problems.iter().any(|p| rare(&p.path));
    html! {
        <details class="fold data-more" open={wrong}>
            <summary data-testid={testid::DATA_MORE}><span>{ guide::MORE_DATA.get(lang) }</span></summary>
            <controls::Controls {lang} experiment={experiment.clone()} problems={Same(state.edit.problems.clone())}
                first=false emit={props.emit.clone()} />
            { rarely(Rare::Preview(preview::PreviewProps { lang, data: Same(state.run.data.clone()), info: (**info).clone() })) }
            if data.set_info().is_some_and(SetInfo::pictures) {
                { rarely(Rare::Augment(augment::AugmentProps { lang, experiment: experiment.clone(), problems: Same(state.edit.problems.clone()), data: Same(state.run.data.clone()), frame: Same(state.run.frame.clone()), emit: props.emit.clone() })) }
            }
            { carry::view(props) }
            { fetching::source(lang, data.set_info()) }
        </details>
    }
}

fn is_own(set: &SetInfo) -> bool {
    matches!(
        set.kind,
        SetKind::Formula
            | SetKind::Points
            | SetKind::OwnPictures
            | SetKind::OwnText
            | SetKind::Csv
            | SetKind::OwnSeries
    )
}

/// What choosing a set does: the data to use at once, and the editor to open.
fn choose(current: &DataSpec, name: &'static str, remembered: Option<DataSpec>) -> (Option<DataSpec>, Option<Editing>) {
    match name {
        "csv" if remembered.is_some() && current.set != "csv" => (remembered, None),
        "csv" => (None, Some(Editing::Csv(None))),
        "series" if remembered.is_some() && current.set != "series" => (remembered, None),
        "series" => (None, Some(Editing::Series)),
        "points" if remembered.is_some() => (remembered, None),
        "points" => (None, Some(Editing::Points)),
        "pictures" if remembered.is_some() => (remembered, None),
        "pictures" => (None, Some(Editing::Pictures(Rc::default()))),
        "text" if remembered.is_some() => (remembered, None),
        "text" => (None, Some(Editing::Text(None))),
        "formula" => {
            let first = DataSpec { formula: Some(formula::FIRST.into()), ..carry(current, name) };
            (Some(remembered.unwrap_or(first)), None)
        }
        _ => (Some(carry(current, name)), None),
    }
}

/// The set with its defaults, and with what the learner had set and what means the same here: from one generated set to
/// another, noise, samples and test part stay.
fn carry(current: &DataSpec, name: &str) -> DataSpec {
    let mut data = DataSpec::of(name);
    let generated = |d: &DataSpec| d.set_info().filter(|s| s.noise);
    if let (Some(_), Some(to)) = (generated(current), generated(&data)) {
        data.noise = current.noise;
        data.samples = current.samples.filter(|n| *n <= to.max_samples);
        data.test_fraction = current.test_fraction;
    }
    data
}

/// Name and description of the set that is pointed at, edited or chosen.
fn view_name(lang: Lang, data: &DataSpec, editing: Option<&Editing>, pointed: Option<&'static str>) -> Html {
    let chosen: &str = editing.map_or(data.set.as_str(), |e| e.set());
    let shown: &str = pointed.map_or(chosen, |p| p);
    let Some(text) = set_text(shown) else { return html! { <p class="data-name">{ shown.to_owned() }</p> } };
    let class = classes!("data-name", (shown != chosen).then_some("data-name-other"));
    html! {
        <p {class} data-testid={testid::DATA_NAME}><b>{ text.name.get(lang) }</b>{ " " }<span>{ text.about.get(lang) }</span></p>
    }
}

fn view_points(lang: Lang, current: &DataSpec, own: &BTreeMap<&'static str, DataSpec>, emit: &Callback<Msg>) -> Html {
    let data = match current.set.as_str() {
        "points" => current.clone(),
        _ => own.get("points").cloned().unwrap_or_else(|| DataSpec::of("points")),
    };
    rarely(Rare::Points(points::PointsProps { lang, data, emit: emit.clone() }))
}

fn view_pictures(props: &PanelProps, editing: &Option<Editing>, own: &BTreeMap<&'static str, DataSpec>) -> Html {
    let current = &props.state.edit.experiment.data;
    let data = if current.set == "pictures" { Some(current) } else { own.get("pictures") };
    let data = data.cloned().unwrap_or_else(|| DataSpec::of("pictures"));
    let files = match editing {
        Some(Editing::Pictures(files)) => files.clone(),
        Some(Editing::Points | Editing::Text(_) | Editing::Csv(_) | Editing::Series) | None => Rc::default(),
    };
    rarely(Rare::Pictures(pictures::PicturesProps {
        lang: props.state.page.lang,
        data,
        files,
        emit: props.emit.clone(),
    }))
}

fn view_text(props: &PanelProps, editing: &Option<Editing>, own: &BTreeMap<&'static str, DataSpec>) -> Html {
    let current = &props.state.edit.experiment.data;
    let data = if current.set == "text" { Some(current) } else { own.get("text") };
    let data = data.cloned().unwrap_or_else(|| DataSpec::of("text"));
    let file = match editing {
        Some(Editing::Text(file)) => file.clone(),
        Some(Editing::Points | Editing::Pictures(_) | Editing::Csv(_) | Editing::Series) | None => None,
    };
    rarely(Rare::Text(text::TextProps { lang: props.state.page.lang, data, file, emit: props.emit.clone() }))
}

fn view_edit_csv(lang: Lang, set: &str, editing: &UseStateHandle<Option<Editing>>) -> Html {
    let (editing, series) = (editing.setter(), set == "series");
    let open = move || if series { Editing::Series } else { Editing::Csv(None) };
    let onclick = Callback::from(move |_: MouseEvent| editing.set(Some(open())));
    html! {
        <button type="button" class="quiet" data-testid={testid::CSV_EDIT} {onclick}>{ csv_words::EDIT.get(lang) }</button>
    }
}

fn view_csv(
    props: &PanelProps,
    editing: &UseStateHandle<Option<Editing>>,
    own: &BTreeMap<&'static str, DataSpec>,
) -> Html {
    let (set, file) = match &**editing {
        Some(Editing::Csv(file)) => ("csv", file.clone()),
        Some(Editing::Series) => ("series", None),
        Some(Editing::Points | Editing::Text(_) | Editing::Pictures(_)) | None => return Html::default(),
    };
    let current = &props.state.edit.experiment.data;
    let data = if current.set == set { Some(current) } else { own.get(set) };
    let data = data.cloned().unwrap_or_else(|| DataSpec::of(set));
    let onuse = {
        let (emit, editing) = (props.emit.clone(), editing.setter());
        Callback::from(move |data: DataSpec| {
            editing.set(None);
            emit.emit(Msg::Edit(EditMsg::Data(data)));
        })
    };
    let onclose = {
        let editing = editing.setter();
        Callback::from(move |()| editing.set(None))
    };
    rarely(Rare::Csv(csv::CsvProps { lang: props.state.page.lang, data, file, onuse, onclose }))
}
