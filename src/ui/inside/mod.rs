//! What the panels inside the network share: which of them a network brings, the layers and values they may show, the
//! example they follow; the arithmetic and the layout of their pictures.
//!
//! Pure but for the chooser of the example and the section itself. Not responsible for drawing (`ui::panels`) nor for any
//! number of the network itself (the worker's).

pub mod answer;
pub mod attention;
pub mod bank;
pub mod climb;
pub mod film;
pub mod pad;
pub mod places;
pub mod sandbox;
pub mod states;
pub mod tokens;
pub mod walk;
pub mod writing;

#[cfg(target_arch = "wasm32")]
pub mod draw;
#[cfg(target_arch = "wasm32")]
pub mod example;
#[cfg(target_arch = "wasm32")]
pub mod own_text;
#[cfg(target_arch = "wasm32")]
pub mod section;
