//! The limits of asking, in one table: each has a flag and a message that names it.

use std::fmt;
use std::time::Duration;

/// How much one question may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest question, in bytes.
    pub question_bytes: usize,
    /// Deepest nesting of brackets and relative clauses.
    pub nesting: usize,
    /// Most rows (bindings with their claims) that any operator may hold at once.
    pub rows: usize,
    /// Most steps of work of one path search.
    pub steps: usize,
    /// Longest chain that `indirectly` follows.
    pub chain: usize,
    /// Longest time one question may run.
    pub time: Duration,
    /// Most memory that rows may take at once, in mebibytes.
    pub memory_mib: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            question_bytes: 64 * 1024,
            nesting: 64,
            rows: 2_000_000,
            steps: 20_000_000,
            chain: 8,
            time: Duration::from_secs(60),
            memory_mib: 2048,
        }
    }
}

/// One limit: what it bounds, and how to raise it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Kebab-case name, as the prompt's `:set` takes it.
    pub name: &'static str,
    /// The flag of the command line.
    pub flag: &'static str,
    /// What it bounds.
    pub about: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// The highest value it may be set to.
    pub most: u64,
}

/// Deeper nesting could overflow the stack of a thread of 2 MiB in a build for debugging.
const DEEPEST_NESTING: u64 = 96;

/// Chains are followed by recursion, one level a step.
const LONGEST_CHAIN: u64 = 256;

/// Every limit of asking.
pub const LIMITS: &[Limit] = &[
    Limit {
        name: "question-bytes",
        flag: "--max-question-bytes",
        about: "length of a question",
        unit: "bytes",
        most: u64::MAX,
    },
    Limit {
        name: "nesting",
        flag: "--max-nesting",
        about: "brackets and relative clauses within each other",
        unit: "levels",
        most: DEEPEST_NESTING,
    },
    Limit {
        name: "rows",
        flag: "--max-rows",
        about: "rows that a part of a question may hold at once",
        unit: "rows",
        most: u64::MAX,
    },
    Limit {
        name: "steps",
        flag: "--max-steps",
        about: "work of one path search",
        unit: "steps",
        most: u64::MAX,
    },
    Limit {
        name: "chain",
        flag: "--max-chain",
        about: "length of the chains that `indirectly` follows",
        unit: "steps",
        most: LONGEST_CHAIN,
    },
    Limit {
        name: "time",
        flag: "--max-time",
        about: "time of one question",
        unit: "seconds",
        most: u64::MAX,
    },
    Limit {
        name: "memory",
        flag: "--max-memory",
        about: "memory that rows may take at once",
        unit: "MiB",
        most: u64::MAX,
    },
];

impl Limits {
    /// The value of a limit by its name, in its unit.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<u64> {
        let value = match name {
            "question-bytes" => self.question_bytes as u64,
            "nesting" => self.nesting as u64,
            "rows" => self.rows as u64,
            "steps" => self.steps as u64,
            "chain" => self.chain as u64,
            "time" => self.time.as_secs(),
            "memory" => self.memory_mib as u64,
            _ => return None,
        };
        Some(value)
    }

    /// Sets a limit by its name, in its unit. False when there is no such limit, or the value is 0 or too high for it.
    pub fn set(&mut self, name: &str, value: u64) -> bool {
        let size = usize::try_from(value).unwrap_or(usize::MAX);
        match name {
            _ if value == 0
                || LIMITS
                    .iter()
                    .any(|limit| limit.name == name && value > limit.most) =>
            {
                return false;
            }
            "question-bytes" => self.question_bytes = size,
            "nesting" => self.nesting = size,
            "rows" => self.rows = size,
            "steps" => self.steps = size,
            "chain" => self.chain = size,
            "time" => self.time = Duration::from_secs(value),
            "memory" => self.memory_mib = size,
            _ => return false,
        }
        true
    }
}

/// Why an evaluation stopped before it was done. No partial answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// A limit was reached: its name.
    Limit(&'static str, u64),
    /// The asker interrupted it.
    Interrupted,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interrupted => write!(f, "interrupted; there is no answer"),
            Self::Limit(name, value) => {
                let limit = LIMITS.iter().find(|limit| limit.name == *name);
                let (about, unit, flag) =
                    limit.map_or(("", "", ""), |limit| (limit.about, limit.unit, limit.flag));
                write!(
                    f,
                    "the limit on the {about} was reached ({value} {unit}); there is no answer: narrow the question, or raise it with `{flag}`"
                )
            }
        }
    }
}
