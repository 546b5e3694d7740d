//! The exporters as a module of their own, for `gradarium.js`: the worker would travel a tenth heavier with them.
//!
//! Not responsible for the files (`export`).

fn main() {}

#[cfg(target_arch = "wasm32")]
mod file {
    use gradarium::export::{self, FileKind};
    use gradarium::i18n::Lang;
    use gradarium::i18n::problems::problem_at;
    use gradarium::protocol::{CurvePoint, Status, Words};
    use gradarium::spec::{Experiment, Problem, Weights};
    use gradarium::ui::report;
    use serde::Deserialize;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// A file, or why there is none.
    #[wasm_bindgen(getter_with_clone)]
    pub struct Written {
        /// Its name.
        pub name: String,
        /// Its MIME type.
        pub mime: String,
        /// What is in it.
        pub bytes: Vec<u8>,
        /// Why there is none, as JSON: `[{path, message, hint}]`; else empty.
        pub refused: String,
    }

    /// The file of that kind, of an experiment as JSON and its weights as safetensors.
    #[wasm_bindgen]
    pub fn file(kind: &str, experiment: &str, weights: &[u8], lang: &str) -> Written {
        match made(kind, experiment, weights) {
            Ok(f) => Written { name: f.name, mime: f.mime.into(), bytes: f.bytes, refused: String::new() },
            Err(problems) => {
                let (none, refused) = (String::new(), words(&problems, Lang::from_tag(lang).unwrap_or_default()));
                Written { name: none.clone(), mime: none, bytes: Vec::new(), refused }
            }
        }
    }

    /// The report of an experiment as JSON; `about` is a frame's `status` and `curves`, and the address of the `page`.
    #[wasm_bindgen]
    pub fn report(experiment: &str, about: &str, lang: &str) -> Written {
        let lang = Lang::from_tag(lang).unwrap_or_default();
        match reported(experiment, about, lang) {
            Ok(f) => Written { name: f.name, mime: f.mime.into(), bytes: f.bytes, refused: String::new() },
            Err(problems) => {
                let none = String::new();
                Written { name: none.clone(), mime: none, bytes: Vec::new(), refused: words(&problems, lang) }
            }
        }
    }

    /// What is known of the run.
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Run {
        status: Status,
        curves: Vec<CurvePoint>,
        page: String,
    }

    fn reported(experiment: &str, about: &str, lang: Lang) -> Result<export::Written, Vec<Problem>> {
        let experiment = Experiment::from_json(experiment)?;
        // `gradarium.js` writes it: what it does not say is not known.
        let run: Run = serde_json::from_str(about).unwrap_or_default();
        let about = report::about(&run.status, &run.curves, run.page);
        let html = export::report::report(&experiment, &about, lang)?;
        let name = export::Names::of(&experiment).report();
        Ok(export::Written { name, mime: export::report::MIME, bytes: html.into_bytes() })
    }

    fn made(kind: &str, experiment: &str, weights: &[u8]) -> Result<export::Written, Vec<Problem>> {
        let kind = FileKind::ALL.into_iter().find(|k| k.name() == kind).unwrap_or(FileKind::Pytorch);
        let experiment = Experiment::from_json(experiment)?;
        let weights = Weights::read(weights).map_err(|p| vec![p])?;
        export::file(&experiment, &weights, kind)
    }

    fn words(problems: &[Problem], lang: Lang) -> String {
        let one = |p: &Problem| {
            let (message, hint) = problem_at(lang, &p.path, &p.code_name(), &p.args);
            Words { path: p.path.clone(), message, hint }
        };
        let words: Vec<Words> = problems.iter().map(one).collect();
        // Plain data: serialising cannot fail.
        serde_json::to_string(&words).unwrap_or_default()
    }
}
