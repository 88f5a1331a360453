//! Which names of an entity come from which record, and what was judged of it and others.

use super::markup::{Line, Style};
use super::sheet::Sheet;
use super::words;
use crate::graph::{EntityIndex, Graph};
use crate::model::{Entity, Judgement, SameAs};

/// Writes, for a canonical entity, the records judged the same with their names, and every judgement with its reason and
/// source.
pub(super) fn write(sheet: &mut Sheet<'_>, graph: &Graph, entity: EntityIndex) {
    for &same in graph
        .judged_same(entity)
        .iter()
        .filter(|&&same| same != entity)
    {
        let other = graph.entity(same);
        sheet.field("same as", &named(other));
        let aliases: Vec<&str> = other.aliases.iter().map(|alias| alias.as_str()).collect();
        if !aliases.is_empty() {
            let line = Line::of(Style::Dim, "also called ");
            sheet.field("", &line.with(Style::Plain, &aliases.join(", ")));
        }
        for (scheme, id) in &other.ids {
            let line = Line::of(Style::Dim, &format!("{} ", scheme.value));
            sheet.field("", &line.with(Style::Plain, id));
        }
        sheet.text("", other.note.as_ref().map(|note| note.as_str()));
    }
    for same in &graph.records().same_as {
        judgement(sheet, graph, entity, same);
    }
}

fn named(entity: &Entity) -> Line {
    Line::plain(&entity.name).with(Style::Dim, &format!(" @{}", *entity.id))
}

/// `judged  @register-ondrel is @ondrel: because … · Paper hulls`
fn judgement(sheet: &mut Sheet<'_>, graph: &Graph, entity: EntityIndex, same: &SameAs) {
    let find = |id: &str| graph.entity_by_id(id);
    let (Some(left), Some(right)) = (find(&same.left), find(&same.right)) else {
        return;
    };
    if ![left, right]
        .iter()
        .any(|&end| graph.canonical(end) == entity)
    {
        return;
    }
    let (label, verb) = match same.judgement.value {
        Judgement::Same => ("judged one", "is"),
        Judgement::Different => ("judged two", "is not"),
        Judgement::Unsure => ("undecided", "may be"),
    };
    let mut line = named(graph.entity(left));
    line.push(Style::Plain, &format!(" {verb} "));
    line.append(&named(graph.entity(right)));
    line.push(Style::Plain, ": ");
    line.push(Style::Plain, &same.because);
    let source = same.source.as_ref().and_then(|id| graph.agents().find(id));
    if let Some(source) = source.and_then(|agent| graph.agents().source_of(agent)) {
        line.push(Style::Dim, " · ");
        line.append(&words::source(graph, source));
    }
    sheet.field(label, &line);
}
