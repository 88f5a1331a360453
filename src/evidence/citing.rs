//! Finding a passage by the words that somebody remembers.

use super::{Article, difference, edges};
use std::ops::Range;

/// A passage that may be the one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Where it stands, in code points, end exclusive: whole words, cut nowhere that would turn it round.
    pub passage: Range<u32>,
    /// In what the words that were given differ from it, `said [five→six] ships`; `None` where they stand there.
    pub difference: Option<String>,
}

/// The passages that some words stand in, or, where they stand nowhere, the nearest; more than one where none is nearer
/// than the others. `sentence` widens them to whole sentences. Each verifies as exact when it is written down.
#[must_use]
pub fn cite(article: &Article, words: &str, sentence: bool) -> Vec<Citation> {
    if !words.chars().any(char::is_alphanumeric) {
        return Vec::new();
    }
    let quote = Article::plain(words);
    let places = article.places_of(&quote);
    let found: Vec<(Range<u32>, Option<String>)> = if places.is_empty() {
        let near = difference::nearest(article, &quote, None).into_iter();
        let near = near.filter(difference::Nearest::is_close);
        near.map(|near| (near.range, Some(near.marked))).collect()
    } else {
        places.into_iter().map(|place| (place, None)).collect()
    };
    let mut citations: Vec<Citation> = Vec::new();
    for (range, difference) in found {
        let range = if sentence {
            self::sentence(article, &range)
        } else {
            range
        };
        let Some(passage) = edges::widened(article.raw(), &range) else {
            continue;
        };
        if citations.iter().all(|known| known.passage != passage) {
            citations.push(Citation {
                passage,
                difference,
            });
        }
    }
    citations
}

/// The sentences that some code points lie in.
fn sentence(article: &Article, range: &Range<u32>) -> Range<u32> {
    let starts = article.sentences();
    let first = starts.partition_point(|&start| start <= range.start);
    let start = first.checked_sub(1).map_or(0, |at| starts[at]);
    let next = starts.iter().find(|&&start| start >= range.end);
    start..next.copied().unwrap_or(article.len())
}
