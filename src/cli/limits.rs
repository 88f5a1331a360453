//! One flag for every limit, made from the tables of limits.

use crate::load::FileLimits;
use crate::query::limits::{LIMITS, Limit, Limits};
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

/// Every limit with its default.
fn all() -> impl Iterator<Item = (&'static Limit, u64)> {
    let default = |name: &str| {
        let asking = Limits::default().get(name);
        asking.or_else(|| limits::get(&FileLimits::default(), name))
    };
    LIMITS
        .iter()
        .chain(FILE_LIMITS)
        .map(move |limit| (limit, default(limit.name).unwrap_or(0)))
}

impl clap::Args for Flags {
    fn augment_args(command: Command) -> Command {
        all().fold(command, |command, (limit, default)| {
            command.arg(
                Arg::new(limit.flag)
                    .long(limit.flag.trim_start_matches('-'))
                    .value_name(limit.unit)
                    .help(format!("Limit: {} [default: {default}]", limit.about))
                    .help_heading("Limits")
                    .hide_short_help(true)
                    .global(true)
                    .value_parser(value_parser!(u64).range(1..=limit.most)),
            )
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        // The flag is the argument's id too, so that no argument of a command has the same.
        let given = |limit: &'static Limit| {
            let value = matches.get_one::<u64>(limit.flag)?;
            Some((limit.name, *value))
        };
        Ok(Self(all().filter_map(|(limit, _)| given(limit)).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
