"""rustworkx: a graph in Rust with Python's tuples on its edges, and the edges of each relation in a list beside it."""

import collections
import gc
import pickle

import rustworkx

from engines import tables

VERSION = "rustworkx " + rustworkx.__version__
LACKS = {}


def load(directory, database):
    graph = rustworkx.PyDiGraph(multigraph=True)
    near = rustworkx.PyGraph(multigraph=False)
    entities = list(tables.entities(directory))
    graph.add_nodes_from(range(len(entities)))
    near.add_nodes_from(range(len(entities)))
    by_name, small = {}, []
    for number, name, alias in entities:
        by_name.setdefault(name, set()).add(number)
        by_name.setdefault(alias, set()).add(number)
        small.append(f"{name}\0{alias}".lower())
    sources = tables.sources_by_edge(directory)
    of_relation, ends = {}, []
    for edge, subject, relation, object_, day in tables.edges(directory):
        ends.append((subject, object_, (edge, relation, day, sources[edge])))
        of_relation.setdefault(relation, []).append((edge, subject, object_, day))
    graph.add_edges_from(ends)
    near.add_edges_from_no_data([pair for pair in tables.neighbours(directory) if pair[0] < pair[1]])
    with open(database, "wb") as file:
        pickle.dump((graph, near, by_name, small, of_relation, sources), file, protocol=5)


def top(counts):
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:10]


class Engine:
    def __init__(self, directory, database):
        gc.disable()
        with open(database, "rb") as file:
            self.graph, self.near, self.by_name, self.small, self.of_relation, self.sources = pickle.load(file)
        gc.enable()
        gc.freeze()

    def ask(self, query, parameters):
        return getattr(self, query)(*parameters)

    def into(self, x, r):
        """Edges of a relation into an entity."""
        return [(who, known) for who, _, known in self.graph.in_edges(x) if known[1] == r]

    def q01_exact(self, name):
        return list(self.by_name.get(name, ()))

    def q02_substr(self, part):
        return [number for number, text in enumerate(self.small) if part in text]

    def q03_hop(self, r, x):
        return [(who, known[0], known[2]) for who, known in self.into(x, r)]

    def q03w_hop_why(self, r, x):
        return [(who, known[0], known[2], source) for who, known in self.into(x, r) for source in known[3]]

    def q04_hop_date(self, r, x, since, until):
        return [row for row in self.q03_hop(r, x) if since <= row[2] <= until]

    def q05_count(self, r):
        return [len(self.of_relation[r])]

    def q05d_count_date(self, r, since, until):
        return [sum(1 for row in self.of_relation[r] if since <= row[3] <= until)]

    def q05f_count_facts(self, r):
        return [len({row[1:3] for row in self.of_relation[r]})]

    def q06_pairs(self, r):
        return list(self.of_relation[r])

    def q07_twohop(self, r1, r2, x):
        between = {who for who, _ in self.into(x, r2)}
        return list({who for entity in between for who, _ in self.into(entity, r1)})

    def q07w_twohop_why(self, r1, r2, x):
        seconds = self.into(x, r2)
        return [(who, first[0], entity, second[0]) for entity, second in seconds for who, first in self.into(entity, r1)]

    def q08_common(self, r, a, b):
        return list({who for who, _ in self.into(a, r)} & {who for who, _ in self.into(b, r)})

    def whom(self, b, r):
        return {whom for _, whom, known in self.graph.out_edges(b) if known[1] == r}

    def q09_anti(self, r1, a, r2, b):
        return list({who for who, _ in self.into(a, r1)} - self.whom(b, r2))

    def q10_top_dst(self, r):
        return top(collections.Counter(row[2] for row in self.of_relation[r]).items())

    def q10b_top_src_all(self):
        return top((node, self.graph.out_degree(node)) for node in self.graph.node_indices())

    def q11_reach3(self, r, x):
        seen, edge = {x}, [x]
        for _ in range(3):
            beyond = {other for entity in edge for other in self.whom(entity, r)} - seen
            seen |= beyond
            edge = list(beyond)
        return list(seen - {x})

    def q12_path(self, a, b):
        paths = rustworkx.graph_dijkstra_shortest_paths(self.near, a, target=b, default_weight=1.0)
        return [len(paths[b]) - 1] if b in paths else []

    def q13_corrob(self, r):
        told = collections.defaultdict(set)
        for edge, subject, object_, _ in self.of_relation[r]:
            told[subject, object_].update(self.sources[edge])
        return [(*pair, len(sources)) for pair, sources in told.items() if len(sources) >= 2]

    def q14_timeline(self, x):
        edges = list(self.graph.in_edges(x)) + list(self.graph.out_edges(x))
        found = [(known[2], known[0], who, known[1], whom) for who, whom, known in edges]
        return sorted(found, key=lambda row: (-row[0], -row[1]))[:50]

    def q15_contra(self, r, q):
        seconds = collections.defaultdict(list)
        for edge, subject, object_, day in self.of_relation[q]:
            seconds[subject, object_].append((edge, day))
        return [
            (first, second)
            for first, subject, object_, day in self.of_relation[r]
            for second, other in seconds.get((subject, object_), ())
            if abs(day - other) <= 7
        ]

    def q16_degree(self):
        degree = self.graph.in_degree, self.graph.out_degree
        return top((node, degree[0](node) + degree[1](node)) for node in self.graph.node_indices())
