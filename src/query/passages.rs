//! The passages that claims rest on, compared with the stored texts: read source by source, when first asked for.

use crate::columns::{Kept, Lists};
use crate::evidence::{Article, Finding, Format, Grade, grade, sha256};
use crate::graph::{ClaimIndex, Graph, SourceIndex};
use crate::load::files::Shelf;
use crate::model::{Source, StoredText};
use crate::text::Diagnostic;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// The names of the diagnostics of this module.
pub const NAMES: &[&str] = &["text-not-readable"];

/// The passages of a casebook. Without a directory of texts it knows none.
#[derive(Debug)]
pub struct Passages {
    hidden: bool,
    shelf: Option<Shelf>,
    /// The claims that cite each source.
    cited: OnceLock<Lists>,
    /// By source: its text, and the passages cited from it.
    checked: Kept<(Document, BTreeMap<Place, Passage>)>,
}

/// A piece of evidence, by its claim and its place in the claim's record.
type Place = (ClaimIndex, u32);

/// A passage, and how it compares with the stored text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// How it compares, where it stands, what there is to say.
    pub finding: Finding,
    /// What stands there now, if anything does.
    pub text: Option<String>,
}

/// The stored text of a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Why it cannot be read.
    pub problem: Option<Diagnostic>,
    /// Whether it is another file than the one that was cited: its SHA-256 is not the recorded one.
    pub changed: bool,
    /// By which other reading positions in it were counted, if the record names one, and by which it is read.
    pub recounted: Option<(String, String)>,
}

impl Document {
    /// What should be known of it, one sentence each: why it cannot be read, or what is not as recorded.
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        remarks.extend(self.problem.as_ref().map(|problem| problem.message.clone()));
        if self.changed {
            remarks.push("this is not the file that was cited: its SHA-256 is another".to_owned());
        }
        remarks.extend(self.recounted());
        remarks
    }

    fn recounted(&self) -> Option<String> {
        let (recorded, read) = self.recounted.as_ref()?;
        Some(format!(
            "positions in it were counted by `{recorded}`, and are read here by `{read}`"
        ))
    }
}

impl Default for Passages {
    fn default() -> Self {
        Self {
            hidden: false,
            shelf: None,
            cited: OnceLock::new(),
            checked: Kept::new(0),
        }
    }
}

impl Passages {
    /// The passages of a casebook, whose texts stand in a directory. Nothing is read yet.
    #[must_use]
    pub fn new(graph: &Graph, shelf: Shelf) -> Self {
        Self {
            hidden: false,
            shelf: Some(shelf),
            cited: OnceLock::new(),
            checked: Kept::new(graph.source_count() as usize),
        }
    }

    /// The places in claims at which each source is cited, found when first asked for.
    fn places(&self, graph: &Graph, source: SourceIndex) -> Vec<Place> {
        let cited = self.cited.get_or_init(|| {
            let pieces = graph.claims().flat_map(|claim| {
                graph
                    .evidence()
                    .of_claim(claim)
                    .map(move |row| (claim, row))
            });
            let pairs = pieces.map(|(claim, (_, row))| (row.source, claim));
            Lists::from_pairs(graph.source_count() as usize, pairs)
        });
        let mut claims = cited.of(source).to_vec();
        claims.dedup();
        let of_claim = |claim| {
            let rows = (0..).zip(graph.evidence().of_claim(claim));
            rows.filter(|(_, (_, row))| row.source == source)
                .map(move |(number, _)| (claim, number))
                .collect::<Vec<Place>>()
        };
        claims.into_iter().flat_map(of_claim).collect()
    }

    /// The directory of texts, if there is one.
    #[must_use]
    pub fn shelf(&self) -> Option<&Shelf> {
        self.shelf.as_ref()
    }

    /// Whether there is a directory of texts.
    #[must_use]
    pub fn are_at_hand(&self) -> bool {
        self.shelf.is_some()
    }

    /// Whether they are shown under claims: they are at hand, and nobody asked not to see them.
    #[must_use]
    pub fn are_shown(&self) -> bool {
        self.shelf.is_some() && !self.hidden
    }

    /// Shows them under claims, or not.
    pub fn show(&mut self, shown: bool) {
        self.hidden = !shown;
    }

