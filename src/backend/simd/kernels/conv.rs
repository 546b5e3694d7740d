//! The three products of a convolution, one image at a time, over patches read where they lie: no image of patches is
//! ever made. What is copied is the image with its padding (where there is any) and the weights.
//!
//! With P the patches of an image, places × (tap, channel): the output is P·W (`gather`), the weight's gradient Pᵀ·d_z
//! (`correlate`), and the input's gradient d_z·Wᵀ added into the patches (`scatter`); a transposed convolution is the
//! same three with parts exchanged. Neighbouring taps of a row are neighbours in memory (channels last), so that one run
//! of k covers a whole row of the kernel. Not responsible for activations nor for which images there are (`ops`).

mod depthwise;
mod pack;
mod sweep;

use crate::spec::window::Window;
use pack::{canvas, padded, panels};
use sweep::{Job, Rows, sweep};

/// What is convolved with what: an image `(H, W, I)`, weights `(O, I/G, kh, kw)`, an output `(H', W', O)`.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Where the kernel goes.
    pub window: Window,
    /// I.
    pub inputs: usize,
    /// O.
    pub outputs: usize,
    /// G; divides I and O.
    pub groups: usize,
}

impl Shape {
    /// One channel in, one out, in every group: nothing to multiply matrices with.
    fn depthwise(&self) -> bool {
        self.groups > 1 && self.groups == self.inputs && self.groups == self.outputs
    }

    /// Numbers of one image.
    pub fn image(&self) -> usize {
        self.window.pixels_in() * self.inputs
    }

    /// Numbers of one output.
    pub fn output(&self) -> usize {
        self.window.pixels_out() * self.outputs
    }

    /// Numbers of the weight.
    pub fn weight(&self) -> usize {
        self.outputs * (self.inputs / self.groups) * self.window.taps()
    }
}

/// Steps of k that a packed panel may have: 16 KiB.
const DEPTH: usize = 512;

/// Tables and copies of one convolution; grows in the first step and is then reused.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    canvas: Vec<f32>,
    weights: Vec<f32>,
    d_weights: Vec<f32>,
    panel: Vec<f32>,
    /// First float under the kernel at each place.
    places: Vec<usize>,
    /// Floats from there to each (tap, channel of a group).
    taps: Vec<usize>,
    /// Floats from there to each segment: taps that are neighbours in memory.
    segments: Vec<usize>,
    /// First float under the kernel at the first place of each output row.
    rows: Vec<usize>,
}

impl Scratch {
    /// Works out where everything lies.
    fn lay_out(&mut self, s: &Shape) {
        let (w, c) = (&s.window, s.inputs);
        let wide = canvas(w).0[1] * c;
        let along = w.stride[1] * c;
        self.rows.clear();
        self.rows.extend((0..w.output[0]).map(|row| row * w.stride[0] * wide));
        self.places.clear();
        self.places.extend((0..w.pixels_out()).map(|p| p / w.output[1] * w.stride[0] * wide + p % w.output[1] * along));
        let tap = |t: usize| (t / w.kernel[1] * w.dilation[0]) * wide + (t % w.kernel[1] * w.dilation[1]) * c;
        let i_g = c / s.groups;
        self.taps.clear();
        self.taps.extend((0..w.taps() * i_g).map(|k| tap(k / i_g) + k % i_g));
        self.segments.clear();
        let joined = s.groups == 1 && w.dilation[1] == 1;
        self.segments.extend((0..w.taps()).step_by(if joined { w.kernel[1] } else { 1 }).map(tap));
    }

    /// Prepares [`Scratch::gather`] for these weights.
    pub fn for_gather(&mut self, s: &Shape, w: &[f32]) {
        assert_eq!(w.len(), s.weight(), "weights of another shape");
        self.lay_out(s);
        match s.depthwise() {
            true => depthwise::pack(s, w, &mut self.weights),
            false => pack::by_output(s, w, &mut self.weights),
        }
    }

