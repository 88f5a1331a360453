//! The words that the question language keeps for itself.

/// Every keyword of the question language, folded, each one word, sorted. A name all of whose words are among them
/// cannot be told from the language.
pub const RESERVED: &[&str] = &[
    "a",
    "according",
    "after",
    "all",
    "alleged",
    "an",
    "and",
    "anything",
    "are",
    "as",
    "at",
    "avoiding",
    "be",
    "been",
    "before",
    "being",
    "between",
    "both",
    "but",
    "by",
    "canceled",
    "cancelled",
    "certainly",
    "connected",
    "contradictions",
    "count",
    "day",
    "days",
    "denied",
    "did",
    "diff",
    "disputed",
    "do",
    "does",
    "during",
    "each",
    "earliest",
    "either",
    "expected",
    "from",
    "had",
    "has",
    "have",
    "how",
    "ignoring",
    "in",
    "independent",
    "indirectly",
    "is",
    "latest",
    "least",
    "list",
    "many",
    "most",
    "n't",
    "negated",
    "never",
    "not",
    "of",
    "on",
    "only",
    "or",
    "origin",
    "origins",
    "other",
    "path",
    "paths",
    "planned",
    "possibly",
    "say",
    "says",
    "show",
    "since",
    "skip",
    "somebody",
    "someone",
    "something",
    "sort",
    "source",
    "sources",
    "step",
    "steps",
    "take",
    "that",
    "the",
    "through",
    "timeline",
    "to",
    "undated",
    "until",
    "via",
    "was",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "whom",
    "with",
    "within",
];

/// Whether a folded word is one of [`RESERVED`].
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    RESERVED.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn sorted_and_folded() {
        assert!(RESERVED.is_sorted());
        assert!(RESERVED.iter().all(|word| fold::key(word) == *word));
        assert!(is_reserved("who") && !is_reserved("dmitriev"));
    }
}
