//! Operators that begin with claims: scans, what is incident to an entity, selections, corroboration.

use super::reader::Reader;
use super::{Evaluation, Relation, Stop};
use crate::graph::{AgentIndex, ClaimIndex, Graph, NONE, Provenance, Referent};
use crate::model::Window;
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
        let reader = Reader {
            evaluation: self,
            ends: (subject, object),
            claim,
            tests,
            window: self.window(tests),
        };
        for arm in arms {
            reader.arm(*arm, &mut output)?;
            reader.look(&output)?;
        }
        Ok(output)
    }

    /// The days outside which no claim passes all tests; `None` where undated claims may pass.
    pub(super) fn window(&self, tests: &[Test]) -> Option<Window> {
        let windows = tests.iter().filter_map(|test| match test {
            Test::Time(_, window) if !self.mode.undated => Some(*window),
            _ => None,
        });
        // Windows that share no day may still be met by one date that is long enough.
        windows.reduce(|one, other| one.intersect(other).unwrap_or(one))
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
        let var = match entity {
            Term::Var(var) => var,
            Term::Entity(wanted) => {
                let ends = [graph.claims_from(wanted), graph.claims_to(wanted)];
                let mut claims = graph.claims_set_in(wanted);
                claims.extend(ends.into_iter().flatten());
                claims.sort_unstable();
                claims.dedup();
                for claim in claims {
                    output.push([claim], 0);
                }
                self.check(&output)?;
                return Ok(output);
            }
        };
        for candidate in 0..graph.claim_count() {
            let mut all = graph.locations(candidate);
            all.extend([graph.subject(candidate), graph.object(candidate)]);
            all.sort_unstable();
            all.dedup();
            for found in all.into_iter().filter(|&found| self.admits(var, found)) {
                output.push([found, candidate], 0);
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
