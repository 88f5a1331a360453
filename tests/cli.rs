//! The program from outside: flags, exit status, the two streams, colours.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn casebook(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(arguments);
    for name in ["CASEBOOK", "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "PAGER"] {
        command.env_remove(name);
    }
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("CASEBOOK_CACHE", "")
        .stdin(Stdio::null());
    command
}

pub(crate) fn run(arguments: &[&str]) -> (i32, String, String) {
    told(casebook(arguments).output().unwrap())
}

/// The same in another environment.
pub(crate) fn run_with(arguments: &[&str], environment: &[(&str, &str)]) -> (i32, String, String) {
    let environment = environment.iter().copied();
    told(casebook(arguments).envs(environment).output().unwrap())
}

fn told(output: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap_or(-1),
        text(output.stdout),
        text(output.stderr),
    )
}

pub(crate) fn piped(arguments: &[&str], input: &str) -> (i32, String, String) {
    use std::io::Write as _;
    let mut child = casebook(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    told(child.wait_with_output().unwrap())
}

const HARBOUR: [&str; 2] = ["-c", "data/harbour"];

fn harbour(arguments: &[&str]) -> (i32, String, String) {
    run(&[&HARBOUR, arguments].concat())
}

#[test]
fn the_words_of_a_question_are_joined_and_a_pipe_gets_tabs() {
    let (status, answer, notices) = harbour(&["ask", "who", "met", "whom"]);
    assert_eq!(status, 0);
    assert!(answer.starts_with("who\twhom\t"), "{answer}");
    assert!(notices.contains("held back:") && !answer.contains("held back:"));
    assert_eq!(harbour(&["ask", "who met whom"]).1, answer);
}

#[test]
fn every_format_is_there() {
    for (format, begins) in [
        ("table", " "),
        ("tsv", "who\t"),
        ("csv", "who,"),
        ("json", "{"),
        ("jsonl", "{"),
        ("md", "| "),
    ] {
        let (status, answer, _) = harbour(&["ask", "who met whom", "--format", format]);
        assert!(
            status == 0 && answer.starts_with(begins),
            "{format}: {answer}"
        );
    }
}

#[test]
fn the_built_in_casebook_says_so_on_the_other_stream() {
    let empty = tempfile::tempdir().unwrap();
    let ask = |set: &dyn Fn(&mut Command)| {
        let mut command = casebook(&["ask", "who met whom"]);
        command.current_dir(empty.path());
        set(&mut command);
        told(command.output().unwrap())
    };
    let (status, answer, notices) = ask(&|_| {});
    assert_eq!(status, 0);
    assert!(
        notices
            .lines()
            .filter(|line| line.contains("built-in"))
            .count()
            == 1
            && !answer.contains("built-in")
    );
    let harbour = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/harbour");
    let (_, named, notices) = ask(&|command| {
        command.env("CASEBOOK", &harbour);
    });
    assert!(!notices.contains("built-in") && named != answer);
    std::fs::copy(
        harbour.join("casebook.ron"),
        empty.path().join("casebook.ron"),
    )
    .unwrap();
    assert!(!ask(&|_| {}).2.contains("built-in"));
}

#[test]
fn the_exit_status_tells() {
    assert_eq!(
        harbour(&["ask", "who met Nobody"]).0,
        2,
        "a question that cannot be read"
    );
    assert_eq!(harbour(&["ask"]).0, 2, "wrong usage");
    assert_eq!(harbour(&["rumour"]).0, 2, "no such command");
    assert_eq!(
        harbour(&["ask", "who sued @saltovar"]).0,
        0,
        "an empty answer"
    );
    assert_eq!(
        harbour(&[
            "ask",
            "--exit-status",
            "did Petra Drinn meet Casimir Ondrel"
        ])
        .0,
        1
    );
    assert_eq!(harbour(&["ask", "--exit-status", "who met whom"]).0, 0);
    assert_eq!(run(&["-c", "/no/such/file", "ask", "who met whom"]).0, 3);
    assert_eq!(harbour(&["ask", "who met whom", "--max-rows", "1"]).0, 5);
    assert_eq!(harbour(&["check"]).0, 0);
    let directory = tempfile::tempdir().unwrap();
    let bad = directory.path().join("bad.ron");
    std::fs::write(&bad, "[Claim(").unwrap();
    let bad = bad.to_str().unwrap();
    assert_eq!(run(&["-c", bad, "check"]).0, 1, "errors are found");
    let (status, _, notices) = run(&["-c", bad, "ask", "who met whom"]);
    assert!(
        status == 3 && notices.contains("bad.ron:1:"),
        "nothing of it can be used: {notices}"
    );
    assert_eq!(harbour(&["export", "json", "-o", "/no/such/place/x"]).0, 4);
    assert_eq!(harbour(&["run", "/no/such/script.cq"]).0, 4);
    assert_eq!(harbour(&["--help"]).0, 0);
    assert_eq!(harbour(&["--version"]).0, 0);
}

#[test]
fn errors_go_to_standard_error() {
    let (_, answer, notices) = harbour(&["ask", "who mett whom"]);
    assert!(answer.is_empty());
    assert!(
        notices.contains("error[unknown-verb]") && notices.contains("^^^^"),
        "{notices}"
    );
}

#[test]
fn a_pipe_that_nobody_reads_is_no_failure() {
    for arguments in [
        &["export", "json"][..],
        &["ask", "who met whom"],
        &["--help"],
        &["man"],
    ] {
        let mut child = casebook(&[&HARBOUR, arguments].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let status = child.wait().unwrap();
        let mut said = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert_eq!(status.code(), Some(0), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut command = casebook(&[&HARBOUR[..], &["export", "json"]].concat());
    let (status, _, notices) = told(
        command
            .stdout(full)
            .stderr(Stdio::piped())
            .output()
            .unwrap(),
    );
    assert_eq!(status, 4);
    assert!(notices.contains("standard output"), "{notices}");
}

#[test]
fn colours_follow_the_flag_then_the_environment() {
    let table = ["ask", "who met whom", "--format", "table"];
    let painted = |more: &[&str], variables: &[(&str, &str)]| {
        let mut command = casebook(&[&HARBOUR, &table[..], more].concat());
        command.envs(variables.iter().copied());
        told(command.output().unwrap()).1.contains('\x1b')
    };
    assert!(!painted(&[], &[]), "a pipe");
    assert!(painted(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(painted(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!painted(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(
        painted(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]),
        "empty is unset"
    );
    assert!(!painted(&["--color=never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(painted(&["--color=always"], &[("TERM", "dumb")]));
}

#[test]
fn questions_come_from_a_pipe() {
    let input = "who sued whom\n# a comment\nwho met Petra Drinn\n| count\nwho mett whom\n:mode json\ndid Petra Drinn meet Bram Ostrick in\n  Skarrow\n";
    let (status, answer, notices) = piped(&HARBOUR, input);
    assert_eq!(
        status, 2,
        "a question could not be read; the others were asked"
    );
    assert!(notices.contains("unknown-verb") && !answer.contains("casebook>"));
    let parts: Vec<&str> = answer.split("\n\n").collect();
    assert_eq!(parts.len(), 3, "{answer}");
    assert!(parts[0].starts_with("who\twhom") && parts[1].starts_with("count\t"));
    assert!(parts[2].starts_with('{'), "{answer}");
    assert_eq!(
        piped(&HARBOUR, ":quit\nwho mett whom\n").0,
        0,
        "nothing after :quit is read"
    );
    assert_eq!(piped(&HARBOUR, "").0, 0);
}

#[test]
fn scripts_run_with_parameters() {
    let directory = tempfile::tempdir().unwrap();
    let script = directory.path().join("a.cq");
    std::fs::write(&script, "who met $whom\n\nwho mett whom\n\nwho sued whom\n").unwrap();
    let path = script.to_str().unwrap();
    let (status, answer, notices) = harbour(&["run", path, "--param", "whom=Bram Ostrick"]);
    assert_eq!(status, 2);
    assert!(
        answer.contains("Petra Drinn") && !answer.contains("whom"),
        "{answer}"
    );
    assert!(notices.contains("a.cq:3:"), "{notices}");
    let (status, answer, _) =
        harbour(&["run", path, "--param", "whom=Bram Ostrick", "--keep-going"]);
    assert_eq!(status, 2);
    assert!(
        answer.contains("who\twhom"),
        "the third question was asked: {answer}"
    );
    assert_eq!(harbour(&["run", path, "--param", "nonsense"]).0, 2);
}

#[test]
fn scripts_are_tested_and_blessed() {
    let directory = tempfile::tempdir().unwrap();
    let script = directory.path().join("a.cq");
    let text = "# who\nwho met Bram Ostrick\n#= who\n#= Somebody Else\n\n# no end";
    std::fs::write(&script, text).unwrap();
    let path = directory.path().to_str().unwrap();
    let (status, report, _) = harbour(&["test", path]);
    assert_eq!(status, 1);
    assert!(
        report.contains("a.cq:2:")
            && report.contains("- Somebody Else")
            && report.contains("+ Petra Drinn"),
        "{report}"
    );
    assert!(
        report.ends_with("1 file: 0 as expected, 1 not\n"),
        "{report}"
    );
    assert_eq!(harbour(&["test", path, "--bless"]).0, 0);
    let blessed = std::fs::read_to_string(&script).unwrap();
    assert_eq!(
        blessed,
        "# who\nwho met Bram Ostrick\n#= who\n#= Petra Drinn\n#= -- 1 row\n\n# no end"
    );
    assert_eq!(harbour(&["test", path]).0, 0);
    assert_eq!(
        harbour(&["test", path, "--bless"]).1,
        "1 file: 1 as expected, 0 rewritten\n"
    );
    assert_eq!(harbour(&["test", "/no/such/directory"]).0, 4);
}

#[test]
fn things_are_shown_and_exported() {
    let (status, shown, _) = harbour(&["show", "Petra", "Drinn"]);
    assert!(status == 0 && shown.contains("@drinn"), "{shown}");
    let (_, json, _) = harbour(&["show", "@drinn", "--format", "json"]);
    assert!(json.starts_with('{'), "{json}");
    assert_eq!(harbour(&["show", "Nobody"]).0, 2);
    assert!(
        harbour(&["timeline", "Petra Drinn"])
            .1
            .starts_with("when\t")
    );
    let (_, whole, _) = harbour(&["export", "json"]);
    let (_, part, _) = harbour(&["export", "json", "--question", "who sued whom"]);
    assert!(part.len() < whole.len());
    assert_eq!(
        harbour(&["export", "json", "--question", "who mett whom"]).0,
        2
    );
    assert!(harbour(&["export", "dot"]).1.contains("digraph"));
}

#[test]
fn packagers_get_completions_and_a_manual() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            run(&["completions", shell]).1.contains("casebook"),
            "{shell}"
        );
    }
    assert!(run(&["man"]).1.contains(".TH"));
}

#[test]
fn every_limit_has_its_flag() {
    let help = run(&["ask", "--help"]).1;
    let limits = casebook::query::limits::LIMITS.iter();
    for limit in limits.chain(casebook::session::limits::FILE_LIMITS) {
        assert!(help.contains(limit.flag), "{}", limit.flag);
    }
    let (status, _, notices) = harbour(&["ask", "who met whom", "--max-file-bytes", "10"]);
    assert_eq!(status, 3, "{notices}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_what_is_asked_with_130() {
    use std::io::{BufRead as _, BufReader, Write as _};
    let mut child = casebook(&[&HARBOUR[..], &["repl"]].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    input.write_all(b"who won what;\n").unwrap();
    let mut first = String::new();
    output.read_line(&mut first).unwrap();
    assert!(
        first.starts_with("who\twhat"),
        "a `;` asks at once: {first}"
    );
    let id = child.id().to_string();
    let killed = Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(killed.success());
    std::thread::sleep(std::time::Duration::from_millis(200));
    input.write_all(b"who met whom\n").unwrap();
    drop(input);
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    let (status, _, notices) = told(child.wait_with_output().unwrap());
    assert_eq!(status, 130, "{notices}");
    assert!(
        !rest.contains("whom") && notices.contains("interrupted"),
        "{notices}"
    );
}

#[test]
fn a_script_may_name_the_casebook_that_it_asks() {
    let (status, report, _) = run(&["test", "queries"]);
    assert_eq!(status, 0, "{report}");
    let directory = tempfile::tempdir().unwrap();
    let script = directory.path().join("a.cq");
    let harbour = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/harbour");
    let text = format!("#@ casebook {}\nwho advised whom\n", harbour.display());
    std::fs::write(&script, text).unwrap();
    let path = script.to_str().unwrap();
    let (status, answer, _) = run(&["run", path]);
    assert!(status == 0 && answer.contains("Leonor Halvesk"), "{answer}");
    std::fs::write(&script, "#@ casebook nowhere.ron\nwho advised whom\n").unwrap();
    assert_eq!(run(&["run", path]).0, 3);
}

/// Rules that only give hints are left out before a question, never by `check`.
#[test]
fn check_runs_every_rule() {
    let file = tempfile::Builder::new().suffix(".ron").tempfile().unwrap();
    let unused = "Kind(id: \"ship\", plural: \"ships\"), Kind(id: \"port\", plural: \"ports\"),";
    let text = format!(
        "[Casebook(format: 1, title: \"T\"), {unused} Entity(id: \"a\", kind: \"ship\", name: \"A\")]"
    );
    std::fs::write(file.path(), text).unwrap();
    let (status, found, _) = run(&["-c", &file.path().display().to_string(), "check"]);
    assert!(
        status == 0 && found.contains("hint[unused-kind]"),
        "{found}"
    );
}

#[test]
fn a_plan_shows_what_was_expected_and_what_came() {
    let question = ["ask", "--explain", "who met someone that works for Ondrel"];
    let (status, answer, _) = harbour(&question);
    assert_eq!(status, 0);
    let operators: Vec<&str> = answer.lines().filter(|line| line.contains('(')).collect();
    assert_eq!(operators.len(), 3, "{answer}");
    for line in operators {
        assert!(line.contains("; about "), "{answer}");
    }
    assert!(answer.contains(" came, ") && answer.contains("rows of the answer: "));
    assert!(answer.contains("semi-join"), "{answer}");

    let without = ["--without-pass", "semi-join", "--without-pass", "columns"];
    let asked = [&question[..], &without[..]].concat();
    let (_, answer, _) = harbour(&asked);
    assert!(
        !answer.contains("semi-join") && answer.contains("push-tests"),
        "{answer}"
    );
    let plainly = ["ask", "who met whom when"];
    let asked = [&plainly[..], &without[..]].concat();
    assert_eq!(harbour(&plainly), harbour(&asked));
    let (status, _, said) = harbour(&["ask", "--without-pass", "luck", "who met whom"]);
    assert!(status == 2 && said.contains("two-cores"), "{said}");
}
