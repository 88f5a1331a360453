//! Tree → text in canonical spelling, such that reading the text gives the same tree but for its spans.

use super::ast::*;
use super::grammar::parse;
use crate::model::Date;
use crate::query::limits::Limits;
use crate::query::vocabulary::Vocabulary;
use crate::text::FileId;

/// The question in canonical spelling: one spelling of each keyword, names in quotes only where they need them.
#[must_use]
pub fn print(question: &Question, vocabulary: &Vocabulary) -> String {
    let plain = written(question, Some(vocabulary));
    let limits = Limits {
        question_bytes: usize::MAX,
        nesting: 256,
        ..Limits::default()
    };
    // Names that run into their neighbours are rare: then all are quoted.
    match parse(&plain, FileId::default(), vocabulary, &[], &limits) {
        Ok(again) if super::spans::without(&again) == super::spans::without(question) => plain,
        _ => written(question, None),
    }
}

/// With the vocabulary, names that it knows as they stand are not quoted.
fn written(question: &Question, vocabulary: Option<&Vocabulary>) -> String {
    let mut printer = Printer {
        text: String::new(),
        vocabulary,
    };
    printer.question(question);
    printer.text
}

struct Printer<'v> {
    text: String,
    vocabulary: Option<&'v Vocabulary>,
}

