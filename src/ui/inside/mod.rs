//! What the panels inside the network share: which of them a network brings, the layers and values they may show, the
//! example they follow; the arithmetic and the layout of their pictures.
//!
//! Pure. Not responsible for drawing (`ui::panels`) nor for any number of the network itself (the worker's).

pub mod answer;
pub mod answers;
pub mod attention;
pub mod axis_labels;
pub mod bank;
pub mod centre;
pub mod climb;
pub mod codes;
pub mod curve;
pub mod filling;
pub mod film;
pub mod own_row;
pub mod pad;
pub mod pca;
pub mod places;
pub mod sandbox;
pub mod scores;
pub mod states;
pub mod tokens;
pub mod walk;
pub mod writing;
