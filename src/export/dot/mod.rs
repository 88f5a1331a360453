//! Pictures for Graphviz: entities as nodes, facts as edges that look as their claims stand, and a legend.

mod edges;
mod islands;
mod legend;
mod look;
mod text;

use super::{Part, Selection};
use crate::graph::{EntityIndex, Graph};
use crate::query::Engine;
use edges::{Drawing, Edge, Fact, List, Node};
use std::fmt::Write as _;
use text::{broken, left, quoted};

/// Writing to a string does not fail: this says so once.
macro_rules! line {
    ($dot:expr, $($format:tt)*) => {{
        let _ = writeln!($dot, $($format)*);
    }};
}
use line;

/// From so many nodes on, ends that hang on one other entity are gathered in lists.
const MANY: usize = 60;
/// Columns of a line in a node, and code points of a name.
const NAME: (usize, usize) = (22, 90);

/// Shape and fill of the kinds, in the order of the casebook, again from the start where there are more.
const SHAPES: [(&str, &str, &str); 16] = [
    ("box", "rounded,filled", "#dbe9f6"),
    ("box", "filled", "#fde9d0"),
    ("octagon", "filled", "#dff0d8"),
    ("ellipse", "filled", "#f6e0ea"),
    ("house", "filled", "#e9e4f5"),
    ("note", "filled", "#fbf6d5"),
    ("hexagon", "filled", "#d9f0ee"),
    ("tab", "filled", "#efe5da"),
    ("component", "filled", "#e3efc9"),
    ("box3d", "filled", "#f9dcd6"),
    ("cylinder", "filled", "#dfe3f0"),
    ("folder", "filled", "#ececec"),
    ("box", "filled,diagonals", "#dcedfb"),
    ("cds", "filled", "#f3e3f8"),
    ("invhouse", "filled", "#e0f2d5"),
    ("box", "rounded,filled,dashed", "#fff3c4"),
];

/// How a list of ends looks.
const LIST: &str = "shape=box, style=filled, fillcolor=\"#fafafa\", color=\"#b0bec5\"";

/// The casebook, or the selected claims, as a picture. Entities without a claim are left out.
pub(super) fn write(engine: &Engine, selection: &Selection) -> String {
    let claims = Part::of(engine, selection).claims;
    let mut drawing = Drawing::of(engine, &claims, false);
    let large = drawing.entities.len() > MANY;
    if large {
        drawing = Drawing::of(engine, &claims, true);
    }
    let mut dot = String::from("digraph casebook {\n");
    head(&mut dot, engine, large);
    let degrees = drawing.degrees();
    for &entity in &drawing.entities {
        let degree = degrees.get(&Node::Entity(entity)).copied();
        node(&mut dot, &engine.graph, entity, degree.unwrap_or(0));
    }
    for (number, list) in drawing.lists.iter().enumerate() {
        list_node(&mut dot, engine, number, list);
    }
    for edge in &drawing.edges {
        edge_line(&mut dot, engine, edge);
    }
    for (end, beginning) in islands::ties(&drawing) {
        let (end, beginning) = (id(&engine.graph, end), id(&engine.graph, beginning));
        line!(dot, "  {end} -> {beginning} [style=invis];");
    }
    legend::write(&mut dot, engine, &drawing);
    dot.push_str("}\n");
    dot
}

fn head(dot: &mut String, engine: &Engine, large: bool) {
    let book = engine.graph.records();
    let title = book
        .headers
        .first()
        .map_or("casebook", |header| &header.title);
    let title = quoted(&broken(title, 100, 200));
    line!(dot, "  graph [");
    line!(dot, "    label={title}, labelloc=t, fontsize=18,");
    line!(
        dot,
        "    fontname=\"Helvetica,Arial,sans-serif\", bgcolor=white, pad=0.3,"
    );
    let (nodes, ranks) = if large { (0.2, 0.6) } else { (0.25, 0.6) };
    line!(
        dot,
        "    layout=dot, rankdir=LR, nodesep={nodes}, ranksep={ranks}, splines=true, newrank=true"
    );
    line!(dot, "  ];");
    let font = "fontname=\"Helvetica,Arial,sans-serif\"";
    line!(
        dot,
        "  node [{font}, fontsize=11, margin=\"0.1,0.05\", height=0.3, color=\"#5f6b76\", penwidth=0.8];"
    );
    line!(
        dot,
        "  edge [{font}, fontsize=9, color=\"#37474f\", fontcolor=\"#263238\", arrowsize=0.7];"
    );
}

