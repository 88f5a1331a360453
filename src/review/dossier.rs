//! What a draft rests on: the facts about a name or behind an answer, how they stand, and what is still to be checked.

use crate::evidence::Grade;
use crate::graph::contradictions::Contradiction;
use crate::graph::{
    AgentIndex, ClaimIndex, EntityIndex, FactIndex, Graph, Provenance, SourceIndex, Status,
};
use crate::model::{Aspect, Date};
use crate::query::Engine;
use crate::query::answer::Answer;
use std::collections::{BTreeMap, BTreeSet};

/// What a dossier is about.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// An entity (canonical), and every claim that names it.
    Entity(EntityIndex),
    /// A source, and every claim that it speaks of.
    Source(SourceIndex),
    /// A publication (by number and as an agent), and every claim of its sources or according to it.
    Publication(u32, Option<AgentIndex>),
    /// A claim, and the others of its fact.
    Claim(ClaimIndex),
    /// An answer, and every claim of the facts that it rests on.
    Answer(&'a Answer),
}

impl<'a> Subject<'a> {
    /// How claims stand for it: without what a question ignored.
    #[must_use]
    pub fn standing(self, engine: &'a Engine) -> &'a Provenance {
        match self {
            Self::Answer(answer) => answer.standing(&engine.provenance),
            _ => &engine.provenance,
        }
    }
}

/// A fact with its claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// From 1, through the whole dossier.
    pub number: usize,
    /// The fact.
    pub fact: FactIndex,
    /// Those of its claims that stand in this section, in time order, undated ones last.
    pub claims: Vec<ClaimIndex>,
}

/// How the facts of a section stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Affirmed, and nobody denies it.
    Affirmed,
    /// Affirmed by some, denied by others; or only denied.
    Contested,
    /// Planned, expected, cancelled, alleged or only mentioned.
    HeldBack,
}

impl Standing {
    /// Every standing, in the order of sections.
    pub const ALL: [Self; 3] = [Self::Affirmed, Self::Contested, Self::HeldBack];
}

/// Something that a fact-checker still has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenCheck {
    /// A passage is not in the stored text as it is cited: altered, missing or ambiguous.
    UnsoundPassage,
    /// A passage is elided or moved.
    LoosePassage,
    /// A passage could not be compared with its stored text.
    Uncompared,
    /// Evidence gives neither a position nor a quotation.
    NoPassage,
    /// An affirmed fact rests on one origin.
    OneOrigin,
    /// An event without a date.
    Undated,
    /// A date marked uncertain or approximate.
    DoubtfulDate,
    /// An affirmed fact rests on a source that says nothing of where it comes from: no publication, no author, nobody
    /// that it derives from, and the evidence names no speaker.
    NoOrigin,
    /// Evidence whose credibility nobody has graded. Asked only where some evidence of the casebook is graded.
    Ungraded,
}

impl OpenCheck {
    /// Every open check, in the order in which they are listed.
    pub const ALL: [Self; 9] = [
        Self::UnsoundPassage,
        Self::LoosePassage,
        Self::Uncompared,
        Self::NoPassage,
        Self::OneOrigin,
        Self::NoOrigin,
        Self::Undated,
        Self::DoubtfulDate,
        Self::Ungraded,
    ];
}

/// A dossier.
#[derive(Debug, Clone)]
pub struct Dossier<'a> {
    /// The casebook.
    pub engine: &'a Engine,
    /// How claims stand in it: without what a question ignored.
    pub standing: &'a Provenance,
    /// What it is about.
    pub subject: Subject<'a>,
    /// Facts by how they stand, each in time order.
    pub sections: Vec<(Standing, Vec<Statement>)>,
    /// The contradictions that one of these claims is part of.
    pub contradictions: Vec<Contradiction>,
    /// What is still to be checked, with the numbers of the statements.
    pub open: Vec<(OpenCheck, Vec<usize>)>,
}

