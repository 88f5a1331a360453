//! A bar with rate and time left, on standard error, where that is a terminal. The only home of `indicatif`.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _};

/// How far something has come. Shown only to somebody who looks.
#[derive(Debug)]
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar over so many bytes, if that is known.
    #[must_use]
    pub fn new(bytes: Option<u64>) -> Self {
        let target = if io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(bytes, target);
        let template = if bytes.is_some() {
            "{bar:24} {percent:>3} %  {bytes_per_sec}  {msg}  {eta} left"
        } else {
            "{spinner} {bytes}  {bytes_per_sec}  {msg}"
        };
        // The template is ours; were it wrong, the bar would look as indicatif likes.
        let style = ProgressStyle::with_template(template);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self(bar)
    }

    /// So many bytes and rows have been read.
    pub fn at(&self, bytes: u64, rows: u64) {
        if self.0.is_hidden() {
            return;
        }
        self.0.set_position(bytes);
        let seconds = self.0.elapsed().as_secs().max(1);
        self.0
            .set_message(format!("{rows} rows, {} a second", rows / seconds));
    }

    /// Takes the bar off the screen.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}
