//! Admiralty grades in words. The two stand side by side and are never made one number.

use crate::graph::{GradedBy, Graph, SourceIndex};
use crate::model::{Evidence, Reliability};

/// `B, as Skarrow Courier`: how reliable a source is, and where that is written; empty for one without a grade.
pub(super) fn reliability(graph: &Graph, source: SourceIndex) -> String {
    match graph.reliability(source) {
        None => String::new(),
        Some((grade, GradedBy::Source)) => letter(grade),
        Some((grade, GradedBy::Publication(at))) => {
            format!("{}, as {}", letter(grade), *graph.publication(at).name)
        }
    }
}

/// The grades of a piece of evidence, each by its name; none that is not given.
pub(super) fn of_evidence(graph: &Graph, source: SourceIndex, evidence: &Evidence) -> Vec<String> {
    let reliability = Some(reliability(graph, source)).filter(|grade| !grade.is_empty());
    let credibility = evidence.credibility.as_ref();
    let reliability = reliability.map(|grade| format!("reliability {grade}"));
    let credibility = credibility.map(|grade| format!("credibility {}", grade.value));
    reliability.into_iter().chain(credibility).collect()
}

/// ` · B2`, as the scale is written; `–` for a grade that is not given, nothing where neither is.
pub(super) fn short(graph: &Graph, evidence: u32) -> String {
    let row = graph.evidence().row(evidence);
    let reliability = graph
        .reliability(row.source)
        .map(|(grade, _)| letter(grade));
    let credibility = row.credibility.map(|grade| grade.to_string());
    if reliability.is_none() && credibility.is_none() {
        return String::new();
    }
    let or_dash = |grade: Option<String>| grade.unwrap_or_else(|| "–".to_owned());
    format!(" · {}{}", or_dash(reliability), or_dash(credibility))
}

fn letter(grade: Reliability) -> String {
    format!("{grade:?}")
}