impl<'a> Dossier<'a> {
    /// Gathers what is known about a subject; of `contradictions`, all that there are as claims stand for it, those that
    /// touch it.
    #[must_use]
    pub fn about(
        engine: &'a Engine,
        subject: Subject<'a>,
        contradictions: Vec<Contradiction>,
    ) -> Self {
        let graph = &engine.graph;
        let standing = subject.standing(engine);
        let claims = claims(graph, subject);
        let mut number = 0;
        let sections: Vec<(Standing, Vec<Statement>)> = Standing::ALL
            .into_iter()
            .map(|section| {
                let chosen = claims.iter().copied();
                let chosen = chosen.filter(|&claim| stands(standing, claim) == Some(section));
                (section, statements(graph, chosen, &mut number))
            })
            .collect();
        let touched = contradictions
            .into_iter()
            .filter(|found| found.claims().iter().any(|claim| claims.contains(claim)));
        let mut dossier = Self {
            engine,
            standing,
            subject,
            sections,
            contradictions: touched.collect(),
            open: Vec::new(),
        };
        dossier.open = OpenCheck::ALL
            .into_iter()
            .map(|check| (check, dossier.needing(check)))
            .filter(|(_, numbers)| !numbers.is_empty())
            .collect();
        dossier
    }

    /// All statements in order.
    pub fn statements(&self) -> impl Iterator<Item = (Standing, &Statement)> {
        let sections = self.sections.iter();
        sections.flat_map(|(section, list)| list.iter().map(|statement| (*section, statement)))
    }

    /// All claims, in the order of statements.
    #[must_use]
    pub fn claims(&self) -> Vec<ClaimIndex> {
        self.statements()
            .flat_map(|(_, statement)| statement.claims.iter().copied())
            .collect()
    }

    /// The sources of all its evidence, in the order in which they are first cited, each once.
    #[must_use]
    pub fn sources(&self) -> Vec<SourceIndex> {
        let mut found = Vec::new();
        for claim in self.claims() {
            for (number, row) in self.engine.graph.evidence().of_claim(claim) {
                if self.standing.is_kept(number) && !found.contains(&row.source) {
                    found.push(row.source);
                }
            }
        }
        found
    }

    /// The sources and the origins that carry a statement, each once, sorted.
    #[must_use]
    pub fn support(&self, statement: &Statement) -> (Vec<SourceIndex>, Vec<AgentIndex>) {
        let (mut sources, mut origins) = (BTreeSet::new(), BTreeSet::new());
        for &claim in &statement.claims {
            sources.extend(self.standing.sources(claim));
            origins.extend(self.standing.origins(claim));
        }
        (sources.into_iter().collect(), origins.into_iter().collect())
    }

    /// The numbers of the statements for which a check is open.
    fn needing(&self, check: OpenCheck) -> Vec<usize> {
        let graph = &self.engine.graph;
        let graded = graph.evidence().has_grades();
        let needs = |section: Standing, statement: &Statement| match check {
            OpenCheck::OneOrigin => {
                section == Standing::Affirmed && self.support(statement).1.len() == 1
            }
            OpenCheck::UnsoundPassage => self.some_grade(statement, Grade::fails),
            OpenCheck::LoosePassage => self.some_grade(statement, |grade| {
                matches!(grade, Grade::Elided | Grade::Moved)
            }),
            OpenCheck::Uncompared => {
                !self.engine.passages.are_at_hand()
                    || self.some_grade(statement, |grade| grade == Grade::Unchecked)
            }
            OpenCheck::NoPassage => self.some_evidence(statement, |evidence, _| {
                evidence.at.is_none() && evidence.quote.is_none()
            }),
            OpenCheck::Ungraded => {
                graded
                    && self.some_evidence(statement, |evidence, _| evidence.credibility.is_none())
            }
            OpenCheck::NoOrigin => {
                section == Standing::Affirmed
                    && self.some_evidence(statement, |evidence, source| {
                        let record = graph.source(source);
                        evidence.according_to.is_empty()
                            && record.publication.is_none()
                            && record.author.is_empty()
                            && record.derived_from.is_empty()
                    })
            }
            OpenCheck::Undated => {
                let relation = graph.relation_of(statement.claims[0]);
                graph.relation(relation).aspect == Aspect::Event
                    && statement
                        .claims
                        .iter()
                        .all(|&claim| graph.date_of(claim).is_none())
            }
            OpenCheck::DoubtfulDate => {
                let doubtful = |date: &Date| date.qualified;
                let mut claims = statement.claims.iter();
                claims.any(|&claim| graph.date_of(claim).is_some_and(doubtful))
            }
        };
        self.statements()
            .filter(|(section, statement)| needs(*section, statement))
            .map(|(_, statement)| statement.number)
            .collect()
    }

    /// How many passages have each grade, in order of trust; none where no stored text is at hand.
    #[must_use]
    pub fn grades(&self) -> Vec<(Grade, usize)> {
        let mut counts = BTreeMap::new();
        for (_, statement) in self.statements() {
            for grade in self.grades_of(statement) {
                *counts.entry(grade).or_default() += 1;
            }
        }
        counts.into_iter().collect()
    }

