//! Building the static site: cargo, wasm-bindgen, wasm-opt, then what is said of the whole (`finish`). Not responsible for
//! what is in the site.
//!
//! Cargo and wasm-bindgen are called here by name: a bundler would do no more for a page that loads its programs itself, and
//! Trunk took 11 of the 45 minutes that the checks have on a machine where nothing is installed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::sh::{Fail, ask, run, target_dir, which};
use crate::tools::{self, SiteTools};
use crate::{finish, split};

/// What to build and where to.
#[derive(Debug)]
pub struct Site {
    /// Quick to build, slow to run: little optimisation, no wasm-opt.
    pub dev: bool,
    /// The folder that receives the site.
    pub dist: PathBuf,
    /// Whether a zip of it is made as well, beside the folder.
    pub zip: bool,
}

/// Features of every browser we support, named one by one: `--all-features` makes wasm-opt write an import form that
/// browsers refuse.
const FEATURES: [&str; 8] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// A program of the site: `src/bin/<name>.rs`, which becomes `<name>.js` and `<name>_bg.wasm`.
struct Program {
    name: &'static str,
    /// Cargo's profile (Cargo.toml): all are compiled for size.
    profile: &'static str,
    /// Features of our own package.
    features: &'static str,
    /// How wasm-opt sees it: it may not slow the kernels of a worker down.
    level: &'static str,
    /// Whether it marks parts that are loaded later (`ui::parts`).
    is_cut: bool,
}

const PROGRAMS: [Program; 4] = [
    Program { name: "app", profile: "page", features: "", level: "-Oz", is_cut: true },
    Program { name: "exporter", profile: "page", features: "", level: "-Oz", is_cut: false },
    Program { name: "worker", profile: "worker", features: "", level: "-O3", is_cut: false },
    Program { name: "card", profile: "worker", features: "webgpu", level: "-O3", is_cut: false },
];

/// Builds the site, installing what that needs first.
pub fn build(site: &Site) -> Result<(), Fail> {
    let tools = tools::for_site()?;
    let wasm_opt = if site.dev { None } else { Some(tools::wasm_opt()?) };
    let began = Instant::now();
    let dist = std::path::absolute(&site.dist).map_err(|e| Fail::io("resolve --dist", e))?;
    let target = target_dir();
    fs::create_dir_all(&target).map_err(|e| Fail::io("make the target folder", e))?;
    // The stage has a fixed name in the target folder, so only one build may run there at a time.
    let lock = File::create(target.join(".xtask-site.lock")).map_err(|e| Fail::io("make the build lock", e))?;
    lock.lock().map_err(|e| Fail::io("take the build lock", e))?;
    let stage = target.join("site");
    clear(&stage)?;
    let doing = |e| Fail::io("copy the site's own files", e);
    copy(Path::new("www"), &stage).map_err(doing)?;
    fs::copy("index.html", stage.join("index.html")).map_err(doing)?;
    for program in &PROGRAMS {
        bind(program, site.dev, &tools, &stage)?;
        let files = split::files(program.name, program.is_cut, &stage)?;
        for file in &files {
            if let Some(wasm_opt) = &wasm_opt {
                optimise(wasm_opt, program.level, file)?;
            }
            let name = file.file_name().unwrap_or_default().display();
            println!("xtask: {name} {}", size(file));
        }
        if program.is_cut {
            split::seal(program.name, &files[1..], &stage)?;
        }
    }
    // What was there stays until the new site is whole.
    clear(&dist)?;
    copy(&stage, &dist).map_err(|e| Fail::io(format!("write {}", dist.display()), e))?;
    finish::finish(&dist, site.zip)?;
    println!("xtask: the site is in {} ({:.1} s)", dist.display(), began.elapsed().as_secs_f64());
    Ok(())
}

/// Compiles a program, cuts it where it says so, and binds it to JavaScript.
fn bind(program: &Program, dev: bool, tools: &SiteTools, stage: &Path) -> Result<(), Fail> {
    let (profile, folder) = if dev { ("dev", "debug") } else { (program.profile, program.profile) };
    let mut command = Command::new("cargo");
    command.args(["rustc", "--locked", "--offline", "--target", tools::WASM, "--bin", program.name]);
    command.args(["--profile", profile, "--features", program.features]);
    if program.is_cut {
        command.arg("--").args(split::LINKED);
    }
    run(&format!("cargo build of the {}", program.name), &mut command)?;
    let wasm = target_dir().join(tools::WASM).join(folder).join(program.name).with_extension("wasm");
    let mut command = Command::new(&tools.bindgen);
    command.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(stage);
    if !program.is_cut {
        return run("wasm-bindgen", command.arg(wasm));
    }
    command.arg(split::BOUND).arg(split::cut(&tools.split, program.name, &wasm, stage)?);
    run("wasm-bindgen", &mut command)?;
    split::tidy(program.name, stage)
}

/// An empty folder.
fn clear(folder: &Path) -> Result<(), Fail> {
    let doing = |e| Fail::io(format!("empty {}", folder.display()), e);
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(doing)?;
    }
    fs::create_dir_all(folder).map_err(doing)
}

/// Copies what is in a folder into another.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(path, target)?;
        }
    }
    Ok(())
}

fn optimise(wasm_opt: &Path, level: &str, file: &Path) -> Result<(), Fail> {
    let smaller = file.with_extension("wasm.opt");
    let mut command = Command::new(wasm_opt);
    command.args([level, "--strip-debug", "--strip-producers"]).args(FEATURES).arg(file).arg("-o").arg(&smaller);
    run("wasm-opt", &mut command)?;
    std::fs::rename(&smaller, file).map_err(|e| Fail::io(format!("replace {}", file.display()), e))
}

/// The size of a file as it is and, where there is a `gzip` to ask, as it travels.
fn size(file: &Path) -> String {
    let kib = |bytes: u64| format!("{:.0} KiB", bytes as f64 / 1024.0);
    let raw = std::fs::metadata(file).map_or(0, |m| m.len());
    let zipped = which("gzip").and_then(|gzip| {
        let path = file.to_str()?;
        let script = "\"$0\" -9 -c \"$1\" | wc -c";
        ask("sh", &["-c", script, gzip.to_str()?, path])?.trim().parse::<u64>().ok()
    });
    zipped.map_or_else(|| kib(raw), |z| format!("{} ({} gzipped)", kib(raw), kib(z)))
}
