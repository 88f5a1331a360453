//! What the rows do not say: what was held back, what has no date, what a `not` was closed over.

use super::algebra::{Admit, Plan, Sort, Test, Var};
use super::answer::Note;
use super::answering::Asking;
use super::evaluate::{Evaluation, Mode, negates};
use super::limits::Stop;
use super::lowered::Lowered;
use crate::graph::contradictions::Contradiction;
use crate::graph::{ClaimIndex, Graph, NONE, Provenance, Status};
use std::collections::{BTreeMap, BTreeSet};

impl Asking<'_> {
    /// What would have answered had verbs admitted anything: claims by status.
    pub(super) fn held_back(
        &self,
        lowered: &Lowered,
        plan: &Plan,
        provenance: &Provenance,
    ) -> Result<Option<Note>, Stop> {
        let mut verbs = BTreeSet::new();
        verbs_with(plan, &mut verbs, &|test| {
            *test == Test::Admit(Admit::Affirmed)
        });
        if verbs.is_empty() || !provenance.holds_back() {
            return Ok(None);
        }
        let mode = Mode {
            anything: true,
            ..Mode::default()
        };
        let claims = self.claims_of(lowered, plan, provenance, mode, &verbs)?;
        let mut counts: BTreeMap<Status, u64> = BTreeMap::new();
        for status in claims
            .into_iter()
            .map(|claim| provenance.status(claim))
            .filter(|&status| status != Status::Affirmed)
        {
            *counts.entry(status).or_insert(0) += 1;
        }
        let counted: Vec<(Status, u64)> = Status::HELD_BACK
            .into_iter()
            .filter_map(|status| Some((status, *counts.get(&status)?)))
            .collect();
        let Some(first) = counted
            .iter()
            .map(|&(status, _)| status)
            .find(|&status| status != Status::Mentioned)
            .or(counted.first().map(|_| Status::Mentioned))
        else {
            return Ok(None);
        };
        let listed: Vec<String> = counted
            .iter()
            .map(|(status, count)| format!("{count} {}", status.word()))
            .collect();
        let advice = if first == Status::Mentioned {
            "`as anything`".to_owned()
        } else {
            format!("`as {}`, `as anything`", first.word())
        };
        Ok(Some(Note {
            name: "held-back",
            text: format!("held back: {} (add {advice})", listed.join(", ")),
            counts: counted
                .into_iter()
                .map(|(status, count)| (status.word().to_owned(), count))
                .collect(),
        }))
    }

    /// What would have answered had it a date.
    pub(super) fn undated(
        &self,
        lowered: &Lowered,
        plan: &Plan,
        provenance: &Provenance,
    ) -> Result<Option<Note>, Stop> {
        if let Plan::Contradictions { tests, .. } = plan {
            let timed = tests.iter().any(|test| matches!(test, Test::Time(_, _)));
            return match timed {
                true => self.undated_contradictions(lowered, plan, provenance),
                false => Ok(None),
            };
        }
        let mut verbs = BTreeSet::new();
        verbs_with(plan, &mut verbs, &|test| matches!(test, Test::Time(_, _)));
        if verbs.is_empty() || !self.graph.has_undated() {
            return Ok(None);
        }
        let mode = Mode {
            undated: true,
            ..Mode::default()
        };
        let claims = self.claims_of(lowered, plan, provenance, mode, &verbs)?;
        let count = claims
            .into_iter()
            .filter(|&claim| self.graph.when(claim) == NONE)
            .count() as u64;
        Ok((count > 0).then(|| Note {
            name: "undated",
            text: format!(
                "left out: {count} undated {} (ask with `undated` in place of the time)",
                if count == 1 { "claim" } else { "claims" }
            ),
            counts: vec![("undated".to_owned(), count)],
        }))
    }

    /// How many contradictions would be there had their claims a date.
    fn undated_contradictions(
        &self,
        lowered: &Lowered,
        plan: &Plan,
        provenance: &Provenance,
    ) -> Result<Option<Note>, Stop> {
        let rows = |undated: bool| {
            let mode = Mode {
                undated,
                ..Mode::default()
            };
            let mut evaluation = self.evaluation(lowered, provenance, mode);
            evaluation.run(plan).map(|relation| relation.len())
        };
        let count = rows(true)?.saturating_sub(rows(false)?) as u64;
        Ok((count > 0).then(|| Note {
            name: "undated",
            text: format!(
                "left out: {count} that only undated claims would bring in (ask without the time)"
            ),
            counts: vec![("undated".to_owned(), count)],
        }))
    }

    /// The distinct claims of these verbs in the rows of another mode.
    fn claims_of(
        &self,
        lowered: &Lowered,
        plan: &Plan,
        provenance: &Provenance,
        mode: Mode,
        verbs: &BTreeSet<Var>,
    ) -> Result<BTreeSet<ClaimIndex>, Stop> {
        let mut evaluation = self.evaluation(lowered, provenance, mode);
        let relation = evaluation.run(plan)?;
        let mut claims = BTreeSet::new();
        for (at, &var) in relation
            .columns()
            .iter()
            .enumerate()
            .filter(|(_, var)| verbs.contains(var))
        {
            let is_chain = lowered.variables.get(var).sort == Sort::Chain;
            for (row, _) in relation.rows() {
                if is_chain {
                    claims.extend(evaluation.chain(row[at]));
                } else if row[at] != NONE {
                    claims.insert(row[at]);
                }
            }
        }
        Ok(claims)
    }
}

