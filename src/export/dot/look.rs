//! How an edge looks: what its claims say, and how many independent origins stand behind them.

use crate::graph::Status;

/// How the claims of an edge stand, and whether two or more independent origins carry them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    pub(super) standing: Standing,
    pub(super) strong: bool,
}

/// Statuses that are drawn alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Affirmed,
    Alleged,
    Ahead,
    Cancelled,
    Negated,
    Denied,
    Mentioned,
}

impl Standing {
    pub(super) fn of(status: Status) -> Self {
        match status {
            Status::Affirmed => Self::Affirmed,
            Status::Alleged => Self::Alleged,
            Status::Planned | Status::Expected => Self::Ahead,
            Status::Cancelled => Self::Cancelled,
            Status::Negated => Self::Negated,
            Status::Denied => Self::Denied,
            Status::Mentioned | Status::Ignored => Self::Mentioned,
        }
    }
}

impl Look {
    /// Its attributes but for label and tooltip, those of the plain look left to the default.
    pub(super) fn attributes(self) -> &'static str {
        match (self.standing, self.strong) {
            (Standing::Affirmed, true) => "penwidth=2.6",
            (Standing::Affirmed, false) => "penwidth=0.9",
            (Standing::Alleged, true) => "style=dashed, penwidth=2.2",
            (Standing::Alleged, false) => "style=dashed, penwidth=1.1",
            (Standing::Ahead, true) => "style=dotted, penwidth=2.6",
            (Standing::Ahead, false) => "style=dotted, penwidth=1.6",
            (Standing::Cancelled, _) => "color=\"#9a9a9a\", fontcolor=\"#757575\", penwidth=1.2",
            (Standing::Negated, true) => {
                "color=\"#c62828\", fontcolor=\"#b71c1c\", arrowhead=tee, penwidth=2.6"
            }
            (Standing::Negated, false) => {
                "color=\"#c62828\", fontcolor=\"#b71c1c\", arrowhead=tee, penwidth=1.2"
            }
            (Standing::Denied, _) => {
                "color=\"#c62828\", fontcolor=\"#b71c1c\", arrowhead=tee, style=dashed, penwidth=1.2"
            }
            (Standing::Mentioned, _) => {
                "color=\"#9a9a9a\", fontcolor=\"#757575\", style=dotted, arrowhead=vee, penwidth=1.2"
            }
        }
    }

    /// What it adds for an edge that has no direction: no heads, but where heads say that it is not so.
    pub(super) fn undirected(self) -> &'static str {
        match self.standing {
            Standing::Negated | Standing::Denied => ", dir=both, arrowtail=tee",
            _ => ", dir=none",
        }
    }

    /// What it means, for the legend.
    pub(super) fn meaning(self) -> &'static str {
        match (self.standing, self.strong) {
            (Standing::Affirmed, true) => "2 or more independent origins",
            (Standing::Affirmed, false) => "1 origin",
            (Standing::Alleged, true) => "alleged (2 or more origins)",
            (Standing::Alleged, false) => "alleged",
            (Standing::Ahead, true) => "planned or expected (2 or more origins)",
            (Standing::Ahead, false) => "planned or expected",
            (Standing::Cancelled, _) => "cancelled",
            (Standing::Negated, true) => "said not to be so (2 or more origins)",
            (Standing::Negated, false) => "said not to be so",
            (Standing::Denied, _) => "denied, claimed by nobody here",
            (Standing::Mentioned, _) => "only mentioned",
        }
    }
}
