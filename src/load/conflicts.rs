//! The markers that git leaves in a file when it cannot merge.

use crate::text::{Diagnostic, FileId, Span};
use std::ops::Range;

/// The names of the diagnostics of this module.
pub(super) const NAMES: &[&str] = &["conflict-marker"];

/// So many conflicts of a file are listed.
const MOST: usize = 100;

const BEGIN: &str = "<<<<<<<";
const BASE: &str = "|||||||";
const MIDDLE: &str = "=======";
const END: &str = ">>>>>>>";

/// The lines that are conflict markers, in order. Each conflict is reported once.
pub(super) fn find(
    file: FileId,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    if !text.contains(BEGIN) {
        return places;
    }
    let mut conflict: Option<Diagnostic> = None;
    let mut listed = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.trim_end().len();
        at += line.len();
        let Some(mark) = mark(line).filter(|&mark| mark == BEGIN || conflict.is_some()) else {
            continue;
        };
        let span = Span::new(file, range.start, range.end);
        places.push(range);
        conflict = match (mark, conflict.take()) {
            (BEGIN, before) => {
                diagnostics.extend(before);
                listed += 1;
                if listed > MOST {
                    return places;
                }
                let problem =
                    Diagnostic::error("conflict-marker", "git left a conflict here", span);
                Some(problem.help("choose what stays between `<<<<<<<` and `>>>>>>>` and take the marked lines out"))
            }
            (END, Some(problem)) => {
                diagnostics.push(problem.label(span, "it ends here"));
                None
            }
            (_, Some(problem)) if problem.labels.len() < 4 => Some(problem.label(span, "")),
            (_, problem) => problem,
        };
    }
    diagnostics.extend(conflict);
    places
}

fn mark(line: &str) -> Option<&'static str> {
    let mark = [BEGIN, BASE, MIDDLE, END]
        .into_iter()
        .find(|mark| line.starts_with(mark))?;
    matches!(
        line.as_bytes().get(mark.len()),
        None | Some(b' ' | b'\r' | b'\n')
    )
    .then_some(mark)
}
