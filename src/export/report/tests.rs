//! The report says what ran, and nothing that a learner names becomes markup.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::spec::{Layer, preset};

/// A name as nobody has one.
const EVIL: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&";

fn about() -> About {
    let point = |i: u64| Point {
        step: i,
        train_loss: Some(1.0 / (i + 1) as f32),
        test_loss: i.is_multiple_of(2).then_some(1.1 / (i + 1) as f32),
        train_metric: Some(0.5 + i as f32 / 200.0),
        test_metric: Some(if i == 3 { f32::NAN } else { 0.5 }),
        terms: vec![0.5 / (i + 1) as f32, if i.is_multiple_of(3) { f32::NAN } else { 0.25 }],
    };
    About {
        step: 99,
        epoch: 12,
        points: (0..100).map(point).collect(),
        page: "https://example.org/index.html".into(),
        confusion: Some(Confusion {
            counts: vec![vec![9, 1], vec![0, 10]],
            names: vec![EVIL.into(), "two".into()],
            test: true,
            step: 98,
        }),
        map: Some(Map {
            px: 2,
            colors: vec![[255; 3], [255; 3], [0; 3], [43, 108, 176]],
            axes: ["x".into(), EVIL.into()],
        }),
    }
}

/// Names of all tags; everything else must be escaped.
fn tags(html: &str) -> Vec<String> {
    let of = |part: &str| part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '!').collect();
    html.split('<').skip(1).map(|part| of(part.trim_start_matches('/'))).collect()
}

#[test]
fn settings_are_written_for_people() {
    let value = serde_json::json!([{"strength": f64::from(0.04_f32), "type": "shift"}, {"type": "flip"}]);
    assert_eq!(plain(&value), "shift strength 0.04, flip");
    assert_eq!(plain(&serde_json::json!(16_777_217)), "16777217");
    for (name, metric) in
        [("first", "Test accuracy"), ("airline_cnn", "Test R²"), ("gan_ring", "Energy distance, test part")]
    {
        let e = preset::ready::find(name).map_or_else(preset::first, |r| r.experiment().unwrap());
        let html = report(&e, &About::default(), Lang::En).unwrap();
        assert!(html.contains(metric), "{name}: {html}");
    }
}

#[test]
fn it_holds_figures_curves_network_settings_and_link_in_both_languages() {
    let e = preset::first();
    for (lang, seed) in [(Lang::En, "Seed"), (Lang::Zh, "种子")] {
        let html = report(&e, &about(), lang).unwrap();
        for part in [seed, "dense 8 tanh", "8×2 + 2 = 18", "0.01", "<td>99</td>", "adam"] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert_eq!((html.matches("<polyline fill").count(), html.matches("NaN").count()), (4, 0));
        let address = format!("https://example.org/index.html#/play?x={}", link::pack(&e));
        assert!(html.contains(&format!("href=\"{address}\"")));
        assert_eq!(html.matches("<svg").count(), html.matches("</svg>").count());
    }
    let short = report(&e, &About::default(), Lang::En).unwrap();
    assert!(!short.contains("<polyline fill") && !short.contains("href"), "no curves, and no page to link to");
}

