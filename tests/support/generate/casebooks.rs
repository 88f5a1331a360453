//! Casebooks: parallel claims of one fact, circles, self-loops, missing dates, denials, sources that lean on each other.

use super::schema::{kinds, relations};
use super::words::Words;
use casebook::model::*;
use casebook::text::{Span, Spanned};
use fastrand::Rng;

pub fn text(text: impl Into<String>) -> Text {
    Spanned::new(text.into(), Span::default())
}

pub fn texts(texts: &[&str]) -> Vec<Text> {
    texts.iter().map(|one| text(*one)).collect()
}

/// A casebook of 20 to 50 entities and 30 to 120 claims.
pub fn casebook(rng: &mut Rng) -> Casebook {
    let mut words = Words::new();
    let mut book = Casebook::default();
    book.headers.push(Header {
        span: Span::default(),
        format: Spanned::new(1, Span::default()),
        title: text("Generated"),
        about: None,
        texts: None,
    });
    kinds(rng, &mut book);
    relations(rng, &mut book);
    entities(rng, &mut words, &mut book);
    sources(rng, &mut words, &mut book);
    for _ in 0..rng.usize(30..=120) {
        let claim = claim(rng, &book);
        book.claims.extend(claim);
    }
    same(rng, &mut book);
    declare(rng, &mut book);
    book
}

/// What contradictions are found from: which relations exclude each other, what lasts, who is in one place at a time;
/// and a record of somebody who has looked at some.
fn declare(rng: &mut Rng, book: &mut Casebook) {
    for kind in book.kinds.iter_mut().filter(|kind| kind.actor) {
        kind.schema = rng.bool().then(|| text("Person"));
    }
    let ids: Vec<Text> = book.relations.iter().map(|r| r.id.clone()).collect();
    for relation in &mut book.relations {
        let others = |rng: &mut Rng, seldom: u8| -> Vec<Text> {
            let other = rng.choice(&ids).filter(|id| id.value != relation.id.value);
            other
                .filter(|_| rng.u8(..seldom) == 0)
                .cloned()
                .into_iter()
                .collect()
        };
        relation.opposite_of = others(rng, 2);
        relation.exclusive_with = others(rng, 3);
        let per = [SingleValued::PerSubject, SingleValued::PerObject][rng.usize(..2)];
        let per = Spanned::new(per, Span::default());
        relation.single_valued = (rng.u8(..3) == 0).then_some(per);
        if rng.u8(..3) == 0 {
            relation.aspect = Aspect::State;
        }
    }
    let claims = casebook::model::id::of_claims(&book.claims);
    for _ in 0..rng.usize(..=2) {
        // Claims of one relation: some of them may well contradict each other.
        let Some(relation) = rng.choice(&book.relations) else {
            return;
        };
        let of_relation =
            |(_, claim): &(&String, &Claim)| claim.relation.value == relation.id.value;
        let listed = claims.iter().zip(&book.claims).filter(of_relation);
        book.judged.push(Judged {
            span: Span::default(),
            claims: listed.map(|(id, _)| text(id)).collect(),
            because: text("generated"),
        });
    }
}

fn entities(rng: &mut Rng, words: &mut Words, book: &mut Casebook) {
    let kinds = book.kinds.len();
    for number in 0..rng.usize(20..=50) {
        // Two of each kind at least; then mostly people.
        let kind = match number {
            few if few < 2 * kinds => few % kinds,
            _ if rng.bool() => 0,
            _ => rng.usize(..kinds),
        };
        let name = words.name(rng);
        let aliases = (0..rng.usize(..3)).map(|_| text(words.name(rng))).collect();
        let mut within = Vec::new();
        if book.kinds[kind].id.value == "place" && rng.u8(..3) > 0 {
            // Only in places before it: no circles.
            let before: Vec<_> = book
                .entities
                .iter()
                .filter(|e| e.kind.value == "place")
                .collect();
            within.extend(rng.choice(before).map(|outer| outer.id.clone()));
        }
        book.entities.push(Entity {
            span: Span::default(),
            id: text(format!("e{number}-{}", casebook::text::fold::key(&name))),
            kind: book.kinds[kind].id.clone(),
            name: text(name),
            aliases: if rng.u8(..3) == 0 {
                aliases
            } else {
                Vec::new()
            },
            ids: Vec::new(),
            within,
            note: None,
        });
    }
    let at = |rng: &mut Rng| rng.usize(..number_of(book));
    let order: Vec<usize> = (0..3).map(|_| at(rng)).collect();
    // The records' order shall not be that of names or kinds.
    for (one, other) in order.iter().zip(order.iter().skip(1)) {
        book.entities.swap(*one, *other);
    }
}

