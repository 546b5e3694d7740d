//! Points drawn by hand: strokes with a brush, an eraser, undo.
//!
//! Pure, so that it is tested natively. Not responsible for events or pictures (`panels::data::points`).

use crate::spec::data::MAX_POINTS;

/// What the pointer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Puts points of this class.
    Draw(usize),
    /// Removes points.
    Erase,
}

/// Points put at once by a brush with a radius.
const SPRAY: usize = 4;
/// The eraser's radius with the smallest brush.
const ERASE_RADIUS: f32 = 0.08;
/// How far the pointer goes before a drag puts the next points.
const DRAG_STEP: f32 = 0.09;
/// Strokes that can be taken back.
const UNDO_MAX: usize = 50;

/// A drawing in `[-1, 1]²`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    points: Vec<[f32; 3]>,
    earlier: Vec<Vec<[f32; 3]>>,
    /// Where the last points were put, for the keyboard too.
    pub cursor: (f32, f32),
    /// Counts the sprayed points, so that spraying is reproducible.
    sprayed: usize,
}

impl Drawing {
    /// A drawing that starts with these points.
    pub fn new(points: Vec<[f32; 3]>) -> Drawing {
        Drawing { points, ..Drawing::default() }
    }

    /// `[x, y, class]` of every point.
    pub fn points(&self) -> &[[f32; 3]] {
        &self.points
    }

    /// What follows, up to the next call, is one stroke: undone together.
    pub fn begin(&mut self) {
        if self.earlier.len() == UNDO_MAX {
            self.earlier.remove(0);
        }
        self.earlier.push(self.points.clone());
    }

    /// Takes the last stroke back.
    pub fn undo(&mut self) {
        if let Some(points) = self.earlier.pop() {
            self.points = points;
        }
    }

    /// Removes every point.
    pub fn clear(&mut self) {
        self.points.clear();
    }

    /// Moves the keyboard's cursor, staying in the square.
    pub fn move_cursor(&mut self, dx: f32, dy: f32) {
        self.cursor = inside((self.cursor.0 + dx, self.cursor.1 + dy));
    }

    /// The tool at a place: one point for the brush of radius 0, a spray within a larger one.
    pub fn touch(&mut self, tool: Tool, brush: f32, place: (f32, f32)) {
        let place = inside(place);
        self.cursor = place;
        match tool {
            Tool::Erase => {
                let radius = brush.max(ERASE_RADIUS);
                self.points.retain(|p| (p[0] - place.0).hypot(p[1] - place.1) > radius);
            }
            Tool::Draw(class) => {
                let count = if brush > 0.0 { SPRAY } else { 1 };
                for _ in 0..count {
                    self.put(class, brush, place);
                }
            }
        }
    }

    /// The tool moves to a place while it is down.
    pub fn drag(&mut self, tool: Tool, brush: f32, place: (f32, f32)) {
        let place = inside(place);
        let far = (place.0 - self.cursor.0).hypot(place.1 - self.cursor.1);
        if tool == Tool::Erase || far >= DRAG_STEP {
            self.touch(tool, brush, place);
        }
    }

    fn put(&mut self, class: usize, brush: f32, (x, y): (f32, f32)) {
        if self.points.len() >= MAX_POINTS {
            return;
        }
        // A sunflower's spiral: even within the disc, and the same for the same strokes.
        self.sprayed += 1;
        let n = self.sprayed as f32;
        let (r, a) = (brush * (n * 0.618_034).fract().sqrt(), n * 2.399_963);
        let (x, y) = inside((x + r * a.cos(), y + r * a.sin()));
        // Two decimals more than a screen can show; a link stays short.
        let round = |v: f32| (v * 1000.0).round() / 1000.0;
        self.points.push([round(x), round(y), class as f32]);
    }
}

fn inside((x, y): (f32, f32)) -> (f32, f32) {
    (x.clamp(-1.0, 1.0), y.clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stroke_is_undone_as_a_whole() {
        let mut d = Drawing::new(vec![[0.5, 0.5, 1.0]]);
        d.begin();
        d.touch(Tool::Draw(0), 0.2, (0.0, 0.0));
        d.drag(Tool::Draw(0), 0.2, (0.3, 0.0));
        assert_eq!(d.points().len(), 1 + 2 * SPRAY);
        d.undo();
        assert_eq!(d.points(), [[0.5, 0.5, 1.0]]);
        d.undo();
        assert_eq!(d.points().len(), 1);
    }

    #[test]
    fn points_stay_in_the_square_and_below_the_limit() {
        let mut d = Drawing::default();
        d.begin();
        for i in 0..2 * MAX_POINTS {
            d.touch(Tool::Draw(i % 3), 0.5, (1.5, -2.0));
        }
        assert_eq!(d.points().len(), MAX_POINTS);
        assert!(d.points().iter().all(|p| p[0].abs() <= 1.0 && p[1].abs() <= 1.0));
    }

    #[test]
    fn the_eraser_takes_what_is_near() {
        let mut d = Drawing::new(vec![[0.0, 0.0, 0.0], [0.05, 0.0, 1.0], [0.5, 0.5, 1.0]]);
        d.begin();
        d.touch(Tool::Erase, 0.0, (0.0, 0.0));
        assert_eq!(d.points(), [[0.5, 0.5, 1.0]]);
    }

    #[test]
    fn a_small_move_puts_nothing_new() {
        let mut d = Drawing::default();
        d.begin();
        d.touch(Tool::Draw(1), 0.0, (0.2, 0.2));
        d.drag(Tool::Draw(1), 0.0, (0.21, 0.2));
        assert_eq!(d.points(), [[0.2, 0.2, 1.0]]);
        d.move_cursor(5.0, 0.0);
        assert_eq!(d.cursor, (1.0, 0.2));
    }
}
