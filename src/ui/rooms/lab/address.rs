//! The laboratory's settings in the address: `#/lab?set=spiral&seed=7&a=depth:50,width:32,…&b=…`, to be read and written
//! by people too. What is left out keeps its default.
//!
//! Not responsible for the plain fields beside them (`ui::route`).

use super::setup::{DEPTH_MAX, Norm, SETS, Settings, Setup, WIDTH_MAX, Which};
use super::story::Story;
use crate::spec::optimizer::CLIP_RANGE;
use crate::spec::{Activation, Field, Init, InitKind, OptimizerKind};
use crate::ui::rooms::Room;

/// The address of settings.
pub fn write(s: &Settings) -> String {
    let side = |which: Which| format!("{}={}", which.letter(), write_side(&s.sides[which.index()]));
    format!("{}?set={}&seed={}&{}&{}", Room::Lab.prefix(), s.shared.set, s.shared.seed, side(Which::A), side(Which::B))
}

fn write_side(s: &Setup) -> String {
    let (kind, number) = s.init.parts();
    let mut out = format!("depth:{},width:{},act:{},init:{}", s.depth, s.width, s.activation.name(), kind.name());
    if let (Some(param), Some(number)) = (kind.param(), number) {
        out += &format!(",{}:{number}", param.name);
    }
    if s.norm != Norm::None {
        out += &format!(",norm:{}", s.norm.name());
    }
    if s.skip {
        out += ",skip:1";
    }
    if let Some(clip) = s.clip {
        out += &format!(",clip:{clip}");
    }
    out + &format!(",opt:{},lr:{}", s.optimizer.name(), s.lr)
}

/// Reads an address; also what in it was not understood (`a=depth:5000`), which keeps its default. Without a set-up in it,
/// the first story is told.
pub fn read(hash: &str) -> (Settings, Vec<String>) {
    let (mut s, mut refused) = (Settings::default(), Vec::new());
    let query = hash.split_once('?').map_or("", |(_, q)| q);
    if !query.split('&').any(|pair| pair.starts_with("a=") || pair.starts_with("b=")) {
        s = Story::ALL[0].settings(s.shared);
    }
    for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let value = value.replace("%3A", ":").replace("%3a", ":").replace("%2C", ",").replace("%2c", ",");
        let known = match key {
            "set" => SETS.iter().find(|known| **known == value).map(|set| s.shared.set = set).is_some(),
            "seed" => value.parse().map(|seed| s.shared.seed = seed).is_ok(),
            "a" | "b" => {
                let side = &mut s.sides[usize::from(key == "b")];
                for part in value.split(',').filter(|part| !part.is_empty()) {
                    if read_part(side, part).is_none() {
                        refused.push(format!("{key}={part}"));
                    }
                }
                true
            }
            // Language, theme and whatever else the page knows.
            _ => true,
        };
        if !known {
            refused.push(format!("{key}={value}"));
        }
    }
    (s, refused)
}

fn read_part(s: &mut Setup, part: &str) -> Option<()> {
    let (key, value) = part.split_once(':')?;
    let real = |low: f64, high: f64| value.parse().ok().filter(|x: &f64| (low..=high).contains(x));
    let whole = |max: usize| value.parse().ok().filter(|n| (1..=max).contains(n));
    match key {
        "depth" => s.depth = whole(DEPTH_MAX)?,
        "width" => s.width = whole(WIDTH_MAX)?,
        "act" => s.activation = Activation::from_name(value)?,
        "init" => s.init = Init::new(InitKind::ALL.into_iter().find(|k| k.name() == value)?, None),
        "gain" | "std" | "limit" | "value" => {
            let kind = s.init.kind();
            let param = kind.param().filter(|p| p.name == key)?;
            s.init = Init::new(kind, Some(real(param.min, param.max)?));
        }
        "norm" => s.norm = Norm::ALL.into_iter().find(|n| n.name() == value)?,
        "skip" => s.skip = value == "1",
        "clip" => s.clip = Some(real(CLIP_RANGE.0, CLIP_RANGE.1)?),
        "opt" => s.optimizer = OptimizerKind::from_name(value)?,
        "lr" => {
            let info = s.optimizer.fields().into_iter().find(|f| f.field == Field::Lr)?;
            s.lr = real(info.min, info.max)?;
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::rooms::lab::setup::Shared;

    #[test]
    fn what_is_written_is_read_back() {
        let mut all: Vec<Settings> = Story::ALL.iter().map(|s| s.settings(Shared::default())).collect();
        all.push(Settings::default());
        let odd = Setup {
            depth: 3,
            width: 512,
            init: Init::Normal { std: 0.125 },
            norm: Norm::Batch,
            skip: true,
            clip: Some(0.5),
            optimizer: OptimizerKind::Adamw,
            lr: 1e-4,
            activation: Activation::GeluTanh,
        };
        let plain = Setup { init: Init::Torch, ..odd };
        all.push(Settings { shared: Shared { set: "mnist", seed: u32::MAX }, sides: [odd, plain] });
        for s in all {
            assert_eq!(read(&write(&s)), (s, vec![]));
        }
    }

    #[test]
    fn what_makes_no_sense_is_named_and_the_rest_is_read() {
        let (s, refused) = read("#/lab?set=unknown&seed=x&lang=zh&a=depth:5000,width:64,act:rleu,gain:2&b=depth:9");
        assert_eq!(refused, ["set=unknown", "seed=x", "a=depth:5000", "a=act:rleu"]);
        assert_eq!((s.sides[0].width, s.sides[0].depth, s.sides[1].depth), (64, Setup::default().depth, 9));
        assert_eq!(s.sides[0].init, Init::XavierNormal { gain: 2.0 });
        let told = Story::Vanish.settings(Shared { seed: 3, ..Shared::default() });
        assert_eq!((read("#/lab?lang=zh&seed=3").0, read("#/lab?b=depth:2").0.sides[0]), (told, Setup::default()));
    }
}
