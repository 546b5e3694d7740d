//! The strip for several kinds of networks.

use super::*;
use crate::spec::shape::infer;
use crate::spec::{DataSpec, preset, text};

fn laid(set: &str, model: &str, width: f64) -> (Vec<Layer>, Vec<LayerInfo>, Layout) {
    let mut e = preset::for_data(DataSpec::of(set), 1);
    e.model = text::parse(model).unwrap();
    let info = e.data.info().unwrap();
    let infos = infer(&e, &info).layers;
    let l = layout(&e.model.layers, &infos, (&Begin::of(&e, &info), &info), width, false);
    (e.model.layers, infos, l)
}

#[test]
fn columns_stand_side_by_side_and_tiles_find_their_unit() {
    for (set, model) in [
        ("spiral", "dense 8 tanh | dense 40 tanh | residual(dense 40) | dropout 0.1 | dense 2"),
        ("mnist", "flatten | dense 64 relu | dense 100 | dense"),
        ("iris", "dense 16 relu | dense"),
    ] {
        for width in [320.0, 900.0] {
            let (_, _, l) = laid(set, model, width);
            assert!(l.width >= width);
            for pair in l.columns.windows(2) {
                assert!(pair[0].x + pair[0].w + 28.0 < pair[1].x && pair[0].body_right() < pair[1].body_x);
            }
            for c in &l.columns {
                assert!(c.top >= HEAD && c.top + c.body_h() < l.height, "{set} {c:?}");
                for u in 0..c.shown {
                    let (x, y) = c.tile_at(u);
                    assert_eq!(c.unit_at(x + 1.0, y + 1.0), Some(u));
                    assert!(x >= c.x && x + c.tile.0 <= c.x + c.w + 0.5);
                }
                assert_eq!(c.unit_at(c.body_x - 10.0, c.top), None);
            }
        }
    }
}

#[test]
fn weights_are_shown_where_there_is_no_plane() {
    let (layers, infos, l) = laid("mnist", "flatten | dense 64 relu | dense", 900.0);
    let pictures: Vec<Picture> = l.columns.iter().map(|c| c.picture).collect();
    let shape = [28, 28, 1];
    assert_eq!(pictures, [Picture::Sample(shape), Picture::Block, Picture::Weights(shape), Picture::Strip]);
    let edges: Vec<bool> = (0..3).map(|i| has_edges(&layers, &infos, &l.columns, i)).collect();
    assert_eq!(edges, [false, false, true]);
}

#[test]
fn images_and_sequences_are_pictures_of_an_example() {
    let (_, _, l) = laid("mnist", "conv 32 3x3 relu | pool 2 | flatten | dense", 900.0);
    assert_eq!((l.columns[1].picture, l.columns[1].shown), (Picture::Channel([26, 26]), CHANNELS_MAX));
    assert_eq!(l.columns[2].picture, Picture::Channel([13, 13]));
    let (_, _, l) = laid("shakespeare", "embedding 96 | lstm 8 return_sequences | dense", 900.0);
    assert_eq!((l.columns[0].picture, l.columns[1].picture), (Picture::Block, Picture::Times([ROWS_MAX, 64])));
    assert_eq!(l.columns[2].picture, Picture::Times([8, 64]));
}

#[test]
fn layers_that_keep_units_apart_have_one_line_each() {
    let (layers, _, l) =
        laid("spiral", "dense 8 name=a | dropout 0.1 name=b | add from=a,b | concat from=a,b | dense", 900.0);
    let lines: Vec<bool> = (0..5).map(|i| one_to_one(&layers, &l.columns, i)).collect();
    assert_eq!(lines, [false, true, true, false, false]);
}

#[test]
fn sixty_layers_are_compact() {
    let model = vec!["dense 8 tanh"; 59].join(" | ") + " | dense 2";
    let (_, _, l) = laid("spiral", &model, 900.0);
    assert!(l.compact && l.columns.len() == 61 && l.width < 8000.0);
}

#[test]
fn every_ready_network_can_be_seen_whole() {
    let ready = preset::ready::all().iter().filter_map(|r| Some((r.name, r.experiment()?)));
    for (name, e) in ready.chain([("first", preset::first())]) {
        let info = e.data.info().unwrap();
        let infos = infer(&e, &info).layers;
        for width in [330.0, 700.0, 790.0, 1200.0] {
            let l = layout(&e.model.layers, &infos, (&Begin::of(&e, &info), &info), width, true);
            // A phone has no room for a hundred and fifty columns that can be hit.
            assert!(l.fits || (width < 700.0 && l.columns.len() > 60), "{name} at {width}: {}", l.width);
            for pair in l.columns.windows(2) {
                assert!(pair[0].x + pair[0].w < pair[1].x + 0.5, "{name}: columns do not overlap");
            }
            for c in &l.columns {
                assert!(c.body_w <= c.w + 1.0 && c.body_x + 1.0 >= c.x, "{name} at {width}: {c:?}");
                assert!(c.top >= HEAD && c.top + c.body_h() < l.height);
                let last = c.shown - 1;
                let (x, y) = c.tile_at(last);
                assert_eq!(c.unit_at(x + 0.5, y + 0.5), Some(last));
            }
        }
    }
}

#[test]
fn a_generator_begins_with_its_noise_and_every_number_of_it_has_wires() {
    let e = preset::ready::find("gan_ring").unwrap().experiment().unwrap();
    let info = e.data_info().unwrap();
    let infos = infer(&e, &info).layers;
    let begin = Begin::of(&e, &info);
    assert!(begin.is_noise() && begin.input.feature_names == ["z1", "z2", "z3", "z4"]);
    let l = layout(&e.model.layers, &infos, (&begin, &info), 900.0, false);
    assert_eq!((l.columns[0].units, l.columns[0].picture), (4, Picture::Cell));
    assert!(has_edges(&e.model.layers, &infos, &l.columns, 0));
    // The generator's layers know nothing of the plane, the discriminator's do.
    let pictures: Vec<bool> = l.columns[1..].iter().map(|c| c.picture == Picture::Map).collect();
    assert_eq!(pictures, [false, false, false, true, true, true]);
    let plain = preset::first();
    let info = plain.data_info().unwrap();
    assert_eq!(
        Begin::of(&plain, &info),
        Begin { classes: info.class_names.clone(), input: info, apart: 0, heads: false }
    );
}
