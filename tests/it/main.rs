//! One native test binary.

#![allow(clippy::unwrap_used)]

mod answers;
mod backends;
mod blow_up;
mod brief;
mod curves;
mod data;
mod data_broken;
mod data_sequences;
mod doctor;
mod encoder_decoder;
mod export;
mod export_keras;
mod first;
mod fixture;
mod frozen;
mod fuzz;
mod generate;
mod golden_nets;
mod golden_ops;
mod golden_optim;
mod golden_tasks;
#[cfg(feature = "gpu-native")]
mod gpu_parity;
#[cfg(feature = "gpu-native")]
mod gpu_pitfalls;
#[cfg(feature = "gpu-native")]
mod gpu_runs;
mod gpu_shaders;
#[cfg(feature = "gpu-native")]
mod gpu_worker;
mod gradcheck;
mod images;
mod laboratory;
mod layer_rules;
mod lens;
mod long_lag;
mod mean_field;
mod memory;
mod old_links;
mod one_op;
mod onnx_in;
mod op_table;
mod op_table_image;
mod op_table_recurrent;
mod op_table_tasks;
mod parity;
mod pasted;
mod penalty;
mod pretexts;
mod primers;
mod problems;
mod recurrent;
mod schema;
mod several;
mod solve;
mod spec_round_trip;
mod steps;
mod strategies;
mod tables;
mod tables_shape;
mod tasks;
mod through_time;
mod tidy;
mod trained;
mod transfer;
mod truth;
mod weights;
mod wire;
mod worker;
