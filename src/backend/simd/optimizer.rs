//! The optimizers' updates, four parameters at a time: one pass over parameters, gradients and state.
//!
//! The formulas, their sources and the order of state are those of [`crate::engine::optim`], whose kernels are the
//! truth. Two differences: Adam's bias correction of √v goes to the rate and ε (a division a parameter less, an ulp
//! more), and every sixteenth step state that is no normal number any more becomes zero. Not responsible for the step's
//! numbers: [`Hyper`] brings them.

use super::kernels::lanes::{at_least, at_most, load, pick, splat, store, turns, unroll};
use super::kernels::map::map_in_place;
use super::kernels::{elementwise, reduce};
use crate::engine::optim::{Hyper, Kind};
use std::ops::Range;
use wide::f32x4;

/// One update of `p` (n) from the gradient `g` (n), with `state` of `h.kind.state_slots()`·n entries, slot after slot.
/// `g` must be clipped already ([`clip`]). Overwrites `p` and `state`.
///
/// # Panics
/// If `g` or `state` is too short.
pub fn step(p: &mut [f32], g: &[f32], state: &mut [f32], h: &Hyper) {
    let all = 0..p.len();
    step_run(p, g, state, all, h);
}

/// [`step`] for the parameters `run` of an arena; gradients and each piece of state are as long as it.
///
/// # Panics
/// If `g` or `state` is too short, or the arena for the run.
pub fn step_run(params: &mut [f32], grads: &[f32], state: &mut [f32], run: Range<usize>, h: &Hyper) {
    let (stride, slots) = (params.len(), h.kind.state_slots());
    assert!(grads.len() >= stride && state.len() >= stride * slots, "gradient or state too short");
    if h.t.is_multiple_of(FLUSH_EVERY) {
        (0..slots).for_each(|k| flush(&mut state[k * stride + run.start..k * stride + run.end]));
    }
    let s = &mut State { numbers: &mut state[run.start..], stride };
    let (p, g) = (&mut params[run.clone()], &grads[run]);
    match h.kind {
        Kind::Sgd => sgd(p, g, s, h),
        Kind::Adagrad => adagrad(p, g, s, h),
        Kind::Rmsprop => rmsprop(p, g, s, h),
        Kind::Adadelta => adadelta(p, g, s, h),
        Kind::Adam => adam(p, g, s, h, h.weight_decay, 1.0),
        Kind::Adamw => adam(p, g, s, h, 0.0, 1.0 - h.lr * h.weight_decay),
        Kind::Nadam => nadam(p, g, s, h),
        Kind::Lion => lion(p, g, s, h),
    }
}

/// Slots of state, of which each starts `stride` numbers behind the one before.
struct State<'a> {
    numbers: &'a mut [f32],
    stride: usize,
}

/// Applies the clipping `h` asks for, first by value, then by norm, as [`crate::engine::optim::clip::apply`]. The norm
/// is summed in `f32` within blocks of 4096 and in `f64` over them.
pub fn clip(g: &mut [f32], h: &Hyper) {
    let all = 0..g.len();
    clip_runs(g, &[all], h);
}

/// [`clip`] of some ranges, which are one gradient: its norm is that of all of them together.
pub fn clip_runs(g: &mut [f32], runs: &[Range<usize>], h: &Hyper) {
    if let Some(limit) = h.clip_value {
        let limit = v(limit);
        runs.iter().for_each(|run| map_in_place(&mut g[run.clone()], |g| at_least(at_most(g, limit), -limit)));
    }
    if let Some(max_norm) = h.clip_norm {
        let blocks = runs.iter().flat_map(|run| g[run.clone()].chunks(4096));
        let norm = blocks.map(|g| f64::from(reduce::sum_squares(g))).sum::<f64>().sqrt();
        let scale = max_norm / (norm + 1e-6);
        // A NaN norm makes every entry NaN instead of hiding it.
        if scale < 1.0 || scale.is_nan() {
            runs.iter().for_each(|run| elementwise::scale_in_place(scale as f32, &mut g[run.clone()]));
        }
    }
}

#[inline(always)]
fn v(x: f64) -> f32x4 {
    splat(x as f32)
}

/// State is looked through for subnormal numbers once in so many steps.
const FLUSH_EVERY: u64 = 16;

