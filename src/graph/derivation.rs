//! What a fact rests on, as a tree: each claim, the sources that speak of it, and behind each source whoever it has it
//! from, to the origins.

use super::{AgentIndex, ClaimIndex, Graph, Provenance, SourceIndex, Status};
use crate::model::{How, Stance};
use std::collections::BTreeSet;

/// So many steps behind a source are followed.
const DEEPEST: usize = 24;

/// What claims of one fact rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    /// Each claim with what it rests on, in the order given.
    pub claims: Vec<ClaimDerivation>,
    /// The status of the claims whose sources and origins are counted: affirmed if there is such a claim, else that of
    /// the first.
    pub counted: Status,
    /// How many claims that are.
    pub counted_claims: usize,
    /// The sources that carry those, each once, sorted.
    pub sources: Vec<SourceIndex>,
    /// The origins behind them, each once, sorted.
    pub origins: Vec<AgentIndex>,
}

/// What one claim rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimDerivation {
    /// The claim.
    pub claim: ClaimIndex,
    /// Its links, each before those that it leads to.
    pub links: Vec<Link>,
}

/// One link of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// How far from the claim: 1 for its sources.
    pub depth: usize,
    /// Who or what.
    pub agent: AgentIndex,
    /// What joins it to the link before.
    pub through: Through,
    /// What becomes of the chain there.
    pub end: End,
}

/// What joins a link to the one that leads to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Through {
    /// It is the source of this piece of evidence (by its number).
    Evidence(u32, Stance),
    /// It is whom the link before names as saying so.
    Says,
    /// It is what the source before leans on.
    Leans(How),
    /// It is the outlet of the source before, which leans on nothing.
    Outlet,
}

/// What becomes of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It goes on.
    No,
    /// This is an origin.
    Origin,
    /// What follows stands in the tree of this claim already.
    Again,
    /// The chain has come back to a source that it has passed.
    Circle,
    /// It goes on for longer than is followed.
    Cut,
}

impl Derivation {
    /// What these claims of one fact rest on, as the sources stand in `standing`.
    #[must_use]
    pub fn of(graph: &Graph, standing: &Provenance, claims: &[ClaimIndex]) -> Self {
        let status = |&claim: &ClaimIndex| standing.status(claim);
        let affirmed = claims
            .iter()
            .map(status)
            .find(|&one| one == Status::Affirmed);
        let first = claims.first().map_or(Status::Ignored, status);
        let counted = affirmed.unwrap_or(first);
        let of_status = || claims.iter().filter(|claim| status(claim) == counted);
        let sources: BTreeSet<_> = of_status().flat_map(|&c| standing.sources(c)).collect();
        let origins: BTreeSet<_> = of_status().flat_map(|&c| standing.origins(c)).collect();
        Self {
            sources: sources.into_iter().copied().collect(),
            origins: origins.into_iter().copied().collect(),
            counted,
            counted_claims: of_status().count(),
            claims: claims
                .iter()
                .map(|&claim| ClaimDerivation {
                    claim,
                    links: links(graph, standing, claim),
                })
                .collect(),
        }
    }
}

fn links(graph: &Graph, standing: &Provenance, claim: ClaimIndex) -> Vec<Link> {
    let agents = graph.agents();
    let mut tracer = Tracer {
        graph,
        standing,
        seen: BTreeSet::new(),
        links: Vec::new(),
    };
    for (number, row) in standing.rows(graph, claim) {
        let mut next = Link {
            depth: 1,
            agent: agents.of_source(row.source),
            through: Through::Evidence(number, row.stance),
            end: End::No,
        };
        let mut source = Some(row.source);
        for &speaker in row.speakers {
            tracer.links.push(next);
            source = agents.source_of(speaker);
            next = Link {
                depth: next.depth + 1,
                agent: speaker,
                through: Through::Says,
                end: End::No,
            };
        }
        match source {
            Some(source) => tracer.behind(next, source),
            None => tracer.links.push(Link {
                end: End::Origin,
                ..next
            }),
        }
    }
    tracer.links
}

struct Tracer<'a> {
    graph: &'a Graph,
    standing: &'a Provenance,
    /// Sources that the tree of this claim holds with all behind them.
    seen: BTreeSet<SourceIndex>,
    links: Vec<Link>,
}

impl Tracer<'_> {
    /// Follows what a source derives from; `link` is the source's own.
    fn behind(&mut self, link: Link, source: SourceIndex) {
        let mut open = vec![(link, Some(source))];
        // The sources on the way to the link that is looked at, by depth.
        let mut way: Vec<(usize, SourceIndex)> = Vec::new();
        while let Some((mut link, source)) = open.pop() {
            way.retain(|&(depth, _)| depth < link.depth);
            let next = source.map_or_else(Vec::new, |source| self.behind_source(link, source));
            link.end = match source {
                None => End::Origin,
                Some(source) if way.iter().any(|&(_, passed)| passed == source) => End::Circle,
                Some(_) if next.is_empty() => End::Origin,
                Some(source) if self.seen.contains(&source) => End::Again,
                Some(_) if link.depth >= DEEPEST => End::Cut,
                Some(source) => {
                    self.seen.insert(source);
                    way.push((link.depth, source));
                    open.extend(next.into_iter().rev());
                    End::No
                }
            };
            self.links.push(link);
        }
    }

    /// What a source derives from; failing that its outlet; nothing for one that has neither.
    fn behind_source(&self, link: Link, source: SourceIndex) -> Vec<(Link, Option<SourceIndex>)> {
        let agents = self.graph.agents();
        let below = |agent, through| Link {
            depth: link.depth + 1,
            agent,
            through,
            end: End::No,
        };
        let own = agents.of_source(source);
        let derived = self.graph.source(source).derived_from.iter();
        let mut next: Vec<(Link, Option<SourceIndex>)> = derived
            .filter_map(|from| Some((agents.canonical(agents.find(&from.origin)?), from.how)))
            .filter(|&(agent, _)| agent != own && !self.standing.is_gone(agent))
            .map(|(agent, how)| (below(agent, Through::Leans(how)), agents.source_of(agent)))
            .collect();
        if next.is_empty() {
            let outlet = agents.publication_of(source);
            next.extend(outlet.map(|outlet| (below(outlet, Through::Outlet), None)));
        }
        next
    }
}
