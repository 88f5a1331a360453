//! `--map MAP.ron`: which column is what, and the look-up tables of a dump that keeps names apart from events.

use super::layout::Role;
use super::preset::{self, Preset};
use super::table::Cutting;
use super::{ImportError, PRESETS};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// A column, by name or by number from 1.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Column {
    /// By number, from 1.
    Number(u32),
    /// By name.
    Name(String),
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Name(name) => write!(f, "`{name}`"),
        }
    }
}

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum DateFormat {
    /// EDTF, `2018-01-03`; also eight digits, and `3 January 2018`.
    #[default]
    Edtf,
    /// `20180103`
    Ymd,
    /// Days since 1970-01-01.
    Days,
}

/// What is known of a kind that the data names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename = "Kind")]
pub struct KindOf {
    /// Its id.
    pub id: String,
    /// Its plural.
    pub plural: String,
    /// Whether it acts.
    #[serde(default)]
    pub actor: bool,
}

/// A look-up table: which columns of it, by number from 1, are what.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename = "Table")]
pub struct LookUp {
    /// The file, beside the first file of events.
    pub file: String,
    /// What events call it.
    pub id: usize,
    /// Its name, or the title of a source.
    pub name: usize,
    /// Another name.
    #[serde(default)]
    pub alias: Option<usize>,
    /// Its kind.
    #[serde(default)]
    pub kind: Option<usize>,
    /// What stands before the id of the data to make the id of the record; without it ids are made of names.
    #[serde(default)]
    pub prefix: Option<String>,
}

/// A table of pairs: which events rest on which sources, in the order of events.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename = "Links")]
pub struct Links {
    /// The file, beside the first file of events.
    pub file: String,
    /// The id of the event.
    pub event: usize,
    /// The id of the source.
    pub source: usize,
}

/// What a map says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Map {
    /// The preset, where the command names none.
    pub preset: Option<String>,
    /// The title, where the command gives none.
    pub title: Option<String>,
    /// Whether the first line has the names of the columns.
    pub header: Option<bool>,
    /// What stands between cells.
    pub separator: Option<char>,
    /// Whether cells may stand in double quotes.
    pub quotes: Option<bool>,
    /// Which column is what, by the name of the role.
    pub columns: BTreeMap<String, Column>,
    /// How dates are written.
    pub date: Option<DateFormat>,
    /// What stands between several sources in one cell.
    pub sources_between: Option<char>,
    /// What stands before the id of an event to make the id of the claim.
    pub prefix: Option<String>,
    /// The kind of what has none.
    pub kind: Option<KindOf>,
    /// What the kinds of the data are.
    pub kinds: BTreeMap<String, KindOf>,
    /// Who or what events are about.
    pub entities: Option<LookUp>,
    /// What events say.
    pub relations: Option<LookUp>,
    /// What events rest on.
    pub sources: Option<LookUp>,
    /// Which events rest on which sources.
    pub links: Option<Links>,
}

impl Map {
    /// Reads a map.
    ///
    /// # Errors
    /// What is wrong with it, with line and column.
    pub fn read(text: &str) -> Result<Self, String> {
        let extensions = ron::extensions::Extensions::IMPLICIT_SOME;
        let options = ron::Options::default().with_default_extension(extensions);
        let map: Self = options.from_str(text).map_err(|error| error.to_string())?;
        Ok(map)
    }

    /// The preset that it names.
    #[must_use]
    pub fn preset(&self) -> Option<&'static Preset> {
        self.preset.as_deref().and_then(preset::find)
    }

    /// Why it cannot be used.
    pub(super) fn problem(&self, preset: &Preset) -> Option<ImportError> {
        let say = |problem: String, help| Some(ImportError::unusable(problem, help));
        if let Some(name) = self.preset.as_deref().filter(|_| self.preset().is_none()) {
            return say(
                format!("there is no preset `{name}`"),
                "write icews, gdelt, acled or tsv",
            );
        }
        let tables = [&self.entities, &self.relations, &self.sources];
        let looks_up = self.links.is_some() || tables.iter().any(|table| table.is_some());
        if looks_up && preset.name != PRESETS[preset::TSV].name {
            let problem = format!("the preset `{}` takes no look-up tables", preset.name);
            return say(problem, "use the preset tsv with them");
        }
        if self.links.is_some() && (self.sources.is_none() || !self.columns.contains_key("id")) {
            let problem = "`links` says which event rests on which source".to_owned();
            return say(
                problem,
                "name the table `sources` and the column `id` of events",
            );
        }
        if self
            .separator
            .is_some_and(|separator| !separator.is_ascii())
        {
            return say(
                "`separator` is not ASCII".to_owned(),
                "write one such as '\\t' or ','",
            );
        }
        let numbers = tables
            .iter()
            .flat_map(|table| table.iter())
            .flat_map(|table| [Some(table.id), Some(table.name), table.alias, table.kind]);
        let links = self
            .links
            .iter()
            .flat_map(|links| [links.event, links.source]);
        if numbers.flatten().chain(links).any(|number| number == 0) {
            return say(
                "a column has the number 0".to_owned(),
                "count columns from 1",
            );
        }
        let prefixes = tables
            .iter()
            .filter_map(|table| table.as_ref()?.prefix.as_deref());
        let mut prefixes = prefixes.chain(self.prefix.as_deref());
        if let Some(prefix) = prefixes.find(|prefix| !good_prefix(prefix)) {
            let problem = format!("`{prefix}` cannot begin an id");
            return say(
                problem,
                "use a-z, 0-9, `.`, `_`, `-`; begin with a letter or digit, at most 32",
            );
        }
        let kinds = self.kinds.values().chain(&self.kind);
        let bad = |kind: &&KindOf| {
            crate::model::id::problem(&kind.id, false).is_some()
                || matches!(kind.id.as_str(), "actor" | "any")
        };
        if let Some(kind) = kinds.into_iter().find(bad) {
            let problem = format!("`{}` cannot be the id of a kind", kind.id);
            return say(
                problem,
                "use a-z, 0-9, `.`, `_`, `-`; `actor` and `any` mean kinds of all sorts",
            );
        }
        None
    }

    /// The columns that it names.
    pub(super) fn columns(&self) -> Result<Vec<(Role, &Column)>, ImportError> {
        let role = |name: &String| Role::ALL.iter().find(|(_, known)| known == name);
        self.columns
            .iter()
            .map(|(name, column)| {
                let known = role(name).map(|(role, _)| (*role, column));
                known.ok_or_else(|| {
                    let names: Vec<&str> = Role::ALL.iter().map(|(_, name)| *name).collect();
                    let problem = format!(
                        "`{name}` is nothing that a column can be: {}",
                        names.join(", ")
                    );
                    ImportError::unusable(problem, "mend `columns` of the map")
                })
            })
            .collect()
    }

    pub(super) fn header(&self) -> bool {
        self.header.unwrap_or(false)
    }

    /// How its tables are cut into cells.
    pub(super) fn cutting(&self) -> Cutting {
        let separator = self.separator.and_then(|c| u8::try_from(c).ok());
        let separator = separator.unwrap_or(b'\t');
        Cutting {
            separator,
            quotes: self.quotes.unwrap_or(separator != b'\t'),
        }
    }
}

fn good_prefix(prefix: &str) -> bool {
    prefix.is_empty() || (prefix.len() <= 32 && crate::model::id::problem(prefix, false).is_none())
}
