//! Plans as S-expressions, with names for people: what `:plan` shows and golden tests compare.

use super::algebra::{
    Admission, Admit, Arm, Attribution, Bound, Certainty, Corroboration, Field, Nodes, PathSearch,
    Plan, Term, Test, Var, Variables,
};
use super::measures::Measures;
use super::simplify::{self, Passes};
use crate::graph::Graph;
use crate::model::date::calendar;
use std::time::Duration;

/// A plan to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Explained<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its variables.
    pub variables: &'a Variables,
    /// The graph that it is for.
    pub graph: &'a Graph,
    /// What its operators took, if it was run.
    pub measures: Option<&'a Measures>,
}

/// The column in which measures begin, in characters.
const BESIDE: usize = 60;

impl Explained<'_> {
    /// The plan over several lines, two blanks deeper for each input; beside each operator what it took.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        self.write(self.plan, 0, &mut lines);
        if let Some((last, _)) = lines.last_mut() {
            last.push(')');
        }
        let mut text = String::new();
        for (line, measured) in lines {
            text.push_str(&line);
            if let Some(measured) = measured {
                let blanks = BESIDE.saturating_sub(line.chars().count()).max(2);
                text.push_str(&" ".repeat(blanks));
                text.push_str(&measured);
            }
            text.push('\n');
        }
        text
    }

    fn write(&self, plan: &Plan, depth: usize, lines: &mut Vec<(String, Option<String>)>) {
        let head = format!("{}({}", "  ".repeat(depth), self.head(plan));
        let measured = self.measures.map(|measures| self.measured(plan, measures));
        lines.push((head, measured));
        for input in plan.inputs() {
            self.write(input, depth + 1, lines);
            if let Some((last, _)) = lines.last_mut() {
                last.push(')');
            }
        }
    }

    fn measured(&self, plan: &Plan, measures: &Measures) -> String {
        let expected = simplify::estimate(plan, self.graph);
        let Some(measure) = measures.alone(plan) else {
            return format!("; about {expected} rows; not run by itself");
        };
        let again = match measure.runs {
            0 | 1 => String::new(),
            runs => format!(", run {runs} times"),
        };
        format!(
            "; about {expected} rows, {} came, {}{again}",
            measure.rows,
            duration(measure.time)
        )
    }

    fn head(&self, plan: &Plan) -> String {
        match plan {
            Plan::Unit => "unit".to_owned(),
            Plan::Domain { var, kinds } => {
                format!("domain {} {}", self.var(*var), self.kinds(kinds))
            }
            Plan::Scan {
                arms,
                subject,
                object,
                claim,
                tests,
            } => {
                format!(
                    "scan {} {} {} {}{}",
                    self.arms(arms),
                    self.term(*subject),
                    self.term(*object),
                    self.var(*claim),
                    self.tests(tests)
                )
            }
            Plan::Reach {
                arms,
                subject,
                object,
                chain,
                admission,
            } => {
                format!(
                    "reach {} {} {} {}{}",
                    self.arms(arms),
                    self.term(*subject),
                    self.term(*object),
                    self.var(*chain),
                    self.admission(admission)
                )
            }
            Plan::Path(search) => self.search(search),
            Plan::Incident { entity, claim } => {
                format!("incident {} {}", self.term(*entity), self.var(*claim))
            }
            Plan::Contradictions { about, tests, .. } => {
                let about = about.map_or(String::new(), |entity| {
                    format!(" {}", self.term(Term::Entity(entity)))
                });
                format!("contradictions{about}{}", self.tests(tests))
            }
            Plan::Select { claim, test, .. } => format!(
                "select {}{}",
                self.var(*claim),
                self.tests(std::slice::from_ref(test))
            ),
            Plan::Ordered { one, other, .. } => {
                format!("ordered {} {}", self.var(*one), self.var(*other))
            }
            Plan::Extend {
                claim, field, var, ..
            } => format!(
                "extend {} {}.{}",
                self.var(*var),
                self.var(*claim),
                field_name(*field)
            ),
            Plan::Locate { claim, var, .. } => {
                format!("locate {} {}", self.var(*claim), self.var(*var))
            }
            Plan::Attribute { claim, by, var, .. } => format!(
                "attribute {} {} {}",
                attribution_name(*by),
                self.var(*claim),
                self.var(*var)
            ),
            Plan::Corroborate {
                claim,
                corroboration,
                ..
            } => format!(
                "corroborate {} {}",
                self.var(*claim),
                corroboration_text(*corroboration)
            ),
            Plan::Join(_) => "join".to_owned(),
            Plan::AntiJoin { denials, .. } => format!("anti-join {}", self.var(*denials)),
            Plan::Union(_) => "union".to_owned(),
        }
    }

    fn search(&self, search: &PathSearch) -> String {
        let all = if search.all {
            "all-paths"
        } else {
            "shortest-paths"
        };
        let within = search
            .within
            .map_or(String::new(), |steps| format!(" within:{steps}"));
        let via = search.via.as_ref().map_or(String::new(), |via| {
            let names: Vec<&str> = via
                .iter()
                .map(|&relation| self.graph.relation(relation).id.as_str())
                .collect();
            format!(" via:{}", names.join("|"))
        });
        let passing = |word: &str, nodes: &[Nodes]| {
            nodes
                .iter()
                .map(|nodes| format!(" {word}:{}", self.nodes(nodes)))
                .collect::<String>()
        };
        format!(
            "{all} {} {} {}{within}{via}{}{}{}",
            self.nodes(&search.from.0),
            self.nodes(&search.to.0),
            self.var(search.path),
            passing("through", &search.through),
            passing("avoiding", &search.avoiding),
            self.admission(&search.admission)
        )
    }

    fn var(&self, var: Var) -> String {
        let variable = self.variables.get(var);
        let kinds = variable
            .kinds
            .as_ref()
            .map_or(String::new(), |kinds| format!(":{}", self.kinds(kinds)));
        format!("?{}{kinds}", variable.name)
    }

    fn kinds(&self, kinds: &[bool]) -> String {
        let all = self.graph.records().kinds.iter().zip(kinds);
        let names: Vec<&str> = all
            .filter(|&(_, &admitted)| admitted)
            .map(|(kind, _)| kind.id.as_str())
            .collect();
        names.join("|")
    }

    fn term(&self, term: Term) -> String {
        match term {
            Term::Var(var) => self.var(var),
            Term::Entity(entity) => format!("@{}", *self.graph.entity(entity).id),
        }
    }

    fn nodes(&self, nodes: &Nodes) -> String {
        match nodes {
            Nodes::One(entity) => self.term(Term::Entity(*entity)),
            Nodes::All(var) | Nodes::Of(_, var) => self.var(*var),
        }
    }

    fn arms(&self, arms: &[Arm]) -> String {
        let arm = |arm: &Arm| {
            format!(
                "{}{}",
                *self.graph.relation(arm.relation).id,
                if arm.reversed { "^" } else { "" }
            )
        };
        arms.iter().map(arm).collect::<Vec<_>>().join("|")
    }

    fn admission(&self, admission: &Admission) -> String {
        let counts: String = admission
            .corroborations
            .iter()
            .map(|&corroboration| format!(" {}", corroboration_text(corroboration)))
            .collect();
        format!("{}{counts}", self.tests(&admission.tests))
    }

    fn tests(&self, tests: &[Test]) -> String {
        tests
            .iter()
            .map(|test| format!(" {}", self.test(test)))
            .collect()
    }

    fn test(&self, test: &Test) -> String {
        match test {
            Test::Admit(Admit::Affirmed) => "affirmed".to_owned(),
            Test::Admit(Admit::Status(status)) => status.word().to_owned(),
            Test::Admit(Admit::Disputed) => "disputed".to_owned(),
            Test::Admit(Admit::Anything) => "anything".to_owned(),
            Test::Time(certainty, window) => {
                let word = if *certainty == Certainty::Certainly {
                    "certainly"
                } else {
                    "possibly"
                };
                format!("{word}:[{}/{}]", calendar(window.from), calendar(window.to))
            }
            Test::Undated => "undated".to_owned(),
            Test::Location(entity) => format!("in:@{}", *self.graph.entity(*entity).id),
            Test::According(agents) => {
                let ids: Vec<&str> = agents
                    .iter()
                    .map(|&agent| self.graph.agents().id(agent))
                    .collect();
                format!("according-to:{}", ids.join("|"))
            }
        }
    }
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Subject => "subject",
        Field::Relation => "relation",
        Field::Object => "object",
        Field::When => "when",
        Field::Where => "where",
    }
}