    /// `y = P·W + bias`, and ReLU if asked, for one image. Overwrites `y`.
    pub fn gather(&mut self, s: &Shape, x: &[f32], bias: Option<&[f32]>, relu: bool, y: &mut [f32]) {
        assert!(x.len() == s.image() && y.len() == s.output(), "images of another shape");
        assert!(bias.is_none_or(|b| b.len() == s.outputs), "bias of another length");
        if s.depthwise() {
            return depthwise::gather(s, x, &self.weights, bias, relu, y);
        }
        let x = self.on_canvas(s, x);
        let (i_g, o_g) = (s.inputs / s.groups, s.outputs / s.groups);
        let length = self.taps.len() / self.segments.len();
        let at_once = (DEPTH / length).max(1);
        for (g, (start, columns, width)) in (0..s.groups).flat_map(|g| panels(o_g).map(move |p| (g, p))) {
            let b = (g * padded(o_g) + start) * self.taps.len();
            for first in (0..self.segments.len()).step_by(at_once) {
                let n_segments = at_once.min(self.segments.len() - first);
                // SAFETY: places and taps lie on the canvas, columns inside the outputs, panels as they were packed.
                unsafe {
                    let bias = bias.filter(|_| first == 0).map(|b| b.as_ptr().add(g * o_g + start));
                    let job = Job {
                        rows: s.window.pixels_out(),
                        a: x.add(g * i_g),
                        a_rows: Rows::At(self.places.as_ptr()),
                        segments: self.segments.as_ptr().add(first),
                        n_segments,
                        length,
                        step: 1,
                        b: self.weights.as_ptr().add(b + first * length * width),
                        c: y.as_mut_ptr().add(g * o_g + start),
                        c_rows: Rows::Every(s.outputs),
                        columns,
                        bias: bias.unwrap_or(std::ptr::null()),
                        accumulate: first > 0,
                        relu: relu && first + n_segments == self.segments.len(),
                    };
                    run(&job, width);
                }
            }
        }
    }

    /// Prepares [`Scratch::correlate`].
    pub fn for_correlate(&mut self, s: &Shape) {
        self.lay_out(s);
        self.d_weights.clear();
        self.d_weights.resize(s.weight(), 0.0);
    }

    /// Adds one image's part of the weight's gradient, Pᵀ·d_z, to what is being summed.
    pub fn correlate(&mut self, s: &Shape, x: &[f32], d_z: &[f32]) {
        assert!(x.len() == s.image() && d_z.len() == s.output(), "images of another shape");
        if s.depthwise() {
            return depthwise::correlate(s, x, d_z, &mut self.d_weights);
        }
        let x = self.on_canvas(s, x);
        let (i_g, o_g) = (s.inputs / s.groups, s.outputs / s.groups);
        let [high, wide] = s.window.output;
        let at_once = (DEPTH / wide).max(1);
        for first in (0..high).step_by(at_once) {
            let n_rows = at_once.min(high - first);
            let pixels = &d_z[first * wide * s.outputs..(first + n_rows) * wide * s.outputs];
            for (g, (start, columns, width)) in (0..s.groups).flat_map(|g| panels(o_g).map(move |p| (g, p))) {
                self.panel.clear();
                for pixel in pixels.chunks_exact(s.outputs) {
                    self.panel.extend_from_slice(&pixel[g * o_g + start..][..columns]);
                    self.panel.resize(self.panel.len() + width - columns, 0.0);
                }
                // SAFETY: output rows and taps lie on the canvas, columns inside the gradient, the panel is whole.
                unsafe {
                    let job = Job {
                        rows: self.taps.len(),
                        a: x.add(g * i_g),
                        a_rows: Rows::At(self.taps.as_ptr()),
                        segments: self.rows.as_ptr().add(first),
                        n_segments: n_rows,
                        length: wide,
                        step: s.window.stride[1] * s.inputs,
                        b: self.panel.as_ptr(),
                        c: self.d_weights.as_mut_ptr().add(g * self.taps.len() * o_g + start),
                        c_rows: Rows::Every(o_g),
                        columns,
                        bias: std::ptr::null(),
                        accumulate: true,
                        relu: false,
                    };
                    run(&job, width);
                }
            }
        }
    }

