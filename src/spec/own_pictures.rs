//! The learner's own pictures: a folder for each class, read from PNG files, made square and kept in the experiment.
//!
//! Only PNG is read (so that pixels are the same in every browser); other formats are named, not guessed. Not responsible
//! for collecting files (`ui`) nor for making rows (`engine::data`).

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Cursor;
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use png::{ColorType, Decoder, Transformations};
use serde::{Deserialize, Serialize};

use super::problem::{Code, Problem, check_range};

/// Fewest pixels a side.
pub const MIN_SIDE: usize = 8;
/// Most pixels a side.
pub const MAX_SIDE: usize = 64;
/// Fewest pictures.
pub const MIN_PICTURES: usize = 10;
/// Most classes.
pub const MAX_CLASSES: usize = 50;
/// Most bytes of all pixels together: what an experiment file can carry.
pub const MAX_BYTES: usize = 4 << 20;
/// Most pixels of one file before it is made smaller.
pub const MAX_FILE_PIXELS: usize = 24_000_000;
/// Most files that are said to be unusable, one by one.
const LISTED: usize = 8;

/// Pictures `(H, W, 3)` with `H = W = side`, one byte a number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnPictures {
    /// Pixels a side.
    pub side: usize,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Class of each picture, one byte each, as base64.
    pub labels: String,
    /// Red, green and blue of every pixel of every picture, as base64.
    pub pixels: String,
}

/// The bytes behind [`OwnPictures`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureBytes {
    /// Class of each.
    pub labels: Vec<u8>,
    /// `(n, side, side, 3)`.
    pub pixels: Vec<u8>,
}

type Unpacked = Result<PictureBytes, Vec<Problem>>;

thread_local! {
    /// The last pictures that were unpacked: an experiment is checked on every edit.
    static LAST: RefCell<Option<(OwnPictures, Rc<Unpacked>)>> = const { RefCell::new(None) };
}

impl OwnPictures {
    /// The bytes, checked; remembers the last answer.
    pub fn unpacked(&self) -> Rc<Unpacked> {
        LAST.with_borrow_mut(|last| {
            if let Some((_, known)) = last.as_ref().filter(|(p, _)| p == self) {
                return Rc::clone(known);
            }
            let unpacked = Rc::new(self.unpack());
            *last = Some((self.clone(), Rc::clone(&unpacked)));
            unpacked
        })
    }

    fn unpack(&self) -> Unpacked {
        let mut problems = Vec::new();
        check_range(&mut problems, "data.pictures.side", self.side as f64, MIN_SIDE as f64, MAX_SIDE as f64);
        let classes = self.classes.len() as f64;
        check_range(&mut problems, "data.pictures.classes", classes, 2.0, MAX_CLASSES as f64);
        let bytes = |text: &str, path: &str, problems: &mut Vec<Problem>| {
            STANDARD.decode(text).unwrap_or_else(|_| {
                problems.push(Problem::new(path, Code::BadValue).arg("index", 0));
                Vec::new()
            })
        };
        let labels = bytes(&self.labels, "data.pictures.labels", &mut problems);
        let pixels = bytes(&self.pixels, "data.pictures.pixels", &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        if labels.len() < MIN_PICTURES {
            let problem = Problem::new("data.pictures", Code::TooFewPictures).arg("got", labels.len());
            return Err(vec![problem.arg("min", MIN_PICTURES)]);
        }
        if let Some(i) = labels.iter().position(|l| usize::from(*l) >= self.classes.len()) {
            return Err(vec![Problem::new("data.pictures.labels", Code::BadValue).arg("index", i)]);
        }
        let expected = labels.len() * self.side * self.side * 3;
        if pixels.len() != expected || expected > MAX_BYTES {
            let problem = Problem::new("data.pictures.pixels", Code::WrongLength).arg("got", pixels.len());
            return Err(vec![problem.arg("expected", expected.min(MAX_BYTES))]);
        }
        Ok(PictureBytes { labels, pixels })
    }
}

/// What came of reading a folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// What could be read; may be too little to train on, which [`OwnPictures::unpacked`] says.
    pub pictures: OwnPictures,
    /// What is wrong with files, the first few one by one.
    pub problems: Vec<Problem>,
    /// Pictures that were read.
    pub count: usize,
    /// Whether they had different sizes.
    pub mixed: bool,
}

