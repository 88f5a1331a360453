//! Trees without their spans, to compare what two questions say.

use super::ast::*;
use crate::text::Span;

/// The same question with every span at nowhere.
#[must_use]
pub fn without(question: &Question) -> Question {
    let mut question = question.clone();
    match &mut question.head {
        Head::Expression(inside) => expression(inside),
        Head::Path(inside) => path(inside),
        Head::Timeline { of, qualifiers } => {
            noun(of);
            qualifiers.iter_mut().for_each(qualifier);
        }
        Head::Contradictions { of, qualifiers } => {
            of.iter_mut().for_each(name);
            qualifiers.iter_mut().for_each(qualifier);
        }
        Head::Say { clause: inside, .. } => clause(inside),
    }
    question.ignoring.iter_mut().for_each(name);
    question.stages.iter_mut().for_each(stage);
    question
}

fn clear(span: &mut Span) {
    *span = Span::default();
}

fn expression(inside: &mut Expression) {
    match inside {
        Expression::Clause(inside) => clause(inside),
        Expression::And(items) | Expression::Or(items) => items.iter_mut().for_each(expression),
        Expression::Not(inside, span) => {
            expression(inside);
            clear(span);
        }
    }
}

fn clause(clause: &mut Clause) {
    clear(&mut clause.span);
    noun(&mut clause.subject);
    match &mut clause.fronted {
        Some(Fronted::Object(ask)) => noun(ask),
        Some(Fronted::When(span) | Fronted::Where(span)) => clear(span),
        Some(Fronted::Nothing) | None => {}
    }
    clause.predicates.iter_mut().for_each(verb_phrase);
}

fn verb_phrase(phrase: &mut VerbPhrase) {
    clear(&mut phrase.span);
    for span in [&mut phrase.negated, &mut phrase.indirectly, &mut phrase.by] {
        span.iter_mut().for_each(clear);
    }
    phrase
        .verbs
        .iter_mut()
        .for_each(|verb| clear(&mut verb.span));
    if let Some(objects) = &mut phrase.objects {
        objects.items.iter_mut().for_each(noun);
        objects.but_not.iter_mut().for_each(noun);
    }
    phrase.qualifiers.iter_mut().for_each(qualifier);
}

fn noun(phrase: &mut NounPhrase) {
    clear(&mut phrase.span);
    if let Noun::Name(inside) = &mut phrase.noun {
        name(inside);
    }
    phrase.relative.iter_mut().for_each(verb_phrase);
}

fn name(name: &mut Name) {
    clear(&mut name.span);
}

fn qualifier(qualifier: &mut Qualifier) {
    clear(&mut qualifier.span);
    if let QualifierKind::Place(phrase) | QualifierKind::AccordingTo(phrase) = &mut qualifier.kind {
        noun(phrase);
    }
}

fn path(path: &mut PathQuestion) {
    clear(&mut path.span);
    noun(&mut path.from);
    noun(&mut path.to);
    for part in &mut path.qualifiers {
        match part {
            PathQualifier::Via(verbs) => verbs.iter_mut().for_each(|verb| clear(&mut verb.span)),
            PathQualifier::Through(phrase) | PathQualifier::Avoiding(phrase) => noun(phrase),
            PathQualifier::Within(_, span) => clear(span),
            PathQualifier::Claim(inside) => qualifier(inside),
        }
    }
}

fn stage(stage: &mut Stage) {
    clear(&mut stage.span);
    let column = |column: &mut ColumnName| clear(&mut column.span);
    match &mut stage.kind {
        StageKind::Count(by) | StageKind::Earliest(by) | StageKind::Latest(by) => {
            by.iter_mut().for_each(column);
        }
        StageKind::List(listed, by) => {
            column(listed);
            by.iter_mut().for_each(column);
        }
        StageKind::Show(columns) => columns.iter_mut().for_each(column),
        StageKind::Sort(keys) => keys.iter_mut().for_each(|key| column(&mut key.column)),
        StageKind::Where(conditions) => {
            for condition in conditions {
                column(&mut condition.column);
                clear(&mut condition.value.span);
                match &mut condition.value.kind {
                    LiteralKind::Name(inside) => name(inside),
                    LiteralKind::Days(_, other) => column(other),
                    _ => {}
                }
            }
        }
        StageKind::DiffIgnoring(sources) => sources.iter_mut().for_each(name),
        StageKind::Take(_) | StageKind::Skip(_) => {}
    }
}
