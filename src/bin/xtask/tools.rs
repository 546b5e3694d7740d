//! The tools a build needs: which, in what version, where they are, and how each is installed by the ordinary client of
//! its ecosystem. What is already there is used. Not responsible for running them on our code.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::sh::{Fail, ask, run, which};

/// npm's `binaryen`, which carries `wasm-opt`; older ones do not know the features today's compiler names.
const BINARYEN: &str = "132.0.0";
/// What cuts the page's program; its crate is a library first, so the program is a feature.
const SPLIT: &str = "wasm_split_cli_support";
const SPLIT_VERSION: &str = "0.2.4";
const WASM_OPT_OLDEST: [u32; 3] = [123, 0, 0];
/// What the site's programs are compiled to.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Where what we install ourselves is put, so that nobody's own tools are replaced: `$GRADARIUM_TOOLS`, else the cache
/// folder of the user.
fn home() -> PathBuf {
    let from = |name: &str| std::env::var_os(name).map(PathBuf::from);
    from("GRADARIUM_TOOLS")
        .or_else(|| from("XDG_CACHE_HOME").map(|p| p.join("gradarium-tools")))
        .or_else(|| from("LOCALAPPDATA").map(|p| p.join("gradarium-tools")))
        .or_else(|| from("HOME").map(|p| p.join(".cache").join("gradarium-tools")))
        .unwrap_or_else(|| PathBuf::from("target").join("tools"))
}

fn exe(dir: &Path, name: &str) -> PathBuf {
    dir.join(if cfg!(windows) { format!("{name}.exe") } else { name.to_owned() })
}

/// The first three numbers in a text such as `wasm-bindgen 0.2.130` or `wasm-opt version 132`.
fn version_in(text: &str) -> Option<[u32; 3]> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let mut numbers = text[start..].split(|c: char| !c.is_ascii_digit()).map_while(|n| n.parse().ok());
    Some([numbers.next()?, numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)])
}

fn version_of(program: &Path) -> Option<[u32; 3]> {
    version_in(&ask(program, &["--version"])?)
}

/// The version of a crate in `Cargo.lock`: the wasm-bindgen program must be of the library's exact version.
fn locked(name: &str) -> Result<String, Fail> {
    let lock = std::fs::read_to_string("Cargo.lock").map_err(|e| Fail::io("read Cargo.lock", e))?;
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|l| *l != wanted).skip(1);
    let version = lines.next().and_then(|l| l.strip_prefix("version = \"")).and_then(|l| l.strip_suffix('"'));
    version.map(str::to_owned).ok_or_else(|| Fail::Usage(format!("Cargo.lock names no {name}")))
}

fn install(what: &str, by_hand: &str, commands: &mut [Command]) -> Result<(), Fail> {
    println!("xtask: installing {what}: {by_hand}");
    for command in commands {
        if let Err(fail) = run(what, command) {
            eprintln!("xtask: {fail}");
            return Err(Fail::Fetch { what: what.to_owned(), by_hand: by_hand.to_owned() });
        }
    }
    Ok(())
}

/// `cargo install` into our own folder. Tools are run for seconds, so they are compiled for a quick build, not for speed.
/// Not `--locked`: a tool's lock file may name crates that a lagging registry mirror does not have yet.
fn cargo_install(krate: &str, version: &str, features: &[&str]) -> Result<PathBuf, Fail> {
    let root = home().join(format!("{krate}-{version}"));
    let mut command = Command::new("cargo");
    command
        .args(["install", krate, "--version", version])
        .args(features)
        .arg("--root")
        .arg(&root)
        .env_remove("CARGO_TARGET_DIR");
    command.envs([
        ("CARGO_PROFILE_RELEASE_LTO", "off"),
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
        ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
    ]);
    let by_hand = format!("cargo install {krate} --version {version}");
    install(&format!("{krate} {version} (some minutes)"), &by_hand, &mut [command])?;
    Ok(root.join("bin"))
}

