//! The tasks of several networks: what they reach, the same bits twice, checkpoints, and the same on every backend.

use gradarium::backend;
use gradarium::engine::metrics::energy;
use gradarium::engine::session::{Part, Session};
use gradarium::engine::{data, tasks};
use gradarium::spec::model::PartName;
use gradarium::spec::{Backend, Code, Experiment};
use serde_json::{Value, json};

use crate::backends::backends;

/// 20 steps of f32 on two processors' kernels: sums in another order, no more.
const PARITY: f32 = 2e-4;

fn read(task: Value, model: &str) -> Experiment {
    let parts = gradarium::spec::text::parse(model).unwrap();
    Experiment::from_value(json!({
        "seed": 3, "data": {"set": "ring", "samples": 800, "test_fraction": 0.25},
        "model": serde_json::to_value(parts).unwrap(),
        "task": task, "optimizer": {"type": "adam", "lr": 0.003}, "training": {"batch": 32},
    }))
    .unwrap()
}

const CODER: &str = "encoder: dense 16 tanh | dense 2; decoder: dense 16 tanh | dense";
/// Players whose discriminator bends, so that its second derivative is not 0.
const SMOOTH: &str = "generator: dense 16 relu | dense; discriminator: dense 16 tanh | dense 16 silu | dense";
const PLAYERS: &str = "generator: dense 32 relu | dense 32 relu | dense; \
                       discriminator: dense 32 relu | dense 32 relu | dense";

/// A game whose discriminator learns by a rule of its own.
fn unlike(discriminator: &str) -> Experiment {
    let mut e = read(json!({"type": "gan", "latent": 2}), PLAYERS);
    e.optimizers.set(PartName::Discriminator, Some(serde_json::from_str(discriminator).unwrap()));
    assert_eq!(e.problems(), []);
    e
}

