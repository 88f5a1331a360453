//! From claims that stand in columns already to a graph: no record is made of any of them.

use super::build::{Columns, Known, assemble, canonical, size};
use super::claim_ids::{ClaimIds, first_of_its_id};
use super::evidence::EvidenceTable;
use super::records::{Table, encoded};
use super::{Agents, Graph, NONE, count};
use crate::columns::Rows;
use crate::model::{
    Actuality, Casebook, Claim, ClaimColumns, Date, Evidence, Polarity, Stance, Text,
};
use crate::text::{Span, Spanned};

impl Graph {
    /// Builds the graph of claims that stand in columns, beside the other records; the casebook itself has none. What
    /// refers to something that is not there is left out and counted, as [`Graph::build`] does.
    #[must_use]
    pub fn from_columns(mut casebook: Casebook, mut claims: ClaimColumns) -> Self {
        casebook.claims = Vec::new();
        let before = size(&casebook) + claims.len();
        let written = Written::of(&casebook);
        let known = Known::keep_first(&mut casebook);
        let canonical = canonical(&casebook, &known.entities);
        written.renumber(&known, &mut claims);
        keep_sound(&mut claims, &casebook);
        let left_out = before - size(&casebook) - claims.len();
        let agents = Agents::of(&casebook, &known, &canonical);
        let columns = plain(claims, &casebook, &canonical);
        assemble(casebook, &known, canonical, agents, columns, left_out)
    }
}

/// The ids of the records that columns point to, as the casebook came.
struct Written {
    entities: Vec<String>,
    relations: Vec<String>,
    sources: Vec<String>,
}

impl Written {
    fn of(casebook: &Casebook) -> Self {
        Self {
            entities: casebook
                .entities
                .iter()
                .map(|it| it.id.value.clone())
                .collect(),
            relations: casebook
                .relations
                .iter()
                .map(|it| it.id.value.clone())
                .collect(),
            sources: casebook
                .sources
                .iter()
                .map(|it| it.id.value.clone())
                .collect(),
        }
    }

    /// Lets columns point to what is left of the records. What points to nothing becomes [`NONE`].
    fn renumber(&self, known: &Known, claims: &mut ClaimColumns) {
        let places = |ids: &[String], known: &crate::text::Map<String, u32>| -> Option<Vec<u32>> {
            let places: Vec<u32> = ids
                .iter()
                .map(|id| known.get(id).copied().unwrap_or(NONE))
                .collect();
            places
                .iter()
                .zip(0..)
                .any(|(&place, at)| place != at)
                .then_some(places)
        };
        if let Some(places) = places(&self.entities, &known.entities) {
            for column in [&mut claims.subjects, &mut claims.objects] {
                renumbered(column, &places);
            }
            for place in &mut claims.places {
                // A place that is gone must not look like none.
                if *place != NONE {
                    *place = places
                        .get(*place as usize)
                        .copied()
                        .filter(|&at| at != NONE)
                        .unwrap_or(NONE - 1);
                }
            }
        }
        if let Some(places) = places(&self.relations, &known.relations) {
            renumbered(&mut claims.relations, &places);
        }
        if let Some(places) = places(&self.sources, &known.sources) {
            renumbered(&mut claims.sources, &places);
        }
    }
}

/// Puts each number that is one into a table in its place; what is none stays so.
fn renumbered(column: &mut [u32], table: &[u32]) {
    for number in column {
        *number = table.get(*number as usize).copied().unwrap_or(NONE);
    }
}

/// Leaves out the claims that point to nothing, rest on nothing, or repeat an id.
fn keep_sound(claims: &mut ClaimColumns, casebook: &Casebook) {
    let (entities, relations, sources) = (
        count(casebook.entities.len()),
        count(casebook.relations.len()),
        count(casebook.sources.len()),
    );
    let first = first_of_its_id((0..claims.len()).map(|claim| claims.id(claim).unwrap_or("")));
    let sound = |claim: usize| {
        let place = claims.places.get(claim).copied().unwrap_or(NONE);
        let when = claims.whens.get(claim).copied().unwrap_or(NONE);
        let rests_on = claims.sources_of(claim);
        claims.subjects[claim] < entities
            && claims.objects[claim] < entities
            && claims.relations[claim] < relations
            && (place == NONE || place < entities)
            && (when == NONE || (when as usize) < claims.dates.len())
            && !rests_on.is_empty()
            && rests_on.iter().all(|&source| source < sources)
    };
    let kept: Vec<bool> = (0..claims.len())
        .map(|claim| first[claim] && sound(claim))
        .collect();
    if kept.iter().all(|&kept| kept) {
        return;
    }
    let mut left = ClaimColumns {
        dates: std::mem::take(&mut claims.dates),
        ..ClaimColumns::default()
    };
    for claim in (0..claims.len()).filter(|&claim| kept[claim]) {
        left.ids.push_str(claims.id(claim).unwrap_or(""));
        left.id_ends.push(count(left.ids.len()));
        left.subjects.push(claims.subjects[claim]);
        left.relations.push(claims.relations[claim]);
        left.objects.push(claims.objects[claim]);
        left.places.extend(claims.places.get(claim));
        left.whens.extend(claims.whens.get(claim));
        left.sources.extend_from_slice(claims.sources_of(claim));
        left.evidence_ends.push(count(left.sources.len()));
    }
    *claims = left;
}

