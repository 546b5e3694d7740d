//! A rare class that is never named, because always naming the others is nearly as good.
//!
//! Not responsible for networks that say the same for another reason (`answers`).

use super::super::limits::{AGE_SLOW, NO_RECALL, RARE, RARE_ROWS};
use super::super::remedy::offers;
use super::super::vitals::Answers;
use super::super::{Evidence, Finding, Kind, Measure, PassedOver, Remedy, Role, Side};
use super::answers::evidence;
use super::{Case, finding};

impl Answers {
    /// The rarest class of which no row is answered rightly, where classes are uneven.
    pub fn passes_over(&self) -> Option<PassedOver> {
        let Answers::Classes { targets, right, .. } = self else { return None };
        let all: u32 = targets.iter().sum();
        let rare = RARE * f64::from(all) / targets.len().max(1) as f64;
        let passed =
            |i: &usize| targets[*i] >= RARE_ROWS && f64::from(targets[*i]) <= rare && right.get(*i) == Some(&0);
        let class = (0..targets.len()).filter(passed).min_by_key(|i| targets[*i])?;
        let commonest = (0..targets.len()).max_by_key(|i| targets[*i])?;
        Some(PassedOver { class, commonest, share: f64::from(targets[commonest]) / f64::from(all.max(1)) })
    }
}

/// See the module.
pub fn passed_over(c: &Case) -> Option<Finding> {
    let (_, answers) = c.v.answers.as_ref()?;
    let passed = answers.passes_over().filter(|_| c.v.age() >= AGE_SLOW)?;
    let Answers::Classes { targets, right, .. } = answers else { return None };
    let recall = targets
        .iter()
        .zip(right)
        .enumerate()
        .map(|(i, (n, right))| (i as f64, f64::from(*right) / f64::from((*n).max(1))));
    let recall = Evidence {
        measure: Measure::Recall,
        names: Vec::new(),
        lines: vec![(Role::Value, recall.collect())],
        value: f64::from(right[passed.class]) / f64::from(targets[passed.class]),
        limit: Some(NO_RECALL),
        side: Side::Below,
        log: false,
    };
    let mut f = finding(Kind::Imbalance, recall, offers(c.e, [Remedy::ClassWeights]));
    // Beside it, how uneven they are; nothing is judged by that.
    f.evidence.push(Evidence { limit: None, ..evidence(answers) });
    f.passed_over = Some(passed);
    Some(f)
}