fn attribution_name(by: Attribution) -> &'static str {
    match by {
        Attribution::Speaker => "speaker",
        Attribution::Entity => "entity",
        Attribution::Source => "source",
    }
}

fn corroboration_text(corroboration: Corroboration) -> String {
    let bound = match corroboration.bound {
        Bound::AtLeast => ">=",
        Bound::AtMost => "<=",
        Bound::Only => "=",
    };
    format!(
        "{}{bound}{}",
        if corroboration.independent {
            "origins"
        } else {
            "sources"
        },
        corroboration.number
    )
}

/// What stands under a plan that was run: the rows of the answer, the time of reading, planning and answering, and the
/// passes that were on.
#[must_use]
pub fn summary(rows: usize, [read, planned, answered]: [Duration; 3], passes: Passes) -> String {
    let names: Vec<&str> = passes.names().collect();
    let names = match names.is_empty() {
        true => "none".to_owned(),
        false => names.join(", "),
    };
    format!(
        "; rows of the answer: {rows}\n; read in {}, planned in {}, answered in {}\n; passes: {names}\n",
        duration(read),
        duration(planned),
        duration(answered)
    )
}

fn duration(time: Duration) -> String {
    let micros = time.as_micros();
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..1_000_000 => format!("{:.1} ms", time.as_secs_f64() * 1e3),
        _ => format!("{:.2} s", time.as_secs_f64()),
    }
}
