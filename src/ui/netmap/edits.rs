//! What edits of cards that concern more than one layer's settings make of the list of layers: a name and its references,
//! which outputs a layer reads.
//!
//! Not responsible for shapes or problems (`spec::shape`) nor for adding, moving and removing layers (`ui::state`).

use crate::spec::shape::LayerInfo;
use crate::spec::{Layer, LayerKind};

/// Where a layer's input comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The data.
    Input,
    /// An earlier layer.
    Layer(usize),
    /// A name that no earlier layer has.
    Missing(String),
}

/// The sources of layer `at`, in the order it reads them.
pub fn sources(layers: &[Layer], at: usize) -> Vec<Source> {
    let Some(from) = &layers[at].from else {
        return vec![at.checked_sub(1).map_or(Source::Input, Source::Layer)];
    };
    let find = |name: &String| match name.as_str() {
        "input" => Source::Input,
        _ => (0..at)
            .rev()
            .find(|i| layers[*i].name.as_ref() == Some(name) || *name == format!("layers.{i}"))
            .map_or_else(|| Source::Missing(name.clone()), Source::Layer),
    };
    from.iter().map(find).collect()
}

/// Makes layer `at` read these sources, naming the layers that have no name yet.
pub fn set_sources(layers: &mut [Layer], at: usize, sources: &[Source]) {
    let names = sources
        .iter()
        .map(|s| match s {
            Source::Input => "input".to_string(),
            Source::Layer(i) => named(layers, *i),
            Source::Missing(name) => name.clone(),
        })
        .collect();
    layers[at].from = Some(names);
}

/// Adds the source if the layer does not read it, else takes it away; sources stay in data order.
pub fn toggle_source(layers: &mut [Layer], at: usize, source: &Source) {
    let mut all = sources(layers, at);
    match all.iter().position(|s| s == source) {
        Some(i) => _ = all.remove(i),
        None => all.push(source.clone()),
    }
    all.sort_by_key(|s| match s {
        Source::Input => 0,
        Source::Layer(i) => i + 1,
        Source::Missing(_) => usize::MAX,
    });
    let needs_list = matches!(layers[at].kind, LayerKind::Add(_) | LayerKind::Concat(_));
    let before = at.checked_sub(1).map_or(Source::Input, Source::Layer);
    if all.is_empty() || (!needs_list && all == [before]) {
        layers[at].from = None;
    } else {
        set_sources(layers, at, &all);
    }
}

/// The name of layer `i`, given one if it has none: its type and a number that is free.
fn named(layers: &mut [Layer], i: usize) -> String {
    if let Some(name) = &layers[i].name {
        return name.clone();
    }
    let stem = layers[i].kind.type_name();
    let taken = |name: &str| layers.iter().any(|l| l.name.as_deref() == Some(name));
    // Of one name more than there are layers, one is free.
    let name = (1..=layers.len() + 1).map(|n| format!("{stem}_{n}")).find(|n| !taken(n)).unwrap_or_default();
    layers[i].name = Some(name.clone());
    name
}

/// Renames layer `at`, and what other layers call it. Characters that the text form could not carry are left out; an
/// empty name takes the name away unless someone reads by it.
pub fn rename(layers: &mut [Layer], at: usize, name: &str) {
    let clean: String = name.trim().chars().filter(|c| c.is_alphanumeric() || "_-.".contains(*c)).take(40).collect();
    let old = layers[at].name.clone();
    let read = |layers: &[Layer], n: &String| layers.iter().any(|l| l.from.as_ref().is_some_and(|f| f.contains(n)));
    match old {
        Some(old) if clean.is_empty() && read(layers, &old) => return,
        Some(old) if !clean.is_empty() => {
            let froms = layers.iter_mut().filter_map(|l| l.from.as_mut());
            froms.flatten().filter(|n| **n == old).for_each(|n| n.clone_from(&clean));
        }
        Some(_) | None => {}
    }
    layers[at].name = (!clean.is_empty()).then_some(clean);
}

/// The parameter count of the network as a sum over layers, runs of equal parts as products:
/// `24 + 72×58 + 18 = 4218`; empty where there is nothing to learn.
pub fn total(infos: &[LayerInfo]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for n in infos.iter().map(LayerInfo::n_params).filter(|n| *n > 0) {
        match runs.last_mut() {
            Some((size, count)) if *size == n => *count += 1,
            _ => runs.push((n, 1)),
        }
    }
    let long = infos.len() > 6;
    let part = |(n, count): &(usize, usize)| match count {
        1 => n.to_string(),
        _ if long => format!("{count}×{n}"),
        _ => vec![n.to_string(); *count].join(" + "),
    };
    let sum: usize = runs.iter().map(|(n, count)| n.saturating_mul(*count)).fold(0, usize::saturating_add);
    match runs.as_slice() {
        [] => String::new(),
        [(_, 1)] => sum.to_string(),
        _ => format!("{} = {sum}", runs.iter().map(part).collect::<Vec<_>>().join(" + ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::shape::infer;
    use crate::spec::{preset, text};

    fn infos(model: &str) -> (Vec<Layer>, Vec<LayerInfo>) {
        let mut e = preset::first();
        e.model = text::parse(model).unwrap();
        let infos = infer(&e, &e.data.info().unwrap());
        (e.model.layers, infos.layers)
    }

    #[test]
    fn sources_and_names_stay_together() {
        let (mut layers, _) = infos("dense 8 | dense 8 | add from=input,nobody | dense");
        assert_eq!(sources(&layers, 2), [Source::Input, Source::Missing("nobody".into())]);
        toggle_source(&mut layers, 2, &Source::Missing("nobody".into()));
        toggle_source(&mut layers, 2, &Source::Layer(1));
        toggle_source(&mut layers, 2, &Source::Layer(0));
        assert_eq!(layers[2].from.as_ref().unwrap(), &["input", "dense_2", "dense_1"]);
        rename(&mut layers, 1, " first | one ");
        assert_eq!(layers[2].from.as_ref().unwrap()[2], "firstone");
        rename(&mut layers, 1, "");
        assert_eq!(layers[1].name.as_deref(), Some("firstone"), "a name that is read by stays");
        toggle_source(&mut layers, 1, &Source::Input);
        assert_eq!(layers[1].from.as_ref().unwrap().len(), 2);
        toggle_source(&mut layers, 1, &Source::Input);
        assert_eq!(layers[1].from, None, "reading the layer before needs no list");
    }

    #[test]
    fn the_total_is_shown_as_a_sum() {
        assert_eq!(total(&infos("dense 8 | dense 8 | dense 2").1), "24 + 72 + 18 = 114");
        assert_eq!(total(&infos("dense 2").1), "6");
        assert_eq!(total(&infos("flatten").1), "");
        let deep = vec!["dense 8"; 59].join(" | ") + " | dense 2";
        assert_eq!(total(&infos(&deep).1), "24 + 58×72 + 18 = 4218");
    }
}
