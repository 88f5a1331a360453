//! An id names one record of its kind, over all files.

use super::{Context, is_malformed};
use crate::{
    model::Text,
    text::{Diagnostic, Findings, Map, Span, safe::shorten},
};

pub(super) const NAMES: &[&str] = &["duplicate-claim-id", "duplicate-id"];

pub(super) fn run(context: &Context<'_>, found: &mut Findings) {
    let book = context.casebook;
    ids(
        "kind",
        book.kinds.iter().map(|record| (&record.id, record.span)),
        found,
    );
    ids(
        "relation",
        book.relations
            .iter()
            .map(|record| (&record.id, record.span)),
        found,
    );
    ids(
        "publication",
        book.publications
            .iter()
            .map(|record| (&record.id, record.span)),
        found,
    );
    ids(
        "source",
        book.sources.iter().map(|record| (&record.id, record.span)),
        found,
    );
    ids(
        "entity",
        book.entities.iter().map(|record| (&record.id, record.span)),
        found,
    );
    claims(context, found);
}

fn ids<'a>(kind: &str, records: impl Iterator<Item = (&'a Text, Span)>, found: &mut Findings) {
    let mut first: Map<&str, Span> = Map::default();
    for (id, record) in records.filter(|(id, _)| !is_malformed(id)) {
        let Some(&before) = first.get(id.as_str()) else {
            first.insert(id, id.span);
            continue;
        };
        let message = format!("the id `{}` names another {kind} already", shorten(id, 60));
        let problem = Diagnostic::error("duplicate-id", message, id.span)
            .label(before, "first here")
            .record(record);
        found.push(problem.help("give this one another id, or join the two records"));
    }
}

/// Ids that claims are given must differ from each other and from those that are made for claims without one.
fn claims(context: &Context<'_>, found: &mut Findings) {
    let claims = &context.casebook.claims;
    let mut made: Map<String, (usize, Span)> = Map::default();
    if claims
        .iter()
        .any(|claim| claim.id.as_ref().is_some_and(|id| id.contains('/')))
    {
        for claim in claims.iter().filter(|claim| claim.id.is_none()) {
            let id = format!(
                "{}/{}/{}",
                claim.subject.value, claim.relation.value, claim.object.value
            );
            made.entry(id).or_insert((0, claim.subject.span)).0 += 1;
        }
    }
    let made_before = |id: &str| {
        let (base, number) = id
            .rsplit_once('~')
            .map_or((id, Some(1)), |(base, number)| (base, number.parse().ok()));
        let (count, span) = made.get(base)?;
        number
            .is_some_and(|number: usize| (1..=*count).contains(&number))
            .then_some(*span)
    };
    let mut given: Map<&str, Span> = Map::default();
    for claim in claims {
        let Some(id) = &claim.id else { continue };
        let before = given.get(id.as_str()).copied().or_else(|| made_before(id));
        if let Some(before) = before {
            let message = format!("the id `{}` names another claim already", shorten(id, 60));
            let problem = Diagnostic::error("duplicate-claim-id", message, id.span)
                .label(before, "first here")
                .record(claim.span);
            found.push(problem.help("give this one another id, or leave the id out: one is made"));
        } else {
            given.insert(id, id.span);
        }
    }
}
