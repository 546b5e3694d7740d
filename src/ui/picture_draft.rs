//! The learner's own pictures while they are collected: files with their classes, read one after the other, made into what
//! an experiment keeps.
//!
//! Pure, so that it is tested natively; `F` is a file of the browser. Not responsible for decoding
//! (`panels::data::pictures`).

use crate::spec::own_pictures::fit::{Chosen, Fit, Ground, Small, grounds, square};
use crate::spec::own_pictures::sort::{by_names, class_name, share, sort};
use crate::spec::own_pictures::{MAX_CLASSES, OwnPictures, PictureBytes};
use crate::spec::{Code, Problem};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Most files that are said to be unusable, one by one.
const LISTED: usize = 8;
/// Pixels a side at first.
pub const SIDE: usize = 32;
/// JSON path of what is wrong.
const PATH: &str = "data.pictures";

/// What came of a file.
#[derive(Clone, Debug, PartialEq)]
enum Got {
    /// Not read yet.
    Nothing,
    Picture(Rc<Small>),
    Bad(Problem),
}

#[derive(Clone, Debug)]
struct Item<F> {
    path: String,
    file: F,
    class: Option<String>,
    test: Option<bool>,
    got: Got,
    /// Whether there is room for it.
    keep: bool,
}

impl<F> Item<F> {
    /// Whether it waits for a class.
    fn is_pending(&self) -> bool {
        self.class.is_none() && !matches!(self.got, Got::Bad(_))
    }
}

/// See the module.
#[derive(Clone, Debug)]
pub struct PictureDraft<F> {
    items: Vec<Item<F>>,
    side: usize,
    /// How pictures that are not square become so.
    pub fit: Fit,
    /// What transparent parts lie on.
    pub ground: Ground,
    /// What the pictures without a class may be called: the folder they lie in.
    pub suggested: Option<String>,
    hidden: usize,
}

/// What the pictures that were read come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Made {
    /// What an experiment keeps; may be too little to train on, which `unpacked` says.
    pub pictures: OwnPictures,
    /// What is wrong with files, the first few one by one.
    pub problems: Vec<Problem>,
    /// Pictures that were used.
    pub count: usize,
    /// Pictures for which there was no room.
    pub no_room: usize,
    /// Whether some were not square.
    pub not_square: bool,
    /// Whether their sizes differed.
    pub mixed: bool,
    /// What transparent parts lie on.
    pub ground: Chosen,
    /// Hidden files and those of the system that were skipped.
    pub hidden: usize,
}

impl<F> PictureDraft<F> {
    /// Nothing yet, to be made of this size.
    pub fn new(side: usize) -> PictureDraft<F> {
        PictureDraft { items: Vec::new(), side, fit: Fit::Whole, ground: Ground::Auto, suggested: None, hidden: 0 }
    }

    /// Pixels a side.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Whether no file was added.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Adds files by their paths; one that is there already is replaced.
    pub fn add(&mut self, files: Vec<(String, F)>) {
        let (paths, mut files): (Vec<String>, Vec<Option<F>>) = files.into_iter().map(|(p, f)| (p, Some(f))).unzip();
        let sorted = sort(&paths);
        self.hidden += sorted.hidden;
        let new: BTreeSet<(&str, Option<&str>)> =
            sorted.places.iter().map(|p| (paths[p.index].as_str(), p.class.as_deref())).collect();
        self.items.retain(|item| !new.contains(&(item.path.as_str(), item.class.as_deref())));
        for place in sorted.places {
            let Some(file) = files[place.index].take() else { continue };
            let path = paths[place.index].clone();
            self.items.push(Item { path, file, class: place.class, test: place.test, got: Got::Nothing, keep: false });
        }
        self.suggested = sorted.root.map(|name| class_name(&name));
        self.share();
    }

    /// Pictures whose class nothing tells, and the classes that their names would give. A file that is no picture needs
    /// no class.
    pub fn pending(&self) -> (usize, Option<BTreeSet<String>>) {
        let paths: Vec<&str> = self.pending_items().map(|item| item.path.as_str()).collect();
        (paths.len(), by_names(&paths).map(|names| names.into_iter().collect()))
    }

