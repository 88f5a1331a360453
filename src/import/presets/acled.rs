//! ACLED: actors with interaction codes, event and sub-event types, several sources in one cell.

use crate::import::claims::Said;
use crate::import::desk::Desk;
use crate::import::entities::{AGENT, ARMED, FORCE, PEOPLE, Sort};
use crate::import::layout::{Fault, Role, Row};
use crate::text::fold;

/// Interaction codes, by number and by word.
const INTERACTIONS: &[(&str, &str, Sort)] = &[
    ("1", "state forces", FORCE),
    ("2", "rebel", ARMED),
    ("3", "political militia", ARMED),
    ("4", "identity militia", ARMED),
    ("5", "rioters", PEOPLE),
    ("6", "protesters", PEOPLE),
    ("7", "civilians", PEOPLE),
    ("8", "external", FORCE),
];

fn sort(code: Option<&str>) -> Sort {
    let code = code.unwrap_or("").to_lowercase();
    let known = INTERACTIONS
        .iter()
        .find(|(number, word, _)| code == *number || code.starts_with(word));
    known.map_or(AGENT, |(_, _, sort)| *sort)
}

/// The country of an actor, where its name says that it is the one where it happened: *Protesters (Nigeria)*.
fn within<'c>(name: &str, country: Option<&'c str>) -> Option<&'c str> {
    let (_, said) = name.strip_suffix(')')?.rsplit_once('(')?;
    country.filter(|country| fold::key(country) == fold::key(said))
}

pub(in crate::import) fn read(desk: &mut Desk, row: Row<'_>) -> Result<(), Fault> {
    let named = desk.name(row)?;
    row.needed(Role::Date)?;
    let when = desk.when(row)?;
    let subject = row.needed(Role::Subject)?;
    let object = row.text(Role::Object)?;
    let kind = row.needed(Role::RelationCode)?;
    let sub = row.text(Role::Relation)?;
    let country = row.text(Role::Country)?;
    let inside = [
        country,
        row.text(Role::Province)?,
        row.text(Role::District)?,
        row.text(Role::City)?,
        row.text(Role::Place)?,
    ];
    let codes = [row.text(Role::SubjectType)?, row.text(Role::ObjectType)?];
    let inside: Vec<&str> = inside.into_iter().flatten().collect();
    let place = country.and_then(|_| desk.entities.place(&inside));
    // A protest, a bombardment without a victim that is named: what somebody did there.
    let object = match (object, place) {
        (Some(object), _) => desk
            .entities
            .actor(object, within(object, country), || sort(codes[1])),
        (None, Some(place)) => place,
        (None, None) => return Err(Fault::LeftOut("they name one actor and no place")),
    };
    let subject = desk
        .entities
        .actor(subject, within(subject, country), || sort(codes[0]));
    let relation = desk.acled(kind, sub);
    desk.sources(row)?;
    let said = Said {
        subject,
        relation,
        object,
        place,
        when,
    };
    desk.push(said, named)
}
