//! Answers as JSON, for programs. The home of `serde_json` in this layer.

use super::words;
use crate::graph::contradictions::Assertion;
use crate::graph::{ClaimIndex, Graph, Provenance, SourceIndex};
use crate::query::Engine;
use crate::query::answer::{Answer, Row, Step, Value as Cell};
use crate::query::says::who_says_so;
use crate::text::safe::json_safe;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The whole answer as one object.
pub(super) fn object(engine: &Engine, answer: &Answer) -> String {
    let rows: Vec<Value> = answer
        .rows
        .iter()
        .map(|row| row_of(engine, answer, row))
        .collect();
    let notes: Vec<Value> = answer
        .notes
        .iter()
        .map(|note| {
            let counts = note.counts.iter();
            let counts: Map<String, Value> = counts
                .map(|(word, count)| (word.clone(), json!(count)))
                .collect();
            json!({"name": note.name, "text": note.text, "counts": counts})
        })
        .collect();
    pretty(&json!({
        "question": answer.question,
        "columns": answer.columns,
        "rows": rows,
        "notes": notes,
    }))
}

/// One object a row, one row a line.
pub(super) fn lines(engine: &Engine, answer: &Answer) -> String {
    let mut text = String::new();
    for row in &answer.rows {
        text.push_str(&json_safe(&row_of(engine, answer, row).to_string()));
        text.push('\n');
    }
    text
}

/// A value as indented JSON that ends in a line end.
pub(super) fn pretty(value: &Value) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    json_safe(&text) + "\n"
}

fn row_of(engine: &Engine, answer: &Answer, row: &Row) -> Value {
    let standing = words::standing(engine, answer);
    let values: Map<String, Value> = answer
        .columns
        .iter()
        .zip(&row.values)
        .map(|(column, cell)| (column.clone(), value(engine, standing, cell)))
        .collect();
    let claims: Vec<Vec<&str>> = row
        .witnesses
        .iter()
        .map(|claims| claim_ids(engine, claims))
        .collect();
    let status: BTreeSet<_> = row
        .claims()
        .iter()
        .map(|&claim| standing.status(claim))
        .collect();
    let status: Vec<&str> = status.iter().map(|status| status.word()).collect();
    let mut object = json!({
        "values": values,
        "certain": row.certain,
        "disputed": row.disputed,
        "absence": row.absence,
        "status": status,
        "claims": claims,
        "sources": source_ids(engine, &row.sources(standing)),
        "origins": row.origins(standing).len(),
        "according_to": according_to(engine, standing, row),
    });
    if !row.asserted.is_empty() {
        object["judged"] = json!(words::judged(&engine.graph, row.judged));
    }
    if engine.passages.are_shown() {
        object["passages"] = passages(engine, standing, row);
    }
    object
}

/// Who says so: for each source that carries a claim of the row the chains of speakers it names, outermost first, each
/// once; an empty one where it speaks for itself.
fn according_to(engine: &Engine, standing: &Provenance, row: &Row) -> Vec<Value> {
    let graph = &engine.graph;
    let claims = row.claims();
    let carrying = claims
        .iter()
        .flat_map(|&claim| standing.carrying(graph, claim));
    let chains: BTreeSet<_> = carrying
        .map(|(_, row)| (row.source, row.speakers))
        .collect();
    let chains = chains.into_iter().map(|(source, speakers)| {
        let named = speakers.iter();
        let named =
            named.map(|&s| json!({"id": graph.agents().id(s), "name": graph.agent_name(s)}));
        let said = who_says_so(graph, speakers, &graph.source(source).title);
        json!({
            "source": graph.source(source).id.value,
            "chain": named.collect::<Vec<_>>(),
            "who_says_so": Some(said).filter(|said| !said.is_empty()),
        })
    });
    chains.collect()
}

/// The passages that the claims of a row rest on, in the order of claims: only where texts are at hand.
fn passages(engine: &Engine, standing: &Provenance, row: &Row) -> Value {
    let graph = &engine.graph;
    let mut found = Vec::new();
    for claim in row.claims() {
        let records = &graph.claim(claim).evidence;
        let rows = graph.evidence().of_claim(claim).zip(records);
        for (number, ((kept, evidence), record)) in (0..).zip(rows) {
            let passage = engine.passages.of(graph, claim, number);
            let Some(passage) = passage.filter(|_| standing.is_kept(kept)) else {
                continue;
            };
            let at = passage.finding.passage.as_ref();
            found.push(json!({
                "claim": graph.claim_id(claim),
                "source": graph.source(evidence.source).id.value,
                "stance": format!("{:?}", record.stance),
                "grade": passage.finding.grade.word(),
                "at": at.map(|at| [at.start, at.end]),
                "text": passage.text,
                "message": passage.finding.message,
            }));
        }
    }
    Value::Array(found)
}

fn value(engine: &Engine, standing: &Provenance, cell: &Cell) -> Value {
    let graph = &engine.graph;
    match cell {
        Cell::Empty => Value::Null,
        Cell::Entity(entity) => entity_of(engine, *entity),
        Cell::Agent(agent) => {
            json!({"id": graph.agents().id(*agent), "name": graph.agent_name(*agent)})
        }
        Cell::Relation(relation) => {
            let relation = graph.relation(*relation);
            json!({"id": relation.id.value, "name": relation.label()})
        }
        Cell::Date(date) => json!({"edtf": graph.date(*date).edtf}),
        Cell::Number(number) => json!(number),
        Cell::Word(word) => json!(word),
        Cell::Truth(yes) => json!(yes),
        Cell::Side(side) => self::side(graph, side),
        Cell::List(cells) => cells
            .iter()
            .map(|cell| value(engine, standing, cell))
            .collect(),
        Cell::Path(steps) => steps.iter().map(|s| step(engine, standing, s)).collect(),
    }
}

/// A side of a contradiction: the id of its first claim, what that says, and the ids of all.
pub(super) fn side(graph: &Graph, side: &[Assertion]) -> Value {
    let ids: Vec<&str> = side.iter().map(|it| graph.claim_id(it.claim)).collect();
    json!({
        "id": ids.first(),
        "name": words::side(graph, side).text(),
        "claims": ids,
    })
}

fn step(engine: &Engine, standing: &Provenance, step: &Step) -> Value {
    let sources: BTreeSet<SourceIndex> = step
        .claims
        .iter()
        .flat_map(|&claim| standing.sources(claim))
        .copied()
        .collect();
    let sources: Vec<SourceIndex> = sources.into_iter().collect();
    json!({
        "from": entity_of(engine, step.from),
        "relation": engine.graph.relation(step.relation).id.value,
        "to": entity_of(engine, step.to),
        "claims": claim_ids(engine, &step.claims),
        "sources": source_ids(engine, &sources),
    })
}

fn entity_of(engine: &Engine, entity: u32) -> Value {
    let entity = engine.graph.entity(entity);
    json!({"id": entity.id.value, "name": entity.name.value})
}

fn claim_ids<'a>(engine: &'a Engine, claims: &[ClaimIndex]) -> Vec<&'a str> {
    claims
        .iter()
        .map(|&claim| engine.graph.claim_id(claim))
        .collect()
}

fn source_ids<'a>(engine: &'a Engine, sources: &[SourceIndex]) -> Vec<&'a str> {
    sources
        .iter()
        .map(|&source| engine.graph.source(source).id.as_str())
        .collect()
}
