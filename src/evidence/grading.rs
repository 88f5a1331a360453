//! The grading itself: position, fingerprint and quotation of a piece of evidence against a text.

use super::article::{LONGEST, Sought};
use super::difference;
use super::elided::{self, Parts};
use super::{Article, Finding, Grade, digest, edges};
use crate::model::Evidence;
use crate::text::safe::shorten;
use std::ops::Range;

/// How much of a passage a message shows, in code points.
const SHOWN: usize = 120;

/// Compares a piece of evidence with the stored text of its source. The text is taken to be the source's; whether it is
/// the very document is said by [`Article::vouched`], and decides only where the evidence has a position and nothing
/// else.
#[must_use]
pub fn grade(article: &Article, evidence: &Evidence) -> Finding {
    let case = Case {
        article,
        at: evidence.at.as_ref().map(|at| at.value.0..at.value.1),
        digest: evidence.digest.as_ref().map(|digest| digest.as_str()),
    };
    match (&evidence.quote, case.digest, &case.at) {
        (Some(quote), _, _) => case.quoted(quote),
        (None, Some(digest), _) => case.fingerprinted(digest),
        (None, None, Some(at)) => case.positioned(at),
        (None, None, None) => finding(
            Grade::Unchecked,
            None,
            "the evidence names a source and no passage of it",
        ),
    }
}

/// One piece of evidence and its text.
struct Case<'a> {
    article: &'a Article,
    at: Option<Range<u32>>,
    digest: Option<&'a str>,
}

fn finding(grade: Grade, passage: Option<Range<u32>>, message: impl Into<String>) -> Finding {
    Finding {
        grade,
        passage,
        message: message.into(),
    }
}

