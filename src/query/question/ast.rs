//! A question as written: names are still texts, nothing is resolved. Spans are byte ranges of the question.
//!
//! Two questions that differ only in spans, spacing, articles and the spelling of keywords are the same tree but for
//! its spans; [`super::print`] writes a tree in canonical spelling.

pub use crate::query::algebra::{Bound, Certainty};
use crate::text::Span;

/// `head [ignoring …] [| stage]…`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub head: Head,
    /// `ignoring A, B`
    pub ignoring: Vec<Name>,
    /// `| count by who | take 5`
    pub stages: Vec<Stage>,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// `who briefed whom`
    Expression(Expression),
    /// `path from A to B`, `how is A connected to B`
    Path(PathQuestion),
    /// `timeline of A since 2025`
    Timeline {
        /// Whose.
        of: NounPhrase,
        /// Narrowed how.
        qualifiers: Vec<Qualifier>,
    },
    /// `contradictions`, `contradictions of A since 2025`
    Contradictions {
        /// Of what; `None` for all.
        of: Option<Name>,
        /// Narrowed how.
        qualifiers: Vec<Qualifier>,
    },
    /// `which sources say that …`, `how many sources say that …`
    Say {
        /// `how many`: only the number.
        counting: bool,
        /// What they say.
        clause: Clause,
    },
}

/// Clauses joined by `and`, `or`, `not ( )`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// `who met A`
    Clause(Clause),
    /// `X and Y and Z`, at least two.
    And(Vec<Expression>),
    /// `X or Y`, at least two.
    Or(Vec<Expression>),
    /// `not (X)`
    Not(Box<Expression>, Span),
}

/// One subject and its verb phrases: `who met A and briefed B`, or with the auxiliary first: `whom did W brief`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// From the first to the last word.
    pub span: Span,
    /// The subject as written (in a passive, the one to whom it is done).
    pub subject: NounPhrase,
    /// What stood before the auxiliary, when the auxiliary stood before the subject.
    pub fronted: Option<Fronted>,
    /// At least one. A fronted clause has exactly one, whose auxiliaries include the fronted one.
    pub predicates: Vec<VerbPhrase>,
}

/// `whom did …`, `when did …`, `did …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fronted {
    /// `did A meet B`
    Nothing,
    /// `whom did A meet`: asks for the object that the verb phrase leaves out.
    Object(NounPhrase),
    /// `when did A meet B`
    When(Span),
    /// `where did A meet B`
    Where(Span),
}

/// Verbs with their objects and qualifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerbPhrase {
    /// From the first to the last word.
    pub span: Span,
    /// A form of *be* stood before the verb.
    pub be: bool,
    /// Any auxiliary stood before the verb (a form of *be* too); only the printer cares.
    pub auxiliary: bool,
    /// `not`, `never`, `n't`
    pub negated: Option<Span>,
    /// `indirectly`
    pub indirectly: Option<Span>,
    /// `met or briefed`, at least one: text as written, folded at lookup.
    pub verbs: Vec<Verb>,
    /// `by`
    pub by: Option<Span>,
    /// `A and B but not C`; `None` where no object is written.
    pub objects: Option<Objects>,
    /// `in Miami since 2025 when`, those before and after the objects, in order.
    pub qualifiers: Vec<Qualifier>,
}

/// A verb as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verb {
    /// The form, folded.
    pub form: String,
    /// Its place.
    pub span: Span,
}

/// How several objects are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connective {
    /// `A and B`, `both A and B`: of each; also a single object.
    And,
    /// `A or B`, `either A or B`
    Or,
}

/// The objects of a verb phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objects {
    /// `and` or `or`; `And` for a single one.
    pub connective: Connective,
    /// At least one.
    pub items: Vec<NounPhrase>,
    /// `but not A or B`
    pub but_not: Vec<NounPhrase>,
}

/// `who that met A`, `Dmitriev`, `?x`, `someone`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NounPhrase {
    /// From the first to the last word.
    pub span: Span,
    /// The noun.
    pub noun: Noun,
    /// `that met A and that briefed B`
    pub relative: Vec<VerbPhrase>,
}

/// A noun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noun {
    /// `who`: an entity of an actor kind.
    Who,
    /// `whom`: the same, and names its column so.
    Whom,
    /// `what`: any entity.
    What,
    /// `which people`, `what people`: an entity of the kind whose word this is (folded).
    Which(String),
    /// `how many people`
    HowMany(String),
    /// A name.
    Name(Name),
    /// `?x`, without the mark.
    Variable(String),
    /// `someone`: some entity of an actor kind, not asked for.
    Someone,
    /// `something`: some entity, not asked for.
    Something,
    /// `people`: some entity of that kind, not asked for (folded).
    Kind(String),
    /// `each other`: the subject and the object do it to each other.
    EachOther,
}

/// A name as written; what it names depends on the place it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// How it was written.
    pub form: NameForm,
    /// Its place.
    pub span: Span,
}

