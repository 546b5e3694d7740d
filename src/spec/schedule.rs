//! How the learning rate changes while training: PyTorch's schedulers, counted in training steps.
//!
//! PyTorch leaves it to the script whether a scheduler advances per epoch or per batch; here every schedule advances
//! once per training step, `plateau` alone once per look at the loss. Not responsible for the arithmetic:
//! `spec::schedule_rate` has it.

use serde::de::{self, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::problem::{Problem, check_range};
use super::read::{self, ReadError};

/// A learning-rate schedule; `lr` below is the optimizer's own learning rate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Schedule {
    /// `lr`, always. (Braces, because serde accepts any field beside a tagged unit.)
    Constant {},
    /// `lr · factor^⌊step / every⌋` (`StepLR`).
    Step {
        /// Steps between two changes.
        #[serde(default = "d::steps", skip_serializing_if = "d::is_steps")]
        every: u64,
        /// What each change multiplies with.
        #[serde(default = "d::tenth", skip_serializing_if = "d::is_tenth")]
        factor: f64,
    },
    /// `lr · gammaˢᵗᵉᵖ` (`ExponentialLR`, advanced per step).
    Exponential {
        /// What every step multiplies with.
        #[serde(default = "d::gamma", skip_serializing_if = "d::is_gamma")]
        gamma: f64,
    },
    /// Half a cosine from `lr` down to `lr_min` over `steps`, then `lr_min` (`CosineAnnealingLR`, which would rise
    /// again after `T_max`; ours stays down).
    Cosine {
        /// Steps until the lowest rate.
        #[serde(default = "d::steps", skip_serializing_if = "d::is_steps")]
        steps: u64,
        /// The lowest rate.
        #[serde(default, skip_serializing_if = "d::is_zero")]
        lr_min: f64,
    },
    /// `lr · (step + 1) / steps` at first (`LinearLR(start_factor=1/steps)`), then `then`, counted from its own zero.
    Warmup {
        /// Length of the ramp.
        #[serde(default = "d::warmup", skip_serializing_if = "d::is_warmup")]
        steps: u64,
        /// What follows; nothing means constant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        then: Option<Box<Schedule>>,
    },
    /// Up from `lr/div` to `lr` and down to `lr/div/final_div`, both by cosine (`OneCycleLR`; `lr` is its `max_lr`).
    /// Momentum is left alone, where PyTorch cycles it too unless told `cycle_momentum=False`.
    OneCycle {
        /// Length of the whole cycle; the last rate stays afterwards.
        #[serde(default = "d::steps", skip_serializing_if = "d::is_steps")]
        steps: u64,
        /// The part of the cycle spent rising.
        #[serde(default = "d::pct_start", skip_serializing_if = "d::is_pct_start")]
        pct_start: f64,
        /// `lr` over the first rate.
        #[serde(default = "d::div", skip_serializing_if = "d::is_div")]
        div: f64,
        /// The first rate over the last.
        #[serde(default = "d::final_div", skip_serializing_if = "d::is_final_div")]
        final_div: f64,
    },
    /// `lr · factor` each time the loss has not improved for `patience` looks (`ReduceLROnPlateau`, mode min,
    /// relative threshold). The session looks at the loss once per epoch.
    Plateau {
        /// What each reduction multiplies with.
        #[serde(default = "d::tenth", skip_serializing_if = "d::is_tenth")]
        factor: f64,
        /// Looks without improvement that are forgiven.
        #[serde(default = "d::patience", skip_serializing_if = "d::is_patience")]
        patience: u64,
        /// By what part the loss must fall to count as improved.
        #[serde(default = "d::threshold", skip_serializing_if = "d::is_threshold")]
        threshold: f64,
        /// Looks to wait after a reduction before counting again.
        #[serde(default, skip_serializing_if = "d::is_none")]
        cooldown: u64,
        /// The lowest rate.
        #[serde(default, skip_serializing_if = "d::is_zero")]
        lr_min: f64,
    },
}

/// A number of a schedule, for building its control.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScheduleField {
    /// JSON name.
    pub name: &'static str,
    /// Value when left out.
    pub default: f64,
    /// Smallest allowed.
    pub min: f64,
    /// Largest allowed.
    pub max: f64,
    /// Whether only whole numbers make sense.
    pub whole: bool,
}

const MAX_STEPS: f64 = 1e9;

impl Default for Schedule {
    fn default() -> Self {
        Schedule::Constant {}
    }
}

