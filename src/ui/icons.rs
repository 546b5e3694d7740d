//! The few signs of the page's frame, drawn in the colour of the text.
//!
//! Not responsible for words: every icon stands beside a label or in a labelled button.

use yew::prelude::*;

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Train.
    Play,
    /// Pause.
    Pause,
    /// One edit back.
    Undo,
    /// One edit forward.
    Redo,
    /// Open a file.
    Open,
    /// Save a file.
    Save,
    /// Copy the link.
    Share,
    /// Light theme.
    Sun,
    /// Dark theme.
    Moon,
    /// The system's theme.
    Half,
    /// Something to know.
    Info,
    /// Something is wrong.
    Warning,
    /// All is well.
    Check,
    /// Put away.
    Cross,
    /// More controls.
    More,
    /// As fast as it goes.
    Fast,
    /// The gradient laboratory: bars that fade.
    Fading,
    /// Back to where one came from.
    Back,
    /// A number drawn at random.
    Dice,
    /// A projector's screen.
    Screen,
    /// A layer that does not learn.
    Locked,
    /// One that does.
    Unlocked,
}

/// Draws a sign, hidden from readers.
pub fn icon(sign: Sign) -> Html {
    let path = match sign {
        Sign::Screen => "M3 4h14M4 4v9h12V4M10 13v3.5M7.5 16.5h5",
        Sign::Locked => "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9",
        Sign::Unlocked => "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 5.8-1.1",
        Sign::Play => "M6.5 4.2v11.6L16 10z",
        Sign::Pause => "M6 4h2.6v12H6zM11.4 4H14v12h-2.6z",
        Sign::Undo => "M7.5 4.5 3.5 8l4 3.5M4 8h7.5a4.25 4.25 0 0 1 0 8.5H8",
        Sign::Redo => "M12.5 4.5 16.5 8l-4 3.5M16 8H8.5a4.25 4.25 0 0 0 0 8.5H12",
        Sign::Open => "M3 15.5V5h5l1.5 2H16v2.2M3 15.5 5.3 9.2H18l-2.2 6.3z",
        Sign::Save => "M10 3v9M6.5 8.8 10 12.3l3.5-3.5M4 13.5V16.5h12v-3",
        Sign::Share => {
            "M8.3 11.7a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-.9.9M11.7 8.3a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l.9-.9"
        }
        Sign::Sun => {
            "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1"
        }
        Sign::Moon => "M15.8 12.2A6.5 6.5 0 0 1 7.8 4.2a6.5 6.5 0 1 0 8 8",
        Sign::Half => "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 3v14M10 6.5l4.8-1.6M10 10h7M10 13.5l4.8 1.6",
        Sign::Info => "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 9v4.5M10 6.4v.2",
        Sign::Warning => "M10 3.5 17.5 16.5h-15zM10 8v4M10 14.2v.2",
        Sign::Check => "M4 10.5 8 14.5 16 5.5",
        Sign::Cross => "M5 5l10 10M15 5 5 15",
        Sign::Fast => "M4 5v10l6-5zM10.5 5v10l6-5z",
        Sign::Fading => "M4 16V4M8 16V8.5M12 16v-4.5M16 16v-2",
        Sign::Back => "M12.5 4.5 7 10l5.5 5.5",
        Sign::Dice => "M4 4h12v12H4zM7.4 7.4v.2M12.6 7.4v.2M10 10v.2M7.4 12.6v.2M12.6 12.6v.2",
        Sign::More => "M4 6.5h7M15 6.5h1M4 13.5h1M9 13.5h7M13 4.7v3.6M7 11.7v3.6",
    };
    html! { <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d={path} /></svg> }
}
