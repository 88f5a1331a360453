//! The commands of the prompt: `:name arguments`, the same when they come from a pipe.

mod guide;
mod set;
mod work;

use super::{Reply, Session};
use crate::text::{safe, suggest};

/// A command.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// Its name, without the colon.
    pub name: &'static str,
    /// What follows it, as the help shows it.
    pub arguments: &'static str,
    /// What it does, in a few words.
    pub about: &'static str,
    /// What its first argument is, for completion.
    pub takes: Takes,
    /// Does it.
    pub run: fn(&mut Session, &str) -> Reply,
}

/// What the arguments of a command are.
#[derive(Debug, Clone, Copy)]
pub enum Takes {
    /// Nothing that could be completed.
    Nothing,
    /// The name of a command.
    Command,
    /// A question.
    Question,
    /// The name of something.
    Thing,
    /// The name of an entity.
    Entity,
    /// A source.
    Source,
    /// The number of a row.
    Row,
    /// One of these.
    Words(fn() -> Vec<&'static str>),
    /// One of these, then a file.
    WordThenFile(fn() -> Vec<&'static str>),
    /// A file.
    File,
}

/// Every command, in the order of the help.
pub const COMMANDS: &[Command] = &[
    command(
        "help",
        "[COMMAND]",
        "the language on one page, or a command",
        Takes::Command,
        guide::help,
    ),
    command(
        "examples",
        "",
        "questions that this casebook answers",
        Takes::Nothing,
        guide::examples,
    ),
    command(
        "schema",
        "",
        "kinds and relations: what can be asked",
        Takes::Nothing,
        |session, _| session.schema(),
    ),
    command(
        "sources",
        "",
        "the sources of the casebook",
        Takes::Nothing,
        |session, _| session.list_sources(),
    ),
    command(
        "why",
        "[ROW]",
        "claims, sources and passages behind a row of the last answer",
        Takes::Row,
        |session, row| session.why(row),
    ),
    command(
        "source",
        "NUMBER|NAME",
        "a source, by its number in the last answer or by name",
        Takes::Source,
        |session, name| session.source(name),
    ),
    command(
        "show",
        "NAME",
        "all that is known of an entity, a source or a claim",
        Takes::Thing,
        |session, name| session.show(name),
    ),
    command(
        "timeline",
        "NAME",
        "the claims about an entity in the order of time",
        Takes::Entity,
        |session, name| session.timeline(name),
    ),
    command(
        "reading",
        "[QUESTION]",
        "how a question is understood; without one, the last",
        Takes::Question,
        work::reading,
    ),
    command(
        "plan",
        "[QUESTION]",
        "how a question is worked out; without one, the last",
        Takes::Question,
        work::plan,
    ),
    command(
        "last",
        "",
        "the last answer again",
        Takes::Nothing,
        work::last,
    ),
    command(
        "mode",
        "[FORMAT]",
        "the format of answers",
        Takes::Words(set::formats),
        set::mode,
    ),
    command(
        "set",
        "[NAME VALUE]",
        "limits, color, width, pager, passages, param; without a name, all of them",
        Takes::Words(set::names),
        set::set,
    ),
    command(
        "timing",
        "[on|off]",
        "whether the time that a line takes is said",
        Takes::Words(|| vec!["on", "off"]),
        set::timing,
    ),
    command(
        "read",
        "FILE",
        "asks the questions of a script",
        Takes::File,
        work::read,
    ),
    command(
        "export",
        "FORMAT [last] [FILE]",
        "the casebook, or what supports the last answer, in another format",
        Takes::WordThenFile(work::exporters),
        work::export,
    ),
    command(
        "reload",
        "",
        "reads the casebook again",
        Takes::Nothing,
        work::reload,
    ),
    command(
        "keys",
        "",
        "the keys of the prompt",
        Takes::Nothing,
        guide::keys,
    ),
    command("quit", "", "leaves", Takes::Nothing, work::quit),
];

const fn command(
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    takes: Takes,
    run: fn(&mut Session, &str) -> Reply,
) -> Command {
    Command {
        name,
        arguments,
        about,
        takes,
        run,
    }
}

/// Other names that people try.
const OTHER_NAMES: &[(&str, &str)] = &[("?", "help"), ("exit", "quit"), ("explain", "plan")];

/// Runs a command, given without its colon.
pub fn run(session: &mut Session, line: &str) -> Reply {
    let line = line.trim();
    let (name, arguments) = split_name(line);
    match find(name) {
        Ok(command) => (command.run)(session, arguments),
        Err(problem) => Reply::refusal(&problem),
    }
}

/// The first word and the rest. `:?x` is `:? x`.
fn split_name(line: &str) -> (&str, &str) {
    if let Some(rest) = line.strip_prefix('?') {
        return ("?", rest.trim());
    }
    line.split_once(char::is_whitespace)
        .map_or((line, ""), |(name, rest)| (name, rest.trim()))
}

/// The command that a name or an unambiguous beginning of one means.
///
/// # Errors
/// A message when there is none, or more than one.
pub fn find(name: &str) -> Result<&'static Command, String> {
    let folded = name.trim_start_matches(':').to_lowercase();
    let folded = OTHER_NAMES
        .iter()
        .find(|(other, _)| *other == folded)
        .map_or(folded.as_str(), |(_, name)| name);
    if let Some(command) = COMMANDS.iter().find(|command| command.name == folded) {
        return Ok(command);
    }
    let begun: Vec<&Command> = COMMANDS
        .iter()
        .filter(|command| !folded.is_empty() && command.name.starts_with(folded))
        .collect();
    let list = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| format!("`:{name}`")).collect();
        names.join(" or ")
    };
    match begun.as_slice() {
        [command] => Ok(command),
        [] => {
            let near = suggest::suggest(folded, COMMANDS.iter().map(|command| command.name));
            let shown = safe::shorten(name, 40);
            Err(if near.is_empty() {
                format!("there is no command `:{shown}`; `:help` lists them")
            } else {
                format!(
                    "there is no command `:{shown}`; did you mean {}?",
                    list(&near)
                )
            })
        }
        several => {
            let names: Vec<&str> = several.iter().map(|command| command.name).collect();
            Err(format!("`:{folded}` could be {}", list(&names)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_their_beginnings() {
        let found = |name: &str| find(name).map(|command| command.name);
        assert_eq!(found("help"), Ok("help"));
        assert_eq!(found("?"), Ok("help"));
        assert_eq!(found("q"), Ok("quit"));
        assert_eq!(
            found("source"),
            Ok("source"),
            "a whole name wins over a beginning"
        );
        assert_eq!(
            found("re"),
            Err("`:re` could be `:reading` or `:read` or `:reload`".to_owned())
        );
        assert_eq!(found("read"), Ok("read"));
        assert_eq!(
            found("tmeline"),
            Err("there is no command `:tmeline`; did you mean `:timeline`?".to_owned())
        );
    }
}
