//! Counts what a training step allocates: nothing, once the first steps are over.
//!
//! The counter is the allocator of the library's own test binary, which is why this is no integration test: `unsafe` stays
//! below `backend`. Not responsible for what anything but a step allocates, nor for
//! augmentation, which runs outside the plan.

use crate::engine::data;
use crate::engine::session::Session;
use crate::spec::Experiment;
use serde_json::{Value, json};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

thread_local! {
    /// Allocations of this thread: tests run side by side.
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

fn count() {
    // At the end of a thread its counter may be gone; nothing is measured then.
    let _ = COUNT.try_with(|c| c.set(c.get() + 1));
}

// SAFETY: hands every call on to the system's allocator unchanged; the counter neither allocates nor has a destructor.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise about `layout` is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: `at` came from `System` with this `layout`, since `alloc` and `realloc` hand everything on.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: as `dealloc`, and the caller's promise about `size` is passed on.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Allocations of the steps after two epochs: by then every kernel has met a full batch and the shorter last one.
fn allocations(input: Value, target: Value, layers: Value, more: Value) -> u64 {
    let mut exp = json!({
        "data": {"set": "random", "input": input, "target": target, "samples": 10},
        "model": {"layers": layers}, "task": {"type": "classification"}, "optimizer": {"type": "adam", "clip_norm": 1},
        "training": {"batch": 4},
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        exp[key] = value.clone();
    }
    let exp = Experiment::from_value(exp).unwrap();
    assert_eq!(exp.problems(), []);
    let data = data::build(&exp.data, 1, &[]).unwrap();
    let mut session = Session::new(exp, data, Box::new(super::Simd::new()));
    (0..6).for_each(|_| assert!(session.step().is_ok()));
    let before = COUNT.get();
    (0..9).for_each(|_| assert!(session.step().is_ok()));
    COUNT.get() - before
}

#[test]
fn the_counter_counts() {
    let before = COUNT.get();
    let kept = std::hint::black_box(vec![1u8; 100]);
    assert!(COUNT.get() > before && kept.len() == 100);
}

#[test]
fn a_step_of_a_dense_network_allocates_nothing() {
    let layers = json!([
        {"type": "dense", "units": 8, "activation": "gelu"}, {"type": "batch_norm"}, {"type": "dropout", "rate": 0.2},
        {"type": "residual", "layers": [{"type": "layer_norm"}, {"type": "dense", "units": 8, "activation": "tanh"}]}, {"type": "dense"},
    ]);
    assert_eq!(allocations(json!([6]), json!({"classes": 3}), layers, json!({})), 0);
}

#[test]
fn nor_does_one_of_a_convolutional_network() {
    let layers = json!([
        {"type": "conv2d", "filters": 8, "kernel": 3, "padding": "same", "activation": "relu"}, {"type": "max_pool2d"}, {"type": "group_norm", "groups": 2},
        {"type": "conv2d", "filters": 8, "kernel": 3, "stride": 2, "groups": 8}, {"type": "conv_transpose2d", "filters": 4, "kernel": 2},
        {"type": "squeeze_excite", "reduction": 2}, {"type": "upsample2d"}, {"type": "global_avg_pool2d"}, {"type": "dense"},
    ]);
    assert_eq!(allocations(json!([12, 12, 2]), json!({"classes": 3}), layers, json!({})), 0);
}

#[test]
fn nor_of_recurrent_ones() {
    for cell in ["rnn", "lstm", "gru"] {
        let layers = json!([{"type": cell, "units": 8, "return_sequences": true, "bidirectional": true}, {"type": cell, "units": 4}, {"type": "dense"}]);
        assert_eq!(allocations(json!([5, 3]), json!({"classes": 3}), layers, json!({})), 0, "{cell}");
    }
}

#[test]
fn nor_of_a_transformer() {
    let layers = json!([
        {"type": "embedding", "units": 8}, {"type": "positional", "kind": "rotary"}, {"type": "transformer_block", "heads": 2, "dropout": 0.1},
        {"type": "slice", "length": 5}, {"type": "attention", "heads": 2, "kind": "additive", "mask_padding": true}, {"type": "dense"},
    ]);
    let more = json!({
        "data": {"set": "random", "input": [5], "tokens": 4, "target": {"steps": {"classes": 4, "len": 5}}, "samples": 10},
        "task": {"type": "language_model"},
    });
    assert_eq!(allocations(json!([]), json!({}), layers, more), 0);
}
