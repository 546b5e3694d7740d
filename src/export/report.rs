//! A run as one HTML file for reading and printing: network, settings, curves, figures, seed and link.
//!
//! It has no script and loads nothing. Whatever a learner named is text: only words of this program are ever written as
//! markup ([`page::Page`]). Not responsible for gathering the curves (`ui`, `gradarium.js`).

mod chart;
mod figures;
mod network;
mod page;

use crate::i18n::{Lang, Text, curves as curve_words, places, report as words, setup};
use crate::spec::shape::{LayerInfo, infer, show};
use crate::spec::task::Metric;
use crate::spec::{Experiment, Layer, ModelSpec, Problem, link, text};
pub use figures::{Confusion, Map};
use page::Page;
use serde_json::Value;

/// One point of the curves; numbers that are not finite are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Step.
    pub step: u64,
    /// Mean loss of the batches since the point before.
    pub train_loss: Option<f32>,
    /// On the test part.
    pub test_loss: Option<f32>,
    /// What the task's metric says of the training part.
    pub train_metric: Option<f32>,
    /// The same of the test part.
    pub test_metric: Option<f32>,
    /// Numbers that the loss is made of, in the order of the task's terms.
    pub terms: Vec<f32>,
}

/// What is known of the run beside its experiment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// Steps trained.
    pub step: u64,
    /// Epochs finished.
    pub epoch: u64,
    /// Curves, in the order of their steps.
    pub points: Vec<Point>,
    /// Address of the page, up to `#`.
    pub page: String,
    /// How classes are told apart, where it was measured.
    pub confusion: Option<Confusion>,
    /// What comes out over the plane, where the data lie in one.
    pub map: Option<Map>,
}

/// What the file is to a browser.
pub const MIME: &str = "text/html";
/// Steps and numbers of a curve.
type Series = Vec<(f64, f64)>;
/// Longest value of a setting that is written out.
const VALUE_MAX: usize = 120;

/// The file.
///
/// # Errors
/// The experiment's problems.
pub fn report(exp: &Experiment, about: &About, lang: Lang) -> Result<String, Vec<Problem>> {
    let problems = exp.problems();
    if !problems.is_empty() {
        return Err(problems);
    }
    let Some(data) = exp.data_info() else { return Err(Vec::new()) };
    let model = infer(exp, &data);
    let mut p = Page::begin(lang, &words::TITLE.with(lang, &[("set", &exp.data.set)]));
    summary(&mut p, exp, about, model.n_params, lang);
    curves(&mut p, exp, about, lang);
    about.confusion.iter().for_each(|c| figures::confusion(&mut p, c, lang));
    about.map.iter().for_each(|m| figures::map(&mut p, m, lang));
    p.heading(words::NETWORK.get(lang));
    network::draw(&mut p, exp, &model.layers, &data, lang);
    network(&mut p, exp, &model.layers, lang);
    settings(&mut p, exp, lang);
    let address = format!("{}#/play?x={}", about.page, link::pack(exp));
    p.heading(words::LINK.get(lang));
    p.paragraph(words::LINK_HELP.get(lang));
    p.link(&address);
    Ok(p.end())
}

