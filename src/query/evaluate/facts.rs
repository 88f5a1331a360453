//! Questions of a verb between two open ends: facts are rows already. The graph keeps the facts of a relation side by
//! side, in the order in which answers show them, each with its claims; what passes is copied, not joined.

use super::{Evaluation, Stop, tests_of_claims};
use crate::graph::{ClaimIndex, DateIndex};
use crate::query::algebra::{Admit, Arm, Corroboration, Plan, Term, Test, Var};
use crate::query::relation::UNCERTAIN;
use crate::query::rows::{Cells, Columns};

/// After how many facts the limits are looked at.
const BETWEEN_LOOKS: usize = 4096;

/// A verb between two open ends.
struct Verb<'p> {
    arms: &'p [Arm],
    subject: Var,
    object: Var,
    claim: Var,
    tests: &'p [Test],
    corroborations: Vec<Corroboration>,
}

impl<'p> Verb<'p> {
    fn of(plan: &'p Plan) -> Option<Self> {
        match plan {
            Plan::Scan {
                arms,
                subject: Term::Var(subject),
                object: Term::Var(object),
                claim,
                tests,
            } if subject != object => Some(Self {
                arms,
                subject: *subject,
                object: *object,
                claim: *claim,
                tests,
                corroborations: Vec::new(),
            }),
            Plan::Corroborate {
                input,
                claim,
                corroboration,
            } => {
                let mut verb = Self::of(input)?;
                verb.corroborations.push(*corroboration);
                (verb.claim == *claim).then_some(verb)
            }
            _ => None,
        }
    }
}

/// The facts that a plan gives.
pub(in crate::query) struct Facts {
    /// Of their subjects and objects as the question reads them what is asked for, and their claims that pass.
    pub(in crate::query) rows: Columns,
    /// The variables of the columns: the ends that are asked for.
    pub(in crate::query) ends: Vec<Var>,
    /// Whether no two rows have the same ends, and all stand in the order of their names.
    pub(in crate::query) in_order: bool,
}

impl Facts {
    /// How many.
    pub(in crate::query) fn len(&self) -> usize {
        self.rows.len()
    }
}

/// How it is told whether a claim passes.
enum Gate {
    /// All do.
    Open,
    /// By its date only: the marks of its row for each date from one on, `None` where it fails; no other date passes.
    Dates(DateIndex, Vec<Option<u8>>),
    /// By looking at each.
    Each,
}

