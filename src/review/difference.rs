//! What became different between two casebooks: records and evidence gained, lost and changed. The order of records, and
//! the files in which they stand, make no difference. The home of `serde_json` in this layer: a field is compared as
//! what it is written as.

use super::support::{Support, support};
use crate::graph::Graph;
use crate::model::{Claim, Evidence};
use crate::query::Engine;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What became different.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// Records of every kind but claims, in the order of the data model.
    pub records: Vec<(&'static str, Changes)>,
    /// Claims, without their evidence.
    pub claims: Changes,
    /// Evidence of claims that are in both.
    pub evidence: Vec<EvidenceChange>,
    /// Facts that lost what they rested on.
    pub support: Vec<Support>,
}

/// Records gained, lost and changed, by id, sorted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// In the new casebook alone.
    pub gained: Vec<String>,
    /// In the old casebook alone.
    pub lost: Vec<String>,
    /// In both, with other fields.
    pub changed: Vec<Change>,
}

/// A record in both casebooks.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its id in the new casebook.
    pub id: String,
    /// The fields that differ.
    pub fields: Vec<FieldChange>,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// Its name.
    pub name: String,
    /// As it was, in JSON; `null` where it was not given.
    pub before: String,
    /// As it is.
    pub after: String,
}

/// A piece of evidence gained, lost or changed.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceChange {
    /// The claim, by its id in the new casebook.
    pub claim: String,
    /// The source, by id.
    pub source: String,
    /// What became of it.
    pub change: EvidenceFate,
}

/// What became of a piece of evidence.
#[derive(Debug, Clone, PartialEq)]
pub enum EvidenceFate {
    /// It is new.
    Gained,
    /// It is gone.
    Lost,
    /// Its fields differ.
    Changed(Vec<FieldChange>),
}

impl Changes {
    /// Whether nothing became different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gained.is_empty() && self.lost.is_empty() && self.changed.is_empty()
    }
}

impl Difference {
    /// What became different from `old` to `new`.
    #[must_use]
    pub fn between(old: &Engine, new: &Engine) -> Self {
        let (claims, evidence) = claims(old, new);
        let records = tables(&old.graph)
            .into_iter()
            .zip(tables(&new.graph))
            .map(|((kind, before), (_, after))| (kind, compare(&before, &after)))
            .collect();
        Self {
            records,
            claims,
            evidence,
            support: support((&old.graph, &old.provenance), (&new.graph, &new.provenance)),
        }
    }

    /// Whether nothing became different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.iter().all(|(_, changes)| changes.is_empty())
            && self.claims.is_empty()
            && self.evidence.is_empty()
            && self.support.is_empty()
    }
}

type Fields = Map<String, Value>;

/// The records of each kind but claims, by what names them.
fn tables(graph: &Graph) -> Vec<(&'static str, BTreeMap<String, Fields>)> {
    let book = graph.records();
    let entities = (0..graph.entity_count()).map(|at| graph.entity(at));
    let pair = |left: &str, right: &str| format!("{left} {right}");
    vec![
        ("header", table(&book.headers, |_| "header".to_owned())),
        ("kinds", table(&book.kinds, |kind| kind.id.value.clone())),
        (
            "relations",
            table(&book.relations, |relation| relation.id.value.clone()),
        ),
        (
            "publications",
            table(&book.publications, |outlet| outlet.id.value.clone()),
        ),
        (
            "sources",
            table(&book.sources, |source| source.id.value.clone()),
        ),
        (
            "entities",
            table(entities, |entity| entity.id.value.clone()),
        ),
        (
            "same_as",
            table(&book.same_as, |same| pair(&same.left, &same.right)),
        ),
        (
            "judged",
            table(&book.judged, |judged| {
                let claims: Vec<&str> = judged.claims.iter().map(|id| id.as_str()).collect();
                claims.join(" ")
            }),
        ),
    ]
}

fn table<'a, T: Serialize + 'a>(
    records: impl IntoIterator<Item = &'a T>,
    id: impl Fn(&T) -> String,
) -> BTreeMap<String, Fields> {
    let named = records
        .into_iter()
        .map(|record| (id(record), fields(record)));
    named.collect()
}

fn compare(before: &BTreeMap<String, Fields>, after: &BTreeMap<String, Fields>) -> Changes {
    let only = |one: &BTreeMap<String, Fields>, other: &BTreeMap<String, Fields>| {
        let names = one.keys().filter(|id| !other.contains_key(*id));
        names.cloned().collect()
    };
    let changed = before.iter().filter_map(|(id, was)| {
        let fields = differing(was, after.get(id)?);
        (!fields.is_empty()).then(|| Change {
            id: id.clone(),
            fields,
        })
    });
    Changes {
        gained: only(after, before),
        lost: only(before, after),
        changed: changed.collect(),
    }
}

/// The fields of a record without their places.
fn fields(record: &impl Serialize) -> Fields {
    match without_spans(serde_json::to_value(record).unwrap_or_default()) {
        Value::Object(fields) => fields,
        _ => Fields::new(),
    }
}

fn without_spans(value: Value) -> Value {
    match value {
        Value::Object(mut fields) => {
            fields.remove("span");
            match fields.remove("value") {
                Some(value) if fields.is_empty() => without_spans(value),
                value => {
                    fields.extend(value.map(|value| ("value".to_owned(), value)));
                    let named = fields.into_iter();
                    Value::Object(
                        named
                            .map(|(name, value)| (name, without_spans(value)))
                            .collect(),
                    )
                }
            }
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_spans).collect()),
        other => other,
    }
}