fn shape(kind: u32) -> String {
    let (shape, style, fill) = SHAPES[kind as usize % SHAPES.len()];
    format!("shape={shape}, style=\"{style}\", fillcolor=\"{fill}\"")
}

/// An entity; the more facts it has, the larger its name.
fn node(dot: &mut String, graph: &Graph, entity: EntityIndex, degree: usize) {
    let record = graph.entity(entity);
    let label = quoted(&broken(&record.name, NAME.0, NAME.1));
    let tooltip = quoted(&[format!("{} ({})", *record.name, *record.kind)]);
    let shape = shape(graph.kind_of(entity));
    let size = match degree {
        0..6 => "",
        6..12 => ", fontsize=14",
        12.. => ", fontsize=18",
    };
    line!(
        dot,
        "  {} [label={label}, tooltip={tooltip}, {shape}{size}];",
        id(graph, Node::Entity(entity))
    );
}

/// The entities of a list under their relations, with the counts of each.
fn list_node(dot: &mut String, engine: &Engine, number: usize, list: &List) {
    let graph = &engine.graph;
    let mut lines = Vec::new();
    let mut relation = None;
    for fact in &list.facts {
        if relation != Some(fact.relation) {
            relation = Some(fact.relation);
            let label = graph.relation(fact.relation).label();
            lines.push(if list.are_subjects {
                format!("… {label}")
            } else {
                format!("{label} …")
            });
        }
        let name = format!("{}{}", *graph.entity(list.entry(fact)).name, counts(fact));
        for (at, line) in broken(&name, NAME.0 + 12, NAME.1).into_iter().enumerate() {
            lines.push(format!("{} {line}", if at == 0 { "  •" } else { "   " }));
        }
    }
    let tooltip = quoted(&tooltip(engine, list.facts.iter()));
    line!(
        dot,
        "  {} [label={}, tooltip={tooltip}, {LIST}, fontsize=9];",
        id(graph, Node::List(number)),
        left(&lines)
    );
}

fn id(graph: &Graph, node: Node) -> String {
    match node {
        Node::Entity(entity) => quoted(&[graph.entity(entity).id.value.clone()]),
        // No id of an entity holds a space.
        Node::List(number) => quoted(&[format!("list {number}")]),
    }
}

fn edge_line(dot: &mut String, engine: &Engine, edge: &Edge) {
    let graph = &engine.graph;
    // A list names its relations itself.
    let is_list = matches!(
        (edge.from, edge.to),
        (Node::List(_), _) | (_, Node::List(_))
    );
    let labels: Vec<String> = edge
        .facts
        .iter()
        .filter(|_| !is_list)
        .flat_map(|fact| {
            let label = graph.relation(fact.relation).label();
            broken(&format!("{label}{}", counts(fact)), NAME.0, NAME.1)
        })
        .collect();
    let tooltip = quoted(&tooltip(engine, edge.facts.iter()));
    let direction = if edge.symmetric {
        edge.look.undirected()
    } else {
        ""
    };
    line!(
        dot,
        "  {} -> {} [label={}, tooltip={tooltip}, labeltooltip={tooltip}, {}{direction}];",
        id(graph, edge.from),
        id(graph, edge.to),
        quoted(&labels),
        edge.look.attributes()
    );
}

/// ` ×2 !`: how many claims, where there are several, and whether they are disputed.
fn counts(fact: &Fact) -> String {
    let mut counts = String::new();
    if fact.claims.len() > 1 {
        let _ = write!(counts, " ×{}", fact.claims.len());
    }
    if fact.disputed {
        counts.push_str(" !");
    }
    counts
}

/// A line for each fact with its sources.
fn tooltip<'f>(engine: &Engine, facts: impl Iterator<Item = &'f Fact>) -> Vec<String> {
    let graph = &engine.graph;
    facts
        .map(|fact| {
            let sources: Vec<&str> = fact
                .sources
                .iter()
                .map(|&source| graph.source(source).title.as_str())
                .collect();
            format!(
                "{} {} {}{}: {}",
                *graph.entity(fact.from).name,
                graph.relation(fact.relation).label(),
                *graph.entity(fact.to).name,
                counts(fact),
                sources.join("; ")
            )
        })
        .collect()
}
