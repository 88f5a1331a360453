//! What an editor asks of a casebook as a whole: what a story rests on, what became different between two casebooks.

pub mod answers;
pub mod difference;
pub mod dossier;
pub mod support;
