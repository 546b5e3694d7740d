//! The page's entry point. Not responsible for anything but the call.
fn main() {}
