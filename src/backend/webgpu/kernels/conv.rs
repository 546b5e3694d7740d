//! The three products of a convolution, all implicit: no patch is ever written. Transposed convolution is the same three
//! with image and places changing parts.
//!
//! The weight is `(places' channels, image's channels / G, taps)`. Ops bring `image(i)` and `point(i)`, the numbers on
//! either side, and what becomes of sums.

use super::super::kernel::Kernel;
use super::gemm::{Product, Sums};
use crate::spec::window::Window;

/// The sizes.
#[derive(Clone, Copy, Debug)]
pub struct Conv {
    /// Where the kernel goes.
    pub window: Window,
    /// Channels of the image.
    pub image: usize,
    /// Channels of the places.
    pub places: usize,
    /// G.
    pub groups: usize,
    /// Samples.
    pub rows: usize,
    /// How products are summed.
    pub sums: Sums,
}

impl Conv {
    fn sizes(&self, k: Kernel) -> Kernel {
        let w = &self.window;
        let k = k.ints(&[
            ("high", w.input[0]),
            ("wide", w.input[1]),
            ("places", w.pixels_out()),
            ("out_wide", w.output[1]),
        ]);
        let k = k.ints(&[("kernel_wide", w.kernel[1]), ("stride_y", w.stride[0]), ("stride_x", w.stride[1])]);
        let k = k.ints(&[("dilation_y", w.dilation[0]), ("dilation_x", w.dilation[1]), ("pad_y", w.pad[0])]);
        let k = k.ints(&[("pad_x", w.pad[1]), ("image_channels", self.image), ("place_channels", self.places)]);
        let k = k.ints(&[("image_each", self.image / self.groups), ("place_each", self.places / self.groups)]);
        k.int("taps", w.taps()).text(include_str!("conv.wgsl"))
    }

    /// Sums at the places over what is under them; ops bring `image(i)`, `get_w(i)`, `finish(i, channel, v)`.
    pub fn to_places(&self, name: &'static str, with: impl Fn(Kernel) -> Kernel) -> Vec<Kernel> {
        let (m, n) = (self.rows * self.window.pixels_out(), self.places / self.groups);
        let k = self.image / self.groups * self.window.taps();
        let product = Product { name, batch: self.groups, m, n, k, a_along_k: true, b_along_k: false, taken: 0 };
        product.kernels(self.sums, |kernel| {
            with(self.sizes(kernel)).text(
                "fn point(i: u32) -> f32 { return 0.0; }\n\
                 fn load_a(z: u32, m: u32, k: u32) -> f32 {\n  \
                 return under(m, k / slot.image_each, z * slot.image_each + k % slot.image_each);\n}\n\
                 fn load_b(z: u32, k: u32, n: u32) -> f32 {\n  \
                 return get_w(((z * slot.place_each + n) * slot.image_each + k % slot.image_each) * slot.taps + k / slot.image_each);\n}\n\
                 fn store(z: u32, m: u32, n: u32, v: f32) {\n  let channel = z * slot.place_each + n;\n  \
                 finish(m * slot.place_channels + channel, channel, v);\n}",
            )
        })
    }

    /// Sums at the pixels over the places that cover them; ops bring `point(i)`, `get_w(i)`, `finish(i, channel, v)`.
    pub fn to_image(&self, name: &'static str, with: impl Fn(Kernel) -> Kernel) -> Vec<Kernel> {
        let (m, n) = (self.rows * self.window.input[0] * self.window.input[1], self.image / self.groups);
        let k = self.places / self.groups * self.window.taps();
        let product = Product { name, batch: self.groups, m, n, k, a_along_k: true, b_along_k: false, taken: 0 };
        product.kernels(self.sums, |kernel| {
            with(self.sizes(kernel)).text(
                "fn image(i: u32) -> f32 { return 0.0; }\n\
                 fn load_a(z: u32, m: u32, k: u32) -> f32 {\n  \
                 return over(m, k / slot.place_each, z * slot.place_each + k % slot.place_each);\n}\n\
                 fn load_b(z: u32, k: u32, n: u32) -> f32 {\n  \
                 return get_w(((z * slot.place_each + k % slot.place_each) * slot.image_each + n) * slot.taps + k / slot.place_each);\n}\n\
                 fn store(z: u32, m: u32, n: u32, v: f32) {\n  let channel = z * slot.image_each + n;\n  \
                 finish(m * slot.image_channels + channel, channel, v);\n}",
            )
        })
    }

    /// The weight's gradient, and with `ones` the sums over places beside it; ops bring `image(i)`, `point(i)`,
    /// `put_d_w(i, v)`, `put_d_b(i, v)`.
    pub fn to_weight(&self, name: &'static str, ones: bool, with: impl Fn(Kernel) -> Kernel) -> Vec<Kernel> {
        let n = self.image / self.groups * self.window.taps();
        let (m, k) = (self.places / self.groups, self.rows * self.window.pixels_out());
        let columns = n + usize::from(ones);
        let product =
            Product { name, batch: self.groups, m, n: columns, k, a_along_k: false, b_along_k: false, taken: 0 };
        product.kernels(self.sums, |kernel| {
            with(self.sizes(kernel)).int("ones", n).text(
                "fn load_a(z: u32, m: u32, k: u32) -> f32 {\n  \
                 return point(k * slot.place_channels + z * slot.place_each + m);\n}\n\
                 fn load_b(z: u32, k: u32, n: u32) -> f32 {\n  if (n == slot.ones) { return 1.0; }\n  \
                 return under(k, n % slot.taps, z * slot.image_each + n / slot.taps);\n}\n\
                 fn store(z: u32, m: u32, n: u32, v: f32) {\n  let channel = z * slot.place_each + m;\n  \
                 if (n == slot.ones) { put_d_b(channel, v); } else { put_d_w(channel * slot.ones + n, v); }\n}",
            )
        })
    }
}
