//! Classes that a script needs and its library has not, written out.
//!
//! Not responsible for the texts (`pytorch::helpers`, `keras::helpers`).

use super::Script;

/// Writes the helpers that `body` uses, of a list with what begins their use; those that others use come first.
pub(super) fn write(all: &[(&str, &str)], body: &str, out: &mut Script) {
    let block = body.contains("TransformerBlock(");
    for &(begins, text) in all {
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
