//! The questions in `queries/` answer what is written under them.

use std::process::Command;

#[test]
fn every_saved_question_answers_what_is_written_under_it() {
    let run = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["test", "queries"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("CASEBOOK")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let last = said.lines().last().unwrap();
    let agree: usize = last
        .split([' ', ':'])
        .find_map(|word| word.parse().ok().filter(|&n: &usize| n > 60))
        .unwrap();
    assert!(agree >= 300, "{last}");
}
