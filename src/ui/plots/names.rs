//! Values' names as a learner reads them: `layers.2` is the third layer, `3 dense`.
//!
//! Not responsible for the names themselves (the engine gives them, after the spec's positions). Pure, tested natively.

use crate::spec::Layer;

/// `3 dense` of `layers.2`, `2.1 dense` of `layers.1.layers.0`; the name itself if it is not a layer's.
pub fn layer_label(name: &str, layers: &[Layer]) -> String {
    let Some(path) = positions(name) else { return name.to_string() };
    let number = path.iter().map(|i| (i + 1).to_string()).collect::<Vec<_>>().join(".");
    match find(&path, layers) {
        Some(layer) => format!("{number} {}", layer.name.as_deref().unwrap_or(layer.kind.type_name())),
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
        assert_eq!(layer_label("layers.0", &layers), "1 dense");
        assert_eq!(layer_label("layers.1.layers.0", &layers), "2.1 dense");
        assert_eq!(layer_label("layers.9", &layers), "10");
        assert_eq!(layer_label("input", &layers), "input");
        assert_eq!(layer_label("layers.x", &layers), "layers.x");
    }
}