impl Printer<'_> {
    /// A word, after a space unless it is the first or follows an opening bracket.
    fn word(&mut self, word: &str) {
        if !self.text.is_empty() && !self.text.ends_with('(') {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    fn separated<T>(&mut self, items: &[T], separator: &str, one: impl Fn(&mut Self, &T)) {
        for (at, item) in items.iter().enumerate() {
            match (at, separator) {
                (0, _) => {}
                (_, ",") => self.text.push(','),
                (_, word) => self.word(word),
            }
            one(self, item);
        }
    }

    fn question(&mut self, question: &Question) {
        match &question.head {
            Head::Expression(expression) => self.expression(expression),
            Head::Path(path) => self.path(path),
            Head::Timeline { of, qualifiers } => {
                self.word("timeline of");
                self.noun_phrase(of);
                self.qualifiers(qualifiers);
            }
            Head::Contradictions { of, qualifiers } => {
                self.word("contradictions");
                if let Some(of) = of {
                    self.word("of");
                    self.name(of);
                }
                self.qualifiers(qualifiers);
            }
            Head::Say { counting, clause } => {
                self.word(if *counting { "how many" } else { "which" });
                self.word("sources say that");
                self.clause(clause);
            }
        }
        if !question.ignoring.is_empty() {
            self.word("ignoring");
            self.separated(&question.ignoring, ",", Self::name);
        }
        for stage in &question.stages {
            self.word("|");
            self.stage(&stage.kind);
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Clause(clause) => self.clause(clause),
            Expression::And(items) => self.joined(items, "and"),
            Expression::Or(items) => self.joined(items, "or"),
            Expression::Not(inside, _) => {
                self.word("not");
                self.bracketed(inside);
            }
        }
    }

    fn joined(&mut self, items: &[Expression], word: &str) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.word(word);
            }
            match item {
                Expression::And(_) | Expression::Or(_) => self.bracketed(item),
                Expression::Clause(clause)
                    if !clause.subject.relative.is_empty()
                        || takes_in(clause, items.get(at + 1)) =>
                {
                    self.bracketed(item);
                }
                _ => self.expression(item),
            }
        }
    }

    fn bracketed(&mut self, expression: &Expression) {
        self.word("(");
        self.expression(expression);
        self.text.push(')');
    }

    fn clause(&mut self, clause: &Clause) {
        let Some(fronted) = &clause.fronted else {
            self.noun_phrase(&clause.subject);
            self.separated(&clause.predicates, "and", Self::verb_phrase);
            return;
        };
        match fronted {
            Fronted::Nothing => {}
            Fronted::Object(ask) => self.noun_phrase(ask),
            Fronted::When(_) => self.word("when"),
            Fronted::Where(_) => self.word("where"),
        }
        for predicate in &clause.predicates {
            self.word(if predicate.be { "was" } else { "did" });
            self.noun_phrase(&clause.subject);
            self.after_auxiliary(predicate);
        }
    }

    fn verb_phrase(&mut self, phrase: &VerbPhrase) {
        if phrase.be {
            self.word("was");
        } else if phrase.auxiliary {
            self.word("did");
        }
        self.after_auxiliary(phrase);
    }

    fn after_auxiliary(&mut self, phrase: &VerbPhrase) {
        if phrase.negated.is_some() {
            self.word(if phrase.auxiliary { "not" } else { "never" });
        }
        if phrase.indirectly.is_some() {
            self.word("indirectly");
        }
        self.verbs(&phrase.verbs);
        let (before, after) = phrase.qualifiers.split_at(before_objects(phrase));
        self.qualifiers(before);
        if phrase.by.is_some() {
            self.word("by");
        }
        if let Some(objects) = &phrase.objects {
            self.objects(objects);
        }
        self.qualifiers(after);
    }

    fn verbs(&mut self, verbs: &[Verb]) {
        self.separated(verbs, "or", |printer, verb| printer.word(&verb.form));
    }

    fn objects(&mut self, objects: &Objects) {
        let joiner = match objects.connective {
            Connective::And => "and",
            Connective::Or => "or",
        };
        self.separated(&objects.items, joiner, Self::noun_phrase);
        if !objects.but_not.is_empty() {
            self.word("but not");
            self.separated(&objects.but_not, "or", Self::noun_phrase);
        }
    }

    fn noun_phrase(&mut self, phrase: &NounPhrase) {
        match &phrase.noun {
            Noun::Who => self.word("who"),
            Noun::Whom => self.word("whom"),
            Noun::What => self.word("what"),
            Noun::Which(kind) => self.word(&format!("which {kind}")),
            Noun::HowMany(kind) => self.word(&format!("how many {kind}")),
            Noun::Name(name) => self.name(name),
            Noun::Variable(name) => self.word(&format!("?{name}")),
            Noun::Someone => self.word("someone"),
            Noun::Something => self.word("something"),
            Noun::Kind(kind) => self.word(kind),
            Noun::EachOther => self.word("each other"),
        }
        for (at, relative) in phrase.relative.iter().enumerate() {
            self.word(if at == 0 { "that" } else { "and that" });
            self.verb_phrase(relative);
        }
    }

    fn name(&mut self, name: &Name) {
        match &name.form {
            NameForm::Id(id) => self.word(&format!("@{id}")),
            NameForm::Number(number) => self.word(&format!("[{number}]")),
            NameForm::Words(words) if self.stands_alone(words) => self.word(words),
            NameForm::Words(words) => self.word(&format!("\"{words}\"")),
        }
    }

    /// Whether the words of a name are one token, and a name, without quotes.
    fn stands_alone(&self, words: &str) -> bool {
        let Some(vocabulary) = self.vocabulary else {
            return false;
        };
        let lexed = super::lexeme::lex(words, FileId::default(), vocabulary, &[]);
        match lexed.tokens.as_slice() {
            [token] => {
                lexed.problems.is_empty()
                    && token.written == words
                    && token.readings.name
                    && token.readings.keyword.is_none()
                    && !token.readings.date
            }
            _ => false,
        }
    }

    fn qualifiers(&mut self, qualifiers: &[Qualifier]) {
        for qualifier in qualifiers {
            self.qualifier(&qualifier.kind);
        }
    }

    fn qualifier(&mut self, kind: &QualifierKind) {
        match kind {
            QualifierKind::Time(certainty, range) => {
                match certainty {
                    Certainty::Default => {}
                    Certainty::Possibly => self.word("possibly"),
                    Certainty::Certainly => self.word("certainly"),
                }
                self.time_range(range);
            }
            QualifierKind::Undated => self.word("undated"),
            QualifierKind::Place(place) => {
                self.word(if is_date(place) { "at" } else { "in" });
                self.noun_phrase(place);
            }
            QualifierKind::When => self.word("when"),
            QualifierKind::Where => self.word("where"),
            QualifierKind::As(status) => self.word(&format!("as {}", status_word(*status))),
            QualifierKind::AccordingTo(speaker) => {
                self.word("according to");
                self.noun_phrase(speaker);
            }
            QualifierKind::AccordingToWhichSource => self.word("according to which source"),
            QualifierKind::With {
                bound,
                number,
                independent,
            } => {
                let bound = match bound {
                    Bound::AtLeast => "at least",
                    Bound::AtMost => "at most",
                    Bound::Only => "only",
                };
                let independent = if *independent { "independent " } else { "" };
                self.word(&format!("with {bound} {number} {independent}sources"));
            }
        }
    }

    fn time_range(&mut self, range: &TimeRange) {
        let (word, first, second) = match range {
            TimeRange::Since(date) => ("since", date, None),
            TimeRange::After(date) => ("after", date, None),
            TimeRange::Before(date) => ("before", date, None),
            TimeRange::Until(date) => ("until", date, None),
            TimeRange::In(date) => ("in", date, None),
            TimeRange::Between(first, second) => ("between", first, Some(second)),
        };
        self.word(word);
        self.date(first);
        if let Some(second) = second {
            self.word("and");
            self.date(second);
        }
    }

    /// A date that ends in `?` is quoted, lest it end the question; so are sets, which hold marks of the language.
    fn date(&mut self, date: &str) {
        let quoted = date.ends_with('?') || date.starts_with(['[', '{']);
        match quoted || self.vocabulary.is_none() {
            true => self.word(&format!("\"{date}\"")),
            false => self.word(date),
        }
    }

    fn path(&mut self, path: &PathQuestion) {
        self.word(if path.all {
            "all paths from"
        } else {
            "path from"
        });
        self.noun_phrase(&path.from);
        self.word("to");
        self.noun_phrase(&path.to);
        for qualifier in &path.qualifiers {
            match qualifier {
                PathQualifier::Via(verbs) => {
                    self.word("via");
                    self.verbs(verbs);
                }
                PathQualifier::Through(phrase) => {
                    self.word("through");
                    self.noun_phrase(phrase);
                }
                PathQualifier::Avoiding(phrase) => {
                    self.word("avoiding");
                    self.noun_phrase(phrase);
                }
                PathQualifier::Within(steps, _) => self.word(&format!("within {steps} steps")),
                PathQualifier::Claim(qualifier) => self.qualifier(&qualifier.kind),
            }
        }
    }

    fn stage(&mut self, kind: &StageKind) {
        match kind {
            StageKind::Count(by) => self.by("count", by),
            StageKind::Earliest(by) => self.by("earliest", by),
            StageKind::Latest(by) => self.by("latest", by),
            StageKind::List(column, by) => {
                let listed = format!("list {}", column.name);
                self.by(&listed, by);
            }
            StageKind::Where(conditions) => {
                self.word("where");
                self.separated(conditions, "and", Self::condition);
            }
            StageKind::Sort(keys) => {
                self.word("sort");
                self.separated(keys, ",", |printer, key| {
                    let minus = if key.descending { "-" } else { "" };
                    printer.word(&format!("{minus}{}", key.column.name));
                });
            }
            StageKind::Take(number) => self.word(&format!("take {number}")),
            StageKind::Skip(number) => self.word(&format!("skip {number}")),
            StageKind::Show(columns) => self.columns("show", columns),
            StageKind::DiffIgnoring(sources) => {
                self.word("diff ignoring");
                self.separated(sources, ",", Self::name);
            }
        }
    }

    fn by(&mut self, stage: &str, by: &[ColumnName]) {
        self.word(stage);
        if !by.is_empty() {
            self.columns("by", by);
        }
    }

    fn columns(&mut self, before: &str, columns: &[ColumnName]) {
        self.word(before);
        self.separated(columns, ",", |printer, column| printer.word(&column.name));
    }

    fn condition(&mut self, condition: &Condition) {
        self.word(&condition.column.name);
        self.word(match condition.comparison {
            Comparison::Equal => "=",
            Comparison::NotEqual => "!=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
            Comparison::Is => "is",
            Comparison::Within => "within",
        });
        match &condition.value.kind {
            LiteralKind::Number(number) => self.word(&number.to_string()),
            LiteralKind::Date(date) => self.date(date),
            LiteralKind::Name(name) => self.name(name),
            LiteralKind::Kind(word) | LiteralKind::Word(word) => self.word(word),
            LiteralKind::Grade(letter) => self.word(&letter.to_uppercase()),
            LiteralKind::Days(days, column) => {
                self.word(&format!("{days} days of {}", column.name));
            }
        }
    }
}

