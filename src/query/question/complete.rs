//! What a prompt needs while a question is typed: what may stand at a place, and what each word already is.

use super::grammar::{self, Expected, Slot, Want};
use super::keyword::{Keyword, SPELLINGS};
use super::lexeme::{self, lex};
use super::token::{Form, Mark, Token};
use crate::model::Be;
use crate::query::limits::Limits;
use crate::query::vocabulary::{Class, Vocabulary};
use crate::text::{FileId, fold};
use std::ops::Range;

/// Most words of a name that is being typed.
const LONGEST_NAME: usize = 8;

/// What a noun at a place would be for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Subject, object, place …
    pub slot: Slot,
    /// The relations of the verbs it belongs to, in order; empty where the verb is still to come.
    pub relations: Vec<u32>,
    /// A form of *be* stood before the verb.
    pub be: bool,
    /// `by` stands before the noun.
    pub by: bool,
}

impl Context {
    /// Whether the written subject and object of a relation with this `be` change places.
    #[must_use]
    pub fn reverses(&self, be: Be) -> bool {
        self.be && (self.by || be == Be::Flips)
    }
}

/// What may stand at the end of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The classes, keywords and marks.
    pub wants: Vec<Want>,
    /// What a noun would be for, where one may stand.
    pub context: Option<Context>,
}

/// A place from which a text could be completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Where what is being typed begins: after a quotation mark, at an `@`.
    pub start: usize,
    /// What has been typed of it, folded; with a space at its end when a word was finished. Of an id, as written.
    pub prefix: String,
    /// Whether it is being typed in quotes or as an id.
    pub form: Form,
    /// What may stand there.
    pub place: Place,
}

/// What may stand after `text`, whose words are all finished.
#[must_use]
pub fn expected_at(text: &str, vocabulary: &Vocabulary, parameters: &[(String, String)]) -> Place {
    let lexed = lex(text, FileId::default(), vocabulary, parameters);
    if !lexed.problems.is_empty() {
        return Place {
            wants: Vec::new(),
            context: None,
        };
    }
    let expected = grammar::at_end(&lexed.tokens, Limits::default().nesting);
    Place {
        wants: wants(expected),
        context: context(expected, &lexed.tokens, vocabulary),
    }
}

fn wants(expected: Expected) -> Vec<Want> {
    let keywords = SPELLINGS.iter().map(|&(keyword, _)| Want::Keyword(keyword));
    let marks = super::token::MARKS
        .iter()
        .map(|&(_, mark)| Want::Mark(mark));
    let all = grammar::CLASSES
        .iter()
        .copied()
        .chain(keywords)
        .chain(marks);
    all.filter(|&want| expected.wanted.has(want)).collect()
}

fn context(expected: Expected, tokens: &[Token], vocabulary: &Vocabulary) -> Option<Context> {
    let frame = expected.frame?;
    let verbs = tokens.iter().skip(frame.verb as usize);
    let verbs = verbs.take(usize::from(frame.verbs));
    let mut relations: Vec<u32> = verbs
        .flat_map(|token| vocabulary.verbs(&token.key).iter().copied())
        .collect();
    relations.sort_unstable();
    relations.dedup();
    Some(Context {
        slot: frame.slot,
        relations,
        be: frame.be,
        by: frame.by,
    })
}

/// The places from which `text` could be completed at its end, the longest beginning first: `Steve W` may be the
/// beginning of one name, or a name and the beginning of a word.
#[must_use]
pub fn spots(text: &str, vocabulary: &Vocabulary, parameters: &[(String, String)]) -> Vec<Spot> {
    let at = |start: usize, prefix: String, form: Form| Spot {
        start,
        prefix,
        form,
        place: expected_at(&text[..start], vocabulary, parameters),
    };
    let lexed = lex(text, FileId::default(), vocabulary, parameters);
    if lexed.open_quote {
        let start = lexed
            .problems
            .last()
            .and_then(|problem| problem.labels.first());
        let start = start.map_or(text.len(), |label| label.span.start as usize);
        let quote = text[start..].chars().next().map_or(0, char::len_utf8);
        let mut spot = at(start, fold::key(&text[start + quote..]), Form::Quoted);
        spot.start += quote;
        return vec![spot];
    }
    if let Some(start) = text.rfind('@') {
        let id = &text[start + 1..];
        if id.chars().all(|c| c.is_alphanumeric() || "._-".contains(c)) {
            return vec![at(start, id.to_owned(), Form::Id)];
        }
    }
    let mut spots: Vec<Spot> = beginnings(text, vocabulary)
        .map(|(start, prefix)| at(start, prefix, Form::Plain))
        .collect();
    if !text.ends_with(fold::is_word_char) {
        spots.push(at(text.len(), String::new(), Form::Plain));
    }
    spots.retain(|spot| !spot.place.wants.is_empty());
    spots
}

