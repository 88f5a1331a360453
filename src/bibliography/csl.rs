//! A source as an item of CSL-JSON, <https://docs.citationstyles.org/en/stable/specification.html>.

use crate::graph::{Graph, SourceIndex};
use crate::model::{Date, Source, SourceType};
use crate::text::safe::json_safe;
use serde_json::{Map, Value, json};

/// The sources as a list of items, in the order given.
pub(super) fn write(graph: &Graph, sources: &[SourceIndex]) -> String {
    let items: Vec<Value> = sources.iter().map(|&source| item(graph, source)).collect();
    let text = serde_json::to_string_pretty(&items).unwrap_or_default();
    json_safe(&text) + "\n"
}

/// A source as an item.
pub(super) fn item(graph: &Graph, source: SourceIndex) -> Value {
    let record = graph.source(source);
    let mut item = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            item.insert(key.to_owned(), value);
        }
    };
    let text = |text: &Option<crate::model::Text>| text.as_ref().map(|text| json!(text.value));
    let outlet = outlet(graph, source);
    let within = is_part(record.source_type.value);
    put("id", Some(json!(record.id.value)));
    put("type", Some(json!(csl_type(record, outlet.is_some()))));
    put("title", Some(json!(record.title.value)));
    let authors: Vec<Value> = record.author.iter().map(|author| name(author)).collect();
    put("author", (!authors.is_empty()).then(|| json!(authors)));
    let container = outlet.as_ref().filter(|_| within).map(|name| json!(name));
    put(
        "container-title",
        text(&record.container_title).or(container),
    );
    let publisher = outlet.as_ref().filter(|_| !within).map(|name| json!(name));
    put("publisher", text(&record.publisher).or(publisher));
    put("issued", record.issued.as_ref().map(|date| csl_date(date)));
    put(
        "accessed",
        record.accessed.as_ref().map(|date| csl_date(date)),
    );
    put("URL", text(&record.url));
    put("language", text(&record.language));
    Value::Object(item)
}

/// The name of the source's publication.
pub(super) fn outlet(graph: &Graph, source: SourceIndex) -> Option<String> {
    let agent = graph.agents().publication_of(source)?;
    Some(graph.agent_name(agent).to_owned())
}

/// Whether a source of this type stands in something larger, so that its publication is what contains it and not who
/// published it.
pub(super) fn is_part(source_type: SourceType) -> bool {
    !matches!(
        source_type,
        SourceType::Bill
            | SourceType::Book
            | SourceType::Dataset
            | SourceType::Document
            | SourceType::LegalCase
            | SourceType::Legislation
            | SourceType::Manuscript
            | SourceType::PersonalCommunication
            | SourceType::Report
            | SourceType::Thesis
            | SourceType::Treaty
    )
}

/// CSL's name of a type. What is only known to be an article is an article of a magazine, or a document where it has
/// no outlet: styles and reference managers take CSL's `article` for a preprint, which would be untrue.
fn csl_type(source: &Source, has_outlet: bool) -> &'static str {
    match source.source_type.value {
        SourceType::Article if has_outlet || source.container_title.is_some() => "article-magazine",
        SourceType::Article | SourceType::Document => "document",
        SourceType::ArticleJournal => "article-journal",
        SourceType::ArticleMagazine => "article-magazine",
        SourceType::ArticleNewspaper => "article-newspaper",
        SourceType::Bill => "bill",
        SourceType::Book => "book",
        SourceType::Broadcast => "broadcast",
        SourceType::Chapter => "chapter",
        SourceType::Dataset => "dataset",
        SourceType::Hearing => "hearing",
        SourceType::Interview => "interview",
        SourceType::LegalCase => "legal_case",
        SourceType::Legislation => "legislation",
        SourceType::Manuscript => "manuscript",
        SourceType::Map => "map",
        SourceType::PaperConference => "paper-conference",
        SourceType::PersonalCommunication => "personal_communication",
        SourceType::Post => "post",
        SourceType::PostWeblog => "post-weblog",
        SourceType::Report => "report",
        SourceType::Speech => "speech",
        SourceType::Thesis => "thesis",
        SourceType::Treaty => "treaty",
        SourceType::Webpage => "webpage",
    }
}

/// An author: `Family, Given` in two parts, anything else as it stands. Which part of a name is the family's is not
/// guessed.
fn name(author: &str) -> Value {
    match author.split_once(',') {
        Some((family, given)) if !family.trim().is_empty() && !given.trim().is_empty() => {
            json!({"family": family.trim(), "given": given.trim()})
        }
        _ => json!({"literal": author}),
    }
}

/// A date as CSL has it: up to two days, months or years, a season, or else the EDTF text as a literal.
fn csl_date(date: &Date) -> Value {
    let ends: Option<Vec<Vec<i64>>> = date.edtf.split('/').map(date_parts).collect();
    let Some(mut ends) = ends.filter(|ends| ends.len() <= 2) else {
        return json!({"literal": date.edtf});
    };
    let mut value = Map::new();
    if let [only] = ends.as_mut_slice()
        && let Some(season @ 21..=24) = only.get(1).copied()
    {
        only.truncate(1);
        value.insert("season".to_owned(), json!(season - 20));
    }
    if ends
        .iter()
        .any(|end| end.get(1).is_some_and(|month| *month > 12))
    {
        return json!({"literal": date.edtf});
    }
    value.insert("date-parts".to_owned(), json!(ends));
    if date.qualified {
        value.insert("circa".to_owned(), json!(true));
    }
    Value::Object(value)
}

/// `2025-11~` as `[2025, 11]`; nothing for what is no plain year, month or day.
fn date_parts(end: &str) -> Option<Vec<i64>> {
    let digits = end.trim_end_matches(['?', '~', '%']);
    let parts: Option<Vec<i64>> = digits
        .split('-')
        .map(|part| {
            part.bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| part.parse().ok())?
        })
        .collect();
    parts.filter(|parts| (1..=3).contains(&parts.len()))
}