/// Everything the site build calls.
#[derive(Debug)]
pub struct SiteTools {
    /// The `wasm-bindgen` program.
    pub bindgen: PathBuf,
    /// The `wasm-split-cli` program.
    pub split: PathBuf,
}

/// Finds or installs what every site build needs.
pub fn for_site() -> Result<SiteTools, Fail> {
    // First what says in one line that there is no network.
    crates()?;
    wasm_target()?;
    Ok(SiteTools { bindgen: bindgen()?, split: split()? })
}

/// The standard library for wasm, through rustup.
pub fn wasm_target() -> Result<(), Fail> {
    if has_wasm_target() {
        return Ok(());
    }
    let by_hand = format!("rustup target add {WASM}");
    if which("rustup").is_none() {
        let tool = format!("Rust's {WASM} target");
        return Err(Fail::Missing { tool, purpose: "the site is compiled to it".to_owned(), install: by_hand });
    }
    let mut command = Command::new("rustup");
    command.args(["target", "add", WASM]);
    install(&format!("Rust's {WASM} target"), &by_hand, &mut [command])
}

fn has_wasm_target() -> bool {
    ask("rustc", &["--print", "target-libdir", "--target", WASM]).is_some_and(|dir| Path::new(&dir).is_dir())
}

/// rustfmt and clippy, through rustup.
pub fn rust_components() -> Result<(), Fail> {
    for (component, args) in [("rustfmt", ["fmt", "--version"]), ("clippy", ["clippy", "--version"])] {
        if ask("cargo", &args).is_some() {
            continue;
        }
        let by_hand = format!("rustup component add {component}");
        let mut command = Command::new("rustup");
        command.args(["component", "add", component]);
        install(component, &by_hand, &mut [command])?;
    }
    Ok(())
}

/// The crates of `Cargo.lock` that are compiled for the site and for this machine, so that a missing network is named
/// once and plainly, and everything after can work without one.
pub fn crates() -> Result<(), Fail> {
    let about = ask("rustc", &["-vV"]).unwrap_or_default();
    let host = about.lines().find_map(|l| l.strip_prefix("host: "));
    let mut command = Command::new("cargo");
    command.args(["fetch", "--locked", "--quiet", "--target", WASM]);
    command.args(host.map(|h| ["--target", h]).into_iter().flatten());
    let out = command.stdin(Stdio::null()).output().map_err(|e| Fail::io("start cargo fetch", e))?;
    if out.status.success() {
        return Ok(());
    }
    // Cargo says it in a dozen lines, the reason last.
    let said = String::from_utf8_lossy(&out.stderr);
    let reason = said.lines().map(str::trim).rfind(|l| !l.is_empty()).unwrap_or("cargo fetch failed");
    Err(Fail::Fetch {
        what: format!("the crates in Cargo.lock ({reason})"),
        by_hand: "cargo fetch --locked".to_owned(),
    })
}

fn found_bindgen(version: &str) -> Option<PathBuf> {
    let own = exe(&home().join(format!("wasm-bindgen-cli-{version}")).join("bin"), "wasm-bindgen");
    let wanted = format!("wasm-bindgen {version}");
    let same = |p: &PathBuf| ask(p, &["--version"]).is_some_and(|v| v.split(" (").next() == Some(wanted.as_str()));
    which("wasm-bindgen").into_iter().chain([own]).find(same)
}

fn bindgen() -> Result<PathBuf, Fail> {
    let version = locked("wasm-bindgen")?;
    match found_bindgen(&version) {
        Some(program) => Ok(program),
        None => Ok(exe(&cargo_install("wasm-bindgen-cli", &version, &[])?, "wasm-bindgen")),
    }
}

fn split_home() -> PathBuf {
    exe(&home().join(format!("{SPLIT}-{SPLIT_VERSION}")).join("bin"), "wasm-split-cli")
}

/// It does not say its version, so only our own is used.
fn found_split() -> Option<PathBuf> {
    Some(split_home()).filter(|p| p.is_file())
}

