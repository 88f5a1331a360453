//! Operators that begin with claims: scans, what is incident to an entity, selections, corroboration.

use super::{Evaluation, Relation, Stop};
use crate::graph::{AgentIndex, ClaimIndex, EntityIndex, Graph, NONE, Provenance, Referent};
use crate::query::algebra::{Arm, Attribution, Corroboration, Field, Plan, Term, Test, Var};
use std::collections::HashMap;

impl Evaluation<'_> {
    /// The claims of some relations between two ends.
    pub(super) fn scan(
        &mut self,
        arms: &[Arm],
        subject: Term,
        object: Term,
        claim: Var,
        tests: &[Test],
    ) -> Result<Relation, Stop> {
        let mut output = Relation::new(columns_of(&[subject, object], claim));
        for arm in arms {
            let (from, to) = if arm.reversed {
                (object, subject)
            } else {
                (subject, object)
            };
            let symmetric = self.context.graph.relation(arm.relation).symmetric;
            for candidate in candidates(self.context.graph, arm, from, to, symmetric) {
                self.tick()?;
                let Some(marks) = self.passes(claim, candidate, tests) else {
                    continue;
                };
                let ends = (
                    self.context.graph.subject(candidate),
                    self.context.graph.object(candidate),
                );
                let read = if arm.reversed { (ends.1, ends.0) } else { ends };
                self.bind(&mut output, subject, object, read, candidate, marks);
                if symmetric && read.0 != read.1 {
                    self.bind(
                        &mut output,
                        subject,
                        object,
                        (read.1, read.0),
                        candidate,
                        marks,
                    );
                }
            }
            self.check(&output)?;
        }
        Ok(output)
    }

    /// Adds the row of a claim read one way, if its ends are the ones wanted.
    fn bind(
        &self,
        output: &mut Relation,
        subject: Term,
        object: Term,
        ends: (EntityIndex, EntityIndex),
        claim: ClaimIndex,
        marks: u8,
    ) {
        let fits = |term: Term, entity| match term {
            Term::Entity(wanted) => wanted == entity,
            Term::Var(var) => self.admits(var, entity),
        };
        if !fits(subject, ends.0) || !fits(object, ends.1) {
            return;
        }
        match (subject, object) {
            (Term::Var(one), Term::Var(other)) if one == other => {
                if ends.0 == ends.1 {
                    output.push([ends.0, claim], marks);
                }
            }
            (Term::Var(_), Term::Var(_)) => output.push([ends.0, ends.1, claim], marks),
            (Term::Var(_), Term::Entity(_)) => output.push([ends.0, claim], marks),
            (Term::Entity(_), Term::Var(_)) => output.push([ends.1, claim], marks),
            (Term::Entity(_), Term::Entity(_)) => output.push([claim], marks),
        }
    }

    /// The claims with an entity as subject, object, event or place, or within which their place or event lies.
    pub(super) fn incident(&mut self, entity: Term, claim: Var) -> Result<Relation, Stop> {
        let graph = self.context.graph;
        let columns = if let Term::Var(var) = entity {
            vec![var, claim]
        } else {
            vec![claim]
        };
        let mut output = Relation::new(columns);
        for candidate in 0..graph.claim_count() {
            let mut all = graph.locations(candidate);
            all.extend([graph.subject(candidate), graph.object(candidate)]);
            all.sort_unstable();
            all.dedup();
            match entity {
                Term::Entity(wanted) if all.contains(&wanted) => output.push([candidate], 0),
                Term::Entity(_) => {}
                Term::Var(var) => {
                    for found in all.into_iter().filter(|&found| self.admits(var, found)) {
                        output.push([found, candidate], 0);
                    }
                }
            }
            self.check(&output)?;
        }
        Ok(output)
    }

    /// The rows whose claim passes a test.
    pub(super) fn select(
        &mut self,
        input: &Plan,
        claim: Var,
        test: &Test,
    ) -> Result<Relation, Stop> {
        let input = self.run(input)?;
        let mut output = Relation::new(input.columns().to_vec());
        let Some(at) = input.position(claim) else {
            return Ok(output);
        };
        for (row, marks) in input.rows() {
            self.tick()?;
            if let Some(more) = self.passes(claim, row[at], std::slice::from_ref(test)) {
                output.push(row.iter().copied(), marks | more);
            }
        }
        Ok(output)
    }

    /// The rows whose fact is carried by so many sources, over the rows that agree in all other columns.
    pub(super) fn corroborate(
        &mut self,
        input: &Plan,
        claim: Var,
        corroboration: Corroboration,
    ) -> Result<Relation, Stop> {
        let input = self.run(input)?;
        let Some(at) = input.position(claim) else {
            return Ok(input);
        };
        let graph = self.context.graph;
        // What is not asked for only has to be there: claims that differ in it corroborate each other.
        let is_asked = |&column: &usize| self.context.variables.get(input.columns()[column]).asked;
        let asked: Vec<usize> = (0..input.columns().len()).filter(is_asked).collect();
        let key = |row: &[u32]| {
            let mut key: Vec<u32> = asked.iter().map(|&column| row[column]).collect();
            key.push(graph.fact_of(row[at]));
            key
        };
        let mut groups: HashMap<Vec<u32>, Vec<ClaimIndex>> = HashMap::new();
        for (row, _) in input.rows() {
            self.tick()?;
            groups.entry(key(row)).or_default().push(row[at]);
        }
        let provenance = self.context.provenance;
        let holds: HashMap<&Vec<u32>, bool> = groups
            .iter()
            .map(|(key, claims)| {
                (
                    key,
                    super::tests_of_claims::is_corroborated(
                        provenance,
                        claims.iter().copied(),
                        corroboration,
                    ),
                )
            })
            .collect();
        self.filtered(&input, |row| holds.get(&key(row)).copied().unwrap_or(false))
    }
}

