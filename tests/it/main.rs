//! One native test binary.

mod data;
mod fixture;
mod golden_optim;