fn split() -> Result<PathBuf, Fail> {
    if let Some(program) = found_split() {
        return Ok(program);
    }
    cargo_install(SPLIT, SPLIT_VERSION, &["--features", "build-binary"])?;
    Ok(split_home())
}

fn found_wasm_opt() -> Option<PathBuf> {
    let bin = home().join(format!("binaryen-{BINARYEN}")).join("node_modules").join(".bin");
    let own = bin.join(if cfg!(windows) { "wasm-opt.cmd" } else { "wasm-opt" });
    let new_enough = |p: &PathBuf| p.is_file() && version_of(p).is_some_and(|v| v >= WASM_OPT_OLDEST);
    which("wasm-opt").into_iter().chain([own]).find(new_enough)
}

/// The `wasm-opt` that release builds are run through.
pub fn wasm_opt() -> Result<PathBuf, Fail> {
    if let Some(path) = found_wasm_opt() {
        return Ok(path);
    }
    let prefix = home().join(format!("binaryen-{BINARYEN}"));
    std::fs::create_dir_all(&prefix).map_err(|e| Fail::io(format!("make {}", prefix.display()), e))?;
    let mut command = npm()?;
    command.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(&prefix);
    command.arg(format!("binaryen@{BINARYEN}"));
    let by_hand = format!("npm install -g binaryen@{BINARYEN}");
    install(&format!("wasm-opt (binaryen {BINARYEN})"), &by_hand, &mut [command])?;
    let missing = || Fail::Missing {
        tool: "wasm-opt".to_owned(),
        purpose: "it makes the site's wasm smaller and faster".to_owned(),
        install: by_hand.clone(),
    };
    found_wasm_opt().ok_or_else(missing)
}

/// `npm`, or one line that says how to get it: Node is not something a build tool should put on a machine by itself.
pub fn npm() -> Result<Command, Fail> {
    match (which("node"), which("npm")) {
        (Some(_), Some(npm)) => Ok(Command::new(npm)),
        _ => Err(Fail::Missing {
            tool: "Node.js with npm".to_owned(),
            purpose: "wasm-opt and the browser tests come from npm".to_owned(),
            install: "apt-get install nodejs npm, or your system's installer of Node.js 20 or newer".to_owned(),
        }),
    }
}

/// Chromium: `$CHROMIUM`, else the usual names on `PATH`, else the usual places.
pub fn found_chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let places = [
        "/usr/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "C:/Program Files/Google/Chrome/Application/chrome.exe",
    ];
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    named
        .into_iter()
        .chain(names.iter().filter_map(|n| which(n)))
        .chain(places.iter().map(PathBuf::from))
        .find(|p| p.is_file())
}

/// The browser of the tests and benchmarks. Debian's own package where we may install one; it is the distribution's
/// choice of version that is used then, as for every system library.
pub fn chromium() -> Result<PathBuf, Fail> {
    if let Some(path) = found_chromium() {
        return Ok(path);
    }
    let by_hand = "apt-get install chromium fonts-noto-cjk";
    let missing = || Fail::Missing {
        tool: "Chromium".to_owned(),
        purpose: "the browser tests and benchmarks run in it".to_owned(),
        install: format!("{by_hand} (or set CHROMIUM to the path of a Chrome or Chromium)"),
    };
    if !apt_install(&["chromium", "fonts-noto-cjk"])? {
        return Err(missing());
    }
    found_chromium().ok_or_else(missing)
}

/// Installs Debian's packages; false where we may not, or there is no apt.
pub fn apt_install(packages: &[&str]) -> Result<bool, Fail> {
    let root = ask("id", &["-u"]).as_deref() == Some("0");
    if !root || which("apt-get").is_none() {
        return Ok(false);
    }
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    let names = packages.join(" ");
    let install_them = [&["install", "-y", "--no-install-recommends"], packages].concat();
    install(&names, &format!("apt-get install {names}"), &mut [apt(&["update", "-q"]), apt(&install_them)])?;
    Ok(true)
}

