//! How questions are asked and answers shown.

use crate::load::FileLimits;
use crate::query::limits::Limits;
use crate::query::simplify::Passes;
use crate::render::{Format, Screen};
use std::path::PathBuf;

/// How questions are asked and answers shown.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The format of answers.
    pub format: Format,
    /// The screen that answers go to.
    pub answers: Screen,
    /// The screen that everything else goes to.
    pub notices: Screen,
    /// What a question may cost.
    pub limits: Limits,
    /// How large files may be.
    pub files: FileLimits,
    /// The directory of stored texts, where one was named.
    pub texts: Option<PathBuf>,
    /// The directory in which large casebooks are kept compiled; `None` keeps none.
    pub cache: Option<PathBuf>,
    /// Whether passages are shown under claims, where texts are at hand.
    pub passages: bool,
    /// What makes answers come sooner; they are the same without.
    pub passes: Passes,
    /// Values of `$name`.
    pub parameters: Vec<(String, String)>,
    /// Whether every rule is run when a casebook is opened, also those that only give hints: what `check` needs. Who asks
    /// needs those that make records unusable.
    pub every_rule: bool,
    /// Whether the time that a line takes is said.
    pub timing: bool,
    /// Whether long answers go through a pager at the prompt.
    pub pager: bool,
    /// A width that was set by hand.
    pub width: Option<usize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            format: Format::Table,
            answers: Screen::PIPE,
            notices: Screen::PIPE,
            limits: Limits::default(),
            files: FileLimits::default(),
            texts: None,
            cache: None,
            passages: true,
            passes: Passes::ALL,
            parameters: Vec::new(),
            every_rule: false,
            timing: false,
            pager: true,
            width: None,
        }
    }
}

impl Settings {
    /// Sets the value of `$name`, in place of one it may have had.
    pub fn set_parameter(&mut self, name: &str, value: &str) {
        self.parameters.retain(|(known, _)| known != name);
        self.parameters.push((name.to_owned(), value.to_owned()));
    }
}
