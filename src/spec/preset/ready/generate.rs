//! Networks that represent and make: short codes of pictures, new pictures and new points.
//!
//! Not responsible for what trains them (`ready`).

use super::{ADAM, Group, Ready, ready};

pub(super) const AUTOENCODER_DIGITS: Ready = Ready {
    task: Some(r#"{"type":"autoencoder"}"#),
    ..ready(
        Group::Generate,
        "autoencoder_digits",
        r#"{"set":"mnist"}"#,
        "encoder: flatten | dense 128 relu | dense 32 relu | dense 2; decoder: dense 32 relu | dense 128 relu | dense 784 sigmoid",
    )
};

pub(super) const DENOISING_CLOTHES: Ready = Ready {
    task: Some(r#"{"type":"autoencoder","noise":0.4}"#),
    ..ready(
        Group::Generate,
        "denoising_clothes",
        r#"{"set":"fashion_mnist"}"#,
        "encoder: conv 8 3 same relu | pool 2 | conv 16 3 same relu | pool 2; \
         decoder: upsample2d 2 | conv 8 3 same relu | upsample2d 2 | conv 1 3 same sigmoid",
    )
};

pub(super) const VAE_DIGITS: Ready = Ready {
    task: Some(r#"{"type":"vae","latent":2}"#),
    ..ready(
        Group::Generate,
        "vae_digits",
        r#"{"set":"mnist"}"#,
        "encoder: flatten | dense 256 relu | dense; decoder: dense 256 relu | dense",
    )
};

pub(super) const GAN_RING: Ready = Ready {
    // Of nine settings tried, the only one that covers ring and grid within 4,000 steps.
    task: Some(r#"{"type":"gan","latent":4}"#),
    optimizer: r#"{"type":"adam","lr":0.001,"betas":[0.5,0.999]}"#,
    batch: 256,
    ..ready(
        Group::Generate,
        "gan_ring",
        r#"{"set":"ring","samples":1000}"#,
        "generator: dense 64 tanh | dense 64 tanh | dense; discriminator: dense 64 leaky_relu | dense 64 leaky_relu | dense",
    )
};

pub(super) const FLOW_SPIRAL: Ready = Ready {
    task: Some(r#"{"type":"diffusion","predict":"velocity","steps":20}"#),
    optimizer: r#"{"type":"adam","lr":0.002}"#,
    batch: 128,
    ..ready(
        Group::Generate,
        "flow_spiral",
        r#"{"set":"spiral","samples":2000}"#,
        "dense 64 silu | dense 64 silu | dense 64 silu | dense",
    )
};

pub(super) const DIFFUSION_DIGITS: Ready = Ready {
    task: Some(r#"{"type":"diffusion","predict":"velocity","steps":12}"#),
    optimizer: ADAM,
    ..ready(
        Group::Generate,
        "flow_digits",
        r#"{"set":"mnist"}"#,
        "conv 16 3 same silu name=fine | pool 2 | conv 32 3 same silu name=half | pool 2 | conv 32 3 same silu | \
         upsample2d 2 name=up1 | concat from=up1,half | conv 32 3 same silu | upsample2d 2 name=up2 | \
         concat from=up2,fine | conv 16 3 same silu | conv 1 3 same",
    )
};
