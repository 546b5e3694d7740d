//! CRC-32 (ISO 3309, as PNG and gzip use it) behind the interface of the crate `crc32fast`, with a table of 64 bytes.
//!
//! `[patch.crates-io]` puts it in that crate's place: its 16 KiB of tables do not compress, and would be 4 % of what a browser
//! loads before the first training step, for pictures that this code checks in a few milliseconds. Not responsible for speed.

/// The remainders of the sixteen values of half a byte.
const TABLE: [u32; 16] = {
    let mut table = [0; 16];
    let mut i = 0;
    while i < 16 {
        let (mut r, mut bit) = (i as u32, 0);
        while bit < 4 {
            r = if r & 1 == 1 { r >> 1 ^ 0xedb8_8320 } else { r >> 1 };
            bit += 1;
        }
        table[i] = r;
        i += 1;
    }
    table
};

/// A running checksum.
#[derive(Clone, Debug, Default)]
pub struct Hasher {
    state: u32,
    amount: u64,
}

impl Hasher {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on from a checksum of data that came before.
    pub fn new_with_initial(init: u32) -> Self {
        Self::new_with_initial_len(init, 0)
    }

    /// The same, with the length of those data.
    pub fn new_with_initial_len(init: u32, amount: u64) -> Self {
        Hasher { state: init, amount }
    }

    /// Takes in more data.
    pub fn update(&mut self, data: &[u8]) {
        self.amount += data.len() as u64;
        let half = |r: u32, four: u32| TABLE[((r ^ four) & 15) as usize] ^ r >> 4;
        self.state = !data.iter().fold(!self.state, |r, byte| half(half(r, u32::from(*byte)), u32::from(*byte >> 4)));
    }

    /// The checksum.
    pub fn finalize(self) -> u32 {
        self.state
    }

    /// Starts anew.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Takes in the checksum of data that come directly after: what came before is moved up by as many zeros.
    pub fn combine(&mut self, other: &Self) {
        let moved = (0..other.amount * 2).fold(self.state, |r, _| TABLE[(r & 15) as usize] ^ r >> 4);
        self.state = moved ^ other.state;
        self.amount += other.amount;
    }
}

/// The checksum of `data`.
pub fn hash(data: &[u8]) -> u32 {
    let mut hasher = Hasher::new();
    hasher.update(data);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_check_value_and_parts_put_together() {
        assert_eq!(hash(b"123456789"), 0xcbf4_3926);
        let (mut first, mut second) = (Hasher::new(), Hasher::new());
        first.update(b"1234");
        second.update(b"56789");
        first.combine(&second);
        assert_eq!(first.finalize(), 0xcbf4_3926);
        assert_eq!(hash(b""), 0);
    }
}
