//! Claims listed with numbered sources: by relation and other end, or as sentences.

use super::markup::{Line, Style};
use super::sheet::Sheet;
use super::show::support;
use super::{passages, words};
use crate::graph::{AgentIndex, ClaimIndex, EntityIndex, RelationIndex, SourceIndex};
use crate::query::Engine;
use std::collections::{BTreeMap, BTreeSet};

/// Lists of claims on one page that share their numbered sources.
pub(super) struct Listing<'e> {
    engine: &'e Engine,
    /// The sources in the order of first use.
    pub(super) numbered: Vec<SourceIndex>,
}

/// Claims that read the same.
#[derive(Default)]
struct Merged {
    claims: Vec<ClaimIndex>,
    sources: BTreeSet<SourceIndex>,
    origins: BTreeSet<AgentIndex>,
}

impl<'e> Listing<'e> {
    pub(super) fn new(engine: &'e Engine) -> Self {
        Self {
            engine,
            numbered: Vec::new(),
        }
    }

    /// The claims at whose ends an entity is: a section for each relation and direction, a line for each other end,
    /// place and date.
    pub(super) fn ends(&mut self, sheet: &mut Sheet<'_>, entity: EntityIndex) {
        let graph = &self.engine.graph;
        for (relation, record) in (0..).zip(&graph.records().relations) {
            let of = |claims: &[ClaimIndex]| -> Vec<ClaimIndex> {
                claims
                    .iter()
                    .copied()
                    .filter(|&claim| graph.relation_of(claim) == relation)
                    .collect()
            };
            let (mut from, mut to) = (of(graph.claims_from(entity)), of(graph.claims_to(entity)));
            if record.symmetric {
                to.retain(|claim| !from.contains(claim));
                from.append(&mut to);
            }
            self.group(sheet, entity, relation, &from, true);
            self.group(sheet, entity, relation, &to, false);
        }
    }

    fn group(
        &mut self,
        sheet: &mut Sheet<'_>,
        entity: EntityIndex,
        relation: RelationIndex,
        claims: &[ClaimIndex],
        as_subject: bool,
    ) {
        if claims.is_empty() {
            return;
        }
        let (graph, standing) = (&self.engine.graph, &self.engine.provenance);
        let verb = graph.relation(relation).label();
        let (before, after) = if as_subject {
            ("", " …")
        } else {
            ("… ", "")
        };
        let title = Line::of(Style::Dim, before)
            .with(Style::Verb, &verb)
            .with(Style::Dim, after);
        sheet.section(&title);
        let mut lines: Vec<(String, u32, ClaimIndex, Line)> = claims
            .iter()
            .map(|&claim| {
                let ends = (graph.subject(claim), graph.object(claim));
                let other = if ends.0 == entity { ends.1 } else { ends.0 };
                let name = words::name(graph, other);
                let line = words::cautioned(standing, claim)
                    .with(Style::Name, name)
                    .joined(&words::circumstances(graph, claim));
                let key = crate::text::fold::key(name);
                (key, graph.when(claim), claim, line)
            })
            .collect();
        lines.sort_by(|a, b| (&a.0, a.1, a.2).cmp(&(&b.0, b.1, b.2)));
        let lines: Vec<_> = lines.into_iter().map(|(_, _, c, line)| (c, line)).collect();
        lay(sheet, self.engine, &lines, &mut self.numbered);
    }

    /// A section of sentences in time order; nothing where there is no claim.
    pub(super) fn sentences(&mut self, sheet: &mut Sheet<'_>, title: &str, claims: &[ClaimIndex]) {
        sentences(sheet, self.engine, title, claims, &mut self.numbered);
    }
}

/// A section of sentences in time order, undated ones last; nothing where there is no claim.
fn sentences(
    sheet: &mut Sheet<'_>,
    engine: &Engine,
    title: &str,
    claims: &[ClaimIndex],
    numbered: &mut Vec<SourceIndex>,
) {
    if claims.is_empty() {
        return;
    }
    sheet.section(&Line::of(Style::Heading, title));
    let mut claims = claims.to_vec();
    claims.sort_by_key(|&claim| (engine.graph.when(claim), claim));
    let line = |&claim: &ClaimIndex| {
        let line = words::claim(&engine.graph, &engine.provenance, claim);
        (claim, line)
    };
    let lines: Vec<(ClaimIndex, Line)> = claims.iter().map(line).collect();
    lay(sheet, engine, &lines, numbered);
}

/// Writes the lines, those that read the same once, each with its sources and origins.
fn lay(
    sheet: &mut Sheet<'_>,
    engine: &Engine,
    lines: &[(ClaimIndex, Line)],
    numbered: &mut Vec<SourceIndex>,
) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut merged: Vec<(&Line, Merged)> = Vec::new();
    for (claim, line) in lines {
        let at = *places.entry(line.text()).or_insert_with(|| {
            merged.push((line, Merged::default()));
            merged.len() - 1
        });
        let sources = engine.provenance.sources(*claim);
        merged[at].1.claims.push(*claim);
        merged[at].1.sources.extend(sources);
        merged[at]
            .1
            .origins
            .extend(engine.provenance.origins(*claim));
    }
    for (line, support_of) in merged {
        let sources: Vec<SourceIndex> = support_of.sources.into_iter().collect();
        for &source in &sources {
            if !numbered.contains(&source) {
                numbered.push(source);
            }
        }
        let end = support(&sources, support_of.origins.len(), numbered);
        sheet.line(2, &line.clone().with(Style::Plain, "  ").joined(&end));
        for line in passages::under(engine, &engine.provenance, &support_of.claims, numbered) {
            sheet.line(6, &line);
        }
    }
}
