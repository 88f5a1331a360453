//! Who says so, in words.

use crate::graph::{AgentIndex, Graph};

/// `Axios, citing two US officials, according to this article`: the chain from the outermost speaker to the innermost, and
/// after it the source that reports it, as `source` names it. Empty where a source speaks for itself.
#[must_use]
pub fn who_says_so(graph: &Graph, speakers: &[AgentIndex], source: &str) -> String {
    let names: Vec<&str> = speakers.iter().map(|&s| graph.agent_name(s)).collect();
    if names.is_empty() {
        return String::new();
    }
    format!("{}, according to {source}", names.join(", citing "))
}
