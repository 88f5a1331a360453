//! Files that mean harm: each ends in a clear error, soon, and in a small stack.

use casebook::{
    check, load,
    load::{FileLimits, LoadErrorKind, files},
};
use std::{fs, path::Path, time::Instant};

/// Loads and checks one text in a thread with 2 MiB of stack; the names found, without repetition.
fn names(text: &str) -> Vec<&'static str> {
    let text = text.to_owned();
    let work = move || {
        let loaded = load::load_text("hostile.ron", &text);
        let mut found = loaded.diagnostics;
        found.extend(check::check(&loaded.casebook, &loaded.sources));
        for problem in &found {
            let long = |line: &String| line.chars().count() > 700;
            assert!(
                !long(&problem.message) && !problem.help.iter().any(long),
                "{problem:?}"
            );
        }
        let mut names: Vec<_> = found.iter().map(|problem| problem.name).collect();
        names.dedup();
        names
    };
    std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(work)
        .unwrap()
        .join()
        .unwrap()
}

#[test]
fn texts_that_nest_or_repeat_without_end() {
    let begin = Instant::now();
    for (text, expected) in [
        ("[".repeat(100_000), vec!["nested-too-deeply"]),
        ("(".repeat(100_000), vec!["not-a-list", "nested-too-deeply"]),
        ("[Kind(".repeat(100_000), vec!["nested-too-deeply"]),
        (
            format!("[Kind(id: {}", "Some(".repeat(100_000)),
            vec!["nested-too-deeply"],
        ),
        (
            format!("[Kind(id: {}", "{1:".repeat(100_000)),
            vec!["nested-too-deeply"],
        ),
        (
            format!("[{}", "/*".repeat(100_000)),
            vec!["unclosed-comment"],
        ),
        (
            format!("[{}{}]", "/*".repeat(100_000), "*/".repeat(100_000)),
            vec![],
        ),
        (
            format!("[Kind(id: \"{}", "\\\"".repeat(100_000)),
            vec!["unclosed-text"],
        ),
        (
            format!("[Kind(id: {}\"", "#".repeat(100_000)),
            vec!["syntax"],
        ),
        (
            format!("[Kind(id: r{}\"", "#".repeat(100_000)),
            vec!["unclosed-text"],
        ),
        (
            format!("[Kind(about: \"{}\")]", "x".repeat(2_000_000)),
            vec!["record-too-long"],
        ),
        (
            "[\n".to_owned() + &"Kind(x: r#\"\n".repeat(10_000),
            vec!["unclosed-text", "too-many-errors"],
        ),
        (
            format!("[{}]", "Kind(),".repeat(10_000)),
            vec!["missing-field", "too-many-errors"],
        ),
        (format!("[{}]", "?".repeat(10_000)), vec!["not-a-record"]),
        (
            format!("[{}]", "1,".repeat(10_000)),
            vec!["not-a-record", "too-many-errors"],
        ),
        (format!("[{}]", "1,".repeat(0)), vec![]),
        (
            ",".repeat(100_000),
            vec!["not-a-list", "syntax", "too-many-errors"],
        ),
        (String::new(), vec![]),
        ("\r\r\r".to_owned(), vec![]),
        ("// nothing".to_owned(), vec![]),
        (
            "#![".to_owned(),
            vec!["not-a-list", "not-a-record", "syntax", "not-a-record"],
        ),
    ] {
        let shown: String = text.chars().take(20).collect();
        let mut found = names(&text);
        found.dedup();
        let found: Vec<_> = found
            .into_iter()
            .filter(|name| *name != "missing-header")
            .collect();
        assert_eq!(found, expected, "{shown}");
    }
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
}

#[test]
fn one_record_lists_no_more_than_a_hundred_errors() {
    let text = format!(
        "[Kind(id: \"a\", plural: \"as\", {})]",
        "x: 1, ".repeat(1000)
    );
    let found = load::load_text("hostile.ron", &text).diagnostics;
    assert_eq!(found.len(), 101);
    assert!(
        found
            .iter()
            .any(|problem| problem.name == "too-many-errors")
    );
}

#[test]
fn long_circles_and_chains_need_no_stack() {
    let mut text =
        "[Casebook(format: 1, title: \"c\"), Kind(id: \"k\", plural: \"ks\"),".to_owned();
    for at in 0..20_000 {
        text += &format!(
            "Entity(id: \"e{at}\", kind: \"k\", name: \"E{at}\", within: [\"e{}\"]),",
            (at + 1) % 20_000
        );
    }
    assert_eq!(names(&(text + "]")), ["circular-within"]);
}

const GOOD: &str = "[Casebook(format: 1, title: \"Good\")]";

fn read(path: &Path, limits: &FileLimits) -> Vec<&'static str> {
    let (_, found) = files::read(&[path.to_path_buf()], limits).unwrap();
    found.iter().map(|problem| problem.name).collect()
}