/// Reads files by their paths: the folder that a file lies in is its class. Unusable files are left out and named.
pub fn read(files: &[(String, Vec<u8>)], side: usize) -> Reading {
    let class_of = |path: &str| {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        folder.rsplit('/').next().unwrap_or("").to_string()
    };
    let visible = || files.iter().filter(|(path, _)| !path.rsplit('/').next().unwrap_or("").starts_with('.'));
    let mut reading = Reading::default();
    let (mut left_out, mut sizes, mut all) = (0, BTreeSet::new(), Vec::new());
    let room = MAX_BYTES / (side * side * 3).max(1);
    for (path, bytes) in visible() {
        match picture(bytes, side) {
            Ok(_) if all.len() >= room => left_out += 1,
            Ok((size, pixels)) => {
                sizes.insert(size);
                all.push((class_of(path), pixels));
            }
            Err(problem) if reading.problems.len() < LISTED => reading.problems.push(problem.arg("file", path)),
            Err(_) => left_out += 1,
        }
    }
    if left_out > 0 {
        reading.problems.push(Problem::new("data.pictures", Code::PicturesLeftOut).arg("got", left_out));
    }
    let classes: BTreeSet<&String> = all.iter().map(|(class, _)| class).collect();
    let classes: Vec<String> = classes.into_iter().cloned().collect();
    if classes.len() == 1 {
        reading.problems.push(Problem::new("data.pictures", Code::OneFolder).arg("name", &classes[0]));
    }
    if classes.len() > MAX_CLASSES {
        let problem = Problem::new("data.pictures", Code::TooManyFolders).arg("got", classes.len());
        reading.problems.push(problem.arg("max", MAX_CLASSES));
    }
    let label = |(class, _): &(String, Vec<u8>)| classes.binary_search(class).unwrap_or(0).min(255) as u8;
    let labels: Vec<u8> = all.iter().map(label).collect();
    let pixels: Vec<u8> = all.iter().flat_map(|(_, pixels)| pixels.iter().copied()).collect();
    (reading.count, reading.mixed) = (all.len(), sizes.len() > 1);
    reading.pictures = OwnPictures { side, labels: STANDARD.encode(labels), pixels: STANDARD.encode(pixels), classes };
    reading
}

