//! Layers over pictures and series: windows, pooling, what is put around.

use super::super::args::Args;
use super::super::script::Found;
use super::super::steps::What;
use super::super::windows;
use super::Reader;
use crate::spec::LayerKind;
use crate::spec::model::{Pool, Upsample};
use crate::spec::window::Pair;

impl<'s, 't> Reader<'s, 't> {
    pub(super) fn conv(&mut self, found: Found<'s, 't>, line: bool, transposed: bool) {
        let names = windows::conv_names(found.call.last(), self.torch);
        let mut args = Args::bind(found, self.script, names);
        let stated = args.size(&["in_channels"]);
        let mut conv = windows::conv(&mut args, self.torch, transposed);
        let shape = self.stated_shape(&mut args);
        conv.init = self.init(&mut args);
        let kind = match (transposed, line) {
            (true, _) => LayerKind::ConvTranspose2d(conv),
            (false, true) => LayerKind::Conv1d(conv),
            (false, false) => LayerKind::Conv2d(conv),
        };
        self.push(found, What::Layer(kind), stated, shape);
        self.end(found, &mut args);
        self.close(args);
    }

    pub(super) fn pool(&mut self, found: Found<'s, 't>, kind: fn(Pool) -> LayerKind) {
        let names: &[&str] = if found.call.last().starts_with("Avg") {
            &["kernel_size", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override"]
        } else {
            &["kernel_size", "stride", "padding", "dilation", "return_indices", "ceil_mode"]
        };
        let mut args = self.bound(found, names, &["pool_size", "strides", "padding", "data_format"]);
        let pool = windows::pool(&mut args, self.torch);
        self.close(args);
        self.push(found, What::Layer(kind(pool)), None, None);
    }

    pub(super) fn adaptive(&mut self, found: Found<'s, 't>) {
        let name = found.call.last();
        let mut args = self.bound(found, &["output_size"], &["data_format"]);
        let size = args.pair(&["output_size"]);
        if name.starts_with("Adaptive") && size.is_none() && args.problems.is_empty() {
            args.refuse("output_size", "");
        }
        self.close(args);
        let mean = name.contains("Av") || name == "Mean";
        let line = (name != "Mean").then(|| name.ends_with(['d', 'D']) && name.contains("1"));
        let size = if name.starts_with("Adaptive") { size } else { Some(Pair::square(1)) };
        self.push(found, What::Adaptive { mean, size, line }, None, None);
    }

    pub(super) fn around(&mut self, found: Found<'s, 't>) {
        let mut args = self.bound(found, &["padding", "value"], &["padding"]);
        // What stands around a pooled picture is left out of the greatest value.
        args.drop("value");
        let sides = args.list(&["padding"]).and_then(|sides| match *sides.as_slice() {
            [n] => Some([n; 4]),
            [high, wide] => Some([high, high, wide, wide]),
            // PyTorch begins with the last axis.
            [left, right, above, below] => Some([above, below, left, right]),
            _ => None,
        });
        if sides.is_none() && args.problems.is_empty() {
            args.refuse("padding", "");
        }
        self.close(args);
        self.push(found, What::Around(sides.unwrap_or_default()), None, None);
    }

    pub(super) fn upsample(&mut self, found: Found<'s, 't>) {
        let mut args = self.bound(found, &["size", "scale_factor", "mode"], &["size", "data_format", "interpolation"]);
        let names: &[&str] = if self.torch { &["scale_factor"] } else { &["size"] };
        let factor = args.pair(names).unwrap_or(Pair::square(2));
        if factor.0[0] != factor.0[1] {
            args.refuse(names[0], "");
        }
        self.close(args);
        self.push(found, What::Layer(LayerKind::Upsample2d(Upsample { factor: factor.0[0] })), None, None);
    }
}
