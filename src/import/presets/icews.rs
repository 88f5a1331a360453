//! ICEWS: named actors with sectors, CAMEO codes, stories of publishers.

use crate::import::claims::Said;
use crate::import::desk::Desk;
use crate::import::entities::{
    AGENT, ARMED, COMPANY, FORCE, GOVERNMENT, MEDIA, ORGANISATION, PARTY, PEOPLE, PERSON, Sort,
};
use crate::import::layout::{Fault, Role, Row};

/// The first word that stands in the sectors decides; sectors go from what somebody is to what that is part of.
const SECTORS: &[(&str, Sort)] = &[
    ("media", MEDIA),
    ("news", MEDIA),
    ("rebel", ARMED),
    ("insurgent", ARMED),
    ("separatist", ARMED),
    ("militia", ARMED),
    ("extremist", ARMED),
    ("radical", ARMED),
    ("gang", ARMED),
    ("criminal", ARMED),
    ("paramilitary", ARMED),
    ("police", FORCE),
    ("military", FORCE),
    ("army", FORCE),
    ("navy", FORCE),
    ("air force", FORCE),
    ("intelligence", FORCE),
    ("international government organization", ORGANISATION),
    ("non-governmental", ORGANISATION),
    ("ngo", ORGANISATION),
    ("head of ", PERSON),
    ("government", GOVERNMENT),
    ("executive", GOVERNMENT),
    ("legislative", GOVERNMENT),
    ("judicial", GOVERNMENT),
    ("ministry", GOVERNMENT),
    ("diplomatic", GOVERNMENT),
    ("parties", PARTY),
    ("party", PARTY),
    ("dissident", PARTY),
    ("business", COMPANY),
    ("company", COMPANY),
    ("general population", PEOPLE),
    ("civilian", PEOPLE),
    ("citizen", PEOPLE),
    ("social", PEOPLE),
    ("ethnic", PEOPLE),
    ("religio", PEOPLE),
    ("refugee", PEOPLE),
    ("global", ORGANISATION),
    ("regional", ORGANISATION),
    ("international", ORGANISATION),
];

fn sort(sectors: Option<&str>) -> Sort {
    let Some(sectors) = sectors else {
        return AGENT;
    };
    let sectors = sectors.to_ascii_lowercase();
    let known = SECTORS.iter().find(|(word, _)| sectors.contains(word));
    known.map_or(AGENT, |(_, sort)| *sort)
}

pub(in crate::import) fn read(desk: &mut Desk, row: Row<'_>) -> Result<(), Fault> {
    let named = desk.name(row)?;
    row.needed(Role::Date)?;
    let when = desk.when(row)?;
    let (subject, object) = (row.text(Role::Subject)?, row.text(Role::Object)?);
    let (Some(subject), Some(object)) = (subject, object) else {
        return Err(Fault::LeftOut("they name only one actor"));
    };
    let code = row.needed(Role::RelationCode)?;
    let relation = desk.cameo(code, row.text(Role::Relation)?).ok_or_else(|| {
        let help = "write a code of CAMEO 1.1, or the text of the event";
        Fault::bad(Role::RelationCode, code, "is no CAMEO code", help)
    })?;
    let countries = [
        row.text(Role::SubjectCountry)?,
        row.text(Role::ObjectCountry)?,
    ];
    let sectors = [row.text(Role::SubjectType)?, row.text(Role::ObjectType)?];
    let (city, district) = (row.text(Role::City)?, row.text(Role::District)?);
    let (province, country) = (row.text(Role::Province)?, row.text(Role::Country)?);
    let (story, publisher) = (row.text(Role::Story)?, row.text(Role::Sources)?);
    let subject = desk
        .entities
        .actor(subject, countries[0], || sort(sectors[0]));
    let object = desk
        .entities
        .actor(object, countries[1], || sort(sectors[1]));
    // Without a country it would not be known which Springfield.
    let place = country.and_then(|country| {
        let inside = [Some(country), province, district, city];
        let inside: Vec<&str> = inside.into_iter().flatten().collect();
        desk.entities.place(&inside)
    });
    desk.evidence.clear();
    let source = match (story, publisher) {
        (Some(story), publisher) => Some(desk.sources.story(&mut desk.ids, publisher, story)),
        (None, Some(publisher)) => Some(desk.sources.written(&mut desk.ids, publisher)),
        (None, None) => None,
    };
    desk.evidence.extend(source);
    let said = Said {
        subject,
        relation,
        object,
        place,
        when,
    };
    desk.push(said, named)
}
