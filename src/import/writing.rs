//! What was imported as the text of a casebook, record by record: nothing of it is held in memory twice.

use super::Imported;
use crate::model::{Be, Entity, Kind, NO_CELL, Publication, Relation, Source, Text};
use crate::text::safe::is_hidden;
use std::io::{self, Write};

/// Writes a casebook that loads as these records and claims. Fields that no import fills are not written.
///
/// # Errors
/// What the writer says.
pub fn write(imported: &Imported, out: &mut dyn Write) -> io::Result<()> {
    let book = &imported.casebook;
    out.write_all(b"[\n")?;
    for header in &book.headers {
        record(out, "Casebook", |fields| {
            fields.raw("format", &header.format.value)?;
            fields.text("title", &header.title)
        })?;
    }
    for one in &book.kinds {
        kind(out, one)?;
    }
    for one in &book.relations {
        relation(out, one)?;
    }
    for one in &book.publications {
        publication(out, one)?;
    }
    for one in &book.sources {
        source(out, one)?;
    }
    for one in &book.entities {
        entity(out, one)?;
    }
    for claim in 0..imported.claims.len() {
        self::claim(out, imported, claim)?;
    }
    out.write_all(b"]\n")
}

/// The fields of a record, with commas between them.
struct Fields<'o> {
    out: &'o mut dyn Write,
    first: bool,
}

fn record(
    out: &mut dyn Write,
    name: &str,
    fields: impl FnOnce(&mut Fields<'_>) -> io::Result<()>,
) -> io::Result<()> {
    write!(out, "    {name}(")?;
    fields(&mut Fields { out, first: true })?;
    out.write_all(b"),\n")
}

impl Fields<'_> {
    fn name(&mut self, name: &str) -> io::Result<()> {
        if !self.first {
            self.out.write_all(b", ")?;
        }
        self.first = false;
        write!(self.out, "{name}: ")
    }

    fn raw(&mut self, name: &str, value: &dyn std::fmt::Display) -> io::Result<()> {
        self.name(name)?;
        write!(self.out, "{value}")
    }

    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.name(name)?;
        quoted(self.out, text)
    }

    fn some(&mut self, name: &str, text: Option<&Text>) -> io::Result<()> {
        text.map_or(Ok(()), |text| self.text(name, text))
    }

    fn texts(&mut self, name: &str, texts: &[Text]) -> io::Result<()> {
        if texts.is_empty() {
            return Ok(());
        }
        self.name(name)?;
        for (number, text) in texts.iter().enumerate() {
            self.out.write_all(if number == 0 { b"[" } else { b", " })?;
            quoted(self.out, text)?;
        }
        self.out.write_all(b"]")
    }
}

/// A text in quotation marks; what nobody would see is written so that it shows.
fn quoted(out: &mut dyn Write, text: &str) -> io::Result<()> {
    out.write_all(b"\"")?;
    let plain = |c: char| !matches!(c, '"' | '\\') && !is_hidden(c);
    let mut rest = text;
    while let Some(at) = rest.find(|c| !plain(c)) {
        out.write_all(&rest.as_bytes()[..at])?;
        let mut left = rest[at..].chars();
        match left.next() {
            Some(c @ ('"' | '\\')) => write!(out, "\\{c}")?,
            Some(c) => write!(out, "\\u{{{:X}}}", u32::from(c))?,
            None => {}
        }
        rest = left.as_str();
    }
    out.write_all(rest.as_bytes())?;
    out.write_all(b"\"")
}

fn kind(out: &mut dyn Write, kind: &Kind) -> io::Result<()> {
    record(out, "Kind", |fields| {
        fields.text("id", &kind.id)?;
        fields.text("plural", &kind.plural)?;
        if kind.actor {
            fields.raw("actor", &true)?;
        }
        fields.some("schema", kind.schema.as_ref())
    })
}

fn relation(out: &mut dyn Write, relation: &Relation) -> io::Result<()> {
    record(out, "Relation", |fields| {
        fields.text("id", &relation.id)?;
        fields.texts("forms", &relation.forms)?;
        if relation.be == Be::Keeps {
            fields.raw("be", &"Keeps")?;
        }
        if relation.symmetric {
            fields.raw("symmetric", &true)?;
        }
        fields.some("plover", relation.plover.as_ref())?;
        fields.some("about", relation.about.as_ref())
    })
}

fn publication(out: &mut dyn Write, publication: &Publication) -> io::Result<()> {
    record(out, "Publication", |fields| {
        fields.text("id", &publication.id)?;
        fields.text("name", &publication.name)
    })
}

fn source(out: &mut dyn Write, source: &Source) -> io::Result<()> {
    record(out, "Source", |fields| {
        fields.text("id", &source.id)?;
        fields.raw("type", &format_args!("{:?}", source.source_type.value))?;
        fields.text("title", &source.title)?;
        fields.some("publication", source.publication.as_ref())?;
        fields.some("url", source.url.as_ref())?;
        fields.some("note", source.note.as_ref())
    })
}

fn entity(out: &mut dyn Write, entity: &Entity) -> io::Result<()> {
    record(out, "Entity", |fields| {
        fields.text("id", &entity.id)?;
        fields.text("kind", &entity.kind)?;
        fields.text("name", &entity.name)?;
        fields.texts("aliases", &entity.aliases)?;
        fields.texts("within", &entity.within)
    })
}

fn claim(out: &mut dyn Write, imported: &Imported, claim: usize) -> io::Result<()> {
    let (book, claims) = (&imported.casebook, &imported.claims);
    let entity = |at: u32| {
        book.entities
            .get(at as usize)
            .map_or("", |entity| entity.id.as_str())
    };
    record(out, "Claim", |fields| {
        if let Some(id) = claims.id(claim) {
            fields.text("id", id)?;
        }
        fields.text("subject", entity(claims.subjects[claim]))?;
        let relation = book.relations.get(claims.relations[claim] as usize);
        fields.text(
            "relation",
            relation.map_or("", |relation| relation.id.as_str()),
        )?;
        fields.text("object", entity(claims.objects[claim]))?;
        if let Some(&place) = claims.places.get(claim).filter(|&&place| place != NO_CELL) {
            fields.text("place", entity(place))?;
        }
        if let Some(date) = claims.dates.get(claims.whens[claim] as usize) {
            fields.text("when", &date.edtf)?;
        }
        fields.name("evidence")?;
        for (number, &source) in claims.sources_of(claim).iter().enumerate() {
            let start = if number == 0 {
                "[(source: "
            } else {
                ", (source: "
            };
            fields.out.write_all(start.as_bytes())?;
            let source = book.sources.get(source as usize);
            quoted(fields.out, source.map_or("", |source| source.id.as_str()))?;
            fields.out.write_all(b")")?;
        }
        fields.out.write_all(b"]")
    })
}
