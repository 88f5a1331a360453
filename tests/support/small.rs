//! A small casebook made by hand, to read questions against.

use casebook::graph::Graph;
use casebook::model::{
    Be, Casebook, Entity, Kind, Publication, Relation, Source, SourceType, Text,
};
use casebook::query::vocabulary::Vocabulary;
use casebook::text::{Span, Spanned};

fn text(value: &str) -> Text {
    Spanned::new(value.to_owned(), Span::default())
}

fn texts(values: &[&str]) -> Vec<Text> {
    values.iter().map(|value| text(value)).collect()
}

fn kind(id: &str, plural: &str, actor: bool) -> Kind {
    Kind {
        span: Span::default(),
        id: text(id),
        plural: text(plural),
        actor,
        schema: None,
        about: None,
    }
}

fn relation(id: &str, be: Be, forms: &[&str]) -> Relation {
    Relation {
        span: Span::default(),
        id: text(id),
        forms: texts(forms),
        from: Vec::new(),
        to: Vec::new(),
        be,
        symmetric: false,
        aspect: casebook::model::Aspect::Event,
        opposite_of: Vec::new(),
        single_valued: None,
        exclusive_with: Vec::new(),
        plover: None,
        ftm: None,
        about: None,
    }
}

fn entity(id: &str, kind: &str, name: &str, aliases: &[&str]) -> Entity {
    Entity {
        span: Span::default(),
        id: text(id),
        kind: text(kind),
        name: text(name),
        aliases: texts(aliases),
        ids: Vec::new(),
        within: Vec::new(),
        note: None,
    }
}

fn publication(id: &str, name: &str) -> Publication {
    Publication {
        span: Span::default(),
        id: text(id),
        name: text(name),
        aliases: Vec::new(),
        reliability: None,
        url: None,
        about: None,
    }
}

fn source(id: &str, title: &str, aliases: &[&str]) -> Source {
    Source {
        span: Span::default(),
        id: text(id),
        source_type: Spanned::new(SourceType::Article, Span::default()),
        title: text(title),
        aliases: texts(aliases),
        author: Vec::new(),
        container_title: None,
        publisher: None,
        publication: None,
        issued: None,
        accessed: None,
        url: None,
        language: None,
        text: None,
        derived_from: Vec::new(),
        reliability: None,
        max_quote: None,
        note: None,
    }
}

/// Kinds, relations, entities and sources, without claims.
pub(crate) fn casebook() -> Casebook {
    Casebook {
        kinds: vec![
            kind("person", "people", true),
            kind("public-body", "public bodies", true),
            kind("place", "places", false),
            kind("plan", "plans", false),
            kind("demand", "demands", false),
            kind("event", "events", false),
        ],
        relations: vec![
            relation(
                "met-with",
                Be::Flips,
                &["met", "met with", "meet", "meets", "meet with"],
            ),
            relation("briefed", Be::Flips, &["briefed", "brief", "briefs"]),
            relation("briefed-on", Be::Keeps, &["briefed on"]),
            relation("envoy-of", Be::Keeps, &["envoy of", "represents"]),
            relation("demands", Be::Flips, &["demand", "demands", "demanded"]),
            relation("excluded-from", Be::Keeps, &["excluded from"]),
            relation("denied", Be::Flips, &["denied", "deny", "denies"]),
            relation("connected-to", Be::Keeps, &["connected to"]),
        ],
        publications: vec![
            publication("axios", "Axios"),
            publication("courier", "The Courier"),
        ],
        sources: vec![
            source("secret-talks", "Secret talks in Miami", &["talks scoop"]),
            source("allies-alarmed", "Allies alarmed: “no seat”", &[]),
        ],
        entities: vec![
            entity(
                "witkoff",
                "person",
                "Steve Witkoff",
                &["Witkoff", "the envoy"],
            ),
            entity("dmitriev", "person", "Kirill Dmitriev", &["Dmitriev"]),
            entity("umerov", "person", "Rustem Umerov", &["Umerov"]),
            entity("driscoll", "person", "Dan Driscoll", &["Driscoll"]),
            entity(
                "zelensky",
                "person",
                "Volodymyr Zelensky",
                &["Zelensky", "Zelenskyy"],
            ),
            entity("putin", "person", "Vladimir Putin", &["Putin"]),
            entity("a-source", "person", "a Ukrainian source", &[]),
            entity("turkey", "place", "Türkiye", &["Turkey"]),
            entity("miami", "place", "Miami", &[]),
            entity("us-army", "public-body", "U.S. Army", &[]),
            entity("plan", "plan", "28-point plan", &["plan", "peace plan"]),
            entity("berth-nine", "place", "Berth 9", &[]),
            entity("summit", "event", "Geneva summit", &["summit"]),
            entity("year", "event", "2025", &[]),
        ],
        ..Casebook::default()
    }
}

/// Its vocabulary.
pub(crate) fn vocabulary() -> Vocabulary {
    Vocabulary::of(&Graph::build(casebook()))
}
