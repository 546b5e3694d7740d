//! Layers that see images and series: read by name, written as text, and what is wrong with them said at its place.
//!
//! Not responsible for their numbers (`golden_ops`, `golden_nets`, `gradcheck`, `parity`).

use gradarium::backend;
use gradarium::engine::data;
use gradarium::engine::session::Session;
use gradarium::spec::{Backend, Code, Experiment, Fix, LayerKind, text};
use serde_json::json;

fn experiment(input: &[usize], model: &str) -> Experiment {
    let mut e = Experiment::from_value(json!({
        "data": {"set": "random", "input": input, "target": {"classes": 3}, "samples": 40},
        "model": {"layers": []}, "task": {"type": "classification"}, "training": {"batch": 8},
    }))
    .unwrap();
    e.model = text::parse(model).unwrap_or_else(|p| panic!("{model}: {p:?}"));
    e
}

fn session(input: &[usize], model: &str, kind: Backend) -> Session {
    let e = experiment(input, model);
    assert_eq!(e.problems(), vec![], "{model}");
    let data = data::build(&e.data, u64::from(e.seed), &[]).unwrap();
    Session::new(e, data, backend::choose(kind).unwrap())
}

#[test]
fn feature_maps_filters_and_their_gradients_are_read_by_name() {
    let model = "conv 5 3x2 same relu stride=2 | max_pool 2 | squeeze_excite 2 | flatten | dense";
    let mut s = session(&[9, 8, 3], model, Backend::Simd);
    s.step().unwrap();
    let shape = |name: &str| s.read(name, false).map(|(shape, data)| (shape, data.len()));
    assert_eq!(shape("input"), Some((vec![8, 9, 8, 3], 8 * 9 * 8 * 3)));
    assert_eq!(shape("layers.0"), Some((vec![8, 5, 4, 5], 800)));
    assert_eq!(shape("layers.0.weight"), Some((vec![5, 3, 3, 2], 90)));
    assert_eq!(shape("layers.1"), Some((vec![8, 2, 2, 5], 160)));
    assert_eq!(shape("layers.2.scale"), Some((vec![8, 5], 40)));
    assert_eq!(shape("layers.2.fc1.weight"), Some((vec![2, 5], 10)));
    assert_eq!(shape("layers.3"), Some((vec![8, 20], 160)));
    let moved = |name: &str| s.read(name, true).is_some_and(|(_, d)| d.iter().any(|x| *x != 0.0));
    assert!(moved("layers.0.weight") && moved("layers.0") && moved("layers.2.fc2.weight"));
    let maps = s.read("layers.0", false).unwrap().1;
    assert!(maps.iter().all(|x| *x >= 0.0) && maps.iter().any(|x| *x > 0.0), "ReLU of something");
}

#[test]
fn backends_train_alike() {
    for (input, model) in [
        (
            &[8, 7, 2][..],
            "conv 6 3x3 same | batch_norm | activation relu | max_pool 2 | conv 4 3 groups=2 same | flatten | dense",
        ),
        (
            &[6, 6, 1],
            "conv 4 3 stride=2 padding=1 tanh | conv_transpose 3 2 stride=2 | upsample 2 | group_norm 3 | global_avg_pool | dense",
        ),
        (&[12, 3], "conv1d 6 5 same silu | max_pool1d 2 | conv1d 4 3 dilation=2 | global_avg_pool1d | dense"),
    ] {
        let mut both = [Backend::Simd, Backend::Reference].map(|b| session(input, model, b));
        for step in 0..8 {
            let [a, b] = both.each_mut().map(|s| s.step().unwrap());
            // Rounding fed back through at most eight steps of Adam or SGD at their default rates.
            assert!((a - b).abs() < 1e-4 * b.abs().max(1.0), "{model} step {step}: {a} and {b}");
        }
    }
}