    /// What [`Scratch::correlate`] has summed, in the weight's own order; adds or overwrites.
    pub fn correlated(&self, s: &Shape, d_w: &mut [f32], add: bool) {
        assert_eq!(d_w.len(), s.weight(), "weights of another shape");
        match s.depthwise() {
            true => depthwise::unpack(s, &self.d_weights, d_w, add),
            false => pack::d_weight(s, &self.d_weights, d_w, add),
        }
    }

    /// Prepares [`Scratch::scatter`] for these weights.
    pub fn for_scatter(&mut self, s: &Shape, w: &[f32]) {
        assert_eq!(w.len(), s.weight(), "weights of another shape");
        self.lay_out(s);
        match s.depthwise() {
            true => depthwise::pack(s, w, &mut self.weights),
            false => pack::by_patch(s, w, self.segments.len(), &mut self.weights),
        }
    }

    /// Spreads one output over the image it came from: d_z·Wᵀ, added into the patches. Adds to `d_x` or overwrites it.
    pub fn scatter(&mut self, s: &Shape, d_z: &[f32], d_x: &mut [f32], add: bool) {
        assert!(d_x.len() == s.image() && d_z.len() == s.output(), "images of another shape");
        let ([high, wide], inside) = canvas(&s.window);
        if !add && (inside || s.depthwise()) {
            d_x.fill(0.0);
        }
        if s.depthwise() {
            return depthwise::scatter(s, d_z, &self.weights, d_x);
        }
        if !inside {
            self.canvas.clear();
            self.canvas.resize(high * wide * s.inputs, 0.0);
        }
        let to = if inside { d_x.as_mut_ptr() } else { self.canvas.as_mut_ptr() };
        let (i_g, o_g) = (s.inputs / s.groups, s.outputs / s.groups);
        let length = self.taps.len() / self.segments.len();
        for (q, (start, columns, width)) in
            (0..s.groups * self.segments.len()).flat_map(|q| panels(length).map(move |p| (q, p)))
        {
            let (g, segment) = (q / self.segments.len(), self.segments[q % self.segments.len()]);
            // SAFETY: places and segments lie on the canvas, rows inside the output, panels as they were packed.
            unsafe {
                let job = Job {
                    rows: s.window.pixels_out(),
                    a: d_z.as_ptr().add(g * o_g),
                    a_rows: Rows::Every(s.outputs),
                    segments: &0,
                    n_segments: 1,
                    length: o_g,
                    step: 1,
                    b: self.weights.as_ptr().add((q * padded(length) + start) * o_g),
                    c: to.add(g * i_g + segment + start),
                    c_rows: Rows::At(self.places.as_ptr()),
                    columns,
                    bias: std::ptr::null(),
                    accumulate: true,
                    relu: false,
                };
                run(&job, width);
            }
        }
        if !inside {
            pack::unpad(&s.window, s.inputs, &self.canvas, d_x, add);
        }
    }

    /// The image with its padding.
    fn on_canvas(&mut self, s: &Shape, x: &[f32]) -> *const f32 {
        if canvas(&s.window).1 {
            return x.as_ptr();
        }
        pack::pad(&s.window, s.inputs, x, &mut self.canvas);
        self.canvas.as_ptr()
    }
}

/// # Safety
/// As for [`sweep`].
unsafe fn run(job: &Job, width: usize) {
    // SAFETY: passed on.
    unsafe { if width == 4 { sweep::<1>(job) } else { sweep::<2>(job) } }
}
