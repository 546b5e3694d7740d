//! Curves of several runs as one table: a row a step, and columns of its own for each run.
//!
//! Pure. Not responsible for the runs' names (`ui::kept_names`).

use crate::protocol::CurvePoint;
use std::collections::BTreeMap;

/// As CSV. `metric` names two of the measurements, such as `accuracy`, `terms` what the loss is made of; a column that nothing was measured for is left out,
/// and a cell is empty where this run has no point at the step.
pub fn csv(runs: &[(&str, &[CurvePoint])], metric: &str, terms: &[&str]) -> String {
    type Of = Box<dyn Fn(&CurvePoint) -> Option<f32>>;
    let mut measured: Vec<(String, Of)> = vec![
        ("train_loss".into(), Box::new(|p| Some(p.train_loss))),
        ("train_loss_min".into(), Box::new(|p| p.train_min)),
        ("train_loss_max".into(), Box::new(|p| p.train_max)),
        ("test_loss".into(), Box::new(|p| p.test_loss)),
        (format!("train_{metric}"), Box::new(|p| p.train_metric)),
        (format!("test_{metric}"), Box::new(|p| p.test_metric)),
        ("test_coverage".into(), Box::new(|p| p.test_coverage)),
    ];
    for (i, term) in terms.iter().enumerate() {
        measured.push((term.to_string(), Box::new(move |p| p.terms.get(i).copied().filter(|v| v.is_finite()))));
    }
    let mut head = vec!["step".to_string()];
    let mut rows: BTreeMap<u64, Vec<(usize, f32)>> = BTreeMap::new();
    for (name, curve) in runs {
        for (what, of) in &measured {
            if !curve.is_empty() && curve.iter().all(|p| of(p).is_none()) {
                continue;
            }
            let column = head.len();
            head.push(quoted(&if runs.len() == 1 { what.clone() } else { format!("{name}: {what}") }));
            for p in *curve {
                let cells = rows.entry(p.step).or_default();
                cells.extend(of(p).map(|v| (column, v)));
            }
        }
    }
    let mut out = head.join(",") + "\n";
    for (step, cells) in rows {
        let mut row = vec![String::new(); head.len()];
        row[0] = step.to_string();
        cells.into_iter().for_each(|(column, v)| row[column] = v.to_string());
        out += &(row.join(",") + "\n");
    }
    out
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_run_has_its_own_columns() {
        let p = |step, train_loss, test_loss| CurvePoint { step, train_loss, test_loss, ..CurvePoint::default() };
        let a = [p(1, 0.5, Some(0.75)), p(10, 0.25, None)];
        let b = [p(2, 1.0, None), p(10, 0.125, None)];
        assert_eq!(
            csv(&[("Adam 0.03", &a), ("a, \"b\"", &b)], "accuracy", &[]),
            "step,Adam 0.03: train_loss,Adam 0.03: test_loss,\"a, \"\"b\"\": train_loss\"\n1,0.5,0.75,\n2,,,1\n10,0.25,,0.125\n"
        );
        let many = [CurvePoint { train_min: Some(0.25), train_max: Some(0.75), ..p(10, 0.5, None) }];
        let head = "step,train_loss,train_loss_min,train_loss_max";
        assert_eq!(csv(&[("this run", &many)], "r2", &[]), format!("{head}\n10,0.5,0.25,0.75\n"));
        assert_eq!(csv(&[("this run", &b)], "r2", &[]), "step,train_loss\n2,1\n10,0.125\n");
        let told = [CurvePoint { terms: vec![0.5, f32::NAN], ..p(2, 1.0, None) }];
        let terms = csv(&[("this run", &told)], "r2", &["loss.kl", "generator.loss"]);
        assert_eq!(terms, "step,train_loss,loss.kl\n2,1,0.5\n");
    }
}
