//! Layer 6: the command line. Reads arguments, calls the session, writes to the two streams, and ends with a status.

pub mod args;
mod cache;
mod difference;
mod import;
mod limits;
mod report;
mod scripts;

use crate::columns::guarded;
use crate::export::Selection;
use crate::load::{LoadError, LoadErrorKind, files};
use crate::render::Format;
use crate::session::{Citing, Origin, Outcome, Reply, Session, Settings};
use crate::terminal::Done;
use crate::terminal::{self, Closed, Environment, Status, finish};
use crate::text::safe::safe;
use args::{Cli, Command, Common};
use clap::{ColorChoice, CommandFactory as _, FromArgMatches as _};
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Runs the program with the arguments of the process. `prompt` is what runs when they name no command.
#[must_use]
pub fn run(prompt: fn(&mut Session) -> Done) -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    match parse(&arguments) {
        Ok(cli) => dispatch(cli, prompt).into(),
        Err(status) => status.into(),
    }
}

/// Reads the arguments. Help and usage errors are printed by clap, in the colours that `--color` asks for.
fn parse(arguments: &[OsString]) -> Result<Cli, Status> {
    let command = Cli::command().color(color_choice(arguments));
    let parsed = command
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| {
        // A pipe that nobody reads is no failure.
        let _ = error.print();
        if error.use_stderr() {
            Status::Usage
        } else {
            Status::Done
        }
    })
}