impl Schedule {
    /// JSON names of all schedules, in the order menus show them.
    pub const NAMES: [&'static str; 7] =
        ["constant", "step", "exponential", "cosine", "warmup", "one_cycle", "plateau"];

    /// The schedule of that name with default numbers.
    pub fn from_name(name: &str) -> Option<Schedule> {
        Some(match name {
            "constant" => Schedule::Constant {},
            "step" => Schedule::Step { every: d::steps(), factor: d::tenth() },
            "exponential" => Schedule::Exponential { gamma: d::gamma() },
            "cosine" => Schedule::Cosine { steps: d::steps(), lr_min: 0.0 },
            "warmup" => Schedule::Warmup { steps: d::warmup(), then: None },
            "one_cycle" => Schedule::OneCycle {
                steps: d::steps(),
                pct_start: d::pct_start(),
                div: d::div(),
                final_div: d::final_div(),
            },
            "plateau" => Schedule::Plateau {
                factor: d::tenth(),
                patience: d::patience(),
                threshold: d::threshold(),
                cooldown: 0,
                lr_min: 0.0,
            },
            _ => return None,
        })
    }

    /// The JSON name.
    pub fn name(&self) -> &'static str {
        match self {
            Schedule::Constant {} => "constant",
            Schedule::Step { .. } => "step",
            Schedule::Exponential { .. } => "exponential",
            Schedule::Cosine { .. } => "cosine",
            Schedule::Warmup { .. } => "warmup",
            Schedule::OneCycle { .. } => "one_cycle",
            Schedule::Plateau { .. } => "plateau",
        }
    }

    /// JSON names of everything that may stand beside it.
    fn allowed(&self) -> &'static [&'static str] {
        match self {
            Schedule::Constant {} => &["type"],
            Schedule::Step { .. } => &["type", "every", "factor"],
            Schedule::Exponential { .. } => &["type", "gamma"],
            Schedule::Cosine { .. } => &["type", "steps", "lr_min"],
            Schedule::Warmup { .. } => &["type", "steps", "then"],
            Schedule::OneCycle { .. } => &["type", "steps", "pct_start", "div", "final_div"],
            Schedule::Plateau { .. } => &["type", "factor", "patience", "threshold", "cooldown", "lr_min"],
        }
    }

    /// From a JSON object. By hand: what serde derives for a tagged enum is 30 KB of the worker.
    fn read(map: &Map<String, Value>) -> Result<Schedule, ReadError> {
        use de::Error;
        let name = map.get("type").ok_or_else(|| ReadError::missing_field("type"))?;
        let name: String = read::from_value(name, "type")?;
        let mut schedule = Schedule::from_name(&name)
            .ok_or_else(|| ReadError::unknown_variant(&name, &Schedule::NAMES).under("type"))?;
        for (key, value) in map.iter().filter(|(key, _)| *key != "type") {
            if let (Schedule::Warmup { then, .. }, "then") = (&mut schedule, key.as_str()) {
                *then = read::from_value(value, "then")?;
                continue;
            }
            let Some(field) = schedule.fields().into_iter().map(|(f, _)| f).find(|f| f.name == key) else {
                return Err(ReadError::unknown_field(key, schedule.allowed()));
            };
            let number = value.as_f64().filter(|_| !field.whole || value.is_u64()).ok_or_else(|| {
                let expected = if field.whole { &"u64" } else { &"f64" };
                ReadError::invalid_type(Unexpected::Other(&value.to_string()), expected).under(field.name)
            })?;
            schedule.set(field.name, number);
        }
        Ok(schedule)
    }

    /// Every number of this schedule with its present value (`then` of a warm-up not included).
    pub fn fields(&self) -> Vec<(ScheduleField, f64)> {
        let whole = |name, default: u64, min, got: u64| {
            (ScheduleField { name, default: default as f64, min, max: MAX_STEPS, whole: true }, got as f64)
        };
        let real = |name, default, min, max, got| (ScheduleField { name, default, min, max, whole: false }, got);
        match *self {
            Schedule::Constant {} => vec![],
            Schedule::Step { every, factor } => {
                vec![whole("every", d::steps(), 1.0, every), real("factor", d::tenth(), 0.0, 10.0, factor)]
            }
            Schedule::Exponential { gamma } => vec![real("gamma", d::gamma(), 0.0, 2.0, gamma)],
            Schedule::Cosine { steps, lr_min } => {
                vec![whole("steps", d::steps(), 1.0, steps), real("lr_min", 0.0, 0.0, 100.0, lr_min)]
            }
            Schedule::Warmup { steps, .. } => vec![whole("steps", d::warmup(), 1.0, steps)],
            Schedule::OneCycle { steps, pct_start, div, final_div } => vec![
                whole("steps", d::steps(), 1.0, steps),
                real("pct_start", d::pct_start(), 0.0, 1.0, pct_start),
                real("div", d::div(), 1.0, 1e6, div),
                real("final_div", d::final_div(), 1.0, 1e9, final_div),
            ],
            Schedule::Plateau { factor, patience, threshold, cooldown, lr_min } => vec![
                real("factor", d::tenth(), 0.0, 1.0, factor),
                whole("patience", d::patience(), 0.0, patience),
                real("threshold", d::threshold(), 0.0, 1.0, threshold),
                whole("cooldown", 0, 0.0, cooldown),
                real("lr_min", 0.0, 0.0, 100.0, lr_min),
            ],
        }
    }

    /// Sets one number by its JSON name; whole ones are rounded. `false` when this schedule has no such number.
    pub fn set(&mut self, field: &str, value: f64) -> bool {
        let whole = value.round() as u64;
        match (self, field) {
            (Schedule::Step { every: x, .. }, "every")
            | (Schedule::Cosine { steps: x, .. } | Schedule::Warmup { steps: x, .. }, "steps")
            | (Schedule::OneCycle { steps: x, .. }, "steps")
            | (Schedule::Plateau { patience: x, .. }, "patience")
            | (Schedule::Plateau { cooldown: x, .. }, "cooldown") => *x = whole,
            (Schedule::Step { factor: x, .. } | Schedule::Plateau { factor: x, .. }, "factor")
            | (Schedule::Exponential { gamma: x }, "gamma")
            | (Schedule::Cosine { lr_min: x, .. } | Schedule::Plateau { lr_min: x, .. }, "lr_min")
            | (Schedule::OneCycle { pct_start: x, .. }, "pct_start")
            | (Schedule::OneCycle { div: x, .. }, "div")
            | (Schedule::OneCycle { final_div: x, .. }, "final_div")
            | (Schedule::Plateau { threshold: x, .. }, "threshold") => *x = value,
            (_, _) => return false,
        }
        true
    }

    /// Files a problem for every number outside its range.
    pub fn check(&self, path: &str, problems: &mut Vec<Problem>) {
        for (field, got) in self.fields() {
            check_range(problems, &format!("{path}.{}", field.name), got, field.min, field.max);
        }
        if let Schedule::Warmup { then: Some(then), .. } = self {
            then.check(&format!("{path}.then"), problems);
        }
    }
}

