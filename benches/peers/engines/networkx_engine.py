"""NetworkX: a multigraph of dictionaries, with the edges of each relation in a list beside it."""

import collections
import gc
import pickle

import networkx

from engines import tables

VERSION = "NetworkX " + networkx.__version__
LACKS = {}


def load(directory, database):
    graph = networkx.MultiDiGraph()
    by_name, small = {}, []
    for number, name, alias in tables.entities(directory):
        graph.add_node(number)
        by_name.setdefault(name, set()).add(number)
        by_name.setdefault(alias, set()).add(number)
        small.append(f"{name}\0{alias}".lower())
    sources = tables.sources_by_edge(directory)
    of_relation = collections.defaultdict(list)
    for edge, subject, relation, object_, day in tables.edges(directory):
        graph.add_edge(subject, object_, edge, rel=relation, date=day, srcs=sources[edge])
        of_relation[relation].append((edge, subject, object_, day))
    # Paths are asked for whichever way edges run.
    near = networkx.Graph()
    near.add_nodes_from(graph)
    near.add_edges_from(graph.edges())
    with open(database, "wb") as file:
        pickle.dump((graph, near, by_name, small, dict(of_relation)), file, protocol=5)


def top(counts):
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:10]


class Engine:
    def __init__(self, directory, database):
        gc.disable()
        with open(database, "rb") as file:
            self.graph, self.near, self.by_name, self.small, self.of_relation = pickle.load(file)
        gc.enable()
        gc.freeze()

    def ask(self, query, parameters):
        return getattr(self, query)(*parameters)

    def into(self, x, r):
        """Edges of a relation into an entity."""
        parallel = self.graph.pred[x].items()
        return [(who, edge, known) for who, keys in parallel for edge, known in keys.items() if known["rel"] == r]

    def q01_exact(self, name):
        return list(self.by_name.get(name, ()))

    def q02_substr(self, part):
        return [number for number, text in enumerate(self.small) if part in text]

    def q03_hop(self, r, x):
        return [(who, edge, known["date"]) for who, edge, known in self.into(x, r)]

    def q03w_hop_why(self, r, x):
        return [(who, edge, known["date"], source) for who, edge, known in self.into(x, r) for source in known["srcs"]]

    def q04_hop_date(self, r, x, since, until):
        return [row for row in self.q03_hop(r, x) if since <= row[2] <= until]

    def q05_count(self, r):
        return [len(self.of_relation.get(r, ()))]

    def q05d_count_date(self, r, since, until):
        return [sum(1 for row in self.of_relation[r] if since <= row[3] <= until)]

    def q05f_count_facts(self, r):
        return [len({row[1:3] for row in self.of_relation[r]})]

    def q06_pairs(self, r):
        return list(self.of_relation[r])

    def q07_twohop(self, r1, r2, x):
        between = {who for who, _, _ in self.into(x, r2)}
        return list({who for entity in between for who, _, _ in self.into(entity, r1)})

    def q07w_twohop_why(self, r1, r2, x):
        seconds = self.into(x, r2)
        return [(who, first, entity, second) for entity, second, _ in seconds for who, first, _ in self.into(entity, r1)]

    def q08_common(self, r, a, b):
        return list({who for who, _, _ in self.into(a, r)} & {who for who, _, _ in self.into(b, r)})

    def whom(self, b, r):
        parallel = self.graph.succ[b].items()
        return [whom for whom, keys in parallel if any(known["rel"] == r for known in keys.values())]

    def q09_anti(self, r1, a, r2, b):
        return list({who for who, _, _ in self.into(a, r1)} - set(self.whom(b, r2)))

    def q10_top_dst(self, r):
        return top(collections.Counter(row[2] for row in self.of_relation[r]).items())

    def q10b_top_src_all(self):
        return top(self.graph.out_degree())

    def q11_reach3(self, r, x):
        seen, edge = {x}, [x]
        for _ in range(3):
            beyond = {other for entity in edge for other in self.whom(entity, r)} - seen
            seen |= beyond
            edge = list(beyond)
        return list(seen - {x})

    def q12_path(self, a, b):
        try:
            return [len(networkx.bidirectional_shortest_path(self.near, a, b)) - 1]
        except networkx.NetworkXNoPath:
            return []

    def q13_corrob(self, r):
        told = collections.defaultdict(set)
        for edge, subject, object_, _ in self.of_relation[r]:
            told[subject, object_].update(self.graph.succ[subject][object_][edge]["srcs"])
        return [(*pair, len(sources)) for pair, sources in told.items() if len(sources) >= 2]

    def q14_timeline(self, x):
        both = [*self.graph.out_edges(x, keys=True, data=True), *self.graph.in_edges(x, keys=True, data=True)]
        found = [(known["date"], edge, who, known["rel"], whom) for who, whom, edge, known in both]
        return sorted(found, key=lambda row: (-row[0], -row[1]))[:50]

    def q15_contra(self, r, q):
        return [
            (first, second)
            for first, subject, object_, day in self.of_relation[r]
            for second, known in self.graph.succ[subject][object_].items()
            if known["rel"] == q and abs(known["date"] - day) <= 7
        ]

    def q16_degree(self):
        return top(self.graph.degree())
