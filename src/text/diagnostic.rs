//! What we have to say about a text: one plain struct for every stage.

use super::Span;
use serde::Serialize;

/// How bad a finding is. Only errors keep a record from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The record or question cannot be used.
    Error,
    /// It can be used, and probably says something its author did not mean.
    Warning,
    /// It could be better.
    Hint,
}

impl Severity {
    /// The word that is shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// A marked place with a short text (which may be empty).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What stands there, in few words; empty for none.
    pub text: String,
}

/// One finding: its name, what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Kebab-case name: the anchor in `docs/errors.md`.
    pub name: &'static str,
    /// How bad.
    pub severity: Severity,
    /// What is wrong, one line, no final full stop. May hold untrusted text: shorten it with
    /// [`super::safe::shorten`]; whoever prints escapes it.
    pub message: String,
    /// The places; the first is the one the finding is about.
    pub labels: Vec<Label>,
    /// What to do next, one sentence each.
    pub help: Vec<String>,
    /// The whole record that an error makes unusable.
    pub record: Option<Span>,
    /// For one that counts those of its name that are not listed: how many these are.
    pub rest: Option<Box<Rest>>,
}

/// Findings of one name that are counted and not listed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Rest {
    /// How many.
    pub count: usize,
    /// The records that they make unusable.
    pub records: Vec<Span>,
}

impl Diagnostic {
    /// A finding with no place yet.
    #[must_use]
    pub fn new(severity: Severity, name: &'static str, message: impl Into<String>) -> Self {
        Self {
            name,
            severity,
            message: message.into(),
            labels: Vec::new(),
            help: Vec::new(),
            record: None,
            rest: None,
        }
    }

    /// An error at a place.
    #[must_use]
    pub fn error(name: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self::new(Severity::Error, name, message).label(span, "")
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(name: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self::new(Severity::Warning, name, message).label(span, "")
    }

    /// A hint at a place.
    #[must_use]
    pub fn hint(name: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self::new(Severity::Hint, name, message).label(span, "")
    }

    /// With one more marked place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// With one more piece of advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// How many findings this is: 1, or as many as it counts.
    #[must_use]
    pub fn stands_for(&self) -> usize {
        self.rest.as_ref().map_or(1, |rest| rest.count)
    }

    /// The records that cannot be used because of this.
    pub fn spoilt(&self) -> impl Iterator<Item = Span> + '_ {
        let rest = self
            .rest
            .iter()
            .flat_map(|rest| rest.records.iter().copied());
        self.record.into_iter().chain(rest)
    }

    /// Says which record cannot be used because of this.
    #[must_use]
    pub fn record(mut self, span: Span) -> Self {
        self.record = Some(span);
        self
    }
}
