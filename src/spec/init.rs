//! How a layer's weights start: the initialisers, by their usual names.
//!
//! In JSON an initialiser is a bare name (`"he_normal"`) or an object with its one number
//! (`{"type": "normal", "std": 0.1}`). Not responsible for drawing numbers: `engine::init` does.
//!
//! Fans are PyTorch's: for a weight `(out, in)`, `fan_in = in` and `fan_out = out`. Every initialiser but `torch` sets
//! biases to zero, as Keras does.
//!
//! | name | spread of the weight | PyTorch | Keras |
//! |---|---|---|---|
//! | `torch` | U(±1/√fan_in), bias too | default of `nn.Linear` and `nn.Conv2d` | – |
//! | `xavier_uniform` | U(±gain·√(6/(fan_in+fan_out))) | `xavier_uniform_` | `GlorotUniform`, its default |
//! | `xavier_normal` | N(0, gain²·2/(fan_in+fan_out)) | `xavier_normal_` | `GlorotNormal` (truncated) |
//! | `he_uniform` | U(±gain·√(6/fan_in)) | `kaiming_uniform_(nonlinearity="relu")` | `HeUniform` |
//! | `he_normal` | N(0, gain²·2/fan_in) | `kaiming_normal_(nonlinearity="relu")` | `HeNormal` (truncated) |
//! | `lecun_uniform` | U(±gain·√(3/fan_in)) | `kaiming_uniform_(nonlinearity="linear")` | `LecunUniform` |
//! | `lecun_normal` | N(0, gain²/fan_in) | `kaiming_normal_(nonlinearity="linear")` | `LecunNormal` (truncated) |
//! | `orthogonal` | gain · orthonormal rows or columns | `orthogonal_` | `Orthogonal` |
//!
//! Keras cuts its normals at two standard deviations (and widens them to keep the variance); like PyTorch, we do not.
//! The numbers of `uniform`, `normal` and `constant` default to Keras's 0.05, 0.05 and 0.

use serde::de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::problem::{Problem, check_range};

/// The name of an initialiser without its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InitKind {
    /// PyTorch's default for `nn.Linear`: weight and bias uniform within ±1/√fan_in.
    #[default]
    #[serde(alias = "default")]
    Torch,
    /// All zero (every unit of a layer then learns the same: a lesson in symmetry).
    Zeros,
    /// All the same value.
    Constant,
    /// Uniform within ±limit.
    Uniform,
    /// Normal with the given standard deviation.
    Normal,
    /// Glorot and Bengio 2010, uniform.
    #[serde(alias = "glorot_uniform")]
    XavierUniform,
    /// Glorot and Bengio 2010, normal.
    #[serde(alias = "glorot_normal")]
    XavierNormal,
    /// He et al. 2015, uniform.
    #[serde(alias = "kaiming_uniform")]
    HeUniform,
    /// He et al. 2015, normal.
    #[serde(alias = "kaiming_normal")]
    HeNormal,
    /// LeCun et al. 1998, uniform.
    LecunUniform,
    /// LeCun et al. 1998, normal.
    LecunNormal,
    /// Saxe et al. 2013: orthonormal rows or columns, whichever are fewer.
    Orthogonal,
}

/// An initialiser with its number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Init {
    /// See [`InitKind::Torch`].
    #[default]
    Torch,
    /// See [`InitKind::Zeros`].
    Zeros,
    /// See [`InitKind::Constant`].
    Constant {
        /// Every weight's value.
        value: f64,
    },
    /// See [`InitKind::Uniform`].
    Uniform {
        /// Half the width of the interval.
        limit: f64,
    },
    /// See [`InitKind::Normal`].
    Normal {
        /// Standard deviation.
        std: f64,
    },
    /// See [`InitKind::XavierUniform`].
    XavierUniform {
        /// Factor on the spread.
        gain: f64,
    },
    /// See [`InitKind::XavierNormal`].
    XavierNormal {
        /// Factor on the spread.
        gain: f64,
    },
    /// See [`InitKind::HeUniform`].
    HeUniform {
        /// Factor on the spread, on top of ReLU's √2.
        gain: f64,
    },
    /// See [`InitKind::HeNormal`].
    HeNormal {
        /// Factor on the spread, on top of ReLU's √2.
        gain: f64,
    },
    /// See [`InitKind::LecunUniform`].
    LecunUniform {
        /// Factor on the spread.
        gain: f64,
    },
    /// See [`InitKind::LecunNormal`].
    LecunNormal {
        /// Factor on the spread.
        gain: f64,
    },
    /// See [`InitKind::Orthogonal`].
    Orthogonal {
        /// Factor on the orthonormal matrix.
        gain: f64,
    },
}

