//! One flag for every limit, made from the tables of limits.

use crate::load::FileLimits;
use crate::query::limits::{LIMITS, Limits};
use crate::session::limits::{self, FILE_LIMITS};
use clap::{Arg, ArgMatches, Command, Error, FromArgMatches, value_parser};

/// The limits that were given, by name.
#[derive(Debug, Clone, Default)]
pub struct Flags(Vec<(&'static str, u64)>);

impl Flags {
    /// Sets the limits of asking that were given.
    pub fn apply_asking(&self, limits: &mut Limits) {
        for &(name, value) in &self.0 {
            limits.set(name, value);
        }
    }

    /// Sets the limits of files that were given.
    pub fn apply_files(&self, limits: &mut FileLimits) {
        for &(name, value) in &self.0 {
            limits::set(limits, name, value);
        }
    }
}

/// Name, flag, what it bounds, unit, default and highest value of every limit.
fn all() -> impl Iterator<
    Item = (
        &'static str,
        &'static str,
        &'static str,
        &'static str,
        u64,
        u64,
    ),
> {
    let asked = LIMITS.iter().map(|limit| {
        let default = Limits::default().get(limit.name).unwrap_or(0);
        (
            limit.name,
            limit.flag,
            limit.about,
            limit.unit,
            default,
            limit.most,
        )
    });
    let read = FILE_LIMITS.iter().map(|limit| {
        let default = limits::get(&FileLimits::default(), limit.name).unwrap_or(0);
        (
            limit.name,
            limit.flag,
            limit.about,
            limit.unit,
            default,
            u64::MAX,
        )
    });
    asked.chain(read)
}

impl clap::Args for Flags {
    fn augment_args(command: Command) -> Command {
        all().fold(
            command,
            |command, (name, flag, about, unit, default, most)| {
                command.arg(
                    Arg::new(name)
                        .long(flag.trim_start_matches('-'))
                        .value_name(unit)
                        .help(format!("Limit: {about} [default: {default}]"))
                        .help_heading("Limits")
                        .hide_short_help(true)
                        .global(true)
                        .value_parser(value_parser!(u64).range(1..=most)),
                )
            },
        )
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = |name: &'static str| Some((name, *matches.get_one::<u64>(name)?));
        Ok(Self(all().filter_map(|limit| given(limit.0)).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
