//! What is drawn and pointed at. Not responsible for the run.

use super::*;

#[test]
fn views_change_without_touching_the_run() {
    let s = running();
    for m in [
        Msg::View(ViewMsg::CurveLog(true)),
        Msg::View(ViewMsg::CurveShow(CurveShow::Metric)),
        Msg::View(ViewMsg::OutputHard(true)),
        Msg::View(ViewMsg::OutputTestPoints(true)),
    ] {
        let (next, effects) = update(&s, m);
        assert!(effects.is_empty() && next != s && next.edit.experiment == s.edit.experiment);
    }
    assert_eq!(go(&s, Msg::View(ViewMsg::CurveSmoothing(3.0))).view.curve_view.smoothing, 0.99);
    assert_eq!(update(&s, Msg::Page(PageMsg::Lang(Lang::Zh))).1, [Effect::Remember]);
    assert_eq!(update(&s, Msg::Page(PageMsg::Theme(Theme::Dark))).1, [Effect::Remember]);
    assert_eq!(update(&s, Msg::Page(PageMsg::Share)).1, [Effect::Hash, Effect::CopyLink]);
}

#[test]
fn maps_of_a_huge_network_are_coarse_so_that_its_figures_move() {
    let px = |flops_per_step: f64, wanted: usize| {
        let loaded = Loaded { flops_per_step, ..Loaded::default() };
        {
            let mut s = fresh();
            s.run.data = Rc::new(LoadedData { loaded, ..LoadedData::default() });
            s.map_px(wanted)
        }
    };
    let batch = fresh().edit.experiment.training.batch as f64;
    // 2-8-8-2, then three layers of 256: as wanted.
    assert_eq!(px(600.0 * batch, 120), 120);
    assert_eq!(px(3.0 * 264_192.0 * batch, 72), 72);
    // A hundred layers of 512: 5 · 10⁷ multiplications and additions a row.
    assert_eq!((px(3.0 * 5.2e7 * batch, 72), px(3.0 * 5.2e7 * batch, 22)), (8, 8));
    assert_eq!(px(0.0, 72), 72);
}

#[test]
fn an_example_that_went_with_the_samples_gives_way_to_the_last_one() {
    let after = |example: Example, n_train: usize, n_test: usize| {
        let loaded = Loaded { run: 2, restarted: true, backend: "simd".into(), n_train, n_test, ..Loaded::default() };
        let s = go(&running(), Msg::View(ViewMsg::LookAt(example)));
        (*go(&s, Msg::Run(RunMsg::Loaded(Rc::new(LoadedData { loaded, ..LoadedData::default() })))).view.example)
            .clone()
    };
    assert_eq!(after(Example::Train(7000), 500, 100), Example::Train(499));
    assert_eq!(after(Example::Train(499), 500, 100), Example::Train(499));
    assert_eq!(after(Example::Test(700), 500, 100), Example::Test(99));
    assert_eq!(after(Example::Test(700), 500, 0), Example::Train(0));
    assert_eq!(after(Example::Own(vec![0.5]), 500, 100), Example::Own(vec![0.5]));
}