/// The one number an initialiser can have: its JSON name, default and range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InitParam {
    /// JSON name: `value`, `limit`, `std` or `gain`.
    pub name: &'static str,
    /// Value when left out.
    pub default: f64,
    /// Smallest allowed.
    pub min: f64,
    /// Largest allowed.
    pub max: f64,
}

impl InitKind {
    /// Every initialiser, in the order menus show them.
    pub const ALL: [InitKind; 12] = [
        InitKind::Torch,
        InitKind::XavierUniform,
        InitKind::XavierNormal,
        InitKind::HeUniform,
        InitKind::HeNormal,
        InitKind::LecunUniform,
        InitKind::LecunNormal,
        InitKind::Orthogonal,
        InitKind::Normal,
        InitKind::Uniform,
        InitKind::Constant,
        InitKind::Zeros,
    ];

    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            InitKind::Torch => "torch",
            InitKind::Zeros => "zeros",
            InitKind::Constant => "constant",
            InitKind::Uniform => "uniform",
            InitKind::Normal => "normal",
            InitKind::XavierUniform => "xavier_uniform",
            InitKind::XavierNormal => "xavier_normal",
            InitKind::HeUniform => "he_uniform",
            InitKind::HeNormal => "he_normal",
            InitKind::LecunUniform => "lecun_uniform",
            InitKind::LecunNormal => "lecun_normal",
            InitKind::Orthogonal => "orthogonal",
        }
    }

    /// The number this initialiser has, if it has one.
    pub fn param(self) -> Option<InitParam> {
        let param = |name, default, min, max| Some(InitParam { name, default, min, max });
        match self {
            InitKind::Torch | InitKind::Zeros => None,
            InitKind::Constant => param("value", 0.0, -100.0, 100.0),
            InitKind::Uniform => param("limit", 0.05, 0.0, 100.0),
            InitKind::Normal => param("std", 0.05, 0.0, 100.0),
            InitKind::XavierUniform
            | InitKind::XavierNormal
            | InitKind::HeUniform
            | InitKind::HeNormal
            | InitKind::LecunUniform
            | InitKind::LecunNormal
            | InitKind::Orthogonal => param("gain", 1.0, 0.0, 100.0),
        }
    }
}

impl Init {
    /// The initialiser `kind` with its number, or with the default number. `None` changes nothing for kinds without one.
    pub fn new(kind: InitKind, number: Option<f64>) -> Init {
        let x = number.or(kind.param().map(|p| p.default)).unwrap_or(0.0);
        match kind {
            InitKind::Torch => Init::Torch,
            InitKind::Zeros => Init::Zeros,
            InitKind::Constant => Init::Constant { value: x },
            InitKind::Uniform => Init::Uniform { limit: x },
            InitKind::Normal => Init::Normal { std: x },
            InitKind::XavierUniform => Init::XavierUniform { gain: x },
            InitKind::XavierNormal => Init::XavierNormal { gain: x },
            InitKind::HeUniform => Init::HeUniform { gain: x },
            InitKind::HeNormal => Init::HeNormal { gain: x },
            InitKind::LecunUniform => Init::LecunUniform { gain: x },
            InitKind::LecunNormal => Init::LecunNormal { gain: x },
            InitKind::Orthogonal => Init::Orthogonal { gain: x },
        }
    }

    /// Kind and number taken apart.
    pub fn parts(self) -> (InitKind, Option<f64>) {
        match self {
            Init::Torch => (InitKind::Torch, None),
            Init::Zeros => (InitKind::Zeros, None),
            Init::Constant { value } => (InitKind::Constant, Some(value)),
            Init::Uniform { limit } => (InitKind::Uniform, Some(limit)),
            Init::Normal { std } => (InitKind::Normal, Some(std)),
            Init::XavierUniform { gain } => (InitKind::XavierUniform, Some(gain)),
            Init::XavierNormal { gain } => (InitKind::XavierNormal, Some(gain)),
            Init::HeUniform { gain } => (InitKind::HeUniform, Some(gain)),
            Init::HeNormal { gain } => (InitKind::HeNormal, Some(gain)),
            Init::LecunUniform { gain } => (InitKind::LecunUniform, Some(gain)),
            Init::LecunNormal { gain } => (InitKind::LecunNormal, Some(gain)),
            Init::Orthogonal { gain } => (InitKind::Orthogonal, Some(gain)),
        }
    }

