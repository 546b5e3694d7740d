//! The address of a transfer: `#/transfer?target=fashion&each=10&seed=7`. Own drawings are not in it.
//!
//! Not responsible for the plain fields beside it (`ui::route`).

use super::state::{Chosen, Kind};
use crate::spec::transfer::EACH_MAX;
use crate::ui::rooms::Room;

/// The address of what is chosen.
pub fn write(chosen: &Chosen) -> String {
    format!("{}?target={}&each={}&seed={}", Room::Transfer.prefix(), chosen.kind.name(), chosen.each, chosen.seed)
}

/// What an address asks for; and what of it was not understood (`each=0`), which keeps its default.
pub fn read(hash: &str) -> (Chosen, Vec<String>) {
    let (mut chosen, mut refused) = (Chosen::default(), Vec::new());
    let query = hash.split_once('?').map_or("", |(_, q)| q);
    for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let known = match key {
            "target" => Kind::ALL.into_iter().find(|k| k.name() == value).map(|kind| chosen.kind = kind).is_some(),
            "each" => {
                let each = value.parse().ok().filter(|n| (1..=EACH_MAX).contains(n));
                each.map(|each| chosen.each = each).is_some()
            }
            "seed" => value.parse().map(|seed| chosen.seed = seed).is_ok(),
            // Language, theme and whatever else the page knows.
            _ => true,
        };
        if !known {
            refused.push(format!("{key}={value}").chars().take(30).collect());
        }
    }
    (chosen, refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_read_back_and_nonsense_is_said() {
        for kind in Kind::ALL {
            let chosen = Chosen { kind, each: 3, seed: 12 };
            assert_eq!(Room::of(&write(&chosen)), Room::Transfer);
            assert_eq!(read(&format!("{}&lang=zh", write(&chosen))), (chosen, vec![]));
        }
        let (chosen, refused) = read("#/transfer?target=cats&each=0&seed=-1");
        assert_eq!(
            (chosen, refused),
            (Chosen::default(), ["target=cats", "each=0", "seed=-1"].map(String::from).into())
        );
    }
}
