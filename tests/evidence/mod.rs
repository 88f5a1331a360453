//! What the grading of passages is held to: texts that were damaged, texts that only look different, and texts that mean harm.

mod corpus;
mod generated;
mod hostile;
mod mutations;
mod red_team;
mod table;
mod variations;