/// Zero for what is smaller than a normal number; NaN stays. Momenta of units that no longer learn halve and halve until
/// they are subnormal, and arithmetic on those takes many times as long. (PyTorch: `torch.set_flush_denormal`.) On its
/// own and rarely: done in every update it is a fifth of Adam's time (27.4 for 23.2 µs of 50,890 parameters).
fn flush(state: &mut [f32]) {
    map_in_place(state, |x| x & !x.abs().simd_lt(splat(f32::MIN_POSITIVE)));
}

/// Runs `f(p, g, state) → (p, state)` over all parameters, with the state slots named in `slots`.
#[inline(always)]
fn each<const S: usize>(
    p: &mut [f32],
    g: &[f32],
    state: &mut State,
    slots: [usize; S],
    f: impl Fn(f32x4, f32x4, [f32x4; S]) -> (f32x4, [f32x4; S]),
) {
    let (n, stride) = (p.len(), state.stride);
    let (whole, left) = (n - n % 4, n % 4);
    assert!(slots.iter().all(|slot| slot * stride + n <= state.numbers.len()), "state too short");
    // What is left over after whole vectors is worked on in a copy.
    let mut tail = [[0.0f32; 4]; 5];
    let (mut q, mut d, base) = (p.as_mut_ptr(), g.as_ptr(), state.numbers.as_mut_ptr());
    // SAFETY: slot·stride + n <= state.len(), and g has n entries (cut so in `step_run`); the copies are four floats long.
    unsafe {
        let mut at = [base; S];
        unroll!(S, k, { at[k] = base.add(slots[k] * stride) });
        let mut end = whole;
        // One call of `f` for both rounds: called twice, it is not inlined where the compiler builds for size, and its
        // arrays go through memory (Adam 5 times slower).
        for round in 0..2 {
            let mut i = 0;
            turns!(end / 4, {
                let mut old = [splat(0.0); S];
                unroll!(S, k, { old[k] = load(at[k].add(i)) });
                let (new, kept) = f(load(q.add(i)), load(d.add(i)), old);
                unroll!(S, k, { store(at[k].add(i), kept[k]) });
                store(q.add(i), new);
                i += 4;
            });
            if left == 0 {
                break;
            }
            let mut own = [q; 5];
            (own[0], own[1]) = (p.as_mut_ptr().add(whole), g.as_ptr().add(whole).cast_mut());
            unroll!(S, k, { own[k + 2] = base.add(slots[k] * stride + whole) });
            carry(&own[..S + 2], &mut tail, left, round == 1);
            (q, d, end) = (tail[0].as_mut_ptr(), tail[1].as_ptr(), 4);
            unroll!(S, k, { at[k] = tail[k + 2].as_mut_ptr() });
        }
    }
}

/// Copies the last `left` parameters, gradients and state entries out, or, but for the gradients, back.
///
/// # Safety
/// `left < 4` floats must be readable, and but for those of `own[1]` writable, at each of `own`.
#[inline(never)]
unsafe fn carry(own: &[*mut f32], copies: &mut [[f32; 4]; 5], left: usize, back: bool) {
    for (k, (own, copy)) in own.iter().zip(copies).enumerate() {
        // SAFETY: as promised; copies have four.
        unsafe {
            match (back, k) {
                (false, _) => copy.as_mut_ptr().copy_from_nonoverlapping(*own, left),
                (true, 1) => {}
                (true, _) => own.copy_from_nonoverlapping(copy.as_ptr(), left),
            }
        }
    }
}

fn sgd(p: &mut [f32], g: &[f32], state: &mut State, h: &Hyper) {
    let (lr, decay, mu) = (v(h.step_size), v(h.weight_decay), v(h.momentum));
    if h.momentum == 0.0 {
        each(p, g, state, [], |p, g, s| (p - lr * (g + decay * p), s));
    } else if h.nesterov {
        each(p, g, state, [0], |p, g, [b]| {
            let g = g + decay * p;
            let b = mu * b + g;
            (p - lr * (g + mu * b), [b])
        });
    } else {
        each(p, g, state, [0], |p, g, [b]| {
            let b = mu * b + (g + decay * p);
            (p - lr * b, [b])
        });
    }
}

