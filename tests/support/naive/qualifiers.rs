//! Qualifiers: what narrows a verb's claims, and what it asks of them.

use super::formula::{According, Fits, Formula, Scan, Term, Window};
use super::names::agent;
use super::resolve::Resolver;
use super::{Outcome, refuse};
use casebook::model::Date;
use casebook::query::question::ast::{self, Noun, QualifierKind};

impl Resolver<'_> {
    pub fn qualifier(
        &mut self,
        qualifier: &ast::Qualifier,
        scan: &mut Scan,
        beside: &mut Vec<Formula>,
    ) -> Outcome<()> {
        let at = qualifier.span.start;
        let given =
            |np: &ast::NounPhrase| matches!(np.noun, Noun::Name(_)) && np.relative.is_empty();
        let of_one_claim = match &qualifier.kind {
            QualifierKind::Place(np) | QualifierKind::AccordingTo(np) => !given(np),
            QualifierKind::When | QualifierKind::Where => true,
            QualifierKind::AccordingToWhichSource => true,
            _ => false,
        };
        if scan.indirectly && of_one_claim {
            return refuse("several claims");
        }
        match &qualifier.kind {
            QualifierKind::Time(certainty, range) => scan.windows.push(window(*certainty, range)?),
            QualifierKind::Undated => scan.undated = true,
            QualifierKind::Place(np) => {
                let term = self.noun_phrase(np, beside)?;
                scan.places.push(term);
            }
            QualifierKind::When => scan.when.push(self.asked_when(at)),
            QualifierKind::Where => scan.place.push(self.asked("where", at)),
            QualifierKind::As(status) => scan.statuses.push(*status),
            QualifierKind::AccordingTo(np) => {
                let according = self.according(np, beside)?;
                scan.according.push(according);
            }
            QualifierKind::AccordingToWhichSource => {
                scan.according
                    .push(According::Source(self.asked("source", at)));
            }
            QualifierKind::With {
                bound,
                number,
                independent,
            } => {
                scan.with.push((*bound, *number, *independent));
            }
        }
        Ok(())
    }

    fn according(&mut self, np: &ast::NounPhrase, beside: &mut Vec<Formula>) -> Outcome<According> {
        let at = np.span.start;
        let plain = np.relative.is_empty();
        let term = match &np.noun {
            Noun::Name(name) if plain => {
                return Ok(According::To(agent(self.world, self.numbered, name)?));
            }
            Noun::Who | Noun::Whom if plain => Term::Var(self.asked("whom", at), Fits::AnySpeaker),
            Noun::What if plain => Term::Var(self.asked("what", at), Fits::AnySpeaker),
            Noun::Someone | Noun::Something if plain => Term::Var(self.hidden(), Fits::AnySpeaker),
            noun => self.noun(noun, at)?,
        };
        self.relative(np, &term, beside)?;
        Ok(According::Speaker(term))
    }
}

/// Whether a qualifier asks for something.
pub fn asks(qualifier: &ast::Qualifier) -> bool {
    match &qualifier.kind {
        QualifierKind::When | QualifierKind::Where => true,
        QualifierKind::AccordingToWhichSource => true,
        QualifierKind::Place(np) | QualifierKind::AccordingTo(np) => matches!(
            np.noun,
            Noun::Who | Noun::Whom | Noun::What | Noun::Which(_) | Noun::HowMany(_)
        ),
        _ => false,
    }
}

fn window(certainty: ast::Certainty, range: &ast::TimeRange) -> Outcome<Window> {
    let bounds = |text: &str| match Date::parse(text) {
        Ok(date) => Ok((i64::from(date.start.0), i64::from(date.end.1))),
        Err(_) => refuse("no date"),
    };
    let (least, most) = (i64::from(i32::MIN), i64::from(i32::MAX));
    let (from, to) = match range {
        ast::TimeRange::Since(date) => (bounds(date)?.0, most),
        ast::TimeRange::After(date) => ((bounds(date)?.1 + 1).min(most), most),
        ast::TimeRange::Before(date) => (least, (bounds(date)?.0 - 1).max(least)),
        ast::TimeRange::Until(date) => (least, bounds(date)?.1),
        ast::TimeRange::In(date) => bounds(date)?,
        ast::TimeRange::Between(one, other) => (bounds(one)?.0, bounds(other)?.1),
    };
    if from > to {
        return refuse("a window that ends before it starts");
    }
    Ok(Window {
        certainly: certainty == ast::Certainty::Certainly,
        from,
        to,
    })
}
