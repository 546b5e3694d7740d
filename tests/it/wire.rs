//! What the worker says is read by the page as it was meant: the page's one reader against serde_json's own.
//!
//! Not responsible for what the answers hold (`worker`, `lens`, `generate`).

use gradarium::protocol::{Command, FrameRequest, Reply, Want};
use gradarium::spec::{Experiment, preset, read};
use gradarium::worker::Reactor;
use std::cell::Cell;

fn conversation(experiment: &Experiment, commands: &[Command]) -> Vec<Reply> {
    let clock = Cell::new(0.0);
    let now = || {
        clock.set(clock.get() + 5.0);
        clock.get()
    };
    let load = Command::Load { experiment: serde_json::to_value(experiment).unwrap() };
    let (mut r, mut out) = (Reactor::new(), Vec::new());
    for command in std::iter::once(&load).chain(commands) {
        let before = out.len();
        r.message(1, &serde_json::to_string(command).unwrap(), vec![], &now, &mut out);
        for _ in 0..2000 {
            if out.len() > before {
                break;
            }
            r.tick(&now, &mut out);
        }
        assert!(out.len() > before, "{command:?} is not answered");
    }
    out.into_iter().map(|o| o.reply).collect()
}

#[test]
fn every_answer_is_read_as_serde_reads_it() {
    let wants = [Want::Output { px: 8 }, Want::GradientFlow, Want::Updates, Want::Spread { bins: 12 }, Want::Confusion];
    let want = FrameRequest { curves_since: Some(0), ..FrameRequest::of(wants) };
    let commands = [
        Command::Train { steps: 5 },
        Command::Frame { want },
        Command::Evaluate,
        Command::Values,
        Command::Weights,
        Command::Rows,
        Command::Seek { step: 2 },
        Command::Load { experiment: serde_json::json!({"gradarium": 1, "model": {"layers": [{"type": "dens"}]}}) },
    ];
    let replies = conversation(&preset::first(), &commands);
    assert!(replies.iter().any(|r| matches!(r, Reply::Frame(f) if !f.curves.is_empty())));
    assert!(replies.iter().any(|r| matches!(r, Reply::Failed(f) if !f.problems.is_empty())));
    for reply in &replies {
        let json = serde_json::to_string(reply).unwrap();
        let ours = read::text::<Reply>(&json).unwrap_or_else(|p| panic!("{p:?} in {json}"));
        let serdes: Reply = serde_json::from_str(&json).unwrap();
        // As text, since NaN is not itself.
        assert_eq!(serde_json::to_string(&ours).unwrap(), serde_json::to_string(&serdes).unwrap());
        assert_eq!(serde_json::to_string(&ours).unwrap(), json);
    }
}

#[test]
fn an_answer_of_another_version_is_refused() {
    let found = read::text::<Reply>(r#"{"reply":"frame","status":7}"#).unwrap_err();
    assert_eq!(found.code, gradarium::spec::Code::WrongType, "{found:?}");
}
