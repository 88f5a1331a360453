//! How the program ends: one status for every way.

use crate::session::Outcome;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// All is done; an empty answer counts.
    Done,
    /// `check` found errors or something falls without what it was to leave out, `test` a mismatch, or, with `--exit-status`, the answer is empty or no.
    Findings,
    /// Wrong usage, or a question that cannot be read.
    Usage,
    /// The casebook cannot be loaded at all.
    NoCasebook,
    /// Input or output failed, or a lock is held.
    Files,
    /// A limit was reached.
    Limit,
    /// Ctrl-C.
    Interrupted,
}

impl Status {
    /// The number that the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::NoCasebook => 3,
            Self::Files => 4,
            Self::Limit => 5,
            Self::Interrupted => 130,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.code())
    }
}

impl From<Outcome> for Status {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Answered | Outcome::Empty => Self::Done,
            Outcome::Findings => Self::Findings,
            Outcome::Unreadable => Self::Usage,
            Outcome::Files => Self::Files,
            Outcome::Limit => Self::Limit,
            Outcome::Interrupted => Self::Interrupted,
        }
    }
}
