//! A failure provoked on purpose and treated as the doctor says; and a set-up that nothing should be said about.
//!
//! Not responsible for the set-ups themselves.

use super::page::Page;
use gradarium::spec::{Experiment, text};
use gradarium::ui::doctor::Kind;
use gradarium::ui::state::{DoctorMsg, EditMsg, Msg};

/// Looks come this many steps apart.
pub const EVERY: u32 = 10;

/// A failure provoked on purpose, and its cure.
pub struct Case {
    pub kind: Kind,
    pub sick: Experiment,
    /// It is found within so many steps.
    pub within: u64,
    /// Some set-ups are ill twice: so many remedies at most, each offered for what is found next.
    pub remedies: usize,
    /// So many steps after the latest remedy …
    pub then: u32,
    /// … the training loss is at most this.
    pub loss: f64,
}

impl Case {
    /// Trains until it is found, takes the remedy, trains on, and goes back. What was treated, at its end.
    pub fn run(self) -> Page {
        let Case { kind, sick, within, remedies, then, loss } = self;
        let mut page = Page::open(sick.clone());
        while page.kinds().is_empty() && page.step() < within {
            page.train(EVERY);
        }
        let name = format!("{kind:?} of {} {} at step {}", sick.data.set, text::write(&sick.model), page.step());
        assert_eq!(page.kinds(), [kind], "{name}");
        let mut taken = Vec::new();
        while let Some(finding) = page.state.doctor.findings.first().cloned() {
            assert!(taken.len() < remedies, "{name}: {:?} after {taken:?}", finding.kind);
            assert!(finding.evidence.iter().all(|e| e.lines.iter().any(|l| !l.1.is_empty())), "{name}: no evidence");
            assert!(finding.evidence.iter().all(|e| e.holds()), "{name}: {:?}", finding.evidence);
            let before = page.state.edit.experiment.clone();
            assert_eq!(finding.remedies[0].apply(&before).problems(), [], "{name}: {:?}", finding.remedies[0]);
            page.say(Msg::Doctor(DoctorMsg::Remedy(finding.kind, finding.remedies[0].clone())));
            assert!(page.state.doctor.applied(&page.state.edit.experiment).is_some() && page.kinds().is_empty());
            taken.push(finding.remedies[0].clone());
            for _ in 0..then / EVERY {
                page.train(EVERY);
                if !page.kinds().is_empty() {
                    break;
                }
            }
        }
        eprintln!("{name}: {taken:?}, then {:?}", page.trend());
        assert!(page.trend().now <= loss, "{name}: {:?} after {taken:?}", page.trend());
        let treated = page.state.clone();
        taken.iter().for_each(|_| page.say(Msg::Edit(EditMsg::Undo)));
        assert_eq!(*page.state.edit.experiment, sick, "{name}: undo");
        assert!(page.state.doctor.applied(&page.state.edit.experiment).is_none());
        page.state = treated;
        page
    }
}

/// Set-ups with their number of steps and the steps between two looks: none raises an alarm, and each learns.
pub fn no_alarm(healthy: Vec<(Experiment, u32, u32)>) {
    let mut alarms = Vec::new();
    for (experiment, steps, every) in healthy {
        let name = format!("{} {}", experiment.data.set, text::write(&experiment.model));
        // Shown of a test that is ended for its length: where it was.
        println!("{name}");
        let mut page = Page::open(experiment);
        while page.step() < u64::from(steps) {
            page.train(every);
            if !page.kinds().is_empty() {
                alarms.push(format!("{name}: {:?} at step {}", page.kinds(), page.step()));
                break;
            }
        }
        assert!(page.trend().fallen() > 0.02 || !page.kinds().is_empty(), "{name} does not learn");
    }
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}
