//! The confusion table: what class of damage or of harmless spelling was given which grade.

use super::corpus::Trial;
use crate::tidy::root;
use casebook::evidence::Grade;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;

/// The document is read and written by one test at a time.
static DOCUMENT: Mutex<()> = Mutex::new(());

/// Whether a passage with this grade counts as found.
fn passes(grade: Grade) -> bool {
    !grade.fails() && grade != Grade::Unchecked
}

/// Grades counted by class; and what was graded wrongly.
#[derive(Default)]
pub(super) struct Table {
    rows: [BTreeMap<String, [usize; 8]>; 2],
    pub(super) wrong: Vec<String>,
}

impl Table {
    pub(super) fn add(&mut self, trial: &Trial) {
        let finding = trial.finding();
        let row = self.rows[usize::from(trial.harmless)]
            .entry(trial.class.clone())
            .or_default();
        let column = Grade::ALL.iter().position(|grade| *grade == finding.grade);
        row[column.unwrap()] += 1;
        if passes(finding.grade) != trial.harmless {
            self.wrong.push(format!(
                "{}: {}\n    {}\n    {:?}: {}",
                if trial.harmless {
                    "false alarm"
                } else {
                    "miss"
                },
                trial.class,
                trial.name,
                finding.grade,
                finding.message
            ));
        }
    }

    /// How many trials of damage, or of harmless spellings, there are.
    pub(super) fn count(&self, harmless: bool) -> usize {
        self.rows[usize::from(harmless)].values().flatten().sum()
    }

    /// The table in Markdown.
    pub(super) fn markdown(&self) -> String {
        let mut text = String::new();
        for (what, rows) in ["damaged: must be caught", "harmless: must pass"]
            .iter()
            .zip(&self.rows)
        {
            let names = Grade::ALL.map(Grade::word).join(" | ");
            let _ = writeln!(text, "| {what} | {names} |\n| --- |{}", " ---: |".repeat(8));
            let mut sum = [0; 8];
            for (class, counts) in rows {
                line(&mut text, class, counts);
                for (sum, count) in sum.iter_mut().zip(counts) {
                    *sum += count;
                }
            }
            line(&mut text, "**all**", &sum);
            text.push('\n');
        }
        text
    }

    /// Fails when something was graded wrongly, or when the document shows another table.
    #[track_caller]
    #[allow(clippy::print_stdout, reason = "a test shows what it measured")]
    pub(super) fn holds(&self, name: &str) {
        let table = self.markdown();
        println!("{table}");
        assert!(
            self.wrong.is_empty(),
            "{} of {} were graded wrongly\n{}\n",
            self.wrong.len(),
            self.count(false) + self.count(true),
            self.wrong.join("\n")
        );
        let _one = DOCUMENT.lock();
        let path = root().join("docs/evidence.md");
        let document = std::fs::read_to_string(&path).unwrap();
        let (begin, end) = (
            format!("<!-- {name} -->\n\n"),
            format!("<!-- end of {name} -->"),
        );
        let (before, rest) = document.split_once(&begin).unwrap();
        let (shown, after) = rest.split_once(&end).unwrap();
        if shown != table {
            assert!(
                std::env::var_os("UPDATE").is_some(),
                "docs/evidence.md shows another table (UPDATE=1 writes it):\n{table}"
            );
            std::fs::write(&path, format!("{before}{begin}{table}{end}{after}")).unwrap();
        }
    }
}

fn line(text: &mut String, class: &str, counts: &[usize; 8]) {
    let _ = write!(text, "| {class} |");
    for count in counts {
        let shown = if *count == 0 {
            String::new()
        } else {
            count.to_string()
        };
        let _ = write!(text, " {shown} |");
    }
    text.push('\n');
}
