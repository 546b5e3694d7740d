//! Test ids of the query line and its panels.
//!
//! Not responsible for what the elements do.

/// The part of the page with the line and its panels.
pub const QUERY: &str = "query";
/// The line.
pub const QUERY_LINE: &str = "query-line";
/// Shows what is typed.
pub const QUERY_SHOW: &str = "query-show";
/// What is wrong with what is typed.
pub const QUERY_FAULT: &str = "query-fault";
/// The list of names while one types.
pub const QUERY_NAMES: &str = "query-names";
/// One name of that list.
pub fn query_name(i: usize) -> String {
    format!("query-name-{i}")
}
/// An example to try.
pub fn query_try(i: usize) -> String {
    format!("query-try-{i}")
}
/// The panel of query `i`, from 0.
pub fn panel_query(i: usize) -> String {
    format!("panel-query-{i}")
}
/// Its parts: `close`, `facts`, `number`, `picture`, `readout`, `fault`, `table`, `rows`.
pub fn query(i: usize, part: &str) -> String {
    format!("query-{i}-{part}")
}
