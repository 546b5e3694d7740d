//! The learner's own classes: their names, and a few drawn or photographed pictures of each.
//!
//! Pure. Not responsible for drawing (`panels::inside::draw`) nor for decoding photographs (`photos.rs`).

use crate::spec::own_pictures::{OwnPictures, PictureBytes};
use crate::spec::transfer::{EACH_MAX, SIDE};
use std::rc::Rc;

/// Fewest classes that can be told apart.
pub const CLASSES_MIN: usize = 2;
/// Most classes here.
pub const CLASSES_MAX: usize = 6;
/// Longest name of a class.
const NAME_MAX: usize = 24;

/// A class with its pictures, each `(28, 28, 1)` as bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Class {
    /// As the learner calls it; empty: by its number.
    pub name: String,
    /// In the order in which they were added.
    pub pictures: Vec<Rc<[u8]>>,
}

/// All classes.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// At least two.
    pub classes: Vec<Class>,
}

impl Default for Own {
    fn default() -> Own {
        Own { classes: vec![Class::default(); CLASSES_MIN] }
    }
}

impl Own {
    /// One more class, if there is room.
    pub fn add_class(&mut self) {
        if self.classes.len() < CLASSES_MAX {
            self.classes.push(Class::default());
        }
    }

    /// Takes a class away with its pictures; two stay.
    pub fn remove_class(&mut self, class: usize) {
        if class < self.classes.len() {
            self.classes.remove(class);
        }
        self.classes.resize_with(self.classes.len().max(CLASSES_MIN), Class::default);
    }

    /// Names a class.
    pub fn rename(&mut self, class: usize, name: &str) {
        if let Some(c) = self.classes.get_mut(class) {
            c.name = name.chars().filter(|c| !c.is_control()).take(NAME_MAX).collect();
        }
    }

    /// Adds a picture of light from 0 to 1; what is no such picture is left out.
    pub fn add(&mut self, class: usize, picture: &[f32]) {
        let Some(c) = self.classes.get_mut(class).filter(|c| c.pictures.len() < 2 * EACH_MAX) else { return };
        if picture.len() == SIDE * SIDE {
            c.pictures.push(picture.iter().map(|v| (255.0 * v.clamp(0.0, 1.0)).round() as u8).collect());
        }
    }

    /// Takes a picture away.
    pub fn remove(&mut self, class: usize, picture: usize) {
        if let Some(c) = self.classes.get_mut(class).filter(|c| picture < c.pictures.len()) {
            c.pictures.remove(picture);
        }
    }

    /// Classes that have pictures.
    pub fn filled(&self) -> usize {
        self.classes.iter().filter(|c| !c.pictures.is_empty()).count()
    }

    /// The names of the classes that have pictures, as `name` says them; the number counts from 1.
    pub fn names(&self, name: &dyn Fn(usize, &Class) -> String) -> Vec<String> {
        let filled = self.classes.iter().enumerate().filter(|(_, c)| !c.pictures.is_empty());
        filled.map(|(i, c)| name(i + 1, c)).collect()
    }

    /// What the three runs get: the first `each` pictures of each class are learned, those beyond are the test part.
    pub fn packed(&self, each: usize) -> OwnPictures {
        let filled: Vec<&Class> = self.classes.iter().filter(|c| !c.pictures.is_empty()).collect();
        let part = |test: bool| {
            let of = move |(label, c): (usize, &&Class)| {
                let cut = each.min(c.pictures.len());
                let (learned, beyond) = c.pictures.split_at(cut);
                let chosen = if test { beyond } else { learned };
                chosen.iter().map(|p| (label as u8, p.clone())).collect::<Vec<_>>()
            };
            filled.iter().enumerate().flat_map(of).collect::<Vec<_>>()
        };
        let (learned, beyond) = (part(false), part(true));
        let all = || learned.iter().chain(&beyond);
        let bytes = PictureBytes {
            labels: all().map(|(label, _)| *label).collect(),
            pixels: all().flat_map(|(_, p)| p.iter().copied()).collect(),
        };
        let names = self.names(&|n, c| if c.name.is_empty() { n.to_string() } else { c.name.clone() });
        OwnPictures { grey: true, ..OwnPictures::pack(SIDE, names, &bytes, beyond.len()) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::spec::transfer::{Mode, Target, run};

    fn drawn(counts: &[usize]) -> Own {
        let mut own = Own::default();
        own.classes.resize_with(counts.len(), Class::default);
        for (class, n) in counts.iter().enumerate() {
            (0..*n).for_each(|i| own.add(class, &[(class * 20 + i) as f32 / 255.0; SIDE * SIDE]));
        }
        own
    }

    #[test]
    fn the_first_of_each_class_are_learned_and_those_beyond_are_tested() {
        let own = drawn(&[7, 0, 5]);
        let packed = own.packed(5);
        let bytes = packed.unpacked();
        let bytes = bytes.as_ref().as_ref().unwrap();
        assert_eq!(bytes.labels, [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0]);
        assert_eq!((packed.test, packed.classes.len()), (2, 2));
        assert_eq!((bytes.pixels[5 * SIDE * SIDE], bytes.pixels[10 * SIDE * SIDE]), (40, 5));
        for each in [3, 5, 7, 20] {
            let e = run(&Target::Own(own.packed(each)), each, 1, Mode::Frozen);
            assert_eq!(e.problems(), []);
            assert_eq!(e.data_info().unwrap().input, [SIDE, SIDE, 1]);
        }
    }

    #[test]
    fn classes_come_and_go_and_two_stay() {
        let mut own = drawn(&[2, 1]);
        own.rename(0, "a\u{7}b");
        own.remove(0, 0);
        own.remove(0, 9);
        own.add(0, &[0.0; 3]);
        assert_eq!((own.classes[0].name.as_str(), own.classes[0].pictures.len()), ("ab", 1));
        (0..9).for_each(|_| own.add_class());
        assert_eq!((own.classes.len(), own.filled()), (CLASSES_MAX, 2));
        (0..9).for_each(|_| own.remove_class(0));
        assert_eq!((own.classes.len(), own.filled()), (CLASSES_MIN, 0));
        assert!(!run(&Target::Own(own.packed(5)), 5, 1, Mode::Frozen).problems().is_empty());
    }
}
