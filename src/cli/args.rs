//! The command line, as clap reads it.

use super::limits::Flags;
use crate::bibliography::BIBLIOGRAPHIES;
use crate::export::EXPORTERS;
use crate::import::{MAX_BAD, PRESETS};
use crate::query::simplify::PASSES;
use crate::render::FORMATS;
use crate::terminal::When;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use std::path::PathBuf;

/// Ask a casebook: a plain-text knowledge graph in which every edge is a claim, and every claim carries its source.
///
/// Without a command: the prompt.
#[derive(Debug, Parser)]
#[command(
    name = "casebook",
    version,
    max_term_width = 100,
    subcommand_negates_reqs = true,
    after_help = "Exit status: 0 done, 1 findings, 2 usage or a question that cannot be read, 3 no casebook, \
                  4 input or output, 5 a limit was reached, 130 interrupted."
)]
pub struct Cli {
    /// What holds for every command
    #[command(flatten)]
    pub common: Common,
    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Flags of every command.
#[derive(Debug, Args)]
pub struct Common {
    /// A casebook: a .ron file, or a directory of them, or a compiled one (.cbk) [default: $CASEBOOK, else casebook.ron or casebook/ here, else
    /// the built-in one]
    #[arg(short, long, value_name = "PATH", global = true)]
    pub casebook: Vec<PathBuf>,
    /// How answers are written [default: table on a terminal, tsv elsewhere]
    #[arg(long, value_name = "FORMAT", global = true, value_parser = formats())]
    pub format: Option<String>,
    /// The directory of stored texts: passages are compared with them and shown [default: what the casebook names, else
    /// texts/ in its directory]
    #[arg(long, value_name = "DIR", global = true)]
    pub texts: Option<PathBuf>,
    /// Read a large casebook from its sources, and keep nothing of it compiled [the cache is in $CASEBOOK_CACHE, else the
    /// user's cache directory; an empty $CASEBOOK_CACHE turns it off]
    #[arg(long, global = true)]
    pub no_cache: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto", value_parser = ["auto", "always", "never"])]
    pub color: String,
    /// The limits
    #[command(flatten)]
    pub limits: Flags,
}

impl Common {
    /// When to use colours.
    #[must_use]
    pub fn when(&self) -> When {
        match self.color.as_str() {
            "always" => When::Always,
            "never" => When::Never,
            _ => When::Auto,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The prompt; reads questions from standard input when that is not a terminal
    Repl,
    /// One question; all words are joined
    Ask(Ask),
    /// Scripts of questions (.cq)
    Run(Run),
    /// Runs scripts and compares with the expectations written in them
    Test(Test),
    /// Every problem of the casebook; or what falls without a source
    Check(Check),
    /// Compares every passage with the stored texts; ends with status 1 when one is altered, missing or ambiguous
    Verify,
    /// Finds a passage of a source by the words you remember, and prints the evidence entry to paste
    Cite(Cite),
    /// All that is known of an entity, a source, a publication or a claim
    Show(Named),
    /// The claims about something, in the order of time
    Timeline(Named),
    /// The fact-checker's dossier: what a name or an answer rests on
    Report(Report),
    /// What became different between two casebooks
    Diff(Diff),
    /// The casebook, or what supports an answer, in another format
    Export(Export),
    /// The casebook as one file that opens at once, however large it is
    Compile(Compile),
    /// Other people's data as a casebook
    #[command(subcommand)]
    Import(Import),
    /// Completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// The manual page
    Man,
}

/// `ask`
#[derive(Debug, Args)]
pub struct Ask {
    /// The question, such as: who briefed whom
    #[arg(required = true, value_name = "QUESTION")]
    pub words: Vec<String>,
    /// End with status 1 when the answer is empty or no
    #[arg(long)]
    pub exit_status: bool,
    /// Show how it is worked out: the plan, the rows expected and come, and the time of each part
    #[arg(long)]
    pub explain: bool,
    /// Work it out without one of the ways to be quicker; the answer is the same (`--explain` names them)
    #[arg(long, value_name = "PASS", value_parser = pass)]
    pub without_pass: Vec<&'static str>,
}

/// The name of a pass.
fn pass(text: &str) -> Result<&'static str, String> {
    let mut names = PASSES.iter().map(|pass| pass.name);
    let known: Vec<&str> = names.clone().collect();
    names
        .find(|name| *name == text)
        .ok_or_else(|| format!("say one of {}", known.join(", ")))
}

/// `run`
#[derive(Debug, Args)]
pub struct Run {
    /// Scripts; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The value of $NAME in the questions
    #[arg(long, value_name = "NAME=VALUE", value_parser = parameter)]
    pub param: Vec<(String, String)>,
    /// Go on after a question that fails
    #[arg(long)]
    pub keep_going: bool,
}

/// `test`
#[derive(Debug, Args)]
pub struct Test {
    /// Scripts, or directories of them
    #[arg(required = true, value_name = "FILE|DIR")]
    pub paths: Vec<PathBuf>,
    /// Write what the casebook answers into the scripts as their expectations
    #[arg(long)]
    pub bless: bool,
}

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    /// Instead: the facts that fall, and the saved answers that change, if this source, outlet, speaker or origin is not
    /// there
    #[arg(long, value_name = "NAME")]
    pub without: Vec<String>,
    /// Saved questions for --without: scripts, or directories of them [default: queries/ here, if there]
    #[arg(long, value_name = "FILE|DIR", requires = "without")]
    pub questions: Vec<PathBuf>,
}

/// `compile`
#[derive(Debug, Args)]
pub struct Compile {
    /// The file; `-c FILE.cbk` then opens it wherever a casebook is named
    #[arg(short, long, value_name = "FILE.cbk", required = true)]
    pub output: PathBuf,
}

/// `cite`
#[derive(Debug, Args)]
pub struct Cite {
    /// The source: its name or @id
    #[arg(value_name = "SOURCE")]
    pub source: String,
    /// Its words as you remember them; all are joined
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,
    /// Take whole sentences
    #[arg(long)]
    pub sentence: bool,
    /// Write the passage itself instead of its fingerprint, where the source may be quoted
    #[arg(long)]
    pub quote: bool,
}

/// `show`, `timeline`
#[derive(Debug, Args)]
pub struct Named {
    /// A name or @id; all words are joined
    #[arg(required = true, value_name = "NAME")]
    pub words: Vec<String>,
}

/// `report`
#[derive(Debug, Args)]
pub struct Report {
    /// A name, @id, or a question; all words are joined
    #[arg(required = true, value_name = "NAME|QUESTION")]
    pub words: Vec<String>,
    /// Write to a file, as Markdown (.md) or a page (.html), instead of Markdown to standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write the sources for a reference manager: to the file if its name ends otherwise, else beside it, else to
    /// standard output
    #[arg(long, value_name = "FORMAT", value_parser = bibliographies())]
    pub bibliography: Option<String>,
}

/// `diff`
#[derive(Debug, Args)]
pub struct Diff {
    /// The old casebook: a path, or REV:PATH as of a git revision
    pub old: String,
    /// The new one
    pub new: String,
    /// Ask the saved questions of these scripts or directories of both
    #[arg(long, value_name = "FILE|DIR")]
    pub questions: Vec<PathBuf>,
    /// End with status 1 when there is a difference
    #[arg(long)]
    pub exit_status: bool,
}

/// `export`
#[derive(Debug, Args)]
pub struct Export {
    /// The format
    #[arg(value_parser = exporters())]
    pub format: String,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Only what supports the answer to a question
    #[arg(long, value_name = "QUESTION")]
    pub question: Option<String>,
}

/// `import`
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Event data (ICEWS, GDELT, ACLED, lists of edges): each row becomes a claim with its source
    #[command(after_help = IMPORT_EXAMPLES)]
    Events(Events),
}