/// A number as people read it.
pub(super) fn number(x: f64) -> String {
    let size = x.abs();
    if size != 0.0 && !(1e-3..1e5).contains(&size) {
        return format!("{x:.3e}");
    }
    let digits = if size >= 100.0 { 1 } else { 4 };
    let text = format!("{x:.digits$}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

fn summary(p: &mut Page, exp: &Experiment, about: &About, n_params: u64, lang: Lang) {
    let last = |of: fn(&Point) -> Option<f32>| about.points.iter().rev().find_map(of).filter(|x| x.is_finite());
    let figure = |x: Option<f32>| x.map_or_else(|| "–".to_string(), |x| number(f64::from(x)));
    p.heading(words::FIGURES.get(lang));
    let rows = [
        (words::STEPS, about.step.to_string()),
        (words::EPOCHS, about.epoch.to_string()),
        (words::TRAIN_LOSS, figure(last(|x| x.train_loss))),
        (words::TEST_LOSS, figure(last(|x| x.test_loss))),
        (metric(exp, [words::TRAIN_ACCURACY, words::TRAIN_R2, words::TRAIN_METRIC]), figure(last(|x| x.train_metric))),
        (metric(exp, [words::TEST_ACCURACY, words::TEST_R2, words::TEST_METRIC]), figure(last(|x| x.test_metric))),
        (words::PARAMS, n_params.to_string()),
        (words::SEED, exp.seed.to_string()),
    ];
    let rows: Vec<[&str; 2]> = rows.iter().map(|(name, value)| [name.get(lang), value.as_str()]).collect();
    p.table(&[], &rows);
}

fn curves(p: &mut Page, exp: &Experiment, about: &About, lang: Lang) {
    p.heading(words::CURVES.get(lang));
    let series = |of: &dyn Fn(&Point) -> Option<f32>| -> Series {
        let finite = |x: &Point| Some((x.step as f64, f64::from(of(x).filter(|y| y.is_finite())?)));
        about.points.iter().filter_map(finite).collect()
    };
    let pairs: [(Text, [Series; 2]); 2] = [
        (words::LOSS, [series(&|x| x.train_loss), series(&|x| x.test_loss)]),
        (words::METRIC, [series(&|x| x.train_metric), series(&|x| x.test_metric)]),
    ];
    let mut any = false;
    for (name, [train, test]) in pairs {
        if train.len().max(test.len()) > 1 {
            chart::draw(p, name.get(lang), &[(words::TRAIN.get(lang), &train), (words::TEST.get(lang), &test)], lang);
            any = true;
        }
    }
    let terms = exp.task.kind.terms().iter().enumerate().map(|(i, name)| {
        let said = curve_words::term(name).map_or(*name, |t| t.get(lang));
        (said, series(&|x| x.terms.get(i).copied()))
    });
    let terms: Vec<(&str, Series)> = terms.filter(|(_, points)| points.len() > 1).collect();
    if !terms.is_empty() {
        let curves: Vec<chart::Curve<'_>> = terms.iter().map(|(name, points)| (*name, points.as_slice())).collect();
        chart::draw(p, words::TERMS.get(lang), &curves, lang);
    }
    if !any {
        p.paragraph(words::NO_CURVES.get(lang));
    }
}

fn network(p: &mut Page, exp: &Experiment, infos: &[LayerInfo], lang: Lang) {
    p.code(&text::write(&exp.model));
    let mut rows = Vec::new();
    layers(&exp.model.layers, infos, "", &mut rows);
    let head = [words::NUMBER, words::LAYER, words::OUTPUT, words::PARAMS].map(|t| t.get(lang));
    let rows: Vec<[&str; 4]> = rows.iter().map(|r| [r[0].as_str(), &r[1], &r[2], &r[3]]).collect();
    p.table(&head, &rows);
}

/// What the task's metric is called: of accuracy, R² and distance.
fn metric(exp: &Experiment, [accuracy, r2, distance]: [Text; 3]) -> Text {
    match exp.task.kind.metric() {
        Metric::Accuracy => accuracy,
        Metric::R2 => r2,
        Metric::Energy => distance,
    }
}

/// A row for each layer: number, words, shape of what goes out, parameters as arithmetic.
fn layers(all: &[Layer], infos: &[LayerInfo], before: &str, rows: &mut Vec<[String; 4]>) {
    for (i, (l, info)) in all.iter().zip(infos).enumerate() {
        let number = format!("{before}{}", i + 1);
        let words = text::write(&ModelSpec::of(vec![l.clone()]));
        rows.push([number.clone(), words, show(&info.output), info.arithmetic()]);
        layers(l.kind.children(), &info.children, &format!("{number}."), rows);
    }
}

fn settings(p: &mut Page, exp: &Experiment, lang: Lang) {
    p.heading(words::SETTINGS.get(lang));
    // Plain data with string keys: serialising cannot fail.
    let whole = serde_json::to_value(exp).unwrap_or_default();
    let mut rows = Vec::new();
    for part in ["data", "task", "optimizer", "optimizers", "training", "backend"] {
        if let Some(value) = whole.get(part) {
            flat(value, &[part], lang, &mut rows);
        }
    }
    let loss = exp.task.loss().name();
    let said = setup::loss(loss).map_or(loss, |(name, _)| name.get(lang));
    rows.push([words::LOSS.get(lang).to_string(), said.to_string()]);
    let rows: Vec<[&str; 2]> = rows.iter().map(|r| [r[0].as_str(), r[1].as_str()]).collect();
    p.table(&[], &rows);
}

/// A row for each setting in a part of the file, under the names that messages have for them.
fn flat(value: &Value, path: &[&str], lang: Lang, rows: &mut Vec<[String; 2]>) {
    if let Value::Object(map) = value {
        map.iter().for_each(|(name, v)| flat(v, &[path, &[name.as_str()]].concat(), lang, rows));
        return;
    }
    let said = plain(value);
    let mut short: String = said.chars().take(VALUE_MAX).collect();
    if short.len() < said.len() {
        short.push('…');
    }
    rows.push([places::place(lang, &path.join(".")), short]);
}

/// A value for reading: no quotes, no braces, and as many digits as 32 bits tell apart.
fn plain(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        Value::Number(n) => match n.as_f64().map(|v| (v, v as f32)) {
            Some((v, short)) if v.fract() != 0.0 && f64::from(short) == v => short.to_string(),
            Some(_) | None => n.to_string(),
        },
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            let each =
                |(name, v): (&String, &Value)| if name == "type" { plain(v) } else { format!("{name} {}", plain(v)) };
            // What it is comes before how much of it.
            let (first, rest): (Vec<_>, Vec<_>) = map.iter().partition(|(name, _)| *name == "type");
            first.into_iter().chain(rest).map(each).collect::<Vec<_>>().join(" ")
        }
        Value::Bool(_) | Value::Null => value.to_string(),
    }
}

#[cfg(test)]
mod tests;