#[test]
fn the_text_of_images_is_read_and_written() {
    for line in [
        "conv 8 5x5 same relu | max_pool 2 | flatten | dense 10",
        "conv 8 3x5 padding=2 gelu stride=2 dilation=1x2 groups=4 init=he_normal bias=false name=a",
        "conv_transpose 4 2x2 stride=2 | upsample 3 | avg_pool 3x2 stride=1 same | global_avg_pool2d",
        "conv1d 8 5 same tanh | max_pool1d 2 | global_avg_pool1d",
        "dropout2d 0.25 | group_norm 4 | squeeze_excite 8",
        "instance_norm affine | rms_norm | instance_norm",
    ] {
        let model = text::parse(line).unwrap_or_else(|p| panic!("{line}: {p:?}"));
        assert_eq!(text::write(&model), line);
    }
    let same = |a: &str, b: &str| assert_eq!(text::parse(a).unwrap(), text::parse(b).unwrap());
    same("conv2d 8 5 same relu | pool", "conv 8 5x5 relu same | max_pool2d size=2");
    same("conv kernel=3x3 filters=4 padding=same", "conv 4 same");
    for wrong in ["conv 8 5x", "conv 8 bent", "max_pool 2x2x2", "conv 8 padding=around", "upsample two", "conv -1"] {
        assert!(text::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn what_does_not_fit_is_said_with_its_remedy() {
    let find = |input: &[usize], model: &str, path: &str, code: Code| {
        let problems = experiment(input, model).problems();
        let found = problems.iter().find(|p| p.path == path && p.code == code).cloned();
        found.unwrap_or_else(|| panic!("{model}: {problems:?}")).fix
    };
    let image = &[6, 5, 4];
    let fix = find(image, "conv 8 7x7 | flatten | dense", "model.layers[0].kernel", Code::WindowTooLarge);
    assert_eq!(fix, Some(Fix::PadSame { at: 0 }));
    let fix = find(image, "max_pool 8 | flatten | dense", "model.layers[0].size", Code::WindowTooLarge);
    assert_eq!(fix, Some(Fix::PadSame { at: 0 }));
    let fix = find(image, "conv 8 3 groups=3 | flatten | dense", "model.layers[0].groups", Code::GroupsDivide);
    assert_eq!(fix, Some(Fix::SetGroups { at: 0, groups: 1 }));
    find(image, "group_norm 3 | flatten | dense", "model.layers[0].groups", Code::GroupsDivide);
    find(&[1, 1, 4], "instance_norm | flatten | dense", "model.layers[0]", Code::LayerInput);
    find(&[12], "instance_norm | dense", "model.layers[0]", Code::LayerInput);
    find(
        image,
        "residual(conv 4 3 groups=3) | flatten | dense",
        "model.layers[0].layers[0].groups",
        Code::GroupsDivide,
    );
    let branch = |model: &str, code| find(image, model, "model.layers[0]", code);
    let fix = branch("residual(conv 4 3) | flatten | dense", Code::ResidualPadding);
    assert_eq!(fix, Some(Fix::PadSame { at: 0 }));
    let fix = branch("residual(conv 8 3 same) | flatten | dense", Code::ResidualUnits);
    assert_eq!(fix, Some(Fix::Project { at: 0, units: 4 }));
    assert_eq!(branch("residual(conv 4 3 same stride=2) | flatten | dense", Code::ResidualStride), None);
    assert_eq!(branch("residual(max_pool 2) | flatten | dense", Code::ResidualStride), None);
    assert_eq!(branch("residual(flatten | dense 3) | flatten | dense", Code::ResidualShape), None);
    let fix = find(image, "conv 8 | dense", "model.layers[1]", Code::NeedsFlatten);
    assert_eq!(fix, Some(Fix::InsertFlatten { at: 1 }));
    let reshape = |shape: &[usize]| Some(Fix::InsertReshape { at: 0, shape: shape.to_vec() });
    for (input, model, fix) in [
        (&[12][..], "conv 8", None),
        (&[784], "conv 8", reshape(&[28, 28, 1])),
        (&[3072], "max_pool 2", reshape(&[32, 32, 3])),
        (&[12, 3], "max_pool 2", reshape(&[12, 3, 1])),
        (image, "conv1d 8", reshape(&[6, 20])),
        (&[9], "conv1d 8", reshape(&[9, 1])),
    ] {
        let found = find(input, &format!("{model} | flatten | dense"), "model.layers[0]", Code::LayerInput);
        assert_eq!(found, fix, "{model} on {input:?}");
    }
    find(&[12, 3], "conv1d 8 3x5 | flatten | dense", "model.layers[0].kernel", Code::WrongType);
    find(&[4, 3], "conv1d 8 5 | flatten | dense", "model.layers[0].kernel", Code::WindowTooLarge);
    find(image, "conv 0 | flatten | dense", "model.layers[0].filters", Code::OutOfRange);
    find(image, "conv 8 3 stride=0 | flatten | dense", "model.layers[0].stride", Code::OutOfRange);
    find(image, "max_pool 2 padding=2 | flatten | dense", "model.layers[0].padding", Code::OutOfRange);
    find(image, "conv_transpose 2 3 padding=9 | flatten | dense", "model.layers[0].padding", Code::OutOfRange);
    find(image, "upsample 0 | flatten | dense", "model.layers[0].factor", Code::OutOfRange);
}

#[test]
fn every_kind_of_layer_starts_as_something_sensible() {
    for name in [
        "conv2d",
        "conv_transpose2d",
        "max_pool2d",
        "avg_pool2d",
        "upsample2d",
        "squeeze_excite",
        "dropout2d",
        "group_norm",
        "instance_norm",
        "rms_norm",
    ] {
        let mut e = experiment(&[8, 8, 4], "flatten | dense");
        e.model.layers.insert(0, LayerKind::starter(name).unwrap().into());
        assert_eq!(e.problems(), vec![], "{name}");
    }
}