impl<'de> Deserialize<'de> for Schedule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Schedule::read(&Map::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// Defaults, PyTorch's where it has one.
mod d {
    macro_rules! defaults {
        ($($name:ident $is:ident $type:ty = $value:expr;)*) => {$(
            pub fn $name() -> $type { $value }
            pub fn $is(x: &$type) -> bool { *x == $value }
        )*};
    }
    defaults! {
        steps is_steps u64 = 1000;
        warmup is_warmup u64 = 100;
        tenth is_tenth f64 = 0.1;
        gamma is_gamma f64 = 0.999;
        pct_start is_pct_start f64 = 0.3;
        div is_div f64 = 25.0;
        final_div is_final_div f64 = 1e4;
        patience is_patience u64 = 10;
        threshold is_threshold f64 = 1e-4;
    }
    pub fn is_zero(x: &f64) -> bool {
        *x == 0.0
    }
    pub fn is_none(x: &u64) -> bool {
        *x == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Code;

    #[test]
    fn every_name_reads_and_every_field_can_be_set() {
        for name in Schedule::NAMES {
            let mut s = Schedule::from_name(name).unwrap();
            assert_eq!(s.name(), name);
            assert_eq!(serde_json::to_value(&s).unwrap(), serde_json::json!({ "type": name }));
            for (field, got) in s.fields() {
                assert_eq!(got, field.default, "{name}.{}", field.name);
                assert!(s.set(field.name, field.max));
            }
            assert!(s.fields().iter().all(|(field, got)| *got == field.max));
            assert!(!s.set("no_such", 1.0));
            let text = serde_json::to_string(&s).unwrap();
            assert_eq!(serde_json::from_str::<Schedule>(&text).unwrap(), s);
        }
        assert!(Schedule::from_name("linear").is_none());
    }

    #[test]
    fn unknown_fields_and_bad_numbers_are_named() {
        let of = |text: &str| read::from_value::<Schedule>(&serde_json::from_str(text).unwrap(), "s").unwrap_err().0;
        for (text, code, path) in [
            (r#"{"type":"cosine","step":3}"#, Code::UnknownField, "s.step"),
            (r#"{"type":"cosine","steps":1.5}"#, Code::WrongType, "s.steps"),
            (r#"{"type":"cosine","lr_min":"low"}"#, Code::WrongType, "s.lr_min"),
            (r#"{"type":"sine"}"#, Code::UnknownName, "s.type"),
            (r#"{"steps":3}"#, Code::MissingField, "s.type"),
            (r#"{"type":"warmup","then":{"type":"step","gamma":1}}"#, Code::UnknownField, "s.then.gamma"),
        ] {
            let found = of(text);
            assert_eq!((found.code, found.path.as_str()), (code, path), "{text}");
        }
        let s: Schedule =
            serde_json::from_str(r#"{"type":"warmup","steps":0,"then":{"type":"step","factor":-1}}"#).unwrap();
        let mut problems = Vec::new();
        s.check("optimizer.schedule", &mut problems);
        let paths: Vec<_> = problems.iter().map(|p| p.path.as_str()).collect();
        assert_eq!(paths, ["optimizer.schedule.steps", "optimizer.schedule.then.factor"]);
    }
}
