//! The record kinds. Field names follow the field's standards; `docs/data-model.md` gives the source of each.

use super::Date;
use crate::text::{Span, Spanned};
use serde::{Deserialize, Serialize};

/// A text with its place.
pub type Text = Spanned<String>;

/// All records of a casebook, each kind in the order of files and of places in them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Casebook {
    /// `Casebook(…)` headers; one is usual.
    pub headers: Vec<Header>,
    /// `Kind(…)`
    pub kinds: Vec<Kind>,
    /// `Relation(…)`
    pub relations: Vec<Relation>,
    /// `Publication(…)`
    pub publications: Vec<Publication>,
    /// `Source(…)`
    pub sources: Vec<Source>,
    /// `Entity(…)`
    pub entities: Vec<Entity>,
    /// `Claim(…)`
    pub claims: Vec<Claim>,
    /// `SameAs(…)`
    pub same_as: Vec<SameAs>,
    /// `Judged(…)`
    pub judged: Vec<Judged>,
}

/// `Casebook(format: 1, title: "…")`: the version of the format, and what this casebook is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// The whole record.
    pub span: Span,
    /// Version of the format; 1 is the only one.
    pub format: Spanned<u32>,
    /// Title.
    pub title: Text,
    /// What it is about.
    pub about: Option<Text>,
    /// Directory of the stored texts, relative to the directory of the casebook's file.
    pub texts: Option<Text>,
}

/// `Kind(id: "person", plural: "people", actor: true)`: a kind of entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kind {
    /// The whole record.
    pub span: Span,
    /// Id, and the singular that people may write.
    pub id: Text,
    /// Plural that people may write.
    pub plural: Text,
    /// Whether `who` ranges over it.
    pub actor: bool,
    /// FollowTheMoney schema.
    pub schema: Option<Text>,
    /// What it is for.
    pub about: Option<Text>,
}

/// What a form of *be* before a verb does: `briefed` / `was briefed` reverses, `envoy of` / `is envoy of` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Be {
    /// Subject and object change places.
    #[default]
    Flips,
    /// They stay.
    Keeps,
}

/// Whether a relation is something that happens or something that lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Aspect {
    /// It happens at a time.
    #[default]
    Event,
    /// It holds over a time.
    State,
}

/// Which end of a relation determines the other at any one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SingleValued {
    /// A subject has one object at a time: somebody lives in one place.
    PerSubject,
    /// An object has one subject at a time: an office has one holder.
    PerObject,
}

/// `Relation(id: "briefed", forms: [...], from: [...], to: [...])`: a type of claim, and the verbs that ask for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// The whole record.
    pub span: Span,
    /// Id; with hyphens as spaces it is a verb form too.
    pub id: Text,
    /// Verb forms.
    pub forms: Vec<Text>,
    /// Kinds a subject may have: kind ids, `actor` or `any`. Empty means any.
    pub from: Vec<Text>,
    /// Kinds an object may have. Empty means any.
    pub to: Vec<Text>,
    /// What a form of *be* does.
    pub be: Be,
    /// Whether `A r B` says the same as `B r A`.
    pub symmetric: bool,
    /// Event or state.
    pub aspect: Aspect,
    /// Relations that say the opposite.
    pub opposite_of: Vec<Text>,
    /// Which end determines the other at any one time, if one does.
    pub single_valued: Option<Spanned<SingleValued>>,
    /// Relations that cannot hold between the same ends at the same time, though they say nothing of each other.
    pub exclusive_with: Vec<Text>,
    /// PLOVER event code.
    pub plover: Option<Text>,
    /// FollowTheMoney schema of the edge.
    pub ftm: Option<Text>,
    /// What it means.
    pub about: Option<Text>,
}

impl Relation {
    /// How it is shown: its id with spaces for hyphens and underscores. That is a verb form too, and the one the author
    /// of the casebook chose; `forms` begin with whatever people may write.
    #[must_use]
    pub fn label(&self) -> String {
        self.id.replace(['-', '_'], " ")
    }
}

/// Admiralty scale, reliability of a source: A completely reliable … E unreliable, F cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the letters are the scale")]
pub enum Reliability {
    A,
    B,
    C,
    D,
    E,
    F,
}

/// `Publication(id: "axios", name: "Axios")`: an outlet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// The whole record.
    pub span: Span,
    /// Id.
    pub id: Text,
    /// Name.
    pub name: Text,
    /// Other names.
    pub aliases: Vec<Text>,
    /// Admiralty reliability.
    pub reliability: Option<Spanned<Reliability>>,
    /// Address of the outlet; never opened.
    pub url: Option<Text>,
    /// What it is.
    pub about: Option<Text>,
}

/// CSL item types, in CamelCase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are CSL's")]
pub enum SourceType {
    Article,
    ArticleJournal,
    ArticleMagazine,
    ArticleNewspaper,
    Bill,
    Book,
    Broadcast,
    Chapter,
    Dataset,
    Document,
    Hearing,
    Interview,
    LegalCase,
    Legislation,
    Manuscript,
    Map,
    PaperConference,
    PersonalCommunication,
    Post,
    PostWeblog,
    Report,
    Speech,
    Thesis,
    Treaty,
    Webpage,
}

/// The stored text of a source: file name and fingerprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredText {
    /// File, relative to the directory of texts.
    pub file: Text,
    /// SHA-256 of the file's bytes, 64 hexadecimal digits.
    pub sha256: Text,
    /// By which reading of the file positions were counted, such as `text-1`.
    pub normaliser: Option<Text>,
}

