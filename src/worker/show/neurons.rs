//! The network over the plane: its output, and responses of single units.
//!
//! Not responsible for the passes (`engine::session`).

use super::Buffers;
use crate::engine::metrics::accuracy;
use crate::protocol::{LayerMaps, Named, NeuronRequest};
use crate::spec::Target;
use crate::worker::buffer::Buffer;
use crate::worker::run::Run;

/// Most pixels a side.
const OUTPUT_MAX: usize = 400;
const NEURONS_MAX: usize = 200;

/// The output; `None` where inputs are no points of the plane.
pub fn output(run: &mut Run, px: usize, buffers: &mut Buffers) -> Option<Named> {
    if !run.session.info().plane {
        return None;
    }
    let width = run.session.output_width();
    let maps = run.session.plane(px.min(OUTPUT_MAX), &[], 0);
    let by_class = matches!(run.session.info().target, Target::Classes { .. });
    let (width, values) = if by_class {
        let mut probs = Vec::with_capacity(maps.output.len().max(2 * px * px));
        maps.output.chunks_exact(width).for_each(|out| accuracy::probabilities(out, &mut probs));
        (width.max(2), probs)
    } else {
        (width, maps.output)
    };
    Some(buffers.named("output", vec![maps.px, maps.px, width], values))
}

/// Responses of the first units of each layer; one pass serves all of them.
pub fn maps(run: &mut Run, want: &NeuronRequest, buffers: &mut Buffers) -> Option<Vec<LayerMaps>> {
    if !run.session.info().plane {
        return None;
    }
    let model = run.session.experiment().model.clone();
    let names: Vec<String> = want.layers.iter().map(|i| model.value_name(*i)).collect();
    let px = want.px.min(NEURONS_MAX);
    let maps = run.session.plane(px, &names, want.units_max);
    let one = |(layer, map): (&usize, Vec<f32>)| {
        let shape = run.session.read(&model.value_name(*layer), false).map(|(s, _)| s);
        let units = shape.map_or(0, |s| s.iter().skip(1).product());
        let shown = map.len() / (px * px).max(1);
        LayerMaps { layer: *layer, units, shown, px, buffer: buffers.put(Buffer::F32(map)) }
    };
    Some(want.layers.iter().zip(maps.layers).map(one).collect())
}
