//! Values' names as a learner reads them: `layers.2` is the third layer, `3 Dense`.
//!
//! Not responsible for the names themselves (the engine gives them, after the spec's positions). Pure, tested natively.

use crate::i18n::{Lang, network};
use crate::spec::Layer;

/// `3 Dense` of `layers.2`, `2.1 Dense` of `layers.1.layers.0`; the name itself if it is not a layer's.
pub fn layer_label(name: &str, layers: &[Layer], lang: Lang) -> String {
    let Some(path) = positions(name) else { return name.to_string() };
    let number = path.iter().map(|i| (i + 1).to_string()).collect::<Vec<_>>().join(".");
    match find(&path, layers) {
        Some(layer) => {
            let kind = network::layer_type(layer.kind.type_name()).0.get(lang);
            format!("{number} {}", layer.name.as_deref().unwrap_or(kind))
        }
        None => number,
    }
}

/// Positions in `layers.1.layers.0`.
fn positions(name: &str) -> Option<Vec<usize>> {
    let parts: Vec<&str> = name.split('.').collect();
    let pairs = parts.chunks(2).map(|pair| match pair {
        ["layers", i] => i.parse().ok(),
        _ => None,
    });
    pairs.collect()
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
        assert_eq!(label("layers.0"), "1 Dense");
        assert_eq!(label("layers.1.layers.0"), "2.1 Dense");
        assert_eq!(label("layers.9"), "10");
        assert_eq!(label("input"), "input");
        assert_eq!(label("layers.x"), "layers.x");
        assert_eq!(layer_label("layers.0", &layers, Lang::Zh), "1 全连接");
    }
}
