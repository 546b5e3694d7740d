//! The page's entry point, and where the parts of its code begin that are loaded later (`ui::parts`). Not responsible for
//! anything else.

#[cfg(target_arch = "wasm32")]
mod cut {
    //! The build cuts at what is marked here (`src/bin/xtask/split.rs`).

    use gradarium::ui::later::{Coming, Lacking};
    use gradarium::ui::parts::{self, Loaders};
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(cards, fallible)]
    fn cards() -> Result<parts::cards::Part, SplitLoaderError> {
        Ok(parts::cards::part())
    }

    #[wasm_split(rooms, fallible)]
    fn rooms() -> Result<parts::rooms::Part, SplitLoaderError> {
        Ok(parts::rooms::part())
    }

    #[wasm_split(panels, fallible)]
    fn panels() -> Result<parts::panels::Part, SplitLoaderError> {
        Ok(parts::panels::part())
    }

    #[wasm_split(tools, fallible)]
    fn tools() -> Result<parts::tools::Part, SplitLoaderError> {
        Ok(parts::tools::part())
    }

    fn or_lacking<P: 'static>(part: impl Future<Output = Result<P, SplitLoaderError>> + 'static) -> Coming<P> {
        Box::pin(async { part.await.map_err(|_| Lacking) })
    }

    /// How they are had.
    pub const LOADERS: Loaders = Loaders {
        cards: || or_lacking(cards()),
        rooms: || or_lacking(rooms()),
        panels: || or_lacking(panels()),
        tools: || or_lacking(tools()),
    };
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        gradarium::ui::parts::come_from(cut::LOADERS);
        gradarium::ui::app::start();
    }
}
