//! Where sources contradict each other: found from what relations declare, never resolved.
//!
//! Only what somebody asserts counts: a plan, an expectation or an allegation contradicts nothing. A contradiction is
//! *certain* when no reading of dates, places and marks of doubt lets both sides be true, else *possible*.

mod facts;
mod judging;
mod occasion;
mod opposites;
mod people;
mod seats;
mod sides;

use super::{AgentIndex, ClaimIndex, Graph, Provenance, SourceIndex};
pub use judging::Judging;
use std::collections::BTreeSet;

/// What a claim is taken to assert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Assertion {
    /// The claim.
    pub claim: ClaimIndex,
    /// What is meant is what its evidence denies, not what it supports.
    pub denied: bool,
}

impl Assertion {
    /// What the claim itself says.
    fn plain(claim: ClaimIndex) -> Self {
        Self {
            claim,
            denied: false,
        }
    }

    /// The sources that assert it, sorted.
    #[must_use]
    pub fn sources(self, provenance: &Provenance) -> &[SourceIndex] {
        if self.denied {
            provenance.denying_sources(self.claim)
        } else {
            provenance.sources(self.claim)
        }
    }

    /// The independent origins behind them, sorted.
    #[must_use]
    pub fn origins(self, provenance: &Provenance) -> &[AgentIndex] {
        if self.denied {
            provenance.denying_origins(self.claim)
        } else {
            provenance.origins(self.claim)
        }
    }
}

/// One side of a contradiction: what is asserted together, in the order of claims; at least one.
pub type Side = Vec<Assertion>;

/// How two sides contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// It is so, and it is not.
    Negation,
    /// It happened, and it was cancelled.
    Cancellation,
    /// Opposite relations between the same ends at one time.
    Opposite,
    /// Relations that exclude each other, between the same ends at one time.
    Exclusive,
    /// Two subjects of an object that has one at a time.
    Holders,
    /// Two objects of a subject that has one at a time.
    Values,
    /// Two places at one time.
    Places,
    /// Two dates of one event.
    Dates,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Negation,
        Self::Cancellation,
        Self::Opposite,
        Self::Exclusive,
        Self::Holders,
        Self::Values,
        Self::Places,
        Self::Dates,
    ];

    /// Whether the sides are of two sorts: what is so or occurred comes first.
    fn has_order(self) -> bool {
        matches!(self, Self::Negation | Self::Cancellation)
    }

    /// The word that questions and answers use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Negation => "negation",
            Self::Cancellation => "cancellation",
            Self::Opposite => "opposite",
            Self::Exclusive => "exclusive",
            Self::Holders => "holders",
            Self::Values => "values",
            Self::Places => "places",
            Self::Dates => "dates",
        }
    }
}

/// Two sides that cannot both be right, or perhaps cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// How they contradict each other.
    pub kind: Kind,
    /// One side: what is affirmed or occurred, where the other is not; else the one whose claims come first.
    pub one: Side,
    /// The other side.
    pub other: Side,
    /// No reading lets both be true.
    pub certain: bool,
    /// The origins that stand behind both sides, sorted.
    pub shared: Vec<AgentIndex>,
    /// Whether somebody has looked at it.
    pub judging: Judging,
}

impl Contradiction {
    /// What both sides assert, in order, one side after the other.
    pub fn assertions(&self) -> impl Iterator<Item = Assertion> + '_ {
        self.one.iter().chain(&self.other).copied()
    }

    /// The claims of both sides, sorted, each once.
    #[must_use]
    pub fn claims(&self) -> Vec<ClaimIndex> {
        let mut claims: Vec<ClaimIndex> = self.assertions().map(|it| it.claim).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// The number of the record that judges all of it, if one does.
    #[must_use]
    pub fn judged(&self) -> Option<u32> {
        match self.judging {
            Judging::Judged(record) => Some(record),
            _ => None,
        }
    }
}

