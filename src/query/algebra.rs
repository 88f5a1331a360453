//! The algebra: what a question means, in relational operators over claims. A plan holds ids only; every name has been
//! resolved. It prints itself as an S-expression.
//!
//! A relation's columns are variables. Beside the columns that are asked for it keeps one column for every claim that a
//! row was made from, so that a row *is* its derivation (why-provenance: Buneman, Khanna and Tan, "Why and Where: A
//! Characterization of Data Provenance", 2001); derivations are grouped into minimal witnesses at the very end.

mod claims;

use crate::graph::{EntityIndex, RelationIndex};
pub use claims::*;

/// A variable: an index into the [`Variables`] of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Var(pub u32);

/// What the cells of a variable's column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Canonical entities.
    Entity,
    /// Speakers, sources, publications.
    Agent,
    /// Dates.
    Date,
    /// Relations.
    Relation,
    /// One claim of the derivation.
    Claim,
    /// Several claims of the derivation: an index into the chains of the evaluation.
    Chain,
    /// A path: an index into the paths of the evaluation.
    Path,
    /// Something of a contradiction: an index into the contradictions of the evaluation.
    Contradiction(ContradictionField),
}

/// A variable's declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Name of its column; for one that is not asked for, a name for the reader of plans.
    pub name: String,
    /// What it holds.
    pub sort: Sort,
    /// Whether it is asked for, or counted: what is not, only has to be there.
    pub asked: bool,
    /// The kinds its entities may be of (one flag a kind); `None` for any. Whatever binds the variable keeps to it.
    pub kinds: Option<Vec<bool>>,
}

/// All variables of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variables(pub Vec<Variable>);

impl Variables {
    /// Declares a variable.
    pub fn add(&mut self, variable: Variable) -> Var {
        self.0.push(variable);
        Var(u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX))
    }

    /// A variable's declaration.
    #[must_use]
    pub fn get(&self, var: Var) -> &Variable {
        &self.0[var.0 as usize]
    }
}

/// An end of a claim: to be bound, or given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// A variable.
    Var(Var),
    /// A canonical entity.
    Entity(EntityIndex),
}

/// A set of entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nodes {
    /// One.
    One(EntityIndex),
    /// All of the kinds that a variable admits.
    All(Var),
    /// Those a plan binds to a variable.
    Of(Box<Plan>, Var),
}

/// A search for paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathSearch {
    /// One end; a variable is bound by the plan beside it.
    pub from: (Nodes, Option<Var>),
    /// The other.
    pub to: (Nodes, Option<Var>),
    /// The column of paths.
    pub path: Var,
    /// The column of claims.
    pub chain: Var,
    /// Every path within the bound, not only the shortest of each pair.
    pub all: bool,
    /// Most steps.
    pub within: Option<u32>,
    /// Only these relations.
    pub via: Option<Vec<RelationIndex>>,
    /// Between the ends it visits one of each of these.
    pub through: Vec<Nodes>,
    /// Between the ends it visits none of these.
    pub avoiding: Vec<Nodes>,
    /// The claims it may run over.
    pub admission: Admission,
}

/// An operator and its inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// One row without columns.
    Unit,
    /// Every entity of these kinds that the variable admits: what a `not` is closed over.
    Domain {
        /// The column.
        var: Var,
        /// One flag a kind.
        kinds: Vec<bool>,
    },
    /// The claims of some relations: columns for their ends where these are variables, and for the claim.
    Scan {
        /// Which relations, read which way.
        arms: Vec<Arm>,
        /// One end.
        subject: Term,
        /// The other.
        object: Term,
        /// The column of claims.
        claim: Var,
        /// Each claim passes all of these.
        tests: Vec<Test>,
    },
    /// Chains of one step or more in one direction, no entity twice but the last may be the first.
    Reach {
        /// Which relations, read which way.
        arms: Vec<Arm>,
        /// Where chains begin.
        subject: Term,
        /// Where they end.
        object: Term,
        /// The column of the chain's claims.
        chain: Var,
        /// The claims they may run over.
        admission: Admission,
    },
    /// Paths over facts in either direction.
    Path(Box<PathSearch>),
    /// The claims with an entity as subject, object, event, place, or within which their place or event lies.
    Incident {
        /// The entity.
        entity: Term,
        /// The column of claims.
        claim: Var,
    },
    /// The contradictions in which some claim passes all tests.
    Contradictions {
        /// The claim names this entity, or is set there.
        about: Option<EntityIndex>,
        /// The claim passes all of these.
        tests: Vec<Test>,
        /// The columns of the kind, both sides, and whether it is certain, in the order of [`ContradictionField::ALL`].
        fields: [Var; 4],
        /// The column of the claims of both sides.
        chain: Var,
    },
    /// Selection (σ): the rows whose claim passes.
    Select {
        /// From these rows.
        input: Box<Plan>,
        /// The claim.
        claim: Var,
        /// The test.
        test: Test,
    },
    /// The rows in which one entity comes before another in the casebook.
    Ordered {
        /// From these rows.
        input: Box<Plan>,
        /// This one first.
        one: Var,
        /// Then this one.
        other: Var,
    },
    /// Adds a column with what a claim says of itself.
    Extend {
        /// To these rows.
        input: Box<Plan>,
        /// The claim.
        claim: Var,
        /// What of it.
        field: Field,
        /// The column.
        var: Var,
    },
    /// Adds a column with each place or event in which a claim is set.
    Locate {
        /// To these rows.
        input: Box<Plan>,
        /// The claim.
        claim: Var,
        /// The column.
        var: Var,
    },
    /// Adds a column with each of those to whom a claim's evidence is attributed.
    Attribute {
        /// To these rows.
        input: Box<Plan>,
        /// The claim.
        claim: Var,
        /// What they are.
        by: Attribution,
        /// The column.
        var: Var,
    },
    /// The rows whose fact is carried by so many sources, over the rows that agree in all other columns.
    Corroborate {
        /// From these rows.
        input: Box<Plan>,
        /// The claim.
        claim: Var,
        /// How many.
        corroboration: Corroboration,
    },
    /// Natural join (⋈) of all inputs.
    Join(Vec<Plan>),
    /// Anti-join (▷): the rows of the left that agree with none of the right in their common columns.
    AntiJoin {
        /// From these rows.
        left: Box<Plan>,
        /// What must not match.
        right: Box<Plan>,
        /// A column with the claims that deny the right outright.
        denials: Var,
    },
    /// Union (∪); columns that an input lacks are empty.
    Union(Vec<Plan>),
}

