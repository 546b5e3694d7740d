//! What is said of the whole site once its files are made: the policy in its pages and as headers, the list that the
//! service worker goes by, and a zip of it all. Not responsible for making any of those files.

use std::fs;
use std::path::Path;

use crate::sh::Fail;
use crate::{policy, sha256, zip};

/// Files for hosts, not for browsers: nobody needs them without a network.
const FOR_HOSTS: [&str; 2] = ["_headers", "headers.nginx.conf"];
/// The list itself, and who reads it: browsers compare these two by themselves.
const LIST: &str = "files.js";
const READER: &str = "service-worker.js";

/// Finishes the site in `dist`.
pub fn finish(dist: &Path, with_zip: bool) -> Result<(), Fail> {
    seal(dist)?;
    let mut files = all(dist)?;
    let list = list(&files);
    write(dist, LIST, list.as_bytes())?;
    if with_zip {
        files.push((LIST.to_owned(), list.into_bytes()));
        let name = dist.file_name().and_then(|n| n.to_str()).unwrap_or("dist").to_owned();
        let files: Vec<_> = files.into_iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes)).collect();
        let target = dist.with_extension("zip");
        let doing = |e| Fail::io(format!("write {}", target.display()), e);
        let mut out = Vec::new();
        zip::write(&mut out, &files).map_err(doing)?;
        fs::write(&target, out).map_err(doing)?;
        println!("xtask: the same as one file is {}", target.display());
    }
    Ok(())
}

/// Puts one policy into all pages, with every inline script of theirs, and beside them as headers.
fn seal(dist: &Path) -> Result<(), Fail> {
    let mut pages: Vec<(String, String)> = Vec::new();
    for (path, bytes) in all(dist)? {
        if path.ends_with(".html") {
            pages.push((path, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    let scripts: Vec<String> = pages.iter().flat_map(|(_, html)| policy::inline_scripts(html)).collect();
    let policy = policy::policy(&scripts);
    for (path, html) in &pages {
        write(dist, path, policy::sealed(html, &policy).as_bytes())?;
    }
    write(dist, FOR_HOSTS[0], policy::headers_file(&policy).as_bytes())?;
    write(dist, FOR_HOSTS[1], policy::nginx(&policy).as_bytes())
}

/// The list: every file with its SHA-256 and its size in bytes. Any change of any file changes it.
fn list(files: &[(String, Vec<u8>)]) -> String {
    let apart = |path: &str| FOR_HOSTS.contains(&path) || path == READER || path == LIST;
    let entry = |(path, bytes): &(String, Vec<u8>)| {
        format!("  {path:?}: [\"{}\", {}],\n", sha256::hex(&sha256::digest(bytes)), bytes.len())
    };
    let entries: String = files.iter().filter(|(path, _)| !apart(path)).map(entry).collect();
    format!("// Written by the build: path, SHA-256, bytes.\nself.gradariumFiles = {{\n{entries}}};\n")
}

/// All files below a folder, by paths with `/`, in order.
fn all(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Fail> {
    fn walk(folder: &Path, prefix: &str, out: &mut Vec<(String, Vec<u8>)>) -> std::io::Result<()> {
        let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{path}/"), out)?;
            } else {
                out.push((path, fs::read(entry.path())?));
            }
        }
        Ok(())
    }
    let mut out = Vec::new();
    walk(folder, "", &mut out).map_err(|e| Fail::io("read the built site", e))?;
    Ok(out)
}

fn write(dist: &Path, path: &str, bytes: &[u8]) -> Result<(), Fail> {
    fs::write(dist.join(path), bytes).map_err(|e| Fail::io(format!("write {path}"), e))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::finish;
    use std::fs;

    #[test]
    fn a_site_gets_its_policy_its_headers_its_list_and_its_zip() {
        let home = std::env::temp_dir().join(format!("gradarium-finish-{}", std::process::id()));
        let dist = home.join("dist");
        fs::create_dir_all(dist.join("data")).unwrap();
        fs::write(dist.join("index.html"), "<meta content=\"{policy}\"><script>1</script>").unwrap();
        fs::write(dist.join("data/a.bin"), [1, 2, 3]).unwrap();
        fs::write(dist.join("service-worker.js"), "").unwrap();
        finish(&dist, true).unwrap();
        let read = |name: &str| fs::read_to_string(dist.join(name)).unwrap();
        let list = read("files.js");
        assert!(
            list.contains("\"data/a.bin\": [\"039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81\", 3],")
        );
        assert!(list.contains("\"index.html\"") && !list.contains("_headers") && !list.contains("service-worker"));
        assert!(read("index.html").contains("script-src 'self'") && read("_headers").contains("script-src 'self'"));
        assert!(fs::read(home.join("dist.zip")).unwrap().starts_with(b"PK"));
        // Built again into the same folder, it says the same.
        fs::write(dist.join("index.html"), "<meta content=\"{policy}\"><script>1</script>").unwrap();
        finish(&dist, false).unwrap();
        assert_eq!(read("files.js"), list);
        fs::remove_dir_all(home).unwrap();
    }
}
