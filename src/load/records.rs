//! The record kinds, field by field. A record with errors is kept all the same, with empty texts for what is missing:
//! so nothing further is said about what points to it. Its errors name it in [`Diagnostic::record`].

use super::{fields::Fields, node::Node, reading::Reading};
use crate::{
    model::{
        Casebook, Claim, Derivation, Entity, Evidence, Header, Judged, Judgement, Kind,
        Publication, Relation, SameAs, Source, SourceType, Stance, StoredText, Text,
    },
    text::{Diagnostic, FileId},
};

/// Adds the record `node` of `file` to the casebook.
pub(super) fn add(
    casebook: &mut Casebook,
    file: FileId,
    text: &str,
    node: Node<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let reading = &mut Reading::new(file, text, &node.range, diagnostics);
    let name = text[node.range.clone()]
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("");
    match name {
        "Casebook" => casebook.headers.extend(header(reading, node)),
        "Kind" => casebook.kinds.extend(kind(reading, node)),
        "Relation" => casebook.relations.extend(relation(reading, node)),
        "Publication" => casebook.publications.extend(publication(reading, node)),
        "Source" => casebook.sources.extend(source(reading, node)),
        "Entity" => casebook.entities.extend(entity(reading, node)),
        "Claim" => casebook.claims.extend(claim(reading, node)),
        "SameAs" => casebook.same_as.extend(same_as(reading, node)),
        "Judged" => casebook.judged.extend(judged(reading, node)),
        _ => {}
    }
}

fn header(reading: &mut Reading<'_>, node: Node<'_>) -> Option<Header> {
    let mut fields = Fields::open(reading, "Casebook", node)?;
    let header = Header {
        span: fields.span,
        format: fields.number("format", 1),
        title: fields.text("title"),
        about: fields.some_text("about"),
        texts: fields.some_text("texts"),
    };
    fields.end();
    Some(header)
}

fn kind(reading: &mut Reading<'_>, node: Node<'_>) -> Option<Kind> {
    let mut fields = Fields::open(reading, "Kind", node)?;
    let kind = Kind {
        span: fields.span,
        id: fields.id("id"),
        plural: fields.text("plural"),
        actor: fields.flag("actor"),
        schema: fields.some_text("schema"),
        about: fields.some_text("about"),
    };
    fields.end();
    Some(kind)
}

fn relation(reading: &mut Reading<'_>, node: Node<'_>) -> Option<Relation> {
    let mut fields = Fields::open(reading, "Relation", node)?;
    let relation = Relation {
        span: fields.span,
        id: fields.id("id"),
        forms: fields.texts("forms"),
        from: fields.ids("from"),
        to: fields.ids("to"),
        be: fields.word_or_default("be"),
        symmetric: fields.flag("symmetric"),
        aspect: fields.word_or_default("aspect"),
        opposite_of: fields.ids("opposite_of"),
        single_valued: fields.some_word("single_valued"),
        exclusive_with: fields.ids("exclusive_with"),
        plover: fields.some_text("plover"),
        ftm: fields.some_text("ftm"),
        about: fields.some_text("about"),
    };
    fields.end();
    Some(relation)
}

fn publication(reading: &mut Reading<'_>, node: Node<'_>) -> Option<Publication> {
    let mut fields = Fields::open(reading, "Publication", node)?;
    let publication = Publication {
        span: fields.span,
        id: fields.id("id"),
        name: fields.text("name"),
        aliases: fields.texts("aliases"),
        reliability: fields.some_word("reliability"),
        url: fields.some_text("url"),
        about: fields.some_text("about"),
    };
    fields.end();
    Some(publication)
}

fn source(reading: &mut Reading<'_>, node: Node<'_>) -> Option<Source> {
    let mut fields = Fields::open(reading, "Source", node)?;
    let source = Source {
        span: fields.span,
        id: fields.id("id"),
        source_type: fields.word("type", SourceType::Document),
        title: fields.text("title"),
        aliases: fields.texts("aliases"),
        author: fields.texts("author"),
        container_title: fields.some_text("container_title"),
        publisher: fields.some_text("publisher"),
        publication: fields.some_id("publication"),
        issued: fields.some_date("issued"),
        accessed: fields.some_date("accessed"),
        url: fields.some_text("url"),
        language: fields.some_text("language"),
        text: fields.some("text", stored_text),
        derived_from: fields.list("derived_from", derivation),
        reliability: fields.some_word("reliability"),
        max_quote: fields.some_number("max_quote"),
        note: fields.some_text("note"),
    };
    fields.end();
    Some(source)
}

