//! What the panels inside the network show: which panels a network has, the arithmetic and the layout of their pictures.
//!
//! Not responsible for drawing (`ui::panels`) nor for any number of the network itself (the worker's).

pub mod attention;
pub mod states;
pub mod tokens;
