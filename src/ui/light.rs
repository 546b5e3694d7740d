//! How the numbers of a picture become light: by their known range, never by what happens to be in view. A plain white
//! picture is white.
//!
//! Pure. Not responsible for painting (`ui::panels::data::draw_picture`).

use crate::spec::sets::SetInfo;
use crate::ui::state::LoadedData;
use std::rc::Rc;

/// From a network's number to light from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Light {
    /// It is light already, as pictures are kept.
    #[default]
    Plain,
    /// Standardised pixel by pixel: means, then deviations.
    Scaled(Rc<[f32]>),
    /// No picture by origin: from this number to that one.
    Span(f32, f32),
}

impl Light {
    /// Of the data's inputs.
    pub fn of(data: &LoadedData) -> Light {
        let pictures = data.runs.as_ref().is_some_and(|e| e.data.set_info().is_some_and(SetInfo::pictures));
        match (pictures, data.scale.is_empty()) {
            (true, true) => Light::Plain,
            (true, false) => Light::Scaled(data.scale.clone()),
            (false, _) => Light::span(&data.x),
        }
    }

    /// From the smallest to the largest of these numbers.
    pub fn span(x: &[f32]) -> Light {
        let finite = x.iter().copied().filter(|v| v.is_finite());
        let (low, high) = finite.fold((f32::MAX, f32::MIN), |(a, b), v| (a.min(v), b.max(v)));
        if low < high { Light::Span(low, high) } else { Light::Plain }
    }

    /// Light of number `i` of a picture.
    pub fn level(&self, i: usize, v: f32) -> f32 {
        let light = match self {
            Light::Plain => v,
            Light::Scaled(scale) => {
                let n = scale.len() / 2;
                match (scale.get(i % n.max(1)), scale.get(n + i % n.max(1))) {
                    (Some(mean), Some(std)) => v * std + mean,
                    (_, _) => v,
                }
            }
            Light::Span(low, high) => (v - low) / (high - low),
        };
        if light.is_nan() { 0.0 } else { light.clamp(0.0, 1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{DataSpec, preset};

    fn data(set: &str, x: &[f32], scale: &[f32]) -> LoadedData {
        let runs = Some(Rc::new(preset::for_data(DataSpec::of(set), 1)));
        LoadedData { x: x.to_vec(), scale: scale.into(), runs, ..LoadedData::default() }
    }

    #[test]
    fn pictures_of_known_range_are_shown_by_it() {
        for set in ["mnist", "digits8", "pictures"] {
            assert!(crate::spec::sets::set(set).is_some_and(SetInfo::pictures), "{set}");
            for level in [0.0, 0.25, 1.0] {
                // All pixels alike: neither stretched nor black.
                assert_eq!(Light::of(&data(set, &[level; 12], &[])).level(3, level), level);
            }
        }
    }

    #[test]
    fn standardised_pixels_are_shown_as_they_were() {
        let light = Light::of(&data("mnist", &[], &[0.5, 0.25, 0.5, 0.125]));
        assert_eq!([light.level(0, 1.0), light.level(1, -2.0), light.level(2, -1.0)], [1.0, 0.0, 0.0]);
    }

    #[test]
    fn other_inputs_are_shown_from_their_least_to_their_largest() {
        let light = Light::of(&data("random", &[-2.0, 6.0, f32::NAN], &[]));
        assert_eq!([light.level(0, -2.0), light.level(1, 2.0), light.level(2, 9.0)], [0.0, 0.5, 1.0]);
        assert_eq!(light.level(0, f32::NAN), 0.0);
        assert_eq!(Light::span(&[1.0, 1.0]).level(0, 1.0), 1.0);
    }
}
