//! Words and sentences, and the few words that turn a sentence round. The home of `unicode-segmentation`.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// Words that turn a sentence round wherever they stand: English, and the plain negators of the languages that the
/// sources of such casebooks are most often written in.
const NEGATORS: &[&str] = &[
    "not",
    "no",
    "never",
    "none",
    "nobody",
    "nothing",
    "nowhere",
    "neither",
    "nor",
    "without",
    "cannot",
    "hardly",
    "barely",
    "scarcely",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "nie",
    "niemals",
    "pas",
    "jamais",
    "nunca",
    "не",
    "ни",
    "нет",
    "никогда",
    "ні",
    "немає",
    "ніколи",
];

/// Words whose loss makes a sentence say more than it did.
const QUALIFIERS: &[&str] = &[
    "deny",
    "denies",
    "denied",
    "denying",
    "denial",
    "refuse",
    "refuses",
    "refused",
    "refusing",
    "reject",
    "rejects",
    "rejected",
    "fail",
    "fails",
    "failed",
    "unable",
    "unless",
    "except",
    "if",
    "only",
    "allegedly",
    "alleged",
    "reportedly",
    "supposedly",
    "false",
    "falsely",
    "untrue",
    "doubt",
    "doubts",
    "unlikely",
    "impossible",
    "almost",
    "nearly",
    "until",
    "however",
    "but",
    "although",
    "though",
    "instead",
    "rather",
    "stopped",
    "cancelled",
    "canceled",
    "withdrew",
    "may",
    "might",
    "could",
    "would",
    "perhaps",
    "possibly",
    "probably",
    "alleges",
    "claims",
    "claimed",
];

/// Words that a verb after them needs.
const VERB_PARTICLES: &[&str] = &[
    "to", "be", "been", "being", "is", "are", "was", "were", "has", "have", "had", "do", "does",
    "did", "can", "will", "shall", "should", "must",
];

/// Words that begin a phrase of place, time or manner: no verb follows that would want another subject.
const PREPOSITIONS: &[&str] = &[
    "about", "after", "against", "at", "before", "between", "by", "during", "for", "from", "in",
    "into", "near", "of", "on", "over", "since", "through", "to", "under", "with",
];

/// Words that a verb after them is said of.
const SUBJECTS: &[&str] = &[
    "i", "he", "she", "they", "it", "we", "you", "who", "which", "nobody", "everyone",
];

/// What makes another word of *re-* with a hyphen than without: to re-sign is not to resign.
const AFTER_RE: &[&str] = &[
    "act", "bound", "call", "cede", "cite", "claim", "collect", "count", "cover", "creat", "dress",
    "form", "lay", "lease", "mark", "petition", "place", "pose", "present", "press", "prove",
    "search", "sent", "serve", "sign", "solve", "sort", "store", "strain", "tire", "treat", "view",
];

/// Abbreviations after which a full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "gen", "col", "lt", "sgt", "capt", "maj", "gov", "sen", "rep",
    "prof", "jr", "sr", "vs", "no", "nos", "fig", "e.g", "i.e", "approx", "jan", "feb", "aug",
    "sept", "oct", "nov", "dec",
];

/// Whether a word turns its sentence round: `not`, `never`, `didn't`.
pub(super) fn is_negator(word: &str) -> bool {
    let word = word.to_lowercase().replace(['’', '‘', 'ʼ'], "'");
    NEGATORS.contains(&word.as_str()) || word.ends_with("n't")
}

/// Whether what follows a word says something else without it: a negator, or what makes a clause no statement.
pub(super) fn turns_what_follows(word: &str) -> bool {
    is_negator(word) || matches!(word.to_lowercase().as_str(), "if" | "whether" | "unless")
}

/// Whether what stands before a word says something else without it: an adverb that belongs to the verb before it.
pub(super) fn turns_what_is_before(word: &str) -> bool {
    let word = word.to_lowercase();
    let adverbs = ["not", "never", "hardly", "barely", "scarcely"];
    adverbs.contains(&word.as_str())
}

/// Whether leaving a word out may make its sentence say more than it did.
pub(super) fn is_qualifier(word: &str) -> bool {
    // The month.
    let may = word == "May";
    !may && (is_negator(word) || QUALIFIERS.contains(&word.to_lowercase().as_str()))
}

/// Whether a word may stand between *was* or *has* and its verb.
pub(super) fn is_adverb(word: &str) -> bool {
    const ADVERBS: &[&str] = &[
        "also", "already", "later", "now", "often", "once", "soon", "still", "then", "well",
    ];
    word.ends_with("ly") || ADVERBS.contains(&word)
}

/// Whether the verb after a word says something else without it: *to* pay, *was* paid, *has* paid.
pub(super) fn governs_a_verb(word: &str) -> bool {
    VERB_PARTICLES.contains(&word)
}

/// Whether a word begins a phrase of place, time or manner.
pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

