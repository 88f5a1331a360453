//! The hand-written corpus: no damage is missed, and nothing harmless is called damaged.

use super::{corpus, table::Table};

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