/// The columns of an operator over two ends and a column of claims.
pub(super) fn columns_of(ends: &[Term], claims: Var) -> Vec<Var> {
    let mut columns = Vec::new();
    for &end in ends {
        if let Term::Var(var) = end
            && !columns.contains(&var)
        {
            columns.push(var);
        }
    }
    columns.push(claims);
    columns
}

/// Claims of an arm that may join two ends (as the record has them), from the shortest list that holds them all.
fn candidates(graph: &Graph, arm: &Arm, from: Term, to: Term, symmetric: bool) -> Vec<ClaimIndex> {
    let of = |lists: &[&[ClaimIndex]]| -> Vec<ClaimIndex> {
        let mut all: Vec<ClaimIndex> = lists
            .iter()
            .flat_map(|list| list.iter().copied())
            .filter(|&claim| graph.relation_of(claim) == arm.relation)
            .collect();
        if lists.len() > 1 {
            all.sort_unstable();
            all.dedup();
        }
        all
    };
    match (from, to) {
        (Term::Entity(entity), _) | (_, Term::Entity(entity)) if symmetric => {
            of(&[graph.claims_from(entity), graph.claims_to(entity)])
        }
        (Term::Entity(one), Term::Entity(other))
            if graph.claims_to(other).len() < graph.claims_from(one).len() =>
        {
            of(&[graph.claims_to(other)])
        }
        (Term::Entity(entity), _) => of(&[graph.claims_from(entity)]),
        (_, Term::Entity(entity)) => of(&[graph.claims_to(entity)]),
        _ => graph.claims_of_relation(arm.relation).to_vec(),
    }
}

/// What a claim says of itself, as a cell.
pub(super) fn field(graph: &Graph, claim: ClaimIndex, field: Field) -> u32 {
    match field {
        Field::Subject => graph.subject(claim),
        Field::Relation => graph.relation_of(claim),
        Field::Object => graph.object(claim),
        Field::When => graph.when(claim),
        Field::Where => graph.place(claim),
    }
}

/// Those to whom the evidence that carries a claim is attributed, each once.
pub(super) fn attributed(
    graph: &Graph,
    provenance: &Provenance,
    claim: ClaimIndex,
    by: Attribution,
    out: &mut Vec<AgentIndex>,
) {
    let agents = graph.agents();
    for (_, evidence) in provenance.carrying(graph, claim) {
        let voices = || provenance.voices(agents, evidence).into_iter();
        match by {
            Attribution::Source => out.push(agents.of_source(evidence.source)),
            Attribution::Speaker => out.extend(voices()),
            Attribution::Entity => {
                out.extend(voices().filter_map(|voice| match agents.referent(voice) {
                    Referent::Entity(entity) => Some(graph.canonical(entity)),
                    _ => None,
                }))
            }
        }
    }
    out.retain(|&found| found != NONE);
    out.sort_unstable();
    out.dedup();
}
