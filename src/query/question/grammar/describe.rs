//! What may stand at a place, in words.

use super::super::keyword::{Keyword as K, SPELLINGS};
use super::super::token::{MARKS, Mark};
use super::input::{Want, Wanted};

/// A group of what may stand at a place: shown as `label` (if any) when all of `signs` may, and then `swallowed` goes
/// unsaid.
struct Group {
    label: &'static str,
    signs: &'static [Want],
    swallowed: &'static [Want],
}

const NOUN: &[Want] = &[
    Want::Name,
    Want::Variable,
    Want::Kind,
    Want::Keyword(K::Who),
    Want::Keyword(K::Whom),
    Want::Keyword(K::What),
    Want::Keyword(K::Which),
    Want::Keyword(K::HowMany),
    Want::Keyword(K::Someone),
    Want::Keyword(K::Something),
    Want::Keyword(K::EachOther),
    Want::Keyword(K::Both),
    Want::Keyword(K::Either),
    Want::Keyword(K::By),
    Want::Mark(Mark::OpenSquare),
];

const OPENING: &[Want] = &[
    Want::Keyword(K::When),
    Want::Keyword(K::Where),
    Want::Keyword(K::Do),
    Want::Keyword(K::Have),
    Want::Keyword(K::Be),
    Want::Keyword(K::Not),
    Want::Keyword(K::All),
    Want::Keyword(K::How),
    Want::Keyword(K::Contradictions),
    Want::Keyword(K::ContradictionsOf),
    Want::Mark(Mark::Open),
];

const VERB: &[Want] = &[
    Want::Verb,
    Want::Keyword(K::Do),
    Want::Keyword(K::Have),
    Want::Keyword(K::Be),
    Want::Keyword(K::Not),
    Want::Keyword(K::Never),
    Want::Keyword(K::Indirectly),
    Want::Keyword(K::That),
    Want::Keyword(K::Who),
    Want::Keyword(K::Or),
];

const QUALIFIER: &[Want] = &[
    Want::Keyword(K::Certainly),
    Want::Keyword(K::Possibly),
    Want::Keyword(K::Since),
    Want::Keyword(K::After),
    Want::Keyword(K::Before),
    Want::Keyword(K::Until),
    Want::Keyword(K::In),
    Want::Keyword(K::On),
    Want::Keyword(K::During),
    Want::Keyword(K::Between),
    Want::Keyword(K::At),
    Want::Keyword(K::When),
    Want::Keyword(K::Where),
    Want::Keyword(K::Undated),
    Want::Keyword(K::As),
    Want::Keyword(K::AccordingTo),
    Want::Keyword(K::With),
    Want::Keyword(K::That),
    Want::Keyword(K::Who),
    Want::Keyword(K::ButNot),
    Want::Keyword(K::By),
];

const END: &[Want] = &[
    Want::End,
    Want::Mark(Mark::Question),
    Want::Mark(Mark::Semicolon),
    Want::Mark(Mark::Comma),
    Want::Keyword(K::Ignoring),
    Want::Keyword(K::That),
    Want::Keyword(K::Who),
];

const STATUS: &[Want] = &[
    Want::Keyword(K::Planned),
    Want::Keyword(K::Expected),
    Want::Keyword(K::Cancelled),
    Want::Keyword(K::Alleged),
    Want::Keyword(K::Denied),
    Want::Keyword(K::Disputed),
    Want::Keyword(K::Negated),
    Want::Keyword(K::Anything),
];

const COMPARISON: &[Want] = &[
    Want::Mark(Mark::Equal),
    Want::Mark(Mark::NotEqual),
    Want::Mark(Mark::Less),
    Want::Mark(Mark::LessOrEqual),
    Want::Mark(Mark::Greater),
    Want::Mark(Mark::GreaterOrEqual),
    Want::Keyword(K::Be),
];

const VALUE: &[Want] = &[
    Want::Value,
    Want::Kind,
    Want::Name,
    Want::Number,
    Want::Date,
    Want::Mark(Mark::Minus),
];

