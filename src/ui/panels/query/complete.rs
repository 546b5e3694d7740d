//! What a query that is being typed may become: the network's own names.
//!
//! Pure. Not responsible for the list on the page (`line.rs`).

use super::names::{Known, distance};

/// Most offers at once.
const OFFERS: usize = 8;

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What the whole line would be.
    pub text: String,
    /// Its shape.
    pub shape: Vec<usize>,
}

/// The best ways to complete `text`: names that begin like it, then those that contain it, then the nearest. None once
/// places are being chosen.
pub fn complete(text: &str, names: &[Known]) -> Vec<Offer> {
    let all = offers(names);
    if text.replace("layers[", "").contains(['[', '［', '【']) {
        return Vec::new();
    }
    let typed = plain(text);
    if typed.is_empty() {
        return all.into_iter().filter(|o| !o.text.contains(' ')).take(OFFERS).collect();
    }
    let mut ranked: Vec<(usize, Offer)> =
        all.iter().filter_map(|o| Some((rank(&typed, &plain(&o.text))?, o.clone()))).collect();
    if ranked.is_empty() {
        ranked = all.into_iter().map(|o| (distance(&typed, &plain(&o.text)), o)).collect();
        ranked.retain(|(d, o)| 2 * d <= o.text.len());
    }
    // What is longer than it need be comes later; a stable sort keeps the order of the network.
    crate::spec::order::sort_by_key(&mut ranked, |(rank, o)| (*rank, o.text.contains(' ')));
    ranked.into_iter().take(OFFERS).map(|(_, o)| o).collect()
}

/// Every name, with gradients and what the optimizer keeps behind each.
fn offers(names: &[Known]) -> Vec<Offer> {
    let mut out = Vec::new();
    for k in names {
        let mut add = |text: String| out.push(Offer { text, shape: k.shape.clone() });
        add(k.name.clone());
        if k.offers_grad() {
            add(format!("{} grad", k.name));
        }
        k.state.iter().for_each(|s| add(format!("{} {s}", k.name)));
    }
    out
}

/// In one spelling: small letters, one dot between words, `layers.0` for `layers[0]`.
fn plain(text: &str) -> String {
    let dotted = text.to_lowercase().replace([' ', '[', ']'], ".");
    let words: Vec<&str> = dotted.split('.').filter(|w| !w.is_empty()).collect();
    words.join(".")
}

/// 0 where the name begins like what was typed, 1 where it contains it, 2 where it has all its words in order.
fn rank(typed: &str, name: &str) -> Option<usize> {
    if name.starts_with(typed) {
        return Some(0);
    }
    if name.contains(typed) {
        return Some(1);
    }
    let mut rest = name;
    for word in typed.split('.') {
        rest = &rest[rest.find(word)? + word.len()..];
    }
    Some(2)
}

#[cfg(test)]
mod tests {
    use super::super::names::{Role, ask};
    use super::*;
    use proptest::prelude::*;

    fn network() -> Vec<Known> {
        let of = |name: &str, shape: &[usize], role, state: &[&str]| Known {
            name: name.into(),
            shape: shape.to_vec(),
            role,
            state: state.iter().map(ToString::to_string).collect(),
        };
        vec![
            of("input", &[2], Role::Example, &[]),
            of("layers.0.weight", &[8, 2], Role::Parameter, &["exp_avg"]),
            of("layers.0.bias", &[8], Role::Parameter, &["exp_avg"]),
            of("layers.0", &[8], Role::Example, &[]),
            of("layers.1.running_mean", &[8], Role::Buffer, &[]),
        ]
    }

    fn texts(typed: &str) -> Vec<String> {
        complete(typed, &network()).into_iter().map(|o| o.text).collect()
    }

    #[test]
    fn names_that_begin_so_come_first() {
        assert_eq!(texts(""), ["input", "layers.0.weight", "layers.0.bias", "layers.0", "layers.1.running_mean"]);
        assert_eq!(texts("layers.0.w"), ["layers.0.weight", "layers.0.weight grad", "layers.0.weight exp_avg"]);
        assert_eq!(texts("layers[0].b")[0], "layers.0.bias");
        assert_eq!(texts("layers.0.weight g")[0], "layers.0.weight grad");
        assert_eq!(texts("mean"), ["layers.1.running_mean"]);
        assert_eq!(texts("0 weight"), ["layers.0.weight", "layers.0.weight grad", "layers.0.weight exp_avg"]);
        assert_eq!(texts("l b gr"), ["layers.0.bias grad"]);
    }

    #[test]
    fn a_slip_is_forgiven_and_a_slice_is_left_alone() {
        assert_eq!(texts("layers.0.wieght")[0], "layers.0.weight");
        assert!(texts("layers.0.weight[").is_empty() && texts("layers.0.weight[:, 0]").is_empty());
        assert!(texts("zzzzzzzzzzzzzz").is_empty());
    }

    proptest! {
        #[test]
        fn every_offer_can_be_asked(typed in "[a-z.0-9 ]{0,12}", any in ".{0,12}") {
            let names = network();
            for offer in complete(&typed, &names).into_iter().chain(complete(&any, &names)) {
                prop_assert!(ask(&offer.text, &names).is_ok(), "{}", offer.text);
            }
        }
    }
}
