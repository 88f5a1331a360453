//! Which claims a plan admits, and what it takes from them.

use crate::graph::{AgentIndex, EntityIndex, RelationIndex, Status};
use crate::model::Window;

/// A relation, and which way it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arm {
    /// The relation.
    pub relation: RelationIndex,
    /// Subject and object change places: `X was briefed by Y`.
    pub reversed: bool,
}

/// Which claims a verb admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admit {
    /// Those that answer a plain question.
    Affirmed,
    /// Those of one status.
    Status(Status),
    /// Those that answer and are disputed.
    Disputed,
    /// All that are not ignored.
    Anything,
}

/// A test of one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Its status.
    Admit(Admit),
    /// Its date meets a window.
    Time(Certainty, Window),
    /// It has no date.
    Undated,
    /// It is set there, or in something that lies there.
    Location(EntityIndex),
    /// Evidence that carries it is by, or according to, one of these.
    According(Vec<AgentIndex>),
}

/// A test of a fact: how many sources or origins carry its admitted claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corroboration {
    /// At least, at most, exactly.
    pub bound: Bound,
    /// How many.
    pub number: u32,
    /// Origins are counted, not sources.
    pub independent: bool,
}

/// The claims that a chain or path may run over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Admission {
    /// Every claim passes all of these.
    pub tests: Vec<Test>,
    /// Every fact passes all of these, counted over its claims that pass the tests.
    pub corroborations: Vec<Corroboration>,
}

/// What a claim says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Its subject.
    Subject,
    /// Its relation.
    Relation,
    /// Its object.
    Object,
    /// Its date, or an empty cell.
    When,
    /// Its place, or an empty cell.
    Where,
}

/// What of a contradiction is a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContradictionField {
    /// How the sides contradict each other.
    Kind,
    /// One side.
    One,
    /// The other.
    Other,
    /// Whether no reading lets both be true.
    Certain,
}

impl ContradictionField {
    /// All, in the order of the columns.
    pub const ALL: [Self; 4] = [Self::Kind, Self::One, Self::Other, Self::Certain];

    /// The name of its column.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::One => "one",
            Self::Other => "other",
            Self::Certain => "certain",
        }
    }
}

/// What evidence is attributed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribution {
    /// Each speaker of its chain.
    Speaker,
    /// Each speaker that is an entity.
    Entity,
    /// Its source.
    Source,
}

/// `certainly` or `possibly`; `Possibly` too when nothing is written, told apart only by the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Nothing written.
    Default,
    /// `possibly`
    Possibly,
    /// `certainly`
    Certainly,
}

/// `at least`, `at most`, `only`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// `at least`, or nothing.
    AtLeast,
    /// `at most`
    AtMost,
    /// `only`: exactly.
    Only,
}