/// How one source leans on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the words say it")]
pub enum How {
    Quotes,
    Retells,
    Cites,
    Translates,
    Republishes,
}

/// What a source leans on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Derivation {
    /// A source, a publication or an entity.
    pub origin: Text,
    /// In which way.
    pub how: How,
}

/// `Source(id: "…", type: Article, title: "…")`: one article, post, interview or document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The whole record.
    pub span: Span,
    /// Id.
    pub id: Text,
    /// CSL type.
    pub source_type: Spanned<SourceType>,
    /// Title.
    pub title: Text,
    /// Other names by which questions may call it.
    pub aliases: Vec<Text>,
    /// Authors.
    pub author: Vec<Text>,
    /// CSL container title.
    pub container_title: Option<Text>,
    /// CSL publisher.
    pub publisher: Option<Text>,
    /// The outlet, by id.
    pub publication: Option<Text>,
    /// When it appeared.
    pub issued: Option<Spanned<Date>>,
    /// When it was read.
    pub accessed: Option<Spanned<Date>>,
    /// Address; never opened.
    pub url: Option<Text>,
    /// BCP 47 language.
    pub language: Option<Text>,
    /// The stored text.
    pub text: Option<StoredText>,
    /// What it leans on.
    pub derived_from: Vec<Derivation>,
    /// Admiralty reliability; that of the publication unless given.
    pub reliability: Option<Spanned<Reliability>>,
    /// How many Unicode code points of it one quotation may reproduce.
    pub max_quote: Option<Spanned<u32>>,
    /// Our own words.
    pub note: Option<Text>,
}

/// `Entity(id: "zelensky", kind: "person", name: "Volodymyr Zelensky")`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// The whole record.
    pub span: Span,
    /// Id, unique over all files.
    pub id: Text,
    /// Kind, by id.
    pub kind: Text,
    /// The name that answers show.
    pub name: Text,
    /// Other names by which questions may call it.
    pub aliases: Vec<Text>,
    /// Identifiers elsewhere, by scheme.
    pub ids: Vec<(Text, Text)>,
    /// What it lies in, by entity id: places in places, units in organisations.
    pub within: Vec<Text>,
    /// Our own words.
    pub note: Option<Text>,
}

/// Whether a claim says that something is so, or that it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Polarity {
    /// It is so.
    #[default]
    Affirmed,
    /// It is not so.
    Negated,
}

/// How far what is claimed has come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Actuality {
    #[default]
    Occurred,
    Ongoing,
    Planned,
    Expected,
    Cancelled,
    Alleged,
}

/// What a piece of evidence does for its claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Stance {
    /// It says so.
    #[default]
    Supports,
    /// It says that it is not so.
    Denies,
    /// It speaks of it without saying either.
    Mentions,
}

/// A passage of a source that bears on a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The whole entry.
    pub span: Span,
    /// The source, by id.
    pub source: Text,
    /// Who says so, outermost first: ids of entities, publications or sources.
    pub according_to: Vec<Text>,
    /// What it does for the claim.
    pub stance: Stance,
    /// W3C text position selector: code points of the stored text, end exclusive.
    pub at: Option<Spanned<(u32, u32)>>,
    /// First 16 hexadecimal digits of SHA-256 over the passage as normalised by `text-1`.
    pub digest: Option<Text>,
    /// W3C text quote selector: the passage itself, where it may be reproduced.
    pub quote: Option<Text>,
    /// Admiralty credibility, 1 confirmed … 6 cannot be judged.
    pub credibility: Option<Spanned<u8>>,
    /// Our own words.
    pub note: Option<Text>,
}

/// `Claim(subject: "…", relation: "…", object: "…", evidence: [...])`: what somebody says is so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The whole record.
    pub span: Span,
    /// Id as given, if given.
    pub id: Option<Text>,
    /// Entity, by id.
    pub subject: Text,
    /// Relation, by id.
    pub relation: Text,
    /// Entity, by id.
    pub object: Text,
    /// Where, by entity id.
    pub place: Option<Text>,
    /// The event it belongs to, by entity id.
    pub event: Option<Text>,
    /// When.
    pub when: Option<Spanned<Date>>,
    /// Whether it is so.
    pub polarity: Polarity,
    /// How far it has come about.
    pub actuality: Actuality,
    /// What it rests on; never empty in a sound claim.
    pub evidence: Vec<Evidence>,
    /// Our own words.
    pub note: Option<Text>,
}

/// Whether two entities are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Judgement {
    /// They are.
    Same,
    /// They are not, though they look alike.
    Different,
    /// Not known.
    Unsure,
}

/// `SameAs(left: "…", right: "…", judgement: Same, because: "…")`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SameAs {
    /// The whole record.
    pub span: Span,
    /// Entity, by id.
    pub left: Text,
    /// Entity, by id.
    pub right: Text,
    /// The judgement.
    pub judgement: Spanned<Judgement>,
    /// The reason.
    pub because: Text,
    /// The source of the judgement, by id.
    pub source: Option<Text>,
}

/// `Judged(claims: ["…", "…"], because: "…")`: a contradiction between claims that somebody has looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// The whole record.
    pub span: Span,
    /// The claims of both sides, by id.
    pub claims: Vec<Text>,
    /// What was found.
    pub because: Text,
}
