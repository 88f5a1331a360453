//! Kinds and relations are used.

use super::{Context, is_malformed};
use crate::text::{Diagnostic, Findings, safe::shorten};
use std::collections::HashSet;

pub(super) const NAMES: &[&str] = &["unused-kind", "unused-relation"];

pub(super) fn run(context: &Context<'_>, found: &mut Findings) {
    let book = context.casebook;
    let used: HashSet<&str> = book
        .claims
        .iter()
        .map(|claim| claim.relation.as_str())
        .collect();
    let kinds: HashSet<&str> = book
        .entities
        .iter()
        .map(|entity| entity.kind.as_str())
        .collect();
    // A casebook that holds no claims yet is a beginning, not an oversight.
    for relation in book.relations.iter().filter(|_| !used.is_empty()) {
        if !used.contains(relation.id.as_str()) && !is_malformed(&relation.id) {
            let message = format!("no claim uses the relation `{}`", shorten(&relation.id, 60));
            found.push(
                Diagnostic::hint("unused-relation", message, relation.id.span)
                    .help("take it out, or keep it for claims to come"),
            );
        }
    }
    for kind in book.kinds.iter().filter(|_| !kinds.is_empty()) {
        if !kinds.contains(kind.id.as_str()) && !is_malformed(&kind.id) {
            let message = format!("no entity is of the kind `{}`", shorten(&kind.id, 60));
            found.push(
                Diagnostic::hint("unused-kind", message, kind.id.span)
                    .help("take it out, or keep it for entities to come"),
            );
        }
    }
}