const IMPORT_EXAMPLES: &str = "\
Examples:
  casebook import events events.2018.tab --preset icews -o icews.ron
  casebook import events 2024*.export.CSV.gz --preset gdelt --title \"GDELT, 2024\" -o gdelt.ron
  casebook import events edges.tsv --map map.ron -o graph.ron
  zcat events.gz | casebook import events - --preset tsv -o events.ron

Rows that cannot be used are listed on standard error with line, column and what to do, and left out. Files may be
compressed with gzip or Zstandard, or be Parquet.";

/// `import events`
#[derive(Debug, Args)]
pub struct Events {
    /// Files of events, read in this order; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What the columns are [default: tsv, or what the map says]
    #[arg(long, value_name = "PRESET", value_parser = presets())]
    pub preset: Option<String>,
    /// A file that says which column is what, and names look-up tables beside the first FILE
    #[arg(long, value_name = "MAP.ron")]
    pub map: Option<PathBuf>,
    /// So many bad rows are left out; one more, and nothing is written
    #[arg(long, value_name = "N", default_value_t = MAX_BAD)]
    pub max_bad: u64,
    /// The title of the casebook
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// What to write: a casebook (.ron), or a compiled one (.cbk)
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,
}

fn presets() -> PossibleValuesParser {
    PossibleValuesParser::new(
        PRESETS
            .iter()
            .map(|preset| PossibleValue::new(preset.name).help(preset.about)),
    )
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(
        FORMATS
            .iter()
            .map(|format| PossibleValue::new(format.name).help(format.about)),
    )
}

fn bibliographies() -> PossibleValuesParser {
    PossibleValuesParser::new(
        BIBLIOGRAPHIES
            .iter()
            .map(|format| PossibleValue::new(format.name).help(format.about)),
    )
}

fn exporters() -> PossibleValuesParser {
    PossibleValuesParser::new(
        EXPORTERS
            .iter()
            .map(|exporter| PossibleValue::new(exporter.name).help(exporter.about)),
    )
}

fn parameter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if is_parameter(name) => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write it as NAME=VALUE, the name of letters, digits and _".to_owned()),
    }
}

fn is_parameter(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}
