//! What is shown: golden files of answers, reasons, records and diagnostics, and what holds for all of them.

use crate::support::golden::{ask, engine, same, small};
use casebook::query::Engine;
use casebook::render::{self, FORMATS, Format, Screen, report};
use casebook::text::{Diagnostic, FileId, Severity, Sources, Span};

const QUESTIONS: &[&str] = &[
    "who met whom",
    "who met whom in Far Isle since 2024-01-06",
    "who met Ada Brill as anything",
    "who did not brief Ben",
    "timeline of Ben",
    "timeline of Dot Marsh as anything",
    "how is Cem connected to fund",
    "did Ada Brill meet Ben",
    "did Dot Marsh brief the fund",
    "is Dot Marsh briefed as anything",
    "did Ada Brill not brief Ben",
    "did Ada Brill not meet Ben",
    "did Ada Brill not brief Cem",
    "who met whom ignoring The Gull",
    "who met whom | count by who",
    "who met whom | list whom by who",
    "who owns what when",
    "who was briefed by Cem",
];

fn screen(width: usize) -> Screen {
    Screen {
        width,
        color: false,
    }
}

fn shown(engine: &Engine, format: Format, screen: &Screen) -> String {
    let mut text = String::new();
    for question in QUESTIONS {
        let answer = ask(engine, question);
        text += &format!("> {question}\n");
        text += &render::answer(engine, &answer, format, screen);
        text += "\n";
    }
    text
}

#[test]
fn answers_on_screens_and_in_pipes() {
    let engine = small();
    same(
        "answers-80.txt",
        &shown(&engine, Format::Table, &screen(80)),
    );
    same(
        "answers-120.txt",
        &shown(&engine, Format::Table, &screen(120)),
    );
    same(
        "answers-pipe.txt",
        &shown(&engine, Format::Table, &Screen::PIPE),
    );
}

#[test]
fn answers_for_programs() {
    let engine = small();
    for format in [
        Format::Tsv,
        Format::Csv,
        Format::Md,
        Format::Json,
        Format::Jsonl,
    ] {
        let name = format!("answers.{}.txt", format.name());
        same(&name, &shown(&engine, format, &Screen::PIPE));
    }
}

#[test]
fn colour_changes_no_text() {
    let engine = small();
    let colored = Screen {
        width: 80,
        color: true,
    };
    let painted = shown(&engine, Format::Table, &colored);
    assert!(painted.contains("\u{1b}["));
    assert_eq!(
        unpainted(&painted),
        shown(&engine, Format::Table, &screen(80))
    );
}

fn unpainted(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.find(|&c| c == 'm');
        } else {
            plain.push(c);
        }
    }
    plain
}

#[test]
fn nothing_is_wider_than_the_screen() {
    let engine = small();
    for width in [60, 80, 120] {
        for line in shown(&engine, Format::Table, &screen(width)).lines() {
            let columns = unicode_width::UnicodeWidthStr::width(line);
            assert!(
                columns <= width || line.starts_with('>'),
                "{columns} of {width}: {line}"
            );
        }
    }
}

#[test]
fn reasons() {
    let engine = small();
    let mut text = String::new();
    for (question, row) in [
        ("who met Ada Brill", 1),
        ("who met someone who owns something", 1),
        ("who did not brief Ben", 1),
        ("who did not brief Ben", 2),
        ("how is Cem connected to Shell Holding", 1),
        ("did Ada Brill meet Ben ignoring ledger", 1),
    ] {
        let answer = ask(&engine, question);
        let why = render::why(&engine, &answer, row, &screen(80)).unwrap();
        text += &format!("> {question}\n{why}\n");
    }
    same("why.txt", &text);
    let answer = ask(&engine, "who met whom");
    assert_eq!(render::why(&engine, &answer, 0, &Screen::PIPE), None);
    assert_eq!(render::why(&engine, &answer, 99, &Screen::PIPE), None);
}

#[test]
fn records() {
    let engine = small();
    let graph = &engine.graph;
    let screen = screen(80);
    let mut text = String::new();
    for id in ["ada", "cem-two", "isle", "party"] {
        let entity = graph.entity_by_id(id).unwrap();
        text += &format!(
            "> {id}\n{}\n",
            render::show_entity(&engine, entity, &screen)
        );
    }
    for source in 0..3 {
        text += &format!(
            "> source\n{}\n",
            render::show_source(&engine, source, &screen)
        );
    }
    for publication in 0..2 {
        let shown = render::show_publication(&engine, publication, &screen);
        text += &format!("> publication\n{shown}\n");
    }
    for claim in [0, 7] {
        text += &format!("> claim\n{}\n", render::show_claim(&engine, claim, &screen));
    }
    text += &format!("> schema\n{}\n", render::schema(&engine, &screen));
    text += &format!("> sources\n{}", render::sources(&engine, &screen));
    same("records.txt", &text);
}

#[test]
fn the_numbers_of_sources_are_those_of_the_table() {
    let engine = small();
    let answer = ask(&engine, "who met whom");
    let numbered = render::numbered_sources(&engine, &answer);
    let table = render::answer(&engine, &answer, Format::Table, &Screen::PIPE);
    for (number, &source) in (1..).zip(&numbered) {
        let line = format!("[{number}] {}", *engine.graph.source(source).title);
        assert!(table.contains(&line), "{line}");
    }
}

#[test]
fn what_is_ignored_is_no_source() {
    let engine = small();
    let answer = ask(&engine, "who met whom ignoring ledger");
    for format in FORMATS {
        let shown = render::answer(&engine, &answer, format.format, &Screen::PIPE);
        let sources = shown.replace("ignoring ledger", "");
        assert!(!sources.to_lowercase().contains("ledger"), "{shown}");
    }
}

