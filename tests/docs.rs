//! The documents are run: every question of the README and of the page on the language is asked, every example of a
//! record is loaded, every command of the README is given, and what they show is what comes of it.

use crate::tidy::{none, root};
use casebook::query::question::script::split;
use casebook::session::script::test::test;
use casebook::session::{Origin, Session, Settings};
use casebook::{check, load, text::Sources};
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// A fenced block: what follows the fence, the line of its first line, and its text.
struct Block {
    mode: String,
    line: usize,
    text: String,
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn blocks(document: &str) -> Vec<Block> {
    let (mut blocks, mut open) = (Vec::<Block>::new(), false);
    for (number, line) in (1..).zip(document.lines()) {
        match (open, line.strip_prefix("```")) {
            (false, Some(mode)) => {
                open = true;
                blocks.push(Block {
                    mode: mode.trim().to_owned(),
                    line: number + 1,
                    text: String::new(),
                });
            }
            (true, Some(_)) => open = false,
            (true, None) => {
                if let Some(block) = blocks.last_mut() {
                    block.text += line;
                    block.text.push('\n');
                }
            }
            (false, None) => {}
        }
    }
    assert!(!open, "a fence is not closed");
    blocks
}

fn session(casebook: &str) -> Session {
    let origin = Origin::Paths(vec![root().join("data").join(casebook)]);
    Session::open(origin, Settings::default()).unwrap()
}

/// Asks every block of questions of a document; gives what is wrong, and how many questions there were.
fn ask_all(document: &str, problems: &mut Vec<String>) -> usize {
    let (plan, harbour) = (session("peace-plan.ron"), session("harbour"));
    let mut asked = 0;
    for block in blocks(&read(document)) {
        let session = match block.mode.as_str() {
            "cq" => &plan,
            "cq harbour" => &harbour,
            _ => continue,
        };
        for mismatch in test(session, &block.text).mismatches {
            let line = block.line + mismatch.line - 1;
            let differences = mismatch.differences.join("\n    ");
            problems.push(format!(
                "{document}:{line}: {}\n    {differences}",
                mismatch.question
            ));
        }
        for entry in split(&block.text) {
            asked += 1;
            let question = &block.text[entry.question.clone()];
            // An example that answers nothing teaches nothing, unless that is what it shows.
            let shows = entry.answer.is_some() || entry.error.is_some();
            let empty = session
                .answer(question)
                .is_ok_and(|answer| answer.rows.is_empty());
            if empty && !shows {
                problems.push(format!(
                    "{document}:{}: {question}\n    has no answer",
                    block.line
                ));
            }
        }
    }
    asked
}

#[test]
fn every_question_of_the_documents_has_its_answer() {
    let mut problems = Vec::new();
    let asked = ask_all("docs/language.md", &mut problems);
    ask_all("README.md", &mut problems);
    none(&problems);
    assert!(asked >= 50, "{asked} examples");
}

/// The card says what can be written; each of its questions can be read, of one casebook or the other.
#[test]
fn every_question_of_the_card_is_read() {
    let document = read("docs/language.md");
    let card = document.split("<!-- card -->").nth(1).unwrap();
    let card = card.split("<!-- /card -->").next().unwrap();
    let (plan, harbour) = (session("peace-plan.ron"), session("harbour"));
    let (mut problems, mut asked) = (Vec::new(), 0);
    for line in card
        .lines()
        .filter(|line| !line.starts_with("```") && !line.trim().is_empty())
    {
        let question = line.split("   ").next().unwrap().trim();
        if question.starts_with('…') {
            continue;
        }
        asked += 1;
        if let Err(failure) = plan.answer(question)
            && harbour.answer(question).is_err()
        {
            problems.push(format!(
                "{question}\n    {}",
                plan.refuse(question, &failure).notices
            ));
        }
    }
    none(&problems);
    assert!(asked > 10, "{card}");
}

/// The examples of records are one casebook, and nothing is wrong with it.
#[test]
fn every_record_of_the_data_model_loads() {
    let mut sources = Sources::default();
    for block in blocks(&read("docs/data-model.md")) {
        if block.mode == "ron" {
            sources.add(&format!("docs/data-model.md:{}", block.line), block.text);
        }
    }
    assert!(sources.len() >= 8, "{} examples", sources.len());
    let (casebook, mut found) = load::parse(&sources);
    found.extend(check::check(&casebook, &sources));
    let problems: Vec<String> = found
        .iter()
        .map(|problem| {
            let (place, line) = problem.labels.first().map_or(("", 0), |label| {
                (
                    sources.name(label.span.file),
                    sources.position(label.span).line,
                )
            });
            format!("{place} + {line}: {}: {}", problem.name, problem.message)
        })
        .collect();
    none(&problems);
    // Each kind of record is shown.
    let casebook = [
        casebook.headers.len(),
        casebook.kinds.len(),
        casebook.relations.len(),
        casebook.publications.len(),
        casebook.sources.len(),
        casebook.entities.len(),
        casebook.claims.len(),
        casebook.same_as.len(),
        casebook.judged.len(),
    ];
    assert!(!casebook.contains(&0), "{casebook:?}");
}

/// The example of a casebook in the README is whole.
#[test]
fn the_casebook_of_the_readme_loads() {
    let mut loaded = 0;
    for block in blocks(&read("README.md")) {
        if block.mode != "ron" {
            continue;
        }
        loaded += 1;
        let sources = Sources::of("README.md", &block.text);
        let (casebook, mut found) = load::parse(&sources);
        found.extend(check::check(&casebook, &sources));
        let problems: Vec<String> = found
            .iter()
            .map(|problem| problem.message.clone())
            .collect();
        none(&problems);
    }
    assert!(loaded > 0);
}

/// A command of a `console` block, what is typed at the prompt it opens, and what is shown.
#[derive(Default)]
struct Shown {
    line: usize,
    command: String,
    typed: String,
    output: Vec<String>,
}

const PROMPT: &str = "casebook> ";

fn commands(block: &Block) -> Vec<Shown> {
    let mut shown = Vec::<Shown>::new();
    for (number, line) in (block.line..).zip(block.text.lines()) {
        if let Some(command) = line.strip_prefix("$ ") {
            shown.push(Shown {
                line: number,
                command: command.to_owned(),
                ..Shown::default()
            });
        } else if let Some(last) = shown.last_mut() {
            match line.strip_prefix(PROMPT) {
                Some(typed) => last.typed = format!("{}{typed}\n", last.typed),
                None => last.output.push(line.trim_end().to_owned()),
            }
        }
    }
    shown
}

/// What a command says on both streams, as a shell gives it; the prompt reads what is typed.
fn output_of(shown: &Shown) -> Vec<String> {
    let binary = env!("CARGO_BIN_EXE_casebook");
    let arguments = shown.command.strip_prefix("casebook").unwrap_or_default();
    // At a prompt answers are tables; here no terminal says so.
    let table = if shown.typed.is_empty() {
        ""
    } else {
        " --format table"
    };
    let mut child = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; '{binary}'{table}{arguments}")])
        .current_dir(root())
        .env_remove("CASEBOOK")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(shown.typed.as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

fn is_elision(line: &str) -> bool {
    matches!(line.trim(), "…" | "...")
}

/// Whether lines are what was shown; a shown `…` stands for any lines, and empty lines do not count.
fn agrees(shown: &[&str], lines: &[&str]) -> bool {
    match shown.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if is_elision(first) => {
            (0..=lines.len()).any(|at| agrees(rest, &lines[at..]))
        }
        Some((first, rest)) => lines
            .split_first()
            .is_some_and(|(line, lines)| line == first && agrees(rest, lines)),
    }
}

/// The lines that count: not empty ones, and not each time that the built-in casebook is asked, unless that is shown.
fn telling<'l>(lines: &'l [String], shown: &[String]) -> Vec<&'l str> {
    let built_in = |line: &str| line.starts_with("note: this is the built-in");
    let said = shown.iter().any(|line| built_in(line));
    let lines = lines.iter().map(String::as_str);
    lines
        .filter(|line| !line.is_empty() && (said || !built_in(line)))
        .collect()
}