impl Case<'_> {
    /// The position, where the text has it all and it holds a word.
    fn place(&self) -> Option<Range<u32>> {
        let at = self.at.clone()?;
        let inside = at.start < at.end && at.end <= self.article.len();
        (inside && edges::trimmed(self.article.raw(), &at).is_some()).then_some(at)
    }

    /// `characters 612–771`
    fn shown(range: &Range<u32>) -> String {
        format!("characters {}–{}", range.start, range.end)
    }

    fn words(&self, range: &Range<u32>) -> String {
        let text = self.article.text(range);
        let text: Vec<&str> = text.split_whitespace().collect();
        format!("“{}”", shorten(&text.join(" "), SHOWN))
    }

    /// A passage that stands: sound, unless it is cut where it may not be, or has another fingerprint.
    fn standing(&self, grade: Grade, range: Range<u32>, message: String) -> Finding {
        if let Some(expected) = self.digest
            && self.article.digest(&range) != expected
        {
            let message = format!(
                "the quotation stands at {}, but the fingerprint is of other words",
                Self::shown(&range)
            );
            return finding(Grade::Altered, Some(range), message);
        }
        self.uncut(grade, range, message)
    }

    fn uncut(&self, grade: Grade, range: Range<u32>, message: String) -> Finding {
        match edges::cut(self.article.raw(), &range) {
            None => finding(grade, Some(range), message),
            Some(why) => {
                let message = format!("the passage is cut where its meaning hangs: {why}");
                finding(Grade::Altered, Some(range), message)
            }
        }
    }

    fn positioned(&self, at: &Range<u32>) -> Finding {
        let Some(place) = self.place() else {
            return self.outside(at);
        };
        if self.article.is_vouched() {
            return self.uncut(Grade::Exact, place, String::new());
        }
        let message = "there is only a position, and nothing shows that this text is the one it was counted in";
        finding(Grade::Unchecked, Some(place), message)
    }

    fn outside(&self, at: &Range<u32>) -> Finding {
        let length = self.article.len();
        let message = if at.end > length {
            format!("the position ends at {}, and the text at {length}", at.end)
        } else {
            format!("no word stands at {}", Self::shown(at))
        };
        finding(Grade::Missing, None, message)
    }

    fn fingerprinted(&self, digest: &str) -> Finding {
        let Some(number) = digest::parse(digest) else {
            let message = format!("`{}` is no fingerprint", shorten(digest, 40));
            return finding(Grade::Missing, None, message);
        };
        let place = self.place();
        if let Some(place) = &place
            && self.article.digest(place) == digest
        {
            return self.uncut(Grade::Exact, place.clone(), String::new());
        }
        let length = self.at.as_ref().map(|at| at.end.saturating_sub(at.start));
        let mut places = match self.article.seek(number, length) {
            Sought::Found(places) => places,
            Sought::Nowhere => return self.lost(place, ""),
            Sought::GivenUp => {
                let rest = "; the text is too long to be searched through for it";
                return self.lost(place, rest);
            }
        };
        if let Some(place) = &place {
            decide(&mut places, place);
        }
        self.elsewhere(places)
    }

    /// Nothing has the fingerprint.
    fn lost(&self, place: Option<Range<u32>>, rest: &str) -> Finding {
        if let Some(place) = place {
            let words = self.words(&place);
            let message = format!(
                "the fingerprint is not of what stands there, nor of anything else in the text: {words}{rest}"
            );
            return finding(Grade::Altered, Some(place), message);
        }
        let message = match &self.at {
            Some(at) => {
                let length = self.article.len();
                let end = at.end;
                format!(
                    "nothing in the text has the fingerprint; the position ends at {end}, and the text at {length}{rest}"
                )
            }
            None => format!("no passage of up to {LONGEST} characters has the fingerprint{rest}"),
        };
        finding(Grade::Missing, None, message)
    }

    /// The passage stands at these places and not at its position.
    fn elsewhere(&self, places: Vec<Range<u32>>) -> Finding {
        let mut places = places.into_iter();
        match (places.next(), places.len()) {
            (None, _) => self.lost(self.place(), ""),
            (Some(place), 0) => {
                let message = match &self.at {
                    Some(at) => format!(
                        "it stands at {}, not at {}",
                        Self::shown(&place),
                        Self::shown(at)
                    ),
                    None => format!("it stands at {}", Self::shown(&place)),
                };
                self.uncut(Grade::Moved, place, message)
            }
            (Some(place), more) => self.several(&place, 1 + more),
        }
    }

    fn several(&self, first: &Range<u32>, places: usize) -> Finding {
        let message = format!(
            "it stands {places} times, first at {}, and no position says which is meant",
            Self::shown(first)
        );
        finding(Grade::Ambiguous, Some(first.clone()), message)
    }

    fn quoted(&self, text: &str) -> Finding {
        if !text.chars().any(char::is_alphanumeric) {
            return finding(Grade::Missing, None, "the quotation has no word");
        }
        let quote = Article::plain(text);
        let place = self.place();
        if let Some(place) = &place
            && let Some(grade) = self.compare(place, &quote)
        {
            let message = if grade == Grade::Exact {
                ""
            } else {
                NORMALISED
            };
            return self.standing(grade, place.clone(), message.to_owned());
        }
        let mut places = self.article.places_of(&quote);
        // Where the words stand only inside other words, they do not stand there.
        places.retain(|range| edges::torn(self.article.raw(), range).is_none());
        if places.is_empty()
            && let Some(parts) = elided::parts(text)
        {
            return self.elided(&parts, &quote);
        }
        if let Some(place) = &place {
            if let Some(found) = self.clipped(place, &places) {
                return found;
            }
            decide(&mut places, place);
        }
        match places.as_slice() {
            [] => self.altered(&quote),
            [only] if self.at.is_none() => {
                let grade = self.compare(only, &quote).unwrap_or(Grade::Normalised);
                let message = if grade == Grade::Exact {
                    ""
                } else {
                    NORMALISED
                };
                self.standing(grade, only.clone(), message.to_owned())
            }
            [only] => {
                let found = self.standing(Grade::Moved, only.clone(), String::new());
                if found.grade == Grade::Moved {
                    return self.elsewhere(places);
                }
                found
            }
            [first, ..] => self.several(first, places.len()),
        }
    }

    /// How a quotation compares with what stands at a place.
    fn compare(&self, place: &Range<u32>, quote: &Article) -> Option<Grade> {
        if self.article.slice(place) == quote.raw() {
            return Some(Grade::Exact);
        }
        let reads = self.article.reads(place, quote);
        reads.then_some(Grade::Normalised)
    }

    /// A quotation that stands inside its position, where more words stand than it has.
    fn clipped(&self, place: &Range<u32>, places: &[Range<u32>]) -> Option<Finding> {
        let inside = |range: &&Range<u32>| place.start <= range.start && range.end <= place.end;
        let part = places.iter().find(inside)?;
        let rest = [place.start..part.start, part.end..place.end];
        let has_word = |range: &Range<u32>| edges::trimmed(self.article.raw(), range).is_some();
        rest.iter().any(has_word).then(|| {
            let message = format!(
                "the quotation leaves out words of the passage at its position: {}",
                self.words(place)
            );
            finding(Grade::Altered, Some(place.clone()), message)
        })
    }

    fn elided(&self, parts: &[&str], quote: &Article) -> Finding {
        if parts.len() > elided::MOST_PARTS {
            let message = format!("the quotation has more than {} parts", elided::MOST_PARTS);
            return finding(Grade::Missing, None, message);
        }
        let whole = 0..self.article.len();
        if let Some(place) = self.place() {
            // White space and marks beside the parts are no part of them.
            match elided::find(self.article, parts, &place) {
                Parts::Found(found) => {
                    // What an ellipsis at an end leaves out is judged as any cut is.
                    let cuts = |inner| edges::cut(self.article.raw(), inner);
                    return match found.first().and_then(cuts) {
                        Some(why) => abused(place, &why),
                        None => self.standing(Grade::Elided, place, String::new()),
                    };
                }
                Parts::Abused(range, reason) => return abused(range, &reason),
                Parts::Lost(_) => {}
            }
        }
        match elided::find(self.article, parts, &whole) {
            Parts::Abused(range, reason) => abused(range, &reason),
            Parts::Lost(part) => self.part_lost(&part, quote),
            Parts::Found(places) => match places.as_slice() {
                [] => self.altered(quote),
                [only] => self.standing(Grade::Elided, only.clone(), String::new()),
                [first, ..] => self.several(first, places.len()),
            },
        }
    }

    fn part_lost(&self, part: &str, quote: &Article) -> Finding {
        let found = self.altered(&Article::plain(part));
        if found.grade == Grade::Altered {
            return found;
        }
        self.altered(quote)
    }

    /// The quotation stands nowhere: what is nearest, and what differs.
    fn altered(&self, quote: &Article) -> Finding {
        let hint = self.place();
        let mut near = difference::nearest(self.article, quote, hint.as_ref()).into_iter();
        match near.next() {
            Some(near) if near.is_close() => {
                let message = format!("{}, [quoted→stored]: {}", near.what, near.marked);
                finding(Grade::Altered, Some(near.range), message)
            }
            _ => finding(
                Grade::Missing,
                None,
                "neither the quotation nor anything much like it stands in the text",
            ),
        }
    }
}

