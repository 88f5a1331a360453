//! Commands that change the settings: mode, set, timing.

use crate::query::limits::LIMITS;
use crate::render::{FORMATS, Format};
use crate::session::limits::{self, FILE_LIMITS};
use crate::session::{Reply, Session};
use crate::text::{safe, suggest};

/// The names of the formats.
pub(super) fn formats() -> Vec<&'static str> {
    FORMATS.iter().map(|format| format.name).collect()
}

/// What `:set` sets.
pub(super) fn names() -> Vec<&'static str> {
    ["color", "width", "pager", "passages", "param"]
        .into_iter()
        .chain(LIMITS.iter().map(|limit| limit.name))
        .chain(FILE_LIMITS.iter().map(|limit| limit.name))
        .collect()
}

/// `:mode`, `:mode json`
pub(super) fn mode(session: &mut Session, name: &str) -> Reply {
    if name.is_empty() {
        return Reply::answer(session.settings.format.name());
    }
    match Format::find(name) {
        Some(format) => {
            session.settings.format = format;
            Reply::default()
        }
        None => Reply::refusal(&unknown("format", name, &formats())),
    }
}

/// `:timing`, `:timing on`
pub(super) fn timing(session: &mut Session, value: &str) -> Reply {
    match value {
        "" => Reply::answer(on_off(session.settings.timing)),
        "on" => {
            session.settings.timing = true;
            Reply::default()
        }
        "off" => {
            session.settings.timing = false;
            Reply::default()
        }
        _ => Reply::refusal("say `:timing on` or `:timing off`"),
    }
}

/// `:set`, `:set rows 1000`
pub(super) fn set(session: &mut Session, arguments: &str) -> Reply {
    let (name, value) = arguments
        .split_once(char::is_whitespace)
        .map_or((arguments, ""), |(name, value)| (name, value.trim()));
    let settings = &mut session.settings;
    let done = match (name, value) {
        ("", _) => return Reply::answer(all(session)),
        ("color" | "colour", value) => switch(value).map(|on| {
            settings.answers.color = on;
            settings.notices.color = on;
        }),
        ("pager", value) => switch(value).map(|on| settings.pager = on),
        ("passages", value) => switch(value).map(|on| {
            settings.passages = on;
            session.engine.passages.show(on);
        }),
        ("width", "auto") => {
            settings.width = None;
            Ok(())
        }
        ("width", value) => match value.parse() {
            Ok(width @ 20..=10_000) => {
                settings.width = Some(width);
                settings.answers.width = width;
                Ok(())
            }
            _ => Err("a width is a number from 20 to 10000, or `auto`".to_owned()),
        },
        ("param", value) => parameter(session, value),
        (name, value) => limit(session, name, value),
    };
    match done {
        Ok(()) => Reply::default(),
        Err(problem) => Reply::refusal(&problem),
    }
}

fn switch(value: &str) -> Result<bool, String> {
    match value {
        "on" | "always" => Ok(true),
        "off" | "never" => Ok(false),
        _ => Err("say `on` or `off`".to_owned()),
    }
}

fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

fn parameter(session: &mut Session, text: &str) -> Result<(), String> {
    let (name, value) = text
        .split_once('=')
        .or_else(|| text.split_once(char::is_whitespace))
        .map_or((text, ""), |(name, value)| (name.trim(), value.trim()));
    let name = name.trim_start_matches('$');
    if name.is_empty() || value.is_empty() {
        return Err("say `:set param NAME VALUE`; questions then write $NAME".to_owned());
    }
    session.settings.set_parameter(name, value);
    Ok(())
}

fn limit(session: &mut Session, name: &str, value: &str) -> Result<(), String> {
    let settings = &mut session.settings;
    let known = settings.limits.get(name).is_some() || limits::get(&settings.files, name).is_some();
    if !known {
        return Err(unknown("setting", name, &names()));
    }
    let good = value.parse().is_ok_and(|value: u64| {
        settings.limits.set(name, value) || limits::set(&mut settings.files, name, value)
    });
    if good {
        Ok(())
    } else {
        let most = LIMITS
            .iter()
            .find(|limit| limit.name == name && limit.most < u64::MAX);
        let most = most.map_or(String::new(), |limit| format!(" to {}", limit.most));
        Err(format!("`{name}` takes a whole number from 1{most}"))
    }
}

fn unknown(what: &str, name: &str, known: &[&'static str]) -> String {
    let near = suggest::suggest(name, known.iter().copied());
    let choice = if near.is_empty() { known } else { &near };
    let choice: Vec<String> = choice.iter().map(|name| format!("`{name}`")).collect();
    let shown = safe::shorten(name, 40);
    if near.is_empty() {
        format!(
            "there is no {what} `{shown}`; there are {}",
            choice.join(", ")
        )
    } else {
        format!(
            "there is no {what} `{shown}`; did you mean {}?",
            choice.join(" or ")
        )
    }
}

/// Every setting with its value.
fn all(session: &Session) -> String {
    let settings = &session.settings;
    let mut text = String::new();
    let mut line = |name: &str, value: &str, about: &str| {
        let line = format!("  {name:<16} {value:<18} {about}");
        text.push_str(line.trim_end());
        text.push('\n');
    };
    line("color", on_off(settings.answers.color), "");
    let width = settings
        .width
        .map_or("auto".to_owned(), |width| width.to_string());
    line("width", &width, "columns of a table");
    line(
        "pager",
        on_off(settings.pager),
        "long answers at the prompt",
    );
    line(
        "passages",
        on_off(settings.passages),
        "under claims, where texts are at hand",
    );
    let mut values = vec![];
    for limit in LIMITS {
        values.push((
            limit.name,
            settings.limits.get(limit.name),
            limit.about,
            limit.unit,
        ));
    }
    for limit in FILE_LIMITS {
        let value = limits::get(&settings.files, limit.name);
        values.push((limit.name, value, limit.about, limit.unit));
    }
    for (name, value, about, unit) in values {
        let value = value.map_or(String::new(), |value| format!("{value} {unit}"));
        line(name, &value, about);
    }
    for (name, value) in &settings.parameters {
        line("param", &safe::safe(&format!("{name}={value}")), "");
    }
    text
}