    /// The kind alone.
    pub fn kind(self) -> InitKind {
        self.parts().0
    }

    /// Whether this is the default, which JSON leaves out.
    pub fn is_default(&self) -> bool {
        *self == Init::default()
    }

    /// Files a problem when the number is outside its range.
    pub fn check(&self, path: &str, problems: &mut Vec<Problem>) {
        let (kind, number) = self.parts();
        if let (Some(p), Some(x)) = (kind.param(), number) {
            check_range(problems, &format!("{path}.{}", p.name), x, p.min, p.max);
        }
    }
}

/// The object form. Fields that the kind does not have are refused by [`Init`]'s reader.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InitObject {
    #[serde(rename = "type")]
    kind: InitKind,
    #[serde(default)]
    value: Option<f64>,
    #[serde(default)]
    limit: Option<f64>,
    #[serde(default)]
    std: Option<f64>,
    #[serde(default)]
    gain: Option<f64>,
}

impl Serialize for Init {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, number) = self.parts();
        match (kind.param(), number) {
            (Some(p), Some(x)) if x != p.default => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("type", &kind)?;
                map.serialize_entry(p.name, &x)?;
                map.end()
            }
            (Some(_) | None, Some(_) | None) => kind.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Init {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InitVisitor)
    }
}

struct InitVisitor;

impl<'de> Visitor<'de> for InitVisitor {
    type Value = Init;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("the name of an initialiser, or an object with \"type\"")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Init, E> {
        let reader: serde::de::value::StrDeserializer<E> = serde::de::IntoDeserializer::into_deserializer(name);
        Ok(Init::new(InitKind::deserialize(reader)?, None))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Init, A::Error> {
        let object = InitObject::deserialize(MapAccessDeserializer::new(map))?;
        let own = object.kind.param().map(|p| p.name);
        let mut number = None;
        for (name, given) in
            [("value", object.value), ("limit", object.limit), ("std", object.std), ("gain", object.gain)]
        {
            match (given, own == Some(name)) {
                (Some(x), true) => number = Some(x),
                (Some(_), false) => {
                    let allowed: &'static [&'static str] = match own {
                        Some("value") => &["type", "value"],
                        Some("limit") => &["type", "limit"],
                        Some("std") => &["type", "std"],
                        Some(_) => &["type", "gain"],
                        None => &["type"],
                    };
                    return Err(A::Error::unknown_field(name, allowed));
                }
                (None, true | false) => {}
            }
        }
        Ok(Init::new(object.kind, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read_and_the_shorter_written() {
        let read = |s: &str| serde_json::from_str::<Init>(s);
        assert_eq!(read("\"he_normal\"").unwrap(), Init::HeNormal { gain: 1.0 });
        assert_eq!(read("\"glorot_uniform\"").unwrap(), Init::XavierUniform { gain: 1.0 });
        assert_eq!(read("{\"type\":\"normal\",\"std\":0.1}").unwrap(), Init::Normal { std: 0.1 });
        assert!(read("{\"type\":\"normal\",\"gain\":0.1}").unwrap_err().to_string().contains("unknown field `gain`"));
        assert!(read("\"he\"").is_err() && read("{\"type\":\"zeros\",\"size\":1}").is_err() && read("3").is_err());
        for kind in InitKind::ALL {
            for number in [None, kind.param().map(|_| 0.3)] {
                let init = Init::new(kind, number);
                let text = serde_json::to_string(&init).unwrap();
                assert_eq!(read(&text).unwrap(), init);
                assert_eq!(text.starts_with('"'), number.is_none(), "{text}");
            }
        }
    }

    #[test]
    fn range_is_checked() {
        let mut problems = Vec::new();
        Init::Normal { std: -1.0 }.check("model.layers[0].init", &mut problems);
        assert_eq!(problems[0].path, "model.layers[0].init.std");
    }
}
