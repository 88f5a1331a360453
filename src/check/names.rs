//! A name or a verb means one thing in a question.

use super::Context;
use super::identity::{Judgements, to_paste};
use crate::{
    model::{Text, words::is_reserved},
    text::{Diagnostic, Findings, Span, fold, safe::shorten},
};
use std::collections::HashMap;

pub(super) const NAMES: &[&str] = &[
    "name-is-kind",
    "name-is-verb",
    "name-without-words",
    "reserved-kind",
    "reserved-name",
    "shared-name",
    "shared-verb",
];

pub(super) fn run(context: &Context<'_>, found: &mut Findings) {
    let book = context.casebook;
    let words = Words::new(context, found);
    let entities = book.entities.iter().map(|entity| {
        (
            &entity.id,
            [&entity.name].into_iter().chain(&entity.aliases).collect(),
        )
    });
    let publications = book.publications.iter().map(|one| {
        (
            &one.id,
            [&one.name].into_iter().chain(&one.aliases).collect(),
        )
    });
    let sources = book
        .sources
        .iter()
        .map(|source| (&source.id, source.aliases.iter().collect()));
    let judged = Judgements::of(context);
    shared("entities", entities.collect(), &words, Some(&judged), found);
    shared(
        "publications or sources",
        publications.chain(sources).collect(),
        &words,
        None,
        found,
    );
}

/// What verbs and kinds are called, by folded form.
struct Words<'a> {
    verbs: HashMap<String, &'a Text>,
    kinds: HashMap<String, &'a Text>,
}

impl<'a> Words<'a> {
    fn new(context: &Context<'a>, found: &mut Findings) -> Self {
        let mut words = Self {
            verbs: HashMap::new(),
            kinds: HashMap::new(),
        };
        for relation in &context.casebook.relations {
            for form in [&relation.id].into_iter().chain(&relation.forms) {
                let key = fold::key(form);
                match words.verbs.get(&key) {
                    Some(other) if other.value != relation.id.value && !key.is_empty() => {
                        found.push(shared_verb(form, other, &relation.id));
                    }
                    Some(_) => {}
                    None => drop(words.verbs.insert(key, &relation.id)),
                }
            }
        }
        for kind in &context.casebook.kinds {
            if matches!(kind.id.as_str(), "actor" | "any") {
                let message = format!(
                    "`{}` is the class of kinds that relations name so",
                    kind.id.value
                );
                found.push(
                    Diagnostic::error("reserved-kind", message, kind.id.span)
                        .record(kind.span)
                        .help("give the kind another id"),
                );
            }
            for word in [&kind.id, &kind.plural] {
                words.kinds.entry(fold::key(word)).or_insert(&kind.id);
            }
        }
        words
    }

    /// What keeps a name from being understood in a question.
    fn taken(&self, name: &Text, key: &str) -> Option<Diagnostic> {
        let shown = || shorten(name, 60);
        let (problem, message) = if key.is_empty() {
            let problem = Diagnostic::warning(
                "name-without-words",
                format!("`{}` holds no letter and no digit", shown()),
                name.span,
            );
            return Some(problem.help("questions find names by their words: write some"));
        } else if key.split(' ').all(is_reserved) {
            (
                "reserved-name",
                format!("`{}` is a word of the question language", shown()),
            )
        } else if let Some(relation) = self.verbs.get(key) {
            (
                "name-is-verb",
                format!(
                    "`{}` is a verb too, of the relation `{}`",
                    shown(),
                    shorten(relation, 60)
                ),
            )
        } else {
            let kind = self.kinds.get(key)?;
            (
                "name-is-kind",
                format!(
                    "`{}` is a word for the kind `{}` too",
                    shown(),
                    shorten(kind, 60)
                ),
            )
        };
        let help = "in questions it must stand in quotes: give it another name, or one more alias";
        Some(Diagnostic::warning(problem, message, name.span).help(help))
    }
}

fn shared_verb(form: &Text, first: &Text, second: &Text) -> Diagnostic {
    let (verb, first_id, second_id) = (shorten(form, 60), shorten(first, 60), shorten(second, 60));
    let message = format!("`{verb}` is a verb of two relations, `{first_id}` and `{second_id}`");
    let problem = Diagnostic::warning("shared-verb", message, form.span)
        .label(first.span, "the other relation");
    problem.help("a question that uses it cannot tell which is meant: keep it in one of them")
}

/// So many owners of one name are looked at.
const MOST_OWNERS: usize = 20;

/// Looks at every name once; then at each that several owners have. Those judged the same are one owner.
fn shared<'a>(
    what: &str,
    owners: Vec<(&'a Text, Vec<&'a Text>)>,
    words: &Words<'_>,
    judged: Option<&Judgements<'a>>,
    found: &mut Findings,
) {
    let mut index: HashMap<String, usize> = HashMap::new();
    // The owners of each name, in the order of the files.
    let mut uses: Vec<Vec<(&'a str, &'a Text)>> = Vec::new();
    for (id, names) in owners {
        for name in names.into_iter().filter(|name| !name.trim().is_empty()) {
            let key = fold::key(name);
            found.extend(words.taken(name, &key));
            let owner = judged.map_or(id.as_str(), |judged| judged.first(id));
            let at = *index.entry(key).or_insert(uses.len());
            if at == uses.len() {
                uses.push(Vec::with_capacity(1));
            }
            let known = &mut uses[at];
            if known.len() < MOST_OWNERS && known.iter().all(|(other, _)| *other != owner) {
                known.push((owner, name));
            }
        }
    }
    for owners in uses.iter().filter(|owners| owners.len() > 1) {
        found.extend(shared_name(what, owners, judged));
    }
}

fn shared_name<'a>(
    what: &str,
    owners: &[(&'a str, &'a Text)],
    judged: Option<&Judgements<'a>>,
) -> Option<Diagnostic> {
    let ((last_id, last), before) = owners.split_last()?;
    let ids: Vec<String> = owners
        .iter()
        .take(3)
        .map(|(id, _)| format!("`{}`", shorten(id, 40)))
        .collect();
    let more = if owners.len() > ids.len() {
        " and more"
    } else {
        ""
    };
    let message = format!(
        "`{}` is a name of several {what}: {}{more}",
        shorten(last, 60),
        ids.join(", ")
    );
    let spans: Vec<Span> = before.iter().take(3).map(|(_, name)| name.span).collect();
    let problem = spans.into_iter().fold(
        Diagnostic::warning("shared-name", message, last.span),
        |problem, span| problem.label(span, "here too"),
    );
    let problem = problem.help("a question that uses it is refused: give each a longer alias");
    let (first_id, _) = before.first()?;
    match judged.filter(|judged| !judged.has(first_id, last_id)) {
        Some(_) => {
            let problem = problem.help("or judge of them with `Same`, `Different` or `Unsure`:");
            Some(problem.help(to_paste(first_id, last_id)))
        }
        None => Some(problem),
    }
}
