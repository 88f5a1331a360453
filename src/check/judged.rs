//! Records that judge a contradiction name claims that are there, and of both sides.

use super::Context;
use crate::{
    model::{Judged, Stance, id},
    text::{Diagnostic, Findings, Map, safe::shorten, suggest::suggest},
};

pub(super) const NAMES: &[&str] = &["too-few-claims", "unknown-claim"];

/// For so many ids that do not exist near ones are looked for, each among all claims.
const MOST_SUGGESTIONS: usize = 20;

pub(super) fn run(context: &Context<'_>, found: &mut Findings) {
    let book = context.casebook;
    if book.judged.is_empty() {
        return;
    }
    let ids = id::of_claims(&book.claims);
    let known: Map<&str, usize> = ids.iter().map(String::as_str).zip(0..).collect();
    let mut unknown = 0;
    for record in &book.judged {
        for claim in &record.claims {
            if known.contains_key(claim.as_str()) {
                continue;
            }
            unknown += 1;
            let message = format!("there is no claim `{}`", shorten(claim, 120));
            let problem =
                Diagnostic::error("unknown-claim", message, claim.span).record(record.span);
            let near = if unknown > MOST_SUGGESTIONS {
                Vec::new()
            } else {
                suggest(claim, ids.iter().map(String::as_str))
            };
            let near: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
            found.push(problem.help(if near.is_empty() {
                "`casebook check` prints the record for each contradiction, ready to paste"
                    .to_owned()
            } else {
                format!("did you mean {}?", near.join(" or "))
            }));
        }
        too_few(context, record, &known)
            .into_iter()
            .for_each(|problem| found.push(problem));
    }
}

/// A contradiction has two sides; only a claim that its own evidence both supports and denies has both.
fn too_few(context: &Context<'_>, record: &Judged, known: &Map<&str, usize>) -> Option<Diagnostic> {
    let has_both = |at: &usize| {
        let evidence = &context.casebook.claims[*at].evidence;
        let has = |stance| evidence.iter().any(|it| it.stance == stance);
        has(Stance::Supports) && has(Stance::Denies)
    };
    let enough = match record.claims.as_slice() {
        [] => false,
        [only] => known.get(only.as_str()).is_none_or(has_both),
        [first, rest @ ..] => rest.iter().any(|other| other.value != first.value),
    };
    if enough {
        return None;
    }
    let message = "a contradiction has two sides, and this names the claims of one";
    let place = record.claims.first().map_or(record.span, |it| it.span);
    let problem = Diagnostic::error("too-few-claims", message, place).record(record.span);
    Some(problem.help("list the claims of both sides, as `casebook check` prints them"))
}