    fn pending_items(&self) -> impl Iterator<Item = &Item<F>> {
        self.items.iter().filter(|item| item.is_pending())
    }

    /// Takes those away that have no class, and with them what was said of files among them that are no pictures.
    pub fn discard(&mut self) {
        self.items.retain(|item| item.class.is_some());
        self.share();
    }

    /// Gives them this class.
    pub fn assign(&mut self, class: &str) {
        let class = class_name(class);
        self.items.iter_mut().filter(|i| i.is_pending()).for_each(|i| i.class = Some(class.clone()));
        self.share();
    }

    /// Gives them the classes that their names begin with.
    pub fn assign_by_names(&mut self) {
        let paths: Vec<&str> = self.pending_items().map(|item| item.path.as_str()).collect();
        let Some(names) = by_names(&paths) else { return };
        self.items.iter_mut().filter(|i| i.is_pending()).zip(names).for_each(|(i, name)| i.class = Some(name));
        self.share();
    }

    /// Every class with how many files it has.
    pub fn classes(&self) -> Vec<(String, usize)> {
        let mut counts = BTreeMap::<&String, usize>::new();
        let good = self.items.iter().filter(|i| !matches!(i.got, Got::Bad(_)));
        good.filter_map(|i| i.class.as_ref()).for_each(|c| *counts.entry(c).or_default() += 1);
        counts.into_iter().map(|(name, n)| (name.clone(), n)).collect()
    }

    /// Takes a class away.
    pub fn remove(&mut self, class: &str) {
        self.items.retain(|i| i.class.as_deref() != Some(class));
        self.share();
    }

    /// Takes away what has not been read.
    pub fn stop(&mut self) {
        self.items.retain(|i| i.got != Got::Nothing);
        self.share();
    }

    /// Another size: every picture is read again.
    pub fn set_side(&mut self, side: usize) {
        self.side = side;
        let pictures = self.items.iter_mut().filter(|i| matches!(i.got, Got::Picture(_)));
        pictures.for_each(|i| i.got = Got::Nothing);
        self.share();
    }

    /// Decides for which files there is room.
    fn share(&mut self) {
        let group = |i: &Item<F>| (i.class.clone(), i.test);
        let names: Vec<(Option<String>, Option<bool>)> =
            self.items.iter().map(group).collect::<BTreeSet<_>>().into_iter().collect();
        // Without a class too: whether a file is a picture is known before anybody is asked what it shows.
        let able = |i: &Item<F>| !matches!(i.got, Got::Bad(_));
        let groups: Vec<usize> =
            self.items.iter().filter(|i| able(i)).map(|i| names.binary_search(&group(i)).unwrap_or(0)).collect();
        let mut kept = share(&groups, OwnPictures::room(self.side)).into_iter();
        for item in &mut self.items {
            item.keep = able(item) && kept.next().unwrap_or(false);
        }
    }

    /// The next file to read, with its index.
    pub fn next(&self) -> Option<(usize, &F)> {
        self.items.iter().enumerate().find(|(_, i)| i.keep && i.got == Got::Nothing).map(|(at, i)| (at, &i.file))
    }

    /// How many files are read, of how many.
    pub fn progress(&self) -> (usize, usize) {
        let kept = || self.items.iter().filter(|i| i.keep);
        (kept().filter(|i| i.got != Got::Nothing).count(), kept().count())
    }

    /// What came of the file with that index.
    pub fn put(&mut self, at: usize, got: Result<Small, Problem>) {
        let Some(item) = self.items.get_mut(at) else { return };
        item.got = match got {
            Ok(picture) => Got::Picture(Rc::new(picture)),
            Err(problem) => Got::Bad(problem.arg("file", &item.path)),
        };
    }