/// A rule that finds contradictions of one kind.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What it finds.
    pub kind: Kind,
    /// What counts as one, in a sentence.
    pub about: &'static str,
    find: fn(&mut Search<'_>),
}

/// Every rule, in the order in which they are run.
pub const RULES: &[Rule] = &[
    Rule {
        kind: Kind::Negation,
        about: "what is affirmed, somebody negates or denies",
        find: facts::negations,
    },
    Rule {
        kind: Kind::Cancellation,
        about: "what occurred was cancelled",
        find: facts::cancellations,
    },
    Rule {
        kind: Kind::Opposite,
        about: "relations that are `opposite_of` each other hold between the same ends in overlapping time",
        find: opposites::opposites,
    },
    Rule {
        kind: Kind::Exclusive,
        about: "relations that are `exclusive_with` each other hold between the same ends in overlapping time",
        find: opposites::exclusives,
    },
    Rule {
        kind: Kind::Holders,
        about: "a relation that is `single_valued: PerObject` has two subjects in overlapping time",
        find: seats::holders,
    },
    Rule {
        kind: Kind::Values,
        about: "a relation that is `single_valued: PerSubject` has two objects in overlapping time",
        find: seats::values,
    },
    Rule {
        kind: Kind::Places,
        about: "one fact is set in two places, at one event or on one day",
        find: facts::places,
    },
    Rule {
        kind: Kind::Places,
        about: "one person is in two places on one day",
        find: people::places,
    },
    Rule {
        kind: Kind::Dates,
        about: "one fact of one event has two dates",
        find: facts::dates,
    },
];

/// All contradictions between the claims of a graph as they stand: those that are certain first, those that are judged
/// last, then by kind and claims. `watch` is told how many were found so far, again and again; when it says false the
/// search ends and there is no answer.
pub fn find(
    graph: &Graph,
    provenance: &Provenance,
    watch: &mut dyn FnMut(usize) -> bool,
) -> Option<Vec<Contradiction>> {
    let mut search = Search {
        graph,
        provenance,
        watch,
        found: Vec::new(),
        halted: false,
    };
    for rule in RULES {
        (rule.find)(&mut search);
        if search.halted {
            return None;
        }
    }
    let mut found = search.found;
    found.sort_by(|one, other| key(one).cmp(&key(other)));
    // Two people who are said to be in two places together are one row.
    found.dedup_by(|one, other| key(one) == key(other));
    judging::judge(graph, &mut found);
    found.sort_by_key(|it| (it.judged().is_some(), !it.certain));
    Some(found)
}

fn key(found: &Contradiction) -> (&'static str, &Side, &Side) {
    (found.kind.word(), &found.one, &found.other)
}

/// The origins that stand behind both of two sides, sorted.
#[must_use]
pub fn shared(provenance: &Provenance, one: &[Assertion], other: &[Assertion]) -> Vec<AgentIndex> {
    let origins = |side: &[Assertion]| -> BTreeSet<AgentIndex> {
        let of = |it: &Assertion| it.origins(provenance);
        side.iter().flat_map(of).copied().collect()
    };
    let (one, other) = (origins(one), origins(other));
    one.intersection(&other).copied().collect()
}

/// A search under way.
struct Search<'a> {
    graph: &'a Graph,
    provenance: &'a Provenance,
    watch: &'a mut dyn FnMut(usize) -> bool,
    found: Vec<Contradiction>,
    halted: bool,
}

impl Search<'_> {
    /// Counts a piece of work: whether to go on.
    fn goes_on(&mut self) -> bool {
        if !self.halted {
            self.halted = !(self.watch)(self.found.len());
        }
        !self.halted
    }

    fn add(&mut self, kind: Kind, one: Side, other: Side, certain: bool) {
        let in_order = kind.has_order() || one < other;
        let (one, other) = if in_order { (one, other) } else { (other, one) };
        self.found.push(Contradiction {
            kind,
            shared: shared(self.provenance, &one, &other),
            one,
            other,
            certain,
            judging: Judging::Open,
        });
    }
}