/// Gives every command of the README. `UPDATE=1` writes what they say into it, where nothing is left out.
#[cfg(unix)]
#[test]
fn every_command_of_the_readme_shows_what_it_shows() {
    let readme = read("README.md");
    let mut lines: Vec<String> = readme.lines().map(str::to_owned).collect();
    let update = std::env::var_os("UPDATE").is_some();
    let (mut problems, mut given) = (Vec::new(), 0);
    let console = blocks(&readme)
        .into_iter()
        .filter(|block| block.mode == "console");
    // From the last to the first, so that lines keep their numbers while others are replaced.
    for shown in console
        .flat_map(|block| commands(&block))
        .collect::<Vec<_>>()
        .iter()
        .rev()
    {
        given += 1;
        let place = format!("README.md:{}: {}", shown.line, shown.command);
        if !(shown.command == "casebook" || shown.command.starts_with("casebook ")) {
            problems.push(format!("{place}\n    is not run: only `casebook` is"));
            continue;
        }
        let output = output_of(shown);
        let (wanted, found) = (
            telling(&shown.output, &shown.output),
            telling(&output, &shown.output),
        );
        if agrees(&wanted, &found) {
            continue;
        }
        let whole = shown.typed.is_empty() && !wanted.iter().any(|line| is_elision(line));
        if update && whole {
            let mut kept = output.clone();
            kept.retain(|line| line.is_empty() || found.contains(&line.as_str()));
            lines.splice(shown.line..shown.line + shown.output.len(), kept);
        } else {
            let (wanted, found) = (wanted.join("\n"), found.join("\n"));
            problems.push(format!(
                "{place}\n    shows\n{wanted}\n    and gives (UPDATE=1 writes it)\n{found}"
            ));
        }
    }
    if update {
        fs::write(root().join("README.md"), lines.join("\n") + "\n").unwrap();
    }
    none(&problems);
    assert!(given > 0, "README.md gives no command");
}

/// The bundled casebooks are as they should be; the program relies on it for the one it carries.
#[test]
fn nothing_is_wrong_with_the_bundled_casebooks() {
    for casebook in ["peace-plan.ron", "harbour"] {
        let session = session(casebook);
        let problems: Vec<String> = session
            .diagnostics
            .iter()
            .map(|problem| format!("{casebook}: {}: {}", problem.name, problem.message))
            .collect();
        none(&problems);
    }
}
