//! What of a casebook can be used: the records without errors that rest only on such.

use crate::{
    model::{Casebook, Text, id},
    text::{Diagnostic, Set, Severity, Span, Spanned},
};

/// The casebook without the records that an error names, and without those that point to them; and how many of the
/// latter there are. A piece of evidence whose source is left out goes alone, unless its claim has no other.
#[must_use]
pub fn sound(mut casebook: Casebook, diagnostics: &[Diagnostic]) -> (Casebook, usize) {
    let errors = diagnostics
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    let bad: Set<Span> = errors.flat_map(Diagnostic::spoilt).collect();
    if bad.is_empty() {
        return (casebook, 0);
    }
    keep_claim_ids(&mut casebook);
    casebook
        .headers
        .retain(|record| !bad.contains(&record.span));
    casebook.kinds.retain(|record| !bad.contains(&record.span));
    casebook
        .relations
        .retain(|record| !bad.contains(&record.span));
    casebook
        .publications
        .retain(|record| !bad.contains(&record.span));
    casebook
        .sources
        .retain(|record| !bad.contains(&record.span));
    casebook
        .entities
        .retain(|record| !bad.contains(&record.span));
    casebook.claims.retain(|record| !bad.contains(&record.span));
    casebook
        .same_as
        .retain(|record| !bad.contains(&record.span));
    casebook.judged.retain(|record| !bad.contains(&record.span));
    let mut left_out = 0;
    loop {
        let dropped = drop_dependents(&mut casebook);
        left_out += dropped;
        if dropped == 0 {
            return (casebook, left_out);
        }
    }
}

/// Gives every claim the id that it has while all claims are there, so that a bad one moves no other's.
fn keep_claim_ids(casebook: &mut Casebook) {
    let ids = id::of_claims(&casebook.claims);
    for (claim, id) in casebook.claims.iter_mut().zip(ids) {
        let span = claim.subject.span;
        claim.id.get_or_insert_with(|| Spanned::new(id, span));
    }
}

/// One round: takes out what points to a record that is not there; how many records that were.
fn drop_dependents(casebook: &mut Casebook) -> usize {
    let kinds = ids(casebook.kinds.iter().map(|record| &record.id));
    let relations = ids(casebook.relations.iter().map(|record| &record.id));
    let publications = ids(casebook.publications.iter().map(|record| &record.id));
    let sources = ids(casebook.sources.iter().map(|record| &record.id));
    let entities = ids(casebook.entities.iter().map(|record| &record.id));
    let known = |id: &Text| {
        entities.contains(&id.value)
            || publications.contains(&id.value)
            || sources.contains(&id.value)
    };
    let entity = |id: &Text| entities.contains(&id.value);
    let before = casebook.sources.len()
        + casebook.entities.len()
        + casebook.claims.len()
        + casebook.same_as.len();
    casebook.sources.retain(|source| {
        source
            .publication
            .iter()
            .all(|id| publications.contains(&id.value))
            && source
                .derived_from
                .iter()
                .all(|derivation| known(&derivation.origin))
    });
    casebook
        .entities
        .retain(|record| kinds.contains(&record.kind.value) && record.within.iter().all(entity));
    casebook.claims.retain_mut(|claim| {
        claim.evidence.retain(|evidence| {
            sources.contains(&evidence.source.value) && evidence.according_to.iter().all(known)
        });
        let ends = entity(&claim.subject)
            && entity(&claim.object)
            && relations.contains(&claim.relation.value);
        ends && claim.place.iter().chain(&claim.event).all(entity) && !claim.evidence.is_empty()
    });
    casebook.same_as.retain(|record| {
        entity(&record.left)
            && entity(&record.right)
            && record.source.iter().all(|id| sources.contains(&id.value))
    });
    before
        - (casebook.sources.len()
            + casebook.entities.len()
            + casebook.claims.len()
            + casebook.same_as.len())
}

fn ids<'a>(records: impl Iterator<Item = &'a Text>) -> Set<String> {
    records.map(|id| id.value.clone()).collect()
}