    fn some_grade(&self, statement: &Statement, is: impl Fn(Grade) -> bool) -> bool {
        self.grades_of(statement).into_iter().any(is)
    }

    /// The grades of the passages that a statement rests on.
    fn grades_of(&self, statement: &Statement) -> Vec<Grade> {
        let graph = &self.engine.graph;
        let mut grades = Vec::new();
        for &claim in &statement.claims {
            for (place, (number, _)) in (0..).zip(graph.evidence().of_claim(claim)) {
                let passage = self.engine.passages.of(graph, claim, place);
                let passage = passage.filter(|_| self.standing.is_kept(number));
                grades.extend(passage.map(|passage| passage.finding.grade));
            }
        }
        grades
    }

    /// Whether some kept evidence of a statement is of a sort.
    fn some_evidence(
        &self,
        statement: &Statement,
        is: impl Fn(&crate::model::Evidence, SourceIndex) -> bool,
    ) -> bool {
        let graph = &self.engine.graph;
        statement.claims.iter().any(|&claim| {
            let rows = graph.evidence().of_claim(claim);
            rows.zip(&graph.claim(claim).evidence)
                .any(|((number, row), evidence)| {
                    self.standing.is_kept(number) && is(evidence, row.source)
                })
        })
    }
}

/// The claims that belong to a subject.
fn claims(graph: &Graph, subject: Subject<'_>) -> BTreeSet<ClaimIndex> {
    let all = 0..graph.claim_count();
    let facts = |claims: Vec<ClaimIndex>| -> BTreeSet<ClaimIndex> {
        let facts: BTreeSet<FactIndex> = claims.iter().map(|&claim| graph.fact_of(claim)).collect();
        let claims = facts.iter().flat_map(|&fact| graph.claims_of_fact(fact));
        claims.copied().collect()
    };
    match subject {
        Subject::Entity(entity) => all
            .filter(|&claim| {
                let ends = [graph.subject(claim), graph.object(claim)];
                ends.contains(&entity) || graph.locations(claim).contains(&entity)
            })
            .collect(),
        Subject::Source(source) => all
            .filter(|&claim| {
                let mut rows = graph.evidence().of_claim(claim);
                rows.any(|(_, row)| row.source == source)
            })
            .collect(),
        Subject::Publication(_, agent) => all
            .filter(|&claim| {
                let mut rows = graph.evidence().of_claim(claim);
                rows.any(|(_, row)| {
                    agent.is_some_and(|agent| {
                        graph.agents().publication_of(row.source) == Some(agent)
                            || row.speakers.contains(&agent)
                    })
                })
            })
            .collect(),
        Subject::Claim(claim) => facts(vec![claim]),
        Subject::Answer(answer) => {
            let claims = answer.rows.iter().flat_map(|row| row.claims());
            facts(claims.collect())
        }
    }
}

/// The section in which a claim stands; none for one all of whose evidence is ignored.
fn stands(standing: &Provenance, claim: ClaimIndex) -> Option<Standing> {
    match standing.status(claim) {
        Status::Ignored => None,
        Status::Affirmed if standing.is_disputed(claim) => Some(Standing::Contested),
        Status::Affirmed => Some(Standing::Affirmed),
        Status::Negated | Status::Denied => Some(Standing::Contested),
        _ => Some(Standing::HeldBack),
    }
}

/// Claims by fact, in time order: each by its first day, undated ones last, then by number.
fn statements(
    graph: &Graph,
    claims: impl Iterator<Item = ClaimIndex>,
    number: &mut usize,
) -> Vec<Statement> {
    let time = |claim: ClaimIndex| {
        let date = graph.date_of(claim);
        (date.is_none(), date.map(|date| (date.start.0, date.end.1)))
    };
    let mut facts: BTreeMap<FactIndex, Vec<ClaimIndex>> = BTreeMap::new();
    for claim in claims {
        facts.entry(graph.fact_of(claim)).or_default().push(claim);
    }
    let mut ordered: Vec<(FactIndex, Vec<ClaimIndex>)> = facts.into_iter().collect();
    for (_, claims) in &mut ordered {
        claims.sort_by_key(|&claim| (time(claim), claim));
    }
    ordered.sort_by_key(|(_, claims)| claims.first().map(|&claim| (time(claim), claim)));
    ordered
        .into_iter()
        .map(|(fact, claims)| {
            *number += 1;
            Statement {
                number: *number,
                fact,
                claims,
            }
        })
        .collect()
}
