//! All that is known of a source or a publication.

use super::markup::{Line, Style};
use super::passages::{graded, place};
use super::sheet::Sheet;
use super::show::said_by;
use super::{Screen, evidence, grades, words};
use crate::graph::{AgentIndex, ClaimIndex, SourceIndex};
use crate::query::Engine;

/// All that is known of a source: its record, what it leans on and what leans on it, and every claim it speaks of with
/// the passage.
#[must_use]
pub fn show_source(engine: &Engine, source: SourceIndex, screen: &Screen) -> String {
    let graph = &engine.graph;
    let mut sheet = Sheet::new(screen);
    record(&mut sheet, engine, source);
    let agent = graph.agents().of_source(source);
    leaning(&mut sheet, engine, agent);
    let claims: Vec<ClaimIndex> = (0..graph.claim_count())
        .filter(|&claim| {
            graph
                .evidence()
                .of_claim(claim)
                .any(|(_, row)| row.source == source)
        })
        .collect();
    let title = words::counted(claims.len(), "claim", "claims");
    sheet.section(&Line::of(Style::Heading, &title));
    for claim in claims {
        spoken(&mut sheet, engine, source, claim);
    }
    sheet.paint()
}

/// All that is known of a publication: its record, its sources, what leans on it, and what is claimed according to it.
#[must_use]
pub fn show_publication(engine: &Engine, publication: u32, screen: &Screen) -> String {
    let graph = &engine.graph;
    let record = graph.publication(publication);
    let mut sheet = Sheet::new(screen);
    let title = Line::of(Style::Heading, &record.name)
        .with(Style::Dim, &format!(" · publication · @{}", *record.id));
    sheet.section(&title);
    sheet.list(
        "also called",
        record.aliases.iter().map(|alias| alias.as_str()),
    );
    let grade = record.reliability.as_ref();
    sheet.text(
        "reliability",
        grade.map(|g| format!("{:?}", g.value)).as_deref(),
    );
    sheet.text("url", record.url.as_ref().map(|url| url.as_str()));
    sheet.text("about", record.about.as_ref().map(|about| about.as_str()));
    let Some(agent) = graph.agents().find(&record.id) else {
        return sheet.paint();
    };
    leaning(&mut sheet, engine, agent);
    sheet.section(&Line::of(Style::Heading, "Its sources"));
    for source in 0..source_count(engine) {
        if graph.agents().publication_of(source) == Some(agent) {
            let id = format!("@{}  ", *graph.source(source).id);
            let line = Line::of(Style::Source, &id).joined(&words::source(graph, source));
            sheet.line(2, &line);
        }
    }
    let said = said_by(engine, agent);
    if !said.is_empty() {
        let title = format!("According to {}", *record.name);
        sheet.section(&Line::of(Style::Heading, &title));
        for claim in said {
            sheet.line(2, &words::claim(graph, &engine.provenance, claim));
        }
    }
    sheet.paint()
}

/// How many sources there are.
pub(super) fn source_count(engine: &Engine) -> SourceIndex {
    SourceIndex::try_from(engine.graph.source_count() as usize).unwrap_or(SourceIndex::MAX)
}

fn record(sheet: &mut Sheet<'_>, engine: &Engine, source: SourceIndex) {
    let graph = &engine.graph;
    let record = graph.source(source);
    let title =
        Line::of(Style::Heading, &record.title).with(Style::Dim, &format!(" · @{}", *record.id));
    sheet.section(&title);
    sheet.text("type", Some(&format!("{:?}", record.source_type.value)));
    sheet.list(
        "also called",
        record.aliases.iter().map(|alias| alias.as_str()),
    );
    sheet.list("author", record.author.iter().map(|author| author.as_str()));
    let outlet = graph.agents().publication_of(source);
    sheet.text("publication", outlet.map(|agent| graph.agent_name(agent)));
    sheet.text("in", record.container_title.as_ref().map(|t| t.as_str()));
    sheet.text("publisher", record.publisher.as_ref().map(|t| t.as_str()));
    let date = |date: &crate::text::Spanned<crate::model::Date>| Line::of(Style::Date, &date.edtf);
    sheet.field(
        "issued",
        &record.issued.as_ref().map(date).unwrap_or_default(),
    );
    sheet.field(
        "read",
        &record.accessed.as_ref().map(date).unwrap_or_default(),
    );
    sheet.text("language", record.language.as_ref().map(|t| t.as_str()));
    sheet.text("url", record.url.as_ref().map(|t| t.as_str()));
    sheet.text("reliability", Some(&grades::reliability(graph, source)));
    sheet.text("text", record.text.as_ref().map(|text| text.file.as_str()));
    if let Some(document) = engine.passages.document(graph, source) {
        for remark in document.remarks() {
            sheet.field("", &Line::of(Style::Mark, &remark));
        }
    }
    for derivation in &record.derived_from {
        let name = graph.agents().find(&derivation.origin);
        let name = name.map_or(derivation.origin.as_str(), |agent| graph.agent_name(agent));
        let how = format!("{:?}", derivation.how).to_lowercase();
        sheet.text("leans on", Some(&format!("{name} ({how})")));
    }
    sheet.text("note", record.note.as_ref().map(|t| t.as_str()));
}

/// The sources that derive directly from an agent.
fn leaning(sheet: &mut Sheet<'_>, engine: &Engine, agent: AgentIndex) {
    let graph = &engine.graph;
    for source in 0..source_count(engine) {
        if graph.agents().derived_from(source).contains(&agent) {
            sheet.field("leaned on by", &words::source(graph, source));
        }
    }
}

/// A claim, and where and how the source speaks of it.
fn spoken(sheet: &mut Sheet<'_>, engine: &Engine, source: SourceIndex, claim: ClaimIndex) {
    let (graph, standing) = (&engine.graph, &engine.provenance);
    sheet.line(2, &words::claim(graph, standing, claim));
    let records = &graph.claim(claim).evidence;
    let rows = graph.evidence().of_claim(claim).zip(records);
    for (number, ((_, row), record)) in (0..).zip(rows) {
        if row.source != source {
            continue;
        }
        let facts = [
            evidence::stance(row.stance).to_owned(),
            evidence::speakers(graph, row.speakers),
            place(engine, source, record),
            record
                .credibility
                .as_ref()
                .map_or_else(String::new, |grade| format!("credibility {}", grade.value)),
        ];
        let facts: Vec<String> = facts.into_iter().filter(|f| !f.is_empty()).collect();
        sheet.line(6, &Line::of(Style::Dim, &facts.join(" · ")));
        let passage = engine.passages.of(graph, claim, number);
        if let Some(passage) = passage.filter(|_| engine.passages.are_shown()) {
            sheet.line(6, &graded(passage));
        }
    }
}
