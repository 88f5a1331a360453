//! A script cut into questions and what they must answer. Every byte keeps its place, so that expectations can be
//! rewritten and nothing else is touched.

use std::ops::Range;

/// A script.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script {
    /// Its questions, in order.
    pub cases: Vec<Case>,
    /// Lines (from 1) with expectations that follow no question.
    pub stray: Vec<usize>,
}

/// A question and what it must answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The bytes of the question, without the `;` that ends it.
    pub question: Range<usize>,
    /// The line where it begins, from 1.
    pub line: usize,
    /// The bytes of the lines of its expectation; empty where it has none, at the place where they would stand.
    pub expectation: Range<usize>,
    /// Whether another question follows on its last line, so that no expectation can stand between.
    pub crowded: bool,
    /// It ended at `;`, or a blank line, or an expectation: what may no longer be added to it.
    ended: bool,
}

impl Script {
    /// Cuts a script up. Never fails.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut splitter = Splitter::default();
        let mut at = 0;
        for (number, line) in (1..).zip(text.split_inclusive('\n')) {
            splitter.line(line, number, at);
            at += line.len();
        }
        splitter.close(at);
        splitter.script
    }
}

#[derive(Default)]
struct Splitter {
    script: Script,
    /// The question that is still open: its bytes so far, and the line where it begins.
    open: Option<(Range<usize>, usize)>,
    /// The line before was an expectation.
    expecting: bool,
}

impl Splitter {
    fn line(&mut self, line: &str, number: usize, at: usize) {
        let trimmed = line.trim();
        let end = at + line.len();
        if trimmed.starts_with("#=") || trimmed.starts_with("#!") {
            self.close(at);
            return self.expectation(number, at, end);
        }
        self.expecting = false;
        if trimmed.is_empty() {
            return self.close(at);
        }
        if trimmed.starts_with('|') && self.open.is_none() {
            self.reopen();
        }
        self.content(line, number, at);
    }

    fn expectation(&mut self, number: usize, at: usize, end: usize) {
        match self.script.cases.last_mut() {
            Some(case) if self.expecting && case.expectation.end == at => {
                case.expectation.end = end;
            }
            Some(case) if case.expectation.is_empty() && case.expectation.start == at => {
                case.expectation = at..end;
                case.ended = true;
            }
            _ => self.script.stray.push(number),
        }
        self.expecting = true;
    }

    /// A line that begins with `|` continues the question before it, over a blank line too.
    fn reopen(&mut self) {
        if self.script.cases.last().is_some_and(|case| !case.ended)
            && let Some(case) = self.script.cases.pop()
        {
            self.open = Some((case.question, case.line));
        }
    }

    fn content(&mut self, line: &str, number: usize, at: usize) {
        let mut quoted = false;
        for (offset, c) in line.char_indices() {
            let place = at + offset;
            match c {
                '"' => quoted = !quoted,
                '#' if !quoted => break,
                ';' if !quoted => {
                    self.close(at + line.len());
                    if let Some(case) = self.script.cases.last_mut() {
                        case.ended = true;
                    }
                    continue;
                }
                c if c.is_whitespace() => continue,
                _ => {}
            }
            match &mut self.open {
                Some((question, _)) => question.end = place + c.len_utf8(),
                None => {
                    if let Some(before) = self.script.cases.last_mut()
                        && before.expectation.start > at
                    {
                        before.crowded = true;
                    }
                    self.open = Some((place..place + c.len_utf8(), number));
                }
            }
        }
    }

    /// Ends the open question; its expectation would stand at the byte `next`.
    fn close(&mut self, next: usize) {
        if let Some((question, line)) = self.open.take() {
            self.script.cases.push(Case {
                question,
                line,
                expectation: next..next,
                crowded: false,
                ended: false,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, &str)> {
        let script = Script::parse(text);
        let cut = |range: &Range<usize>| &text[range.clone()];
        script
            .cases
            .iter()
            .map(|case| (cut(&case.question), cut(&case.expectation)))
            .collect()
    }

    #[test]
    fn questions_end_at_blank_lines_semicolons_and_expectations() {
        assert_eq!(
            cut("# a\nwho met A # b\n  in C\n\nx; y ;\r\nz"),
            [("who met A # b\n  in C", ""), ("x", ""), ("y", ""), ("z", "")]
        );
        assert_eq!(
            cut("a\n#= who\n#= B\n# c\n#= stray\nb\n#! oops\n"),
            [("a", "#= who\n#= B\n"), ("b", "#! oops\n")]
        );
        assert_eq!(Script::parse("#= x\na\n\n#= y\n").stray, [1, 4]);
    }

    #[test]
    fn a_bar_continues_even_after_a_blank_line() {
        assert_eq!(
            cut("a\n| count\n\n| take 1\n\nb;\n| count\n"),
            [("a\n| count\n\n| take 1", ""), ("b", ""), ("| count", "")]
        );
    }

    #[test]
    fn marks_in_quotes_end_nothing() {
        assert_eq!(cut("who met \"a; #b\"; c"), [("who met \"a; #b\"", ""), ("c", "")]);
        let script = Script::parse("a; b\n");
        assert!(script.cases[0].crowded && !script.cases[1].crowded);
    }
}