/// What `--color` says, seen before clap has read the arguments, for its own messages.
fn color_choice(arguments: &[OsString]) -> ColorChoice {
    let mut words = arguments.iter().filter_map(|argument| argument.to_str());
    let mut when = None;
    while let Some(word) = words.next() {
        if word == "--" {
            break;
        }
        if word == "--color" {
            when = words.next();
        } else if let Some(value) = word.strip_prefix("--color=") {
            when = Some(value);
        }
    }
    match when {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

fn dispatch(cli: Cli, prompt: fn(&mut Session) -> Done) -> Status {
    let common = &cli.common;
    let done = match cli.command {
        None | Some(Command::Repl) => with_records(common, prompt),
        Some(Command::Ask(ask)) => with_records(common, |session| one_question(session, &ask)),
        Some(Command::Run(run)) => with_records(common, |session| scripts::run(session, &run)),
        Some(Command::Test(test)) => with_records(common, |session| scripts::test(session, &test)),
        Some(Command::Check(check)) if !check.without.is_empty() => {
            with_records(common, |session| {
                terminal::say(&session.remarks());
                terminal::listen(&session.interrupt);
                finish(&session.check_without(&check.without, &check.questions))
            })
        }
        Some(Command::Check(_)) => {
            let settings = Settings {
                every_rule: true,
                ..settings(common)
            };
            with_session(common, settings, |session| {
                terminal::say(session.origin.remark());
                finish(&session.check())
            })
        }
        Some(Command::Verify) => with_records(common, |session| {
            // What is wrong is shown where it stands.
            session.read_sources();
            verify(session)
        }),
        Some(Command::Cite(cite)) => with_records(common, |session| {
            terminal::say(&session.remarks());
            let how = Citing {
                sentence: cite.sentence,
                quote: cite.quote,
            };
            finish(&session.cite(&cite.source, &cite.words.join(" "), how))
        }),
        Some(Command::Show(named)) => with_records(common, |session| {
            terminal::say(&session.remarks());
            finish(&session.show(&named.words.join(" ")))
        }),
        Some(Command::Timeline(named)) => with_records(common, |session| {
            terminal::say(&session.remarks());
            terminal::listen(&session.interrupt);
            let reply = session.timeline(&named.words.join(" "));
            finish(&reply)
        }),
        Some(Command::Report(report)) => {
            with_records(common, |session| report::report(session, &report))
        }
        Some(Command::Diff(diff)) => difference::diff(common, &diff),
        Some(Command::Export(export)) => {
            with_records(common, |session| self::export(session, &export))
        }
        Some(Command::Compile(compile)) => with_records(common, |session| {
            session.read_sources();
            terminal::say(&session.remarks());
            finish(&session.compile(&compile.output))
        }),
        Some(Command::Import(args::Import::Events(events))) => import::events(&events),
        Some(Command::Completions { shell }) => completions(shell),
        Some(Command::Man) => manual(),
    };
    done.unwrap_or_else(Closed::status)
}

/// Opens the casebook that the flags name, and says on standard error what should be known of it.
fn with_session(
    common: &Common,
    settings: Settings,
    work: impl FnOnce(&mut Session) -> Done,
) -> Done {
    let origin = Origin::choose(common.casebook.clone());
    let mut session = match Session::open(origin, settings) {
        Ok(session) => session,
        Err(error) => return Ok(cannot_load(&error)),
    };
    match guarded(|| work(&mut session)) {
        Ok(done) => done,
        Err(damaged) => finish(&session.damaged(damaged)),
    }
}

/// The same for what needs something to ask: where nothing of the casebook can be used, its problems are the reply.
fn with_records(common: &Common, work: impl FnOnce(&mut Session) -> Done) -> Done {
    with_session(common, settings(common), |session| {
        if !session.is_void() {
            return work(session);
        }
        let reply = session.check();
        terminal::say(&reply.answer);
        terminal::say(&reply.notices);
        Ok(Status::NoCasebook)
    })
}

fn settings(common: &Common) -> Settings {
    let environment = Environment::read();
    let answers = terminal::answers(&environment, common.when());
    let default = if terminal::is_terminal() {
        Format::Table
    } else {
        Format::Tsv
    };
    let mut settings = Settings {
        format: common
            .format
            .as_deref()
            .and_then(Format::find)
            .unwrap_or(default),
        answers,
        notices: terminal::notices(&environment, common.when()),
        texts: common.texts.clone(),
        cache: cache::directory(!common.no_cache),
        ..Settings::default()
    };
    common.limits.apply_asking(&mut settings.limits);
    common.limits.apply_files(&mut settings.files);
    settings
}

fn cannot_load(error: &LoadError) -> Status {
    let mut text = format!("error: {}\n", safe(&error.message));
    if !error.help.is_empty() {
        text.push_str(&format!("  = help: {}\n", safe(&error.help)));
    }
    terminal::say(&text);
    match error.kind {
        LoadErrorKind::NotLoadable => Status::NoCasebook,
        LoadErrorKind::InputOutput => Status::Files,
    }
}

fn one_question(session: &mut Session, ask: &args::Ask) -> Done {
    terminal::say(&session.remarks());
    terminal::listen(&session.interrupt);
    for pass in &ask.without_pass {
        let passes = session.settings.passes;
        session.settings.passes = passes.without(pass).unwrap_or(passes);
    }
    let question = ask.words.join(" ");
    let reply = match ask.explain {
        true => session.plan(&question),
        false => session.ask(&question),
    };
    let status = finish(&reply)?;
    Ok(if ask.exit_status && reply.outcome == Outcome::Empty {
        Status::Findings
    } else {
        status
    })
}

/// How long `verify` works in silence.
const SILENCE: Duration = Duration::from_secs(1);

fn verify(session: &mut Session) -> Done {
    terminal::say(&session.remarks());
    terminal::listen(&session.interrupt);
    let began = Instant::now();
    let shown = session.settings.notices.width > 0;
    let mut last = began;
    let mut drawn = false;
    let reply = session.verify(&mut |done, all| {
        let now = Instant::now();
        let due = now - began > SILENCE && now - last > SILENCE / 10;
        if shown && due {
            terminal::say(&format!("\rcomparing: {done} of {all} sources"));
            (last, drawn) = (now, true);
        }
    });
    if drawn {
        // The line is wiped.
        terminal::say("\r\u{1b}[K");
    }
    finish(&reply)
}

fn export(session: &mut Session, export: &args::Export) -> Done {
    terminal::say(&session.remarks());
    let selection = match &export.question {
        None => Selection::whole(),
        Some(question) => {
            terminal::listen(&session.interrupt);
            match session.answer(question) {
                Ok(answer) => Selection::of(&answer),
                Err(failure) => return finish(&session.refuse(question, &failure)),
            }
        }
    };
    let text = match session.export(&export.format, &selection) {
        Ok(text) => text,
        Err(problem) => return finish(&Reply::refusal(&problem)),
    };
    let Some(path) = &export.output else {
        terminal::write(&text)?;
        return Ok(Status::Done);
    };
    save(path, &text)
}

/// Writes a text to a file, as a whole or not at all.
fn save(path: &Path, text: &str) -> Done {
    match files::write_atomically(path, text.as_bytes()) {
        Ok(()) => Ok(Status::Done),
        Err(error) => {
            let name = safe(&path.display().to_string());
            let problem = format!("`{name}` cannot be written: {error}");
            finish(&Reply::failure(Outcome::Files, &problem))
        }
    }
}

fn completions(shell: clap_complete::Shell) -> Done {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "casebook", &mut text);
    terminal::write(&String::from_utf8_lossy(&text))?;
    Ok(Status::Done)
}

fn manual() -> Done {
    let mut text = Vec::new();
    match clap_mangen::Man::new(Cli::command()).render(&mut text) {
        Ok(()) => terminal::write(&String::from_utf8_lossy(&text)).map(|()| Status::Done),
        Err(error) => Err(Closed::Failed(error)),
    }
}
