//! The generator as a warped mesh: a grid over the first two numbers of its noise, drawn where it sends them.
//!
//! Not responsible for what the generator answers (`worker::show::part`).

use crate::protocol::PartRows;
use crate::ui::plots::surface::Surface;

/// Lines each way.
const SIDE: usize = 17;
/// The grid reaches from −2 to 2: 95 of 100 numbers of noise lie there.
const HALF: f32 = 2.0;

/// What the generator is asked; the other numbers of its noise are 0.
pub const ROWS: PartRows = PartRows::Grid { side: SIDE, half: HALF };

/// The lines of the grid, bent as the generator bends them; a generator of one number has one line.
pub fn draw(s: &Surface, answers: &[f32], ink: &str, place: impl Fn(&[f32]) -> (f64, f64)) {
    let points: Vec<&[f32]> = answers.chunks_exact(2).collect();
    let finite = |p: &&[f32]| p.iter().all(|v| v.is_finite());
    let line = |a: usize, b: usize| {
        if let (Some(a), Some(b)) = (points.get(a).filter(|p| finite(p)), points.get(b).filter(|p| finite(p))) {
            s.line(place(a), place(b), ink, 0.7);
        }
    };
    for row in 0..points.len() / SIDE {
        for i in 0..SIDE {
            let at = row * SIDE + i;
            if i + 1 < SIDE {
                line(at, at + 1);
            }
            line(at, at + SIDE);
        }
    }
}
