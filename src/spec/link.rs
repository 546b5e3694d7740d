//! The share link: the experiment as base64url of its deflated JSON (`#/play?x=…`).
//!
//! Not responsible for the teacher's plain query fields (`ui::route`).

use super::experiment::{Experiment, FILE_LIMIT_KB};
use super::problem::{Code, Problem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};

/// Deflate's strongest level: links are made rarely and read by people's chat windows.
const LEVEL: u8 = 9;
/// Own pictures and tables are written into the address after every edit: the strongest level would hold the page up.
const LARGE: usize = 128 << 10;
/// See [`LARGE`].
const FAST: u8 = 1;

/// Packs an experiment for a link.
pub fn pack(experiment: &Experiment) -> String {
    let json = experiment.to_json();
    let level = if json.len() > LARGE { FAST } else { LEVEL };
    URL_SAFE_NO_PAD.encode(compress_to_vec(json.as_bytes(), level))
}

/// Unpacks what [`pack`] made; anything else is a problem, never a panic.
pub fn unpack(x: &str) -> Result<Experiment, Vec<Problem>> {
    let broken = || vec![Problem::new("", Code::BrokenLink)];
    // Copied out of a text, a link brings along what stood behind it: a bracket, a full stop.
    let own = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let x = x.trim();
    let x = &x[..x.find(|c| !own(c)).unwrap_or(x.len())];
    let packed = URL_SAFE_NO_PAD.decode(x).map_err(|_| broken())?;
    let json = decompress_to_vec_with_limit(&packed, FILE_LIMIT_KB * 1024).map_err(|_| broken())?;
    Experiment::from_json(&String::from_utf8(json).map_err(|_| broken())?)
}
