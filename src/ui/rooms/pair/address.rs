//! The address of a program side by side: `#/primer?program=b`.
//!
//! Not responsible for the plain fields beside it (`ui::route`).

use crate::spec::preset::primers::{self, Program};
use crate::ui::rooms::Room;

/// The address of a program.
pub fn write(program: &Program) -> String {
    format!("{}?program={}", Room::Primer.prefix(), program.name)
}

/// The program of an address, the first where it names none; and what it named that there is not.
pub fn read(hash: &str) -> (&'static Program, Option<String>) {
    let query = hash.split_once('?').map_or("", |(_, q)| q);
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("program="));
    let found = asked.and_then(|name| primers::find(&name.to_lowercase()));
    let strange = asked.filter(|_| found.is_none());
    (found.unwrap_or(&primers::all()[0]), strange.map(|name| name.chars().take(20).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_has_an_address_that_is_read_back() {
        for p in primers::all() {
            assert_eq!(Room::of(&write(p)), Room::Primer);
            assert_eq!(read(&format!("{}&lang=zh", write(p))), (p, None));
        }
        assert_eq!(read("#/primer?program=C").0.name, "c");
        assert_eq!(read("#/primer?program=z"), (&primers::all()[0], Some("z".into())));
        assert_eq!(read(Room::Primer.prefix()).1, None);
    }
}
