//! Which class and which part a picture belongs to, by the path of its file: the class is the folder under the chosen one,
//! and `train/` and `test/` are the split.
//!
//! Paths only. Not responsible for what is in the files.

use std::collections::{BTreeMap, BTreeSet};

/// Where a file belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Index of the path that was handed in.
    pub index: usize,
    /// Its class; `None` where no folder tells.
    pub class: Option<String>,
    /// Whether it is held out for testing, where folders tell.
    pub test: Option<bool>,
}

/// What the paths tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sorted {
    /// Every file that is not hidden, in the order of the paths.
    pub places: Vec<Place>,
    /// Name of the folder that was chosen, if one was.
    pub root: Option<String>,
    /// Hidden files and those of the system, which are left out.
    pub hidden: usize,
}

/// Longest name of a class in characters.
const NAME_MAX: usize = 40;

/// Sorts the files with these paths.
pub fn sort(paths: &[String]) -> Sorted {
    let parts: Vec<Vec<&str>> =
        paths.iter().map(|p| p.split(['/', '\\']).filter(|p| !p.is_empty()).collect()).collect();
    let seen: Vec<usize> = (0..parts.len()).filter(|i| !parts[*i].iter().any(|name| is_system(name))).collect();
    let hidden = parts.len() - seen.len();
    let at = |i: usize, skip: usize| parts[i].get(skip..).unwrap_or(&[]);
    let (mut skip, mut root) = (0, None);
    // The chosen folder, and folders that hold nothing but one folder, as unpacked archives do.
    while let Some(only) = only_folder(seen.iter().map(|i| at(*i, skip)), skip == 0) {
        root.get_or_insert(only.to_string());
        skip += 1;
    }
    let split = is_split(seen.iter().map(|i| at(*i, skip)));
    let place = |i: &usize| {
        let parts = at(*i, skip);
        let part = parts.first().filter(|_| split && parts.len() > 1).and_then(|name| part_of(name));
        let class = match (split, part) {
            (true, Some(_)) => parts.get(1).filter(|_| parts.len() > 2),
            (true, None) => None,
            (false, _) => parts.first().filter(|_| parts.len() > 1),
        };
        Place { index: *i, class: class.map(|name| class_name(name)), test: part }
    };
    Sorted { places: seen.iter().map(place).collect(), root, hidden }
}

/// A class's name as it is kept: of a length that can be shown.
pub fn class_name(name: &str) -> String {
    name.trim().chars().take(NAME_MAX).collect()
}

/// Classes told by how file names begin, `cat.12.jpg` and `dog_3.png`: a class for each file, where there are several with
/// several files each.
pub fn by_names(paths: &[&str]) -> Option<Vec<String>> {
    const MEANINGLESS: [&str; 10] =
        ["img", "dsc", "image", "photo", "picture", "pic", "screenshot", "untitled", "scan", "dscn"];
    let name_of = |path: &&str| -> String {
        let name = path.rsplit(['/', '\\']).next().unwrap_or("");
        name.chars().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase()
    };
    let names: Vec<String> = paths.iter().map(name_of).collect();
    let mut counts = BTreeMap::<&str, usize>::new();
    names.iter().for_each(|n| *counts.entry(n).or_default() += 1);
    let told = counts.iter().all(|(name, n)| *n > 1 && !name.is_empty() && !MEANINGLESS.contains(name));
    (told && (2..=super::MAX_CLASSES).contains(&counts.len())).then_some(names)
}

