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
mod first;
mod fixture;
mod generate;
mod golden_nets;
mod golden_ops;
mod golden_optim;
mod gradcheck;
mod images;
mod laboratory;
mod lens;
mod long_lag;
mod mean_field;
mod one_op;
mod op_table;
mod op_table_image;
mod op_table_recurrent;
mod parity;
mod problems;
mod recurrent;
mod schema;
mod spec_round_trip;
mod steps;
mod strategies;
mod through_time;
mod tidy;
mod worker;
