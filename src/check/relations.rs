//! What a relation declares of others makes sense.

use super::{Context, is_malformed};
use crate::text::{Diagnostic, Findings, safe::shorten};

pub(super) const NAMES: &[&str] = &["against-itself"];

pub(super) fn run(context: &Context<'_>, found: &mut Findings) {
    for relation in &context.casebook.relations {
        let fields = [
            ("opposite_of", &relation.opposite_of),
            ("exclusive_with", &relation.exclusive_with),
        ];
        for (field, others) in fields {
            let own = others
                .iter()
                .filter(|other| other.value == relation.id.value);
            for other in own.filter(|other| !is_malformed(other)) {
                let message = format!("`{}` is its own `{field}`", shorten(other, 60));
                let problem = Diagnostic::warning("against-itself", message, other.span);
                found.push(problem.help(
                    "name another relation; for one subject or object at a time write `single_valued`",
                ));
            }
        }
    }
}
