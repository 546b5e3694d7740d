//! Running other programs: where they are, how they end, what they print. Not responsible for which ones.

use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a command stopped. Its text is the one line that the developer sees.
#[derive(Debug)]
pub enum Fail {
    /// The command line was not understood.
    Usage(String),
    /// A tool is missing and could not, or may not, be installed from here.
    Missing { tool: String, purpose: String, install: String },
    /// An ordinary client was asked to fetch something and could not.
    Fetch { what: String, by_hand: String },
    /// A program ran and failed; it has said why above.
    Step { what: String, code: Option<i32> },
    /// The operating system refused something.
    Io { doing: String, source: std::io::Error },
    /// A test stage failed and its totals are already printed as the last line.
    Counted,
}

impl Fail {
    /// An operating-system error with what was being done.
    pub fn io(doing: impl Into<String>, source: std::io::Error) -> Self {
        Self::Io { doing: doing.into(), source }
    }
}

impl fmt::Display for Fail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) => write!(f, "{text}"),
            Self::Missing { tool, purpose, install } => {
                write!(f, "{tool} is missing ({purpose}); install it with: {install}")
            }
            Self::Fetch { what, by_hand } => {
                write!(f, "could not fetch {what}: is the network reachable? To try by hand: {by_hand}")
            }
            Self::Step { what, code: Some(code) } => write!(f, "{what} failed (exit code {code}), see above"),
            Self::Step { what, code: None } => write!(f, "{what} was ended by a signal"),
            Self::Io { doing, source } => write!(f, "could not {doing}: {source}"),
            Self::Counted => write!(f, "a test failed, see above"),
        }
    }
}

/// The repository: the first folder upwards from this package (where cargo says it is) that holds our `Cargo.toml` and
/// `index.html`; without cargo, upwards from here.
pub fn repo_root() -> Result<PathBuf, Fail> {
    let here = match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(package) => PathBuf::from(package),
        None => std::env::current_dir().map_err(|e| Fail::io("read the current folder", e))?,
    };
    let is_root = |p: &&Path| p.join("Cargo.toml").is_file() && p.join("index.html").is_file();
    match here.ancestors().find(is_root) {
        Some(root) => Ok(root.to_path_buf()),
        None => Err(Fail::Usage("run this inside the repository".to_owned())),
    }
}

/// The folder for what is made: `$CARGO_TARGET_DIR`, else `target`.
pub fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// The first file of that name on `PATH` (with `.exe` and `.cmd` on Windows).
pub fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    std::env::split_paths(&path)
        .flat_map(|dir| endings.iter().map(move |e| dir.join(format!("{name}{e}"))))
        .find(|file| file.is_file())
}

/// What a program prints on standard output when asked, or `None` if it cannot be run or fails.
pub fn ask(program: impl AsRef<Path>, args: &[&str]) -> Option<String> {
    let out = Command::new(program.as_ref()).args(args).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
}

/// Runs a program with its output shown as it comes.
pub fn run(what: &str, command: &mut Command) -> Result<(), Fail> {
    let status = command.stdin(Stdio::null()).status().map_err(|e| Fail::io(format!("start {what}"), e))?;
    if status.success() { Ok(()) } else { Err(Fail::Step { what: what.to_owned(), code: status.code() }) }
}

/// Runs a program with its output shown as it comes and kept too: `(everything it printed, how it ended)`.
pub fn run_and_keep(what: &str, command: &mut Command) -> Result<(String, Result<(), Fail>), Fail> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|e| Fail::io(format!("start {what}"), e))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let stderr = std::thread::spawn(move || err.map_or_else(String::new, |s| tee(s, std::io::stderr())));
    let mut text = out.map_or_else(String::new, |s| tee(s, std::io::stdout()));
    text.push_str(&stderr.join().unwrap_or_default());
    let status = child.wait().map_err(|e| Fail::io(format!("wait for {what}"), e))?;
    let end = if status.success() { Ok(()) } else { Err(Fail::Step { what: what.to_owned(), code: status.code() }) };
    Ok((text, end))
}

/// Copies a stream on, line by line, and returns what went through. A closed terminal does not stop the reading.
fn tee(from: impl Read, mut to: impl Write) -> String {
    let mut reader = BufReader::new(from);
    let (mut line, mut kept) = (Vec::new(), String::new());
    while matches!(reader.read_until(b'\n', &mut line), Ok(n) if n > 0) {
        let _ = to.write_all(&line);
        let _ = to.flush();
        kept.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    kept
}
