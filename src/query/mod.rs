//! Layer 3: questions about a graph. One algebra, one evaluator; languages lower to it.

pub mod algebra;
pub mod answer;
pub mod answering;
pub mod comparison;
pub mod compiled;
pub mod evaluate;
pub mod explain;
pub mod grades;
mod grouping;
pub mod impact;
mod lexicon;
pub mod limits;
pub mod lowered;
pub mod measures;
mod merging;
mod notes;
pub mod passages;
pub mod question;
pub mod relation;
pub mod rows;
pub mod says;
pub mod simplify;
pub mod stages;
mod staging;
pub mod vocabulary;
mod witnesses;

use crate::columns::{Damaged, guarded};
use crate::graph::contradictions::Contradiction;
use crate::graph::{Graph, Provenance, SourceIndex};
use crate::load::files::Shelf;
use crate::model::{Casebook, ClaimColumns};
use crate::text::{Diagnostic, FileId};
use algebra::Variables;
use answer::Answer;
use answering::Asking;
use evaluate::{Context, Evaluation, Mode};
use limits::{Limits, Stop};
use lowered::Lowered;
use measures::Measures;
use passages::Passages;
use question::lower::{Scope, lower};
use simplify::Passes;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use vocabulary::Vocabulary;

/// A casebook ready to be asked: its graph, how every claim stands with nobody ignored, and the words it lends to
/// questions.
#[derive(Debug)]
pub struct Engine {
    /// The graph.
    pub graph: Graph,
    /// How every claim stands with nobody ignored.
    pub provenance: Provenance,
    /// Names, verbs and kinds.
    pub vocabulary: Vocabulary,
    /// The passages that claims rest on, where their texts are at hand.
    pub passages: Passages,
}

/// A question and what it may refer to.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The question.
    pub text: &'a str,
    /// Values of `$name`.
    pub parameters: &'a [(String, String)],
    /// What `[1]`, `[2]` … stand for: the sources of the last answer, as it numbered them.
    pub numbered: &'a [SourceIndex],
    /// What it may cost.
    pub limits: &'a Limits,
    /// Set by the asker to stop it.
    pub interrupt: &'a AtomicBool,
}

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// It cannot be read. Spans are in `FileId(0)`: the question.
    Question(Vec<Diagnostic>),
    /// It was stopped.
    Stop(Stop),
    /// The compiled casebook is damaged.
    Damaged(Damaged),
}

impl Engine {
    /// Makes a casebook ready to be asked.
    #[must_use]
    pub fn new(casebook: Casebook) -> Self {
        Self::of(Graph::build(casebook))
    }

    /// Makes a casebook ready to be asked whose claims stand in columns; `casebook` itself has none.
    #[must_use]
    pub fn from_columns(casebook: Casebook, claims: ClaimColumns) -> Self {
        Self::of(Graph::from_columns(casebook, claims))
    }

    fn of(graph: Graph) -> Self {
        let provenance = Provenance::of(&graph, &BTreeSet::new());
        let vocabulary = Vocabulary::of(&graph);
        Self {
            graph,
            provenance,
            vocabulary,
            passages: Passages::default(),
        }
    }

    /// The same, with the directory in which the texts of its sources are stored.
    #[must_use]
    pub fn with_texts(mut self, shelf: Shelf) -> Self {
        self.passages = Passages::new(&self.graph, shelf);
        self
    }

    /// Answers a question.
    ///
    /// # Errors
    /// [`Failure`] when the question cannot be read, or reached a limit, or was interrupted.
    pub fn ask(&self, request: &Request<'_>) -> Result<Answer, Failure> {
        self.ask_with(request, Passes::ALL)
    }

    /// Answers a question with some passes only: perhaps slower, and the same answer.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub fn ask_with(&self, request: &Request<'_>, passes: Passes) -> Result<Answer, Failure> {
        let answered = guarded(|| {
            let lowered = self.lower(request)?;
            let asking = Asking {
                passes,
                ..self.asking(request)
            };
            let plan = asking.plan(&lowered);
            let answer = asking.answer(request.text, &lowered, &plan);
            answer.map_err(Failure::Stop)
        });
        answered.unwrap_or_else(|damaged| Err(Failure::Damaged(damaged)))
    }

    /// The plan of a question as it would be run, as an S-expression.
    ///
    /// # Errors
    /// [`Failure::Question`] when it cannot be read.
    pub fn explain(&self, request: &Request<'_>) -> Result<String, Failure> {
        let lowered = self.lower(request)?;
        let plan = self.asking(request).plan(&lowered);
        let explained = explain::Explained {
            plan: &plan,
            variables: &lowered.variables,
            graph: &self.graph,
            measures: None,
        };
        Ok(explained.text())
    }

    /// The same after it was run with some passes: beside each operator the rows that were expected and those that came, and
    /// the time that it took; under them the time of all.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub fn explain_run(&self, request: &Request<'_>, passes: Passes) -> Result<String, Failure> {
        let run = guarded(|| {
            let began = Instant::now();
            let lowered = self.lower(request)?;
            let read = began.elapsed();
            let measures = Measures::default();
            let asking = Asking {
                passes,
                measures: Some(&measures),
                ..self.asking(request)
            };
            let plan = asking.plan(&lowered);
            let planned = began.elapsed() - read;
            let answer = asking.answer(request.text, &lowered, &plan);
            let answer = answer.map_err(Failure::Stop)?;
            let explained = explain::Explained {
                plan: &plan,
                variables: &lowered.variables,
                graph: &self.graph,
                measures: Some(&measures),
            };
            let spent = [read, planned, began.elapsed() - read - planned];
            Ok(explained.text() + &explain::summary(answer.rows.len(), spent, passes))
        });
        run.unwrap_or_else(|damaged| Err(Failure::Damaged(damaged)))
    }

    /// All contradictions of the casebook as its claims stand, those that are certain first and those that are judged last.
    ///
    /// # Errors
    /// [`Stop`] when a limit is reached or the asker interrupts.
    pub fn contradictions(
        &self,
        provenance: &Provenance,
        limits: &Limits,
        interrupt: &AtomicBool,
    ) -> Result<Vec<Contradiction>, Stop> {
        let context = Context {
            graph: &self.graph,
            provenance,
            variables: &Variables::default(),
            limits,
            interrupt,
            began: Instant::now(),
            passes: Passes::ALL,
            measures: None,
        };
        Evaluation::new(context, Mode::default()).find_contradictions()
    }

    fn lower(&self, request: &Request<'_>) -> Result<Lowered, Failure> {
        let question = question::parse(
            request.text,
            FileId(0),
            &self.vocabulary,
            request.parameters,
            request.limits,
        );
        let scope = Scope {
            graph: &self.graph,
            vocabulary: &self.vocabulary,
            numbered: request.numbered,
        };
        let lowered = lower(&question.map_err(Failure::Question)?, scope);
        lowered.map_err(|problem| Failure::Question(vec![problem]))
    }

    fn asking<'a>(&'a self, request: &Request<'a>) -> Asking<'a> {
        Asking {
            graph: &self.graph,
            provenance: &self.provenance,
            limits: request.limits,
            interrupt: request.interrupt,
            began: Instant::now(),
            passes: Passes::ALL,
            measures: None,
        }
    }
}
