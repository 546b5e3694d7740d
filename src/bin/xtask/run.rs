//! The command line: which command, which options, and the exit code. Not responsible for what a command does.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::sh::{Fail, repo_root};
use crate::site::Site;
use crate::{bench, check, engines, node, serve, site, tools};

const USAGE: &str = "\
cargo xtask serve [--port 8080] [--dev] [--dist DIR]
                                 install what is missing, build the site, serve it, print the address
cargo xtask test [--all]         install what is missing, run every check and test; --all: the slow ones too
cargo xtask test --fuzz [N]      only mutated input of every kind, a million of each, or N
cargo xtask test --browsers [firefox] [webkit]
                                 only the page in other engines than Chromium
cargo xtask build [--public-url URL] [--dev] [--dist DIR] [--zip]
                                 the static site into dist/; --dev: quick to build, slow to run; --zip: dist.zip too
cargo xtask bench [names…]       benchmarks in a headless browser, beside other engines; JSON in target/bench/
cargo xtask fixtures             re-make the PyTorch fixtures (only this needs Python with torch)
cargo xtask doctor               what is installed, what is missing, what each is for";

/// Runs the command named on the command line and says in one line what went wrong, if anything did.
pub fn main() -> ExitCode {
    match dispatch(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Fail::Counted) => ExitCode::FAILURE,
        Err(fail) => {
            eprintln!("xtask: {fail}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(mut args: Vec<String>) -> Result<(), Fail> {
    std::env::set_current_dir(repo_root()?).map_err(|e| Fail::io("enter the repository", e))?;
    let command = if args.is_empty() { "help".to_owned() } else { args.remove(0) };
    let mut options = Options::new(args);
    match command.as_str() {
        "serve" => {
            let port = options.number("--port")?.unwrap_or(8080);
            let site = site_options(&mut options)?;
            options.finish()?;
            site::build(&site)?;
            serve::serve(&site.dist, port)
        }
        "build" => {
            let site = site_options(&mut options)?;
            options.finish()?;
            site::build(&site)
        }
        "test" => {
            let all = options.flag("--all");
            if options.flag("--fuzz") {
                return check::fuzz(options.rest());
            }
            if options.flag("--browsers") {
                return engines::test(&options.rest());
            }
            options.finish()?;
            check::test(all)
        }
        "bench" => bench::bench(options.rest()),
        "fixtures" => {
            options.finish()?;
            node::fixtures()
        }
        "doctor" => {
            options.finish()?;
            tools::doctor()
        }
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(Fail::Usage(format!("there is no command `{command}`\n{USAGE}"))),
    }
}

/// `--dev`, `--dist DIR`, `--public-url URL` and `--zip`, shared by the commands that build the site.
fn site_options(options: &mut Options) -> Result<Site, Fail> {
    let dev = options.flag("--dev");
    let dist = options.value("--dist")?.map_or_else(|| PathBuf::from("dist"), PathBuf::from);
    if let Some(url) = options.value("--public-url")? {
        println!("xtask: every address in the site is relative, so it works below {url} as it is");
    }
    let zip = options.flag("--zip");
    Ok(Site { dev, dist, zip })
}

/// Options in any order; what is left over is an error that names it.
struct Options(Vec<String>);

impl Options {
    fn new(args: Vec<String>) -> Self {
        Self(args)
    }

    fn flag(&mut self, name: &str) -> bool {
        let found = self.0.iter().position(|a| a == name);
        found.map(|i| self.0.remove(i)).is_some()
    }

    fn value(&mut self, name: &str) -> Result<Option<String>, Fail> {
        let inline = format!("{name}=");
        if let Some(i) = self.0.iter().position(|a| a.starts_with(&inline)) {
            return Ok(Some(self.0.remove(i)[inline.len()..].to_owned()));
        }
        match self.0.iter().position(|a| a == name) {
            None => Ok(None),
            Some(i) if i + 1 < self.0.len() => {
                self.0.remove(i);
                Ok(Some(self.0.remove(i)))
            }
            Some(_) => Err(Fail::Usage(format!("{name} needs a value"))),
        }
    }

    fn number(&mut self, name: &str) -> Result<Option<u16>, Fail> {
        let text = self.value(name)?;
        text.map(|t| t.parse().map_err(|_| Fail::Usage(format!("{name} needs a number up to 65535, not `{t}`"))))
            .transpose()
    }

    fn finish(self) -> Result<(), Fail> {
        match self.0.first() {
            None => Ok(()),
            Some(left) => Err(Fail::Usage(format!("no such option here: `{left}`\n{USAGE}"))),
        }
    }

    fn rest(self) -> Vec<String> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Options;

    fn options(text: &str) -> Options {
        Options::new(text.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn options_come_in_any_order_and_either_form() {
        let mut o = options("--dev --dist=out --port 81");
        assert_eq!(o.number("--port").unwrap(), Some(81));
        assert_eq!(o.value("--dist").unwrap().as_deref(), Some("out"));
        assert!(o.flag("--dev"));
        assert!(o.finish().is_ok());
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(options("--prot 81").finish().is_err());
        assert!(options("--port").number("--port").is_err());
        assert!(options("--port 99999").number("--port").is_err());
    }
}
