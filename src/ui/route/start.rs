//! How a link starts its experiment: waiting or not, until when, how fast. And what of a link could not be read.
//!
//! Pure. Not responsible for the other fields (`route.rs`).

use crate::protocol::Until;
use crate::spec::{Code, Problem};
use crate::ui::rooms::{ROOMS, Room};

/// Most characters of a link that are quoted.
const LONGEST: usize = 40;
/// Steps a second that slow motion knows.
const SPEED: (f32, f32) = (0.1, 1000.0);

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Start {
    /// `paused=1`: it waits at step 0.
    pub paused: bool,
    /// `until=epochs:5`, `loss:0.05` or `accuracy:0.95`.
    pub until: Option<Until>,
    /// `speed=20` steps a second, or `max`: as fast as the machine can (`Some(None)`).
    pub speed: Option<Option<f32>>,
    /// Fields of the link that were left out, and why.
    pub faults: Vec<Problem>,
}

impl Start {
    /// Takes one field; `false` if it is none of these.
    pub fn read(&mut self, key: &str, value: &str) -> bool {
        let read = match key {
            "paused" => flag(value).map(|on| self.paused = on),
            "until" => until(value).map(|u| self.until = Some(u)),
            "speed" => speed(value).map(|s| self.speed = Some(s)),
            _ => return false,
        };
        if read.is_none() {
            let expected = match key {
                "paused" => "paused=1",
                "until" => "until=epochs:5, until=loss:0.05, until=accuracy:0.95",
                _ => "speed=20 (0.1–1000), speed=max",
            };
            self.fault(key, value, expected);
        }
        true
    }

    /// A field that is left out.
    pub fn fault(&mut self, key: &str, value: &str, expected: &str) {
        let said: String = format!("{key}={value}").chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        self.faults.push(Problem::new("", Code::LinkField).arg("name", said).arg("allowed", expected));
    }

    /// Notes an address that leads to no room; the playground opens in its place.
    pub fn unknown_room(&mut self, start: &str) {
        let said: String = start.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        let known = ROOMS.map(Room::prefix).join(", ");
        self.faults.push(Problem::new("", Code::LinkRoom).arg("name", said).arg("allowed", known));
    }

    /// As it stands in a link, each field with `&` before it.
    pub fn write(&self) -> String {
        let mut out = String::new();
        if let Some(until) = self.until {
            out += &match until {
                Until::Epochs(n) => format!("&until=epochs:{n}"),
                Until::Loss(x) => format!("&until=loss:{x}"),
                Until::Accuracy(x) => format!("&until=accuracy:{x}"),
            };
        }
        match self.speed {
            Some(Some(x)) => out += &format!("&speed={x}"),
            Some(None) => out += "&speed=max",
            None => {}
        }
        if self.paused {
            out += "&paused=1";
        }
        out
    }
}

/// `1` or `0`, in the words that people use for them.
pub fn flag(value: &str) -> Option<bool> {
    match value {
        "1" | "true" | "yes" => Some(true),
        "0" | "false" | "no" => Some(false),
        _ => None,
    }
}

fn until(value: &str) -> Option<Until> {
    let (kind, number) = value.split_once(':')?;
    let positive = || number.parse::<f32>().ok().filter(|x| x.is_finite() && *x > 0.0);
    match kind {
        "epochs" => number.parse().ok().filter(|n| *n > 0).map(Until::Epochs),
        "loss" => positive().map(Until::Loss),
        "accuracy" => positive().filter(|x| *x <= 1.0).map(Until::Accuracy),
        _ => None,
    }
}

fn speed(value: &str) -> Option<Option<f32>> {
    if value == "max" {
        return Some(None);
    }
    value.parse().ok().filter(|x| (SPEED.0..=SPEED.1).contains(x)).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_is_written_back_and_the_rest_is_said() {
        for field in [
            "until=epochs:5",
            "until=loss:0.05",
            "until=accuracy:0.95",
            "speed=20",
            "speed=0.5",
            "speed=max",
            "paused=1",
        ] {
            let mut start = Start::default();
            assert!(field.split_once('=').is_some_and(|(k, v)| start.read(k, v)));
            assert_eq!((start.write(), start.faults.len()), (format!("&{field}"), 0));
        }
        for field in [
            "until=5",
            "until=epochs:0",
            "until=epochs:2.5",
            "until=loss:-1",
            "until=loss:NaN",
            "until=accuracy:95",
            "until=steps:9",
            "speed=0",
            "speed=fast",
            "speed=inf",
            "paused=perhaps",
            "paused=",
        ] {
            let mut start = Start::default();
            assert!(field.split_once('=').is_some_and(|(k, v)| start.read(k, v)));
            assert_eq!((start.write(), start.faults.len()), (String::new(), 1), "{field}");
            assert!(start.faults[0].args[0].1.starts_with(field));
        }
        assert!(!Start::default().read("pause", "1"));
    }
}
