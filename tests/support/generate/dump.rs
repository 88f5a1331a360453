//! A casebook as a file that can be loaded: what a failing test prints.

use casebook::model::*;
use std::fmt::Write as _;

fn list(texts: &[Text]) -> String {
    format!(
        "{:?}",
        texts
            .iter()
            .map(|one| one.value.as_str())
            .collect::<Vec<_>>()
    )
}

fn optional(field: &str, value: Option<&Text>) -> String {
    value.map_or_else(String::new, |value| format!(", {field}: {:?}", value.value))
}

/// All records, in RON.
pub fn dump(book: &Casebook) -> String {
    let mut out = String::from("[\n    Casebook(format: 1, title: \"Generated\"),\n");
    let mut line = |record: String| writeln!(out, "    {record},").unwrap_or_default();
    for kind in &book.kinds {
        let (id, plural) = (&kind.id.value, &kind.plural.value);
        line(format!(
            "Kind(id: {id:?}, plural: {plural:?}, actor: {})",
            kind.actor
        ));
    }
    for relation in &book.relations {
        line(format!(
            "Relation(id: {:?}, forms: {}, from: {}, to: {}, be: {:?}, symmetric: {})",
            relation.id.value,
            list(&relation.forms),
            list(&relation.from),
            list(&relation.to),
            relation.be,
            relation.symmetric
        ));
    }
    for publication in &book.publications {
        line(format!(
            "Publication(id: {:?}, name: {:?})",
            publication.id.value, publication.name.value
        ));
    }
    for source in &book.sources {
        let derived: Vec<String> = source
            .derived_from
            .iter()
            .map(|from| format!("(origin: {:?}, how: {:?})", from.origin.value, from.how))
            .collect();
        line(format!(
            "Source(id: {:?}, type: Article, title: {:?}, aliases: {}{}, derived_from: [{}])",
            source.id.value,
            source.title.value,
            list(&source.aliases),
            optional("publication", source.publication.as_ref()),
            derived.join(", ")
        ));
    }
    for entity in &book.entities {
        line(format!(
            "Entity(id: {:?}, kind: {:?}, name: {:?}, aliases: {}, within: {})",
            entity.id.value,
            entity.kind.value,
            entity.name.value,
            list(&entity.aliases),
            list(&entity.within)
        ));
    }
    for claim in &book.claims {
        line(claim_line(claim));
    }
    for same in &book.same_as {
        line(format!(
            "SameAs(left: {:?}, right: {:?}, judgement: {:?}, because: \"generated\")",
            same.left.value, same.right.value, same.judgement.value
        ));
    }
    out.push_str("]\n");
    out
}

fn claim_line(claim: &Claim) -> String {
    let evidence: Vec<String> = claim
        .evidence
        .iter()
        .map(|evidence| {
            format!(
                "(source: {:?}, according_to: {}, stance: {:?})",
                evidence.source.value,
                list(&evidence.according_to),
                evidence.stance
            )
        })
        .collect();
    let when = claim.when.as_ref();
    format!(
        "Claim(subject: {:?}, relation: {:?}, object: {:?}{}{}{}, polarity: {:?}, actuality: {:?}, evidence: [{}])",
        claim.subject.value,
        claim.relation.value,
        claim.object.value,
        optional("place", claim.place.as_ref()),
        optional("event", claim.event.as_ref()),
        when.map_or_else(String::new, |when| format!(", when: {:?}", when.edtf)),
        claim.polarity,
        claim.actuality,
        evidence.join(", ")
    )
}