/// The verbs outside `not` one of whose tests is wanted.
fn verbs_with(plan: &Plan, verbs: &mut BTreeSet<Var>, wanted: &dyn Fn(&Test) -> bool) {
    match plan {
        Plan::AntiJoin { left, .. } => return verbs_with(left, verbs, wanted),
        Plan::Select { claim, test, .. } if wanted(test) => {
            verbs.insert(*claim);
        }
        Plan::Scan { claim, tests, .. } if tests.iter().any(wanted) => {
            verbs.insert(*claim);
        }
        Plan::Reach {
            chain, admission, ..
        } if admission.tests.iter().any(wanted) => {
            verbs.insert(*chain);
        }
        Plan::Path(search) if search.admission.tests.iter().any(wanted) => {
            verbs.insert(search.chain);
        }
        _ => {}
    }
    for input in plan.inputs() {
        verbs_with(input, verbs, wanted);
    }
}

/// What there is to know of contradictions besides: how many rest on one origin on both sides, how many are judged.
pub(super) fn contradictions(evaluation: &Evaluation<'_>) -> Vec<Note> {
    let all = evaluation.all_contradictions();
    let count = |holds: fn(&Contradiction) -> bool| all.iter().filter(|it| holds(it)).count();
    let shared = count(|it| !it.shared.is_empty());
    let judged = count(|it| it.judged().is_some());
    let mut notes = Vec::new();
    if shared > 0 {
        notes.push(Note {
            name: "shared-origins",
            text: format!(
                "shared origins: in {shared} of {} one origin stands behind both sides",
                all.len()
            ),
            counts: vec![("shared".to_owned(), shared as u64)],
        });
    }
    if judged > 0 {
        notes.push(Note {
            name: "judged",
            text: format!(
                "judged: {judged} (`| where judged = no` leaves out what somebody has looked at)"
            ),
            counts: vec![("judged".to_owned(), judged as u64)],
        });
    }
    notes
}

pub(super) fn closed_over(plan: &Plan, evaluation: &Evaluation<'_>) -> Vec<Note> {
    if !negates(plan) {
        return Vec::new();
    }
    let entities = domain_size(plan, evaluation.graph());
    let over = match entities {
        0 => String::new(),
        1 => "; asked of 1 entity".to_owned(),
        _ => format!("; asked of {entities} entities"),
    };
    let mut notes = vec![Note {
        name: "closed-over",
        text: format!("`not` means that no claim in this casebook says so{over}"),
        counts: if entities == 0 {
            Vec::new()
        } else {
            vec![("entities".to_owned(), entities)]
        },
    }];
    let left_out = evaluation.left_out_though_denied;
    if left_out > 0 {
        notes.push(Note {
            name: "left-out-though-denied",
            text: format!("left out: {left_out} of whom some source says that it did not happen (`as negated` and `as denied` show it)"),
            counts: vec![("denied".to_owned(), left_out)],
        });
    }
    notes
}

/// How many entities a negated verb was asked of: the sizes of the domains outside `not`.
fn domain_size(plan: &Plan, graph: &Graph) -> u64 {
    match plan {
        Plan::Domain { kinds, .. } => {
            let admitted = |&entity: &u32| kinds[graph.kind_of(entity) as usize];
            graph.entities().filter(admitted).count() as u64
        }
        Plan::AntiJoin { left, .. } => domain_size(left, graph),
        other => other
            .inputs()
            .into_iter()
            .map(|input| domain_size(input, graph))
            .sum(),
    }
}
