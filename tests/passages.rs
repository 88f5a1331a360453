//! Passages: the bundled casebooks against their stored texts.

use casebook::evidence::{Article, Format, Grade, grade, sha256};
use casebook::load::{self, FileLimits};
use std::path::Path;

/// Every grade but exact, with the claim it is of.
fn not_exact(casebook: &str, texts: &Path) -> (usize, Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = load::load(&[root.join(casebook)], &FileLimits::default()).unwrap();
    let (mut passages, mut found) = (0, Vec::new());
    for claim in &loaded.casebook.claims {
        for evidence in &claim.evidence {
            let source = loaded
                .casebook
                .sources
                .iter()
                .find(|s| s.id.value == evidence.source.value)
                .unwrap();
            let text = source.text.as_ref().unwrap();
            let file = texts.join(text.file.as_str());
            let bytes = std::fs::read(&file).unwrap();
            let article = Article::read(&bytes, Format::of(&file).unwrap())
                .unwrap()
                .vouched(sha256(&bytes) == text.sha256.value);
            let finding = grade(&article, evidence);
            passages += 1;
            if finding.grade != Grade::Exact {
                found.push(format!(
                    "{} {}: {:?}",
                    claim.subject.value, evidence.source.value, finding
                ));
            }
        }
    }
    (passages, found)
}

#[test]
fn every_passage_of_harbour_is_exact() {
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/harbour/texts");
    let (passages, found) = not_exact("data/harbour", &texts);
    assert!(passages > 50, "{passages}");
    assert!(found.is_empty(), "{found:#?}");
}
