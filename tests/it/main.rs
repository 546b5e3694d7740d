//! One native test binary.

mod fixture;
mod golden_optim;
