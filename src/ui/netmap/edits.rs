//! What edits of cards that concern more than one layer's settings make of the list of layers: a name and its references,
//! which outputs a layer reads.
//!
//! Not responsible for shapes or problems (`spec::shape`) nor for adding, moving and removing layers (`ui::state`).

use crate::spec::model::Empty;
use crate::spec::shape::{LayerInfo, sum_of};
use crate::spec::{Experiment, Layer, LayerKind};
use crate::ui::state::{EditMsg, Msg};

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
    crate::spec::order::sort_by_key(&mut all, |s| match s {
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

/// Lets layer `to` also read what layer `from` puts out: into the join that it is, else through a new one before it, a sum
/// where the shapes agree and a concatenation where they do not. `None` where nothing would be skipped.
pub fn skip(layers: &[Layer], infos: &[LayerInfo], from: usize, to: usize) -> Option<Vec<Layer>> {
    let is_join = matches!(layers.get(to)?.kind, LayerKind::Add(_) | LayerKind::Concat(_));
    let mut read = sources(layers, to);
    if to <= from || read.contains(&Source::Layer(from)) {
        return None;
    }
    let mut layers = layers.to_vec();
    if is_join {
        toggle_source(&mut layers, to, &Source::Layer(from));
        return Some(layers);
    }
    let same = infos.get(from)?.output == infos.get(to)?.input;
    let join = if same { LayerKind::Add(Empty {}) } else { LayerKind::Concat(Empty {}) };
    layers[to].from = None;
    layers.insert(to, join.into());
    let earlier = |s: &Source| matches!(s, Source::Layer(i) if *i > from);
    let place = read.iter().position(earlier).unwrap_or(read.len());
    read.insert(place, Source::Layer(from));
    set_sources(&mut layers, to, &read);
    Some(layers)
}

/// What a message of a card inside a container, whose cards are counted from `base`, makes of the layers there; `None` for
/// a message that does not concern them.
pub fn inside(layers: &[Layer], infos: &[LayerInfo], base: usize, msg: &Msg) -> Option<Vec<Layer>> {
    let mut out = layers.to_vec();
    let place = |at: usize| at.checked_sub(base).filter(|i| *i < layers.len());
    match msg {
        Msg::Edit(EditMsg::SetLayer { at, kind }) => out[place(*at)?].kind = kind.clone(),
        Msg::Edit(EditMsg::Freeze { at, frozen }) => out[place(*at)?].frozen = *frozen,
        Msg::Edit(EditMsg::RemoveLayer(at)) => _ = out.remove(place(*at)?),
        Msg::Edit(EditMsg::MoveLayer { from, to }) => {
            let layer = out.remove(place(*from)?);
            out.insert(place(*to)?, layer);
        }
        Msg::Edit(EditMsg::AddLayer { at, type_name }) => {
            let at = at.checked_sub(base).filter(|i| *i <= layers.len())?;
            let mut kind = LayerKind::starter(type_name)?;
            let before = at.checked_sub(1).and_then(|i| infos.get(i)).map(|i| &i.output);
            let comes_in = before.or(infos.first().map(|i| &i.input));
            if let LayerKind::Dense(d) = &mut kind {
                // The branch must give back the shape it got.
                d.units = comes_in.and_then(|s| s.last().copied()).or(d.units);
            }
            out.insert(at, kind.into());
        }
        _ => return None,
    }
    Some(out)
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

/// Renames layer `at`, and what other layers call it. Characters that the text form could not carry become `_`, so that
/// nothing goes without a trace; an empty name takes the name away unless someone reads by it.
pub fn rename(layers: &mut [Layer], at: usize, name: &str) {
    let strange = |c: char| !(c.is_alphanumeric() || "_-.".contains(c));
    let parts: Vec<&str> = name.split(strange).filter(|part| !part.is_empty()).collect();
    let clean: String = parts.join("_").chars().take(40).collect();
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

/// How many columns, the input first, show numbers of the network that `runs`: while the edited one cannot train, up to the
/// first layer that differs; all of them once it can, since its own numbers come with the next frames.
pub fn alike(edited: &Experiment, runs: Option<&Experiment>, has_problems: bool) -> usize {
    let Some(runs) = runs.filter(|r| has_problems || r.data.set != edited.data.set) else { return usize::MAX };
    let input = |e: &Experiment| e.data_info().map(|i| (i.input, i.tokens));
    // Data that make no sense for the moment are still the data that run.
    if runs.data.set != edited.data.set || input(edited).is_some_and(|i| Some(i) != input(runs)) {
        return 0;
    }
    let (a, b) = (&edited.model.layers, &runs.model.layers);
    if a == b { usize::MAX } else { 1 + a.iter().zip(b).take_while(|(x, y)| x == y).count() }
}

/// The parameter count of the network as a sum over layers, runs of equal parts as products:
/// `24 + 72×58 + 18 = 4218`; empty where there is nothing to learn.
pub fn total(infos: &[LayerInfo]) -> String {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for n in infos.iter().map(LayerInfo::n_params).filter(|n| *n > 0) {
        match runs.last_mut() {
            Some((size, count)) if *size == n => *count += 1,
            _ => runs.push((n, 1)),
        }
    }
    let long = infos.len() > 6;
    let part = |(n, count): &(u64, u64)| match count {
        1 => n.to_string(),
        _ if long => format!("{count}×{n}"),
        _ => vec![n.to_string(); *count as usize].join(" + "),
    };
    let sum = runs.iter().map(|(n, count)| n.saturating_mul(*count)).fold(0, u64::saturating_add);
    match runs.as_slice() {
        [] => String::new(),
        [(_, 1)] => sum.to_string(),
        _ => sum_of(&runs.iter().map(part).collect::<Vec<_>>().join(" + "), sum),
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
        assert_eq!(layers[2].from.as_ref().unwrap()[2], "first_one");
        rename(&mut layers, 1, "");
        assert_eq!(layers[1].name.as_deref(), Some("first_one"), "a name that is read by stays");
        toggle_source(&mut layers, 1, &Source::Input);
        assert_eq!(layers[1].from.as_ref().unwrap().len(), 2);
        toggle_source(&mut layers, 1, &Source::Input);
        assert_eq!(layers[1].from, None, "reading the layer before needs no list");
    }

    #[test]
    fn a_skip_joins_by_sum_where_shapes_agree() {
        let joined = |text: &str, from, to| {
            let (layers, infos) = infos(text);
            let out = skip(&layers, &infos, from, to)?;
            Some(crate::spec::text::write(&crate::spec::ModelSpec::of(out)))
        };
        let sum = joined("dense 8 | dense 8 | dense 2", 0, 2).unwrap();
        assert!(sum.contains("add") && !sum.contains("concat"), "{sum}");
        assert!(joined("dense 8 | dense 5 | dense 2", 0, 2).unwrap().contains("concat"));
        assert_eq!(joined("dense 8 | dense 8 | dense 2", 0, 1), None, "it reads that already");
        assert_eq!(joined("dense 8 | dense 8 | dense 2", 2, 0), None);
        assert_eq!(joined("dense 8", 0, 9), None);
        let (layers, infos_now) = infos("dense 8 | dense 8 | dense 2");
        let once = skip(&layers, &infos_now, 0, 2).unwrap();
        assert_eq!(sources(&once, 2), [Source::Layer(0), Source::Layer(1)]);
        assert_eq!(skip(&once, &infos_now, 0, 2), None, "the join reads it already");
    }

    #[test]
    fn cards_inside_a_container_edit_its_layers() {
        let (layers, infos) = infos("dense 8 | dense 8");
        let after = |msg: Msg| inside(&layers, &infos, 1000, &msg).map(|l| l.len());
        assert_eq!(after(Msg::Edit(EditMsg::RemoveLayer(1001))), Some(1));
        assert_eq!(after(Msg::Edit(EditMsg::RemoveLayer(1002))), None);
        assert_eq!(after(Msg::Edit(EditMsg::RemoveLayer(1))), None);
        assert_eq!(after(Msg::Edit(EditMsg::MoveLayer { from: 1000, to: 1001 })), Some(2));
        let added =
            inside(&layers, &infos, 1000, &Msg::Edit(EditMsg::AddLayer { at: 1002, type_name: "dense".into() }))
                .unwrap();
        assert!(matches!(&added[2].kind, LayerKind::Dense(d) if d.units == Some(8)));
        let frozen = inside(&layers, &infos, 1000, &Msg::Edit(EditMsg::Freeze { at: 1001, frozen: true })).unwrap();
        assert_eq!((frozen[0].frozen, frozen[1].frozen), (false, true));
        assert_eq!(after(Msg::Edit(EditMsg::Freeze { at: 1002, frozen: true })), None);
        assert_eq!(after(Msg::Edit(EditMsg::Undo)), None);
    }

    #[test]
    fn an_edited_network_that_cannot_run_shows_pictures_only_up_to_what_was_edited() {
        let with = |model: &str, set: &str| {
            let mut e = preset::for_data(crate::spec::DataSpec::of(set), 7);
            e.model = text::parse(model).unwrap();
            e
        };
        let runs = with("dense 8 | dense 8 | dense", "spiral");
        let count = |model: &str, set: &str| alike(&with(model, set), Some(&runs), true);
        assert_eq!(count("dense 8 | dense 8 | dense", "spiral"), usize::MAX);
        assert_eq!(count("dense 8 | dropout 0.2 | dense 8 | dense 5", "spiral"), 2);
        assert_eq!(count("dense 9 | dense 8 | dense 5", "spiral"), 1);
        assert_eq!(count("dense 8 | dense 8", "spiral"), 3);
        assert_eq!(count("dense 8 | dense 8 | dense", "mnist"), 0);
        assert_eq!(alike(&with("dense 9 | dense", "spiral"), Some(&runs), false), usize::MAX, "its own will come");
        assert_eq!(alike(&with("dense 9 | dense", "mnist"), Some(&runs), false), 0, "its data are still on their way");
        assert_eq!(alike(&runs, None, true), usize::MAX);
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