#[test]
fn files_that_are_no_text() {
    let directory = tempfile::tempdir().unwrap();
    let here = |name: &str| directory.path().join(name);
    let limits = FileLimits::default();
    fs::write(here("a.ron"), format!("\u{feff}{GOOD}")).unwrap();
    fs::write(here("b.ron"), b"[Casebook(format: 1, title: \"caf\xe9\")]").unwrap();
    fs::write(here("c.ron"), b"\xff\xfe[\0]\0").unwrap();
    fs::write(here("ignored.txt"), b"\xff").unwrap();
    let (sources, found) = files::read(&[directory.path().to_path_buf()], &limits).unwrap();
    assert_eq!(
        sources.text(casebook::text::FileId(0)),
        GOOD,
        "the byte order mark is gone"
    );
    let messages: Vec<_> = found
        .iter()
        .map(|problem| problem.message.rsplit('`').next().unwrap())
        .collect();
    assert_eq!(
        messages,
        [
            " is not UTF-8 text: byte 32, in line 1, is 0xE9",
            " is not UTF-8 text: byte 0, in line 1, is 0xFF"
        ]
    );
    assert_eq!(found[1].help, ["it looks like UTF-16: save it as UTF-8"]);
    let loaded = load::load(&[directory.path().to_path_buf()], &limits).unwrap();
    assert_eq!(
        (loaded.casebook.headers.len(), loaded.diagnostics.len()),
        (1, 2)
    );
    let alone = load::load(&[here("b.ron")], &limits).unwrap_err();
    assert_eq!(alone.kind, LoadErrorKind::NotLoadable);
}

#[test]
fn files_that_are_too_large_or_too_many() {
    let directory = tempfile::tempdir().unwrap();
    let here = |name: &str| directory.path().join(name);
    fs::write(here("a.ron"), GOOD).unwrap();
    // 256 MiB that take no room on the disk.
    fs::File::create(here("b.ron"))
        .unwrap()
        .set_len(256 << 20)
        .unwrap();
    fs::write(here("c.ron"), GOOD).unwrap();
    let limits = FileLimits::default();
    assert_eq!(read(directory.path(), &limits), ["file-too-large"]);
    assert_eq!(
        read(directory.path(), &FileLimits { files: 2, ..limits }),
        ["file-too-large", "too-many-files"]
    );
    assert_eq!(
        read(
            directory.path(),
            &FileLimits {
                total_bytes: 40,
                ..limits
            }
        ),
        ["file-too-large", "casebook-too-large"]
    );
    let error = load::load(&[here("b.ron")], &limits).unwrap_err();
    assert_eq!(error.kind, LoadErrorKind::NotLoadable);
    assert!(error.message.contains("larger than 32 MiB"), "{error}");
}

#[test]
fn paths_that_lead_nowhere() {
    let directory = tempfile::tempdir().unwrap();
    let limits = FileLimits::default();
    let error = load::load(&[directory.path().join("none.ron")], &limits).unwrap_err();
    assert_eq!(error.kind, LoadErrorKind::NotLoadable);
    let error = load::load(&[directory.path().to_path_buf()], &limits).unwrap_err();
    assert_eq!(error.kind, LoadErrorKind::NotLoadable);
    assert!(
        error.message.starts_with("there is no `.ron` file in"),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn links_devices_and_pipes() {
    use std::os::unix::fs::symlink;
    let directory = tempfile::tempdir().unwrap();
    let here = |name: &str| directory.path().join(name);
    fs::create_dir(here("sub")).unwrap();
    fs::write(here("sub/a.ron"), GOOD).unwrap();
    symlink(directory.path(), here("sub/loop")).unwrap();
    symlink(here("sub/a.ron"), here("sub/again.ron")).unwrap();
    symlink("/dev/zero", here("sub/device.ron")).unwrap();
    symlink(here("gone"), here("sub/dangling.ron")).unwrap();
    symlink(here("gone"), here("sub/dangling.txt")).unwrap();
    let pipe = std::process::Command::new("mkfifo")
        .arg(here("sub/pipe.ron"))
        .status();
    let limits = FileLimits::default();
    let (sources, found) = files::read(
        &[directory.path().to_path_buf(), here("sub/a.ron")],
        &limits,
    )
    .unwrap();
    let mut names: Vec<_> = found.iter().map(|problem| problem.name).collect();
    let pipes = usize::from(pipe.is_ok_and(|status| status.success()));
    assert_eq!(
        names.iter().filter(|name| **name == "special-file").count(),
        1 + pipes
    );
    names.retain(|name| *name != "special-file");
    assert_eq!(names, ["vanished-file", "link-loop"]);
    let good: Vec<_> = sources
        .ids()
        .filter(|&file| !sources.text(file).is_empty())
        .collect();
    assert_eq!(
        good.len(),
        1,
        "a file that is reached in three ways is read once"
    );
    let error = load::load(&["/dev/zero".into()], &limits).unwrap_err();
    assert!(
        error.message.contains("is a device, pipe or socket"),
        "{error}"
    );
}
