//! Claims fit their relation, rest on evidence, and their evidence and stored texts are well formed.

use super::{Context, head, is_malformed};
use crate::{
    model::{Claim, Entity, Evidence, Relation, Source, Text},
    text::{Diagnostic, Findings, safe::shorten},
};

pub(super) const NAMES: &[&str] = &[
    "claim-without-evidence",
    "credibility-out-of-range",
    "empty-passage",
    "end-not-admitted",
    "malformed-digest",
    "malformed-sha256",
    "quote-too-long",
    "same-as-itself",
];

pub(super) fn run(context: &Context<'_>, found: &mut Findings) {
    for claim in &context.casebook.claims {
        ends(context, claim, found);
        if claim.evidence.is_empty() {
            let problem = Diagnostic::error(
                "claim-without-evidence",
                "this claim rests on nothing",
                head(claim.span, "Claim"),
            );
            found.push(
                problem
                    .record(claim.span)
                    .help("write `evidence: [(source: \"…\")]`"),
            );
        }
        for evidence in &claim.evidence {
            found.extend(
                passage(evidence)
                    .into_iter()
                    .map(|problem| problem.record(claim.span)),
            );
            found.extend(too_long(context, evidence));
        }
    }
    found.extend(context.casebook.sources.iter().filter_map(sha256));
    for same_as in context
        .casebook
        .same_as
        .iter()
        .filter(|same_as| same_as.left.value == same_as.right.value)
    {
        if !is_malformed(&same_as.left) {
            let problem = Diagnostic::warning(
                "same-as-itself",
                "this compares an entity with itself",
                same_as.right.span,
            );
            found.push(
                problem
                    .label(same_as.left.span, "")
                    .help("name two entities, or take the record out"),
            );
        }
    }
}

fn ends(context: &Context<'_>, claim: &Claim, found: &mut Findings) {
    let Some(relation) = context.relations.get(claim.relation.as_str()) else {
        return;
    };
    let entity = |id: &Text| context.entities.get(id.as_str()).copied();
    let (subject, object) = (entity(&claim.subject), entity(&claim.object));
    let fits = |entity: Option<&Entity>, admitted: &[Text]| {
        entity.is_none_or(|entity| admits(context, entity, admitted))
    };
    if relation.symmetric && fits(subject, &relation.to) && fits(object, &relation.from) {
        return;
    }
    let ends = [
        (subject, &relation.from, &claim.subject, "subject", "from"),
        (object, &relation.to, &claim.object, "object", "to"),
    ];
    for (entity, admitted, written, end, field) in ends {
        let Some(entity) = entity.filter(|entity| !admits(context, entity, admitted)) else {
            continue;
        };
        let problem = not_admitted(relation, entity, written, end);
        let list: Vec<String> = admitted
            .iter()
            .map(|kind| format!("`{}`", shorten(kind, 40)))
            .collect();
        let takes = format!("its {end} may be {}", list.join(", "));
        found.push(problem.record(claim.span).help(takes).help(format!(
            "mend the claim, or add the kind to `{field}` of the relation"
        )));
    }
}

fn not_admitted(relation: &Relation, entity: &Entity, written: &Text, end: &str) -> Diagnostic {
    let (verb, id, kind) = (
        shorten(&relation.id, 40),
        shorten(&entity.id, 40),
        shorten(&entity.kind, 40),
    );
    let message = format!("`{verb}` does not take a `{kind}` as its {end}, and `{id}` is one");
    Diagnostic::error("end-not-admitted", message, written.span)
        .label(relation.id.span, "the relation")
}

/// Whether an entity may stand at an end that admits these kinds. Where a kind does not exist it may: that is reported.
fn admits(context: &Context<'_>, entity: &Entity, admitted: &[Text]) -> bool {
    let Some(kind) = context.kinds.get(entity.kind.as_str()) else {
        return true;
    };
    let admits = |end: &Text| match end.as_str() {
        "any" => true,
        "actor" => kind.actor,
        id => id == kind.id.value || !context.kinds.contains_key(id),
    };
    admitted.is_empty() || admitted.iter().any(admits)
}

fn passage(evidence: &Evidence) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(at) = evidence.at.as_ref().filter(|at| at.value.1 <= at.value.0) {
        let (start, end) = at.value;
        let message = format!("the passage ends at {end}, not after its start at {start}");
        found.push(
            Diagnostic::error("empty-passage", message, at.span)
                .help("write `at: (start, end)`; the end is the place after the last character"),
        );
    }
    if let Some(digest) = evidence
        .digest
        .as_ref()
        .filter(|digest| !is_hex(digest, 16))
    {
        let message = format!(
            "`{}` is no digest: 16 hexadecimal digits are",
            shorten(digest, 60)
        );
        found.push(
            Diagnostic::error("malformed-digest", message, digest.span)
                .help("write the first 16 digits, in lower case, of the passage's SHA-256"),
        );
    }
    if let Some(grade) = evidence
        .credibility
        .as_ref()
        .filter(|grade| !(1..=6).contains(&grade.value))
    {
        let message = format!("credibility goes from 1 to 6, found {}", grade.value);
        found.push(
            Diagnostic::error("credibility-out-of-range", message, grade.span)
                .help("1 is confirmed, 5 improbable, 6 cannot be judged"),
        );
    }
    found
}

/// A quotation that reproduces more of its source than the source's record allows.
fn too_long(context: &Context<'_>, evidence: &Evidence) -> Option<Diagnostic> {
    let quote = evidence.quote.as_ref()?;
    let source = context.sources.get(evidence.source.as_str())?;
    let most = source.max_quote.as_ref()?;
    let length = quote.chars().count();
    if length <= usize::try_from(most.value).unwrap_or(usize::MAX) {
        return None;
    }
    let message = format!(
        "the quotation has {length} characters, and `{}` may be quoted with {} at most",
        shorten(&source.id, 40),
        most.value
    );
    let problem = Diagnostic::warning("quote-too-long", message, quote.span)
        .label(most.span, "what the source allows");
    Some(problem.help("write `at` and `digest` in place of `quote`: `casebook cite` makes them"))
}

fn sha256(source: &Source) -> Option<Diagnostic> {
    let digest = &source.text.as_ref()?.sha256;
    if digest.is_empty() || is_hex(digest, 64) {
        return None;
    }
    let message = format!(
        "`{}` is no SHA-256: 64 hexadecimal digits are",
        shorten(digest, 60)
    );
    let problem = Diagnostic::error("malformed-sha256", message, digest.span).record(source.span);
    Some(problem.help("`sha256sum FILE` prints it"))
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
