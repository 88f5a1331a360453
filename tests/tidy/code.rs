//! Just enough of Rust's shape to hold rules over it: the lines that are code, where a word stands, where a function ends.

/// A line of code, without comments.
pub(crate) struct Line<'t> {
    /// From 1.
    pub(crate) number: usize,
    /// The line; what follows `//` outside a text is cut off.
    pub(crate) code: &'t str,
    /// Whether it stands in the unit tests at the end of its file.
    pub(crate) in_tests: bool,
}

/// The lines of a file that hold code.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut in_tests = false;
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        in_tests |= line.starts_with("#[cfg(") && line.contains("test");
        let code = without_comment(line);
        if !code.trim().is_empty() {
            found.push(Line {
                number,
                code,
                in_tests,
            });
        }
    }
    found
}

fn without_comment(line: &str) -> &str {
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '/' if !quoted && line[at..].starts_with("//") => return &line[..at],
            _ => {}
        }
    }
    line
}

/// The places where `word` stands as a word of its own.
pub(crate) fn words<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |&at| {
            let begins = !word.starts_with(part) || !text[..at].ends_with(part);
            let ends = !word.ends_with(part) || !text[at + word.len()..].starts_with(part);
            begins && ends
        })
}

/// The first names of what a path that begins at `start` (after `crate::`) names: one, or those of a group in braces.
pub(crate) fn first_names(text: &str, start: usize) -> Vec<String> {
    let name = |text: &str| -> String {
        let end = |c: char| !(c.is_alphanumeric() || c == '_');
        text.split(end).next().unwrap_or("").to_owned()
    };
    let Some(group) = text[start..].strip_prefix('{') else {
        return vec![name(&text[start..])];
    };
    let (mut names, mut depth, mut from) = (Vec::new(), 1, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => {}
            _ => continue,
        }
        if depth == 0 || (c == ',' && depth == 1) {
            names.push(name(group[from..at].trim_start()));
            from = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Name, first line and number of lines of every function: as rustfmt lays it out, a function ends at the first closing
/// brace as deep as its head.
pub(crate) fn functions(text: &str) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let head = without_comment(line).trim_start();
        let Some(place) = words(head, "fn").next() else {
            continue;
        };
        let before = &head[..place];
        let modifiers = ["pub", "const", "async", "unsafe", "extern", "default"];
        let is_head = before.split_whitespace().all(|word| {
            modifiers.contains(&word) || word.starts_with("pub(") || word.starts_with('"')
        });
        let rest = head[place + 2..].trim_start();
        if !is_head || !rest.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let closing = format!("{indent}}}");
        // A head may end in `{`, or `}` on one line, or `;` where there is no body.
        let first = (at..lines.len()).find(|&at| lines[at].ends_with(['{', ';', '}']));
        let last = match first {
            Some(at) if lines[at].ends_with('{') => {
                (at..lines.len()).find(|&at| lines[at].trim_end() == closing)
            }
            other => other,
        };
        let end = |c: char| !(c.is_alphanumeric() || c == '_');
        let name = rest.split(end).next().unwrap_or("").to_owned();
        found.push((name, at + 1, last.map_or(1, |last| last - at + 1)));
    }
    found
}

#[test]
fn the_shape_of_rust_is_seen() {
    let text = "use crate::{a, b::{c, d}, e};\nfn f() {\n    g(\"// no\"); // fn no() {\n}\n";
    let names = first_names(text, text.find('{').unwrap());
    assert_eq!(names, ["a", "b", "e"]);
    assert_eq!(functions(text), [("f".to_owned(), 2, 3)]);
    assert_eq!(lines(text)[2].code, "    g(\"// no\"); ");
    assert_eq!(words("anom nom::x", "nom::").collect::<Vec<_>>(), [5]);
}