/// What a normalised passage differs in.
const NORMALISED: &str =
    "only quotation marks, dashes, white space, accents' coding or line ends differ";

fn abused(range: Range<u32>, reason: &str) -> Finding {
    let message = format!("the ellipsis changes what is said: {reason}");
    finding(Grade::Altered, Some(range), message)
}

/// Of several places the one that lies over the position, if only one does.
fn decide(places: &mut Vec<Range<u32>>, position: &Range<u32>) {
    let over = |place: &&Range<u32>| place.start < position.end && position.start < place.end;
    let mut near = places.iter().filter(over);
    if let (Some(only), None) = (near.next(), near.next()) {
        *places = vec![only.clone()];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, Spanned};

    const TEXT: &str = "Six ships lay at the Coal Quay. “We did not meet Mr Ondrel in January,” she said.\n\n\
        The chair denied it. The inter-\nnational panel will not re-\nsign the letter. He left. He left.";

    fn evidence(at: Option<(u32, u32)>, digest: Option<&str>, quote: Option<&str>) -> Evidence {
        let text = |text: &str| Spanned::new(text.to_owned(), Span::default());
        Evidence {
            span: Span::default(),
            source: text("s"),
            according_to: Vec::new(),
            stance: crate::model::Stance::Supports,
            at: at.map(|at| Spanned::new(at, Span::default())),
            digest: digest.map(text),
            quote: quote.map(text),
            credibility: None,
            note: None,
        }
    }

    fn quoted(quote: &str) -> Finding {
        grade(&Article::plain(TEXT), &evidence(None, None, Some(quote)))
    }

    #[test]
    fn a_quotation_is_graded_by_how_it_stands() {
        for (quote, expected) in [
            ("Six ships lay at the Coal Quay", Grade::Exact),
            (
                "\"We did not meet Mr\u{a0}Ondrel in  January,\" she said.",
                Grade::Normalised,
            ),
            (
                "The international panel will not re-\nsign",
                Grade::Normalised,
            ),
            ("Six ships […] at the Coal Quay", Grade::Elided),
            ("He left.", Grade::Ambiguous),
            ("Five ships lay at the Coal Quay", Grade::Altered),
            ("We did meet Mr Ondrel in January", Grade::Altered),
            ("meet Mr Ondrel in January", Grade::Altered),
            ("We did […] meet Mr Ondrel", Grade::Altered),
            ("ships lay at the Coal Qu", Grade::Altered),
            ("panel will not resign the letter", Grade::Altered),
            ("panel will not re-sign the letter", Grade::Altered),
            (
                "The chair approved of nothing that was written",
                Grade::Missing,
            ),
            ("…", Grade::Missing),
        ] {
            let found = quoted(quote);
            assert_eq!(found.grade, expected, "{quote}: {found:?}");
        }
    }

    #[test]
    fn a_fingerprint_finds_its_passage_again() {
        let article = Article::plain(TEXT);
        let digest = article.digest(&(0..30));
        let grade_of = |at, digest: &str| grade(&article, &evidence(at, Some(digest), None));
        assert_eq!(grade_of(Some((0, 30)), &digest).grade, Grade::Exact);
        let moved = grade_of(Some((40, 70)), &digest);
        assert_eq!((moved.grade, moved.passage), (Grade::Moved, Some(0..30)));
        assert_eq!(grade_of(Some((900, 930)), &digest).grade, Grade::Moved);
        assert_eq!(grade_of(None, &digest).grade, Grade::Moved);
        let lost = grade_of(Some((0, 9)), "0123456789abcdef");
        assert_eq!(lost.grade, Grade::Altered);
        assert!(lost.message.ends_with("“Six ships”"), "{lost:?}");
        assert_eq!(
            grade_of(Some((0, 900)), "0123456789abcdef").grade,
            Grade::Missing
        );
        let twice = article.digest(&(article.len() - 8..article.len()));
        assert_eq!(grade_of(None, &twice).grade, Grade::Ambiguous);
        let last = (article.len() - 8, article.len());
        assert_eq!(grade_of(Some(last), &twice).grade, Grade::Exact);
        assert_eq!(
            grade_of(Some((last.0 + 2, last.1)), &twice).grade,
            Grade::Moved
        );
    }

    #[test]
    fn a_position_alone_needs_the_very_document() {
        let only = evidence(Some((0, 9)), None, None);
        assert_eq!(grade(&Article::plain(TEXT), &only).grade, Grade::Unchecked);
        let vouched = Article::plain(TEXT).vouched(true);
        assert_eq!(grade(&vouched, &only).grade, Grade::Exact);
        let torn = evidence(Some((0, 8)), None, None);
        assert_eq!(grade(&vouched, &torn).grade, Grade::Altered);
        assert_eq!(
            grade(&vouched, &evidence(None, None, None)).grade,
            Grade::Unchecked
        );
    }

    #[test]
    fn position_fingerprint_and_quotation_must_agree() {
        let article = Article::plain(TEXT);
        let digest = article.digest(&(0..30));
        let all = |at, quote| grade(&article, &evidence(Some(at), Some(&digest), Some(quote)));
        assert_eq!(
            all((0, 30), "Six ships lay at the Coal Quay").grade,
            Grade::Exact
        );
        assert_eq!(
            all((4, 34), "Six ships lay at the Coal Quay").grade,
            Grade::Moved
        );
        let clipped = all((0, 30), "Six ships lay");
        assert_eq!(clipped.grade, Grade::Altered);
        assert!(clipped.message.contains("leaves out"), "{clipped:?}");
        assert_eq!(all((0, 9), "Six ships").grade, Grade::Altered);
    }
}
