//! Any list of edges, whose cells are names, or ids that look-up tables explain.

use crate::import::claims::Said;
use crate::import::desk::Desk;
use crate::import::layout::{Fault, Role, Row};

const MISSING: (&str, &str) = (
    "stands in no row of its look-up table",
    "add it there, or take the row out",
);

pub(in crate::import) fn read(desk: &mut Desk, row: Row<'_>) -> Result<(), Fault> {
    evidence(desk, row)?;
    let named = desk.name(row)?;
    let when = desk.when(row)?;
    let subject = end(desk, row, Role::Subject, Role::SubjectType)?;
    let object = end(desk, row, Role::Object, Role::ObjectType)?;
    let relation = match &desk.look_ups.relations {
        Some(keys) => keys.get(row.bytes(Role::Relation).unwrap_or_default()),
        None => Some(desk.relation_named(row.needed(Role::Relation)?, None)),
    };
    let relation = relation.ok_or_else(|| missing(row, Role::Relation))?;
    let place = match row.bytes(Role::Place) {
        Some(_) => Some(end(desk, row, Role::Place, Role::Place)?),
        None => None,
    };
    let said = Said {
        subject,
        relation,
        object,
        place,
        when,
    };
    desk.push(said, named)
}

fn missing(row: Row<'_>, role: Role) -> Fault {
    match row.needed(role) {
        Ok(text) => Fault::bad(role, text, MISSING.0, MISSING.1),
        Err(fault) => fault,
    }
}

/// One of the ends, or the place.
fn end(desk: &mut Desk, row: Row<'_>, role: Role, kind: Role) -> Result<u32, Fault> {
    if let Some(keys) = &desk.look_ups.entities {
        let found = keys.get(row.bytes(role).unwrap_or_default());
        return found.ok_or_else(|| missing(row, role));
    }
    let name = row.needed(role)?;
    if role == Role::Place {
        return Ok(desk.entities.spot(name));
    }
    let word = row.text(kind)?;
    if let Some(known) = desk.entities.known(name, word) {
        return Ok(known);
    }
    let kind = desk.kind_of(word);
    Ok(desk.entities.plain(name, word, kind))
}

/// What the row rests on: pairs of the map, ids or names in a cell.
fn evidence(desk: &mut Desk, row: Row<'_>) -> Result<(), Fault> {
    if let Some(links) = &mut desk.look_ups.links
        && let Some(keys) = &desk.look_ups.sources
    {
        desk.evidence.clear();
        let id = row.bytes(Role::Id).unwrap_or_default();
        links.of(id, keys, &mut desk.evidence, &mut desk.ledger)?;
        return Ok(());
    }
    if desk.look_ups.sources.is_none() {
        return desk.sources(row);
    }
    desk.sources_by_id(row, MISSING)
}
