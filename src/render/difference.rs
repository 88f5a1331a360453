//! What became different between two casebooks.

use super::markup::{Line, Style};
use super::sheet::Sheet;
use super::{Screen, json, words};
use crate::graph::ClaimIndex;
use crate::query::Engine;
use crate::query::answer::Row;
use crate::review::answers::AnswerChange;
use crate::review::difference::{
    Change, Changes, Difference, EvidenceChange, EvidenceFate, FieldChange,
};
use crate::review::support::{Loss, Support};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The most code points of a field that are shown.
const SHOWN: usize = 160;

/// A casebook and the name it goes by.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// Where it came from.
    pub name: &'a str,
    /// The casebook.
    pub engine: &'a Engine,
}

/// A saved question whose answer became different.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedChange {
    /// The script.
    pub script: String,
    /// Its line, from 1.
    pub line: usize,
    /// The question, in one line.
    pub question: String,
    /// What became different.
    pub change: AnswerChange,
}

/// Saved questions that were asked of both casebooks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SavedChanges {
    /// How many were asked.
    pub asked: usize,
    /// How many of them neither casebook can answer: of these nothing is known.
    pub refused: usize,
    /// Those whose answers became different, in the order of scripts and lines.
    pub changed: Vec<SavedChange>,
}

/// What became different, for people; ends in a line end.
#[must_use]
pub fn difference(
    (old, new): (Named<'_>, Named<'_>),
    difference: &Difference,
    saved: Option<&SavedChanges>,
    screen: &Screen,
) -> String {
    let mut sheet = Sheet::new(screen);
    let title = Line::of(Style::Heading, old.name)
        .with(Style::Plain, " → ")
        .with(Style::Heading, new.name);
    sheet.section(&title);
    let same = difference.is_empty() && saved.is_none_or(|saved| saved.changed.is_empty());
    if same {
        sheet.line(2, &Line::of(Style::Good, "no difference"));
    }
    for (kind, changes) in &difference.records {
        let label = kind.replace('_', " ");
        section(&mut sheet, &label, changes, |id, _| {
            Line::of(Style::Source, &format!("@{id}"))
        });
    }
    let (before, after) = (Claims::of(old.engine), Claims::of(new.engine));
    section(&mut sheet, "claims", &difference.claims, |id, is_new| {
        if is_new { &after } else { &before }.line(id)
    });
    evidence(&mut sheet, &difference.evidence);
    support(&mut sheet, old.engine, &difference.support);
    if let Some(saved) = saved {
        answers(&mut sheet, (old.engine, new.engine), saved);
    }
    sheet.paint()
}

/// The claims of a casebook by id.
struct Claims<'e> {
    engine: &'e Engine,
    by_id: BTreeMap<&'e str, ClaimIndex>,
}

impl<'e> Claims<'e> {
    fn of(engine: &'e Engine) -> Self {
        let all = 0..engine.graph.claim_count();
        Self {
            engine,
            by_id: all
                .map(|claim| (engine.graph.claim_id(claim), claim))
                .collect(),
        }
    }

    /// A claim as a sentence, with its id.
    fn line(&self, id: &str) -> Line {
        let sentence = self
            .by_id
            .get(id)
            .map(|&claim| words::claim(&self.engine.graph, &self.engine.provenance, claim));
        let id = Line::of(Style::Dim, &format!("  {id}"));
        sentence.unwrap_or_default().joined(&id)
    }
}

