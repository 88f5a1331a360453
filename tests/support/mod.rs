//! What the tests of the evaluator share: a naive evaluator to compare with, and generators of casebooks and questions.

#![allow(unreachable_pub, reason = "a test binary has no outside")]

pub mod generate;
pub mod naive;