#[test]
fn formulas_are_text() {
    let text = r#"[Kind(id: "person", plural: "people", actor: true), Relation(id: "met-with"),
        Source(id: "s", type: Article, title: "S"),
        Entity(id: "a", kind: "person", name: "=1+1"), Entity(id: "b", kind: "person", name: "@b,\"c\"\td"),
        Claim(subject: "a", relation: "met-with", object: "b", evidence: [(source: "s")])]"#;
    let engine = engine(text);
    let answer = ask(&engine, "who met with whom");
    let csv = render::answer(&engine, &answer, Format::Csv, &Screen::PIPE);
    assert_eq!(
        csv,
        "who,whom,sources,origins,marks\n'=1+1,\"'@b,\"\"c\"\"\\u{9}d\",s,1,\n"
    );
    let tsv = render::answer(&engine, &answer, Format::Tsv, &Screen::PIPE);
    assert_eq!(tsv.lines().nth(1), Some("'=1+1\t'@b,\"c\"\\td\ts\t1\t"));
}

fn problems() -> (Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    let one = sources.add(
        "data/one.ron",
        "// first\n[\n\tEntity(id: \"a\", kind: \"persn\", name: \"日本 \u{202e}x\"),\n]\n"
            .to_owned(),
    );
    let two = sources.add(
        "data/two.ron",
        format!("[Entity(id: \"a\", name: \"{}\")]", "long ".repeat(99)),
    );
    let find = |file: FileId, text: &str| {
        let start = sources.text(file).find(text).unwrap();
        Span::new(file, start, start + text.len())
    };
    let list = vec![
        Diagnostic::error(
            "unknown-kind",
            "there is no kind `persn`",
            find(one, "\"persn\""),
        )
        .help("did you mean `person`?"),
        Diagnostic::warning(
            "hidden-character",
            "a name holds the hidden character U+202E",
            find(one, "\u{202e}"),
        ),
        Diagnostic::new(
            Severity::Error,
            "duplicate-id",
            "two entities have the id `a`",
        )
        .label(find(two, "\"a\""), "again here")
        .label(find(one, "\"a\""), "first here"),
        Diagnostic::hint(
            "long",
            format!("a name is long: {}", "x".repeat(999)),
            find(two, "long long"),
        ),
        Diagnostic::error("open", "a record does not end", Span::new(one, 13, 60)),
        Diagnostic::new(Severity::Error, "nowhere", "nothing was read"),
    ];
    (list, sources)
}

#[test]
fn diagnostics() {
    let (list, sources) = problems();
    let mut text = report::diagnostics(&list, &sources, &screen(80));
    text += "\n";
    text += &report::summary(&list, 2, &Screen::PIPE);
    text += &report::summary(&[], 1, &Screen::PIPE);
    text += "\n";
    text += &report::diagnostics_json(&list, &sources);
    same("diagnostics.txt", &text);
    assert_eq!(report::diagnostics(&[], &sources, &Screen::PIPE), "");
}

#[test]
fn a_question_with_a_problem() {
    let sources = Sources::of("question", "who breifed whom");
    let problem = Diagnostic::error(
        "unknown-verb",
        "`breifed` is not a relation of this casebook",
        Span::new(FileId(0), 4, 11),
    );
    let list = [problem.help("did you mean `briefed`?")];
    assert_eq!(
        report::diagnostics(&list, &sources, &Screen::PIPE),
        "error[unknown-verb]: `breifed` is not a relation of this casebook\n\
        \x20 | who breifed whom\n\
        \x20 |     ^^^^^^^\n\
        \x20 = help: did you mean `briefed`?\n"
    );
}

#[test]
fn no_text_of_others_reaches_a_terminal_raw() {
    let hostile = "\u{1b}[31mx\u{202e}\r\n\u{0}\u{7f}\u{e0041}";
    let text = std::fs::read_to_string(crate::support::golden::path("casebook.ron")).unwrap();
    let mut casebook = casebook::load::load_text("c", &text).casebook;
    for entity in &mut casebook.entities {
        entity.name.value.push_str(hostile);
        entity.note = Some(casebook::text::Spanned::new(
            hostile.to_owned(),
            Span::default(),
        ));
    }
    for source in &mut casebook.sources {
        source.title.value.push_str(hostile);
    }
    for claim in &mut casebook.claims {
        claim.evidence[0].quote = claim.id.clone().or(Some(claim.subject.clone()));
        claim.evidence[0].quote.as_mut().unwrap().value = hostile.to_owned();
    }
    let engine = Engine::new(casebook);
    let screen = screen(70);
    let mut shown: Vec<String> = Vec::new();
    for question in [
        "who met whom as anything",
        "timeline of @ada",
        "how is @cem connected to @shell",
    ] {
        let answer = ask(&engine, question);
        for format in FORMATS {
            shown.push(render::answer(&engine, &answer, format.format, &screen));
        }
        shown.push(render::why(&engine, &answer, 1, &screen).unwrap());
    }
    shown.push(render::show_entity(&engine, 0, &screen));
    shown.push(render::show_source(&engine, 0, &screen));
    shown.push(render::show_publication(&engine, 0, &screen));
    shown.push(render::show_claim(&engine, 0, &screen));
    shown.push(render::schema(&engine, &screen) + &render::sources(&engine, &screen));
    for exporter in casebook::export::EXPORTERS {
        shown.push((exporter.write)(
            &engine,
            &casebook::export::Selection::whole(),
        ));
    }
    for text in shown {
        let raw = text
            .chars()
            .find(|&c| !matches!(c, '\n' | '\t') && casebook::text::safe::is_hidden(c));
        assert_eq!(raw, None, "{text:?}");
    }
}
