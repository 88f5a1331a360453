//! What may stand at a place, in words.

use super::super::keyword::{Keyword as K, SPELLINGS};
use super::super::token::{MARKS, Mark};
use super::input::{Want, Wanted};

/// A group of what may stand at a place: shown as `label` when all of `signs` may, and then `swallowed` goes unsaid.
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
        label: "a noun (a name, a kind, `who`, `what`, `someone` …)",
        signs: &[Want::Name, Want::Variable, Want::Kind],
        swallowed: NOUN,
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

/// What may stand at a place, as a list in words.
pub(super) fn describe(wanted: Wanted) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut said = Wanted::default();
    for group in GROUPS {
        if group.signs.iter().all(|&sign| wanted.has(sign))
            && !group.signs.iter().all(|&sign| said.has(sign))
        {
            words.push(group.label.to_owned());
            said = group
                .swallowed
                .iter()
                .chain(group.signs)
                .fold(said, |said, &one| said.with(one));
        }
    }
    let classes = [
        (Want::Name, "a name"),
        (Want::Kind, "a kind"),
        (Want::Date, "a date"),
        (Want::Number, "a whole number"),
        (Want::Variable, "a variable"),
        (Want::Column, "a column"),
    ];
    let relative = [K::That, K::Who].map(Want::Keyword);
    if wanted
        != relative
            .iter()
            .fold(Wanted::default(), |set, &one| set.with(one))
    {
        said = said.with(relative[0]);
        if wanted.has(relative[0]) {
            said = said.with(relative[1]);
        }
    }
    let mut say = |want: Want, word: String| {
        if wanted.has(want) && !said.has(want) {
            words.push(word);
        }
    };
    for (class, word) in classes {
        say(class, word.to_owned());
    }
    for &(keyword, spellings) in SPELLINGS {
        say(Want::Keyword(keyword), format!("`{}`", spellings[0]));
    }
    for &(written, mark) in MARKS {
        say(Want::Mark(mark), format!("`{written}`"));
    }
    match words.split_last() {
        None => "something else".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}
