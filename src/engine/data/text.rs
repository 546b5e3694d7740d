//! Texts as windows of characters: each position predicts the character after it.
//!
//! The first part of the text is trained on, the last part tested: a random split would test on sentences that were
//! trained on up to their middle. Training windows overlap by half, so that each character is met with a short and with
//! a long past; test windows do not, so that each character counts once. Not responsible for the vocabulary's limits
//! (`spec::sequences`).

use super::Rows;
use crate::spec::data::DataSpec;
use crate::spec::sequences::characters;

/// Rows of `context` tokens and the tokens after them; the vocabulary must hold every character, in order.
pub fn windows(spec: &DataSpec, text: &str, vocabulary: &[char]) -> Rows {
    let index = |c: char| vocabulary.binary_search(&c).unwrap_or(0) as f32;
    let ids: Vec<f32> = characters(text).map(index).collect();
    let (train, test) = ids.split_at(spec.train_rows(ids.len()));
    let context = spec.context_len();
    let mut rows = Rows { token_names: vocabulary.iter().map(char::to_string).collect(), ..Rows::default() };
    push(train, context, context.div_ceil(2), &mut rows);
    let before = rows.x.len();
    push(test, context, context, &mut rows);
    rows.given_test = (rows.x.len() - before) / context.max(1);
    rows
}

fn push(ids: &[f32], context: usize, stride: usize, rows: &mut Rows) {
    for window in ids.windows(context + 1).step_by(stride.max(1)) {
        rows.x.extend_from_slice(&window[..context]);
        rows.y.extend_from_slice(&window[1..]);
    }
}
