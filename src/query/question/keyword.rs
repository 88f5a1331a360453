//! The words of the language itself: each keyword with every spelling it may have.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A keyword. Its spellings stand in [`SPELLINGS`]; the first is canonical.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the words")]
#[repr(u8)]
pub enum Keyword {
    Who,
    Whom,
    What,
    Which,
    HowMany,
    How,
    And,
    Or,
    Not,
    Never,
    Both,
    Either,
    ButNot,
    That,
    EachOther,
    Someone,
    Something,
    Do,
    Have,
    Be,
    Indirectly,
    By,
    Certainly,
    Possibly,
    Since,
    After,
    Before,
    Until,
    In,
    On,
    During,
    Between,
    At,
    When,
    Where,
    Undated,
    As,
    Planned,
    Expected,
    Cancelled,
    Alleged,
    Denied,
    Disputed,
    Negated,
    Anything,
    AccordingTo,
    With,
    AtLeast,
    AtMost,
    Only,
    Independent,
    Sources,
    Origins,
    All,
    Path,
    From,
    To,
    ConnectedTo,
    Via,
    Through,
    Avoiding,
    Within,
    Steps,
    DaysOf,
    TimelineOf,
    Contradictions,
    ContradictionsOf,
    Say,
    Ignoring,
    Count,
    List,
    Earliest,
    Latest,
    Sort,
    Take,
    Skip,
    Show,
    Diff,
}

/// Every keyword with its spellings, folded (one space between words), in the order of [`Keyword`].
pub const SPELLINGS: &[(Keyword, &[&str])] = &[
    (Keyword::Who, &["who"]),
    (Keyword::Whom, &["whom"]),
    (Keyword::What, &["what"]),
    (Keyword::Which, &["which"]),
    (Keyword::HowMany, &["how many"]),
    (Keyword::How, &["how"]),
    (Keyword::And, &["and"]),
    (Keyword::Or, &["or"]),
    (Keyword::Not, &["not"]),
    (Keyword::Never, &["never"]),
    (Keyword::Both, &["both"]),
    (Keyword::Either, &["either"]),
    (Keyword::ButNot, &["but not"]),
    (Keyword::That, &["that"]),
    (Keyword::EachOther, &["each other"]),
    (Keyword::Someone, &["someone", "somebody"]),
    (Keyword::Something, &["something"]),
    (Keyword::Do, &["did", "does", "do"]),
    (Keyword::Have, &["has", "have", "had"]),
    (
        Keyword::Be,
        &["was", "is", "are", "were", "be", "been", "being"],
    ),
    (Keyword::Indirectly, &["indirectly"]),
    (Keyword::By, &["by"]),
    (Keyword::Certainly, &["certainly"]),
    (Keyword::Possibly, &["possibly"]),
    (Keyword::Since, &["since"]),
    (Keyword::After, &["after"]),
    (Keyword::Before, &["before"]),
    (Keyword::Until, &["until"]),
    (Keyword::In, &["in"]),
    (Keyword::On, &["on"]),
    (Keyword::During, &["during"]),
    (Keyword::Between, &["between"]),
    (Keyword::At, &["at"]),
    (Keyword::When, &["when"]),
    (Keyword::Where, &["where"]),
    (Keyword::Undated, &["undated"]),
    (Keyword::As, &["as"]),
    (Keyword::Planned, &["planned"]),
    (Keyword::Expected, &["expected"]),
    (Keyword::Cancelled, &["cancelled", "canceled"]),
    (Keyword::Alleged, &["alleged"]),
    (Keyword::Denied, &["denied"]),
    (Keyword::Disputed, &["disputed"]),
    (Keyword::Negated, &["negated"]),
    (Keyword::Anything, &["anything"]),
    (Keyword::AccordingTo, &["according to"]),
    (Keyword::With, &["with"]),
    (Keyword::AtLeast, &["at least"]),
    (Keyword::AtMost, &["at most"]),
    (Keyword::Only, &["only"]),
    (Keyword::Independent, &["independent"]),
    (Keyword::Sources, &["sources", "source"]),
    (Keyword::Origins, &["origins", "origin"]),
    (Keyword::All, &["all"]),
    (Keyword::Path, &["path", "paths"]),
    (Keyword::From, &["from"]),
    (Keyword::To, &["to"]),
    (Keyword::ConnectedTo, &["connected to"]),
    (Keyword::Via, &["via"]),
    (Keyword::Through, &["through"]),
    (Keyword::Avoiding, &["avoiding"]),
    (Keyword::Within, &["within"]),
    (Keyword::Steps, &["steps", "step"]),
    (Keyword::DaysOf, &["days of", "day of"]),
    (Keyword::TimelineOf, &["timeline of"]),
    (Keyword::Contradictions, &["contradictions"]),
    (Keyword::ContradictionsOf, &["contradictions of"]),
    (Keyword::Say, &["say", "says"]),
    (Keyword::Ignoring, &["ignoring"]),
    (Keyword::Count, &["count"]),
    (Keyword::List, &["list"]),
    (Keyword::Earliest, &["earliest"]),
    (Keyword::Latest, &["latest"]),
    (Keyword::Sort, &["sort"]),
    (Keyword::Take, &["take"]),
    (Keyword::Skip, &["skip"]),
    (Keyword::Show, &["show"]),
    (Keyword::Diff, &["diff"]),
];