impl Plan {
    /// The plans that this one reads, in order.
    #[must_use]
    pub fn inputs(&self) -> Vec<&Plan> {
        match self {
            Self::Unit
            | Self::Domain { .. }
            | Self::Scan { .. }
            | Self::Reach { .. }
            | Self::Incident { .. }
            | Self::Contradictions { .. } => Vec::new(),
            Self::Path(search) => {
                let nodes = [&search.from.0, &search.to.0]
                    .into_iter()
                    .chain(&search.through)
                    .chain(&search.avoiding);
                nodes
                    .filter_map(|nodes| {
                        if let Nodes::Of(plan, _) = nodes {
                            Some(&**plan)
                        } else {
                            None
                        }
                    })
                    .collect()
            }
            Self::Select { input, .. }
            | Self::Ordered { input, .. }
            | Self::Extend { input, .. }
            | Self::Locate { input, .. }
            | Self::Attribute { input, .. }
            | Self::Corroborate { input, .. } => vec![input],
            Self::AntiJoin { left, right, .. } => vec![left, right],
            Self::Join(inputs) | Self::Union(inputs) => inputs.iter().collect(),
        }
    }

    /// The same operator over other inputs: `rewrite` is applied to each input in order.
    #[must_use]
    pub fn map_inputs(self, rewrite: &mut dyn FnMut(Plan) -> Plan) -> Self {
        let mut boxed = |plan: Box<Plan>| Box::new(rewrite(*plan));
        match self {
            Self::Unit
            | Self::Domain { .. }
            | Self::Scan { .. }
            | Self::Reach { .. }
            | Self::Incident { .. }
            | Self::Contradictions { .. }
            | Self::Path(_) => self,
            Self::Select { input, claim, test } => Self::Select {
                input: boxed(input),
                claim,
                test,
            },
            Self::Ordered { input, one, other } => Self::Ordered {
                input: boxed(input),
                one,
                other,
            },
            Self::Extend {
                input,
                claim,
                field,
                var,
            } => Self::Extend {
                input: boxed(input),
                claim,
                field,
                var,
            },
            Self::Locate { input, claim, var } => Self::Locate {
                input: boxed(input),
                claim,
                var,
            },
            Self::Attribute {
                input,
                claim,
                by,
                var,
            } => Self::Attribute {
                input: boxed(input),
                claim,
                by,
                var,
            },
            Self::Corroborate {
                input,
                claim,
                corroboration,
            } => Self::Corroborate {
                input: boxed(input),
                claim,
                corroboration,
            },
            Self::AntiJoin {
                left,
                right,
                denials,
            } => Self::AntiJoin {
                left: boxed(left),
                right: boxed(right),
                denials,
            },
            Self::Join(inputs) => Self::Join(inputs.into_iter().map(rewrite).collect()),
            Self::Union(inputs) => Self::Union(inputs.into_iter().map(rewrite).collect()),
        }
    }

    /// The variables whose columns this plan gives, sorted.
    #[must_use]
    pub fn variables(&self) -> Vec<Var> {
        let of_terms = |terms: &[&Term]| {
            terms
                .iter()
                .filter_map(|term| {
                    if let Term::Var(var) = term {
                        Some(*var)
                    } else {
                        None
                    }
                })
                .collect::<Vec<_>>()
        };
        let mut all = match self {
            Self::Unit => Vec::new(),
            Self::Domain { var, .. } => vec![*var],
            Self::Scan {
                subject,
                object,
                claim: other,
                ..
            }
            | Self::Reach {
                subject,
                object,
                chain: other,
                ..
            } => {
                let mut all = of_terms(&[subject, object]);
                all.push(*other);
                all
            }
            Self::Path(search) => [
                search.from.1,
                search.to.1,
                Some(search.path),
                Some(search.chain),
            ]
            .into_iter()
            .flatten()
            .collect(),
            Self::Incident { entity, claim } => {
                let mut all = of_terms(&[entity]);
                all.push(*claim);
                all
            }
            Self::Contradictions { fields, chain, .. } => {
                let mut all = fields.to_vec();
                all.push(*chain);
                all
            }
            Self::Select { input, .. }
            | Self::Ordered { input, .. }
            | Self::Corroborate { input, .. } => input.variables(),
            Self::Extend { input, var, .. }
            | Self::Locate { input, var, .. }
            | Self::Attribute { input, var, .. } => {
                let mut all = input.variables();
                all.push(*var);
                all
            }
            Self::AntiJoin { left, denials, .. } => {
                let mut all = left.variables();
                all.push(*denials);
                all
            }
            Self::Join(inputs) | Self::Union(inputs) => {
                inputs.iter().flat_map(Self::variables).collect()
            }
        };
        all.sort_unstable();
        all.dedup();
        all
    }
}
