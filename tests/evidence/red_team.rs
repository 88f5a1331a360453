//! The hand-written corpus: no damage is missed, and nothing harmless is called damaged.

use super::{corpus, corpus::Entry, table::Table};
use casebook::evidence::{Article, Grade, grade};

#[test]
fn no_damage_passes_and_no_spelling_is_called_damage() {
    let (trials, [damaged, harmless]) = corpus::trials();
    assert!(
        damaged >= 150 && harmless >= 150,
        "{damaged} damaged, {harmless} harmless"
    );
    let mut table = Table::default();
    for trial in &trials {
        table.add(trial);
    }
    table.holds("hand-written");
}

/// What `docs/evidence.md` says the machine cannot see, and where it is stricter than some people.
#[test]
fn the_limits_are_what_the_document_says() {
    let text = "Relk said the firm paid the cook. Nobody believes the claim that he paid the minister. \
        Nineteen men wore “grey” coats at the of\u{fb01}ce, and one left. A word that lines br-\noke.";
    let article = Article::plain(text);
    for (quote, expected) in [
        ("Relk […] paid the cook", Grade::Elided),
        ("he paid the minister", Grade::Exact),
        ("19 men wore", Grade::Altered),
        ("men wore 'grey' coats", Grade::Altered),
        ("coats at the office, and", Grade::Altered),
        ("men wore … coats at the", Grade::Altered),
        ("the claim “that he paid”", Grade::Altered),
        ("A word that lines broke", Grade::Normalised),
    ] {
        let found = grade(&article, &Entry::quote(quote).evidence());
        assert_eq!(found.grade, expected, "{quote}: {}", found.message);
    }
    let unbroken = "A word that lines broke";
    let print = Entry::print(unbroken, unbroken, 1);
    let found = grade(&article, &print.evidence()).grade;
    assert!(found.fails(), "{found:?}");
}
