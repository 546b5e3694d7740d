//! An HTML page under way. What is markup is written here and nowhere else; every text that comes in is escaped.

use crate::i18n::{Lang, report as words};

/// See the module.
pub(super) struct Page(String);

/// Light and dark, and on paper.
const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;\
color:#1d232b;background:#fff}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;\
width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #d5dae1;\
overflow-wrap:anywhere}pre,a{overflow-wrap:anywhere;white-space:pre-wrap}svg{width:100%;height:auto}\
svg text{font:12px system-ui,sans-serif;fill:#4a5563}svg .name{font-weight:600;fill:#1d232b}svg .plain{fill:#1d232b}\
.card{fill:#f3f5f8;stroke:#b3bcc8}.wire{fill:none;stroke:#7a8694}.head{fill:#7a8694}svg.plane{max-width:20rem;border:1px solid #d5dae1}\
.matrix{width:auto;font-size:.85rem}.matrix td,.matrix th{text-align:right;padding:.2rem .5rem}figure{margin:1rem 0}.dim{color:#4a5563}\
@media(prefers-color-scheme:dark){@media screen{body{color:#e6e9ee;background:#14181d}td,th{border-color:#39414c}\
a{color:#8ab4ff}svg text{fill:#aab3bf}svg .name,svg .plain{fill:#e6e9ee}.card{fill:#1e242c;stroke:#4a5563}.dim{color:#aab3bf}}}";

impl Page {
    pub fn begin(lang: Lang, title: &str) -> Page {
        let mut p = Page(String::new());
        p.markup("<!doctype html>\n<html lang=\"");
        p.markup(match lang {
            Lang::En => "en",
            Lang::Zh => "zh-CN",
        });
        p.markup("\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
        // Nothing runs and nothing is loaded, whatever stands in it.
        p.markup(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
        );
        p.element("<title>", title, "</title>\n<style>");
        p.markup(STYLE);
        p.markup("</style>\n");
        p.element("<h1>", title, "</h1>\n");
        p.element("<p class=\"dim\">", words::ABOUT.get(lang), "</p>\n");
        p
    }

    pub fn end(self) -> String {
        self.0 + "</html>\n"
    }

    /// Markup: a word of this program.
    pub fn markup(&mut self, words: &'static str) {
        self.0.push_str(words);
    }

    /// Text, whoever wrote it.
    pub fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\n' => self.0.push('\n'),
                c if c.is_control() => self.0.push(' '),
                c => self.0.push(c),
            }
        }
    }

    /// Text between markup.
    pub fn element(&mut self, open: &'static str, text: &str, close: &'static str) {
        self.markup(open);
        self.text(text);
        self.markup(close);
    }

    pub fn heading(&mut self, text: &str) {
        self.element("<h2>", text, "</h2>\n");
    }

    pub fn paragraph(&mut self, text: &str) {
        self.element("<p>", text, "</p>\n");
    }

    pub fn code(&mut self, text: &str) {
        self.element("<pre>", text, "</pre>\n");
    }

    /// A link to a page of the web or of a disk; any other address is text.
    pub fn link(&mut self, address: &str) {
        let known = ["https://", "http://", "file:///"].iter().any(|s| address.starts_with(s));
        if !known {
            return self.code(address);
        }
        self.element("<p><a href=\"", address, "\">");
        self.element("", address, "</a></p>\n");
    }

    /// Rows of cells; the first cell of a row names it where there is no head.
    pub fn table<const N: usize>(&mut self, head: &[&str], rows: &[[&str; N]]) {
        self.markup("<table>\n");
        if !head.is_empty() {
            self.markup("<tr>");
            head.iter().for_each(|cell| self.element("<th scope=\"col\">", cell, "</th>"));
            self.markup("</tr>\n");
        }
        for row in rows {
            self.markup("<tr>");
            for (i, cell) in row.iter().enumerate() {
                match head.is_empty() && i == 0 {
                    true => self.element("<th scope=\"row\">", cell, "</th>"),
                    false => self.element("<td>", cell, "</td>"),
                }
            }
            self.markup("</tr>\n");
        }
        self.markup("</table>\n");
    }
}