const A_NOUN: &str = "a noun (a name, a kind, `who`, `what`, `someone` …)";

const GROUPS: &[Group] = &[
    Group {
        label: "`path from`",
        signs: &[Want::Keyword(K::Path), Want::Name],
        swallowed: &[Want::Keyword(K::Path)],
    },
    Group {
        label: "`timeline of`",
        signs: &[Want::Keyword(K::TimelineOf)],
        swallowed: OPENING,
    },
    Group {
        label: "a value",
        signs: &[Want::Value],
        swallowed: VALUE,
    },
    Group {
        label: A_NOUN,
        signs: &[Want::Name, Want::Variable, Want::Kind],
        swallowed: NOUN,
    },
    Group {
        label: "",
        signs: &[Want::Name, Want::Mark(Mark::Open)],
        swallowed: OPENING,
    },
    Group {
        label: "a source (a name, or its number as in `[1]`)",
        signs: &[Want::Source],
        swallowed: &[Want::Mark(Mark::OpenSquare)],
    },
    Group {
        label: "a verb",
        signs: &[Want::Verb],
        swallowed: VERB,
    },
    Group {
        label: "a qualifier (`in`, `since`, `as`, `with` …)",
        signs: &[Want::Keyword(K::As), Want::Keyword(K::With)],
        swallowed: QUALIFIER,
    },
    Group {
        label: "a qualifier (`in`, `since`, `according to` …)",
        signs: &[Want::Keyword(K::Since), Want::Keyword(K::AccordingTo)],
        swallowed: QUALIFIER,
    },
    Group {
        label: "a status (`planned`, `expected`, `cancelled`, `alleged`, `denied`, `disputed`, `negated`, `anything`)",
        signs: &[Want::Keyword(K::Planned)],
        swallowed: STATUS,
    },
    Group {
        label: "a comparison (`=`, `!=`, `<`, `<=`, `>`, `>=`, `is`)",
        signs: &[Want::Mark(Mark::Equal)],
        swallowed: COMPARISON,
    },
    Group {
        label: "the end of the question",
        signs: &[Want::End],
        swallowed: END,
    },
];

/// What may stand at a place, as a list in words. Relative clauses go unsaid where anything else may stand.
pub(super) fn describe(wanted: Wanted) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut said = Wanted::default();
    for group in GROUPS {
        let signs = group.signs.iter();
        let fits = signs.clone().all(|&sign| wanted.has(sign));
        if fits && !signs.clone().all(|&sign| said.has(sign)) {
            words.push(group.label.to_owned());
            let swallowed = group.swallowed.iter().chain(signs);
            said = swallowed.fold(said, |said, &one| said.with(one));
        }
    }
    if wanted.has(Want::Keyword(K::That)) {
        said = said
            .with(Want::Keyword(K::That))
            .with(Want::Keyword(K::Who));
    }
    let classes = CLASS_WORDS
        .iter()
        .map(|&(class, word)| (class, word.to_owned()));
    let keywords = SPELLINGS.iter();
    let keywords =
        keywords.map(|&(keyword, spellings)| (Want::Keyword(keyword), quoted(spellings[0])));
    let marks = MARKS
        .iter()
        .map(|&(written, mark)| (Want::Mark(mark), quoted(written)));
    let rest = classes.chain(keywords).chain(marks);
    let rest = rest.filter(|&(want, _)| wanted.has(want) && !said.has(want));
    words.extend(rest.map(|(_, word)| word));
    words.retain(|word| !word.is_empty());
    match words.split_last() {
        None => "`that`".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

const CLASS_WORDS: &[(Want, &str)] = &[
    (Want::Name, "a name"),
    (Want::Kind, "a kind"),
    (Want::Date, "a date"),
    (Want::Number, "a whole number"),
    (Want::Variable, "a variable"),
    (Want::Column, "a column"),
    (Want::Grade, "a grade from `A` to `F`"),
];

fn quoted(word: &str) -> String {
    format!("`{word}`")
}
