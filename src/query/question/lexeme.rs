//! Text → tokens. At every place the longest run of words wins, over keywords, names, verbs and kinds together; a run
//! that is several of these is one token with several readings, and its place in the question decides.
//!
//! White space, hyphens, underscores, full stops and apostrophes between words count for nothing. The articles `a`,
//! `an` and `the` are skipped unless a name begins with one there. A `?` directly after a date belongs to the date
//! (uncertain), except where it ends the question or stands before `|`; there, quote the date: `in "2025-10?"`.

use super::keyword::{ARTICLES, GRADED, Keyword};
use super::token::{Form, MARKS, Readings, Token};
use crate::model::Date;
use crate::query::vocabulary::Vocabulary;
use crate::text::fold::{self, Word};
use crate::text::{Diagnostic, FileId, Span};

/// What became of a text.
#[derive(Debug, Clone, Default)]
pub struct Lexed {
    /// The tokens.
    pub tokens: Vec<Token>,
    /// What is no token: stray characters, open quotes, parameters without a value.
    pub problems: Vec<Diagnostic>,
    /// Byte ranges of comments.
    pub comments: Vec<std::ops::Range<usize>>,
    /// A quoted name was not closed.
    pub open_quote: bool,
}

/// Cuts a text into tokens. Never fails: what is no token is listed among the problems.
#[must_use]
pub fn lex(
    text: &str,
    file: FileId,
    vocabulary: &Vocabulary,
    parameters: &[(String, String)],
) -> Lexed {
    let mut lexer = Lexer {
        text,
        file,
        vocabulary,
        parameters,
        words: fold::words(text),
        word: 0,
        at: 0,
        lexed: Lexed::default(),
    };
    while lexer.at < text.len() {
        lexer.step();
    }
    lexer.lexed
}

struct Lexer<'t> {
    text: &'t str,
    file: FileId,
    vocabulary: &'t Vocabulary,
    parameters: &'t [(String, String)],
    /// All words of the text, and the first that has not been passed.
    words: Vec<Word>,
    word: usize,
    at: usize,
    lexed: Lexed,
}

/// What separates words of one name no more.
pub(super) fn is_hard(c: char) -> bool {
    is_quote(c) || "?|,()[]#;=!<>$@".contains(c)
}

/// Whether a character opens a quoted name.
pub(super) fn is_quote(c: char) -> bool {
    c == '"' || is_curly(c)
}

/// Whether a character closes what `open` opened.
pub(super) fn closes(open: char, c: char) -> bool {
    c == '"' || (open != '"' && is_curly(c))
}

fn is_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '«' | '»')
}

