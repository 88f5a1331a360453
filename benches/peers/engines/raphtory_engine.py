"""Raphtory: a layer for each relation."""

import polars
import raphtory

from engines import tables

VERSION = "Raphtory " + raphtory.version()
LACKS = {
    "q01_exact": "no index of names",
    "q02_substr": "no search in names",
    "q03w_hop_why": "sources only edge by edge, in Python",
    "q05f_count_facts": "counts edges only",
    "q07w_twohop_why": "only in Python",
    "q10_top_dst": "only in Python",
    "q10b_top_src_all": "only in Python",
    "q12_path": "only from one entity to all, or weighted",
    "q13_corrob": "only in Python",
    "q15_contra": "no join",
    "q16_degree": "only in Python",
}


def load(directory, database):
    edges = tables.edges_with_sources(directory)
    edges = edges.with_columns(("R" + polars.col("rel").cast(polars.String)).alias("layer"))
    graph = raphtory.Graph()
    graph.load_edges(
        edges.to_arrow(), time="date", src="src", dst="dst", properties=["eid", "rel", "sid"], layer_col="layer"
    )
    entities = tables.entity_table(directory).with_columns(polars.lit(0, dtype=polars.Int64).alias("t"))
    graph.load_nodes(entities.to_arrow(), time="t", id="id", metadata=["name", "alias"])
    graph.save_to_file(database)


class Engine:
    def __init__(self, directory, database):
        self.graph = raphtory.Graph.load_from_file(database)

    def ask(self, query, parameters):
        return getattr(self, query)(*parameters)

    def hop(self, graph, x):
        node = graph.node(x)
        if node is None:
            return []
        edges = node.in_edges.explode()
        return list(zip(edges.src.id, edges.properties.get("eid"), [time.t for time in edges.time]))

    def q03_hop(self, r, x):
        return self.hop(self.graph.layer(f"R{r}"), x)

    def q04_hop_date(self, r, x, since, until):
        return self.hop(self.graph.layer(f"R{r}").window(since, until + 1), x)

    def q05_count(self, r):
        return [self.graph.layer(f"R{r}").count_temporal_edges()]

    def q05d_count_date(self, r, since, until):
        return [self.graph.layer(f"R{r}").window(since, until + 1).count_temporal_edges()]

    def q06_pairs(self, r):
        edges = self.graph.layer(f"R{r}").edges.explode()
        days = [time.t for time in edges.time]
        return list(zip(edges.properties.get("eid"), edges.src.id, edges.dst.id, days))

    def q07_twohop(self, r1, r2, x):
        first, second = self.graph.layer(f"R{r1}"), self.graph.layer(f"R{r2}")
        found = set()
        for between in second.node(x).in_neighbours.id:
            node = first.node(between)
            if node is not None:
                found.update(node.in_neighbours.id)
        return list(found)

    def q08_common(self, r, a, b):
        layer = self.graph.layer(f"R{r}")
        return list(set(layer.node(a).in_neighbours.id) & set(layer.node(b).in_neighbours.id))

    def q09_anti(self, r1, a, r2, b):
        did = set(self.graph.layer(f"R{r1}").node(a).in_neighbours.id)
        never = self.graph.layer(f"R{r2}").node(b)
        return list(did - set(never.out_neighbours.id if never is not None else ()))

    def q11_reach3(self, r, x):
        layer = self.graph.layer(f"R{r}")
        seen, edge = {x}, [x]
        for _ in range(3):
            beyond = []
            for entity in edge:
                node = layer.node(entity)
                for other in node.out_neighbours.id if node is not None else ():
                    if other not in seen:
                        seen.add(other)
                        beyond.append(other)
            edge = beyond
        seen.discard(x)
        return list(seen)

    def q14_timeline(self, x):
        node = self.graph.node(x)
        found = []
        for edges in (node.in_edges.explode(), node.out_edges.explode()):
            days = [time.t for time in edges.time]
            if not days:
                continue
            known = edges.properties
            found += zip(days, known.get("eid"), edges.src.id, known.get("rel"), edges.dst.id)
        return sorted(found, key=lambda row: (-row[0], -row[1]))[:50]
