//! What every plot shares: colours, numbers as text, and a canvas that keeps itself sharp.
//!
//! Not responsible for what a panel shows (`ui::panels`). Colours and numbers are pure and tested natively.

pub mod axis;
#[cfg(target_arch = "wasm32")]
pub mod canvas;
#[cfg(target_arch = "wasm32")]
pub mod chart;
pub mod color;
pub mod columns;
#[cfg(target_arch = "wasm32")]
pub mod controls;
#[cfg(target_arch = "wasm32")]
pub mod download;
pub mod flow;
#[cfg(target_arch = "wasm32")]
pub mod ink;
pub mod names;
pub mod number;
#[cfg(target_arch = "wasm32")]
pub mod numbers;
pub mod odds;
pub mod reading;
pub mod regions;
pub mod scene;
pub mod scores;
pub mod series;
#[cfg(target_arch = "wasm32")]
pub mod surface;
