//! Numbers of sixteen bits, widened: each has a number of thirty-two that is the same.
//!
//! Not responsible for what arrays hold (`file`).

/// Kinds of numbers in ONNX.
pub(super) const FLOAT16: i64 = 10;
pub(super) const BFLOAT16: i64 = 16;
/// Smallest step of IEEE's half: what its numbers next to zero count.
const SMALLEST: f32 = 1.0 / (1 << 24) as f32;
/// From its exponent's zero to that of a single.
const EXPONENT: u32 = 127 - 15;

/// The numbers of an array of either kind: two bytes each, or each in a whole number of which the lower bits count.
pub(super) fn widened(kind: i64, raw: Option<&[u8]>, ints: &[i64]) -> Vec<f32> {
    // The other kind is the upper half of a single.
    let widen = |bits: u16| if kind == FLOAT16 { half(bits) } else { f32::from_bits(u32::from(bits) << 16) };
    match raw {
        Some(raw) => raw.chunks_exact(2).map(|b| widen(u16::from_le_bytes([b[0], b[1]]))).collect(),
        None => ints.iter().map(|n| widen(*n as u16)).collect(),
    }
}

/// IEEE 754 binary16.
fn half(bits: u16) -> f32 {
    let bits = u32::from(bits);
    let (sign, exponent, rest) = (bits >> 15 << 31, bits >> 10 & 31, bits & 1023);
    match exponent {
        0 => f32::from_bits((rest as f32 * SMALLEST).to_bits() | sign),
        31 => f32::from_bits(sign | 255 << 23 | rest << 13),
        e => f32::from_bits(sign | (e + EXPONENT) << 23 | rest << 13),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_what_ieee_says() {
        // 1, −2, the largest, the smallest normal and subnormal, zeros, a third, infinity.
        let known = [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0400, 2f32.powi(-14)),
            (0x03ff, 1023.0 * 2f32.powi(-24)),
            (0x8001, -(2f32.powi(-24))),
            (0x3555, 0.333_251_95),
            (0x7c00, f32::INFINITY),
            (0xfc00, f32::NEG_INFINITY),
        ];
        for (bits, value) in known {
            assert_eq!(half(bits), value, "{bits:#06x}");
        }
        assert!(half(0x7e00).is_nan() && half(0x8000).is_sign_negative() && half(0x8000) == 0.0);
        // Numbers of a kind grow with their bits.
        assert!((0..0x7c00).all(|bits| half(bits) < half(bits + 1)));
        assert_eq!(widened(BFLOAT16, Some(&[0x80, 0x3f, 0x40, 0xc0, 0x49]), &[]), [1.0, -3.0]);
        assert_eq!(widened(FLOAT16, None, &[0x3c00, 0xc000]), [1.0, -2.0]);
    }
}
