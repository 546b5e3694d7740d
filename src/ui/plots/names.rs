//! Values' names as a learner reads them: `layers.2` is the third layer, `3 Dense`.
//!
//! Not responsible for the names themselves (the engine gives them, after the spec's positions). Pure, tested natively.

use crate::i18n::{Lang, network};
use crate::spec::model::PartName;
use crate::spec::{Layer, ModelSpec};

/// `3 Dense` of `layers.2`, `2.1 Dense` of `layers.1.layers.0`, `3 attn` of `layers.2.attn` (a part says more than the name
/// of the whole, and there is little room); the name itself if it is not a layer's.
pub fn layer_label(name: &str, layers: &[Layer], lang: Lang) -> String {
    if let Some((part, rest)) = of_part(name) {
        // Which layers a part has is not known here: its number must do.
        return format!("{} {}", network::part(part.name()).get(lang), layer_label(rest, &[], lang));
    }
    let Some((path, part)) = positions(name) else { return name.to_string() };
    let number = path.iter().map(|i| (i + 1).to_string()).collect::<Vec<_>>().join(".");
    if !part.is_empty() {
        return format!("{number} {part}");
    }
    match find(&path, layers) {
        Some(layer) => {
            let kind = network::layer_type(layer.kind.type_name()).0.get(lang);
            format!("{number} {}", layer.name.as_deref().unwrap_or(kind))
        }
        None => number,
    }
}

/// The same where there may be parts: `decoder 2 Dense` of `decoder.layers.1`.
pub fn model_label(name: &str, model: &ModelSpec, lang: Lang) -> String {
    match of_part(name) {
        Some((part, rest)) => {
            format!("{} {}", network::part(part.name()).get(lang), layer_label(rest, model.part(part), lang))
        }
        None => layer_label(name, &model.layers, lang),
    }
}

fn of_part(name: &str) -> Option<(PartName, &str)> {
    name.split_once('.').and_then(|(part, rest)| Some((PartName::from_name(part)?, rest)))
}

/// Positions in `layers.1.layers.0.attn`, and the part of the layer behind them.
fn positions(name: &str) -> Option<(Vec<usize>, &str)> {
    let (mut path, mut rest) = (Vec::new(), name);
    while let Some(after) = rest.strip_prefix("layers.") {
        let (position, part) = after.split_once('.').unwrap_or((after, ""));
        path.push(position.parse().ok()?);
        rest = part;
    }
    (!path.is_empty()).then_some((path, rest))
}

fn find<'a>(path: &[usize], layers: &'a [Layer]) -> Option<&'a Layer> {
    let (first, rest) = path.split_first()?;
    let layer = layers.get(*first)?;
    if rest.is_empty() { Some(layer) } else { find(rest, layer.kind.children()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::text::parse;

    #[test]
    fn layers_are_numbered_from_one_and_named() {
        let layers = parse("dense 8 | residual(dense 8 relu) | dense 2").unwrap().layers;
        let label = |name| layer_label(name, &layers, Lang::En);
        let parts = parse("encoder: dense 8; decoder: dense 3 | dense").unwrap();
        assert_eq!(model_label("decoder.layers.1", &parts, Lang::En), "decoder 2 Dense");
        assert_eq!(label("layers.0"), "1 Dense");
        assert_eq!(label("layers.1.layers.0"), "2.1 Dense");
        assert_eq!(label("layers.9"), "10");
        assert_eq!(label("layers.1.layers.0.attn.out_proj"), "2.1 attn.out_proj");
        assert_eq!(label("input"), "input");
        assert_eq!(label("layers.x"), "layers.x");
        assert_eq!(layer_label("layers.0", &layers, Lang::Zh), "1 全连接");
    }
}
