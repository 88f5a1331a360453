//! The fields of one record, taken by name and type: what nobody takes is reported at the end.

use super::{
    node::{Field, Node, Value},
    reading::{LIST, Reading, SHOWN, listed},
};
use crate::{
    model::{Date, Text},
    text::{Diagnostic, Span, Spanned, safe::shorten, suggest::suggest},
};
use serde::Deserialize;

/// The names of the diagnostics of this module.
pub(super) const NAMES: &[&str] = &["duplicate-field", "missing-field", "unknown-field"];

/// The fields of a record, or of a part of one such as a piece of evidence.
pub(super) struct Fields<'r, 'd, 'a> {
    /// The whole record or part.
    pub(super) span: Span,
    reading: &'r mut Reading<'d>,
    what: &'static str,
    head: Span,
    fields: Vec<Option<Field<'a>>>,
    asked: Vec<&'static str>,
}

impl<'r, 'd, 'a> Fields<'r, 'd, 'a> {
    /// The fields of `node`, which is called `what`; `None`, reported, when it has no fields.
    pub(super) fn open(
        reading: &'r mut Reading<'d>,
        what: &'static str,
        node: Node<'a>,
    ) -> Option<Self> {
        let (name, fields) = match node.value {
            Value::Struct(name, fields) => (name, fields),
            // `Kind()`
            Value::Tuple(nodes) if nodes.is_empty() => ("", Vec::new()),
            Value::Unit => ("", Vec::new()),
            _ => {
                reading.wrong_type(what, "fields in brackets, `(name: value, …)`", &node);
                return None;
            }
        };
        let span = reading.span(&node.range);
        let length = name.len().max(1);
        let head = reading.span(&(node.range.start..node.range.start + length));
        if !name.is_empty() && name != what {
            let message = format!(
                "`{}` stands where the fields of `{what}` begin",
                shorten(name, SHOWN)
            );
            reading.report(
                Diagnostic::error("wrong-type", message, head)
                    .help("write `(` without a name before it"),
            );
        }
        let fields = fields.into_iter().map(Some).collect();
        Some(Self {
            span,
            reading,
            what,
            head,
            fields,
            asked: Vec::with_capacity(16),
        })
    }

    fn take(&mut self, name: &'static str) -> Option<Node<'a>> {
        self.asked.push(name);
        let found = self
            .fields
            .iter_mut()
            .find(|field| field.as_ref().is_some_and(|field| field.name == name));
        found.and_then(Option::take).map(|field| field.node)
    }

    /// A field that may be missing or `None`.
    fn optional(&mut self, name: &'static str) -> Option<Node<'a>> {
        self.take(name).filter(|node| node.value != Value::Nothing)
    }

    fn needed(&mut self, name: &'static str) -> Option<Node<'a>> {
        let node = self.take(name);
        if node.is_none() {
            let message = format!("{} has no `{name}`", article(self.what));
            self.reading.report(
                Diagnostic::error("missing-field", message, self.head)
                    .help(format!("write `{name}: …`")),
            );
        }
        node
    }

    /// What stands in for a text that is missing: empty, so that nothing further is said about it.
    fn nothing(&self) -> Text {
        Spanned::new(String::new(), self.head)
    }

    pub(super) fn id(&mut self, name: &'static str) -> Text {
        let node = self.needed(name);
        node.and_then(|node| self.reading.id(name, node))
            .unwrap_or_else(|| self.nothing())
    }

    pub(super) fn some_id(&mut self, name: &'static str) -> Option<Text> {
        let node = self.optional(name)?;
        self.reading.id(name, node)
    }

    /// A claim's own id, which may also hold `/` and `~`.
    pub(super) fn claim_id(&mut self, name: &'static str) -> Option<Text> {
        let node = self.optional(name)?;
        self.reading.checked_id(name, node, true)
    }

    pub(super) fn text(&mut self, name: &'static str) -> Text {
        let node = self.needed(name);
        node.and_then(|node| self.reading.filled(name, node))
            .unwrap_or_else(|| self.nothing())
    }

    pub(super) fn some_text(&mut self, name: &'static str) -> Option<Text> {
        let node = self.optional(name)?;
        self.reading.text(name, node)
    }

    pub(super) fn flag(&mut self, name: &'static str) -> bool {
        let Some(node) = self.take(name) else {
            return false;
        };
        if let Value::Flag(flag) = node.value {
            return flag;
        }
        self.reading.wrong_type(name, "`true` or `false`", &node);
        false
    }

    pub(super) fn some_date(&mut self, name: &'static str) -> Option<Spanned<Date>> {
        let node = self.optional(name)?;
        self.reading.date(name, node)
    }

    pub(super) fn word<T: Deserialize<'a>>(
        &mut self,
        name: &'static str,
        instead: T,
    ) -> Spanned<T> {
        let node = self.needed(name);
        let head = self.head;
        node.and_then(|node| self.reading.word(name, &node))
            .unwrap_or_else(|| Spanned::new(instead, head))
    }

    pub(super) fn some_word<T: Deserialize<'a>>(
        &mut self,
        name: &'static str,
    ) -> Option<Spanned<T>> {
        let node = self.optional(name)?;
        self.reading.word(name, &node)
    }

    pub(super) fn word_or_default<T: Deserialize<'a> + Default>(
        &mut self,
        name: &'static str,
    ) -> T {
        let node = self.take(name);
        node.and_then(|node| self.reading.word(name, &node))
            .map(|word| word.value)
            .unwrap_or_default()
    }

