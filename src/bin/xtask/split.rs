//! Cutting a program into what is loaded first and parts that are loaded when they are wanted (`src/ui/parts`, marked in `src/bin/app.rs`).
//!
//! The cut is made between cargo and wasm-bindgen, by what the linker's relocations say each function leads to. Not
//! responsible for what a part holds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sh::{Fail, run};
use crate::sha256;

/// What the linker must leave in a program that is to be cut.
pub const LINKED: [&str; 2] = ["-C", "link-arg=--emit-relocs"];
/// What wasm-bindgen must leave in its first part, since the others import it.
pub const BOUND: &str = "--keep-lld-exports";

/// What the tool calls the script that fetches parts. Some hosts (Jekyll) leave out files that begin with `_`.
const THEIRS: &str = "__wasm_split.js";
/// How it compiles a part: only where the host calls that application/wasm.
const STREAMED: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// How our page does: whatever the host calls it.
const FETCHED: &str = "src.then(answer => answer.arrayBuffer()).then(code => WebAssembly.instantiate(code, imports))";

/// Cuts a linked program; the first part is left in `stage` under the returned path, the others beside it.
pub fn cut(tool: &Path, name: &str, wasm: &Path, stage: &Path) -> Result<PathBuf, Fail> {
    let mut command = Command::new(tool);
    command.arg(wasm).arg(stage).args(["--out-name", name, "--target", "web"]).env("RUST_LOG", "error");
    run("wasm-split", &mut command)?;
    let script = stage.join(THEIRS);
    let text = fs::read_to_string(&script).map_err(|e| Fail::io(format!("read {THEIRS}"), e))?;
    let ours = stage.join(ours(name));
    fs::write(&ours, replaced(&text, STREAMED, FETCHED)?).map_err(|e| Fail::io("write the script of the parts", e))?;
    fs::remove_file(&script).map_err(|e| Fail::io(format!("remove {THEIRS}"), e))?;
    Ok(stage.join(name).with_extension("wasm"))
}

/// Once the first part is bound: its script names ours, and the unbound file goes.
pub fn tidy(name: &str, stage: &Path) -> Result<(), Fail> {
    let script = stage.join(name).with_extension("js");
    let text = fs::read_to_string(&script).map_err(|e| Fail::io(format!("read {}", script.display()), e))?;
    let (theirs, ours) = (format!("from \"./{THEIRS}\""), format!("from \"./{}\"", ours(name)));
    fs::write(&script, replaced(&text, &theirs, &ours)?).map_err(|e| Fail::io("name the parts' script", e))?;
    let unbound = stage.join(name).with_extension("wasm");
    fs::remove_file(&unbound).map_err(|e| Fail::io(format!("remove {}", unbound.display()), e))
}

/// Once the parts are as they will travel: their script takes these and no others. A part of another build would find its
/// own functions and data at other places than this one's, and nobody would be told.
pub fn seal(name: &str, parts: &[PathBuf], stage: &Path) -> Result<(), Fail> {
    let script = stage.join(ours(name));
    let mut text = fs::read_to_string(&script).map_err(|e| Fail::io(format!("read {}", script.display()), e))?;
    for part in parts {
        let code = fs::read(part).map_err(|e| Fail::io(format!("read {}", part.display()), e))?;
        let place = format!("new URL(\"./{}\", import.meta.url)", part.file_name().unwrap_or_default().display());
        let sealed = format!("{place}, {{ integrity: \"sha256-{}\" }}", sha256::base64(&sha256::digest(&code)));
        text = replaced(&text, &place, &sealed)?;
    }
    fs::write(&script, text).map_err(|e| Fail::io(format!("write {}", script.display()), e))
}

fn ours(name: &str) -> String {
    format!("{name}_parts.js")
}

/// Every wasm that belongs to a program: its first part and, of one that was cut, the others.
pub fn files(name: &str, is_cut: bool, stage: &Path) -> Result<Vec<PathBuf>, Fail> {
    let mut files = vec![stage.join(format!("{name}_bg.wasm"))];
    if is_cut {
        let is_part = |p: &PathBuf| {
            let name = p.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            name.ends_with(".wasm") && (name.starts_with("split_") || name.starts_with("chunk_"))
        };
        let entries =
            fs::read_dir(stage).and_then(|all| all.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>());
        let mut parts: Vec<PathBuf> = entries.map_err(|e| Fail::io("look for parts", e))?;
        parts.retain(is_part);
        parts.sort();
        files.extend(parts);
    }
    Ok(files)
}

/// The text with every `from` replaced; an error where there is none, since the tool then writes something else by now.
fn replaced(text: &str, from: &str, to: &str) -> Result<String, Fail> {
    if text.contains(from) {
        Ok(text.replace(from, to))
    } else {
        Err(Fail::Usage(format!("wasm-split no longer writes `{from}`: look at src/bin/xtask/split.rs")))
    }
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn what_is_not_there_is_not_replaced_in_silence() {
        assert_eq!(replaced("a b a", "a", "c").ok().as_deref(), Some("c b c"));
        assert!(replaced("a b a", "d", "c").is_err());
    }
}
