//! Layer 3: questions about a graph. One algebra, one evaluator; languages lower to it.

pub mod algebra;
pub mod answer;
pub mod answering;
pub mod evaluate;
pub mod explain;
pub mod limits;
pub mod lowered;
pub mod question;
pub mod relation;
pub mod simplify;
pub mod stages;
pub mod vocabulary;

use crate::graph::{Graph, Provenance, SourceIndex};
use crate::model::Casebook;
use crate::text::Diagnostic;
use answer::Answer;
use limits::{Limits, Stop};
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

/// A casebook ready to be asked: its graph, and how every claim stands with nobody ignored.
#[derive(Debug)]
pub struct Engine {
    /// The graph.
    pub graph: Graph,
    /// How every claim stands with nobody ignored.
    pub provenance: Provenance,
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
}

impl Engine {
    /// Makes a casebook ready to be asked.
    #[must_use]
    pub fn new(casebook: Casebook) -> Self {
        let graph = Graph::build(casebook);
        let provenance = Provenance::of(&graph, &BTreeSet::new());
        Self { graph, provenance }
    }

    /// Answers a question.
    ///
    /// # Errors
    /// [`Failure`] when the question cannot be read, or reached a limit, or was interrupted.
    pub fn ask(&self, request: &Request<'_>) -> Result<Answer, Failure> {
        Err(Failure::Question(vec![Diagnostic::error(
            "not-built",
            request.text,
            crate::text::Span::default(),
        )]))
    }
}