    /// The passage of a piece of evidence, by its place in the record of its claim; `None` without a directory of texts.
    #[must_use]
    pub fn of(&self, graph: &Graph, claim: ClaimIndex, number: u32) -> Option<&Passage> {
        let mut rows = graph.evidence().of_claim(claim);
        let (_, row) = rows.nth(number as usize)?;
        let (_, passages) = self.checked(graph, row.source)?;
        passages.get(&(claim, number))
    }

    /// The stored text of a source; `None` without a directory of texts.
    #[must_use]
    pub fn document(&self, graph: &Graph, source: SourceIndex) -> Option<&Document> {
        self.checked(graph, source).map(|(document, _)| document)
    }

    /// Every passage of a source, in the order of claims; none without a directory of texts.
    pub fn of_source(
        &self,
        graph: &Graph,
        source: SourceIndex,
    ) -> impl Iterator<Item = (ClaimIndex, u32, &Passage)> {
        let checked = self.checked(graph, source).into_iter();
        checked.flat_map(|(_, passages)| {
            passages
                .iter()
                .map(|(&(claim, number), passage)| (claim, number, passage))
        })
    }

    /// The text of a source, and what is to be known of it.
    ///
    /// # Errors
    /// What is wrong with it, at its name; `None` where the source has none, or there is no directory of texts.
    pub fn article(&self, source: &Source) -> Result<(Article, Document), Option<Diagnostic>> {
        let stored = source.text.as_ref().ok_or(None)?;
        let shelf = self.shelf.as_ref().ok_or(None)?;
        read(shelf, stored).map_err(|problem| Some(*problem))
    }

    fn checked(
        &self,
        graph: &Graph,
        source: SourceIndex,
    ) -> Option<&(Document, BTreeMap<Place, Passage>)> {
        self.shelf.as_ref()?;
        self.checked.get(source as usize, || {
            let found = self.article(graph.source(source));
            check(graph, &self.places(graph, source), found)
        })
    }
}

fn check(
    graph: &Graph,
    places: &[Place],
    found: Result<(Article, Document), Option<Diagnostic>>,
) -> (Document, BTreeMap<Place, Passage>) {
    let passage = |claim: ClaimIndex, number: u32| match &found {
        Ok((article, document)) => {
            let record = graph.claim(claim).evidence.get(number as usize)?;
            let mut finding = grade(article, record);
            if finding.grade.fails()
                && let Some(remark) = document.recounted()
            {
                finding.message = format!("{}; {remark}", finding.message);
            }
            let text = finding.passage.as_ref().map(|range| article.text(range));
            Some(Passage { finding, text })
        }
        Err(problem) => {
            let message = problem.as_ref().map_or_else(
                || "the source has no stored text".to_owned(),
                |problem| problem.message.clone(),
            );
            let finding = Finding {
                grade: Grade::Unchecked,
                passage: None,
                message,
            };
            Some(Passage {
                finding,
                text: None,
            })
        }
    };
    let passages = places
        .iter()
        .filter_map(|&(claim, number)| Some(((claim, number), passage(claim, number)?)))
        .collect();
    let document = match found {
        Ok((_, document)) => document,
        Err(problem) => Document {
            problem,
            ..Document::default()
        },
    };
    (document, passages)
}

fn read(shelf: &Shelf, stored: &StoredText) -> Result<(Article, Document), Box<Diagnostic>> {
    let bytes = shelf.read(&stored.file)?;
    let unreadable = |message: String, help: &str| {
        let message = format!("`{}`: {message}", stored.file.value);
        Box::new(Diagnostic::warning("text-not-readable", message, stored.file.span).help(help))
    };
    let format = Format::of(Path::new(stored.file.as_str())).ok_or_else(|| {
        unreadable(
            "texts of this kind are not read".to_owned(),
            "store its text as `.txt`, `.md` or `.html`",
        )
    })?;
    let article =
        Article::read(&bytes, format).map_err(|why| unreadable(why.message, &why.help))?;
    let changed = sha256(&bytes) != stored.sha256.value;
    let recorded = stored.normaliser.as_ref().map(|name| name.value.clone());
    let document = Document {
        problem: None,
        changed,
        recounted: recorded
            .filter(|name| name != article.reading())
            .map(|name| (name, article.reading().to_owned())),
    };
    Ok((article.vouched(!changed), document))
}
