//! Classes that a script needs and PyTorch has not, written out; only those that are used.

use crate::export::Script;

/// What begins its use, what else it uses, and its text. Those that others use come first.
const HELPERS: [(&str, &str); 14] = [
    ("ChannelsFirst()", include_str!("helpers/channels_first.py")),
    ("ChannelsLast()", include_str!("helpers/channels_last.py")),
    ("Mean()", include_str!("helpers/mean.py")),
    ("Sin()", include_str!("helpers/sin.py")),
    ("Places(", include_str!("helpers/places.py")),
    ("Residual(", include_str!("helpers/residual.py")),
    ("RMSNorm(", include_str!("helpers/rms_norm.py")),
    ("SqueezeExcite(", include_str!("helpers/squeeze_excite.py")),
    ("Positional(", include_str!("helpers/positional.py")),
    ("Sinusoidal(", include_str!("helpers/sinusoidal.py")),
    ("truncated(", include_str!("helpers/truncated.py")),
    ("rotary=True", include_str!("helpers/rotary.py")),
    ("Attention(", include_str!("helpers/attention.py")),
    ("TransformerBlock(", include_str!("helpers/transformer_block.py")),
];

/// Writes the helpers that `body` uses.
pub(super) fn write(body: &str, out: &mut Script) {
    let block = body.contains("TransformerBlock(");
    for (begins, text) in HELPERS {
        let used = body.contains(begins) || begins == "Attention(" && block;
        if used {
            out.say(trimmed(text, body));
            out.say("\n");
        }
    }
}

/// Attention without the lines that nobody uses here: those that end in `# rotary`, `# additive` or `# seen`.
fn trimmed(text: &str, body: &str) -> String {
    let uses = |what: &str| {
        body.contains(match what {
            "rotary" => "rotary=True",
            "additive" => "additive=True",
            _ => "seen=",
        })
    };
    let lines = text.trim_end().lines().filter_map(|line| {
        for what in ["rotary", "additive", "seen"] {
            if let Some(rest) = line.strip_suffix(&format!("  # {what}")) {
                return uses(what).then_some(rest);
            }
            if let Some(rest) = line.strip_suffix(&format!("  # no {what}")) {
                return (!uses(what)).then_some(rest);
            }
        }
        Some(line)
    });
    lines.collect::<Vec<_>>().join("\n")
}
