//! The functions that a formula may name, each under every name that people use for it.
//!
//! Not responsible for reading names (`words`).

/// A function of one argument.
#[derive(Debug)]
pub(super) struct One {
    /// Its names; the first is the one it is shown by.
    pub names: &'static [&'static str],
    pub call: fn(f64) -> f64,
    /// What `sin⁻¹` means; empty where nobody writes that.
    pub inverse: &'static str,
}

/// A function of two arguments.
#[derive(Debug)]
pub(super) struct Two {
    /// Its names; the first is the one it is shown by.
    pub names: &'static [&'static str],
    pub call: fn(f64, f64) -> f64,
    /// Whether it takes more than two as well.
    pub many: bool,
}

const fn one(names: &'static [&'static str], call: fn(f64) -> f64) -> One {
    One { names, call, inverse: "" }
}

const fn invertible(names: &'static [&'static str], call: fn(f64) -> f64, inverse: &'static str) -> One {
    One { names, call, inverse }
}

/// Functions of one argument.
pub(super) const ONES: &[One] = &[
    invertible(&["sin"], f64::sin, "asin"),
    invertible(&["cos"], f64::cos, "acos"),
    invertible(&["tan", "tg"], f64::tan, "atan"),
    one(&["cot", "ctg"], |x| 1.0 / x.tan()),
    one(&["sec"], |x| 1.0 / x.cos()),
    one(&["csc", "cosec"], |x| 1.0 / x.sin()),
    one(&["asin", "arcsin"], f64::asin),
    one(&["acos", "arccos"], f64::acos),
    one(&["atan", "arctan", "arctg"], f64::atan),
    invertible(&["sinh"], f64::sinh, "asinh"),
    invertible(&["cosh"], f64::cosh, "acosh"),
    invertible(&["tanh"], f64::tanh, "atanh"),
    one(&["asinh", "arsinh", "arcsinh"], f64::asinh),
    one(&["acosh", "arcosh", "arccosh"], f64::acosh),
    one(&["atanh", "artanh", "arctanh"], f64::atanh),
    one(&["exp"], f64::exp),
    one(&["ln"], f64::ln),
    one(&["log10", "log", "lg"], f64::log10),
    one(&["log2", "lb"], f64::log2),
    one(&["log1p"], f64::ln_1p),
    one(&["expm1"], f64::exp_m1),
    one(&["sqrt"], f64::sqrt),
    one(&["cbrt"], f64::cbrt),
    one(&["abs", "fabs"], f64::abs),
    one(&["sign", "sgn"], |x| if x == 0.0 { 0.0 } else { x.signum() }),
    one(&["floor"], f64::floor),
    one(&["ceil"], f64::ceil),
    one(&["round"], |x| x.round_ties_even()),
    one(&["sigmoid", "logistic"], |x| 1.0 / (1.0 + (-x).exp())),
    one(&["relu"], |x| x.max(0.0)),
    one(&["softplus"], |x| x.max(0.0) + (-x.abs()).exp().ln_1p()),
    one(&["step", "heaviside"], |x| f64::from(u8::from(x >= 0.0))),
];

/// Functions of two arguments.
pub(super) const TWOS: &[Two] = &[
    Two { names: &["max", "maximum"], call: f64::max, many: true },
    Two { names: &["min", "minimum"], call: f64::min, many: true },
    Two { names: &["pow", "power"], call: f64::powf, many: false },
    Two { names: &["mod", "fmod"], call: f64::rem_euclid, many: false },
    Two { names: &["atan2", "arctan2"], call: f64::atan2, many: false },
    Two { names: &["hypot"], call: f64::hypot, many: false },
];

/// The function of one argument with that name.
pub(super) fn by_name(name: &str) -> Option<&'static One> {
    ONES.iter().find(|f| f.names.contains(&name))
}
