//! The header: one, of format 1.

use super::{Context, head};
use crate::text::{Diagnostic, Findings, Span};

pub(super) const NAMES: &[&str] = &["missing-header", "several-headers", "unsupported-format"];

const FORMAT: u32 = 1;

pub(super) fn run(context: &Context<'_>, found: &mut Findings) {
    let headers = &context.casebook.headers;
    for header in headers
        .iter()
        .filter(|header| header.format.value != FORMAT)
    {
        let message = format!(
            "format {} is not known: this casebook program reads format 1",
            header.format.value
        );
        let problem = Diagnostic::error("unsupported-format", message, header.format.span)
            .record(header.span);
        found.push(problem.help("get a newer casebook program, or write the records in format 1"));
    }
    if let [first, rest @ ..] = headers.as_slice() {
        for header in rest {
            let problem = Diagnostic::warning(
                "several-headers",
                "this casebook has another header already",
                head(header.span, "Casebook"),
            );
            found.push(
                problem
                    .label(head(first.span, "Casebook"), "the one whose title counts")
                    .help("keep one `Casebook(…)` over all files"),
            );
        }
    } else if let Some(first) = first_record(context) {
        let span = Span {
            end: first.start + 1,
            ..first
        };
        let problem = Diagnostic::warning("missing-header", "this casebook has no header", span);
        found.push(problem.help("write `Casebook(format: 1, title: \"…\")` as the first record"));
    }
}

fn first_record(context: &Context<'_>) -> Option<Span> {
    let book = context.casebook;
    let firsts = [
        book.kinds.first().map(|record| record.span),
        book.relations.first().map(|record| record.span),
        book.publications.first().map(|record| record.span),
        book.sources.first().map(|record| record.span),
        book.entities.first().map(|record| record.span),
        book.claims.first().map(|record| record.span),
        book.same_as.first().map(|record| record.span),
        book.judged.first().map(|record| record.span),
    ];
    firsts.into_iter().flatten().min()
}
