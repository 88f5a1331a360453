//! The layouts that are known, in one table.

use super::desk::Desk;
use super::layout::{Fault, Role, Row};
use super::map::DateFormat;
use super::presets::{acled, gdelt, icews, plain};

/// A layout that is known.
#[derive(Debug)]
pub struct Preset {
    /// What it is called.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Whether the first line has the names of the columns.
    pub(super) header: bool,
    /// What stands between cells.
    pub(super) separator: Separator,
    /// The columns that are used.
    pub(super) columns: &'static [Named],
    /// The names of the columns where no header gives them, by how many there are.
    pub(super) headers: &'static [&'static [&'static str]],
    /// How dates are written.
    pub(super) date: DateFormat,
    /// What stands between several sources.
    pub(super) sources_between: char,
    /// What stands before the id of an event in the id of its claim.
    pub(super) prefix: &'static str,
    /// Where a header says `source` and `target`, the source is an end of the edge.
    pub(super) edge_list: bool,
    /// Makes a claim of a row.
    pub(super) read: fn(&mut Desk, Row<'_>) -> Result<(), Fault>,
}

/// What stands between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// Always a tab.
    Tab,
    /// A tab, a comma or a semicolon, as the first line shows.
    Seen,
}

/// A column, under the names that it goes by.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) role: Role,
    pub(super) names: &'static [&'static str],
    /// Whether nothing can be done without it.
    pub(super) needed: bool,
}

const fn needed(role: Role, names: &'static [&'static str]) -> Named {
    Named {
        role,
        names,
        needed: true,
    }
}

const fn may(role: Role, names: &'static [&'static str]) -> Named {
    Named {
        role,
        names,
        needed: false,
    }
}

/// The place of `tsv` among the presets.
pub(super) const TSV: usize = 3;

/// Every preset.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "icews",
        about: "ICEWS as Dataverse exports it: tabs, a header",
        header: true,
        separator: Separator::Tab,
        columns: &[
            may(Role::Id, &["Event ID"]),
            needed(Role::Date, &["Event Date"]),
            needed(Role::Subject, &["Source Name"]),
            may(Role::SubjectType, &["Source Sectors"]),
            may(Role::SubjectCountry, &["Source Country"]),
            may(Role::Relation, &["Event Text"]),
            needed(Role::RelationCode, &["CAMEO Code"]),
            needed(Role::Object, &["Target Name"]),
            may(Role::ObjectType, &["Target Sectors"]),
            may(Role::ObjectCountry, &["Target Country"]),
            may(Role::Story, &["Story ID"]),
            may(Role::Sources, &["Publisher"]),
            may(Role::City, &["City"]),
            may(Role::District, &["District"]),
            may(Role::Province, &["Province"]),
            may(Role::Country, &["Country"]),
        ],
        headers: &[],
        date: DateFormat::Edtf,
        sources_between: '\0',
        prefix: "icews-",
        edge_list: false,
        read: icews::read,
    },
    Preset {
        name: "gdelt",
        about: "GDELT events 1.0 (58 columns) and 2.0 (61 columns): tabs, no header",
        header: false,
        separator: Separator::Tab,
        columns: &[
            needed(Role::Id, &["GLOBALEVENTID"]),
            needed(Role::Date, &["SQLDATE", "Day"]),
            needed(Role::Subject, &["Actor1Name"]),
            may(Role::SubjectCode, &["Actor1Code"]),
            may(Role::SubjectType, &["Actor1Type1Code"]),
            may(Role::SubjectCountry, &["Actor1CountryCode"]),
            needed(Role::RelationCode, &["EventCode"]),
            needed(Role::Object, &["Actor2Name"]),
            may(Role::ObjectCode, &["Actor2Code"]),
            may(Role::ObjectType, &["Actor2Type1Code"]),
            may(Role::ObjectCountry, &["Actor2CountryCode"]),
            may(Role::Place, &["ActionGeo_FullName"]),
            may(Role::Sources, &["SOURCEURL"]),
        ],
        headers: &[gdelt::COLUMNS_2, gdelt::COLUMNS_1, gdelt::COLUMNS_1_OLD],
        date: DateFormat::Ymd,
        sources_between: '\0',
        prefix: "gdelt-",
        edge_list: false,
        read: gdelt::read,
    },
    Preset {
        name: "acled",
        about: "ACLED as its export tool writes it: CSV, a header",
        header: true,
        separator: Separator::Seen,
        columns: &[
            needed(Role::Id, &["event_id_cnty", "data_id"]),
            needed(Role::Date, &["event_date"]),
            needed(Role::Subject, &["actor1"]),
            may(Role::SubjectType, &["inter1"]),
            needed(Role::RelationCode, &["event_type"]),
            may(Role::Relation, &["sub_event_type"]),
            may(Role::Object, &["actor2"]),
            may(Role::ObjectType, &["inter2"]),
            may(Role::Place, &["location"]),
            may(Role::City, &["admin3"]),
            may(Role::District, &["admin2"]),
            may(Role::Province, &["admin1"]),
            may(Role::Country, &["country"]),
            may(Role::Sources, &["source"]),
        ],
        headers: &[],
        date: DateFormat::Edtf,
        sources_between: ';',
        prefix: "acled-",
        edge_list: false,
        read: acled::read,
    },
    Preset {
        name: "tsv",
        about: "Any list of edges; a header or a map says which column is what",
        header: true,
        separator: Separator::Seen,
        columns: &[
            may(Role::Id, &["id", "event_id", "edge_id"]),
            needed(
                Role::Subject,
                &["subject", "from", "head", "actor1", "source_name"],
            ),
            needed(
                Role::Relation,
                &["relation", "predicate", "verb", "type", "label", "edge"],
            ),
            needed(
                Role::Object,
                &["object", "to", "tail", "target", "actor2", "target_name"],
            ),
            may(Role::SubjectType, &["subject_kind", "subject_type"]),
            may(Role::ObjectType, &["object_kind", "object_type"]),
            may(Role::Date, &["date", "when", "day", "time"]),
            may(Role::Place, &["place", "where", "location"]),
            may(Role::Sources, &["sources", "source", "evidence", "url"]),
        ],
        headers: &[],
        date: DateFormat::Edtf,
        sources_between: ';',
        prefix: "",
        edge_list: true,
        read: plain::read,
    },
];

/// The preset of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}
