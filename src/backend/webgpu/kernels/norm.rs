//! Normalisation of any kind: batch, layer, group, instance and RMS norm differ in which numbers share a mean.
//!
//! Not responsible for running statistics (`ops::batch_norm`).

use super::super::kernel::Kernel;
use crate::engine::graph::{Loc, Slot};

/// Which numbers belong together, and where everything is.
#[derive(Clone, Copy, Debug)]
pub struct Norm {
    /// For messages.
    pub name: &'static str,
    /// x.
    pub x: Loc,
    /// Numbers of x.
    pub len: usize,
    /// Numbers of a sample: groups never reach beyond it.
    pub sample: usize,
    /// Channels, the last axis.
    pub channels: usize,
    /// Groups of channels.
    pub groups: usize,
    /// ε.
    pub eps: f32,
    /// Gain, where there is one.
    pub w: Option<Loc>,
    /// Shift, where there is one.
    pub b: Option<Loc>,
    /// Saved mean; RMS norm takes none away.
    pub mean: Option<Loc>,
    /// Saved 1/√(σ² + ε).
    pub rstd: Loc,
    /// Running mean and variance, where they are used in place of the batch's.
    pub running: Option<[Loc; 2]>,
}

impl Norm {
    fn kernel(&self, name: &'static str, body: &str, items: usize) -> Kernel {
        let (each, members) = (self.channels / self.groups, self.sample / self.groups);
        let k = Kernel::rows(name, include_str!("norm.wgsl"), items).text(body).float("eps", self.eps);
        let k =
            k.ints(&[("sample", self.sample), ("channels", self.channels), ("groups", self.groups), ("each", each)]);
        let k = k.ints(&[("members", members), ("places", self.len / self.channels)]);
        let k = k.float("share", 1.0 / members as f32).read("x", self.x).read_or_zero("w", self.w);
        let k = k
            .flag("AFFINE", self.w.is_some())
            .flag("CENTRED", self.mean.is_some())
            .flag("RUNNING", self.running.is_some());
        let k = k.read_or_zero("running_mean", self.running.map(|r| r[0]));
        k.read_or_zero("running_var", self.running.map(|r| r[1]))
    }

    fn items(&self) -> usize {
        self.len / self.sample * self.groups
    }

    /// Normalises.
    pub fn forward(&self, y: Loc) -> Kernel {
        let body = "fn get_d_y(i: u32) -> f32 { return 0.0; }\nfn row(item: u32, l: u32) { forward(item, l); }\n";
        let k = self.kernel(self.name, body, self.items()).flag("BATCH", false).read_or_zero("b", self.b);
        let k = match self.mean {
            Some(mean) => k.write("mean", mean, false),
            None => k.gradient("mean", None).read_or_zero("mean", None::<Loc>),
        };
        let k = ["d_x", "d_w", "d_b"].into_iter().fold(k, |k, name| k.gradient(name, None));
        k.write("rstd", self.rstd, false).write("y", y, false)
    }

    fn saved(&self, k: Kernel, d_y: Loc) -> Kernel {
        let k = k.read("d_y", d_y).read_or_zero("mean", self.mean).read("rstd", self.rstd).read_or_zero("b", self.b);
        ["mean", "rstd", "y"].into_iter().fold(k, |k, name| k.gradient(name, None))
    }

    /// The gradient of x, and, where `batch` says that a group is a channel, of gain and shift.
    pub fn backward(&self, d_y: Loc, batch: bool, slots: [Option<Slot>; 3]) -> Kernel {
        let k = self.kernel(self.name, "fn row(item: u32, l: u32) { backward(item, l); }\n", self.items());
        let own = |slot: Option<Slot>| slot.filter(|_| batch);
        let k = self.saved(k, d_y).flag("BATCH", batch).gradient("d_x", slots[0]);
        k.gradient("d_w", own(slots[1])).gradient("d_b", own(slots[2]))
    }

    /// Both halves of the gradient where a group is not a channel.
    pub fn backwards(&self, d_y: Loc, slots: [Option<Slot>; 3]) -> Vec<Kernel> {
        let mut kernels = Vec::new();
        if slots[0].is_some() {
            kernels.push(self.backward(d_y, false, slots));
        }
        if slots[1].is_some() || slots[2].is_some() {
            let k = self.kernel(self.name, "fn row(item: u32, l: u32) { parameters(item, l); }\n", self.channels);
            let k = self.saved(k, d_y).flag("BATCH", false).gradient("d_x", None);
            kernels.push(k.gradient("d_w", slots[1]).gradient("d_b", slots[2]));
        }
        kernels
    }
}