fn adagrad(p: &mut [f32], g: &[f32], state: &mut State, h: &Hyper) {
    let (lr, decay, eps) = (v(h.step_size), v(h.weight_decay), v(h.eps));
    each(p, g, state, [0], |p, g, [s]| {
        let g = g + decay * p;
        let s = s + g * g;
        (p - lr * g / (s.sqrt() + eps), [s])
    });
}

fn rmsprop(p: &mut [f32], g: &[f32], state: &mut State, h: &Hyper) {
    let (lr, decay, eps) = (v(h.step_size), v(h.weight_decay), v(h.eps));
    let (alpha, fresh, mu) = (v(h.alpha), v(1.0 - h.alpha), v(h.momentum));
    let zero = splat(0.0);
    let square = |s: f32x4, g: f32x4| alpha * s + fresh * g * g;
    match (h.centered, h.momentum > 0.0) {
        (false, false) => each(p, g, state, [0], |p, g, [s]| {
            let g = g + decay * p;
            let s = square(s, g);
            (p - lr * (g / (s.sqrt() + eps)), [s])
        }),
        (false, true) => each(p, g, state, [0, 2], |p, g, [s, b]| {
            let g = g + decay * p;
            let s = square(s, g);
            let b = mu * b + g / (s.sqrt() + eps);
            (p - lr * b, [s, b])
        }),
        (true, with_momentum) => each(p, g, state, [0, 1, 2], |p, g, [s, m, b]| {
            let g = g + decay * p;
            let (s, m) = (square(s, g), alpha * m + fresh * g);
            // Rounding may put s − m² below zero when the gradient hardly varies.
            let d = g / (at_least(s - m * m, zero).sqrt() + eps);
            let b = if with_momentum { mu * b + d } else { b };
            (p - lr * if with_momentum { b } else { d }, [s, m, b])
        }),
    }
}

fn adadelta(p: &mut [f32], g: &[f32], state: &mut State, h: &Hyper) {
    let (lr, decay, eps) = (v(h.step_size), v(h.weight_decay), v(h.eps));
    let (rho, fresh) = (v(h.rho), v(1.0 - h.rho));
    each(p, g, state, [0, 1], |p, g, [s, u]| {
        let g = g + decay * p;
        let s = rho * s + fresh * g * g;
        let d = (u + eps).sqrt() / (s + eps).sqrt() * g;
        (p - lr * d, [s, rho * u + fresh * d * d])
    });
}

/// Adam with coupled decay (`decay`) or, for AdamW, `p` first multiplied by `keep`.
fn adam(p: &mut [f32], g: &[f32], state: &mut State, h: &Hyper, decay: f64, keep: f64) {
    // Numerator and denominator times √(1 − β₂ᵗ).
    let (rate, decay, keep, eps) = (v(h.step_size * h.sqrt_bias2), v(decay), v(keep), v(h.eps * h.sqrt_bias2));
    let (beta1, fresh1, beta2, fresh2) = (v(h.beta1), v(1.0 - h.beta1), v(h.beta2), v(1.0 - h.beta2));
    each(p, g, state, [0, 1], |p, g, [m, s]| {
        let p = p * keep;
        let g = g + decay * p;
        let m = beta1 * m + fresh1 * g;
        let s = beta2 * s + fresh2 * g * g;
        (p - rate * m / (s.sqrt() + eps), [m, s])
    });
}

fn nadam(p: &mut [f32], g: &[f32], state: &mut State, h: &Hyper) {
    let (rate_g, rate_m, decay, eps) = (v(h.rate_gradient), v(h.rate_momentum), v(h.weight_decay), v(h.eps));
    let (beta1, fresh1, beta2, fresh2) = (v(h.beta1), v(1.0 - h.beta1), v(h.beta2), v(1.0 - h.beta2));
    let correct = v(1.0 / h.sqrt_bias2);
    each(p, g, state, [0, 1], |p, g, [m, s]| {
        let g = g + decay * p;
        let m = beta1 * m + fresh1 * g;
        let s = beta2 * s + fresh2 * g * g;
        (p - (rate_g * g + rate_m * m) / (s.sqrt() * correct + eps), [m, s])
    });
}