impl Evaluation<'_> {
    /// The facts of a plan that is a verb between two open ends, perhaps corroborated, or several such under `or`; `None` for
    /// any other plan.
    ///
    /// # Errors
    /// [`Stop`] when a limit is reached or the asker interrupts.
    pub(in crate::query) fn facts(
        &self,
        plan: &Plan,
        asked: &[Var],
    ) -> Result<Option<Vec<Facts>>, Stop> {
        let branches = match plan {
            Plan::Union(inputs) => inputs.iter().collect(),
            plan => vec![plan],
        };
        let verbs: Option<Vec<Verb<'_>>> = branches.into_iter().map(Verb::of).collect();
        let Some(verbs) = verbs else {
            return Ok(None);
        };
        let facts = verbs.iter().map(|verb| self.facts_of(verb, asked));
        facts.collect::<Result<_, _>>().map(Some)
    }

    fn facts_of(&self, verb: &Verb<'_>, asked: &[Var]) -> Result<Facts, Stop> {
        let graph = self.context.graph;
        let entities = || (Cells::Entities, Vec::new());
        let ends: Vec<(Var, usize)> = [verb.subject, verb.object]
            .into_iter()
            .zip(0..)
            .filter(|(var, _)| asked.contains(var))
            .collect();
        let mut rows = Columns {
            columns: ends.iter().map(|_| entities()).collect(),
            width: 1,
            ..Columns::default()
        };
        let symmetric = |arm: &Arm| graph.relation(arm.relation).symmetric;
        // A relation read once, one way, gives each of its claims once.
        let mut relations: Vec<_> = verb.arms.iter().map(|arm| arm.relation).collect();
        relations.sort_unstable();
        rows.distinct =
            relations.is_sorted_by(|one, other| one < other) && !verb.arms.iter().any(symmetric);
        let gate = self.gate(verb);
        for arm in verb.arms {
            let wanted: Vec<usize> = ends.iter().map(|&(_, at)| at).collect();
            self.facts_of_arm(verb, &gate, (*arm, &wanted), &mut rows)?;
        }
        let in_order = match verb.arms {
            [arm] => !arm.reversed && !symmetric(arm),
            _ => false,
        };
        Ok(Facts {
            rows,
            ends: ends.into_iter().map(|(var, _)| var).collect(),
            in_order,
        })
    }

    fn facts_of_arm(
        &self,
        verb: &Verb<'_>,
        gate: &Gate,
        (arm, wanted): (Arm, &[usize]),
        rows: &mut Columns,
    ) -> Result<(), Stop> {
        let symmetric = self.context.graph.relation(arm.relation).symmetric;
        let facts = self.context.graph.facts_in_a_row(arm.relation);
        let ends = match arm.reversed {
            true => [facts.objects, facts.subjects],
            false => [facts.subjects, facts.objects],
        };
        let any = |var: Var| self.admits_any(var);
        let everything = matches!(gate, Gate::Open);
        if everything && !symmetric && any(verb.subject) && any(verb.object) {
            self.holds_size(
                rows.len() + facts.ends.len(),
                rows.bytes() + 4 * (3 * facts.ends.len() + facts.claims.len()),
            )?;
            let ends: Vec<&[u32]> = wanted.iter().map(|&at| ends[at]).collect();
            rows.extend(&ends, &facts.ends, facts.claims);
            return self.look();
        }
        let mut passed = Vec::new();
        let mut from = 0;
        for (fact, &to) in facts.ends.iter().enumerate() {
            let claims = &facts.claims[from as usize..to as usize];
            from = to;
            let (claims, certain) = if everything {
                (claims, true)
            } else {
                let certain = self.passing(verb, gate, claims, &mut passed);
                (passed.as_slice(), certain)
            };
            if !claims.is_empty() {
                let ends = [ends[0][fact], ends[1][fact]];
                self.add_fact((verb, wanted), ends, claims, certain, rows);
                if symmetric && ends[0] != ends[1] {
                    self.add_fact((verb, wanted), [ends[1], ends[0]], claims, certain, rows);
                }
            }
            if fact.is_multiple_of(BETWEEN_LOOKS) {
                self.holds_columns(rows)?;
            }
        }
        self.holds_columns(rows)
    }

    /// How claims are told apart quickest.
    fn gate(&self, verb: &Verb<'_>) -> Gate {
        let (graph, provenance) = (self.context.graph, self.context.provenance);
        let admits_all = |test: &Test| {
            *test == Test::Admit(Admit::Affirmed) || *test == Test::Admit(Admit::Anything)
        };
        let tells_time = |test: &Test| admits_all(test) || matches!(test, Test::Time(_, _));
        if !provenance.is_plain() || !verb.tests.iter().all(tells_time) {
            return Gate::Each;
        }
        match self.window(verb.tests) {
            None if verb.tests.iter().all(admits_all) => match verb.corroborations.is_empty() {
                true => Gate::Open,
                false => Gate::Each,
            },
            None => Gate::Each,
            Some(window) => {
                let near = graph.dates_near(window);
                let marks = |date| self.passes_on(Some(graph.date(date)), verb.tests);
                Gate::Dates(near.start, near.map(marks).collect())
            }
        }
    }

    /// Leaves in `passed` the claims of a fact that pass; whether one of them does for certain.
    fn passing(
        &self,
        verb: &Verb<'_>,
        gate: &Gate,
        claims: &[ClaimIndex],
        passed: &mut Vec<ClaimIndex>,
    ) -> bool {
        passed.clear();
        let mut certain = false;
        for &claim in claims {
            let marks = match gate {
                Gate::Open => Some(0),
                Gate::Dates(first, marks) => {
                    let when = self.context.graph.when(claim).wrapping_sub(*first);
                    marks.get(when as usize).copied().flatten()
                }
                Gate::Each => self.passes(verb.claim, claim, verb.tests),
            };
            if let Some(marks) = marks {
                certain |= marks & UNCERTAIN == 0;
                passed.push(claim);
            }
        }
        let corroborated = |corroboration: &Corroboration| {
            let claims = passed.iter().copied();
            tests_of_claims::is_corroborated(self.context.provenance, claims, *corroboration)
        };
        if !passed.is_empty() && !verb.corroborations.iter().all(corroborated) {
            passed.clear();
        }
        certain
    }

    fn add_fact(
        &self,
        (verb, wanted): (&Verb<'_>, &[usize]),
        ends: [u32; 2],
        claims: &[ClaimIndex],
        certain: bool,
        rows: &mut Columns,
    ) {
        if !self.admits(verb.subject, ends[0]) || !self.admits(verb.object, ends[1]) {
            return;
        }
        for ((_, column), &at) in rows.columns.iter_mut().zip(wanted) {
            column.push(ends[at]);
        }
        rows.claims.extend_from_slice(claims);
        let provenance = self.context.provenance;
        let disputed =
            !provenance.is_plain() && claims.iter().any(|&claim| provenance.is_disputed(claim));
        rows.end_row(certain, disputed);
    }

    fn holds_columns(&self, rows: &Columns) -> Result<(), Stop> {
        self.holds_size(rows.len(), rows.bytes())?;
        self.look()
    }
}