fn is_soft(c: char) -> bool {
    c.is_whitespace()
        || fold::is_apostrophe(c)
        || matches!(
            c,
            '.' | '_' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{feff}'
        )
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn push(&mut self, end: usize, form: Form, key: &str, written: &str, readings: Readings) {
        let span = self.span(self.at, end);
        self.lexed.tokens.push(Token {
            span,
            key: key.to_owned(),
            written: written.to_owned(),
            form,
            readings,
        });
        self.at = end;
    }

    fn problem(&mut self, name: &'static str, message: String, end: usize, help: &str) {
        let diagnostic = Diagnostic::error(name, message, self.span(self.at, end));
        self.lexed.problems.push(diagnostic.help(help));
        self.at = end;
    }

    fn step(&mut self) {
        let Some(c) = self.rest().chars().next() else {
            return;
        };
        while self
            .words
            .get(self.word)
            .is_some_and(|word| word.start < self.at)
        {
            self.word += 1;
        }
        let next = self.rest()[c.len_utf8()..].chars().next();
        let begins_word = |next: Option<char>| next.is_some_and(fold::is_word_char);
        match c {
            '#' => self.comment(),
            '?' if next.is_some_and(|next| next == '_' || next.is_alphabetic()) => self.variable(),
            '$' if begins_word(next) => self.parameter(),
            '@' if begins_word(next) => self.id(),
            _ if is_quote(c) => self.quoted(c),
            '-' if self.is_minus() => self.mark(),
            _ if self.date() => {}
            _ if self
                .words
                .get(self.word)
                .is_some_and(|word| word.start == self.at) =>
            {
                self.phrase();
            }
            _ if is_soft(c) => self.at += c.len_utf8(),
            _ => self.mark(),
        }
    }

    fn comment(&mut self) {
        let length = self.rest().find(['\n', '\r']);
        let end = length.map_or(self.text.len(), |length| self.at + length);
        self.lexed.comments.push(self.at..end);
        self.at = end;
    }

    /// A minus stands after white space or punctuation and before something.
    fn is_minus(&self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        let after = self.rest().chars().nth(1);
        before.is_none_or(|c| c.is_whitespace() || is_hard(c))
            && after.is_some_and(|c| !c.is_whitespace() && c != '-')
    }

    fn mark(&mut self) {
        let rest = self.rest();
        if let Some(&(written, mark)) = MARKS.iter().find(|(written, _)| rest.starts_with(written))
        {
            let readings = Readings {
                mark: Some(mark),
                ..Readings::default()
            };
            return self.push(
                self.at + written.len(),
                Form::Plain,
                written,
                written,
                readings,
            );
        }
        let c = rest.chars().next().unwrap_or(' ');
        let message = format!("`{c}` means nothing here");
        let help = "leave it out, or write the name that holds it in quotes";
        self.problem("unknown-character", message, self.at + c.len_utf8(), help);
    }

    fn variable(&mut self) {
        let name = run(&self.rest()[1..], |c| c == '_' || fold::is_word_char(c));
        let key = fold::key(name).replace(' ', "_");
        let (end, name) = (self.at + 1 + name.len(), name.to_owned());
        let key = if key.is_empty() { "_" } else { &key };
        let readings = Readings {
            variable: true,
            ..Readings::default()
        };
        self.push(end, Form::Plain, key, &name, readings);
    }

    fn id(&mut self) {
        let id = run(&self.rest()[1..], |c| {
            c.is_alphanumeric() || matches!(c, '.' | '_' | '-')
        });
        let id = id.trim_end_matches('.').to_owned();
        let readings = Readings {
            name: true,
            ..Readings::default()
        };
        self.push(self.at + 1 + id.len(), Form::Id, &id, &id, readings);
    }

    fn quoted(&mut self, open: char) {
        let inside = &self.rest()[open.len_utf8()..];
        let Some(length) = inside.find(|c| closes(open, c)) else {
            self.lexed.open_quote = true;
            let line = run(inside, |c| !matches!(c, '\n' | '\r')).trim_end();
            let end = self.at + open.len_utf8() + line.len();
            let message = "this quotation mark is not closed".to_owned();
            self.problem("unclosed-quote", message, end, "close it with `\"`");
            self.at = self.text.len();
            return;
        };
        let (written, close) = inside.split_at(length);
        let close = close.chars().next().map_or(0, char::len_utf8);
        let end = self.at + open.len_utf8() + length + close;
        let (written, key) = (written.to_owned(), fold::key(written));
        let readings = self.quoted_readings(&written);
        self.push(end, Form::Quoted, &key, &written, readings);
    }

    /// A quoted text is a name, known or not; where it is a date it stands for one.
    fn quoted_readings(&self, written: &str) -> Readings {
        let date = Date::parse(written).is_ok();
        Readings {
            name: !date || !self.vocabulary.names(&fold::key(written)).is_empty(),
            date,
            ..Readings::default()
        }
    }

    fn parameter(&mut self) {
        let name = run(&self.rest()[1..], |c| {
            fold::is_word_char(c) || matches!(c, '_' | '-')
        });
        let end = self.at + 1 + name.len();
        let Some((_, value)) = self.parameters.iter().find(|(known, _)| known == name) else {
            let message = format!(
                "no value is given for `${}`",
                crate::text::safe::shorten(name, 40)
            );
            let help = format!("give one with `--param {name}=VALUE`");
            return self.problem("unknown-parameter", message, end, &help);
        };
        let lexed = lex(value, self.file, self.vocabulary, &[]);
        let (form, key, written, readings) = match lexed.tokens.as_slice() {
            [token] if lexed.problems.is_empty() && stands_for_itself(token) => {
                let readings = Readings {
                    keyword: None,
                    ..token.readings
                };
                (token.form, token.key.clone(), &token.written, readings)
            }
            _ => (
                Form::Quoted,
                fold::key(value),
                value,
                self.quoted_readings(value),
            ),
        };
        let written = written.clone();
        self.push(end, form, &key, &written, readings);
    }

    /// Numbers and dates, where no longer name, verb or kind begins.
    fn date(&mut self) -> bool {
        let rest = self.rest();
        let begins = rest.starts_with(|c: char| c.is_ascii_digit() || c == 'X')
            || rest.starts_with("../")
            || (rest.starts_with('/') && rest[1..].starts_with(|c: char| c.is_ascii_digit()));
        if !begins {
            return false;
        }
        let mut chunk = run(rest, |c| c.is_ascii_digit() || "X-/.~?%:TZ+".contains(c));
        if rest[chunk.len()..].starts_with(fold::is_word_char) {
            return false;
        }
        if ends_question(&rest[chunk.len()..]) {
            chunk = chunk.strip_suffix('?').unwrap_or(chunk);
        }
        if !chunk.ends_with("/..") {
            chunk = chunk.trim_end_matches(['.', ':', '-', '+']);
        }
        let digits = !chunk.is_empty() && chunk.bytes().all(|byte| byte.is_ascii_digit());
        let date = Date::parse(chunk).is_ok();
        let nearly = chunk.starts_with(|c: char| c.is_ascii_digit()) && chunk.contains(['-', '/']);
        let (length, readings) = self.longest();
        if !(digits || date || nearly) || length > chunk.len() {
            return false;
        }
        let mut found = Readings {
            date,
            number: digits.then(|| chunk.parse().unwrap_or(u64::MAX)),
            ..Readings::default()
        };
        if length == chunk.len() {
            (found.name, found.kind, found.verb) = (readings.name, readings.kind, readings.verb);
        }
        let form = match digits || date {
            true => Form::Plain,
            false => Form::NearlyDate,
        };
        let chunk = chunk.to_owned();
        self.push(
            self.at + chunk.len(),
            form,
            &fold::key(&chunk),
            &chunk,
            found,
        );
        true
    }

    /// The words from here on that could be one phrase.
    fn phrase_words(&self) -> impl Iterator<Item = &Word> {
        let words = self.words.get(self.word..).unwrap_or(&[]);
        let begins_here = words.first().is_some_and(|word| word.start == self.at);
        let words = if begins_here { words } else { &[] };
        let joined = words.windows(2).map(|pair| {
            let gap = self.text.get(pair[0].end..pair[1].start);
            gap.is_some_and(|gap| !gap.contains(is_hard))
        });
        let joined = std::iter::once(true).chain(joined);
        let joined = words.iter().zip(joined).take_while(|(_, joined)| *joined);
        joined.map(|(word, _)| word)
    }

    /// The longest phrase of the vocabulary or the language from here on: its length in bytes and what it is.
    fn longest(&self) -> (usize, Readings) {
        let words = || self.phrase_words().map(|word| word.folded.as_str());
        let (mut count, mut known) = self.vocabulary.longest(words());
        // No more words than are looked at: all that is left would make long questions slow.
        let words: Vec<&str> = words().take(count + 2).collect();
        if known.verb && counts_sources(&words, count) {
            (count, known) = self.vocabulary.longest(words[..count - 1].iter().copied());
        }
        let keyword = Keyword::longest(&words[..words.len().min(2)]);
        let keyword_count = keyword.map_or(0, |(count, _)| count);
        let longest = count.max(keyword_count);
        let mut readings = Readings::default();
        if count == longest {
            (readings.name, readings.verb, readings.kind) = (known.name, known.verb, known.kind);
        }
        if keyword_count == longest {
            readings.keyword = keyword.map(|(_, keyword)| keyword);
        }
        let last = longest.checked_sub(1);
        let last = last.and_then(|last| self.phrase_words().nth(last));
        (last.map_or(0, |word| word.end - self.at), readings)
    }

    fn phrase(&mut self) {
        let (mut length, readings) = self.longest();
        let Some(first) = self.words.get(self.word).cloned() else {
            return;
        };
        let is_grade = self.stands_for_a_grade();
        if is_grade {
            length = 0;
        }
        if length > 0 {
            let written = self.text[self.at..self.at + length].to_owned();
            let end = self.at + length;
            return self.push(end, Form::Plain, &fold::key(&written), &written, readings);
        }
        if !is_grade && ARTICLES.contains(&first.folded.as_str()) {
            self.at = first.end;
        } else if !self.contraction(&first) {
            let written = self.text[self.at..first.end].to_owned();
            self.push(first.end, Form::Plain, &first.folded, &written, readings);
        }
    }

    /// After `reliability <=` and the like stands a letter, whatever else that letter may be.
    fn stands_for_a_grade(&self) -> bool {
        let [.., column, comparison] = self.lexed.tokens.as_slice() else {
            return false;
        };
        let compares = match comparison.readings.mark {
            Some(mark) => mark.compares(),
            None => comparison.key == "is",
        };
        compares && column.form == Form::Plain && column.key == GRADED
    }

    /// `didn't` is `did` and `not`.
    fn contraction(&mut self, word: &Word) -> bool {
        let Some(stem) = word.folded.strip_suffix("n't") else {
            return false;
        };
        let Some(keyword @ (Keyword::Do | Keyword::Have | Keyword::Be)) = Keyword::of(stem) else {
            return false;
        };
        let written = &self.text[word.start..word.end];
        let plain = written.is_char_boundary(stem.len()) && written.len() > stem.len();
        let middle = if plain {
            word.start + stem.len()
        } else {
            word.end
        };
        for (end, key, keyword) in [(middle, stem, keyword), (word.end, "not", Keyword::Not)] {
            let readings = Readings {
                keyword: Some(keyword),
                ..Readings::default()
            };
            self.push(end, Form::Plain, key, key, readings);
        }
        true
    }
}

/// The first characters of a text that pass a test.
fn run(text: &str, passes: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !passes(c)).unwrap_or(text.len());
    &text[..end]
}

/// Whether a parameter may stand for this token: words that say something, never grammar.
fn stands_for_itself(token: &Token) -> bool {
    let readings = &token.readings;
    readings.name || readings.verb || readings.kind || readings.date || readings.number.is_some()
}

/// Whether nothing of the question's left side follows.
fn ends_question(rest: &str) -> bool {
    let mut rest = rest.trim_start();
    while let Some(comment) = rest.strip_prefix('#') {
        let end = comment.find(['\n', '\r']).unwrap_or(comment.len());
        rest = comment[end..].trim_start();
    }
    rest.is_empty() || rest.starts_with(['|', ';'])
}

/// Whether the last word of a verb of `count` words is the `with` of `with 2 sources`: then the verb ends before it.
fn counts_sources(words: &[&str], count: usize) -> bool {
    let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    count > 1
        && words[count - 1] == "with"
        && match words[count..] {
            ["at", "least" | "most", ..] | ["only", ..] => true,
            [word, ..] => number(word),
            [] => false,
        }
}
