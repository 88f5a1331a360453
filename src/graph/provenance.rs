//! What claims rest on: evidence, its sources and speakers, the origins behind them, and what is left of all that when
//! some sources are ignored.

use super::agents::{AgentIndex, Agents};
use super::evidence::unless_zero;
use super::{ClaimIndex, EvidenceRow, Graph, SourceIndex, count};
use crate::columns::{Column, Damaged, File, Lists, Problem, SparseLists, Writer, throw};
use crate::model::{Actuality, Polarity, Stance};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How a claim stands. Each claim has exactly one status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It answers a plain question: affirmed, occurred or ongoing, and some evidence supports it.
    Affirmed,
    /// Supported, but only planned.
    Planned,
    /// Supported, but only expected.
    Expected,
    /// Supported, but cancelled.
    Cancelled,
    /// Supported, but only alleged.
    Alleged,
    /// A source says that it is not so.
    Negated,
    /// Nothing supports it and somebody denies it.
    Denied,
    /// Nothing supports or denies it; it is only spoken of.
    Mentioned,
    /// All its evidence is ignored.
    Ignored,
}

impl Status {
    /// Every status that a footer can count, in its order.
    pub const HELD_BACK: [Self; 7] = [
        Self::Planned,
        Self::Expected,
        Self::Cancelled,
        Self::Alleged,
        Self::Denied,
        Self::Negated,
        Self::Mentioned,
    ];

    const ALL: [Self; 9] = [
        Self::Affirmed,
        Self::Planned,
        Self::Expected,
        Self::Cancelled,
        Self::Alleged,
        Self::Negated,
        Self::Denied,
        Self::Mentioned,
        Self::Ignored,
    ];

    /// The word that questions and answers use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Affirmed => "affirmed",
            Self::Planned => "planned",
            Self::Expected => "expected",
            Self::Cancelled => "cancelled",
            Self::Alleged => "alleged",
            Self::Negated => "negated",
            Self::Denied => "denied",
            Self::Mentioned => "mentioned",
            Self::Ignored => "ignored",
        }
    }
}

/// Where the origins of a piece of evidence are looked for.
enum Innermost {
    /// In what this source derives from.
    Source(SourceIndex),
    /// Nowhere else: this speaker is the origin.
    Speaker(AgentIndex),
}

fn innermost(agents: &Agents, row: EvidenceRow<'_>) -> Innermost {
    let Some(&speaker) = row.speakers.last() else {
        return Innermost::Source(row.source);
    };
    let source = agents.source_of(speaker);
    source.map_or(Innermost::Speaker(speaker), Innermost::Source)
}

/// How every claim stands once some agents are ignored: status, sources, origins. With nobody ignored it is the
/// standing of the casebook itself.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Per claim: its status, and whether it is disputed or a denial; empty where all are affirmed, and none is either.
    standing: Column<u8>,
    /// Whether some claim is neither affirmed nor ignored.
    holds_back: bool,
    sources: Lists,
    origins: Lists,
    /// The claims that some kept evidence denies.
    deniers: SparseLists,
    origins_of_deniers: SparseLists,
    /// Per piece of evidence; `None` where all is kept.
    kept: Option<Vec<bool>>,
    /// Per source.
    roots: Lists,
    /// Per agent; `None` where none is gone.
    gone: Option<Vec<bool>>,
}

/// Bits beside the status.
const DISPUTED: u8 = 0x10;
const DENIAL: u8 = 0x20;
const STATUS: u8 = 0x0f;

impl Provenance {
    /// The standing of every claim of `graph` when `ignored` and all that derives only from it are not there.
    #[must_use]
    pub fn of(graph: &Graph, ignored: &BTreeSet<AgentIndex>) -> Self {
        Self::under(graph, ignored, &|_| true)
    }