#[test]
fn the_network_is_drawn_as_cards() {
    let e = preset::first();
    let cards = |html: &str| html.matches("class=\"card\"").count();
    let html = report(&e, &about(), Lang::En).unwrap();
    assert_eq!(cards(&html), e.model.layers.len() + 1, "the input has a card too");
    for part in [">Input</text>", ">1 · Dense</text>", ">dense 8 tanh</text>", ">8 · 24 parameters</text>"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(report(&e, &about(), Lang::Zh).unwrap().contains(">8 · 24 个参数</text>"));
    // An arrow for each layer that reads the one before.
    assert_eq!(html.matches("<polygon").count(), e.model.layers.len());
    let mut deep = preset::for_data(crate::spec::DataSpec::of("mnist"), 1);
    deep.model =
        text::parse("conv 4 3 same | residual(conv 4 3 same relu | residual(batch_norm)) | flatten | dense").unwrap();
    let html = report(&deep, &About::default(), Lang::En).unwrap();
    for part in [
        ">2 · Residual</text>",
        ">2.1 · conv 4 3x3 same relu</text>",
        ">2.2 · Residual</text>",
        ">2.2.1 · batch_norm</text>",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    // Of hundreds of layers the table has the rest.
    deep.model = text::parse(&format!("flatten | {}dense", "dense 4 | ".repeat(300))).unwrap();
    let html = report(&deep, &About::default(), Lang::En).unwrap();
    assert_eq!(cards(&html), 122);
    assert!(html.contains("182 more in the table below"), "{html}");
}

#[test]
fn parts_stand_by_themselves_and_terms_are_curves() {
    let all = preset::ready::all().iter().filter_map(|r| r.experiment());
    let game = all.into_iter().find(|e| e.task.kind.terms().len() > 1 && !e.model.parts.is_empty()).unwrap();
    let html = report(&game, &about(), Lang::En).unwrap();
    assert!(html.contains("Terms of the loss") && !html.contains(">Input</text>"));
    assert_eq!(html.matches("class=\"card\"").count(), game.model.layers.len());
    for part in &game.model.parts {
        let name = crate::i18n::network::part(part.name.name()).get(Lang::En);
        assert!(
            html.contains("<text class=\"name\" x=\"0\" y=") && html.contains(&format!(">{name}</text>")),
            "{name}"
        );
    }
}

#[test]
fn the_matrix_and_the_plane_are_in_it_where_they_were_measured() {
    let e = preset::first();
    let html = report(&e, &about(), Lang::En).unwrap();
    assert!(html.contains("Rows of data: test, after 98 steps"));
    let cells = ["43 108 176/0.57)\">9<", "217 119 43/0.19)\">1<", "217 119 43/0.00)\">0<", "43 108 176/0.60)\">10<"];
    cells.iter().for_each(|cell| assert!(html.contains(cell), "{cell}: {html}"));
    // White, black and one blue, runs of one colour as one.
    let runs =
        ["width=\"2\" x=\"0\" y=\"0\" fill=\"rgb(255 255 255)\"", "width=\"1\" x=\"0\" y=\"1\" fill=\"rgb(0 0 0)\""];
    runs.iter().for_each(|run| assert!(html.contains(run), "{run}: {html}"));
    assert_eq!(html.matches("<rect height=\"1\"").count(), 3);
    let none = report(&e, &About::default(), Lang::En).unwrap();
    assert!(!none.contains("Confusion") && !none.contains("class=\"plane\" role"));
    let many = Confusion { counts: vec![vec![1; 40]; 40], ..Confusion::default() };
    let html = report(&e, &About { confusion: Some(many), ..About::default() }, Lang::En).unwrap();
    assert!(html.contains("There are 40 classes"));
}

#[test]
fn markup_in_every_name_stays_text() {
    let evil = EVIL;
    let mut e = preset::first();
    let named =
        |kind: &str| -> Layer { serde_json::from_value(serde_json::json!({"type": kind, "units": 4})).unwrap() };
    e.model.layers.insert(0, named("dense"));
    e.model.layers[0].name = Some(evil.into());
    e.model.layers[1].from = Some(vec![evil.into()]);
    let mut table = preset::first();
    let rows: String =
        (0..40).map(|i| format!("{i},{},\"a{}{}\"\n", i * 7 % 11, i % 2, evil.replace('"', "\"\""))).collect();
    let csv =
        serde_json::json!({"set": "csv", "csv": {"text": format!("\"{}\",y,kind\n{rows}", evil.replace('"', "\"\""))}});
    table.data = serde_json::from_value(csv).unwrap();
    let page = About { page: format!("javascript:alert(3)//{evil}"), ..about() };
    let known = "!doctype html meta title style h1 h2 p a pre table tr th td figure figcaption svg line text polyline rect polygon";
    for e in [e, table] {
        let html = report(&e, &page, Lang::En).unwrap_or_else(|p| panic!("{p:?}"));
        let other: Vec<String> = tags(&html).into_iter().filter(|t| !known.split(' ').any(|k| k == t)).collect();
        assert_eq!(other, [] as [String; 0]);
        assert!(html.contains("&lt;script&gt;") && !html.contains("href"));
        assert!(!html.contains("onerror=alert(2)>"));
    }
}

#[test]
fn an_experiment_that_cannot_train_has_no_report() {
    let mut e = preset::first();
    e.model.layers.clear();
    assert_eq!(report(&e, &about(), Lang::En).unwrap_err(), e.problems());
}
