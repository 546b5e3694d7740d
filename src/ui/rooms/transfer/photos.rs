//! Photographs to pictures as the digits are: the middle square, made small, its light.
//!
//! Not responsible for decoding (`panels::data::pictures`) nor for which class they belong to.

use super::state::{OwnMsg, TransferMsg};
use crate::spec::Problem;
use crate::spec::own_pictures::fit::{Fit, Ground, grounds, square};
use crate::spec::transfer::{SIDE, light};
use crate::ui::panels::data::pictures::collect::Named;
use crate::ui::panels::data::pictures::decode::Decoder;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// Reads files one after the other and gives each to a class; `bad` hears what is wrong with those left out.
pub fn add(class: usize, files: Named, emit: Callback<TransferMsg>, bad: Callback<Vec<Problem>>) {
    spawn_local(async move {
        let Some(decoder) = Decoder::start() else { return };
        let mut problems = Vec::new();
        for (path, file) in files {
            match decoder.read(&file, SIDE).await {
                Ok(small) => {
                    let ground = grounds(&[&small], Ground::Auto).0.first().copied().unwrap_or(255);
                    let picture = light(&square(&small, SIDE, Fit::Middle, ground));
                    emit.emit(TransferMsg::Own(OwnMsg::Add(class, picture.into())));
                }
                Err(problem) => problems.push(problem.arg("file", path)),
            }
        }
        bad.emit(problems);
    });
}