/// The last words of a text that could be the beginning of something longer, and the last one anyway if the text ends
/// in it; most words first.
fn beginnings<'t>(
    text: &'t str,
    vocabulary: &'t Vocabulary,
) -> impl Iterator<Item = (usize, String)> + 't {
    let words = fold::words(text);
    let end = words.last().map_or(0, |word| word.end);
    let finished = end < text.len();
    let marked = |start: usize| text[..start].ends_with(['?', '$', '@']);
    let count = match text[end..].contains(lexeme::is_hard) {
        true => 0,
        false => words.len().min(LONGEST_NAME),
    };
    (1..=count).rev().filter_map(move |count| {
        let first = words.len() - count;
        let start = words[first].start;
        let gaps = words[first..].windows(2);
        let joined = gaps
            .map(|pair| &text[pair[0].end..pair[1].start])
            .all(|gap| !gap.contains(lexeme::is_hard));
        let space = if finished { " " } else { "" };
        let prefix = fold::key(&text[start..]) + space;
        let only = count == 1 && !finished;
        let fits = joined && !marked(start) && (only || begins_phrase(&prefix, vocabulary));
        fits.then_some((start, prefix))
    })
}

fn begins_phrase(prefix: &str, vocabulary: &Vocabulary) -> bool {
    let longer = |key: &str| key.starts_with(prefix) && key.len() > prefix.len();
    let classes = [Class::Name, Class::Verb, Class::Kind];
    SPELLINGS
        .iter()
        .any(|(_, spellings)| spellings.iter().any(|key| longer(key)))
        || classes.iter().any(|&class| {
            let mut found = vocabulary.starting(class, prefix);
            found.any(|(key, _)| longer(key))
        })
}

/// What a piece of a question is, for colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenClass {
    /// A word of the language.
    Keyword,
    /// A name.
    Name,
    /// A form of a relation.
    Verb,
    /// A kind.
    Kind,
    /// A date.
    Date,
    /// A whole number.
    Number,
    /// `?x`
    Variable,
    /// A word right of the bar that is none of the others.
    Column,
    /// Punctuation.
    Mark,
    /// A comment.
    Comment,
    /// What nobody knows: words, ids, quoted names, stray characters, dates that are none.
    Unknown,
}

/// The pieces of a text and what each is, in order; what counts for nothing is left out.
#[must_use]
pub fn classify(
    text: &str,
    vocabulary: &Vocabulary,
    parameters: &[(String, String)],
) -> Vec<(Range<usize>, TokenClass)> {
    let lexed = lex(text, FileId::default(), vocabulary, parameters);
    let mut found: Vec<(Range<usize>, TokenClass)> = Vec::new();
    let mut before: Option<TokenClass> = None;
    let mut last_keyword = None;
    let mut staged = false;
    for token in &lexed.tokens {
        let class = class_of(token, last_keyword, before, staged, vocabulary);
        staged |= token.readings.mark == Some(Mark::Bar);
        last_keyword = token.readings.keyword;
        before = Some(class);
        found.push((token.span.range(), class));
    }
    let comments = lexed.comments.into_iter();
    found.extend(comments.map(|range| (range, TokenClass::Comment)));
    let labels = lexed.problems.iter().flat_map(|problem| &problem.labels);
    found.extend(labels.map(|label| (label.span.range(), TokenClass::Unknown)));
    found.sort_by_key(|(range, _)| range.start);
    found
}

fn class_of(
    token: &Token,
    last_keyword: Option<Keyword>,
    before: Option<TokenClass>,
    staged: bool,
    vocabulary: &Vocabulary,
) -> TokenClass {
    let readings = &token.readings;
    let status = |keyword: Keyword| (Keyword::Planned..=Keyword::Anything).contains(&keyword);
    let asked = matches!(
        last_keyword,
        Some(Keyword::Which | Keyword::HowMany | Keyword::What)
    );
    let known_name = match token.form {
        Form::Id => !vocabulary.by_id(&token.written).is_empty(),
        Form::Quoted => !vocabulary.names(&token.key).is_empty(),
        _ => readings.name,
    };
    let noun = matches!(before, Some(TokenClass::Name | TokenClass::Variable));
    match readings.keyword {
        Some(keyword) if status(keyword) && readings.verb && last_keyword != Some(Keyword::As) => {
            return TokenClass::Verb;
        }
        Some(_) => return TokenClass::Keyword,
        None => {}
    }
    if readings.mark.is_some() {
        TokenClass::Mark
    } else if readings.variable {
        TokenClass::Variable
    } else if readings.kind && (asked || !known_name && !readings.verb) {
        TokenClass::Kind
    } else if readings.verb && (noun || !known_name) {
        TokenClass::Verb
    } else if known_name {
        TokenClass::Name
    } else if readings.date && readings.number.is_none_or(|number| number > 999) {
        TokenClass::Date
    } else if readings.number.is_some() {
        TokenClass::Number
    } else if staged && token.form == Form::Plain {
        TokenClass::Column
    } else {
        TokenClass::Unknown
    }
}
