//! What stands right of the bar. Columns are guessed from the text; a wrong guess is an error that both must see.

use super::Questions;
use super::heads::Columns;

impl Questions<'_> {
    pub fn ignoring(&mut self, seldom: u32) -> String {
        if !self.one_in(seldom) {
            return String::new();
        }
        let mut names = vec![self.agent()];
        if self.one_in(3) {
            names.push(self.agent());
        }
        format!(" ignoring {}", names.join(", "))
    }

    fn column(&mut self, columns: Columns) -> String {
        let of = match columns {
            Columns::Asked => &[
                "who", "who", "whom", "what", "person", "x", "when", "where", "who2",
            ][..],
            Columns::Path => &["path"],
            Columns::Timeline => &["when", "subject", "relation", "object", "where"],
            Columns::Say => &["source", "who", "whom"],
            Columns::Contradictions => &["kind", "one", "other", "certain"],
        };
        self.word(of).to_owned()
    }

    pub fn stages(&mut self, columns: Columns) -> String {
        let mut text = String::new();
        let often = if columns == Columns::Timeline { 2 } else { 4 };
        while self.one_in(often) && text.len() < 120 {
            let stage = self.stage(columns);
            text.push_str(" | ");
            text.push_str(&stage);
        }
        if self.one_in(12) {
            text.push_str(&format!(" | diff{}", self.ignoring(1)));
        }
        text
    }

    fn stage(&mut self, columns: Columns) -> String {
        let one = self.column(columns);
        let by = if self.rng.bool() {
            format!(" by {}", self.column(columns))
        } else {
            String::new()
        };
        match self.rng.u8(..12) {
            0 => "count".to_owned(),
            1 => format!("count by {one}"),
            2 => format!("list {one}{by}"),
            3 => format!("{}{by}", self.word(&["earliest", "latest"])),
            4 | 5 => format!("where {}", self.condition(columns)),
            6 => {
                let measure = self.word(&[
                    "sources",
                    "claims",
                    "origins",
                    "certain",
                    "disputed",
                    "credibility",
                    "judged",
                ]);
                let (minus, less) = (self.word(&["-", ""]), self.word(&["-", ""]));
                format!("sort {minus}{measure}, {less}{one}")
            }
            7 => format!("sort {}{one}", self.word(&["-", ""])),
            8 => format!("take {}", self.rng.u8(1..6)),
            9 => format!("skip {}", self.rng.u8(1..3)),
            10 => format!("show {one}"),
            _ => {
                let measure = self.word(&[
                    "sources",
                    "origins",
                    "claims",
                    "certain",
                    "reliability",
                    "credibility",
                ]);
                format!("show {one}, {measure}")
            }
        }
    }

    fn condition(&mut self, columns: Columns) -> String {
        let comparison = self.word(&["=", "!=", "<", "<=", ">", ">="]);
        match self.rng.u8(..8) {
            6 => {
                let grade = self.word(&["A", "B", "C", "D", "E", "F"]);
                format!("reliability {comparison} {grade}")
            }
            7 => format!("credibility {comparison} {}", self.rng.u8(1..7)),
            0 | 1 => {
                let measure = self.word(&["sources", "origins", "claims"]);
                format!("{measure} {comparison} {}", self.rng.u8(..4))
            }
            2 => {
                let word = self.word(&["yes", "no"]);
                if columns == Columns::Contradictions && self.rng.bool() {
                    let kind = self.word(&["negation", "holders", "dates", "opposite"]);
                    return format!("kind {} {kind}", self.word(&["=", "!="]));
                }
                format!("{} = {word}", self.word(&["certain", "disputed", "judged"]))
            }
            3 => {
                if self.rng.u8(..3) == 0 {
                    let other = self.word(&["when", "when2"]);
                    return format!("when within {} days of {other}", self.rng.u16(..400));
                }
                let date = self.word(&["2025", "2025-10", "2025-11-02", "2024"]);
                format!("when {comparison} {date}")
            }
            4 => {
                let kind = self.word(&["people", "companies", "person"]);
                format!("{} is {kind}", self.column(columns))
            }
            _ => match self.rng.choice(&self.book.entities) {
                Some(entity) => {
                    let name = self.name(entity);
                    format!(
                        "{} {} {name}",
                        self.column(columns),
                        self.word(&["=", "!=", "is"])
                    )
                }
                None => "claims > 0".to_owned(),
            },
        }
    }
}
