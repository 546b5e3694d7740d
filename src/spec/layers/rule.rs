//! What each layer's file must say, with what holds for most layers.
//!
//! Not responsible for the list of layers (`super`).

use super::{Field, Head, Setting, Word};
use crate::spec::activation::Activation;
use crate::spec::shape::{LayerInfo, Site};

/// How many earlier outputs a layer reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// One.
    One,
    /// One, or a second one beside it.
    OneOrTwo,
    /// Two or more.
    Many,
}

/// What a layer's file says of it.
pub(crate) trait LayerRule {
    /// What its JSON says beside type, name and source.
    type Settings: Clone + PartialEq;
    /// The word that begins it in the model text; its JSON name if empty.
    const WORD: &'static str = "";
    /// Other words that the model text takes for it.
    const ALSO: &'static [&'static str] = &[];
    /// How many outputs it reads.
    const READS: Reads = Reads::One;

    /// Settings a learner would start from.
    fn starter() -> Self::Settings;

    /// Settings before the words of the model text are read: what must be said is missing.
    fn unread() -> Self::Settings {
        Self::starter()
    }

    /// Whether the words said all they must.
    fn whole(_s: &mut Self::Settings) -> bool {
        true
    }

    /// Writes the words that [`LayerRule::read`] reads back.
    fn write(_s: &Self::Settings, _to: &mut String) {}

    /// Takes one word of the model text; `None` if it makes no sense here.
    fn read(_s: &mut Self::Settings, _word: Word<'_>) -> Option<()> {
        None
    }

    /// Shape, parameters and problems; `info` comes with the output that equals the input.
    fn shape(s: &Self::Settings, site: &mut Site<'_>, info: &mut LayerInfo);

    /// Whether what goes out of each place of a sequence stands for the place that came in: tokens stay known.
    fn keeps_tokens(_s: &Self::Settings) -> bool {
        false
    }

    /// Whether it leaves as many values as it gets, each in its place.
    fn keeps_places(_s: &Self::Settings) -> bool {
        false
    }

    /// Fits settings a learner would start from to what comes in.
    fn fit(_s: &mut Self::Settings, _comes_in: &[usize]) {}

    /// What the card says where it has no activation.
    fn note(_s: &Self::Settings) -> String {
        String::new()
    }

    /// The activation that the card shows.
    fn activation(_s: &Self::Settings) -> Option<Activation> {
        None
    }

    /// The one thing in the card's header that says how large the layer is.
    fn head(_s: &Self::Settings, _info: &LayerInfo) -> Head {
        Head::Nothing
    }

    /// What it computes, one line each.
    fn formula(_s: &Self::Settings) -> Vec<String> {
        Vec::new()
    }

    /// The fields of the opened card.
    fn fields(_s: &Self::Settings) -> Vec<Field> {
        Vec::new()
    }

    /// Puts a field of the card, of its header or its activation; `false` if it has no such field.
    fn set(_s: &mut Self::Settings, _key: &str, _to: Setting) -> bool {
        false
    }
}
