//! Did-you-mean: the few candidates close enough to what was written, and none rather than a bad one.

/// At most three of `candidates` within an optimal string alignment distance of `max(1, len / 3)` of `word` (lengths
/// in code points), nearest first, then in the order of the text. Both sides are to be folded alike beforehand.
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let near = near(word, candidates).into_iter();
    near.map(|(_, candidate)| candidate).collect()
}

/// As [`suggest`], each with its distance.
pub fn near<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Vec<(usize, &'a str)> {
    let length = word.chars().count();
    let allowed = (length / 3).max(1);
    let mut close: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|&(distance, candidate)| {
            distance <= allowed && distance < candidate.chars().count()
        })
        .collect();
    close.sort_unstable();
    close.dedup();
    close.truncate(3);
    close
}

/// The optimal string alignment distance of two words: letters added, lost, exchanged, or two neighbours swapped.
#[must_use]
pub fn distance(one: &str, other: &str) -> usize {
    strsim::osa_distance(one, other)
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn the_near_and_only_the_near() {
        assert_eq!(
            suggest("breifed", ["briefed", "met", "breed"]),
            ["briefed", "breed"]
        );
        assert!(
            suggest("x", ["y"]).is_empty(),
            "a different letter is no suggestion for one letter"
        );
        assert!(suggest("witkof", ["qatar", "umerov"]).is_empty());
    }
}