fn number_of(book: &Casebook) -> usize {
    book.entities.len()
}

fn sources(rng: &mut Rng, words: &mut Words, book: &mut Casebook) {
    for number in 0..rng.usize(..=3) {
        book.publications.push(Publication {
            span: Span::default(),
            id: text(format!("p{number}")),
            name: text(words.name(rng)),
            aliases: Vec::new(),
            reliability: reliability(rng),
            url: None,
            about: None,
        });
    }
    for number in 0..rng.usize(4..=8) {
        let mut derived_from = Vec::new();
        if rng.u8(..5) < 2 {
            for _ in 0..rng.usize(1..=2) {
                let origin = match rng.u8(..4) {
                    0 => rng.choice(&book.publications).map(|p| p.id.clone()),
                    1 => rng.choice(&book.entities).map(|e| e.id.clone()),
                    _ => rng.choice(&book.sources).map(|s| s.id.clone()),
                };
                derived_from.extend(origin.map(|origin| Derivation {
                    origin,
                    how: How::Quotes,
                }));
            }
        }
        let publication = rng.choice(&book.publications).map(|p| p.id.clone());
        book.sources.push(Source {
            span: Span::default(),
            id: text(format!("s{number}")),
            source_type: Spanned::new(SourceType::Article, Span::default()),
            title: text(format!("{} {}", words.name(rng), words.name(rng))),
            aliases: vec![text(words.name(rng))],
            author: Vec::new(),
            container_title: None,
            publisher: None,
            publication: publication.filter(|_| rng.bool()),
            issued: None,
            accessed: None,
            url: None,
            language: None,
            text: None,
            derived_from,
            reliability: reliability(rng),
            max_quote: None,
            note: None,
        });
    }
}

const DATES: [&str; 24] = [
    "2025-10-24",
    "2025-10-25",
    "2025-11-19",
    "2025-11-02",
    "2025-10",
    "2025-11",
    "2025",
    "2024",
    "2025-10~",
    "2025-11-19?",
    "2025-1X",
    "2025-10-24/2025-10-26",
    "2025-10/2025-11",
    "../2025-10",
    "/2025-10",
    "2025-10/..",
    "2025-11-02/",
    "XXXX-10",
    "2025-23",
    "2025-10%",
    "[2025-10-01,2025-11-05]",
    "2024-12-31/2025-01-02",
    "2023-05-06",
    "2025-10-24~/2025-11",
];

pub fn date(rng: &mut Rng) -> &'static str {
    rng.choice(DATES).unwrap_or("2025")
}

fn admitted<'b>(book: &'b Casebook, ends: &[Text]) -> Vec<&'b Entity> {
    let admits = |entity: &&Entity| {
        let kind = book
            .kinds
            .iter()
            .find(|kind| kind.id.value == entity.kind.value);
        ends.is_empty()
            || kind.is_some_and(|kind| {
                ends.iter().any(|end| {
                    end.value == "any"
                        || end.value == kind.id.value
                        || (end.value == "actor" && kind.actor)
                })
            })
    };
    book.entities.iter().filter(admits).collect()
}