    /// What all that was read comes to.
    pub fn made(&self) -> Made {
        let split = [false, true].iter().all(|part| self.items.iter().any(|i| i.test.unwrap_or(false) == *part));
        let is_test = |i: &Item<F>| split && i.test == Some(true);
        let picture = |i: &Item<F>| match &i.got {
            Got::Picture(picture) if i.keep => Some((is_test(i), i.class.clone()?, picture.clone())),
            Got::Picture(_) | Got::Nothing | Got::Bad(_) => None,
        };
        let mut read: Vec<(bool, String, Rc<Small>)> = self.items.iter().filter_map(picture).collect();
        crate::spec::order::sort_by_key(&mut read, |(test, ..)| *test);
        let classes: Vec<String> =
            read.iter().map(|(_, class, _)| class.clone()).collect::<BTreeSet<_>>().into_iter().collect();
        let small: Vec<&Small> = read.iter().map(|(.., p)| &**p).collect();
        let (lies_on, ground) = grounds(&small, self.ground);
        let label = |class: &String| classes.binary_search(class).unwrap_or(0).min(255) as u8;
        let bytes = PictureBytes {
            labels: read.iter().map(|(_, class, _)| label(class)).collect(),
            pixels: small.iter().zip(&lies_on).flat_map(|(p, on)| square(p, self.side, self.fit, *on)).collect(),
        };
        let test = read.iter().filter(|(test, ..)| *test).count();
        let sizes: BTreeSet<(usize, usize)> = small.iter().map(|p| p.full).collect();
        let able = self.items.iter().filter(|i| i.class.is_some() && !matches!(i.got, Got::Bad(_)));
        Made {
            problems: self.problems(&classes),
            count: read.len(),
            no_room: able.filter(|i| !i.keep).count(),
            not_square: sizes.iter().any(|(w, h)| w != h),
            mixed: sizes.len() > 1,
            ground,
            hidden: self.hidden,
            pictures: OwnPictures::pack(self.side, classes, &bytes, test),
        }
    }

