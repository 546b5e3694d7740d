//! What the editor of pictures looks like: choosers, classes, how pictures are made square, progress, and what came of it.
//!
//! Not responsible for what happens ([`super`]).

use super::collect::named;
use super::{PicturesEditor, PicturesMsg};
use crate::i18n::{Lang, media as words, sentences};
use crate::spec::own_pictures::fit::{Chosen, Fit, Ground};
use crate::spec::own_pictures::{MAX_SIDE, MIN_SIDE};
use crate::spec::{Code, DataSpec, Problem};
use crate::ui::form::{Choice, Item, problems, say};
use crate::ui::picture_draft::Made;
use crate::ui::plots::number::integer;
use crate::ui::testid;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Class names that are listed with a button each.
const CLASSES_SHOWN: usize = 50;

impl PicturesEditor {
    pub(super) fn draw(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let said = self.made.as_ref().filter(|_| !self.busy).map(|made| said(made, &ctx.props().data, lang));
        html! {
            <div class="own-pictures">
                <p>{ words::PICTURES_HINT.get(lang) }</p>
                { self.choosers(ctx) }
                { self.pending(ctx) }
                { self.progress(ctx) }
                { self.classes(ctx) }
                { self.settings(ctx) }
                <p data-testid={testid::FOLDER_RESULT} role="status">
                    { self.made.as_ref().filter(|m| !self.busy && m.count > 0).map(|made| result(made, self.draft.fit, lang)).unwrap_or_default() }
                </p>
                { problems(testid::FOLDER_FILES, &said.unwrap_or_default()) }
            </div>
        }
    }

    fn choosers(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let onchange = ctx.link().batch_callback(|e: Event| {
            let input = e.target_unchecked_into::<HtmlInputElement>();
            let files = input.files().map(|list| named(&list)).unwrap_or_default();
            // So that the same folder, mended, can be chosen again.
            input.set_value("");
            (!files.is_empty()).then_some(PicturesMsg::Add(files))
        });
        html! {
            <div class="pictures-choose">
                <label class="button csv-file">
                    { words::FOLDER.get(lang) }
                    <input type="file" multiple=true webkitdirectory=true data-testid={testid::FOLDER_FILES}
                        onchange={onchange.clone()} />
                </label>
                <label class="button csv-file">
                    { words::PICTURES.get(lang) }
                    <input type="file" multiple=true accept="image/*" data-testid={testid::PICTURE_FILES} {onchange} />
                </label>
            </div>
        }
    }

    /// Pictures of which no folder tells the class.
    fn pending(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let (count, by_names) = self.draft.pending();
        // Which of them are pictures at all is only known once they are read.
        if count == 0 || self.busy {
            return Html::default();
        }
        let link = ctx.link();
        let oninput =
            link.callback(|e: InputEvent| PicturesMsg::Class(e.target_unchecked_into::<HtmlInputElement>().value()));
        let onsubmit = link.callback(|e: SubmitEvent| {
            e.prevent_default();
            PicturesMsg::Assign
        });
        let names = self.draft.classes();
        html! {
            <form class="pictures-class" {onsubmit}>
                <label for={testid::PICTURE_CLASS}>{ words::PICTURE_CLASS.with(lang, &[("n", &integer(count as u64))]) }</label>
                <input id={testid::PICTURE_CLASS} data-testid={testid::PICTURE_CLASS} list="picture-classes" maxlength="40"
                    autocomplete="off" placeholder={words::PICTURE_CLASS_HINT.get(lang)} value={self.class.clone()} {oninput} />
                <datalist id="picture-classes">{ for names.into_iter().map(|(name, _)| html! { <option value={name} /> }) }</datalist>
                <button type="submit" class="button small" data-testid={testid::PICTURE_ADD}
                    disabled={self.class.trim().is_empty()}>{ words::PICTURE_ADD.get(lang) }</button>
                if let Some(classes) = by_names {
                    <button type="button" class="button small" data-testid={testid::PICTURE_BY_NAME}
                        onclick={link.callback(|_: MouseEvent| PicturesMsg::AssignByNames)}>
                        { words::PICTURE_BY_NAME.with(lang, &[("names", &listed(classes.into_iter()))]) }
                    </button>
                }
                <button type="button" class="quiet small" data-testid={testid::PICTURE_DISCARD}
                    onclick={link.callback(|_: MouseEvent| PicturesMsg::Discard)}>{ words::PICTURE_DISCARD.get(lang) }</button>
            </form>
        }
    }

    fn progress(&self, ctx: &Context<Self>) -> Html {
        if !self.busy {
            return Html::default();
        }
        let lang = ctx.props().lang;
        let (done, all) = self.draft.progress();
        let said =
            words::PICTURES_READING.with(lang, &[("done", &integer(done as u64)), ("all", &integer(all as u64))]);
        html! {
            <div class="data-fetching" role="status" data-testid={testid::PICTURES_PROGRESS}>
                <progress max={all.max(1).to_string()} value={done.to_string()} aria-label={said.clone()} />
                <span>{ said }</span>
                <button type="button" class="button small" data-testid={testid::PICTURES_STOP}
                    onclick={ctx.link().callback(|_: MouseEvent| PicturesMsg::Stop)}>{ words::PICTURES_STOP.get(lang) }</button>
            </div>
        }
    }