fn claim(rng: &mut Rng, book: &Casebook) -> Option<Claim> {
    let relation = rng.choice(&book.relations)?;
    let (mut subject, mut object) = (
        rng.choice(admitted(book, &relation.from))?.id.clone(),
        rng.choice(admitted(book, &relation.to))?.id.clone(),
    );
    let mut relation = relation.id.clone();
    let mut before = None;
    if rng.u8(..10) < 3
        && let Some(known) = rng.choice(&book.claims)
    {
        // One more claim of a known fact, the other way round where that says the same.
        before = Some(known);
        (subject, relation, object) = (
            known.subject.clone(),
            known.relation.clone(),
            known.object.clone(),
        );
        let symmetric = book
            .relations
            .iter()
            .any(|r| r.id == relation && r.symmetric);
        if symmetric && rng.bool() {
            std::mem::swap(&mut subject, &mut object);
        }
    }
    let parallel = book.claims.iter().filter(|known| {
        let ends = [&known.subject, &known.object];
        known.relation == relation && ends.contains(&&subject) && ends.contains(&&object)
    });
    if parallel.count() >= 4 {
        return None;
    }
    let of_kind = |kind: &str| -> Vec<&Entity> {
        book.entities
            .iter()
            .filter(|entity| entity.kind.value == kind)
            .collect()
    };
    let place = rng.choice(of_kind("place")).filter(|_| rng.bool());
    let event = rng.choice(of_kind("meeting")).filter(|_| rng.u8(..5) == 0);
    let when = Date::parse(date(rng)).ok().filter(|_| rng.u8(..4) > 0);
    // Of one occasion, now and then: the same event, the same day.
    let event = event.map(|e| e.id.clone());
    let event = match before.and_then(|known| known.event.clone()) {
        Some(event) if rng.u8(..3) > 0 => Some(event),
        _ => event,
    };
    let when = when.map(|when| Spanned::new(when, Span::default()));
    let when = match before.and_then(|known| known.when.clone()) {
        Some(when) if rng.u8(..3) == 0 => Some(when),
        _ => when,
    };
    let number = if rng.u8(..3) == 0 {
        rng.usize(2..=3)
    } else {
        1
    };
    let evidence: Option<Vec<_>> = (0..number).map(|_| evidence(rng, book)).collect();
    Some(Claim {
        span: Span::default(),
        id: None,
        subject,
        relation,
        object,
        place: place.map(|e| e.id.clone()),
        event,
        when,
        polarity: if rng.u8(..10) == 0 {
            Polarity::Negated
        } else {
            Polarity::Affirmed
        },
        actuality: match rng.u8(..20) {
            0 => Actuality::Planned,
            1 => Actuality::Expected,
            2 => Actuality::Cancelled,
            3 => Actuality::Alleged,
            4..=6 => Actuality::Ongoing,
            _ => Actuality::Occurred,
        },
        evidence: evidence?,
        note: None,
    })
}

fn evidence(rng: &mut Rng, book: &Casebook) -> Option<Evidence> {
    let mut according_to = Vec::new();
    if rng.u8(..5) < 2 {
        for _ in 0..rng.usize(1..=2) {
            let speaker = match rng.u8(..5) {
                0 => rng.choice(&book.publications).map(|p| p.id.clone()),
                1 => rng.choice(&book.sources).map(|s| s.id.clone()),
                _ => rng.choice(&book.entities).map(|e| e.id.clone()),
            };
            according_to.extend(speaker);
        }
    }
    Some(Evidence {
        span: Span::default(),
        source: rng.choice(&book.sources)?.id.clone(),
        according_to,
        stance: match rng.u8(..12) {
            0 => Stance::Denies,
            1 => Stance::Mentions,
            _ => Stance::Supports,
        },
        at: None,
        digest: None,
        quote: None,
        credibility: match rng.u8(..9) {
            grade @ 1..=6 => Some(Spanned::new(grade, Span::default())),
            _ => None,
        },
        note: None,
    })
}

fn reliability(rng: &mut Rng) -> Option<Spanned<Reliability>> {
    use Reliability::{A, B, C, D, E, F};
    let grade = rng.choice([A, B, C, D, E, F]).filter(|_| rng.bool())?;
    Some(Spanned::new(grade, Span::default()))
}

fn same(rng: &mut Rng, book: &mut Casebook) {
    if rng.u8(..3) > 0 {
        return;
    }
    for _ in 0..rng.usize(1..=2) {
        let (Some(left), Some(right)) = (rng.choice(&book.entities), rng.choice(&book.entities))
        else {
            return;
        };
        // A place judged the same as what it lies in, or two kinds judged the same, are for `check` to find.
        if left.kind != right.kind || left.kind.value == "place" {
            continue;
        }
        let judgement = match rng.u8(..4) {
            0 => Judgement::Different,
            1 => Judgement::Unsure,
            _ => Judgement::Same,
        };
        book.same_as.push(SameAs {
            span: Span::default(),
            left: left.id.clone(),
            right: right.id.clone(),
            judgement: Spanned::new(judgement, Span::default()),
            because: text("generated"),
            source: None,
        });
    }
}
