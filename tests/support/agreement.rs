//! The evaluator beside the naive one: the same question of the same casebook, both answers in one form.

use super::generate::dump;
use super::naive::world::World;
use super::naive::{self, Cell, Claims, Thing};
use casebook::graph::{EvidenceRow, Provenance};
use casebook::model::Casebook;
use casebook::query::answer::{Answer, Value};
use casebook::query::limits::Limits;
use casebook::query::question::{self, ast};
use casebook::query::simplify::Passes;
use casebook::query::vocabulary::Vocabulary;
use casebook::query::{Engine, Failure, Request};
use casebook::text::FileId;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::atomic::AtomicBool;

/// One row in the form of both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub values: Vec<Cell>,
    pub certain: bool,
    pub disputed: bool,
    pub absence: bool,
    pub witnesses: BTreeSet<Claims>,
    /// Of a row that only the answer without some sources has, nothing is said here.
    pub sources: BTreeSet<Thing>,
    pub origins: BTreeSet<Thing>,
}

/// An answer in the form of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    pub notes: BTreeMap<String, u64>,
    /// Whether the notes say what `not` left out although it is denied.
    pub left_out_told: bool,
}

/// A casebook ready to be asked either way.
pub struct Both {
    pub book: Casebook,
    pub engine: Engine,
    pub vocabulary: Vocabulary,
    numbered: Vec<u32>,
    limits: Limits,
}

impl Both {
    pub fn of(book: Casebook) -> Self {
        let engine = Engine::new(book.clone());
        assert_eq!(engine.graph.left_out(), 0, "a generated casebook is sound");
        Self {
            vocabulary: Vocabulary::of(&engine.graph),
            numbered: (0..).zip(&book.sources).map(|(at, _)| at).collect(),
            limits: Limits::default(),
            engine,
            book,
        }
    }