/// One PNG file as `(side, side, 3)`: the middle square of it, averaged; what is transparent lies on white.
fn picture(bytes: &[u8], side: usize) -> Result<((u32, u32), Vec<u8>), Problem> {
    let unreadable = |reason: String| Problem::new("data.pictures", Code::PictureUnreadable).arg("reason", reason);
    if !bytes.starts_with(b"\x89PNG") {
        return Err(Problem::new("data.pictures", Code::PictureNotPng));
    }
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|e| unreadable(e.to_string()))?;
    let (width, height) = (reader.info().width, reader.info().height);
    let (w, h) = (width as usize, height as usize);
    if w.saturating_mul(h) > MAX_FILE_PIXELS {
        let problem = Problem::new("data.pictures", Code::PictureTooLarge).arg("got", format!("{w}×{h}"));
        return Err(problem.arg("max", MAX_FILE_PIXELS));
    }
    let mut packed = vec![0; reader.output_buffer_size().unwrap_or(0)];
    let frame = reader.next_frame(&mut packed).map_err(|e| unreadable(e.to_string()))?;
    let channels = match frame.color_type {
        ColorType::Grayscale => 1,
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb => 3,
        ColorType::Rgba => 4,
        ColorType::Indexed => return Err(unreadable("palette".to_string())),
    };
    let color = |x: usize, y: usize| -> [u32; 3] {
        let p = &packed[(y * w + x) * channels..][..channels];
        let on_white = |v: u8, alpha: u8| (u32::from(v) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
        match *p {
            [g] => [u32::from(g); 3],
            [g, a] => [on_white(g, a); 3],
            [r, g, b] => [r, g, b].map(u32::from),
            [r, g, b, a, ..] => [r, g, b].map(|v| on_white(v, a)),
            [] => [0; 3],
        }
    };
    let square = w.min(h);
    let (left, top) = ((w - square) / 2, (h - square) / 2);
    let mut out = Vec::with_capacity(side * side * 3);
    for i in 0..side * side {
        let span = |at: usize| (at * square / side)..((at + 1) * square / side).max(at * square / side + 1);
        let mut sum = [0_u64; 3];
        let mut count = 0;
        for y in span(i / side) {
            for x in span(i % side) {
                color(left + x, top + y).into_iter().zip(&mut sum).for_each(|(v, s)| *s += u64::from(v));
                count += 1;
            }
        }
        out.extend(sum.map(|s| (s / count) as u8));
    }
    Ok(((width, height), out))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A PNG of one colour.
    fn png(width: u32, height: u32, color: ColorType, pixel: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(color);
        encoder.write_header().unwrap().write_image_data(&pixel.repeat((width * height) as usize)).unwrap();
        out
    }

    fn folder() -> Vec<(String, Vec<u8>)> {
        let red = |i: u32| png(10 + i, 20, ColorType::Rgb, &[255, 0, 0]);
        let grey = |_: u32| png(8, 8, ColorType::GrayscaleAlpha, &[0, 0]);
        let file = |class: &str, i: u32, bytes: Vec<u8>| (format!("pets/{class}/{i}.png"), bytes);
        (0..6).flat_map(|i| [file("dog", i, red(i)), file("cat", i, grey(i))]).collect()
    }

    fn codes(reading: &Reading) -> Vec<Code> {
        reading.problems.iter().map(|p| p.code).collect()
    }

    #[test]
    fn a_folder_for_each_class_becomes_squares_of_one_size() {
        let reading = read(&folder(), 8);
        assert_eq!((codes(&reading), reading.count, reading.mixed), (vec![], 12, true));
        assert_eq!(reading.pictures.classes, ["cat", "dog"]);
        let unpacked = reading.pictures.unpacked();
        let bytes = unpacked.as_ref().as_ref().unwrap();
        assert_eq!(bytes.labels, [1, 0].repeat(6));
        assert_eq!(bytes.pixels[..3], [255, 0, 0]);
        assert_eq!(bytes.pixels[192..195], [255, 255, 255], "transparent lies on white");
    }

    #[test]
    fn every_unusable_file_is_named_and_the_others_stay() {
        let mut files = folder();
        files.push(("pets/dog/photo.jpg".into(), b"\xff\xd8\xff\xe0".to_vec()));
        files.push(("pets/dog/cut.png".into(), files[0].1[..60].to_vec()));
        files.push(("pets/dog/.DS_Store".into(), vec![1, 2, 3]));
        let mut huge = files[0].1.clone();
        huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]); // 65536×65536, with a checksum that no longer fits
        files.push(("pets/dog/huge.png".into(), huge));
        let reading = read(&files, 8);
        assert_eq!(reading.count, 12);
        let named: Vec<&str> = reading
            .problems
            .iter()
            .filter_map(|p| p.args.iter().find(|(k, _)| k == "file"))
            .map(|(_, v)| v.as_str())
            .collect();
        assert_eq!(named, ["pets/dog/photo.jpg", "pets/dog/cut.png", "pets/dog/huge.png"]);
        assert_eq!(codes(&reading)[..2], [Code::PictureNotPng, Code::PictureUnreadable]);
        let large = png(6000, 5000, ColorType::Grayscale, &[0]);
        assert_eq!(picture(&large, 8).unwrap_err().code, Code::PictureTooLarge);
    }

    #[test]
    fn one_folder_is_no_classification_and_few_pictures_are_too_few() {
        let one: Vec<_> = folder().into_iter().filter(|(path, _)| path.contains("dog")).collect();
        let reading = read(&one, 8);
        assert_eq!(codes(&reading), [Code::OneFolder]);
        assert!(reading.pictures.unpacked().is_err());
        let few = read(&folder()[..4], 8);
        assert_eq!(few.pictures.unpacked().as_ref().as_ref().unwrap_err()[0].code, Code::TooFewPictures);
        assert!(read(&[], 8).pictures.unpacked().is_err());
    }

    #[test]
    fn junk_in_an_experiment_is_a_problem() {
        let good = read(&folder(), 8).pictures;
        for bad in [
            OwnPictures { pixels: "!".into(), ..good.clone() },
            OwnPictures { pixels: String::new(), ..good.clone() },
            OwnPictures { side: 7, ..good.clone() },
            OwnPictures { labels: STANDARD.encode([9; 12]), ..good.clone() },
            OwnPictures { classes: vec!["cat".into()], ..good },
        ] {
            assert!(bad.unpacked().is_err());
        }
    }
}
