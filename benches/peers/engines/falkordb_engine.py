"""FalkorDB, embedded: its server runs beside this process. Its search by breadth follows the direction of edges, so a second
graph holds who has an edge with whom, both ways."""

import importlib.metadata
import time

import psutil
from redislite.falkordb_client import FalkorDB

from engines import cypher, tables

VERSION = "FalkorDBLite " + importlib.metadata.version("falkordblite")
LACKS = {}

AT_ONCE = 20_000
LONGEST_ANSWER_MS = 40_000


def batches(rows):
    rows = list(rows)
    for start in range(0, len(rows), AT_ONCE):
        yield [list(row) for row in rows[start : start + AT_ONCE]]


def load(directory, database):
    base = FalkorDB(database)
    graph, near = base.select_graph("events"), base.select_graph("near")
    for name in ["id", "name", "alias"]:
        graph.query(f"CREATE INDEX FOR (n:Entity) ON (n.{name})")
    near.query("CREATE INDEX FOR (n:Entity) ON (n.id)")
    for batch in batches(tables.entities(directory)):
        graph.query("UNWIND $r AS r CREATE (:Entity {id: r[0], name: r[1], alias: r[2]})", {"r": batch}, timeout=0)
        near.query("UNWIND $r AS r CREATE (:Entity {id: r[0]})", {"r": batch}, timeout=0)
    for (relation,), group in tables.edges_with_sources(directory).group_by("rel"):
        for batch in batches(group.select("src", "dst", "eid", "date", "sid").rows()):
            graph.query(
                "UNWIND $r AS r MATCH (a:Entity {id: r[0]}), (b:Entity {id: r[1]})"
                f" CREATE (a)-[:R{relation} {{eid: r[2], date: r[3], srcs: r[4], src: r[0], dst: r[1],"
                f" rel: {relation}}}]->(b)",
                {"r": batch},
                timeout=0,
            )
    for batch in batches(tables.neighbours(directory)):
        near.query(
            "UNWIND $r AS r MATCH (a:Entity {id: r[0]}), (b:Entity {id: r[1]}) CREATE (a)-[:NEAR]->(b)",
            {"r": batch},
            timeout=0,
        )
    memory = memory_mib(base)
    base.close()
    return {"peak_rss_mb": memory}


def memory_mib(base):
    """What the server beside this process holds."""
    return psutil.Process(base.client.pid).memory_info().rss / 2**20


class Engine(cypher.Queries):
    def __init__(self, directory, database):
        self.base = FalkorDB(database)
        self.graph = self.base.select_graph("events")
        self.near = self.base.select_graph("near")
        began = time.perf_counter()
        while True:
            try:
                self.graph.ro_query("MATCH (n:Entity) RETURN count(n)")
                break
            except Exception:
                # The server still reads its file.
                if time.perf_counter() - began > 120:
                    raise
                time.sleep(0.05)

    def close(self):
        self.base.close()

    def peak_rss_mb(self):
        return memory_mib(self.base)

    def run(self, query, graph=None, **parameters):
        answer = (graph or self.graph).ro_query(query, parameters, timeout=LONGEST_ANSWER_MS)
        return [tuple(row) for row in answer.result_set]

    def q01_exact(self, name):
        return self.run("MATCH (e:Entity) WHERE e.name = $n OR e.alias = $n RETURN e.id", n=name)

    def q02_substr(self, part):
        return self.run(
            "MATCH (e:Entity) WHERE toLower(e.name) CONTAINS $p OR toLower(e.alias) CONTAINS $p RETURN e.id", p=part
        )

    def q09_anti(self, r1, a, r2, b):
        return self.run(
            f"MATCH (c:Entity)-[:R{r1}]->(a:Entity {{id: $a}}), (b:Entity {{id: $b}})"
            f" WHERE NOT (b)-[:R{r2}]->(c) RETURN DISTINCT c.id",
            a=a,
            b=b,
        )

    def q10b_top_src_all(self):
        return self.run("MATCH (a:Entity) RETURN a.id AS i, outdegree(a) AS k " + cypher.TOP)

    def q11_reach3(self, r, x):
        return self.run(
            f"MATCH (a:Entity {{id: $x}}) CALL algo.BFS(a, 3, 'R{r}') YIELD nodes UNWIND nodes AS n"
            " WITH n WHERE n.id <> $x RETURN n.id",
            x=x,
        )

    def q12_path(self, a, b):
        # One level more each time: far faster than shortestPath().
        for steps in range(1, 11):
            found = self.run(
                "MATCH (a:Entity {id: $a}) CALL algo.BFS(a, $k, 'NEAR') YIELD nodes UNWIND nodes AS n"
                " WITH n WHERE n.id = $b RETURN n.id LIMIT 1",
                graph=self.near,
                a=a,
                b=b,
                k=steps,
            )
            if found:
                return [(steps,)]
        return []

    def q16_degree(self):
        return self.run("MATCH (a:Entity) RETURN a.id AS i, indegree(a) + outdegree(a) AS k " + cypher.TOP)
