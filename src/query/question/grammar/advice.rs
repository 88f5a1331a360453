//! Advice for what people write who do not know the language yet.

use super::super::keyword::Keyword as K;
use super::super::token::{Mark, Token};
use super::input::{Expected, Want};
use super::problem::Place;

/// For a question that ends too early: `who is A`.
pub(super) fn at_the_end(place: &Place<'_>) -> Option<String> {
    let [ask, be, name, ..] = place.tokens else {
        return None;
    };
    let asks = matches!(ask.readings.keyword, Some(K::Who | K::What));
    let is = be.readings.keyword == Some(K::Be);
    let last = place
        .tokens
        .iter()
        .skip(3)
        .all(|token| token.readings.mark.is_some());
    let fits = asks && is && name.readings.name && last;
    let name = place.written(name.span);
    fits.then(|| format!("`timeline of {name}` gives all that is claimed of it"))
}

/// For a token that does not fit where it stands.
pub(super) fn about(place: &Place<'_>, expected: Expected, token: &Token) -> Option<String> {
    let wanted = expected.wanted;
    let joins = matches!(token.readings.keyword, Some(K::And | K::Or));
    let help = if is_verb_after_or(place, expected, token) {
        "`or` joins whole clauses: `?x met A or ?x briefed B`"
    } else if joins && wanted.has(Want::Keyword(K::ConnectedTo)) {
        "ask `how is A connected to B`"
    } else if joins && wanted.has(Want::Verb) && !wanted.has(Want::Name) {
        "a clause has one subject: write it once for each, `did A meet C and did B meet C`"
    } else if joins && wanted.has(Want::Keyword(K::Do)) {
        "ask for one in front and the other behind: `when did A meet B where`"
    } else if token.readings.mark == Some(Mark::Comma) && wanted.has(Want::End) {
        "join names with `and` or `or`"
    } else {
        return None;
    };
    Some(help.to_owned())
}

/// `who met A or was not briefed`: at the verb, or at what stands before it.
fn is_verb_after_or(place: &Place<'_>, expected: Expected, token: &Token) -> bool {
    let before = place.tokens.iter().take(expected.at as usize).rev();
    let mut before = before.map(|token| token.readings.keyword);
    let helps = |keyword: &Option<K>| {
        matches!(
            keyword,
            Some(K::Do | K::Have | K::Be | K::Not | K::Never | K::Indirectly)
        )
    };
    let follows = token.readings.verb || helps(&token.readings.keyword);
    follows && before.find(|keyword| !helps(keyword)) == Some(Some(K::Or))
}

/// For `who's`: `is` turns some verbs round and `has` does not, so it is not guessed which of them is meant.
pub(super) fn contracted(token: &Token) -> Option<String> {
    let stem = token.key.strip_suffix("'s")?;
    K::of(stem).map(|_| format!("write `{stem} is` or `{stem} has`"))
}
