//! The page's entry point. Not responsible for anything but the call.

fn main() {
    #[cfg(target_arch = "wasm32")]
    gradarium::ui::app::start();
}