    fn problems(&self, classes: &[String]) -> Vec<Problem> {
        let bad = |i: &Item<F>| match &i.got {
            Got::Bad(problem) => Some(problem.clone()),
            Got::Nothing | Got::Picture(_) => None,
        };
        let all: Vec<Problem> = self.items.iter().filter_map(bad).collect();
        let more = all.len().saturating_sub(LISTED);
        let mut problems: Vec<Problem> = all.into_iter().take(LISTED).collect();
        let said = |code: Code, name: &str, value: &dyn ToString| Problem::new(PATH, code).arg(name, value.to_string());
        if more > 0 {
            problems.push(said(Code::PicturesLeftOut, "got", &more));
        }
        let pending = self.pending_items().count();
        if pending > 0 {
            problems.push(said(Code::PicturesNoClass, "got", &pending));
        }
        if let ([only], 0) = (classes, pending) {
            problems.push(said(Code::OneFolder, "name", only));
        }
        if classes.len() > MAX_CLASSES {
            problems.push(said(Code::TooManyFolders, "got", &classes.len()).arg("max", MAX_CLASSES));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn files(paths: &[String]) -> Vec<(String, String)> {
        paths.iter().map(|p| (p.clone(), p.clone())).collect()
    }

    fn folder(folders: &[&str], each: usize) -> Vec<(String, String)> {
        let path = |f: &&str| (0..each).map(|i| format!("pets/{f}/{i}.png")).collect::<Vec<_>>();
        files(&folders.iter().flat_map(path).collect::<Vec<_>>())
    }

    fn small(width: usize, height: usize, pixel: [u8; 4]) -> Small {
        Small { width, height, rgba: pixel.repeat(width * height), full: (width, height) }
    }

    /// Reads everything as a plain picture; what is called `bad` is none.
    fn read(draft: &mut PictureDraft<String>, size: (usize, usize)) -> usize {
        let mut count = 0;
        while let Some((at, file)) = draft.next() {
            let shade = if file.contains("dog") { 200 } else { 10 };
            let bad = file.contains("bad");
            let got = if bad {
                Err(Problem::new(PATH, Code::PictureUnknown))
            } else {
                Ok(small(size.0, size.1, [shade, 0, 0, 255]))
            };
            draft.put(at, got);
            count += 1;
        }
        count
    }

    fn codes(made: &Made) -> Vec<Code> {
        made.problems.iter().map(|p| p.code).collect()
    }

    #[test]
    fn a_folder_becomes_classes_of_one_size() {
        let mut draft = PictureDraft::new(8);
        let mut all = folder(&["dog", "cat"], 6);
        all.extend(files(&["pets/cat/bad.txt".into(), "pets/.DS_Store".into()]));
        draft.add(all);
        assert_eq!(draft.progress(), (0, 13));
        assert_eq!(read(&mut draft, (10, 20)), 13);
        let made = draft.made();
        assert_eq!((made.count, made.not_square, made.mixed, made.hidden, made.no_room), (12, true, false, 1, 0));
        assert_eq!(codes(&made), [Code::PictureUnknown]);
        assert!(made.problems[0].args.contains(&("file".into(), "pets/cat/bad.txt".into())));
        assert_eq!(made.pictures.classes, ["cat", "dog"]);
        let unpacked = made.pictures.unpacked();
        let bytes = unpacked.as_ref().as_ref().unwrap();
        assert_eq!(bytes.labels, [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(bytes.pixels[0], 200);
        assert_eq!(draft.classes(), [("cat".into(), 6), ("dog".into(), 6)]);
    }

    #[test]
    fn single_files_wait_for_a_class() {
        let mut draft = PictureDraft::new(8);
        draft.add(files(&(0..6).map(|i| format!("IMG_{i}.jpg")).collect::<Vec<_>>()));
        draft.add(files(&["bad.zip".into(), "bad_empty.png".into()]));
        // What is no picture is refused before anybody is asked for its class.
        assert_eq!(read(&mut draft, (8, 8)), 8);
        assert_eq!(draft.pending(), (6, None));
        assert_eq!(codes(&draft.made()), [Code::PictureUnknown, Code::PictureUnknown, Code::PicturesNoClass]);
        let mut other = draft.clone();
        other.discard();
        assert_eq!((other.pending().0, codes(&other.made()).len(), other.classes()), (0, 0, vec![]));
        draft.items.retain(|i| !i.path.contains("bad"));
        draft.assign(" cat ");
        assert_eq!(read(&mut draft, (8, 8)), 0, "they are read already");
        assert_eq!(codes(&draft.made()), [Code::OneFolder]);
        draft.add(files(&(0..6).map(|i| format!("IMG_{i}.jpg")).collect::<Vec<_>>()));
        draft.assign("dog");
        read(&mut draft, (8, 8));
        let made = draft.made();
        assert_eq!((codes(&made), made.count), (vec![], 12), "the same names in another class are other pictures");
        assert!(made.pictures.unpacked().is_ok());
        draft.add(folder(&["fox"], 3));
        assert_eq!(draft.suggested.as_deref(), Some("pets"));
        draft.remove("dog");
        assert_eq!(draft.classes().len(), 2);
    }

    #[test]
    fn names_may_tell_the_classes() {
        let mut draft = PictureDraft::new(8);
        draft.add(files(&(0..12).map(|i| format!("{}.{i}.jpg", ["cat", "dog"][i % 2])).collect::<Vec<_>>()));
        assert_eq!(draft.pending().1.unwrap().len(), 2);
        draft.assign_by_names();
        read(&mut draft, (8, 8));
        assert_eq!(draft.made().pictures.classes, ["cat", "dog"]);
    }

    #[test]
    fn the_given_split_stays_with_the_pictures() {
        let mut draft = PictureDraft::new(8);
        draft.add(folder(&["test/cat", "test/dog", "train/cat", "train/dog"], 5));
        read(&mut draft, (8, 8));
        let made = draft.made();
        assert_eq!((made.pictures.test, made.count), (10, 20));
        assert_eq!(made.pictures.unpacked().as_ref().as_ref().unwrap().labels[15..], [1; 5]);
        draft.remove("cat");
        assert_eq!(draft.made().pictures.test, 5);
    }

    #[test]
    fn more_than_there_is_room_for_is_shared_out() {
        let mut draft = PictureDraft::new(64);
        let room = OwnPictures::room(64);
        draft.add(folder(&["cat", "dog"], room));
        assert_eq!(read(&mut draft, (1, 1)), room);
        let made = draft.made();
        assert_eq!((made.count, made.no_room), (room, room));
        assert!(made.pictures.unpacked().is_ok());
        draft.set_side(8);
        assert_eq!(draft.progress(), (0, 2 * room));
        draft.stop();
        assert!(draft.is_empty());
    }
}
