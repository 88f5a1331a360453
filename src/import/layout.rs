//! Which column is what: found by the names of a header in any order, or by number.

use super::map::Column;
use super::preset::Preset;
use super::{ImportError, Map};
use crate::text::safe::shorten;
use csv::ByteRecord;
use std::borrow::Cow;

macro_rules! roles {
    ($($role:ident $name:literal),* $(,)?) => {
        /// What a column may be.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the names say it")]
        pub(super) enum Role { $($role),* }

        impl Role {
            /// Every role, with the name that a map uses for it.
            pub(super) const ALL: &[(Self, &'static str)] = &[$((Self::$role, $name)),*];
        }
    };
}

roles! {
    Id "id", Date "date",
    Subject "subject", SubjectCode "subject_code", SubjectType "subject_type", SubjectCountry "subject_country",
    Relation "relation", RelationCode "relation_code",
    Object "object", ObjectCode "object_code", ObjectType "object_type", ObjectCountry "object_country",
    Place "place", City "city", District "district", Province "province", Country "country",
    Sources "sources", Story "story",
}

/// The longest cell that is used, in bytes.
const LONGEST_CELL: usize = 4096;

/// Why a row gives no claim.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is bad.
    Bad {
        /// The column.
        role: Option<Role>,
        /// What stands there.
        text: String,
        problem: Cow<'static, str>,
        help: &'static str,
    },
    /// It is sound, and no claim.
    LeftOut(&'static str),
    /// Nothing can be read any more.
    Stop(ImportError),
}

impl From<ImportError> for Fault {
    fn from(error: ImportError) -> Self {
        Self::Stop(error)
    }
}

impl Fault {
    pub(super) fn bad(
        role: Role,
        text: &str,
        problem: impl Into<Cow<'static, str>>,
        help: &'static str,
    ) -> Self {
        Self::Bad {
            role: Some(role),
            text: cut(text.as_bytes()),
            problem: problem.into(),
            help,
        }
    }
}

fn cut(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(240)]).into_owned()
}

/// Where the columns of one file are.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    at: [Option<usize>; Role::ALL.len()],
    /// The names, where there are any.
    names: Vec<String>,
    /// How many columns every row must have.
    pub(super) width: usize,
}

impl Layout {
    /// By the names of a header or, without one, by how many columns there are.
    pub(super) fn new(
        file: &str,
        names: Vec<String>,
        width: usize,
        preset: &Preset,
        map: &Map,
    ) -> Result<Self, ImportError> {
        let mut layout = Self {
            names,
            width,
            ..Self::default()
        };
        let folded: Vec<String> = layout.names.iter().map(|name| plain(name)).collect();
        let find = |name: &str| {
            let name = plain(name);
            folded.iter().position(|known| *known == name)
        };
        // Of an edge list with `source` and `target` the source is an end, and no witness.
        let target = preset.edge_list && find("target").is_some();
        for column in preset.columns {
            let names = column.names.iter();
            let mut names =
                names.filter(|name| column.role != Role::Sources || !target || **name != "source");
            let source = (target && column.role == Role::Subject).then(|| find("source"));
            let found = names.find_map(|name| find(name)).or(source.flatten());
            layout.at[column.role as usize] = found;
        }
        for (role, column) in map.columns()? {
            let at = match column {
                Column::Number(number) => (1..=width)
                    .contains(&(*number as usize))
                    .then(|| *number as usize - 1),
                Column::Name(name) => find(name),
            };
            if at.is_none() {
                let problem = format!(
                    "`{}` has no column {column}, which the map names",
                    shorten(file, 200)
                );
                return Err(ImportError::unusable(
                    problem,
                    "see its first line, and mend the map",
                ));
            }
            layout.at[role as usize] = at;
        }
        for column in preset.columns.iter().filter(|column| column.needed) {
            if layout.at[column.role as usize].is_none() {
                let problem = format!(
                    "`{}` has no column `{}`, which the preset `{}` needs",
                    shorten(file, 200),
                    column.names.first().unwrap_or(&""),
                    preset.name
                );
                return Err(ImportError::unusable(
                    problem,
                    "see its first line; a `--map` can say which column it is",
                ));
            }
        }
        Ok(layout)
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.at[role as usize].is_some()
    }

    /// What a column is called: its name, else its number.
    pub(super) fn name(&self, role: Role) -> String {
        let Some(at) = self.at[role as usize] else {
            return String::new();
        };
        let name = self.names.get(at).cloned();
        name.unwrap_or_else(|| (at + 1).to_string())
    }

    /// Whether a row is a header: some cell of it is the name of a column.
    pub(super) fn is_header(record: &ByteRecord, preset: &Preset) -> bool {
        let cells = record
            .iter()
            .map(|cell| plain(&String::from_utf8_lossy(cell)));
        let mut known = preset.headers.iter().flat_map(|names| names.iter());
        let first = cells.into_iter().next().unwrap_or_default();
        known.any(|name| plain(name) == first)
    }
}

/// Letters and digits alone: `Event ID`, `event_id` and `EventID` are one name.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// One row, by role.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    record: &'r ByteRecord,
    pub(super) layout: &'r Layout,
}

impl<'r> Row<'r> {
    pub(super) fn new(record: &'r ByteRecord, layout: &'r Layout) -> Self {
        Self { record, layout }
    }

    /// The row, if it has as many columns as the first.
    pub(super) fn checked(self) -> Result<Self, Fault> {
        if self.record.len() == self.layout.width {
            return Ok(self);
        }
        let (found, wanted) = (self.record.len(), self.layout.width);
        Err(Fault::Bad {
            role: None,
            text: cut(self.record.get(0).unwrap_or_default()),
            problem: format!("begins a row of {found} columns where {wanted} are due").into(),
            help: "see whether a separator or a line end stands inside a cell",
        })
    }

    /// The bytes of a cell without blanks around them; none where there is no such column, or nothing in it.
    pub(super) fn bytes(&self, role: Role) -> Option<&'r [u8]> {
        let cell = self
            .record
            .get(self.layout.at[role as usize]?)?
            .trim_ascii();
        (!matches!(cell, b"" | b"NULL" | b"\\N")).then_some(cell)
    }

    /// The text of a cell.
    pub(super) fn text(&self, role: Role) -> Result<Option<&'r str>, Fault> {
        self.bytes(role).map(|cell| text(role, cell)).transpose()
    }

    /// The text of a cell that must hold one.
    pub(super) fn needed(&self, role: Role) -> Result<&'r str, Fault> {
        self.text(role)?.ok_or_else(|| {
            Fault::bad(
                role,
                "",
                "nothing stands there",
                "fill it in, or take the row out",
            )
        })
    }
}

/// The text of a cell, if it is one that a name or date can be.
pub(super) fn text(role: Role, cell: &[u8]) -> Result<&str, Fault> {
    let bad = |problem: &'static str, help| Fault::Bad {
        role: Some(role),
        text: cut(cell),
        problem: problem.into(),
        help,
    };
    if cell.len() > LONGEST_CELL {
        let help = "see whether a quotation mark or a separator is missing";
        return Err(bad("is longer than 4096 bytes", help));
    }
    let text =
        std::str::from_utf8(cell).map_err(|_| bad("is not UTF-8", "save the file as UTF-8"))?;
    // Plain ASCII is nearly all there is.
    let plain = cell.iter().all(|byte| matches!(byte, b' '..=b'~'));
    if !plain && text.chars().any(char::is_control) {
        return Err(bad("holds a control character", "take it out"));
    }
    Ok(text)
}
