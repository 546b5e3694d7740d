//! What the built pages may load, said twice: in the pages themselves, and as headers for hosts that can send some.
//! Not responsible for what they do load; a browser test holds them to it (`tests/e2e/locked.spec.mjs`).

use crate::sha256;

/// Where a page's own policy stands until the build writes it.
const PLACE: &str = "{policy}";
/// `data:` for workers: inside a sandboxed frame a worker can be started from nothing else. Style attributes hold what
/// follows numbers (widths of bars, columns of a grid); style sheets come from files only.
const RULES: [&str; 8] = [
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self' data:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
];

/// The policy that lets these inline scripts run and no others.
pub fn policy(scripts: &[String]) -> String {
    let hashes: String =
        scripts.iter().map(|s| format!(" 'sha256-{}'", sha256::base64(&sha256::digest(s.as_bytes())))).collect();
    format!("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; {}", RULES.join("; "))
}

/// The texts of the inline scripts of a page, as a browser reads them.
pub fn inline_scripts(html: &str) -> Vec<String> {
    let html = html.replace("\r\n", "\n");
    let mut found = Vec::new();
    for (at, _) in html.match_indices("<script") {
        let Some(open) = html[at..].find('>').map(|i| at + i) else { continue };
        let Some(close) = html[open..].find("</script").map(|i| open + i) else { continue };
        if !html[at..open].contains(" src") {
            found.push(html[open + 1..close].to_owned());
        }
    }
    found
}

/// The page with the policy in its place.
pub fn sealed(html: &str, policy: &str) -> String {
    html.replacen(PLACE, policy, 1)
}

/// Every header, for the whole site.
pub fn headers(policy: &str) -> Vec<(&'static str, String)> {
    vec![
        ("Content-Security-Policy", policy.to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()".to_owned()),
        // Files keep their names from version to version.
        ("Cache-Control", "no-cache".to_owned()),
        // Nothing here is secret, and a frame with `sandbox` counts as another origin.
        ("Access-Control-Allow-Origin", "*".to_owned()),
    ]
}

/// As Netlify, Cloudflare Pages and others read them from a file `_headers`.
pub fn headers_file(policy: &str) -> String {
    let lines: String = headers(policy).iter().map(|(name, value)| format!("  {name}: {value}\n")).collect();
    format!("/*\n{lines}")
}

/// As nginx reads them inside `server` or `location`.
pub fn nginx(policy: &str) -> String {
    let lines: String =
        headers(policy).iter().map(|(name, value)| format!("add_header {name} \"{value}\" always;\n")).collect();
    format!("# include this file in the server or location that serves the folder\n{lines}")
}

#[cfg(test)]
mod tests {
    use super::{headers_file, inline_scripts, nginx, policy, sealed};

    #[test]
    fn inline_scripts_are_found_as_a_browser_reads_them() {
        let html = "<meta content=\"{policy}\"><script>\r\na()\r\n</script><script src=\"b.js\"></script><script type=\"module\">c</script>";
        assert_eq!(inline_scripts(html), ["\na()\n", "c"]);
        let policy = policy(&inline_scripts(html));
        // printf '\na()\n' | openssl dgst -sha256 -binary | base64
        assert!(policy.contains(" 'sha256-x+0K41gpPfNZvjHhZ26OxEXtxRMEPkgtUEMZoFwk0HA='"), "{policy}");
        assert_eq!(policy.matches("sha256-").count(), 2);
        let page = sealed(html, &policy);
        assert!(page.contains(&policy) && !page.contains("{policy}"));
        assert!(headers_file(&policy).contains(&policy) && nginx(&policy).contains(&policy));
        assert!(!policy.contains('"') && !policy.contains("http"));
    }
}