fn lion(p: &mut [f32], g: &[f32], state: &mut State, h: &Hyper) {
    let (lr, keep) = (v(h.lr), v(1.0 - h.lr * h.weight_decay));
    let (beta1, fresh1, beta2, fresh2) = (v(h.beta1), v(1.0 - h.beta1), v(h.beta2), v(1.0 - h.beta2));
    let (zero, one) = (splat(0.0), splat(1.0));
    each(p, g, state, [0], |p, g, [m]| {
        let c = beta1 * m + fresh1 * g;
        // −1, 0 or 1; NaN stays.
        let sign = pick(c.simd_gt(zero), one, pick(c.simd_lt(zero), -one, c));
        (p * keep - lr * sign, [beta2 * m + fresh2 * g])
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::optim::{Optimizer, clip as reference_clip, reset, step as reference};
    use crate::engine::rng::Rng;
    use crate::spec::{OptimizerKind, OptimizerSpec};

    /// Same formula, same order; what differs is half an ulp in Adam's denominator and in the clipped norm, ten times.
    /// Relative to the entry, or absolute below 1.
    const NEAR: f32 = 1e-6;

    fn same(spec: &OptimizerSpec, n: usize) {
        let mut rng = Rng::new(n as u64, 4);
        let mut opt = Optimizer::new(spec);
        let slots = opt.kind().state_slots();
        let mut p: Vec<f32> = (0..n).map(|_| rng.range(-1.0, 1.0)).collect();
        let mut state = vec![9.0; n * slots];
        reset(&mut state, opt.constants());
        let (mut q, mut other) = (p.clone(), state.clone());
        for turn in 0..10 {
            let mut g: Vec<f32> = (0..n).map(|_| rng.range(-1.0, 1.0)).collect();
            let mut g2 = g.clone();
            let h = opt.advance();
            clip(&mut g, &h);
            reference_clip::apply(&mut g2, &h);
            step(&mut p, &g, &mut state, &h);
            reference(&mut q, &g2, &mut other, &h);
            for (a, b) in p.iter().zip(&q).chain(state.iter().zip(&other)) {
                assert!((a - b).abs() <= NEAR * (1.0 + b.abs()), "{:?} n {n} turn {turn}: {a} for {b}", h.kind);
            }
        }
        assert!(n == 0 || p != vec![0.0; n]);
    }

    #[test]
    fn every_kind_follows_the_reference() {
        for kind in OptimizerKind::ALL {
            for n in [0, 1, 3, 4, 5, 7, 8, 9, 17, 33, 105] {
                let mut spec = OptimizerSpec::new(kind);
                same(&spec, n);
                spec.weight_decay = Some(0.1);
                spec.clip_norm = Some(1.0);
                same(&spec, n);
                spec.clip_value = Some(0.5);
                spec.centered = Some(true);
                spec.nesterov = Some(true);
                same(&spec, n);
                spec.momentum = Some(0.8);
                same(&spec, n);
                spec.centered = Some(false);
                same(&spec, n);
            }
        }
    }

    #[test]
    fn a_momentum_that_fades_ends_at_zero() {
        let mut opt = Optimizer::new(&OptimizerSpec::new(OptimizerKind::Adam));
        let (mut p, mut state) = ([1.0f32; 5], vec![0.0; 10]);
        let h = opt.advance();
        step(&mut p, &[1e-3; 5], &mut state, &h);
        for _ in 0..1000 {
            let h = opt.advance();
            step(&mut p, &[0.0; 5], &mut state, &h);
        }
        assert_eq!(state[..5], [0.0; 5]);
        assert!(state[5..].iter().all(|v| v.is_normal()));
    }

    #[test]
    fn a_broken_gradient_is_not_hidden() {
        for kind in OptimizerKind::ALL {
            let mut spec = OptimizerSpec::new(kind);
            spec.clip_value = Some(1.0);
            let mut opt = Optimizer::new(&spec);
            let mut p = [1.0f32; 6];
            let mut state = vec![0.0; 6 * opt.kind().state_slots()];
            let h = opt.advance();
            let mut g = [0.1, f32::NAN, 0.1, 0.1, 0.1, f32::NAN];
            clip(&mut g, &h);
            step(&mut p, &g, &mut state, &h);
            assert!(p[1].is_nan() && p[5].is_nan() && p[0].is_finite() && p[4].is_finite(), "{kind:?} {p:?}");
        }
    }
}