    fn classes(&self, ctx: &Context<Self>) -> Html {
        let lang = ctx.props().lang;
        let classes = self.draft.classes();
        if self.draft.is_empty() {
            return Html::default();
        }
        let item = |(i, (name, count)): (usize, (String, usize))| {
            let onclick = {
                let name = name.clone();
                ctx.link().callback(move |_: MouseEvent| PicturesMsg::Remove(name.clone()))
            };
            let label = words::PICTURE_REMOVE.with(lang, &[("name", &name)]);
            html! {
                <li>
                    <b>{ name }</b>{ " " }<span>{ integer(count as u64) }</span>
                    <button type="button" class="quiet small" title={label.clone()} aria-label={label}
                        data-testid={testid::picture_remove(i)} {onclick}>{ "×" }</button>
                </li>
            }
        };
        html! {
            <>
                if !classes.is_empty() {
                    <ul class="pictures-classes" data-testid={testid::PICTURE_CLASSES} aria-label={words::PICTURE_CLASSES.get(lang)}>
                        { for classes.into_iter().take(CLASSES_SHOWN).enumerate().map(item) }
                    </ul>
                }
                <button type="button" class="quiet small" data-testid={testid::PICTURES_CLEAR}
                    onclick={ctx.link().callback(|_: MouseEvent| PicturesMsg::Clear)}>{ words::PICTURES_CLEAR.get(lang) }</button>
            </>
        }
    }

    fn settings(&self, ctx: &Context<Self>) -> Html {
        let (lang, link) = (ctx.props().lang, ctx.link());
        let sides = [MIN_SIDE, 16, 28, 32, 48, MAX_SIDE].map(|n| Item::new(n.to_string(), format!("{n}×{n}"))).to_vec();
        let onside = link.batch_callback(|value: String| value.parse().ok().map(PicturesMsg::Side));
        let fits =
            vec![Item::new("whole", words::FIT_WHOLE.get(lang)), Item::new("middle", words::FIT_MIDDLE.get(lang))];
        let fit = match self.draft.fit {
            Fit::Whole => "whole",
            Fit::Middle => "middle",
        };
        let onfit =
            link.callback(|value: String| PicturesMsg::Fit(if value == "middle" { Fit::Middle } else { Fit::Whole }));
        let grounds = [("auto", words::GROUND_AUTO), ("white", words::GROUND_WHITE), ("black", words::GROUND_BLACK)];
        let grounds = grounds.map(|(value, text)| Item::new(value, text.get(lang))).to_vec();
        let ground = match self.draft.ground {
            Ground::Auto => "auto",
            Ground::White => "white",
            Ground::Black => "black",
        };
        let onground = link.callback(|value: String| {
            PicturesMsg::Ground(match value.as_str() {
                "white" => Ground::White,
                "black" => Ground::Black,
                _ => Ground::Auto,
            })
        });
        let clear = self.made.as_ref().is_some_and(|made| made.ground != Chosen::Nothing);
        html! {
            <div class="fields">
                <Choice id={testid::FOLDER_SIDE} label={words::SIDE.get(lang)} items={sides} value={self.draft.side().to_string()}
                    onchange={onside} />
                <Choice id={testid::PICTURE_FIT} label={words::FIT.get(lang)} items={fits} value={fit} onchange={onfit} />
                if clear {
                    <Choice id={testid::PICTURE_GROUND} label={words::GROUND.get(lang)} items={grounds} value={ground}
                        onchange={onground} />
                }
            </div>
        }
    }
}

fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    let more = if names.len() > 4 { ", …" } else { "" };
    format!("{}{more}", names.iter().take(4).map(String::as_str).collect::<Vec<_>>().join(", "))
}

/// What was read and what was done to it, in a few sentences.
fn result(made: &Made, fit: Fit, lang: Lang) -> String {
    let pictures = &made.pictures;
    let n = |n: usize| integer(n as u64);
    let facts =
        [n(made.count), n(pictures.classes.len()), n(pictures.side), n(made.no_room), n(made.hidden), n(pictures.test)];
    let names = ["n", "classes", "side", "no_room", "hidden", "test"];
    let facts: Vec<(&str, &str)> = names.into_iter().zip(facts.iter().map(String::as_str)).collect();
    let square = match (made.not_square, fit) {
        (true, Fit::Whole) => Some(words::READ_WHOLE),
        (true, Fit::Middle) => Some(words::READ_MIDDLE),
        (false, _) => made.mixed.then_some(words::READ_MIXED),
    };
    let ground = match made.ground {
        Chosen::Nothing => None,
        Chosen::White => Some(words::READ_ON_WHITE),
        Chosen::Black => Some(words::READ_ON_BLACK),
        Chosen::Each => Some(words::READ_ON_EACH),
    };
    let all = [
        Some(words::READ),
        (pictures.test > 0).then_some(words::READ_SPLIT),
        square,
        ground,
        (made.no_room > 0).then_some(words::READ_NO_ROOM),
        (made.hidden > 0).then_some(words::READ_HIDDEN),
    ];
    sentences(lang, &all.into_iter().flatten().map(|text| text.with(lang, &facts)).collect::<Vec<_>>())
}

/// Every file that is left out, and why the rest cannot be used, if so.
fn said(made: &Made, data: &DataSpec, lang: Lang) -> Vec<AttrValue> {
    let told = |p: &Problem| matches!(p.code, Code::OneFolder | Code::TooManyFolders | Code::PicturesNoClass);
    let tried = DataSpec { pictures: Some(made.pictures.clone()), test_fraction: None, ..data.clone() };
    // One class or none: that there are too few of something is no news then.
    let none = made.count == 0 && !made.problems.is_empty();
    let whole =
        if none || made.problems.iter().any(told) { Vec::new() } else { tried.info().err().unwrap_or_default() };
    made.problems.iter().chain(&whole).map(|p| say(p, lang).into()).collect()
}