/// The ways to write a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameForm {
    /// Words that the vocabulary knows, or a text in quotes; as written, without quotes.
    Words(String),
    /// `@id`, without the mark.
    Id(String),
    /// `[3]`: a source by its number in the last answer's list.
    Number(u32),
}

/// What narrows a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualifier {
    /// From the first to the last word.
    pub span: Span,
    /// What it says.
    pub kind: QualifierKind,
}

/// What narrows a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QualifierKind {
    /// `certainly since 2025-10`
    Time(Certainty, TimeRange),
    /// `undated`
    Undated,
    /// `in Florida`, `at the summit`
    Place(NounPhrase),
    /// `when`: gives the date of the verb's claim.
    When,
    /// `where`: gives the place of the verb's claim.
    Where,
    /// `as planned`
    As(Status),
    /// `according to Axios`, `according to whom`, `according to someone`
    AccordingTo(NounPhrase),
    /// `according to which source`
    AccordingToWhichSource,
    /// `with at least 2 independent sources`
    With {
        /// `at least` unless written.
        bound: Bound,
        /// How many.
        number: u32,
        /// Origins are counted, not sources.
        independent: bool,
    },
}

/// A range of time; dates as written (EDTF, already known to parse).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeRange {
    /// `since D`: from the first day of D.
    Since(String),
    /// `after D`: from the day after the last of D.
    After(String),
    /// `before D`: to the day before the first of D.
    Before(String),
    /// `until D`: to the last day of D.
    Until(String),
    /// `in D`, `on D`, `during D`
    In(String),
    /// `between D and D`: from the first day of one to the last of the other.
    Between(String, String),
}

/// Which claims are admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// `as planned`
    Planned,
    /// `as expected`
    Expected,
    /// `as cancelled`
    Cancelled,
    /// `as alleged`
    Alleged,
    /// `as denied`
    Denied,
    /// `as disputed`
    Disputed,
    /// `as negated`
    Negated,
    /// `as anything`
    Anything,
}

/// `[all] path from A to B …`, `how is A connected to B …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathQuestion {
    /// From the first to the last word.
    pub span: Span,
    /// `all`: every path within the bound, not only the shortest.
    pub all: bool,
    /// One end.
    pub from: NounPhrase,
    /// The other.
    pub to: NounPhrase,
    /// In the order written.
    pub qualifiers: Vec<PathQualifier>,
}

/// What narrows a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathQualifier {
    /// `via met or briefed`: only these relations.
    Via(Vec<Verb>),
    /// `through A`: visits one of these.
    Through(NounPhrase),
    /// `avoiding A`: visits none of these between its ends.
    Avoiding(NounPhrase),
    /// `within 4 steps`
    Within(u32, Span),
    /// Any other, about each of the claims.
    Claim(Qualifier),
}

/// What is done to the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// From the first to the last word.
    pub span: Span,
    /// What it does.
    pub kind: StageKind,
}

/// What is done to the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StageKind {
    /// `count by who`
    Count(Vec<ColumnName>),
    /// `list whom by who`
    List(ColumnName, Vec<ColumnName>),
    /// `earliest by who`
    Earliest(Vec<ColumnName>),
    /// `latest by who`
    Latest(Vec<ColumnName>),
    /// `where origins >= 2 and who is person`
    Where(Vec<Condition>),
    /// `sort -count, who`
    Sort(Vec<SortKey>),
    /// `take 5`
    Take(u64),
    /// `skip 5`
    Skip(u64),
    /// `show who, sources`
    Show(Vec<ColumnName>),
    /// `diff ignoring Axios`
    DiffIgnoring(Vec<Name>),
}

/// A column's name, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnName {
    /// The name.
    pub name: String,
    /// Its place.
    pub span: Span,
}

/// `[-] column`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortKey {
    /// `-`: greatest first.
    pub descending: bool,
    /// The column.
    pub column: ColumnName,
}

/// `count >= 2`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The column.
    pub column: ColumnName,
    /// The comparison.
    pub comparison: Comparison,
    /// What it is compared with.
    pub value: Literal,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `is`: the same entity, or one of that kind.
    Is,
    /// `within`: no more days apart.
    Within,
}

/// What a column is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// Its place.
    pub span: Span,
    /// Its value.
    pub kind: LiteralKind,
}

/// What a column is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiteralKind {
    /// `2`; in a comparison with dates, a year.
    Number(i64),
    /// `2025-10`
    Date(String),
    /// `Dmitriev`, `"Dan Driscoll"`, `@witkoff`
    Name(Name),
    /// `people`: only after `is` (folded).
    Kind(String),
    /// A letter of the Admiralty scale after `reliability`, folded; whether it is one is seen when it is lowered.
    Grade(String),
    /// `7 days of when`: days, and a column of dates; only after `within`.
    Days(u32, ColumnName),
    /// `undated` and other bare words that are no name (folded), such as `yes` and `no` for `certain`.
    Word(String),
}
