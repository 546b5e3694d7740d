//! The worker's program with a graphics card: the page starts it beside or in place of `worker` where the browser has WebGPU.
//!
//! Not responsible for anything but the call.

fn main() {
    #[cfg(target_arch = "wasm32")]
    gradarium::worker::start();
}