    /// The records as the naive evaluator reads them.
    pub fn world(&self) -> World<'_> {
        World::of(&self.book, &BTreeSet::new())
    }

    pub fn parse(&self, text: &str) -> Result<ast::Question, Failure> {
        let parsed = question::parse(text, FileId(0), &self.vocabulary, &[], &self.limits);
        parsed.map_err(Failure::Question)
    }

    pub fn ask(&self, text: &str) -> Result<Answer, Failure> {
        self.request(text, Engine::ask)
    }

    /// The same with these passes only.
    pub fn ask_with(&self, text: &str, passes: Passes) -> Result<Answer, Failure> {
        self.request(text, |engine, request| engine.ask_with(request, passes))
    }

    fn request(
        &self,
        text: &str,
        ask: impl Fn(&Engine, &Request<'_>) -> Result<Answer, Failure>,
    ) -> Result<Answer, Failure> {
        let interrupt = AtomicBool::new(false);
        let request = Request {
            text,
            parameters: &[],
            numbered: &self.numbered,
            limits: &self.limits,
            interrupt: &interrupt,
        };
        ask(&self.engine, &request)
    }

    /// What the evaluator answers.
    pub fn asked(&self, text: &str) -> Result<Seen, Failure> {
        let question = self.parse(text)?;
        let answer = self.ask(text)?;
        Ok(self.seen(&question, &answer))
    }

    /// What the naive evaluator answers.
    pub fn naively(
        &self,
        world: &World<'_>,
        question: &ast::Question,
    ) -> Result<Seen, naive::Refused> {
        let numbered: Vec<String> = self
            .book
            .sources
            .iter()
            .map(|source| source.id.value.clone())
            .collect();
        let answer = naive::answer(world, question, &numbered)?;
        let mut notes = BTreeMap::new();
        for (status, count) in answer.held_back {
            notes.insert(format!("held-back {status}"), count);
        }
        notes.insert("undated".to_owned(), answer.undated);
        notes.insert("closed-over".to_owned(), answer.closed_over.unwrap_or(0));
        notes.insert("left-out".to_owned(), answer.left_out.unwrap_or(0));
        notes.insert("shared-origins".to_owned(), answer.shared);
        notes.insert("judged".to_owned(), answer.judged);
        notes.retain(|_, count| *count > 0);
        let left_out_told = answer.left_out.is_some();
        let rows = answer.rows.into_iter().map(|row| {
            let gained = is_gained(&row.values);
            Row {
                certain: row.certain,
                disputed: row.disputed,
                absence: row.absence,
                witnesses: row
                    .witnesses
                    .into_iter()
                    .filter(|set| !set.is_empty())
                    .collect(),
                sources: if gained { BTreeSet::new() } else { row.sources },
                origins: if gained { BTreeSet::new() } else { row.origins },
                values: row.values,
            }
        });
        Ok(Seen {
            columns: answer.columns,
            rows: rows.collect(),
            notes,
            left_out_told,
        })
    }

    fn seen(&self, question: &ast::Question, answer: &Answer) -> Seen {
        let provenance = self.provenance(question);
        let graph = &self.engine.graph;
        let id = |id: &str| -> Thing { Rc::from(id) };
        let rows = answer.rows.iter().map(|row| {
            let values: Vec<Cell> = row.values.iter().map(|value| self.cell(value)).collect();
            let gained = is_gained(&values);
            let sources = row.sources(&provenance).into_iter().filter(|_| !gained);
            let origins = row.origins(&provenance).into_iter().filter(|_| !gained);
            Row {
                certain: row.certain,
                disputed: row.disputed,
                absence: row.absence,
                witnesses: row
                    .witnesses
                    .iter()
                    .map(|set| set.iter().map(|&claim| claim as usize).collect::<Claims>())
                    .filter(|set| !set.is_empty())
                    .collect(),
                sources: sources.map(|source| id(&graph.source(source).id)).collect(),
                origins: origins
                    .map(|origin| id(graph.agents().id(origin)))
                    .collect(),
                values,
            }
        });
        let mut notes = BTreeMap::new();
        for note in &answer.notes {
            for (word, count) in &note.counts {
                let name = match note.name {
                    "held-back" => format!("held-back {word}"),
                    "left-out-though-denied" => "left-out".to_owned(),
                    "unconnected" | "left-out-by-grade" => continue,
                    name => name.to_owned(),
                };
                notes.insert(name, *count);
            }
        }
        Seen {
            columns: answer.columns.clone(),
            rows: rows.collect(),
            notes,
            left_out_told: true,
        }
    }

    /// How claims stand once what the question ignores is not there.
    fn provenance(&self, question: &ast::Question) -> Provenance {
        let graph = &self.engine.graph;
        let (book, records) = (&self.book, graph.records());
        let mut ignored = BTreeSet::new();
        for name in &question.ignoring {
            let referents = match &name.form {
                ast::NameForm::Words(words) => {
                    self.vocabulary.names(&casebook::text::fold::key(words))
                }
                ast::NameForm::Id(id) => self.vocabulary.by_id(id),
                ast::NameForm::Number(number) => {
                    vec![casebook::query::vocabulary::Referent::Source(number - 1)]
                }
            };
            for referent in referents {
                use casebook::query::vocabulary::Referent;
                let id = match referent {
                    Referent::Entity(at) => &graph.entity(at).id,
                    Referent::Publication(at) => &records.publications[at as usize].id,
                    Referent::Source(at) => &records.sources[at as usize].id,
                };
                let agent = graph.agents().find(id).unwrap();
                ignored.insert(graph.agents().canonical(agent));
            }
        }
        let conditions = naive::grades::conditions(question).unwrap_or_default();
        let met: BTreeSet<(u32, usize)> = (0..)
            .zip(&book.claims)
            .flat_map(|(at, claim)| (0..).zip(&claim.evidence).map(move |(row, e)| (at, row, e)))
            .filter(|(_, _, evidence)| naive::grades::met(book, &conditions, evidence))
            .map(|(at, row, _)| (at, row))
            .collect();
        let is_met = |wanted: &EvidenceRow| {
            let mut rows = (0..graph.claim_count()).flat_map(|claim| {
                let rows = graph.evidence().of_claim(claim).enumerate();
                rows.map(move |(row, (_, evidence))| (claim, row, evidence))
            });
            let found = rows.find(|(_, _, evidence)| evidence.number == wanted.number);
            found.is_some_and(|(claim, row, _)| met.contains(&(claim, row)))
        };
        if conditions.is_empty() {
            return Provenance::of(graph, &ignored);
        }
        Provenance::under(graph, &ignored, &is_met)
    }

    fn cell(&self, value: &Value) -> Cell {
        let graph = &self.engine.graph;
        let entity = |entity| -> Thing { Rc::from(&*graph.entity(entity).id.value) };
        let relation = |relation| -> Thing { Rc::from(&*graph.relation(relation).id.value) };
        match value {
            Value::Empty => Cell::Empty,
            Value::Entity(at) => Cell::Thing(entity(*at)),
            Value::Agent(at) => Cell::Thing(Rc::from(graph.agents().id(*at))),
            Value::Relation(at) => Cell::Relation(relation(*at)),
            Value::Date(at) => Cell::Date(Rc::from(graph.date(*at).edtf.as_str())),
            Value::Number(number) => Cell::Number(*number),
            Value::Word(word) => Cell::Word(word),
            Value::Truth(yes) => Cell::Word(if *yes { "yes" } else { "no" }),
            Value::Side(side) => Cell::Side(
                side.iter()
                    .map(|it| (it.claim as usize, it.denied))
                    .collect(),
            ),
            Value::List(values) => {
                Cell::List(values.iter().map(|value| self.cell(value)).collect())
            }
            Value::Path(steps) => Cell::Path(
                steps
                    .iter()
                    .map(|step| {
                        let fact = [entity(step.from), relation(step.relation), entity(step.to)];
                        (fact, step.backwards)
                    })
                    .collect(),
            ),
        }
    }

    /// Compares the two evaluators on a question that can be read.
    pub fn difference(&self, world: &World<'_>, text: &str, question: &ast::Question) -> Compared {
        let (asked, naive) = (self.ask(text), self.naively(world, question));
        let answered = asked.as_ref().is_ok_and(|answer| !answer.rows.is_empty());
        let said = match (asked, naive) {
            (Err(Failure::Stop(stop)), _) => Some(format!("stopped: {stop}")),
            (Err(Failure::Damaged(damaged)), _) => Some(format!("damaged: {damaged}")),
            (Err(Failure::Question(_)), Err(_)) => None,
            // The naive evaluator does not know what a column holds before it has rows; it compares, and nothing fits.
            (Err(Failure::Question(problems)), Ok(_)) if problems[0].name == "not-comparable" => {
                None
            }
            (Err(Failure::Question(problems)), Ok(_)) => {
                let first = problems.first();
                let first = first.map(|problem| format!("{} {}", problem.name, problem.message));
                Some(format!(
                    "only the evaluator refuses: {}",
                    first.unwrap_or_default()
                ))
            }
            (Ok(_), Err(refused)) => {
                Some(format!("only the naive evaluator refuses: {}", refused.0))
            }
            (Ok(answer), Ok(naive)) => {
                let mut seen = self.seen(question, &answer);
                if !naive.left_out_told {
                    seen.left_out_told = false;
                    seen.notes.remove("left-out");
                }
                (seen != naive).then(|| describe(&seen, &naive))
            }
        };
        Compared { answered, said }
    }
}

