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
        "shakespeare" => "M8 8H20V32H8ZM20 8H32V32H20M12 14H16M12 19H16M24 14H28M24 19H28M24 24H28",
        "tang300" => "M10 6V34M30 6V34M10 8H30M10 32H30M26 12V28M21 12V28M16 12V24",
        "jueju5" => "M12 9V31M17.5 9V31M22.5 9V31M28 9V31",
        "jueju7" => "M12 6V34M17.5 6V34M22.5 6V34M28 6V34M9 36H31",
        "name_list" => "M8 11H32M8 18H26M8 25H30M8 32H22",
        "text" => "M9 6H25L31 12V34H9ZM25 6V12H31M14 18H26M14 23H26M14 28H21",
        "airline" => "M4 30L8 26L11 29L16 20L19 25L24 13L27 20L32 7L36 15",
        "sunspots" => "M4 32C8 32 8 10 11 10S14 32 17 32S20 6 24 6S27 32 30 32S33 14 36 14",
        "sunspots_yearly" => "M8 20a12 12 0 1 0 24 0a12 12 0 1 0-24 0M15 16h.1M22 22h.1M25 15h.1M18 25h.1",
        "co2" => "M4 33C6 31 8 33 10 29S14 29 17 25S21 25 23 20S27 20 30 14S33 12 36 6",
        "electricity" => "M22 4L10 22H19L16 36L30 16H21Z",
        "weather" => "M14 22a6 6 0 1 1 2-11a8 8 0 0 1 15 3a5 5 0 0 1 0 10H15M14 29L12 34M21 29L19 34M28 29L26 34",
        "names" => "M14 17a7 7 0 1 1 .1 0M14 17V30M9 25H19M27 24a6 6 0 1 0-.1 0M31 14L36 8M31 8H36V13",
        "g2p" => "M5 16H13L20 9V31L13 24H5ZM25 15Q29 20 25 25M29 11Q36 20 29 29",
        "dates" => "M7 9H33V34H7ZM7 16H33M14 6V11M26 6V11M13 22h.1M20 22h.1M27 22h.1M13 28h.1M20 28h.1",
        "reverse" => "M8 14H32M26 8L32 14L26 20M32 27H8M14 21L8 27L14 33",
        "sort" => "M9 31V24M16 31V20M23 31V15M30 31V9",
        "add" => "M20 8V32M8 20H32",
        "copy_memory" => "M7 12h.1M12 12h.1M17 12h.1M7 28H33M23 12H33M33 12V28M28 28h.1M23 28h.1",
        "adding" => "M6 20h.1M12 13V27M18 20h.1M24 13V27M30 20h.1M36 20h.1M9 33H27",
        "pictures" => "M5 9H35V31H5ZM5 26L14 18L21 25L27 20L35 27M26 15h.1",
        "csv" => "M6 9H34V31H6ZM6 16H34M6 23.5H34M15 9V31M25 9V31",
        "series" => "M5 7V33H36M9 27L13 20L17 24L22 12L26 17L30 10M33 10h.1",
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