fn stored_text(reading: &mut Reading<'_>, node: Node<'_>) -> Option<StoredText> {
    let mut fields = Fields::open(reading, "text", node)?;
    let text = StoredText {
        file: fields.text("file"),
        sha256: fields.text("sha256"),
        normaliser: fields.some_text("normaliser"),
    };
    fields.end();
    Some(text)
}

fn derivation(reading: &mut Reading<'_>, node: Node<'_>) -> Option<Derivation> {
    let mut fields = Fields::open(reading, "derived_from", node)?;
    let derivation = Derivation {
        origin: fields.id("origin"),
        how: fields.word("how", crate::model::How::Cites).value,
    };
    fields.end();
    Some(derivation)
}

fn entity(reading: &mut Reading<'_>, node: Node<'_>) -> Option<Entity> {
    let mut fields = Fields::open(reading, "Entity", node)?;
    let entity = Entity {
        span: fields.span,
        id: fields.id("id"),
        kind: fields.id("kind"),
        name: fields.text("name"),
        aliases: fields.texts("aliases"),
        ids: fields.map("ids"),
        within: fields.ids("within"),
        note: fields.some_text("note"),
    };
    fields.end();
    Some(entity)
}

fn claim(reading: &mut Reading<'_>, node: Node<'_>) -> Option<Claim> {
    let mut fields = Fields::open(reading, "Claim", node)?;
    let claim = Claim {
        span: fields.span,
        id: fields.claim_id("id"),
        subject: fields.id("subject"),
        relation: fields.id("relation"),
        object: fields.id("object"),
        place: fields.some_id("place"),
        event: fields.some_id("event"),
        when: fields.some_date("when"),
        polarity: fields.word_or_default("polarity"),
        actuality: fields.word_or_default("actuality"),
        evidence: all_evidence(&mut fields),
        note: fields.some_text("note"),
    };
    fields.end();
    Some(claim)
}

/// Where every piece of evidence is spoilt one without a source stands in: the claim is not said to have none.
fn all_evidence(fields: &mut Fields<'_, '_, '_>) -> Vec<Evidence> {
    let errors = fields.errors();
    let mut all = fields.list("evidence", evidence);
    if all.is_empty() && fields.errors() > errors {
        let source = Text::new(String::new(), fields.span);
        all.push(Evidence {
            span: fields.span,
            source,
            according_to: Vec::new(),
            stance: Stance::default(),
            at: None,
            digest: None,
            quote: None,
            credibility: None,
            note: None,
        });
    }
    all
}

fn evidence(reading: &mut Reading<'_>, node: Node<'_>) -> Option<Evidence> {
    let mut fields = Fields::open(reading, "evidence", node)?;
    let evidence = Evidence {
        span: fields.span,
        source: fields.id("source"),
        according_to: fields.ids("according_to"),
        stance: fields.word_or_default("stance"),
        at: fields.some_pair("at"),
        digest: fields.some_text("digest"),
        quote: fields.some_text("quote"),
        credibility: fields.some_grade("credibility"),
        note: fields.some_text("note"),
    };
    fields.end();
    Some(evidence)
}

fn same_as(reading: &mut Reading<'_>, node: Node<'_>) -> Option<SameAs> {
    let mut fields = Fields::open(reading, "SameAs", node)?;
    let same_as = SameAs {
        span: fields.span,
        left: fields.id("left"),
        right: fields.id("right"),
        judgement: fields.word("judgement", Judgement::Unsure),
        because: fields.text("because"),
        source: fields.some_id("source"),
    };
    fields.end();
    Some(same_as)
}

fn judged(reading: &mut Reading<'_>, node: Node<'_>) -> Option<Judged> {
    let mut fields = Fields::open(reading, "Judged", node)?;
    let judged = Judged {
        span: fields.span,
        claims: fields.claim_ids("claims"),
        because: fields.text("because"),
    };
    fields.end();
    Some(judged)
}