/// What a comparison came to.
pub struct Compared {
    /// Whether the question had rows.
    pub answered: bool,
    /// Where the two differ; nothing where they agree.
    pub said: Option<String>,
}

fn is_gained(values: &[Cell]) -> bool {
    values.last() == Some(&Cell::Word("gained"))
}

/// What one has and the other has not.
fn describe(seen: &Seen, naive: &Seen) -> String {
    let mut out = String::new();
    if seen.columns != naive.columns {
        let _ = writeln!(out, "columns {:?}, naive {:?}", seen.columns, naive.columns);
    }
    if seen.notes != naive.notes {
        let _ = writeln!(out, "notes {:?}, naive {:?}", seen.notes, naive.notes);
    }
    let mut same = true;
    for row in seen.rows.iter().filter(|row| !naive.rows.contains(row)) {
        same = false;
        let _ = writeln!(out, "evaluator only: {row:?}");
    }
    for row in naive.rows.iter().filter(|row| !seen.rows.contains(row)) {
        same = false;
        let _ = writeln!(out, "naive only:     {row:?}");
    }
    if same && seen.rows != naive.rows {
        let _ = writeln!(out, "the rows are in another order");
    }
    out
}

/// The smallest casebook near this one for which `differs` still says something, with what it says.
pub fn shrink(book: &Casebook, differs: &dyn Fn(&Casebook) -> Option<String>) -> String {
    let mut book = book.clone();
    let mut said = differs(&book).unwrap_or_default();
    let mut smaller = true;
    while smaller {
        smaller = false;
        for at in (0..book.claims.len()).rev() {
            let mut less = book.clone();
            less.claims.remove(at);
            if let Some(still) = differs(&less) {
                (book, said, smaller) = (less, still, true);
            }
        }
        for claim in 0..book.claims.len() {
            for at in (0..book.claims[claim].evidence.len()).rev() {
                let mut less = book.clone();
                less.claims[claim].evidence.remove(at);
                if less.claims[claim].evidence.is_empty() {
                    continue;
                }
                if let Some(still) = differs(&less) {
                    (book, said, smaller) = (less, still, true);
                }
            }
        }
    }
    format!("{}\n{said}", dump(&book))
}
