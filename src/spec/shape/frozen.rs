//! What is left to learn where layers are frozen.
//!
//! Not responsible for networks without parameters, which may run as they are.

use super::LayerInfo;
use crate::spec::model::Layer;
use crate::spec::problem::{Code, Fix, Problem};

/// Numbers of these layers that learn.
pub fn learnable(layers: &[Layer], infos: &[LayerInfo]) -> u64 {
    let of = |(layer, info): (&Layer, &LayerInfo)| match layer.kind.children() {
        _ if layer.frozen => 0,
        [] => info.n_params(),
        children => learnable(children, &info.children),
    };
    layers.iter().zip(infos).map(of).fold(0, u64::saturating_add)
}

/// There are parameters and none learns: said at the last layer that could.
pub(super) fn problem(layers: &[Layer], infos: &[LayerInfo]) -> Option<Problem> {
    let at = infos.iter().take(layers.len()).rposition(|info| info.n_params() > 0)?;
    let stuck = learnable(layers, infos) == 0;
    let problem = || Problem::new(format!("{}.frozen", infos[at].path), Code::NothingLearns).fix(Fix::Unfreeze { at });
    stuck.then(problem)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::spec::{Code, Experiment, Fix, preset, text};

    fn with(model: &str) -> Experiment {
        Experiment { model: text::parse(model).unwrap(), ..preset::first() }
    }

    #[test]
    fn a_network_of_which_nothing_learns_is_refused_at_its_last_layer() {
        for model in [
            "dense 2 frozen",
            "dense 4 frozen | activation relu | dense 2 frozen | activation tanh",
            "residual(dense 2 frozen) | dense frozen",
            "residual(dense 2) frozen | dense frozen",
        ] {
            let e = with(model);
            let at = text::parse(model).unwrap().layers.iter().rposition(|l| l.frozen).unwrap();
            let found = e.problems();
            assert_eq!((found[0].code, found.len()), (Code::NothingLearns, 1), "{model}: {found:?}");
            assert_eq!((found[0].layer(&e.model), &found[0].fix), (Some(at), &Some(Fix::Unfreeze { at })), "{model}");
        }
        for model in ["dense 4 frozen | dense", "residual(dense 2 frozen | dense 2) | dense 2 frozen"] {
            assert_eq!(with(model).problems(), [], "{model}");
        }
    }

    #[test]
    fn only_files_with_frozen_layers_ask_for_the_newer_version() {
        assert!(with("dense 3 | dense").to_json().contains("\"gradarium\":1"));
        let frozen = with("dense 3 frozen | dense");
        assert!(frozen.to_json().contains("\"gradarium\":2") && frozen.to_json_pretty().contains("\"gradarium\": 2"));
        assert_eq!(Experiment::from_json(&frozen.to_json()), Ok(frozen.clone()));
        let newer = frozen.to_json().replace("\"gradarium\":2", "\"gradarium\":3");
        assert_eq!(Experiment::from_json(&newer).unwrap_err()[0].code, Code::NewerVersion);
        let wrong = frozen.to_json().replace("\"frozen\":true", "\"frozen\":1");
        let found = Experiment::from_json(&wrong).unwrap_err();
        assert_eq!((found[0].path.as_str(), found[0].code), ("model.layers[0].frozen", Code::WrongType));
    }
}