    /// The same when of the evidence only what `admits` lets pass is there.
    #[must_use]
    pub fn under(
        graph: &Graph,
        ignored: &BTreeSet<AgentIndex>,
        admits: &dyn Fn(&EvidenceRow) -> bool,
    ) -> Self {
        let (agents, table) = (graph.agents(), graph.evidence());
        let fallen = agents.fallen(ignored);
        let gone = |agent: AgentIndex| {
            let falls = |source| fallen[source as usize];
            ignored.contains(&agent) || agents.source_of(agent).is_some_and(falls)
        };
        let is_kept = |row: EvidenceRow<'_>| {
            !fallen[row.source as usize]
                && !row.speakers.iter().any(|&speaker| gone(speaker))
                && admits(&row)
        };
        let roots = (0..count(fallen.len())).map(|source| agents.roots(source, &gone));
        let mut found = Self {
            roots: Lists::from_lists(roots),
            kept: unless_all(
                (0..count(table.len())).map(|row| is_kept(table.row(row))),
                true,
            ),
            gone: match ignored.is_empty() {
                true => None,
                false => unless_all((0..count(agents.len())).map(gone), false),
            },
            ..Self::default()
        };
        found.weigh(graph);
        found
    }

    /// Finds how each claim stands, once it is known what of the evidence is there.
    fn weigh(&mut self, graph: &Graph) {
        let claims = graph.claim_count();
        let mut standing = Vec::with_capacity(claims as usize);
        let (mut sources, mut origins) = (Growing::default(), Growing::default());
        let (mut denied, mut deniers, mut behind) =
            (Vec::new(), Growing::default(), Growing::default());
        let mut rows = Vec::new();
        for claim in 0..claims {
            rows.clear();
            rows.extend(self.rows(graph, claim).map(|(_, row)| row));
            let has = |stance| rows.iter().any(|row| row.stance == stance);
            let (supports, denies) = (has(Stance::Supports), has(Stance::Denies));
            let status = if supports {
                supported(graph, claim)
            } else if denies {
                Status::Denied
            } else if rows.is_empty() {
                Status::Ignored
            } else {
                Status::Mentioned
            };
            let carrying = match (supports, denies) {
                (true, _) => Stance::Supports,
                (false, true) => Stance::Denies,
                (false, false) => Stance::Mentions,
            };
            self.gather(graph, &rows, carrying, &mut sources, &mut origins);
            if denies {
                denied.push(claim);
                self.gather(graph, &rows, Stance::Denies, &mut deniers, &mut behind);
            }
            let denial = match status {
                Status::Negated | Status::Denied => true,
                Status::Affirmed | Status::Alleged => denies,
                // Who denies a plan denies the plan, not what was planned.
                _ => false,
            };
            standing.push(status as u8 | if denial { DENIAL } else { 0 });
        }
        let is = |standing: u8, status: Status| standing & STATUS == status as u8;
        let affirms = |&one: &u8| is(one, Status::Affirmed) || is(one, Status::Ignored);
        self.holds_back = !standing.iter().all(affirms);
        if standing.iter().any(|standing| standing & DENIAL != 0) {
            for claim in 0..claims {
                let fact = graph.claims_of_fact(graph.fact_of(claim)).iter();
                let mut denials = fact.filter(|&&other| standing[other as usize] & DENIAL != 0);
                if is(standing[claim as usize], Status::Affirmed) && denials.next().is_some() {
                    standing[claim as usize] |= DISPUTED;
                }
            }
        }
        self.standing = unless_zero(standing);
        (self.sources, self.origins) = (sources.lists(), origins.lists());
        self.deniers = SparseLists::new(denied.clone(), deniers.lists());
        self.origins_of_deniers = SparseLists::new(denied, behind.lists());
    }

    /// Adds the sources of the evidence of one stance, and the origins behind them.
    fn gather(
        &self,
        graph: &Graph,
        rows: &[EvidenceRow<'_>],
        stance: Stance,
        sources: &mut Growing,
        origins: &mut Growing,
    ) {
        for row in rows.iter().filter(|row| row.stance == stance) {
            sources.items.push(row.source);
            match innermost(graph.agents(), *row) {
                Innermost::Source(source) => origins.items.extend_from_slice(self.roots.of(source)),
                Innermost::Speaker(speaker) => origins.items.push(speaker),
            }
        }
        sources.end_list();
        origins.end_list();
    }

    /// The evidence of a claim that is there, with its numbers, in the order of its record.
    pub fn rows<'a>(
        &'a self,
        graph: &'a Graph,
        claim: ClaimIndex,
    ) -> impl Iterator<Item = (u32, EvidenceRow<'a>)> + Clone {
        let rows = graph.evidence().of_claim(claim);
        rows.filter(|&(row, _)| self.is_kept(row))
    }

    /// The evidence that carries a claim: what supports it; failing that, what denies it; failing that, all that speaks
    /// of it.
    pub fn carrying<'a>(
        &'a self,
        graph: &'a Graph,
        claim: ClaimIndex,
    ) -> impl Iterator<Item = (u32, EvidenceRow<'a>)> + Clone {
        let rows = self.rows(graph, claim);
        let carries = [Stance::Supports, Stance::Denies, Stance::Mentions]
            .into_iter()
            .find(|&stance| rows.clone().any(|(_, row)| row.stance == stance));
        rows.filter(move |(_, row)| Some(row.stance) == carries)
    }

    /// What a piece of evidence that is there ultimately rests on: its innermost speaker, else the roots of what its
    /// source derives from.
    #[must_use]
    pub fn origins_of(&self, agents: &Agents, row: EvidenceRow<'_>) -> Vec<AgentIndex> {
        match innermost(agents, row) {
            Innermost::Source(source) => self.roots.of(source).to_vec(),
            Innermost::Speaker(speaker) => vec![speaker],
        }
    }

    /// All according to whom it is, sorted: its speakers, and the entities among its origins, for what a source has
    /// from somebody is on his word, though no speaker is named.
    #[must_use]
    pub fn voices(&self, agents: &Agents, row: EvidenceRow<'_>) -> Vec<AgentIndex> {
        let is_entity =
            |agent: &AgentIndex| matches!(agents.referent(*agent), super::Referent::Entity(_));
        let origins = self.origins_of(agents, row).into_iter().filter(is_entity);
        let mut voices: Vec<AgentIndex> = row.speakers.iter().copied().chain(origins).collect();
        voices.sort_unstable();
        voices.dedup();
        voices
    }

    /// How a claim stands.
    #[must_use]
    #[inline]
    pub fn status(&self, claim: ClaimIndex) -> Status {
        let status = self.standing.find(claim as usize).unwrap_or(0) & STATUS;
        let known = Status::ALL.get(usize::from(status)).copied();
        known.unwrap_or_else(|| throw(Damaged { block: None }))
    }

    /// Whether some claim is neither affirmed nor ignored.
    #[must_use]
    #[inline]
    pub fn holds_back(&self) -> bool {
        self.holds_back
    }

    /// Whether every claim is affirmed, and none is disputed.
    #[must_use]
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.standing.is_empty()
    }

    /// Whether a claim answers, and other evidence about the same fact denies it.
    #[must_use]
    #[inline]
    pub fn is_disputed(&self, claim: ClaimIndex) -> bool {
        self.standing.find(claim as usize).unwrap_or(0) & DISPUTED != 0
    }

    /// Whether some source says outright, by this claim, that it did not happen: a negated claim, a denied one, or one
    /// that some evidence denies.
    #[must_use]
    pub fn is_denial(&self, claim: ClaimIndex) -> bool {
        self.standing.find(claim as usize).unwrap_or(0) & DENIAL != 0
    }

    /// The sources that carry a claim, sorted: those that support it; failing that, that deny it; failing that, that
    /// speak of it.
    #[must_use]
    #[inline]
    pub fn sources(&self, claim: ClaimIndex) -> &[SourceIndex] {
        self.sources.of(claim)
    }

    /// The independent origins behind those sources, sorted: the innermost speaker where the evidence names one, else
    /// the roots of what the source derives from.
    #[must_use]
    #[inline]
    pub fn origins(&self, claim: ClaimIndex) -> &[AgentIndex] {
        self.origins.of(claim)
    }

    /// Whether some evidence denies a claim, whatever else supports it.
    #[must_use]
    pub fn has_deniers(&self, claim: ClaimIndex) -> bool {
        self.deniers.has(claim)
    }

    /// The sources by which a claim is denied, sorted.
    #[must_use]
    pub fn denying_sources(&self, claim: ClaimIndex) -> &[SourceIndex] {
        self.deniers.of(claim)
    }

    /// The independent origins behind those sources, sorted.
    #[must_use]
    pub fn denying_origins(&self, claim: ClaimIndex) -> &[AgentIndex] {
        self.origins_of_deniers.of(claim)
    }

    /// Whether an agent is ignored, or is a source that falls with what is.
    #[must_use]
    pub fn is_gone(&self, agent: AgentIndex) -> bool {
        self.gone.as_ref().is_some_and(|gone| gone[agent as usize])
    }

    /// Whether a piece of evidence (by its number in the [`EvidenceTable`](super::EvidenceTable)) is there: not ignored, and admitted.
    #[must_use]
    pub fn is_kept(&self, evidence: u32) -> bool {
        self.kept
            .as_ref()
            .is_none_or(|kept| kept[evidence as usize])
    }

    pub(crate) fn write<'a>(&'a self, file: &mut Writer<'a>) {
        file.bytes("standing", self.standing.all());
        file.owned("standing.holds-back", vec![u8::from(self.holds_back)]);
        self.sources.write("standing.sources", file);
        self.origins.write("standing.origins", file);
        self.deniers.write("deniers", file);
        self.origins_of_deniers.write("deniers.origins", file);
        self.roots.write("source.roots", file);
    }

    /// The standing with nobody ignored, as it was written.
    pub(crate) fn mapped(file: &Arc<File>) -> Result<Self, Problem> {
        let holds_back: Column<u8> = file.column("standing.holds-back")?;
        Ok(Self {
            standing: file.column("standing")?,
            holds_back: holds_back.find(0) != Some(0),
            sources: Lists::mapped(file, "standing.sources")?,
            origins: Lists::mapped(file, "standing.origins")?,
            deniers: SparseLists::mapped(file, "deniers")?,
            origins_of_deniers: SparseLists::mapped(file, "deniers.origins")?,
            roots: Lists::mapped(file, "source.roots")?,
            kept: None,
            gone: None,
        })
    }
}