    pub(super) fn number(&mut self, name: &'static str, instead: u32) -> Spanned<u32> {
        let node = self.needed(name);
        let head = self.head;
        node.and_then(|node| self.reading.number(name, "a whole number", &node))
            .unwrap_or(Spanned::new(instead, head))
    }

    pub(super) fn some_number(&mut self, name: &'static str) -> Option<Spanned<u32>> {
        let node = self.optional(name)?;
        self.reading.number(name, "a whole number", &node)
    }

    pub(super) fn some_grade(&mut self, name: &'static str) -> Option<Spanned<u8>> {
        let node = self.optional(name)?;
        self.reading.number(name, "a number from 1 to 6", &node)
    }

    pub(super) fn some_pair(&mut self, name: &'static str) -> Option<Spanned<(u32, u32)>> {
        let node = self.optional(name)?;
        self.reading.pair(name, &node)
    }

    pub(super) fn map(&mut self, name: &'static str) -> Vec<(Text, Text)> {
        let node = self.take(name);
        node.map(|node| self.reading.map(name, node))
            .unwrap_or_default()
    }

    /// A field whose value `read` makes out; it may be missing or `None`.
    pub(super) fn some<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Reading<'d>, Node<'a>) -> Option<T>,
    ) -> Option<T> {
        let node = self.optional(name)?;
        read(self.reading, node)
    }

    /// A list; what is wrong with one item hides no other. A missing list is empty.
    pub(super) fn list<T>(
        &mut self,
        name: &'static str,
        mut read: impl FnMut(&mut Reading<'d>, Node<'a>) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = self.take(name) else {
            return Vec::new();
        };
        let Value::List(nodes) = node.value else {
            self.reading.wrong_type(name, LIST, &node);
            return Vec::new();
        };
        nodes
            .into_iter()
            .filter_map(|node| read(self.reading, node))
            .collect()
    }

    /// How many errors this record has so far.
    pub(super) fn errors(&self) -> usize {
        self.reading.errors()
    }

    pub(super) fn ids(&mut self, name: &'static str) -> Vec<Text> {
        self.list(name, |reading, node| reading.id(name, node))
    }

    pub(super) fn claim_ids(&mut self, name: &'static str) -> Vec<Text> {
        self.list(name, |reading, node| reading.checked_id(name, node, true))
    }

    pub(super) fn texts(&mut self, name: &'static str) -> Vec<Text> {
        self.list(name, |reading, node| reading.filled(name, node))
    }

    /// Reports the fields that nobody asked for.
    pub(super) fn end(self) {
        for field in self.fields.into_iter().flatten() {
            let (name, span) = (shorten(field.name, SHOWN), self.reading.span(&field.place));
            self.reading.report(if self.asked.contains(&field.name) {
                let message = format!("`{name}` stands here twice");
                Diagnostic::error("duplicate-field", message, span)
                    .help("keep one of the two; the first is the one that was read")
            } else {
                let message = format!("{} has no field `{name}`", article(self.what));
                let near = suggest(field.name, self.asked.iter().copied());
                let help = match near.first() {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("its fields are {}", listed(&self.asked)),
                };
                Diagnostic::error("unknown-field", message, span).help(help)
            });
        }
    }
}

fn article(what: &str) -> String {
    let vowel = what.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} `{what}`", if vowel { "an" } else { "a" })
}