/// Whether there is a Vulkan driver for the tests of the graphics card; Debian's own one, which is a program, is installed
/// where we may.
pub fn vulkan() -> bool {
    if found_vulkan() {
        return true;
    }
    let root = ask("id", &["-u"]).as_deref() == Some("0");
    if root && which("apt-get").is_some() {
        let apt = |args: &[&str]| {
            let mut command = Command::new("apt-get");
            command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
            command
        };
        let package = ["install", "-y", "--no-install-recommends", VULKAN];
        let by_hand = format!("apt-get install {VULKAN}");
        // Its absence leaves tests out, and that is said.
        let _said = install("a Vulkan driver", &by_hand, &mut [apt(&["update", "-q"]), apt(&package)]);
    }
    let found = found_vulkan();
    if !found {
        println!("xtask: no Vulkan driver, so the tests of the graphics card are left out (apt-get install {VULKAN})");
    }
    found
}

/// Debian's package with lavapipe.
const VULKAN: &str = "mesa-vulkan-drivers";

fn found_vulkan() -> bool {
    let folders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d"];
    let has_one = |folder: &str| std::fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some());
    std::env::var_os("VK_ICD_FILENAMES").is_some() || folders.iter().any(|f| has_one(f))
}

/// `cargo xtask doctor`: one line for each tool.
pub fn doctor() -> Result<(), Fail> {
    let say = |name: &str, found: Option<String>, purpose: &str, else_: &str| match found {
        Some(what) => println!("  ok       {name:<14} {what}  — {purpose}"),
        None => println!("  missing  {name:<14} {purpose}; {else_}"),
    };
    let at = |p: PathBuf| {
        let version = ask(&p, &["--version"]).and_then(|v| v.lines().next().map(str::to_owned)).unwrap_or_default();
        format!("{} ({version})", p.display())
    };
    let auto = "installed by the first command that needs it";
    let bindgen = locked("wasm-bindgen")?;
    say("rustc", which("rustc").map(at), "compiles", "see rust-toolchain.toml for the version");
    say(WASM, has_wasm_target().then(|| "installed".to_owned()), "the site's target", auto);
    say("rustfmt", ask("cargo", &["fmt", "--version"]), "checks the format", auto);
    say("clippy", ask("cargo", &["clippy", "--version"]), "checks the code", auto);
    say("wasm-bindgen", found_bindgen(&bindgen).map(at), "binds wasm to JavaScript, in Cargo.lock's version", auto);
    say("wasm-split", found_split().map(|p| p.display().to_string()), "cuts the page's program into parts", auto);
    say("wasm-opt", found_wasm_opt().map(at), "makes the wasm smaller and faster", auto);
    say(
        "cargo-nextest",
        ask("cargo", &["nextest", "--version"]).and_then(first_line),
        "runs the native tests",
        "without it `cargo test` runs them; to have it: cargo install --locked cargo-nextest",
    );
    say(
        "node",
        which("node").map(at),
        "runs wasm-opt, the browser tests and the benchmarks",
        "install Node.js 20 or newer",
    );
    say("chromium", found_chromium().map(at), "the browser of the tests and benchmarks", auto);
    let driver = found_vulkan().then(|| "there is one".to_owned());
    say("vulkan", driver, "the tests of the graphics card, and its benchmark", auto);
    let torch = crate::node::python_with_torch().map(|p| p.display().to_string());
    say("torch", torch, "only for `cargo xtask fixtures`", "apt-get install python3-torch, or pip install torch");
    crate::engines::doctor();
    Ok(())
}

fn first_line(text: String) -> Option<String> {
    text.lines().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn versions_are_read_from_what_tools_print() {
        assert_eq!(version_in("wasm-bindgen 0.22.0-beta.1"), Some([0, 22, 0]));
        assert_eq!(version_in("wasm-opt version 132 (version_132)"), Some([132, 0, 0]));
        assert_eq!(version_in("wasm-opt version 108"), Some([108, 0, 0]));
        assert_eq!(version_in("none"), None);
    }
}
