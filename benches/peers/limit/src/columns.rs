//! The data as columns: edges by subject, by object and by relation, each in the order that its queries want.

use crate::data::{Data, Edge};
use std::ops::Range;

/// Edges grouped by one end; within a group by relation, then by date.
pub struct ByEnd {
    begins: Vec<u32>,
    pub relation: Vec<u32>,
    pub other: Vec<u32>,
    pub day: Vec<u32>,
    pub edge: Vec<u32>,
}

impl ByEnd {
    fn of(edges: &[Edge], entities: usize, end: impl Fn(&Edge) -> (u32, u32)) -> Self {
        let mut order: Vec<u32> = (0..edges.len() as u32).collect();
        order.sort_by_cached_key(|&at| {
            let edge = &edges[at as usize];
            (end(edge).0, edge.relation, edge.day, at)
        });
        let mut begins = vec![0; entities + 1];
        for edge in edges {
            begins[end(edge).0 as usize + 1] += 1;
        }
        for entity in 0..entities {
            begins[entity + 1] += begins[entity];
        }
        let column = |value: &dyn Fn(&Edge) -> u32| -> Vec<u32> {
            order.iter().map(|&at| value(&edges[at as usize])).collect()
        };
        Self {
            begins,
            relation: column(&|edge| edge.relation),
            other: column(&|edge| end(edge).1),
            day: column(&|edge| edge.day),
            edge: order,
        }
    }

    pub fn all(&self, entity: u32) -> Range<usize> {
        let entity = entity as usize;
        self.begins[entity] as usize..self.begins[entity + 1] as usize
    }

    /// The edges of an entity with a relation: a binary search in its group.
    pub fn with(&self, entity: u32, relation: u32) -> Range<usize> {
        let all = self.all(entity);
        let relations = &self.relation[all.clone()];
        let from = relations.partition_point(|&other| other < relation);
        let to = from + relations[from..].partition_point(|&other| other <= relation);
        all.start + from..all.start + to
    }

    pub fn within(&self, entity: u32, relation: u32, days: (u32, u32)) -> Range<usize> {
        let with = self.with(entity, relation);
        let column = &self.day[with.clone()];
        let from = column.partition_point(|&day| day < days.0);
        let to = column.partition_point(|&day| day <= days.1);
        with.start + from..with.start + to
    }
}

pub struct Columns {
    pub entities: usize,
    pub from: ByEnd,
    pub to: ByEnd,
    /// Edges by relation, subject, object and date.
    begins: Vec<u32>,
    pub subject: Vec<u32>,
    pub object: Vec<u32>,
    pub day: Vec<u32>,
    pub edge: Vec<u32>,
    /// Edges in their own order.
    pub edges: Vec<Edge>,
    pub sources: Vec<u32>,
    pub sources_of: Vec<u32>,
    pub names: Vec<String>,
    /// Names and aliases, sorted, each with its entity.
    by_name: Vec<(String, u32)>,
    /// `name\0alias\n` of all entities in small letters, and where each begins.
    pub small: String,
    pub small_begins: Vec<usize>,
}

impl Columns {
    pub fn of(data: Data) -> Self {
        let entities = data.names.len();
        let edges = data.edges;
        let mut order: Vec<u32> = (0..edges.len() as u32).collect();
        order.sort_by_cached_key(|&at| {
            let edge = &edges[at as usize];
            (edge.relation, edge.subject, edge.object, edge.day, at)
        });
        let mut begins = vec![0; data.relations + 1];
        for edge in &edges {
            begins[edge.relation as usize + 1] += 1;
        }
        for relation in 0..data.relations {
            begins[relation + 1] += begins[relation];
        }
        let (mut small, mut small_begins) = (String::new(), vec![0]);
        let mut by_name = Vec::new();
        for ((name, alias), entity) in data.names.iter().zip(0..) {
            small.push_str(&name.to_lowercase());
            small.push('\0');
            small.push_str(&alias.to_lowercase());
            small.push('\n');
            small_begins.push(small.len());
            by_name.push((name.clone(), entity));
            if alias != name {
                by_name.push((alias.clone(), entity));
            }
        }
        by_name.sort_unstable();
        let column = |value: &dyn Fn(&Edge) -> u32| -> Vec<u32> {
            order.iter().map(|&at| value(&edges[at as usize])).collect()
        };
        Self {
            entities,
            from: ByEnd::of(&edges, entities, |edge| (edge.subject, edge.object)),
            to: ByEnd::of(&edges, entities, |edge| (edge.object, edge.subject)),
            begins,
            subject: column(&|edge| edge.subject),
            object: column(&|edge| edge.object),
            day: column(&|edge| edge.day),
            edge: order,
            edges,
            sources: data.sources,
            sources_of: data.sources_of,
            names: data.names.into_iter().map(|(name, _)| name).collect(),
            by_name,
            small,
            small_begins,
        }
    }

    /// The places of a relation's edges.
    pub fn of_relation(&self, relation: u32) -> Range<usize> {
        let relation = relation as usize;
        self.begins[relation] as usize..self.begins[relation + 1] as usize
    }

    pub fn sources(&self, edge: u32) -> &[u32] {
        let edge = edge as usize;
        &self.sources[self.sources_of[edge] as usize..self.sources_of[edge + 1] as usize]
    }

    /// Entities of exactly this name or alias.
    pub fn named<'c>(&'c self, name: &'c str) -> impl Iterator<Item = u32> + 'c {
        let from = self
            .by_name
            .partition_point(|(other, _)| other.as_str() < name);
        let from = &self.by_name[from..];
        from.iter()
            .take_while(move |(other, _)| other == name)
            .map(|&(_, entity)| entity)
    }
}
