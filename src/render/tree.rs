//! What a fact rests on, drawn as a tree: claim, article, wire, speaker.

use super::answer::footnotes;
use super::markup::{Line, Style};
use super::sheet::Sheet;
use super::{grades, words};
use crate::graph::{
    ClaimIndex, Derivation, End, Graph, Link, Provenance, Referent, SourceIndex, Status, Through,
};
use crate::model::Stance;
use crate::query::Engine;

/// How branches are drawn on a screen; in a pipe or file an arrow stands before each, and nothing is drawn.
const BRANCH: [&str; 4] = ["├─ ", "└─ ", "│  ", "   "];
const ARROW: [&str; 4] = ["← ", "← ", "  ", "  "];

/// A line of the tree, and how deep it stands.
type Leaf = (usize, Line);

/// Writes the derivation of these claims of one fact: how many sources and origins there are and who these are, then the
/// tree. Sources that an answer numbers show their number. `label` says what stands before a claim.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    engine: &Engine,
    standing: &Provenance,
    claims: &[ClaimIndex],
    numbered: &[SourceIndex],
    label: &dyn Fn(ClaimIndex) -> Line,
) {
    let graph = &engine.graph;
    let derivation = Derivation::of(graph, standing, claims);
    sheet.line(2, &summary(graph, &derivation));
    let mut leaves: Vec<Leaf> = Vec::new();
    for one in &derivation.claims {
        leaves.push((0, label(one.claim)));
        let links = one.links.iter();
        leaves.extend(links.map(|one| (one.depth, link(graph, one, numbered))));
    }
    draw(sheet, &leaves);
}

/// `rests on 2 origins: the Courier, Audit Note 14 · 3 sources`
fn summary(graph: &Graph, derivation: &Derivation) -> Line {
    let origins = words::counted(derivation.origins.len(), "origin", "origins");
    let sources = words::counted(derivation.sources.len(), "source", "sources");
    let before = match derivation.counted {
        Status::Affirmed => "rests on".to_owned(),
        status => format!("{}, resting on", status.word()),
    };
    let all = derivation.claims.len();
    let counted = match derivation.counted_claims {
        counted if counted == all => String::new(),
        counted => format!(" · {counted} of {all} claims counted"),
    };
    Line::of(Style::Dim, &format!("{before} {origins}: "))
        .with(Style::Plain, &words::agents(graph, &derivation.origins))
        .with(Style::Dim, &format!(" · {sources}{counted}"))
}

fn link(graph: &Graph, link: &Link, numbered: &[SourceIndex]) -> Line {
    let agents = graph.agents();
    let mut line = Line::new();
    let before = match link.through {
        Through::Evidence(_, Stance::Supports) => "",
        Through::Evidence(_, Stance::Denies) => "denied in ",
        Through::Evidence(_, Stance::Mentions) => "mentioned in ",
        Through::Says if link.depth == 2 => "according to ",
        Through::Says => "citing ",
        Through::Leans(how) => &format!("{} ", format!("{how:?}").to_lowercase()),
        Through::Outlet => "published by ",
    };
    let style = if matches!(link.through, Through::Evidence(..)) {
        Style::Mark
    } else {
        Style::Dim
    };
    line.push(style, before);
    match (agents.source_of(link.agent), agents.referent(link.agent)) {
        (Some(source), Referent::Source(_)) => {
            let number = footnotes(&[source], numbered);
            let space = if number.is_empty() { "" } else { " " };
            line.append(&number.with(Style::Plain, space));
            line.append(&words::source(graph, source));
        }
        _ => line.push(Style::Plain, graph.agent_name(link.agent)),
    }
    if let Through::Evidence(number, _) = link.through {
        line.push(Style::Dim, &grades::short(graph, number));
    }
    match link.end {
        End::No => {}
        End::Origin => line.push(Style::Good, " (origin)"),
        End::Again => line.push(Style::Dim, " (as above)"),
        End::Circle => line.push(Style::Mark, " (derives from itself)"),
        End::Cut => line.push(Style::Mark, " (goes on)"),
    }
    line
}

/// Draws the leaves, each under the last before it that stands less deep; where one goes over several lines, the branches
/// beside it go on.
fn draw(sheet: &mut Sheet<'_>, leaves: &[Leaf]) {
    let width = sheet.screen.width;
    let [branch, last, through, blank] = if width == 0 { ARROW } else { BRANCH };
    // From the end: which depths have another leaf below before a less deep one comes.
    let mut more: Vec<bool> = Vec::new();
    let mut prefixes: Vec<[String; 2]> = Vec::with_capacity(leaves.len());
    for (depth, _) in leaves.iter().rev() {
        more.resize((*depth + 1).max(more.len()), false);
        more.truncate(depth + 1);
        let side = |&more: &bool| if more { through } else { blank };
        let above: String = more.iter().take(*depth).map(side).collect();
        let own = if more[*depth] { branch } else { last };
        let below = format!("{above}{}  ", side(&more[*depth]));
        more[*depth] = true;
        prefixes.push([above + own, below]);
    }
    for ((_, line), [first, below]) in leaves.iter().zip(prefixes.iter().rev()) {
        let room = match width {
            0 => 0,
            width => width.saturating_sub(below.chars().count() + 2).max(20),
        };
        for (at, part) in line.wrap(room, 0).iter().enumerate() {
            let prefix = if at == 0 { first } else { below };
            let part = Line::of(Style::Dim, &format!("  {prefix}")).joined(part);
            sheet.markup.push(part);
        }
    }
}
