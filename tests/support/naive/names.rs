//! What names and kinds stand for.

use super::resolve::Resolver;
use super::world::World;
use super::{Outcome, Thing, refuse};
use casebook::model::Text;
use casebook::query::question::ast::{self, NameForm};
use casebook::text::fold;
use std::collections::BTreeSet;
use std::rc::Rc;

impl Resolver<'_> {
    pub fn kind(&self, word: &str) -> Outcome<String> {
        let kinds = &self.world.book.kinds;
        let wanted = fold::key(word);
        let kind = kinds
            .iter()
            .find(|kind| fold::key(&kind.id) == wanted || fold::key(&kind.plural) == wanted);
        match kind {
            Some(kind) => Ok(kind.id.value.clone()),
            None => refuse("unknown kind"),
        }
    }

    pub fn entity(&self, name: &ast::Name) -> Outcome<Thing> {
        let entities = &self.world.book.entities;
        let found: BTreeSet<Thing> = entities
            .iter()
            .filter(|entity| called(&name.form, &entity.id, &entity.name, &entity.aliases))
            .map(|entity| self.world.same.as_one(&entity.id))
            .collect();
        only(found)
    }
}

fn called(form: &NameForm, id: &str, name: &str, aliases: &[Text]) -> bool {
    match form {
        NameForm::Words(words) => {
            let wanted = fold::key(words);
            fold::key(name) == wanted || aliases.iter().any(|alias| fold::key(alias) == wanted)
        }
        NameForm::Id(wanted) => wanted == id,
        NameForm::Number(_) => false,
    }
}

fn only(found: BTreeSet<Thing>) -> Outcome<Thing> {
    match (found.len(), found.into_iter().next()) {
        (1, Some(thing)) => Ok(thing),
        (0, _) => refuse("unknown name"),
        _ => refuse("ambiguous name"),
    }
}

/// The entity, publication or source of a name.
pub fn agent(world: &World<'_>, numbered: &[String], name: &ast::Name) -> Outcome<Thing> {
    if let NameForm::Number(number) = name.form {
        let at = (number as usize).wrapping_sub(1);
        return match numbered.get(at) {
            Some(id) => Ok(Rc::from(id.as_str())),
            None => refuse("no source of that number"),
        };
    }
    let book = world.book;
    let entities = book.entities.iter().map(|e| (&e.id, &e.name, &e.aliases));
    let publications = book
        .publications
        .iter()
        .map(|p| (&p.id, &p.name, &p.aliases));
    let sources = book.sources.iter().map(|s| (&s.id, &s.title, &s.aliases));
    let found = entities
        .chain(publications)
        .chain(sources)
        .filter(|(id, title, aliases)| called(&name.form, id, title, aliases))
        .map(|(id, _, _)| world.same.as_one(id))
        .collect();
    only(found)
}

/// [`agent`] for each.
pub fn agents(
    world: &World<'_>,
    numbered: &[String],
    names: &[ast::Name],
) -> Outcome<BTreeSet<Thing>> {
    names
        .iter()
        .map(|name| agent(world, numbered, name))
        .collect()
}