/// Lists of unique items in the making.
struct Growing {
    items: Vec<u32>,
    offsets: Vec<u32>,
}

impl Default for Growing {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            offsets: vec![0],
        }
    }
}

impl Growing {
    /// Sorts what has come to the list, and leaves each of it once.
    fn end_list(&mut self) {
        let from = self.offsets.last().map_or(0, |&from| from as usize);
        let list = &mut self.items[from..];
        if !list.is_sorted_by(|one, other| one < other) {
            list.sort_unstable();
            let mut kept = from;
            for at in from..self.items.len() {
                if at == from || self.items[at] != self.items[kept - 1] {
                    self.items[kept] = self.items[at];
                    kept += 1;
                }
            }
            self.items.truncate(kept);
        }
        self.offsets.push(count(self.items.len()));
    }

    fn lists(self) -> Lists {
        Lists::of_parts(self.offsets, self.items)
    }
}

fn unless_all(bits: impl Iterator<Item = bool>, value: bool) -> Option<Vec<bool>> {
    let bits: Vec<bool> = bits.collect();
    bits.iter().any(|&bit| bit != value).then_some(bits)
}

/// How a claim stands that some evidence supports.
fn supported(graph: &Graph, claim: ClaimIndex) -> Status {
    match (graph.polarity(claim), graph.actuality(claim)) {
        (Polarity::Negated, _) => Status::Negated,
        (Polarity::Affirmed, Actuality::Occurred | Actuality::Ongoing) => Status::Affirmed,
        (Polarity::Affirmed, Actuality::Planned) => Status::Planned,
        (Polarity::Affirmed, Actuality::Expected) => Status::Expected,
        (Polarity::Affirmed, Actuality::Cancelled) => Status::Cancelled,
        (Polarity::Affirmed, Actuality::Alleged) => Status::Alleged,
    }
}
