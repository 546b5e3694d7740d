//! A small static file server for the built site. Not responsible for building it, nor for any cleverness: it behaves
//! as the plainest static host does that reads the site's `_headers`, so that what works here works anywhere.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::sh::Fail;

/// Serves `dist` on the loopback address until the process is ended. A port in use is stepped over, and said.
pub fn serve(dist: &Path, port: u16) -> Result<(), Fail> {
    let (listener, real) = listen(port)?;
    if port != 0 && real != port {
        println!("xtask: port {port} is in use, so this one is {real}");
    }
    println!("xtask: Gradarium is at http://localhost:{real}/ (end with Ctrl-C)");
    let root = Arc::new(dist.to_path_buf());
    let headers = Arc::new(headers(&std::fs::read_to_string(dist.join("_headers")).unwrap_or_default()));
    for stream in listener.incoming().flatten() {
        let (root, headers) = (Arc::clone(&root), Arc::clone(&headers));
        // A visitor that hangs up half-way is no reason to stop serving.
        std::thread::spawn(move || drop(answer(stream, &root, &headers)));
    }
    Ok(())
}

fn listen(port: u16) -> Result<(TcpListener, u16), Fail> {
    let wanted = (0..20).filter_map(|i| port.checked_add(i)).chain([0]);
    let mut refusal = None;
    for p in wanted {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, p)).and_then(|l| Ok((l.local_addr()?.port(), l)));
        match bound {
            Ok((real, listener)) => return Ok((listener, real)),
            Err(e) => refusal = Some(e),
        }
    }
    let source = refusal.unwrap_or_else(|| std::io::Error::other("no port was tried"));
    Err(Fail::io("listen on any port", source))
}

/// The lines of `_headers` for every path, as they are sent.
fn headers(file: &str) -> String {
    file.lines().filter_map(|l| l.strip_prefix("  ")).map(|l| format!("{l}\r\n")).collect()
}

fn answer(stream: TcpStream, root: &Path, headers: &str) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut out = stream;
    loop {
        let mut request = String::new();
        if reader.read_line(&mut request)? == 0 {
            return Ok(());
        }
        let mut header = String::new();
        let mut close = false;
        while reader.read_line(&mut header)? > 2 {
            close |= header.to_ascii_lowercase().starts_with("connection: close");
            header.clear();
        }
        respond(&mut out, &request, root, headers)?;
        if close {
            return Ok(());
        }
    }
}

fn respond(out: &mut TcpStream, request: &str, root: &Path, headers: &str) -> std::io::Result<()> {
    let mut words = request.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if method != "GET" && method != "HEAD" {
        return send(out, "405 Method Not Allowed", "text/plain", b"only GET and HEAD\n", true);
    }
    let file = file_for(root, target);
    match file.and_then(|f| Some((std::fs::read(&f).ok()?, mime(&f)))) {
        Some((body, kind)) => send(out, &format!("200 OK\r\n{}", headers.trim_end()), kind, &body, method == "GET"),
        None => send(out, "404 Not Found", "text/plain; charset=utf-8", b"not here\n", method == "GET"),
    }
}

fn send(out: &mut TcpStream, status: &str, kind: &str, body: &[u8], with_body: bool) -> std::io::Result<()> {
    let length = body.len();
    write!(out, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n")?;
    if with_body {
        out.write_all(body)?;
    }
    out.flush()
}

/// The file a request names, or `None` if it would leave the site's folder or is not there. A folder means its index.
fn file_for(root: &Path, target: &str) -> Option<PathBuf> {
    let path = decode(target.split(['?', '#']).next()?)?;
    let mut file = root.to_path_buf();
    for part in path.split('/').filter(|p| !p.is_empty()) {
        if part == ".." || part == "." || part.contains(['\\', '\0', ':']) {
            return None;
        }
        file.push(part);
    }
    if file.is_dir() {
        file.push("index.html");
    }
    file.is_file().then_some(file)
}

/// Percent-decoding; `None` where it is not valid or not UTF-8.
fn decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b'%' {
            let digits = std::str::from_utf8(bytes.get(i + 1..i + 3)?).ok()?;
            out.push(u8::from_str_radix(digits, 16).ok()?);
            i += 3;
        } else {
            out.push(bytes[i]);
            i += 1;
        }
    }
    String::from_utf8(out).ok()
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|e| e.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "md" | "txt" | "csv" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{decode, file_for, headers, listen};

    #[test]
    fn headers_are_sent_as_the_file_says() {
        assert_eq!(headers("/*\n  A: b 'c'; d\n  E: f\n"), "A: b 'c'; d\r\nE: f\r\n");
        assert_eq!(headers(""), "");
    }

    #[test]
    fn requests_stay_inside_the_site() {
        let root = crate::sh::repo_root().unwrap().join("www");
        assert_eq!(file_for(&root, "/icon.svg?x=1#y"), Some(root.join("icon.svg")));
        assert_eq!(file_for(&root, "/../Cargo.toml"), None);
        assert_eq!(file_for(&root, "/%2e%2e/Cargo.toml"), None);
        assert_eq!(file_for(&root, "/%2e%2e%2fCargo.toml"), None);
        assert_eq!(file_for(&root, "/nothing-of-that-name"), None);
    }

    #[test]
    fn percent_decoding() {
        assert_eq!(decode("/a%20b%E4%B8%AD").as_deref(), Some("/a b中"));
        assert_eq!(decode("/%zz"), None);
        assert_eq!(decode("/%e4"), None);
    }

    #[test]
    fn a_port_in_use_is_stepped_over() {
        let (_held, taken) = listen(0).unwrap();
        let (_other, next) = listen(taken).unwrap();
        assert_ne!(taken, next);
    }
}
