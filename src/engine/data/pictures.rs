//! Shipped pictures: PNG sprites of grey or coloured tiles, and gzipped bytes, to values in `[0, 1]`.
//!
//! Decoded here and never through a canvas, whose colour handling changes pixels. Every size is checked against the
//! registry before memory is taken.
//! Not responsible for fetching.

use png::BitDepth::{Eight, Four};
use png::ColorType::{Grayscale, Indexed};

use super::{File, Rows, broken, file, gzip};
use crate::spec::problem::Problem;
use crate::spec::sets::{Pictures, SetInfo};

/// Reads a picture set as rows `(rows, H·W·C)`; for sprites the test part comes after the train part.
///
/// # Errors
/// `DataDecode` when a file is missing, cannot be decoded or has another size than the registry says.
pub fn read(set: &SetInfo, shape: [usize; 3], format: Pictures, files: &[File]) -> Result<Rows, Problem> {
    let paths: Vec<&str> = set.files.iter().map(|f| f.path).collect();
    let size = shape.iter().product::<usize>();
    let mut rows = Rows::default();
    match (format, paths.as_slice()) {
        (Pictures::Gzip { top }, [pixels, labels]) => {
            let bytes = gzip::unpack(file(set, files, pixels)?, set.max_samples * size);
            let bytes = bytes.map_err(|reason| broken(set, pixels, reason))?;
            if bytes.len() != set.max_samples * size || bytes.iter().any(|&b| b > top) {
                return Err(broken(set, pixels, "wrong number of pixels, or one too bright"));
            }
            rows.x.extend(bytes.iter().map(|&b| f32::from(b) / f32::from(top)));
            push_labels(set, files, labels, set.max_samples, &mut rows)?;
        }
        (Pictures::Sprites { train_columns, test_columns, test }, [pixels, labels, test_pixels, test_labels]) => {
            for (pixels, labels, columns, count) in
                [(pixels, labels, train_columns, set.max_samples), (test_pixels, test_labels, test_columns, test)]
            {
                let bytes = file(set, files, pixels)?;
                let tiles = Tiles { height: shape[0], width: shape[1], channels: shape[2], columns, count };
                unpack_sprite(bytes, tiles, &mut rows.x).map_err(|reason| broken(set, pixels, reason))?;
                push_labels(set, files, labels, count, &mut rows)?;
            }
            rows.given_test = test;
        }
        (Pictures::Gzip { .. } | Pictures::Sprites { .. }, _) => {
            return Err(broken(set, set.name, "wrong list of files"));
        }
    }
    Ok(rows)
}

fn push_labels(set: &SetInfo, files: &[File], path: &str, count: usize, rows: &mut Rows) -> Result<(), Problem> {
    let labels = file(set, files, path)?;
    if labels.len() != count || labels.iter().any(|&l| usize::from(l) >= set.classes) {
        return Err(broken(set, path, "wrong number of labels, or an unknown one"));
    }
    rows.y.extend(labels.iter().map(|&l| f32::from(l)));
    Ok(())
}

/// How pictures lie in a sprite.
#[derive(Clone, Copy, Debug)]
pub struct Tiles {
    /// Height of a picture in pixels.
    pub height: usize,
    /// Width of a picture in pixels.
    pub width: usize,
    /// 1: 4-bit grey (`q4`: pixel = 17 × level of 255); 3: a palette of up to 256 colours.
    pub channels: usize,
    /// Pictures in one row of the sprite.
    pub columns: usize,
    /// Number of pictures.
    pub count: usize,
}

/// Appends the pictures `(count, H, W, C)` of a sprite to `out`, the brightest level as 1.0.
///
/// # Errors
/// The reason, when it is no PNG, has another size or depth, or ends early.
pub fn unpack_sprite(bytes: &[u8], tiles: Tiles, out: &mut Vec<f32>) -> Result<(), String> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::IDENTITY);
    let mut reader = decoder.read_info().map_err(|e| e.to_string())?;
    let header = reader.info();
    let kind = if tiles.channels == 1 { (Grayscale, Four) } else { (Indexed, Eight) };
    if (header.color_type, header.bit_depth) != kind {
        return Err(format!("{:?} {:?}, expected {kind:?}", header.color_type, header.bit_depth));
    }
    let wanted = (tiles.columns * tiles.width, tiles.count.div_ceil(tiles.columns.max(1)) * tiles.height);
    let got = (header.width as usize, header.height as usize);
    if got != wanted {
        return Err(format!("{}×{} pixels, expected {}×{}", got.0, got.1, wanted.0, wanted.1));
    }
    let palette = header.palette.as_deref().unwrap_or_default().to_vec();
    let mut packed = vec![0; reader.output_buffer_size().ok_or("too large")?];
    let stride = reader.next_frame(&mut packed).map_err(|e| e.to_string())?.line_size;
    out.reserve(tiles.count * tiles.width * tiles.height * tiles.channels);
    for tile in 0..tiles.count {
        let (top, left) = (tile / tiles.columns * tiles.height, tile % tiles.columns * tiles.width);
        for y in top..top + tiles.height {
            let line = &packed[y * stride..][..stride];
            if tiles.channels == 1 {
                // Two pixels a byte, the left one in the high half (PNG specification, section 7.2).
                let level = |x: usize| if x.is_multiple_of(2) { line[x / 2] >> 4 } else { line[x / 2] & 15 };
                out.extend((left..left + tiles.width).map(|x| f32::from(level(x)) / 15.0));
                continue;
            }
            for &index in &line[left..left + tiles.width] {
                let Some(color) = palette.chunks_exact(3).nth(usize::from(index)) else {
                    return Err(format!("no colour {index}"));
                };
                out.extend(color.iter().map(|v| f32::from(*v) / 255.0));
            }
        }
    }
    Ok(())
}