/// What no learner put there.
fn is_system(name: &str) -> bool {
    const NAMES: [&str; 7] =
        ["__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "@eadir"];
    name.starts_with('.')
        || name.starts_with('~')
        || name.starts_with("Icon\r")
        || NAMES.contains(&name.to_lowercase().as_str())
}

/// The one folder that all files lie in; `first` takes it even if they lie in it directly.
fn only_folder<'a>(files: impl Iterator<Item = &'a [&'a str]>, first: bool) -> Option<&'a str> {
    let deep = if first { 2 } else { 3 };
    let mut only = None;
    for parts in files {
        let name = parts.first().filter(|_| parts.len() >= deep)?;
        if *only.get_or_insert(*name) != *name {
            return None;
        }
    }
    only
}

/// Whether the folders are a training part and another, each with classes in it.
fn is_split<'a>(files: impl Iterator<Item = &'a [&'a str]>) -> bool {
    let found: BTreeSet<bool> = files.filter(|parts| parts.len() > 2).filter_map(|parts| part_of(parts[0])).collect();
    found.len() == 2
}

/// Whether a folder's name means a part that is held out.
fn part_of(name: &str) -> Option<bool> {
    match name.trim().to_lowercase().as_str() {
        "train" | "training" | "trainset" | "train_set" | "训练" | "训练集" => Some(false),
        "test" | "testing" | "testset" | "test_set" | "val" | "valid" | "validation" | "eval" | "测试" | "测试集"
        | "验证" | "验证集" => Some(true),
        _ => None,
    }
}

/// Which of many may stay where there is room for so many only: each class (and part) gives its share, evenly spread.
pub fn share(groups: &[usize], room: usize) -> Vec<bool> {
    let mut members = BTreeMap::<usize, Vec<usize>>::new();
    groups.iter().enumerate().for_each(|(i, g)| members.entry(*g).or_default().push(i));
    let mut keep = vec![false; groups.len()];
    let mut left = room;
    let mut by_size: Vec<&Vec<usize>> = members.values().collect();
    crate::spec::order::sort_by_key(&mut by_size, |m| m.len());
    let count = by_size.len();
    for (done, group) in by_size.into_iter().enumerate() {
        // What a small class does not need is shared by the larger ones.
        let quota = group.len().min(left / (count - done));
        left -= quota;
        (0..quota).for_each(|k| keep[group[k * group.len() / quota]] = true);
    }
    keep
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn sorted(paths: &[&str]) -> Vec<(String, Option<String>, Option<bool>)> {
        let owned: Vec<String> = paths.iter().map(ToString::to_string).collect();
        let place = |p: Place| (paths[p.index].to_string(), p.class, p.test);
        sort(&owned).places.into_iter().map(place).collect()
    }

    fn classes(paths: &[&str]) -> Vec<String> {
        sorted(paths)
            .into_iter()
            .map(|(_, class, test)| {
                format!(
                    "{}{}",
                    class.unwrap_or("-".into()),
                    match test {
                        Some(true) => "!",
                        Some(false) => "+",
                        None => "",
                    }
                )
            })
            .collect()
    }

    #[test]
    fn the_class_is_the_folder_under_the_chosen_one() {
        assert_eq!(classes(&["pets/cat/1.png", "pets/dog/2.png"]), ["cat", "dog"]);
        assert_eq!(classes(&["pets/cat/kittens/1.png", "pets/dog/2.png", "pets/dog/old/3.png"]), ["cat", "dog", "dog"]);
        assert_eq!(classes(&["cat/1.png", "dog/2.png"]), ["cat", "dog"], "two folders were dropped");
        assert_eq!(classes(&["zip/pets/cat/1.png", "zip/pets/dog/2.png"]), ["cat", "dog"], "an archive in a folder");
        assert_eq!(classes(&["cat/1.png", "cat/2.png"]), ["-", "-"], "one flat folder: to be asked");
        assert_eq!(classes(&["1.png", "2.png"]), ["-", "-"]);
        assert_eq!(classes(&["pets/1.png", "pets/dog/2.png"]), ["-", "dog"]);
        assert_eq!(sort(&["cat/1.png".to_string()]).root.as_deref(), Some("cat"));
    }

    #[test]
    fn hidden_folders_and_system_files_are_no_classes() {
        let paths = [
            "pets/.git/objects/1.png",
            "pets/__MACOSX/cat/._1.png",
            "pets/.DS_Store",
            "pets/cat/Thumbs.db",
            "pets/cat/desktop.ini",
            "pets/cat/@eaDir/1.png",
            "pets/cat/1.png",
            "pets/dog/2.png",
        ];
        assert_eq!(classes(&paths), ["cat", "dog"]);
        assert_eq!(sort(&paths.map(String::from)).hidden, 6);
    }

    #[test]
    fn train_and_test_are_the_split() {
        let split = ["d/train/cat/1.png", "d/train/dog/2.png", "d/test/cat/3.png", "d/Validation/dog/4.png"];
        assert_eq!(classes(&split), ["cat+", "dog+", "cat!", "dog!"]);
        assert_eq!(classes(&["d/training/a/x/1.png", "d/testing/b/1.png"]), ["a+", "b!"]);
        assert_eq!(classes(&["d/训练集/猫/1.png", "d/测试集/猫/1.png"]), ["猫+", "猫!"]);
        assert_eq!(classes(&["train/a/1.png", "val/a/1.png"]), ["a+", "a!"], "both were dropped");
        assert_eq!(classes(&["d/train/a/1.png", "d/train/b/2.png"]), ["a", "b"], "nothing to test");
        assert_eq!(classes(&["d/test/1.png", "d/rail/2.png"]), ["test", "rail"], "a class may be called test");
        assert_eq!(classes(&["d/train/a/1.png", "d/test/a/1.png", "d/docs/1.png"]), ["a+", "a!", "-"]);
    }

    #[test]
    fn file_names_may_tell_classes() {
        assert_eq!(
            by_names(&["cat.1.jpg", "dog.2.jpg", "Cat.3.jpg", "x/dog-4.jpg"]).unwrap(),
            ["cat", "dog", "cat", "dog"]
        );
        assert_eq!(by_names(&["IMG_1.jpg", "IMG_2.jpg", "dog1.jpg", "dog2.jpg"]), None);
        assert_eq!(by_names(&["a.png", "b.png"]), None, "one file each is a name, no class");
    }

    #[test]
    fn every_class_gives_its_share() {
        let groups: Vec<usize> = (0..100).map(|i| if i < 90 { 0 } else { 1 }).collect();
        let keep = share(&groups, 40);
        let kept = |g: usize| (0..100).filter(|i| keep[*i] && groups[*i] == g).count();
        assert_eq!((kept(0), kept(1)), (30, 10));
        assert!(keep[0] && (0..90).filter(|i| keep[*i]).max().unwrap() > 80, "not the first ones only");
        assert_eq!(share(&groups, 1000), vec![true; 100]);
        assert_eq!(share(&[], 3), Vec::<bool>::new());
        assert_eq!(share(&groups, 0), vec![false; 100]);
    }
}
