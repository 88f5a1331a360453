//! What several tests share.

#![allow(unreachable_pub, missing_docs, reason = "a test binary has no outside")]

pub mod agreement;
pub(crate) mod casebooks;
pub mod generate;
pub mod golden;
pub mod naive;
pub(crate) mod small;
