//! The gallery: ready experiments and data sets with names and pictures, in groups, ordered from the first lesson on; to be
//! searched, and walked through with arrow keys.
//!
//! Not responsible for what choosing a set does (`data.rs`), nor for the thumbnails (`gallery.rs`).

use super::gallery::{GROUPS, Thumb};
use crate::i18n::sets::set_text;
use crate::i18n::{Lang, guide as words, presets, primers as checked, transfer};
use crate::spec::preset::primers::{self, Program};
use crate::spec::preset::ready::{self, Group, Ready};
use crate::spec::sets::{SetInfo, sets};
use crate::ui::hooks::use_stages;
use crate::ui::rooms::{Room, pair};
use crate::ui::state::Msg;
use crate::ui::testid;
use crate::ui::trained;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// Properties of [`Browse`].
#[derive(Clone, PartialEq, Properties)]
pub struct BrowseProps {
    /// Language.
    pub lang: Lang,
    /// The chosen set.
    pub set: AttrValue,
    /// Another set was chosen.
    pub onchoose: Callback<&'static str>,
    /// It was closed.
    pub onclose: Callback<()>,
    /// Where messages go.
    pub emit: Callback<Msg>,
}

/// See the module. It opens when it is drawn.
#[component]
pub fn Browse(props: &BrowseProps) -> Html {
    let lang = props.lang;
    let (node, search) = (use_node_ref(), use_node_ref());
    let sought = use_state_eq(String::new);
    let drawn = use_stages(GROUPS.len() + Group::ALL.len());
    {
        let (node, search) = (node.clone(), search.clone());
        use_effect_with((), move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                // Fails only for a dialog that is open already.
                let _ = dialog.show_modal();
            }
            if let Some(field) = search.cast::<HtmlElement>() {
                let _ = field.focus();
            }
        });
    }
    let oninput = {
        let sought = sought.setter();
        Callback::from(move |e: InputEvent| sought.set(e.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let close = {
        let node = node.clone();
        Callback::from(move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    let onkeydown = {
        let node = node.clone();
        Callback::from(move |e: KeyboardEvent| walk(&e, &node))
    };
    let onready = {
        let (emit, close) = (props.emit.clone(), close.clone());
        Callback::from(move |r: &'static Ready| {
            close.emit(());
            trained::open(r, emit.clone());
        })
    };
    let onset = {
        let (onchoose, close) = (props.onchoose.clone(), close.clone());
        Callback::from(move |name: &'static str| {
            close.emit(());
            onchoose.emit(name);
        })
    };
    let wanted = sought.trim().to_lowercase();
    let hits = |names: &[&str]| wanted.is_empty() || names.iter().any(|n| n.to_lowercase().contains(&wanted));
    let experiments = Group::ALL.iter().enumerate().map(|(i, group)| {
        let is_hit = |r: &&Ready| {
            let (name, said) = (presets::preset_text(r.name), words::ready_text(r.name));
            let of_set = r.set().and_then(set_text);
            let texts = [name, said.map(|t| t.what), of_set.map(|t| t.name)];
            hits(&texts.into_iter().flatten().flat_map(|t| [t.en, t.zh]).chain([r.name]).collect::<Vec<_>>())
        };
        let members: Vec<&'static Ready> = ready::all().iter().filter(|r| r.group == *group).filter(is_hit).collect();
        view_group(
            presets::group_text(group.name()).get(lang),
            "tiles-wide",
            members.into_iter().map(|r| view_ready(r, i < drawn, lang, &onready)),
        )
    });
    let data = GROUPS.iter().enumerate().map(|(i, (title, holds))| {
        let is_hit = |s: &&SetInfo| {
            let texts = set_text(s.name);
            hits(
                &texts
                    .into_iter()
                    .flat_map(|t| [t.name.en, t.name.zh, t.about.en, t.about.zh])
                    .chain([s.name])
                    .collect::<Vec<_>>(),
            )
        };
        let members: Vec<&'static SetInfo> = sets().iter().filter(|s| holds(&s.kind)).filter(is_hit).collect();
        let drawn = i + Group::ALL.len() < drawn;
        view_group(title.get(lang), "tiles-small", members.into_iter().map(|s| view_set(s, drawn, props, &onset)))
    });
    let programs = primers::all().iter().filter(|p| {
        let said = checked::program(p.name);
        let texts = [said.name, said.wrong, checked::TITLE];
        hits(&texts.into_iter().flat_map(|t| [t.en, t.zh]).collect::<Vec<_>>())
    });
    let programs: Vec<Html> = programs.map(|p| view_program(p, lang)).collect();
    let programs = view_group(checked::GROUP.get(lang), "tiles-wide", programs.into_iter());
    let moved = [transfer::TITLE, transfer::GROUP, transfer::TILE];
    let moved = hits(&moved.into_iter().flat_map(|t| [t.en, t.zh]).collect::<Vec<_>>()).then(|| view_transfer(lang));
    let moved: Vec<Html> = moved.into_iter().collect();
    let moved = view_group(transfer::GROUP.get(lang), "tiles-wide", moved.into_iter());
    let (experiments, data): (Vec<_>, Vec<_>) =
        (experiments.flatten().chain(programs).chain(moved).collect(), data.flatten().collect());
    let nothing = experiments.is_empty() && data.is_empty();
    html! {
        <dialog ref={node} class="sheet browse" data-testid={testid::GALLERY} aria-labelledby="gallery-title"
            onclose={props.onclose.reform(|_: Event| ())} {onkeydown}>
            <header>
                <h2 id="gallery-title">{ words::GALLERY.get(lang) }</h2>
                <input ref={search} type="text" role="searchbox" placeholder={words::SEARCH.get(lang)} aria-label={words::SEARCH.get(lang)}
                    data-testid={testid::GALLERY_SEARCH} autocomplete="off" {oninput} />
                <span class="dim small keys-hint">{ words::GALLERY_KEYS.get(lang) }</span>
                <button type="button" class="quiet" data-testid={testid::GALLERY_CLOSE} aria-label={words::CLOSE.get(lang)}
                    title={words::CLOSE.get(lang)} onclick={close.reform(|_: MouseEvent| ())}>{ "×" }</button>
            </header>
            <div class="browse-body">
                if !experiments.is_empty() { <section><h3>{ words::READY_HEAD.get(lang) }</h3>{ for experiments }</section> }
                if !data.is_empty() { <section><h3>{ words::SETS_HEAD.get(lang) }</h3>{ for data }</section> }
                if nothing { <p class="dim" role="status">{ words::NOTHING.get(lang) }</p> }
            </div>
        </dialog>
    }
}

/// A group with its heading; nothing where nothing of it is found.
fn view_group(title: &str, class: &'static str, members: impl ExactSizeIterator<Item = Html>) -> Option<Html> {
    (members.len() > 0).then(|| {
        html! {
            <div class="browse-group" role="group" aria-label={title.to_string()}>
                <h4>{ title.to_string() }</h4><div {class}>{ for members }</div>
            </div>
        }
    })
}

fn view_ready(r: &'static Ready, drawn: bool, lang: Lang, onready: &Callback<&'static Ready>) -> Html {
    let name = presets::preset_text(r.name).map_or(r.name, |t| t.get(lang));
    let look = words::ready_text(r.name).map_or("", |t| t.look.get(lang));
    html! {
        <button type="button" class="tile" data-testid={testid::ready_tile(r.name)} onclick={onready.reform(move |_: MouseEvent| r)}>
            <Thumb set={r.set().unwrap_or("random")} {drawn} />
            <span><b>{ name }</b><span class="dim">{ look }</span></span>
        </button>
    }
}

/// A program leads to its own page: both halves stand side by side there.
fn view_program(p: &'static Program, lang: Lang) -> Html {
    let said = checked::program(p.name);
    let facts = [("name", p.name.to_uppercase()), ("what", said.name.get(lang).to_string())];
    let title = checked::PROGRAM.with(lang, &facts.each_ref().map(|(k, v)| (*k, v.as_str())));
    html! {
        <a class="tile" href={pair::address::write(p)} data-testid={testid::pair_tile(p.name)}>
            <Thumb set={p.meant.set().unwrap_or("random")} drawn=true />
            <span><b>{ title }</b><span class="dim">{ said.wrong.get(lang) }</span></span>
        </a>
    }
}

/// Transfer has a page of its own.
fn view_transfer(lang: Lang) -> Html {
    html! {
        <a class="tile" href={Room::Transfer.prefix()} data-testid={testid::TRANSFER_TILE}>
            <Thumb set="fashion_mnist" drawn=true />
            <span><b>{ transfer::TITLE.get(lang) }</b><span class="dim">{ transfer::TILE.get(lang) }</span></span>
        </a>
    }
}

fn view_set(set: &'static SetInfo, drawn: bool, props: &BrowseProps, onset: &Callback<&'static str>) -> Html {
    let name = set.name;
    let (label, about) = set_text(name).map_or((name, ""), |t| (t.name.get(props.lang), t.about.get(props.lang)));
    html! {
        <button type="button" class="tile" data-testid={testid::dataset(name)} aria-pressed={(props.set == name).to_string()}
            title={about} onclick={onset.reform(move |_: MouseEvent| name)}>
            <Thumb set={name} {drawn} /><span><b>{ label }</b><span class="dim">{ about }</span></span>
        </button>
    }
}

/// Arrow keys go from tile to tile, by where they stand; from the search field they go to the first.
fn walk(e: &KeyboardEvent, node: &NodeRef) {
    let step: Option<(f64, f64)> = match e.key().as_str() {
        "ArrowLeft" => Some((-1.0, 0.0)),
        "ArrowRight" => Some((1.0, 0.0)),
        "ArrowUp" => Some((0.0, -1.0)),
        "ArrowDown" => Some((0.0, 1.0)),
        _ => None,
    };
    let (Some((dx, dy)), Some(root)) = (step, node.cast::<Element>()) else { return };
    let Ok(list) = root.query_selector_all(".tile") else { return };
    let tiles: Vec<HtmlElement> = (0..list.length()).filter_map(|i| list.get(i)?.dyn_into().ok()).collect();
    let at = e.target().and_then(|t| t.dyn_into::<Element>().ok()).and_then(|t| t.closest(".tile").ok().flatten());
    let next = match at {
        // In the search field the keys to the left and right move in its text.
        None if dy > 0.0 => tiles.first(),
        None => return,
        Some(at) => {
            let middle = |e: &Element| {
                let r = e.get_bounding_client_rect();
                (r.left() + r.width() / 2.0, r.top() + r.height() / 2.0)
            };
            let (x, y) = middle(&at);
            // The nearest in that direction; what lies aside counts more.
            let far = |t: &&HtmlElement| {
                let (tx, ty) = middle(t);
                let (along, aside) = ((tx - x) * dx + (ty - y) * dy, (tx - x) * dy.abs() + (ty - y) * dx.abs());
                (along > 4.0).then_some(along + 4.0 * aside.abs())
            };
            tiles.iter().filter_map(|t| Some((far(&t)?, t))).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, t)| t)
        }
    };
    e.prevent_default();
    if let Some(next) = next {
        let _ = next.focus();
    }
}
