//! Building the static site: Trunk, then wasm-opt, then what is said of the whole (`finish`). Not responsible for what is
//! in the site.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::sh::{Fail, ask, path_with, run, target_dir, which};
use crate::{finish, tools};

/// What to build and where to.
#[derive(Debug)]
pub struct Site {
    /// Quick to build, slow to run: little optimisation, no wasm-opt.
    pub dev: bool,
    /// The folder that receives the site.
    pub dist: PathBuf,
    /// What stands before every URL; `./` makes the site independent of its folder.
    pub public_url: String,
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

/// Builds the site, installing what that needs first.
pub fn build(site: &Site) -> Result<(), Fail> {
    let tools = tools::for_site()?;
    let wasm_opt = if site.dev { None } else { Some(tools::wasm_opt()?) };
    let began = Instant::now();
    let dist = std::path::absolute(&site.dist).map_err(|e| Fail::io("resolve --dist", e))?;
    trunk(site, &tools, &dist)?;
    // All are compiled for size (Cargo.toml); of the worker, wasm-opt may not slow the kernels down.
    for (name, level) in [("app", "-Oz"), ("exporter", "-Oz"), ("worker", "-O3")] {
        let file = dist.join(format!("{name}_bg.wasm"));
        if let Some(wasm_opt) = &wasm_opt {
            optimise(wasm_opt, level, &file)?;
        }
        println!("xtask: {name}_bg.wasm {}", size(&file));
    }
    finish::finish(&dist, site.zip)?;
    println!("xtask: the site is in {} ({:.1} s)", dist.display(), began.elapsed().as_secs_f64());
    Ok(())
}

/// Trunk keeps its intermediate files under fixed names in the target folder, so only one may run there at a time.
fn trunk(site: &Site, tools: &tools::SiteTools, dist: &Path) -> Result<(), Fail> {
    let target = target_dir();
    std::fs::create_dir_all(&target).map_err(|e| Fail::io("make the target folder", e))?;
    let lock = File::create(target.join(".xtask-trunk.lock")).map_err(|e| Fail::io("make the build lock", e))?;
    lock.lock().map_err(|e| Fail::io("take the build lock", e))?;
    let mut command = Command::new(&tools.trunk);
    command.args([
        "build",
        "--offline",
        "--skip-version-check",
        "--locked",
        "--public-url",
        &site.public_url,
        "--dist",
    ]);
    command.arg(dist).env("PATH", path_with(std::slice::from_ref(&tools.bindgen_dir)));
    // Trunk reads these two as its own options and stops at values such as NO_COLOR=1.
    command.env_remove("NO_COLOR").env_remove("TRUNK_BUILD_DIST");
    if !site.dev {
        command.arg("--release");
    }
    run("trunk build", &mut command)
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
