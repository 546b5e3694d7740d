//! Protobuf on the wire, read field by field within the bytes that are there.
//!
//! The writer's counterpart (`proto`), for the same reason no crate: four kinds of fields, and every length is checked here.

/// Bytes that are no protobuf, or end too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wire<'a> {
    /// A whole number.
    Int(u64),
    /// Four bytes.
    Four([u8; 4]),
    /// Eight bytes.
    Eight([u8; 8]),
    /// Text, a message inside, or numbers packed.
    Bytes(&'a [u8]),
}

impl<'a> Wire<'a> {
    pub fn bytes(self) -> Result<&'a [u8], Broken> {
        if let Wire::Bytes(b) = self { Ok(b) } else { Err(Broken) }
    }

    pub fn text(self) -> Result<&'a str, Broken> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Broken)
    }

    pub fn int(self) -> Result<i64, Broken> {
        if let Wire::Int(n) = self { Ok(n as i64) } else { Err(Broken) }
    }

    pub fn float(self) -> Result<f32, Broken> {
        if let Wire::Four(b) = self { Ok(f32::from_le_bytes(b)) } else { Err(Broken) }
    }

    /// One whole number, or several packed; `each` may refuse more.
    pub fn ints(self, mut each: impl FnMut(i64) -> Result<(), Broken>) -> Result<(), Broken> {
        match self {
            Wire::Int(n) => each(n as i64),
            Wire::Bytes(mut rest) => {
                while !rest.is_empty() {
                    each(varint(&mut rest)? as i64)?;
                }
                Ok(())
            }
            Wire::Four(_) | Wire::Eight(_) => Err(Broken),
        }
    }
}

/// The fields of a message, in order; after a broken one there are no more.
pub(super) struct Fields<'a>(pub &'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Wire<'a>), Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Result<(u64, Wire<'a>), Broken> {
        let key = varint(&mut self.0)?;
        let wire = match key & 7 {
            0 => Wire::Int(varint(&mut self.0)?),
            1 => Wire::Eight(self.some()?),
            2 => {
                let len = usize::try_from(varint(&mut self.0)?).map_err(|_| Broken)?;
                let (bytes, rest) = self.0.split_at_checked(len).ok_or(Broken)?;
                self.0 = rest;
                Wire::Bytes(bytes)
            }
            5 => Wire::Four(self.some()?),
            _ => return Err(Broken),
        };
        if key >> 3 == 0 { Err(Broken) } else { Ok((key >> 3, wire)) }
    }

    fn some<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        let (some, rest) = self.0.split_first_chunk::<N>().ok_or(Broken)?;
        self.0 = rest;
        Ok(*some)
    }
}

/// A whole number of seven bits a byte, ten bytes at most.
fn varint(bytes: &mut &[u8]) -> Result<u64, Broken> {
    let mut x = 0u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first().ok_or(Broken)?;
        *bytes = rest;
        x |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Ok(x);
        }
    }
    Err(Broken)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::export::onnx::proto::Message;

    #[test]
    fn what_the_writer_writes_is_read() {
        let inside = Message::default().text(2, "é");
        let m = Message::default().int(1, -3).int(2, 300).float(3, 0.5).inside(4, &inside);
        let all: Vec<_> = Fields(&m.0).map(Result::unwrap).collect();
        assert_eq!(all.iter().map(|f| f.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!((all[0].1.int(), all[1].1.int(), all[2].1.float()), (Ok(-3), Ok(300), Ok(0.5)));
        let text = Fields(all[3].1.bytes().unwrap()).next().unwrap().unwrap();
        assert_eq!((text.0, text.1.text()), (2, Ok("é")));
    }

    #[test]
    fn bytes_that_end_too_early_are_broken_and_the_last() {
        let whole = Message::default().bytes(1, &[7; 20]).0;
        for cut in 1..whole.len() {
            let all: Vec<_> = Fields(&whole[..cut]).collect();
            assert_eq!(all, [Err(Broken)], "{cut}");
        }
        for odd in
            [&[0x0b, 1][..], &[0x00, 1], &[0xff; 12], &[0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]]
        {
            assert!(Fields(odd).any(|f| f.is_err()), "{odd:?}");
        }
    }
}