/// Whether what follows a word may be said of it: a name or a pronoun.
pub(super) fn is_subject(word: &str) -> bool {
    word.starts_with(char::is_uppercase) || SUBJECTS.contains(&word.to_lowercase().as_str())
}

/// Whether a word means something else with a hyphen between these parts than without.
pub(super) fn changes_with_a_hyphen(left: &str, right: &str) -> bool {
    let (left, right) = (left.to_lowercase(), right.to_lowercase());
    let begins = |stems: &[&str]| stems.iter().any(|stem| right.starts_with(stem));
    match left.as_str() {
        "re" => begins(AFTER_RE),
        "co" => begins(&["op", "ops"]) && right.len() <= 4,
        "un" => begins(&["ionis", "ioniz"]),
        _ => false,
    }
}

/// The words and marks of a text in order, without white space: the bytes of each.
pub(super) fn tokens(text: &str) -> Vec<Range<usize>> {
    text.split_word_bound_indices()
        .filter(|(_, token)| !token.chars().all(char::is_whitespace))
        .map(|(at, token)| at..at + token.len())
        .collect()
}

/// The words of a text in order.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.unicode_words()
}

/// Whether a word goes on over this byte of a text.
pub(super) fn is_inside(text: &str, at: usize) -> bool {
    !text
        .split_word_bound_indices()
        .any(|(start, _)| start == at)
}

/// Where the sentences of a text begin, in code points. An abbreviation, an initial and a line's end inside a paragraph
/// end none; an empty line does, and so does the end of a line that reads as a heading or as a whole paragraph.
pub(super) fn sentences(raw: &[char]) -> Vec<u32> {
    let mut starts = Vec::new();
    for paragraph in paragraphs(raw) {
        let text: String = raw[paragraph.clone()]
            .iter()
            .map(|&c| if c.is_whitespace() { ' ' } else { c })
            .collect();
        let mut point = paragraph.start;
        let mut goes_on = false;
        for sentence in text.split_sentence_bounds() {
            if !goes_on {
                let blank = sentence.chars().take_while(|c| c.is_whitespace()).count();
                starts.push(super::text1::count(point + blank));
            }
            goes_on = ends_in_an_abbreviation(sentence);
            point += sentence.chars().count();
        }
    }
    starts.dedup();
    starts
}

fn ends_in_an_abbreviation(sentence: &str) -> bool {
    let Some(before) = sentence.trim_end().strip_suffix('.') else {
        return false;
    };
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let word = word.trim_start_matches(['(', '“', '"', '‘', '\'', '[']);
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// The paragraphs, in code points.
fn paragraphs(raw: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut line, mut at) = (0, 0, 0);
    while at < raw.len() {
        if raw[at] != '\n' {
            at += 1;
            continue;
        }
        let blank = raw[at..].iter().take_while(|c| c.is_whitespace()).count();
        let breaks = raw[at..at + blank].iter().filter(|&&c| c == '\n').count();
        let next = &raw[at + blank..];
        let next = next.split(|&c| c == '\n').next().unwrap_or_default();
        if breaks > 1 || ends_a_paragraph(&raw[line..at], next) {
            found.push(start..at);
            start = at + blank;
        }
        at += blank;
        line = at;
    }
    found.push(start..raw.len());
    found.retain(|range| range.start < range.end);
    found
}

/// Whether a line ends its paragraph though no empty line follows: what follows begins like a sentence, and the line is
/// longer than those of a text that is broken at some width, or is a heading above such a line. A full stop needs no
/// line's end to end a sentence, and may stand after an abbreviation.
fn ends_a_paragraph(line: &[char], next: &[char]) -> bool {
    let begins = next.first().is_some_and(|c| !c.is_lowercase());
    let last = line.iter().rev().find(|c| !c.is_whitespace());
    let ended = last.is_some_and(|c| "!?…”\"»".contains(*c));
    let heading = line.len() < 60 && next.len() > 120;
    begins && (ended || heading || line.len() > 200)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences_of(text: &str) -> Vec<String> {
        let raw: Vec<char> = text.chars().collect();
        let starts = sentences(&raw);
        let ends = starts.iter().skip(1).map(|&s| s as usize);
        let ends = ends.chain([raw.len()]);
        starts
            .iter()
            .zip(ends)
            .map(|(&start, end)| {
                let text: String = raw[start as usize..end].iter().collect();
                text.trim().to_owned()
            })
            .collect()
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        assert_eq!(
            sentences_of(
                "The heading\n\nMr. J. Aske left. “She stayed,” said Dr. Venn\nof Vellin.\n\nNo more"
            ),
            [
                "The heading",
                "Mr. J. Aske left.",
                "“She stayed,” said Dr. Venn\nof Vellin.",
                "No more"
            ]
        );
    }

    #[test]
    fn some_words_change_with_a_hyphen() {
        assert!(
            changes_with_a_hyphen("re", "covered") && !changes_with_a_hyphen("inter", "national")
        );
        assert!(is_negator("Didn’t") && !is_negator("note") && is_qualifier("Unless"));
    }
}
