//! Event data becomes a casebook: each preset, look-up tables, bad rows, compressions, and the way back from RON.

mod bad;
mod formats;
mod presets;
mod program;

use crate::tidy::root;
use casebook::import::{
    self, Around, ImportError, Imported, Input, MAX_BAD, Map, Options, preset, writing,
};
use casebook::model::{Casebook, NO_CELL};
use casebook::{check, load, text::Severity};
use std::sync::atomic::AtomicBool;

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(root().join("tests/import").join(name))
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub(crate) fn options(preset: &str) -> Options {
    Options {
        preset: preset::find(preset),
        title: Some("A test".to_owned()),
        max_bad: MAX_BAD,
        ..Options::default()
    }
}

pub(crate) fn mapped(map: &str) -> Options {
    Options {
        map: Some(Map::read(map).unwrap()),
        ..options("tsv")
    }
}

/// Imports texts; look-up tables are fixtures.
pub(crate) fn import_all(inputs: Vec<Input>, options: Options) -> Result<Imported, ImportError> {
    let mut around = Around {
        open: &mut |name| Ok(Input::of(name, fixture(&format!("dump/{name}")))),
        progress: &mut |_| (),
        stop: &AtomicBool::new(false),
    };
    import::import(inputs, options, &mut around)
}

pub(crate) fn import_one(name: &str, bytes: impl Into<Vec<u8>>, options: Options) -> Imported {
    import_all(vec![Input::of(name, bytes)], options)
        .unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

/// What a claim says, in ids.
pub(crate) fn claims(imported: &Imported) -> Vec<String> {
    let (book, claims) = (&imported.casebook, &imported.claims);
    let entity = |at: u32| book.entities[at as usize].id.as_str();
    let claim = |at: usize| {
        let place = claims.places.get(at).filter(|&&place| place != NO_CELL);
        let date = claims.dates.get(claims.whens[at] as usize);
        let sources = claims.sources_of(at).iter();
        let sources: Vec<&str> = sources
            .map(|&source| book.sources[source as usize].id.as_str())
            .collect();
        format!(
            "{}: {} {} {} @{} {} {}",
            claims.id(at).unwrap_or("-"),
            entity(claims.subjects[at]),
            book.relations[claims.relations[at] as usize].id.value,
            entity(claims.objects[at]),
            place.map_or("-", |&place| entity(place)),
            date.map_or("-", |date| &date.edtf),
            sources.join(" "),
        )
    };
    (0..claims.len()).map(claim).collect()
}

/// Everything that was imported but for the claims, without places.
fn records(book: &Casebook) -> Vec<String> {
    let texts = |texts: &[casebook::model::Text]| {
        let texts: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
        format!("{texts:?}")
    };
    let some = |text: &Option<casebook::model::Text>| text.as_ref().map(|text| text.value.clone());
    let mut all = Vec::new();
    for one in &book.headers {
        all.push(format!("{} {}", one.format.value, one.title.value));
    }
    for one in &book.kinds {
        all.push(format!(
            "{} {} {} {:?}",
            one.id.value,
            one.plural.value,
            one.actor,
            some(&one.schema)
        ));
    }
    for one in &book.relations {
        let forms = texts(&one.forms);
        let (plover, about) = (some(&one.plover), some(&one.about));
        all.push(format!(
            "{} {forms} {} {plover:?} {about:?}",
            one.id.value, one.symmetric
        ));
    }
    for one in &book.publications {
        all.push(format!("{} {}", one.id.value, one.name.value));
    }
    for one in &book.sources {
        let (outlet, url, note) = (some(&one.publication), some(&one.url), some(&one.note));
        let kind = one.source_type.value;
        all.push(format!(
            "{} {kind:?} {} {outlet:?} {url:?} {note:?}",
            one.id.value, one.title.value
        ));
    }
    for one in &book.entities {
        let (aliases, within) = (texts(&one.aliases), texts(&one.within));
        let (id, kind, name) = (&one.id.value, &one.kind.value, &one.name.value);
        all.push(format!("{id} {kind} {name} {aliases} {within}"));
    }
    all
}

/// Written as RON and loaded again it is the same, and `check` finds no error in it.
pub(crate) fn round_trip(imported: &Imported) -> Casebook {
    let mut text = Vec::new();
    writing::write(imported, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let loaded = load::load_text("imported.ron", &text);
    let mut found = loaded.diagnostics.clone();
    found.extend(check::check(&loaded.casebook, &loaded.sources));
    let errors: Vec<_> = found
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    let hidden = found.iter().find(|found| found.name == "hidden-character");
    assert_eq!(hidden, None, "what nobody sees is written so that it shows");
    let book = &loaded.casebook;
    assert_eq!(records(book), records(&imported.casebook));
    let read: Vec<String> = book
        .claims
        .iter()
        .map(|claim| {
            let sources: Vec<&str> = claim
                .evidence
                .iter()
                .map(|evidence| evidence.source.as_str())
                .collect();
            format!(
                "{}: {} {} {} @{} {} {}",
                claim.id.as_ref().map_or("-", |id| id.as_str()),
                claim.subject.value,
                claim.relation.value,
                claim.object.value,
                claim.place.as_ref().map_or("-", |place| place.as_str()),
                claim
                    .when
                    .as_ref()
                    .map_or("-", |when| when.value.edtf.as_str()),
                sources.join(" ")
            )
        })
        .collect();
    assert_eq!(read, claims(imported));
    loaded.casebook
}

/// What is known of an entity by its id.
pub(crate) fn entity(book: &Casebook, id: &str) -> String {
    let found = book.entities.iter().find(|entity| entity.id.value == id);
    let found = found.unwrap_or_else(|| panic!("there is no `{id}`: {:?}", records(book)));
    let list = |texts: &[casebook::model::Text]| {
        let texts: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
        texts.join(", ")
    };
    format!(
        "{} `{}` [{}] in [{}]",
        found.kind.value,
        found.name.value,
        list(&found.aliases),
        list(&found.within)
    )
}