/// Claims of which every index is sound.
fn plain(claims: ClaimColumns, casebook: &Casebook, canonical: &[u32]) -> Columns {
    let ids = ClaimIds::of((0..claims.len()).map(|claim| claims.id(claim).unwrap_or("")));
    let (dates, places_of_dates) = in_time_order(&claims.dates);
    let otherwise = written_otherwise(&claims, casebook, canonical);
    let records = Table::encoded(claims.len(), otherwise);
    let ClaimColumns {
        mut subjects,
        relations,
        mut objects,
        mut places,
        mut whens,
        evidence_ends,
        sources,
        ..
    } = claims;
    for column in [&mut subjects, &mut objects, &mut places] {
        renumbered(column, canonical);
    }
    renumbered(&mut whens, &places_of_dates);
    let mut starts = Vec::with_capacity(evidence_ends.len() + 1);
    starts.push(0);
    starts.extend(evidence_ends);
    Columns {
        subjects,
        relations,
        objects,
        places,
        events: Vec::new(),
        whens,
        dates,
        manners: Vec::new(),
        evidence: EvidenceTable::plain(starts, sources),
        ids,
        records,
    }
}

/// Distinct dates in time order, and the place of each date among them.
fn in_time_order(dates: &[Date]) -> (Vec<Date>, Vec<u32>) {
    let mut order: Vec<usize> = (0..dates.len()).collect();
    order.sort_by(|&one, &other| dates[one].sort_key().cmp(&dates[other].sort_key()));
    let (mut places, mut distinct) = (
        vec![NONE; dates.len()],
        Vec::<Date>::with_capacity(dates.len()),
    );
    for at in order {
        if distinct.last() != Some(&dates[at]) {
            distinct.push(dates[at].clone());
        }
        places[at] = count(distinct.len()) - 1;
    }
    (distinct, places)
}

/// The claims whose ends are other entities than the canonical ones: their columns do not say which.
fn written_otherwise(claims: &ClaimColumns, casebook: &Casebook, canonical: &[u32]) -> Rows {
    let stands = |entity: u32| {
        canonical
            .get(entity as usize)
            .is_none_or(|&other| other == entity)
    };
    if (0..count(canonical.len())).all(stands) {
        return Rows::default();
    }
    let place = |claim: usize| {
        claims
            .places
            .get(claim)
            .copied()
            .filter(|&place| place != NONE)
    };
    let other = (0..claims.len()).filter(|&claim| {
        let ends = [
            Some(claims.subjects[claim]),
            Some(claims.objects[claim]),
            place(claim),
        ];
        !ends.into_iter().flatten().all(stands)
    });
    let record = |claim: usize| {
        let at = Span::default();
        let entity = |entity: u32| text(&casebook.entities[entity as usize].id);
        let evidence = claims.sources_of(claim).iter().map(|&source| Evidence {
            span: at,
            source: text(&casebook.sources[source as usize].id),
            according_to: Vec::new(),
            stance: Stance::Supports,
            at: None,
            digest: None,
            quote: None,
            credibility: None,
            note: None,
        });
        let when = claims
            .whens
            .get(claim)
            .and_then(|&when| claims.dates.get(when as usize));
        Claim {
            span: at,
            id: claims.id(claim).map(text),
            subject: entity(claims.subjects[claim]),
            relation: text(&casebook.relations[claims.relations[claim] as usize].id),
            object: entity(claims.objects[claim]),
            place: place(claim).map(entity),
            event: None,
            when: when.map(|date| Spanned::new(date.clone(), at)),
            polarity: Polarity::Affirmed,
            actuality: Actuality::Occurred,
            evidence: evidence.collect(),
            note: None,
        }
    };
    Rows::new(other.map(|claim| (count(claim), encoded(&record(claim)))))
}

fn text(value: &str) -> Text {
    Spanned::new(value.to_owned(), Span::default())
}
