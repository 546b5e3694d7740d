//! Links made by earlier versions, and written by hand, still give the experiments that they gave then.
//!
//! `links/old.txt` holds a link a line, and what it gave when it was filed: parameters, learning rate, experiment. New lines
//! are filled in by `UPDATE=1 cargo nextest run old_links`; a line that is there never changes.

use gradarium::spec::{Experiment, Field, Saved, shape};
use gradarium::ui::route;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/links/old.txt");

fn facts(e: &Experiment) -> String {
    let params = shape::infer(e, &e.data_info().unwrap()).n_params;
    format!("{params}\t{}\t{}", e.optimizer.get(Field::Lr), e.to_json())
}

#[test]
fn old_links_open_unchanged() {
    let text = std::fs::read_to_string(PATH).unwrap();
    let update = std::env::var_os("UPDATE").is_some();
    let mut filled = String::new();
    let mut n = 0;
    for line in text.lines() {
        let (link, then) = line.split_once('\t').unwrap_or((line, ""));
        let route = route::parse(link);
        let e = route.experiment.unwrap().unwrap_or_else(|p| panic!("{link}: {p:?}"));
        assert_eq!(route.start, route::Start::default(), "{link}");
        let now = facts(&e);
        assert!(now == then || (update && then.is_empty()), "{link}\n{then}\n{now}");
        // The same as a file, alone and as one that could carry weights.
        let json = then.splitn(3, '\t').nth(2).unwrap_or_default();
        if !json.is_empty() {
            assert_eq!(Experiment::from_json(json).as_ref(), Ok(&*e), "{link}");
            assert_eq!(Saved::from_json(json).map(|s| (s.experiment, s.weights)), Ok(((*e).clone(), None)));
        }
        filled += &format!("{link}\t{now}\n");
        n += 1;
    }
    assert!(n >= 60);
    if update {
        std::fs::write(PATH, filled).unwrap();
    }
}
