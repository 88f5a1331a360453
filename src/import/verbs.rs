//! English verb phrases as people write them: the past, the infinitive, the third person.

/// Pasts that no rule gives, and those that double their last letter.
const PASTS: &[(&str, &str)] = &[
    ("ban", "banned"),
    ("break", "broke"),
    ("bring", "brought"),
    ("commit", "committed"),
    ("expel", "expelled"),
    ("fight", "fought"),
    ("find", "found"),
    ("forgive", "forgave"),
    ("give", "gave"),
    ("go", "went"),
    ("hold", "held"),
    ("make", "made"),
    ("meet", "met"),
    ("mob", "mobbed"),
    ("overtake", "overtook"),
    ("speak", "spoke"),
    ("stop", "stopped"),
    ("strike", "struck"),
    ("take", "took"),
    ("transfer", "transferred"),
    ("withdraw", "withdrew"),
];

/// Pasts whose passive is another word: *was taken*, *was struck*.
const PARTICIPLES: &[(&str, &str)] = &[
    ("break", "broken"),
    ("forgive", "forgiven"),
    ("give", "given"),
    ("overtake", "overtaken"),
    ("speak", "spoken"),
    ("take", "taken"),
];

/// The forms of a phrase that begins with a verb, or with an adverb in *-ly* and a verb.
pub(super) fn forms(phrase: &str) -> Vec<String> {
    let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let (adverb, verb, rest) = if first.ends_with("ly") && !matches!(first, "rally") {
        let (verb, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        (first, verb, rest)
    } else {
        ("", first, rest)
    };
    let join = |verb: &str| {
        let parts = [adverb, verb, rest];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    };
    let listed = |list: &[(&str, &'static str)]| {
        let found = list.iter().find(|(base, _)| *base == verb);
        found.map(|(_, form)| (*form).to_owned())
    };
    let mut forms = vec![
        join(&listed(PASTS).unwrap_or_else(|| past(verb))),
        join(verb),
        join(&third(verb)),
    ];
    forms.extend(listed(PARTICIPLES).map(|form| join(&form)));
    forms
}

/// Whether a verb ends in a consonant and *y*.
fn ends_in_y(verb: &str) -> Option<&str> {
    let stem = verb.strip_suffix('y')?;
    (!stem.ends_with(['a', 'e', 'i', 'o', 'u'])).then_some(stem)
}

/// The plural of a noun.
pub(super) fn plural(noun: &str) -> String {
    third(noun)
}

fn past(verb: &str) -> String {
    match ends_in_y(verb) {
        Some(stem) => format!("{stem}ied"),
        None if verb.ends_with('e') => format!("{verb}d"),
        None => format!("{verb}ed"),
    }
}

fn third(verb: &str) -> String {
    match ends_in_y(verb) {
        Some(stem) => format!("{stem}ies"),
        None if verb.ends_with(['s', 'x', 'z', 'o']) => format!("{verb}es"),
        None if verb.ends_with("ch") || verb.ends_with("sh") => format!("{verb}es"),
        None => format!("{verb}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn the_verb_is_inflected_and_the_rest_stays() {
        assert_eq!(
            forms("make a visit to"),
            ["made a visit to", "make a visit to", "makes a visit to"]
        );
        assert_eq!(forms("deny"), ["denied", "deny", "denies"]);
        assert_eq!(forms("veto"), ["vetoed", "veto", "vetoes"]);
        assert_eq!(
            forms("physically assault"),
            [
                "physically assaulted",
                "physically assault",
                "physically assaults"
            ]
        );
        assert_eq!(
            forms("take hostage"),
            [
                "took hostage",
                "take hostage",
                "takes hostage",
                "taken hostage"
            ]
        );
    }
}