fn differing(before: &Fields, after: &Fields) -> Vec<FieldChange> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let text = |value: Option<&Value>| value.map_or_else(|| "null".to_owned(), Value::to_string);
    names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| FieldChange {
            name: name.clone(),
            before: text(before.get(name)),
            after: text(after.get(name)),
        })
        .collect()
}

/// A claim as it is compared.
struct Compared<'a> {
    id: &'a str,
    record: &'a Claim,
    /// Its fields but the evidence.
    fields: Fields,
    evidence: Vec<Fields>,
}

/// Claims by what they say, `subject/relation/object`: an id that was made may move.
fn by_fact(engine: &Engine) -> BTreeMap<[&str; 3], Vec<Compared<'_>>> {
    let mut facts: BTreeMap<[&str; 3], Vec<Compared<'_>>> = BTreeMap::new();
    for index in 0..engine.graph.claim_count() {
        let record = engine.graph.claim(index);
        let mut fields = fields(record);
        fields.remove("evidence");
        let fact = [
            record.subject.as_str(),
            record.relation.as_str(),
            record.object.as_str(),
        ];
        facts.entry(fact).or_default().push(Compared {
            id: engine.graph.claim_id(index),
            record,
            fields,
            evidence: record.evidence.iter().map(self::fields).collect(),
        });
    }
    facts
}

fn claims(old: &Engine, new: &Engine) -> (Changes, Vec<EvidenceChange>) {
    let (mut changes, mut evidence) = (Changes::default(), Vec::new());
    let (before, after) = (by_fact(old), by_fact(new));
    let facts: BTreeSet<&[&str; 3]> = before.keys().chain(after.keys()).collect();
    for fact in facts {
        let of = |facts: &'_ BTreeMap<_, Vec<_>>| -> usize { facts.get(fact).map_or(0, Vec::len) };
        let empty = Vec::new();
        let was = before.get(fact).unwrap_or(&empty);
        let is = after.get(fact).unwrap_or(&empty);
        let mut left: Vec<usize> = (0..of(&after)).collect();
        for (one, other) in pair(was, is, &mut left) {
            let Some(other) = other else {
                changes.lost.push(one.id.to_owned());
                continue;
            };
            let fields = differing(&one.fields, &other.fields);
            if !fields.is_empty() {
                changes.changed.push(Change {
                    id: other.id.to_owned(),
                    fields,
                });
            }
            compare_evidence(one, other, &mut evidence);
        }
        changes
            .gained
            .extend(left.into_iter().map(|at| is[at].id.to_owned()));
    }
    changes.gained.sort();
    changes.lost.sort();
    changes.changed.sort_by(|one, other| one.id.cmp(&other.id));
    (changes, evidence)
}

/// The claims that an old claim may have become, most likely first: the same in everything, the same given id, evidence
/// in common, the same circumstances, any. `left` keeps the new ones that are nobody's.
fn pair<'c, 'a>(
    was: &'c [Compared<'a>],
    is: &'c [Compared<'a>],
    left: &mut Vec<usize>,
) -> Vec<(&'c Compared<'a>, Option<&'c Compared<'a>>)> {
    type Alike = fn(&Compared<'_>, &Compared<'_>) -> bool;
    const ALIKE: [Alike; 5] = [
        |one, other| one.fields == other.fields && one.evidence == other.evidence,
        |one, other| one.record.id.is_some() && one.fields.get("id") == other.fields.get("id"),
        |one, other| {
            one.evidence
                .iter()
                .any(|entry| other.evidence.contains(entry))
        },
        |one, other| one.fields == other.fields,
        |_, _| true,
    ];
    let mut partner: Vec<Option<usize>> = vec![None; was.len()];
    for alike in ALIKE {
        for (at, one) in was.iter().enumerate() {
            if partner[at].is_none()
                && let Some(found) = left.iter().position(|&other| alike(one, &is[other]))
            {
                partner[at] = Some(left.remove(found));
            }
        }
    }
    was.iter()
        .zip(partner)
        .map(|(one, other)| (one, other.map(|at| &is[at])))
        .collect()
}

fn compare_evidence(one: &Compared<'_>, other: &Compared<'_>, found: &mut Vec<EvidenceChange>) {
    let change = |evidence: &Evidence, change| EvidenceChange {
        claim: other.id.to_owned(),
        source: evidence.source.value.clone(),
        change,
    };
    let mut left: Vec<usize> = (0..other.evidence.len()).collect();
    let mut gone: Vec<usize> = (0..one.evidence.len()).collect();
    // What is the same first, then what is of the same source.
    let mut pairs = Vec::new();
    for same_source in [false, true] {
        gone.retain(|&at| {
            let alike = |&new: &usize| {
                if same_source {
                    one.evidence[at].get("source") == other.evidence[new].get("source")
                } else {
                    one.evidence[at] == other.evidence[new]
                }
            };
            let partner = left.iter().position(alike).map(|place| left.remove(place));
            if let Some(new) = partner.filter(|_| same_source) {
                pairs.push((at, new));
            }
            partner.is_none()
        });
    }
    for (at, new) in pairs {
        let fields = differing(&one.evidence[at], &other.evidence[new]);
        found.push(change(
            &other.record.evidence[new],
            EvidenceFate::Changed(fields),
        ));
    }
    let gone = gone
        .into_iter()
        .map(|at| change(&one.record.evidence[at], EvidenceFate::Lost));
    found.extend(gone);
    let gained = left
        .into_iter()
        .map(|new| change(&other.record.evidence[new], EvidenceFate::Gained));
    found.extend(gained);
}
