//! GDELT: actors by name and CAMEO code, places as one text, the address of an article.

use crate::import::claims::Said;
use crate::import::desk::Desk;
use crate::import::entities::{
    AGENT, ARMED, COMPANY, COUNTRY, FORCE, GOVERNMENT, MEDIA, ORGANISATION, PARTY, PEOPLE, Sort,
};
use crate::import::layout::{Fault, Role, Row};

macro_rules! columns {
    ($($name:literal $both:literal),* $(,)?) => {
        /// GDELT 2.0.
        pub(in crate::import) const COLUMNS_2: &[&str] = &[$($name),*];
        const KEPT: &[(&str, bool)] = &[$(($name, $both)),*];
    };
}

columns! {
    "GLOBALEVENTID" true, "SQLDATE" true, "MonthYear" true, "Year" true, "FractionDate" true,
    "Actor1Code" true, "Actor1Name" true, "Actor1CountryCode" true, "Actor1KnownGroupCode" true,
    "Actor1EthnicCode" true, "Actor1Religion1Code" true, "Actor1Religion2Code" true, "Actor1Type1Code" true,
    "Actor1Type2Code" true, "Actor1Type3Code" true,
    "Actor2Code" true, "Actor2Name" true, "Actor2CountryCode" true, "Actor2KnownGroupCode" true,
    "Actor2EthnicCode" true, "Actor2Religion1Code" true, "Actor2Religion2Code" true, "Actor2Type1Code" true,
    "Actor2Type2Code" true, "Actor2Type3Code" true,
    "IsRootEvent" true, "EventCode" true, "EventBaseCode" true, "EventRootCode" true, "QuadClass" true,
    "GoldsteinScale" true, "NumMentions" true, "NumSources" true, "NumArticles" true, "AvgTone" true,
    "Actor1Geo_Type" true, "Actor1Geo_FullName" true, "Actor1Geo_CountryCode" true, "Actor1Geo_ADM1Code" true,
    "Actor1Geo_ADM2Code" false, "Actor1Geo_Lat" true, "Actor1Geo_Long" true, "Actor1Geo_FeatureID" true,
    "Actor2Geo_Type" true, "Actor2Geo_FullName" true, "Actor2Geo_CountryCode" true, "Actor2Geo_ADM1Code" true,
    "Actor2Geo_ADM2Code" false, "Actor2Geo_Lat" true, "Actor2Geo_Long" true, "Actor2Geo_FeatureID" true,
    "ActionGeo_Type" true, "ActionGeo_FullName" true, "ActionGeo_CountryCode" true, "ActionGeo_ADM1Code" true,
    "ActionGeo_ADM2Code" false, "ActionGeo_Lat" true, "ActionGeo_Long" true, "ActionGeo_FeatureID" true,
    "DATEADDED" true, "SOURCEURL" true,
}

/// The columns that GDELT 1.0 has as well.
const fn older<const N: usize>() -> [&'static str; N] {
    let mut names = [""; N];
    let (mut at, mut next) = (0, 0);
    while at < KEPT.len() && next < N {
        if KEPT[at].1 {
            names[next] = KEPT[at].0;
            next += 1;
        }
        at += 1;
    }
    names
}

/// GDELT 1.0.
pub(in crate::import) const COLUMNS_1: &[&str] = &older::<58>();
/// GDELT 1.0 before April 2013, without addresses.
pub(in crate::import) const COLUMNS_1_OLD: &[&str] = &older::<57>();

/// The first type of an actor, by CAMEO.
const TYPES: &[(&str, Sort)] = &[
    ("COP", FORCE),
    ("MIL", FORCE),
    ("SPY", FORCE),
    ("GOV", GOVERNMENT),
    ("JUD", GOVERNMENT),
    ("LEG", GOVERNMENT),
    ("INS", ARMED),
    ("REB", ARMED),
    ("SEP", ARMED),
    ("UAF", ARMED),
    ("IMG", ARMED),
    ("CRM", ARMED),
    ("RAD", ARMED),
    ("OPP", PARTY),
    ("PTY", PARTY),
    ("BUS", COMPANY),
    ("MNC", COMPANY),
    ("MED", MEDIA),
    ("CVL", PEOPLE),
    ("ELI", PEOPLE),
    ("LAB", PEOPLE),
    ("REF", PEOPLE),
    ("SET", PEOPLE),
    ("IGO", ORGANISATION),
    ("INT", ORGANISATION),
    ("NGO", ORGANISATION),
    ("NGM", ORGANISATION),
    ("EDU", ORGANISATION),
    ("HLH", ORGANISATION),
    ("HRI", ORGANISATION),
    ("DEV", ORGANISATION),
    ("ENV", ORGANISATION),
    ("UNO", ORGANISATION),
];

const ALONE: &str = "they name no first actor, or neither a second one nor a place";

pub(in crate::import) fn read(desk: &mut Desk, row: Row<'_>) -> Result<(), Fault> {
    let named = desk.name(row)?;
    row.needed(Role::Date)?;
    let when = desk.when(row)?;
    let code = row.needed(Role::RelationCode)?;
    if matches!(code, "---" | "--" | "X") {
        return Err(Fault::LeftOut("they have no event code"));
    }
    let written = row.text(Role::Place)?;
    let subject = actor(
        desk,
        row,
        Role::Subject,
        [Role::SubjectCode, Role::SubjectType, Role::SubjectCountry],
    )?;
    let object = actor(
        desk,
        row,
        Role::Object,
        [Role::ObjectCode, Role::ObjectType, Role::ObjectCountry],
    )?;
    let Some(subject) = subject else {
        return Err(Fault::LeftOut(ALONE));
    };
    let place = written.and_then(|written| {
        let parts = written.rsplit(',').map(str::trim);
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        desk.entities.place(&parts)
    });
    // An event without a second actor is what the first did there.
    let Some(object) = object.or(place) else {
        return Err(Fault::LeftOut(ALONE));
    };
    let relation = desk.cameo(code, None).ok_or_else(|| {
        let help = "write a code of CAMEO 1.1";
        Fault::bad(Role::RelationCode, code, "is no CAMEO code", help)
    })?;
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

/// An actor; none where GDELT has neither a name nor a code.
fn actor(
    desk: &mut Desk,
    row: Row<'_>,
    name: Role,
    [code, kind, country]: [Role; 3],
) -> Result<Option<u32>, Fault> {
    let (name, code) = (row.text(name)?, row.text(code)?);
    let (kind, country) = (row.text(kind)?, row.text(country)?);
    let Some(name) = name.or(code) else {
        return Ok(None);
    };
    let within = country.and_then(|code| desk.codes.country(code));
    let sort = || match kind {
        Some(kind) => {
            let known = TYPES.iter().find(|(code, _)| *code == kind);
            known.map_or(AGENT, |(_, sort)| *sort)
        }
        // `UNITED STATES` and code `USA` is the country; `CALIFORNIA` and `USA` is not.
        None if within.is_some_and(|country| country.eq_ignore_ascii_case(name)) => COUNTRY,
        None => AGENT,
    };
    Ok(Some(desk.entities.actor(name, within.or(country), sort)))
}
