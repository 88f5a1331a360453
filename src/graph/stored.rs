//! A graph in a file, and out of it: its columns as they are, and of its records only what the columns do not say.

use super::claim_ids::ClaimIds;
use super::records::{Records, Table, decoded, encoded};
use super::{Agents, EvidenceTable, Graph, count};
use crate::columns::{Column, File, Lists, Problem, Rows, Strings, Writer};
use crate::model::{Casebook, Header, Kind, Relation};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, OnceLock};

/// The few records that every question needs, and how many there are of the others.
#[derive(Serialize, Deserialize)]
struct Schema {
    headers: Vec<Header>,
    kinds: Vec<Kind>,
    relations: Vec<Relation>,
    left_out: usize,
    publications: usize,
    sources: usize,
    same_as: usize,
    judged: usize,
    dates: usize,
    is_undated: bool,
}

impl Graph {
    /// Adds the graph to a file.
    pub(crate) fn write<'a>(&'a self, file: &mut Writer<'a>) {
        let records = &self.records;
        let schema = Schema {
            headers: records.headers.clone(),
            kinds: records.kinds.clone(),
            relations: records.relations.clone(),
            left_out: self.left_out,
            publications: records.publications.len(),
            sources: records.sources.len(),
            same_as: records.same_as.len(),
            judged: records.judged.len(),
            dates: self.dates.len(),
            is_undated: self.is_undated,
        };
        file.owned("schema", encoded(&schema));
        records.publications.write("publication", file);
        records.sources.write("source", file);
        records.same_as.write("same-as", file);
        records.judged.write("judged", file);
        self.dates.write("date", file);
        self.write_entities(file);
        self.write_claims(file);
        self.agents.write(file);
        file.numbers("source.reliability", self.reliabilities.all());
    }

    fn write_entities<'a>(&'a self, file: &mut Writer<'a>) {
        let entities = 0..self.entity_count();
        let names: Strings = entities
            .clone()
            .map(|entity| self.entity_name(entity))
            .collect();
        names.write_owned("entity.name", file);
        // What columns say already is not said again.
        let kind = |entity| self.records.kinds.get(self.kind_of(entity) as usize);
        let more = entities
            .filter(|&at| !self.records.entities.is_implied(at as usize))
            .filter_map(|at| {
                let record = self.entity(at);
                let plain = record.aliases.is_empty()
                    && record.ids.is_empty()
                    && record.within.is_empty()
                    && record.note.is_none()
                    && kind(at).is_some_and(|kind| kind.id.value == record.kind.value);
                (!plain).then(|| (at, encoded(record)))
            });
        Rows::new(more).write_owned("entity", file);
        file.numbers("entity.canonical", self.canonical.all());
        self.same.write("entity.same", file);
        self.lies_in.write("entity.within", file);
        self.inner.write("entity.inner", file);
        self.settings.write("entity.set-here", file);
        file.numbers("entity.order", self.places_of_names.all());
        self.kinds_of_entities.write("entity.kind", file);
        self.outgoing.write("entity.from", file);
        self.incoming.write("entity.to", file);
    }

    fn write_claims<'a>(&'a self, file: &mut Writer<'a>) {
        let claims =
            (0..self.claim_count()).filter(|&at| !self.records.claims.is_implied(at as usize));
        let more = claims.filter_map(|at| {
            let record = encoded(self.claim(at));
            (record != encoded(&self.implied_claim(at))).then_some((at, record))
        });
        Rows::new(more).write_owned("claim", file);
        file.numbers("claim.subject", self.subjects.all());
        self.relations.write("claim.relation", file);
        file.numbers("claim.object", self.objects.all());
        file.numbers("claim.place", self.places.all());
        file.numbers("claim.event", self.events.all());
        self.whens.write("claim.when", file);
        file.bytes("claim.manner", self.manners.all());
        file.numbers("claim.fact", self.facts_of_claims.all());
        self.claims_of_facts.write("fact.claims", file);
        file.numbers("fact.subject", self.subjects_of_facts.all());
        file.numbers("fact.object", self.objects_of_facts.all());
        file.numbers("relation.facts", self.first_facts.all());
        file.numbers("relation.order", self.places_of_relations.all());
        file.numbers("date.start", self.starts_of_dates.all());
        file.numbers("date.reach", self.reaches_of_dates.all());
        self.claim_ids.write(file);
        self.evidence.write(file);
    }

    /// The graph of a file. Nothing is read but the schema.
    ///
    /// # Errors
    /// [`Problem`] when a section is not there.
    pub(crate) fn mapped(file: &Arc<File>) -> Result<Self, Problem> {
        let schema: Column<u8> = file.column("schema")?;
        let schema: Schema = decoded(schema.all());
        let canonical: Column<u32> = file.column("entity.canonical")?;
        let subjects: Column<u32> = file.column("claim.subject")?;
        Ok(Self {
            left_out: schema.left_out,
            structure: OnceLock::new(),
            same: Lists::mapped(file, "entity.same")?,
            relations: file.numbers("claim.relation")?,
            objects: file.column("claim.object")?,
            places: file.column("claim.place")?,
            events: file.column("claim.event")?,
            whens: file.numbers("claim.when")?,
            dates: Table::mapped(file, "date", schema.dates)?,
            manners: file.column("claim.manner")?,
            facts_of_claims: file.column("claim.fact")?,
            claims_of_facts: Lists::mapped(file, "fact.claims")?,
            subjects_of_facts: file.column("fact.subject")?,
            objects_of_facts: file.column("fact.object")?,
            first_facts: file.column("relation.facts")?,
            places_of_relations: file.column("relation.order")?,
            starts_of_dates: file.column("date.start")?,
            reaches_of_dates: file.column("date.reach")?,
            is_undated: schema.is_undated,
            outgoing: Lists::mapped(file, "entity.from")?,
            incoming: Lists::mapped(file, "entity.to")?,
            lies_in: Lists::mapped(file, "entity.within")?,
            inner: Lists::mapped(file, "entity.inner")?,
            settings: Lists::mapped(file, "entity.set-here")?,
            places_of_names: file.column("entity.order")?,
            kinds_of_entities: file.numbers("entity.kind")?,
            names: Strings::mapped(file, "entity.name")?,
            claim_ids: ClaimIds::mapped(file, subjects.len())?,
            evidence: EvidenceTable::mapped(file)?,
            agents: Agents::mapped(file)?,
            reliabilities: file.column("source.reliability")?,
            records: Records {
                headers: schema.headers,
                kinds: schema.kinds,
                relations: schema.relations,
                publications: Table::mapped(file, "publication", schema.publications)?,
                sources: Table::mapped(file, "source", schema.sources)?,
                same_as: Table::mapped(file, "same-as", schema.same_as)?,
                judged: Table::mapped(file, "judged", schema.judged)?,
                entities: Table::mapped(file, "entity", canonical.len())?,
                claims: Table::mapped(file, "claim", subjects.len())?,
            },
            canonical,
            subjects,
        })
    }

    /// How many records there are in all, of every kind.
    #[must_use]
    pub fn record_count(&self) -> usize {
        let Records {
            headers,
            kinds,
            relations,
            publications,
            sources,
            same_as,
            judged,
            entities,
            claims,
        } = &self.records;
        headers.len()
            + kinds.len()
            + relations.len()
            + publications.len()
            + sources.len()
            + same_as.len()
            + judged.len()
            + entities.len()
            + claims.len()
    }

    /// All records, as they would be read.
    #[must_use]
    pub fn casebook(&self) -> Casebook {
        let records = &self.records;
        Casebook {
            headers: records.headers.clone(),
            kinds: records.kinds.clone(),
            relations: records.relations.clone(),
            publications: records.publications.iter().cloned().collect(),
            sources: records.sources.iter().cloned().collect(),
            entities: (0..self.entity_count())
                .map(|at| self.entity(at).clone())
                .collect(),
            claims: self.claims().map(|at| self.claim(at).clone()).collect(),
            same_as: records.same_as.iter().cloned().collect(),
            judged: records.judged.iter().cloned().collect(),
        }
    }

    /// All claims, in order.
    pub fn claims(
        &self,
    ) -> impl ExactSizeIterator<Item = crate::graph::ClaimIndex> + Clone + use<> {
        0..count(self.subjects.len())
    }
}
