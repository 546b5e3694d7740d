//! What is seldom seen of the panels in the first window: editors of one's own data, code, what only some
//! networks say, dialogs; and readers of other programs' files.
//!
//! Not responsible for any of it.

use crate::spec::{Experiment, Problem};
use crate::ui::file_dialogs::{Save, SaveProps};
use crate::ui::files;
use crate::ui::later::{Coming, Given, Home, Lacking, Show};
use crate::ui::panels::export::{self, Picture};
use crate::ui::panels::network::{Code, CodeProps};
use crate::ui::panels::{data, output, setup};
use crate::ui::share::{Share, ShareProps};
use crate::ui::state::{Msg, State};
use std::thread::LocalKey;
use web_sys::{Element, File};
use yew::prelude::*;

/// What the output panel shows is about a picture.
const PICTURE_PX: u32 = 280;
/// An editor.
const EDITOR_PX: u32 = 120;

/// One of them.
#[derive(Clone, PartialEq)]
pub enum Tools {
    /// Of the data panel.
    Data(data::Rare),
    /// The experiment as code.
    Code(CodeProps),
    /// Of the output panel.
    Output(output::Rare),
    /// Of the set-up panel.
    Setup(setup::Rare),
    /// The dialog that saves.
    Save(SaveProps),
    /// The dialog that shares.
    Share(ShareProps),
}

thread_local! {
    static HOME: Home<Tools> = Home::default();
}

impl Given for Tools {
    fn home() -> &'static LocalKey<Home<Self>> {
        &HOME
    }

    fn load() -> Coming<Show<Self>> {
        Box::pin(async {
            let _cards = super::load(|l| l.cards).await;
            Ok(super::load(|l| l.tools).await?.show)
        })
    }

    fn height_px(&self) -> Option<u32> {
        match self {
            Tools::Output(_) => Some(PICTURE_PX),
            Tools::Data(_) | Tools::Setup(_) | Tools::Code(_) => Some(EDITOR_PX),
            // Dialogs lie over the page.
            Tools::Save(_) | Tools::Share(_) => None,
        }
    }
}

/// What comes.
pub struct Part {
    show: Show<Tools>,
    files: Files,
}

/// It, once it is there; called by the program's split function only.
pub fn part() -> Part {
    let files =
        Files { read: files::read_now, save: files::save_now, report: files::report_now, picture: export::save };
    Part { show, files }
}

fn show(tool: Tools) -> Html {
    match tool {
        Tools::Data(part) => data::rare(part),
        Tools::Code(props) => html! { <Code ..props /> },
        Tools::Output(part) => output::rare(part),
        Tools::Setup(part) => setup::rare(part),
        Tools::Save(props) => html! { <Save ..props /> },
        Tools::Share(props) => html! { <Share ..props /> },
    }
}

/// What reads and writes files.
pub struct Files {
    /// Reads one.
    pub read: fn(File, Callback<Msg>),
    /// Offers a set-up as one.
    pub save: fn(&Experiment),
    /// Offers a report of the run.
    pub report: fn(&State) -> Result<(), Vec<Problem>>,
    /// Offers a panel as a picture of that name.
    pub picture: fn(&Element, &str, Picture),
}

/// What reads and writes files, as soon as it is there.
///
/// # Errors
/// It could not be had.
pub async fn files() -> Result<Files, Lacking> {
    Ok(super::load(|l| l.tools).await?.files)
}
