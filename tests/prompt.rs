//! The prompt on a pseudo-terminal: Tab, Ctrl-C, several lines, history, commands.

#![cfg(unix)]

use expectrl::process::unix::WaitStatus;
use expectrl::{ControlCode, Eof, Expect as _, Session, session::OsSession};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// The prompt about the harbour, with its state in a directory of its own.
fn prompt(state: &Path) -> OsSession {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command
        .args(["-c", "data/harbour"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("XDG_STATE_HOME", state)
        .env("HOME", state)
        .env("TERM", "xterm")
        .env("NO_COLOR", "1")
        .env_remove("CASEBOOK")
        .env("PAGER", "cat");
    let mut session = Session::spawn(command).unwrap();
    session.get_process_mut().set_window_size(120, 40).unwrap();
    session.set_expect_timeout(Some(Duration::from_secs(20)));
    session.expect("casebook> ").unwrap();
    session
}

/// Leaves by a line: a control character could arrive while the terminal is not raw.
fn leave(mut session: OsSession) {
    session.send_line(":quit").unwrap();
    session.expect(Eof).unwrap();
    assert!(matches!(
        session.get_process().wait().unwrap(),
        WaitStatus::Exited(_, 0)
    ));
}

/// What is on the screen up to `needle`, without the escape sequences.
fn until(session: &mut OsSession, needle: &str) -> String {
    let found = session.expect(needle).unwrap();
    String::from_utf8_lossy(found.before()).into_owned()
}

#[test]
fn it_greets_answers_and_says_why() {
    let state = tempfile::tempdir().unwrap();
    let mut prompt = prompt(state.path());
    prompt.send_line("who won what").unwrap();
    let answer = until(&mut prompt, "1 row");
    assert!(answer.contains("[1]"), "{answer}");
    prompt.send_line(":why").unwrap();
    prompt.expect("supports").unwrap();
    prompt.send_line("who advisd whom").unwrap();
    prompt.expect("error[unknown-verb]").unwrap();
    prompt.expect("did you mean").unwrap();
    prompt.expect("casebook> ").unwrap();
    prompt.send(ControlCode::EndOfTransmission).unwrap();
    prompt.expect(Eof).unwrap();
}

#[test]
fn tab_completes_and_lists_with_counts() {
    let state = tempfile::tempdir().unwrap();
    let mut prompt = prompt(state.path());
    prompt.send("who met \t").unwrap();
    prompt.expect("Leonor Halvesk (").unwrap();
    prompt.expect("casebook> ").unwrap();
    prompt.send("bram\t").unwrap();
    prompt.expect("Bram Ostrick").unwrap();
    prompt.send_line("").unwrap();
    prompt.expect("1 row").unwrap();
    prompt.expect("casebook> ").unwrap();
    leave(prompt);
}

#[test]
fn an_unfinished_question_goes_on_and_is_one_entry_of_the_history() {
    let state = tempfile::tempdir().unwrap();
    let mut first = prompt(state.path());
    first.send_line("who met Bram Ostrick in").unwrap();
    first.send_line("Skarrow").unwrap();
    first.expect("1 row").unwrap();
    first.expect("casebook> ").unwrap();
    leave(first);
    let file = state.path().join("casebook/history");
    let history = std::fs::read_to_string(&file).unwrap();
    assert!(
        history.contains("\nwho met Bram Ostrick in\\nSkarrow\n"),
        "{history}"
    );
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(
        std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let mut second = prompt(state.path());
    second.send("\x1b[A\x1b[A").unwrap();
    second.expect("Skarrow").unwrap();
    second.send_line("").unwrap();
    second.expect("1 row").unwrap();
    second.expect("casebook> ").unwrap();
    leave(second);
}

#[test]
fn an_empty_line_asks_an_unfinished_question_anyway() {
    let state = tempfile::tempdir().unwrap();
    let mut prompt = prompt(state.path());
    prompt.send_line("who met Bram Ostrick in").unwrap();
    prompt.send_line("").unwrap();
    prompt.expect("error[").unwrap();
    prompt.expect("casebook> ").unwrap();
    leave(prompt);
}

#[test]
fn ctrl_c_cancels_a_line_and_twice_leaves() {
    let state = tempfile::tempdir().unwrap();
    let mut prompt = prompt(state.path());
    prompt.send("who met").unwrap();
    prompt.send(ControlCode::EndOfText).unwrap();
    prompt.expect("Ctrl-C once more leaves").unwrap();
    prompt.expect("casebook> ").unwrap();
    prompt.send_line("who won what").unwrap();
    prompt.expect("1 row").unwrap();
    prompt.expect("casebook> ").unwrap();
    prompt.send(ControlCode::EndOfText).unwrap();
    prompt.expect("Ctrl-C once more leaves").unwrap();
    prompt.expect("casebook> ").unwrap();
    prompt.send(ControlCode::EndOfText).unwrap();
    prompt.expect(Eof).unwrap();
    assert!(matches!(
        prompt.get_process().wait().unwrap(),
        WaitStatus::Exited(_, 0)
    ));
}

#[test]
fn a_history_that_cannot_be_kept_is_a_warning() {
    let state = tempfile::tempdir().unwrap();
    std::fs::write(state.path().join("casebook"), "a file, not a directory").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command
        .args(["-c", "data/harbour"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("XDG_STATE_HOME", state.path())
        .env("TERM", "xterm");
    let mut session = Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(Duration::from_secs(20)));
    session.expect("the history is not kept").unwrap();
    session.expect("casebook> ").unwrap();
    leave(session);
}
