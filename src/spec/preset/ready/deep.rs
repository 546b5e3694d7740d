//! Fifty layers: as they are, with shortcuts, and normalised; on the plane, and on handwritten digits.
//!
//! Not responsible for what trains them (`ready`).

macro_rules! times {
    (10, $one:literal) => {
        concat!($one, $one, $one, $one, $one, $one, $one, $one, $one, $one)
    };
    (24, $one:literal) => {
        concat!(times!(10, $one), times!(10, $one), $one, $one, $one, $one)
    };
    (49, $one:literal) => {
        concat!(times!(24, $one), times!(24, $one), $one)
    };
}

pub(super) const PLAIN: &str = concat!(times!(49, "dense 16 relu | "), "dense");
pub(super) const RESIDUAL: &str =
    concat!("dense 16 relu | ", times!(24, "residual(layer_norm | dense 16 relu | dense 16) | "), "dense");
pub(super) const NORMALISED: &str = concat!(times!(49, "dense 32 | batch_norm | activation kind=relu | "), "dense");

pub(super) const PLAIN_DIGITS: &str = concat!("flatten | ", times!(49, "dense 32 elu | "), "dense");
pub(super) const RESIDUAL_DIGITS: &str =
    concat!("flatten | dense 32 elu | ", times!(24, "residual(layer_norm | dense 32 elu | dense 32) | "), "dense");
pub(super) const NORMALISED_DIGITS: &str =
    concat!("flatten | ", times!(49, "dense 32 | batch_norm | activation kind=elu | "), "dense");