static BY_SPELLING: LazyLock<BTreeMap<&'static str, Keyword>> = LazyLock::new(|| {
    let all = SPELLINGS.iter();
    all.flat_map(|&(keyword, spellings)| spellings.iter().map(move |&one| (one, keyword)))
        .collect()
});

/// Words before a noun that count for nothing, unless a name begins with one.
pub const ARTICLES: &[&str] = &["a", "an", "the"];

/// The measure whose values are the letters of the Admiralty scale: after it `A` is no article, and `B` no name.
pub const GRADED: &str = "reliability";

impl Keyword {
    /// Every spelling; the first is canonical.
    #[must_use]
    pub fn spellings(self) -> &'static [&'static str] {
        SPELLINGS[self as usize].1
    }

    /// The canonical spelling.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.spellings()[0]
    }

    /// The keyword with this folded spelling.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        BY_SPELLING.get(key).copied()
    }

    /// The longest run of folded words, from the first on, that is a keyword, with its number of words.
    pub fn longest(words: &[&str]) -> Option<(usize, Self)> {
        let (first, rest) = words.split_first()?;
        let two = rest.first().and_then(|second| {
            let same = |key: &str| key.split_once(' ') == Some((first, second));
            let mut longer = BY_SPELLING.range(*first..);
            longer.find(|(key, _)| same(key) || !key.starts_with(first))
        });
        match two {
            Some((key, &keyword)) if key.starts_with(first) => Some((2, keyword)),
            _ => Some((1, Self::of(first)?)),
        }
    }
}

/// All words that mean something to the language, folded: what no name should be. Keywords of several words count
/// whole, as do contractions such as `didn't` (not listed).
pub fn reserved_words() -> impl Iterator<Item = &'static str> {
    let spellings = SPELLINGS.iter().flat_map(|(_, spellings)| spellings.iter());
    spellings.chain(ARTICLES).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn the_table_is_in_the_order_of_the_keywords_and_no_spelling_stands_twice() {
        for (at, &(keyword, spellings)) in SPELLINGS.iter().enumerate() {
            assert_eq!(keyword as usize, at);
            for spelling in spellings {
                assert_eq!(Keyword::of(spelling), Some(keyword));
                assert_eq!(fold::key(spelling), *spelling);
            }
        }
    }

    #[test]
    fn the_words_kept_for_the_language_are_those_that_names_are_checked_against() {
        let mut kept: Vec<&str> = reserved_words().flat_map(|key| key.split(' ')).collect();
        kept.push("n't");
        kept.sort_unstable();
        kept.dedup();
        assert_eq!(kept, crate::model::words::RESERVED);
    }

    #[test]
    fn two_words_are_found_before_one() {
        assert_eq!(
            Keyword::longest(&["how", "many"]),
            Some((2, Keyword::HowMany))
        );
        assert_eq!(Keyword::longest(&["how", "is"]), Some((1, Keyword::How)));
        assert_eq!(Keyword::longest(&["in", "miami"]), Some((1, Keyword::In)));
        assert_eq!(Keyword::longest(&["ho", "many"]), None);
        assert_eq!(Keyword::longest(&[]), None);
    }
}