fn section(
    sheet: &mut Sheet<'_>,
    label: &str,
    changes: &Changes,
    line: impl Fn(&str, bool) -> Line,
) {
    if changes.is_empty() {
        return;
    }
    let counts = [
        (changes.gained.len(), "gained"),
        (changes.lost.len(), "lost"),
        (changes.changed.len(), "changed"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    sheet.section(&Line::of(
        Style::Heading,
        &format!("{label}: {}", counts.join(", ")),
    ));
    for id in &changes.gained {
        sheet.line(2, &Line::of(Style::Good, "+ ").joined(&line(id, true)));
    }
    for id in &changes.lost {
        sheet.line(2, &Line::of(Style::Error, "- ").joined(&line(id, false)));
    }
    for Change { id, fields } in &changes.changed {
        sheet.line(2, &Line::of(Style::Mark, "~ ").joined(&line(id, true)));
        self::fields(sheet, fields);
    }
}

fn fields(sheet: &mut Sheet<'_>, fields: &[FieldChange]) {
    for field in fields {
        let shorten = |text: &str| crate::text::safe::shorten(text, SHOWN);
        let line = Line::of(Style::Dim, &format!("{}  ", field.name))
            .with(Style::Plain, &shorten(&field.before))
            .with(Style::Dim, " → ")
            .with(Style::Plain, &shorten(&field.after));
        sheet.line(6, &line);
    }
}

fn evidence(sheet: &mut Sheet<'_>, changes: &[EvidenceChange]) {
    if changes.is_empty() {
        return;
    }
    let title = words::counted(changes.len(), "change of evidence", "changes of evidence");
    sheet.section(&Line::of(Style::Heading, &title));
    for EvidenceChange {
        claim,
        source,
        change,
    } in changes
    {
        let (style, mark) = match change {
            EvidenceFate::Gained => (Style::Good, "+ "),
            EvidenceFate::Lost => (Style::Error, "- "),
            EvidenceFate::Changed(_) => (Style::Mark, "~ "),
        };
        let line = Line::of(style, mark)
            .with(Style::Source, &format!("@{source}"))
            .with(Style::Plain, " for ")
            .with(Style::Dim, claim);
        sheet.line(2, &line);
        if let EvidenceFate::Changed(changed) = change {
            fields(sheet, changed);
        }
    }
}

fn support(sheet: &mut Sheet<'_>, old: &Engine, lost: &[Support]) {
    let titles = [
        (Loss::Fallen, "that nothing affirms any more", Style::Error),
        (Loss::OneOrigin, "left with one origin", Style::Mark),
    ];
    for (loss, words, style) in titles {
        let facts: Vec<&Support> = lost.iter().filter(|fact| fact.loss == loss).collect();
        if facts.is_empty() {
            continue;
        }
        let title = format!("{} {words}", words::counted(facts.len(), "fact", "facts"));
        sheet.section(&Line::of(Style::Heading, &title));
        for fact in facts {
            let origins = match loss {
                Loss::Fallen => format!("  had {}", fact.before.join(", ")),
                Loss::OneOrigin => {
                    format!(
                        "  had {}; has {}",
                        fact.before.join(", "),
                        fact.after.join(", ")
                    )
                }
            };
            let line = Line::of(style, "- ")
                .joined(&sentence(old, &fact.fact))
                .with(Style::Dim, &origins);
            sheet.line(2, &line);
        }
    }
}

/// A fact by its ids, in words.
fn sentence(engine: &Engine, [subject, relation, object]: &[String; 3]) -> Line {
    let graph = &engine.graph;
    let name = |id: &str| {
        let entity = graph.entity_by_id(id);
        entity.map_or_else(
            || id.to_owned(),
            |entity| words::name(graph, entity).to_owned(),
        )
    };
    let mut relations = graph.records().relations.iter();
    let relation = relations.find(|record| record.id.value == *relation);
    let verb = relation.map_or_else(String::new, crate::model::Relation::label);
    Line::of(Style::Name, &name(subject))
        .with(Style::Plain, " ")
        .with(Style::Verb, &verb)
        .with(Style::Plain, " ")
        .with(Style::Name, &name(object))
}

fn answers(sheet: &mut Sheet<'_>, (old, new): (&Engine, &Engine), saved: &SavedChanges) {
    let asked = words::counted(saved.asked, "saved question", "saved questions");
    let title = match saved.changed.len() {
        0 => format!("no other answer to {asked}"),
        changed => format!("{changed} of {asked} answered differently"),
    };
    sheet.section(&Line::of(Style::Heading, &title));
    if saved.refused > 0 {
        let refused = words::counted(saved.refused, "question", "questions");
        let line = format!("{refused} refused by both casebooks: nothing was compared");
        sheet.line(2, &Line::of(Style::Mark, &line));
    }
    for SavedChange {
        script,
        line,
        question,
        change,
    } in &saved.changed
    {
        let place = Line::of(Style::Dim, &format!("{script}:{line}: "));
        sheet.line(2, &place.with(Style::Plain, question));
        let groups = [
            (Style::Good, "+ ", new, &change.gained),
            (Style::Error, "- ", old, &change.lost),
            (Style::Mark, "~ weakened: ", old, &change.weakened),
        ];
        for (style, mark, engine, rows) in groups {
            for row in rows {
                let row = Line::of(style, mark).with(Style::Plain, &row_text(engine, row));
                sheet.line(4, &row);
            }
        }
        for (was, is) in &change.remarked {
            let line = Line::of(Style::Mark, "~ marked otherwise: ")
                .with(Style::Plain, &row_text(old, was))
                .with(Style::Dim, " → ")
                .with(Style::Plain, &row_text(new, is));
            sheet.line(4, &line);
        }
        if change.notes {
            sheet.line(4, &Line::of(Style::Mark, "~ what stands under the answer"));
        }
        if let Some((before, after)) = &change.refused {
            for (mark, reason) in [("before: ", before), ("now: ", after)] {
                let reason = reason.as_deref().unwrap_or("answered");
                sheet.line(4, &Line::of(Style::Error, mark).with(Style::Plain, reason));
            }
        }
    }
}

/// A row in one line: its values, and how it is marked.
fn row_text(engine: &Engine, row: &Row) -> String {
    let values = row
        .values
        .iter()
        .map(|value| words::value(&engine.graph, value));
    let values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
    let marks = [
        (!row.certain).then_some("not certain"),
        row.disputed.then_some("disputed"),
        row.absence.then_some("by absence"),
    ];
    let marks: Vec<&str> = marks.into_iter().flatten().collect();
    let values = if values.is_empty() {
        "yes".to_owned()
    } else {
        values.join(", ")
    };
    if marks.is_empty() {
        values
    } else {
        format!("{values} ({})", marks.join(", "))
    }
}

/// The same as data.
#[must_use]
pub fn difference_json(
    (old, new): (Named<'_>, Named<'_>),
    difference: &Difference,
    saved: Option<&SavedChanges>,
) -> String {
    let mut data = serde_json::Map::new();
    data.insert("old".to_owned(), json!(old.name));
    data.insert("new".to_owned(), json!(new.name));
    for (kind, changes) in &difference.records {
        data.insert((*kind).to_owned(), changes_json(changes));
    }
    data.insert("claims".to_owned(), changes_json(&difference.claims));
    let evidence: Vec<Value> = difference
        .evidence
        .iter()
        .map(|one| {
            let (change, fields) = match &one.change {
                EvidenceFate::Gained => ("gained", Value::Null),
                EvidenceFate::Lost => ("lost", Value::Null),
                EvidenceFate::Changed(fields) => ("changed", fields_json(fields)),
            };
            json!({"claim": one.claim, "source": one.source, "change": change, "fields": fields})
        })
        .collect();
    data.insert("evidence".to_owned(), json!(evidence));
    let facts: Vec<Value> = difference
        .support
        .iter()
        .map(|one| {
            let [subject, relation, object] = &one.fact;
            json!({
                "subject": subject, "relation": relation, "object": object,
                "loss": one.loss.word(), "origins_before": one.before, "origins_after": one.after,
            })
        })
        .collect();
    data.insert("facts".to_owned(), json!(facts));
    if let Some(saved) = saved {
        let changed: Vec<Value> = saved
            .changed
            .iter()
            .map(|one| saved_json((old.engine, new.engine), one))
            .collect();
        data.insert(
            "questions".to_owned(),
            json!({"asked": saved.asked, "refused_by_both": saved.refused, "changed": changed}),
        );
    }
    json::pretty(&Value::Object(data))
}

fn changes_json(changes: &Changes) -> Value {
    let changed: Vec<Value> = changes
        .changed
        .iter()
        .map(|change| json!({"id": change.id, "fields": fields_json(&change.fields)}))
        .collect();
    json!({"gained": changes.gained, "lost": changes.lost, "changed": changed})
}

fn fields_json(fields: &[FieldChange]) -> Value {
    let value = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    let named = fields.iter().map(|field| {
        let sides = json!({"before": value(&field.before), "after": value(&field.after)});
        (field.name.clone(), sides)
    });
    Value::Object(named.collect())
}

fn saved_json((old, new): (&Engine, &Engine), one: &SavedChange) -> Value {
    let rows = |engine: &Engine, rows: &[Row]| -> Vec<String> {
        rows.iter().map(|row| row_text(engine, row)).collect()
    };
    let change = &one.change;
    json!({
        "script": one.script, "line": one.line, "question": one.question,
        "gained": rows(new, &change.gained),
        "lost": rows(old, &change.lost),
        "weakened": rows(old, &change.weakened),
        "marked_otherwise": change.remarked.iter().map(|(was, is)| {
            json!({"before": row_text(old, was), "after": row_text(new, is)})
        }).collect::<Vec<_>>(),
        "notes_changed": change.notes,
        "refused": change.refused.as_ref().map(|(before, after)| json!({"before": before, "after": after})),
    })
}
