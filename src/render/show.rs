//! All that is known of an entity or a claim.

use super::answer::{footnotes, source_list};
use super::claims::Listing;
use super::markup::{Line, Style};
use super::sheet::Sheet;
use super::{Screen, evidence, identity, tree, words};
use crate::graph::{AgentIndex, ClaimIndex, EntityIndex};
use crate::query::Engine;

/// All that is known of an entity: names, what it lies in, and every claim about it, those that are only planned,
/// alleged, denied … marked, with numbered sources.
#[must_use]
pub fn show_entity(engine: &Engine, entity: EntityIndex, screen: &Screen) -> String {
    let graph = &engine.graph;
    let entity = graph.canonical(entity);
    let mut sheet = Sheet::new(screen);
    record(&mut sheet, engine, entity);
    let mut listing = Listing::new(engine);
    listing.ends(&mut sheet, entity);
    let about =
        |claim: &ClaimIndex| graph.subject(*claim) == entity || graph.object(*claim) == entity;
    let located: Vec<ClaimIndex> = (0..graph.claim_count())
        .filter(|claim| !about(claim) && graph.locations(*claim).binary_search(&entity).is_ok())
        .collect();
    let name = words::name(graph, entity);
    listing.sentences(&mut sheet, &format!("In or at {name}"), &located);
    let speaker = graph.agents().find(&graph.entity(entity).id);
    let said = speaker.map_or_else(Vec::new, |agent| said_by(engine, agent));
    listing.sentences(&mut sheet, &format!("According to {name}"), &said);
    if listing.numbered.is_empty() {
        sheet.section(&Line::plain("No claim in this casebook speaks of it."));
    } else {
        sheet.section(&Line::of(Style::Heading, "Sources"));
        let ends = (0..graph.claim_count()).filter(about);
        let claims = ends.chain(located).chain(said).collect();
        let cited = (&engine.provenance, claims);
        sheet
            .markup
            .append(source_list(engine, &listing.numbered, &cited, screen));
    }
    sheet.paint()
}

/// All that is known of a claim: the sentence, its evidence, and what all claims of its fact rest on.
#[must_use]
pub fn show_claim(engine: &Engine, claim: ClaimIndex, screen: &Screen) -> String {
    let (graph, standing) = (&engine.graph, &engine.provenance);
    let mut sheet = Sheet::new(screen);
    sheet.section(&words::claim(graph, standing, claim));
    evidence::write(&mut sheet, engine, standing, claim, &[], 2);
    let claims = graph.claims_of_fact(graph.fact_of(claim));
    let title = match claims.len() {
        1 => "The one claim of this fact".to_owned(),
        number => format!("The {number} claims of this fact"),
    };
    sheet.section(&Line::of(Style::Heading, &title));
    let label = |one: ClaimIndex| {
        let id = format!("  {}", graph.claim_id(one));
        words::claim(graph, standing, one).with(Style::Dim, &id)
    };
    tree::write(&mut sheet, engine, standing, claims, &[], &label);
    sheet.paint()
}

/// The claims that some evidence gives according to an agent, in order.
pub(super) fn said_by(engine: &Engine, agent: AgentIndex) -> Vec<ClaimIndex> {
    let graph = &engine.graph;
    let agent = graph.agents().canonical(agent);
    (0..graph.claim_count())
        .filter(|&claim| {
            graph
                .evidence()
                .of_claim(claim)
                .any(|(_, row)| row.speakers.contains(&agent))
        })
        .collect()
}

fn record(sheet: &mut Sheet<'_>, engine: &Engine, entity: EntityIndex) {
    let graph = &engine.graph;
    let record = graph.entity(entity);
    let title = Line::of(Style::Heading, &record.name).with(
        Style::Dim,
        &format!(" · {} · @{}", *record.kind, *record.id),
    );
    sheet.section(&title);
    sheet.list(
        "also called",
        record.aliases.iter().map(|alias| alias.as_str()),
    );
    for (scheme, id) in &record.ids {
        sheet.text(scheme, Some(id));
    }
    let within = graph.lies_in(entity).iter().copied();
    let within = within.filter(|&outer| outer != entity);
    sheet.list("within", within.map(|outer| words::name(graph, outer)));
    let holds = graph
        .entities()
        .filter(|&other| other != entity && graph.lies_in(other).contains(&entity));
    sheet.list("holds", holds.map(|inner| words::name(graph, inner)));
    sheet.text("note", record.note.as_ref().map(|note| note.as_str()));
    identity::write(sheet, graph, entity);
}

/// `[1] [2] · 2 origins`.
pub(super) fn support(sources: &[u32], origins: usize, numbered: &[u32]) -> Line {
    let mut line = footnotes(sources, numbered);
    if origins > 1 {
        line.push(Style::Dim, &format!(" · {origins} origins"));
    }
    line
}
