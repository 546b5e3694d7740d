//! Line drawings for data sets that have no shape of their own, and two handwritten digits; in a square of 40 units.
//!
//! Not responsible for generated sets (`ui::sketch`).

use yew::prelude::*;

/// The drawing of the set with that name.
pub fn icon(set: &str) -> Html {
    match set {
        "digits8" => digit_8x8(),
        "mnist" => {
            html! { <path class="icon-ink" d="M11 12C17 10 23 10 29 11C25 18 21 25 18 33M15 22C19 21 23 21 27 22" /> }
        }
        "fashion_mnist" => {
            html! { <path class="icon-ink" d="M14 9L6 14L9 20L13 18V33H27V18L31 20L34 14L26 9C24 13 16 13 14 9Z" /> }
        }
        "emoji32" => html! {
            <>
                <circle cx="20" cy="20" r="14" fill="#f2b632" />
                <path d="M14 16h.1M26 16h.1" fill="none" stroke="#4a3312" stroke-width="4" stroke-linecap="round" />
                <path d="M13 23C15 29 25 29 27 23" fill="none" stroke="#4a3312" stroke-width="2.4" stroke-linecap="round" />
            </>
        },
        name => html! { <path class="icon-line" d={line(name)} /> },
    }
}

fn line(set: &str) -> &'static str {
    match set {
        "iris" => {
            "M20 21C13 15 15 6 20 4C25 6 27 15 20 21C12 18 7 23 6 28C11 31 18 28 20 21C22 28 29 31 34 28C33 23 28 18 20 21V37"
        }
        "penguins" => {
            "M20 5C15 5 14 9 14 13C10 18 8 25 10 31C13 36 27 36 30 31C32 25 30 18 26 13C26 9 25 5 20 5ZM16 16C13 22 13 29 20 33C27 \
             29 27 22 24 16M18 11L20 14L22 11M14 36H18M22 36H26"
        }
        "wine" => "M13 5H27C29 15 26 21 20 22C14 21 11 15 13 5ZM20 22V34M14 34H26M12.6 12H27.4",
        "breast_cancer" => {
            "M5 14a9 9 0 1 0 18 0a9 9 0 1 0-18 0M11 14a3 3 0 1 0 6 0a3 3 0 1 0-6 0M18 28a8 8 0 1 0 16 0a8 8 0 1 0-16 0M23 27a3.5 3 0 1 0 \
             7 0a3.5 3 0 1 0-7 0"
        }
        "titanic" => "M5 24H36L31 31H9ZM10 24V19H29V24M14 19V10H17V19M21 19V10H24V19M4 36q4-3 8 0t8 0t8 0t8 0",
        "adult" => {
            "M11 12a5 5 0 1 0 10 0a5 5 0 1 0-10 0M6 34C6 23 26 23 26 34M25 15a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M30.5 12V18"
        }
        "diabetes" => "M20 5C26 13 29 18 29 25a9 9 0 0 1-18 0C11 18 14 13 20 5ZM15 26a5 5 0 0 0 5 5",
        "cars_mpg" => {
            "M9 28H5V21L10 19.5L14 12H26L31 19.5L35 21V28H31M15 28H25M9 28a3 3 0 1 0 6 0a3 3 0 1 0-6 0M25 28a3 3 0 1 0 6 0a3 3 0 1 \
             0-6 0M20 12V19.5M10 19.5H31"
        }
        "sacramento_houses" => "M5 20L20 7L35 20M9.5 17V33H30.5V17M17 33V24H23V33",
        "csv" => "M6 9H34V31H6ZM6 16H34M6 23.5H34M15 9V31M25 9V31",
        "points" => "M24 29L33 12L37 14L28 31L23.5 34ZM7 12h.1M13 22h.1M10 31h.1M20 11h.1M17 30h.1",
        _ => "M10 20h.1M20 20h.1M30 20h.1",
    }
}

/// A handwritten three of 8×8 grey levels, as in the set.
fn digit_8x8() -> Html {
    const ROWS: [&str; 8] =
        ["..4894..", ".49369..", "....69..", "...79...", "...489..", ".....69.", ".5..489.", ".2899.6."];
    let pixels = ROWS.iter().enumerate().flat_map(|(y, row)| {
        row.chars().enumerate().filter_map(move |(x, c)| {
            let level = c.to_digit(10)?;
            let opacity = (f64::from(level) / 9.0).to_string();
            Some(html! {
                <rect class="icon-pixel" x={(4 + 4 * x).to_string()} y={(4 + 4 * y).to_string()} width="4" height="4" fill-opacity={opacity} />
            })
        })
    });
    html! { <>{ for pixels }</> }
}