/// The word of a status after `as`.
#[must_use]
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Planned => "planned",
        Status::Expected => "expected",
        Status::Cancelled => "cancelled",
        Status::Alleged => "alleged",
        Status::Denied => "denied",
        Status::Disputed => "disputed",
        Status::Negated => "negated",
        Status::Anything => "anything",
    }
}

/// How many qualifiers stood before the objects: where a relative clause is about, their place says whose they are.
fn before_objects(phrase: &VerbPhrase) -> usize {
    let objects = phrase.objects.as_ref();
    let first = objects.and_then(|objects| objects.items.first());
    let start = first.map_or(0, |noun| noun.span.start);
    let before = |one: &&Qualifier| one.span.start < start;
    phrase.qualifiers.iter().take_while(before).count()
}

/// Whether a name would be read as a date after `in`.
fn is_date(phrase: &NounPhrase) -> bool {
    match &phrase.noun {
        Noun::Name(Name {
            form: NameForm::Words(words),
            ..
        }) => Date::parse(words).is_ok(),
        _ => false,
    }
}

/// Whether a relative clause at the end of `clause` would take in the next one, were it not bracketed.
fn takes_in(clause: &Clause, next: Option<&Expression>) -> bool {
    let Some(Expression::Clause(next)) = next else {
        return false;
    };
    let begins_with_who = next.fronted.is_none() && next.subject.noun == Noun::Who;
    begins_with_who && has_relative(clause)
}

fn has_relative(clause: &Clause) -> bool {
    let open = |noun: &NounPhrase| !noun.relative.is_empty();
    let in_phrase = |phrase: &VerbPhrase| {
        let objects = phrase.objects.iter();
        let mut nouns = objects.flat_map(|objects| objects.items.iter().chain(&objects.but_not));
        nouns.any(open)
            || phrase.qualifiers.iter().any(|one| match &one.kind {
                QualifierKind::Place(noun) | QualifierKind::AccordingTo(noun) => open(noun),
                _ => false,
            })
    };
    clause.predicates.iter().any(in_phrase)
}