fn all() -> Vec<Experiment> {
    vec![
        read(json!({"type": "autoencoder"}), CODER),
        read(json!({"type": "autoencoder", "noise": 0.3, "mask": 0.2}), CODER),
        read(
            json!({"type": "vae", "latent": 1, "loss": "mse", "beta": 0.01}),
            "encoder: dense 16 tanh | dense; decoder: dense 16 tanh | dense",
        ),
        read(json!({"type": "gan", "latent": 2}), PLAYERS),
        read(json!({"type": "gan", "latent": 3, "loss": "least_squares", "critic_steps": 2}), PLAYERS),
        read(json!({"type": "gan", "latent": 2, "loss": "wasserstein", "critic_steps": 3, "clip": 0.1}), PLAYERS),
        read(json!({"type": "gan", "latent": 2, "loss": "wasserstein_gp", "critic_steps": 2}), SMOOTH),
    ]
    .into_iter()
    .chain(flows())
    .chain(several())
    .chain(
        [r#"{"type":"sgd","lr":0.01}"#, r#"{"type":"adagrad","lr":0.01,"initial_accumulator_value":0.1}"#].map(unlike),
    )
    .chain(crate::pretexts::both())
    .chain([crate::pretexts::masked()])
    .collect()
}

fn several() -> Vec<Experiment> {
    ["fixed", "uncertainty"].map(|w| crate::several::on_noise(json!({"type": "several", "weighting": w}))).to_vec()
}

fn flows() -> Vec<Experiment> {
    ["velocity", "noise"]
        .map(|p| read(json!({"type": "diffusion", "predict": p, "steps": 40}), "dense 64 silu | dense 64 silu | dense"))
        .to_vec()
}

#[test]
fn noise_comes_to_flow_to_points_like_the_real_ones() {
    // What is left of the noise is divided by little at first: predicted noise ends less exactly than a velocity.
    for (e, end) in flows().iter().zip([0.03, 0.12]) {
        let mut s = session(e);
        let far = |s: &mut Session| {
            let real: Vec<f32> = s.data().test().flat_map(|r| s.data().origin[2 * r..2 * r + 2].to_vec()).collect();
            let all = s.flow(200, 5).unwrap();
            assert_eq!(all.len(), 41 * 400);
            energy_distance(&real, &all[40 * 400..])
        };
        let before = far(&mut s);
        steps(&mut s, 4000);
        let after = far(&mut s);
        // Two hundred points of the very same law are some 0.01 apart.
        assert!(after < 0.3 * before && after < end, "{} {before} {after}", e.to_json());
        let again = s.flow(200, 5);
        assert_eq!(again, s.flow(200, 5));
    }
}

fn session_on(e: &Experiment, exec: usize) -> Session {
    assert_eq!(e.problems(), []);
    Session::new(e.clone(), rows(e), backends().remove(exec))
}

fn rows(e: &Experiment) -> data::Dataset {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/www/");
    let files = e.data.set_info().unwrap().files.iter();
    let files: Vec<_> =
        files.map(|f| (f.path.to_string(), std::fs::read(format!("{root}{}", f.path)).unwrap())).collect();
    tasks::data(e, data::build(&e.data, u64::from(e.seed), &files).unwrap())
}

fn session(e: &Experiment) -> Session {
    Session::new(e.clone(), rows(e), backend::choose(Backend::Auto).unwrap())
}

fn steps(s: &mut Session, n: usize) -> Vec<f32> {
    (0..n).map(|_| s.step().unwrap()).collect()
}

#[test]
fn the_same_bits_twice_and_from_a_checkpoint() {
    for e in all() {
        let (mut a, mut b) = (session(&e), session(&e));
        assert_eq!(steps(&mut a, 30), steps(&mut b, 30));
        let kept = a.checkpoint();
        let on = steps(&mut a, 30);
        assert_eq!(on, steps(&mut b, 30));
        b.restore(&kept.bytes).unwrap();
        assert_eq!(on, steps(&mut b, 30), "{}", e.to_json());
        assert_eq!(a.checkpoint(), b.checkpoint());
        assert_eq!(a.evaluate(Part::Test, usize::MAX), b.evaluate(Part::Test, usize::MAX));
    }
}

#[test]
fn every_backend_takes_the_same_steps() {
    for e in all() {
        let mut losses: Vec<Vec<f32>> = (0..backends().len()).map(|k| steps(&mut session_on(&e, k), 20)).collect();
        let first = losses.remove(0);
        for other in losses {
            for (a, b) in first.iter().zip(&other) {
                assert!((a - b).abs() <= PARITY * (1.0 + a.abs()), "{} {a} {b}", e.to_json());
            }
        }
    }
}

#[test]
fn a_code_of_two_numbers_keeps_what_two_numbers_hold() {
    let mut s = session(&all()[0]);
    let before = s.evaluate(Part::Test, usize::MAX).unwrap();
    steps(&mut s, 1500);
    let after = s.evaluate(Part::Test, usize::MAX).unwrap();
    assert!(after.loss < 0.02 * before.loss && after.r2.unwrap() > 0.97, "{before:?} {after:?}");
    let row: Vec<f32> = s.data().x_row(0).to_vec();
    let code = s.apply(PartName::Encoder, &row).unwrap();
    let again = s.apply(PartName::Decoder, &code).unwrap();
    assert_eq!(again, s.predict(&row), "parts one after the other are the whole");
    assert_eq!(s.apply(PartName::Generator, &row), None);
}

/// What the latest loss is made of.
fn figures(s: &Session) -> Vec<(String, f32)> {
    let mut values = Vec::new();
    s.terms(&mut values);
    s.term_names().into_iter().zip(values).collect()
}

#[test]
fn what_is_explained_is_measured_behind_the_sigmoid() {
    let e = Experiment::from_value(json!({
        "seed": 3, "data": {"set": "digits8"}, "task": {"type": "vae", "latent": 4}, "training": {"batch": 32},
        "model": serde_json::to_value(gradarium::spec::text::parse(
            "encoder: flatten | dense 32 relu | dense; decoder: dense 32 relu | dense").unwrap()).unwrap(),
        "optimizer": {"type": "adam", "lr": 0.003},
    }))
    .unwrap();
    let mut s = session(&e);
    steps(&mut s, 600);
    let r2 = s.evaluate(Part::Test, usize::MAX).unwrap().r2.unwrap();
    assert!((0.2..1.0).contains(&r2), "{r2}");
}

#[test]
fn terms_are_those_that_the_rule_names() {
    for e in all() {
        assert_eq!(session(&e).term_names(), e.task.kind.terms(), "{}", e.to_json());
    }
}

#[test]
fn the_bound_is_the_sum_of_its_two_terms() {
    let mut s = session(&all()[2]);
    for _ in 0..200 {
        let loss = s.step().unwrap();
        let of = |name: &str| figures(&s).iter().find(|(n, _)| n == name).unwrap().1;
        assert!((loss - (2.0 * of("loss.reconstruction") + 0.01 * of("loss.kl"))).abs() < 1e-5);
    }
    assert!(figures(&s)[1].1 > 0.5, "the code holds something: {:?}", figures(&s));
}

fn energy_distance(real: &[f32], made: &[f32]) -> f32 {
    energy::compare(real, made, 2).unwrap().energy
}

fn distance(s: &mut Session) -> f32 {
    let (test, data) = (s.data().test(), s.data());
    let real: Vec<f32> = test.clone().flat_map(|r| data.x_row(r).to_vec()).collect();
    let noise: Vec<f32> = test.flat_map(|r| data.y_row(r).to_vec()).collect();
    let made = s.apply(PartName::Generator, &noise).unwrap();
    energy_distance(&real, &made)
}

#[test]
fn a_generator_comes_to_make_points_like_the_real_ones() {
    // With three steps of the discriminator to one, the last takes a third of the generator's.
    for (e, share) in all()[3..6].iter().zip([0.25, 0.25, 0.7]) {
        let mut s = session(e);
        let before = distance(&mut s);
        steps(&mut s, 4000);
        let after = distance(&mut s);
        assert!(after < share * before, "{} {before} {after}", e.to_json());
    }
}

/// Energy distance that the ready game falls below on either set; two samples of the very same law are some 0.005 apart.
const GAME_ENERGY: f32 = 0.02;
/// Share of real rows that then have a made one near.
const GAME_COVERAGE: f32 = 0.65;

#[test]
fn the_ready_game_covers_ring_and_grid() {
    let ring = gradarium::spec::preset::ready::find("gan_ring").unwrap().experiment().unwrap();
    let mut grid = ring.clone();
    grid.data.set = "grid".into();
    for e in [ring, grid] {
        let mut s = session(&e);
        steps(&mut s, 3000);
        let clouds = s.evaluate(Part::Test, usize::MAX).unwrap().clouds.unwrap();
        assert!(clouds.energy < GAME_ENERGY && clouds.coverage > GAME_COVERAGE, "{} {clouds:?}", e.data.set);
        let (shape, rows) = s.sample(300, 1).unwrap();
        assert_eq!((shape, rows.len()), (vec![300, 2], 600));
        assert_eq!(s.sample(300, 1).unwrap().1, rows);
    }
}

#[test]
fn a_player_moves_its_own_weights_only() {
    let e = read(json!({"type": "gan", "critic_steps": 2}), PLAYERS);
    let mut s = session(&e);
    let now = |s: &Session, name: &str| s.read(name, false).unwrap().1.to_vec();
    let (g, d) = ("generator.layers.0.weight", "discriminator.layers.0.weight");
    let before = (now(&s, g), now(&s, d));
    s.step().unwrap();
    assert_eq!(now(&s, g), before.0, "the first step is the discriminator's");
    assert_ne!(now(&s, d), before.1);
    s.step().unwrap();
    assert_ne!(now(&s, g), before.0);
    let names: Vec<String> = s.norms().into_iter().map(|l| l.name).collect();
    assert_eq!(names.len(), 6);
    assert_eq!((names[0].as_str(), names[5].as_str()), ("generator.layers.0", "discriminator.layers.2"));
    assert!(s.norms().iter().all(|l| l.d_params > 0.0 && l.d_params.is_finite()));
}

#[test]
fn what_does_not_fit_is_said() {
    let codes = |e: Experiment| e.problems().iter().map(|p| (p.path.clone(), p.code)).collect::<Vec<_>>();
    let bad = |task: Value, model: &str| codes(read(task, model));
    let ae = || json!({"type": "autoencoder"});
    assert_eq!(bad(ae(), "dense 3 | dense 2"), [("model".into(), Code::WrongParts)]);
    assert_eq!(bad(json!({"type": "regression"}), CODER)[0].1, Code::WrongParts);
    let short = "encoder: dense 4 | dense; decoder: dense 3";
    let found = bad(ae(), short);
    assert!(found.contains(&("model.parts.encoder[1].units".into(), Code::MissingField)), "{found:?}");
    assert!(found.contains(&("model.parts.decoder[0]".into(), Code::OutputShape)), "{found:?}");
    assert_eq!(
        bad(json!({"type": "vae", "latent": 0, "loss": "mse"}), CODER)[0],
        ("task.latent".into(), Code::OutOfRange)
    );
    assert_eq!(bad(json!({"type": "autoencoder", "noise": 9}), CODER)[0], ("task.noise".into(), Code::OutOfRange));
    let mut table = read(json!({"type": "gan"}), PLAYERS);
    table.data = serde_json::from_value(json!({"set": "iris"})).unwrap();
    assert_eq!(codes(table)[0], ("task.type".into(), Code::TaskData));
    let unknown = Experiment::from_value(
        json!({"data": {"set": "spiral"}, "model": {"layers": []}, "task": {"type": "vae", "latnt": 3}}),
    );
    assert_eq!(unknown.unwrap_err()[0].path, "task.latnt");
}

#[test]
fn files_say_parts_and_read_back() {
    for e in all() {
        let json = e.to_json();
        assert!(json.starts_with("{\"gradarium\":2"), "{json}");
        assert_eq!(json.contains("\"parts\":{"), !e.model.parts.is_empty(), "{json}");
        assert_eq!(Experiment::from_json(&json).unwrap(), e);
        let text = gradarium::spec::text::write(&e.model);
        assert_eq!(gradarium::spec::text::parse(&text).unwrap(), e.model, "{text}");
    }
}

#[test]
fn a_game_that_is_chosen_on_the_plane_begins_with_the_settings_of_the_ready_one() {
    use gradarium::spec::{DataSpec, preset};
    let ready = preset::ready::find("gan_ring").unwrap().experiment().unwrap();
    for set in ["ring", "grid", "spiral"] {
        let e = preset::for_task(DataSpec::of(set), 5, "gan").unwrap();
        assert_eq!(e, Experiment { data: DataSpec::of(set), seed: 5, ..ready.clone() });
    }
}

/// What a run's parameters of a part are after some steps.
fn moved(e: &Experiment, part: PartName) -> (Vec<f32>, Vec<f32>) {
    let mut session = session(e);
    let name = format!("{}.0.weight", part.prefix());
    let before = session.read(&name, false).unwrap().1.to_vec();
    (0..5).for_each(|_| assert!(session.step().is_ok()));
    let after = session.read(&name, false).unwrap().1.to_vec();
    (before, after)
}

#[test]
fn each_network_of_a_game_moves_by_its_own_rule() {
    let still = unlike(r#"{"type":"sgd","lr":0}"#);
    let (before, after) = moved(&still, PartName::Discriminator);
    assert_eq!(before, after, "a rate of 0 moves nothing");
    let (before, after) = moved(&still, PartName::Generator);
    assert_ne!(before, after, "and the other goes on");
    let mut both = read(json!({"type": "gan", "latent": 2}), PLAYERS);
    let shared = moved(&both, PartName::Generator).1;
    both.optimizers.set(PartName::Discriminator, Some(both.optimizer.clone()));
    both.optimizers.set(PartName::Generator, Some(both.optimizer.clone()));
    assert_eq!(moved(&both, PartName::Generator).1, shared, "the same numbers said twice are the same bits");
}

#[test]
fn a_rule_of_its_own_may_come_and_go_while_it_trains() {
    let (plain, own) = (read(json!({"type": "gan", "latent": 2}), PLAYERS), unlike(r#"{"type":"sgd","lr":0.01}"#));
    let mut session = session(&plain);
    session.step().unwrap();
    assert!(session.can_tune(&own));
    for e in [&own, &plain, &own] {
        session.tune(&gradarium::engine::session::Settings::of(e));
        assert!((0..3).all(|_| session.step().is_ok_and(f32::is_finite)));
        let kept = session.checkpoint();
        let next = session.step().unwrap();
        session.restore(&kept.bytes).unwrap();
        assert_eq!(session.step().unwrap().to_bits(), next.to_bits());
    }
}
