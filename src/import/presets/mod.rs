//! How each layout says who did what to whom.

pub(super) mod acled;
pub(super) mod gdelt;
pub(super) mod icews;
pub(super) mod plain;
