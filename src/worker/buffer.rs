//! What travels beside a message.

/// An array beside a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Buffer {
    /// Numbers.
    F32(Vec<f32>),
    /// Bytes.
    Bytes(Vec<u8>),
}
