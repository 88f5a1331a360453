//! What the prompt is told: what may stand at a place, and what each word is.

use crate::support::small::vocabulary;
use casebook::query::question::complete::{TokenClass, classify, expected_at, spots};
use casebook::query::question::grammar::{Slot, Want};
use casebook::query::question::keyword::Keyword;
use casebook::query::question::script::unfinished;

fn wants(text: &str) -> Vec<Want> {
    expected_at(text, &vocabulary(), &[]).wants
}

#[test]
fn verbs_after_a_subject_and_names_after_a_verb() {
    let after = wants("who ");
    assert!(
        after.contains(&Want::Verb) && !after.contains(&Want::Name),
        "{after:?}"
    );
    assert!(after.contains(&Want::Keyword(Keyword::Never)));
    let after = wants("who met");
    assert!(
        after.contains(&Want::Name) && after.contains(&Want::Kind) && !after.contains(&Want::Verb)
    );
    let after = wants("whom did ");
    assert!(after.contains(&Want::Name));
    assert!(wants("").contains(&Want::Keyword(Keyword::Who)));
    assert_eq!(
        wants("which"),
        [Want::Kind, Want::Keyword(Keyword::Sources)]
    );
    assert_eq!(wants("who met Putin since"), [Want::Date]);
    assert_eq!(wants("who met Putin | count by"), [Want::Column]);
    assert!(wants("who met Putin |").contains(&Want::Keyword(Keyword::Sort)));
    assert!(wants("who met Putin ignoring").contains(&Want::Source));
    assert!(
        wants("who xyz ").is_empty(),
        "nothing fits what cannot be read"
    );
}

#[test]
fn the_verb_is_told() {
    let context = |text: &str| expected_at(text, &vocabulary(), &[]).context.unwrap();
    let met = context("who met ");
    assert_eq!(
        (met.slot, met.relations.as_slice(), met.be),
        (Slot::Object, &[0][..], false)
    );
    let briefed = context("who was briefed by ");
    assert_eq!(
        (briefed.relations.as_slice(), briefed.be, briefed.by),
        (&[1][..], true, true)
    );
    assert_eq!(context("who met or briefed ").relations, [0, 1]);
    assert_eq!(context("who met Putin in ").slot, Slot::Place);
    assert_eq!(context("who met Putin according to ").slot, Slot::Speaker);
    assert_eq!(context("path from ").slot, Slot::Path);
    assert_eq!(context("").slot, Slot::Subject);
}

#[test]
fn where_completion_begins() {
    let starts = |text: &str| -> Vec<(usize, String)> {
        let spots = spots(text, &vocabulary(), &[]);
        spots
            .into_iter()
            .map(|spot| (spot.start, spot.prefix))
            .collect()
    };
    let owned = |pairs: &[(usize, &str)]| -> Vec<(usize, String)> {
        pairs
            .iter()
            .map(|&(start, prefix)| (start, prefix.to_owned()))
            .collect()
    };
    assert_eq!(starts("who bri"), owned(&[(4, "bri")]));
    assert_eq!(starts("who met Steve Wit"), owned(&[(8, "steve wit")]));
    assert_eq!(starts("who met Steve "), owned(&[(8, "steve ")]));
    assert_eq!(starts("who met "), owned(&[(4, "met "), (8, "")]));
    assert_eq!(starts("who met \"Steve W"), owned(&[(9, "steve w")]));
    assert_eq!(starts("who met @wit"), owned(&[(8, "wit")]));
    assert_eq!(starts("who met the Ukr"), owned(&[(12, "ukr")]));
    assert_eq!(starts(""), owned(&[(0, "")]));
    assert_eq!(starts("how ma"), owned(&[(0, "how ma"), (4, "ma")]));
}

#[test]
fn words_are_told_apart() {
    let text = "who denied \"28-point plan\" in 2025-10 as denied xyz # so\n | sort foo";
    let found: Vec<(&str, TokenClass)> = classify(text, &vocabulary(), &[])
        .into_iter()
        .map(|(range, class)| (&text[range], class))
        .collect();
    assert_eq!(
        found,
        [
            ("who", TokenClass::Keyword),
            ("denied", TokenClass::Verb),
            ("\"28-point plan\"", TokenClass::Name),
            ("in", TokenClass::Keyword),
            ("2025-10", TokenClass::Date),
            ("as", TokenClass::Keyword),
            ("denied", TokenClass::Keyword),
            ("xyz", TokenClass::Unknown),
            ("# so", TokenClass::Comment),
            ("|", TokenClass::Mark),
            ("sort", TokenClass::Keyword),
            ("foo", TokenClass::Column),
        ]
    );
}

#[test]
fn enter_continues_what_is_unfinished() {
    let vocabulary = vocabulary();
    for text in [
        "who",
        "(who met Putin",
        "who met \"Dan",
        "who met Putin since",
        "who met Putin |",
        "who met Putin and",
    ] {
        assert!(unfinished(text, &vocabulary, &[]), "{text}");
    }
    for text in [
        "",
        "who met Putin",
        "who xyz",
        "who?",
        "who;",
        "who met Putin)",
        "who met $none",
    ] {
        assert!(!unfinished(text, &vocabulary, &[]), "{text}");
    }
}
