"""Grafeo."""

import grafeo

from engines import cypher, tables

VERSION = "Grafeo " + grafeo.__version__
LACKS = {}

AT_ONCE = 100_000


def load(directory, database):
    graph = grafeo.GrafeoDB()
    entities = [
        {"id": number, "name": name, "alias": alias, "small": f"{name}\0{alias}".lower()}
        for number, name, alias in tables.entities(directory)
    ]
    nodes = graph.batch_create_nodes_with_props("Entity", entities)
    for name in ["id", "name", "alias"]:
        graph.create_property_index(name)
    sources = tables.sources_by_edge(directory)
    batch = []
    for edge, subject, relation, object_, day in tables.edges(directory):
        known = {
            "eid": edge,
            "date": day,
            "srcs": sources[edge],
            "src": subject,
            "dst": object_,
            "rel": relation,
        }
        batch.append((nodes[subject], nodes[object_], f"R{relation}", known))
        if len(batch) >= AT_ONCE:
            graph.batch_create_edges(batch)
            batch = []
    if batch:
        graph.batch_create_edges(batch)
    graph.save(database)


class Engine(cypher.Queries):
    def __init__(self, directory, database):
        self.graph = grafeo.GrafeoDB.open_read_only(database)

    def run(self, query, **parameters):
        result = self.graph.execute_cypher(query, parameters or None)
        rows = result.rows() if hasattr(result, "rows") else result
        return [tuple(row.values()) if isinstance(row, dict) else tuple(row) for row in rows]

    def q01_exact(self, name):
        return self.run(
            "MATCH (e:Entity {name: $n}) RETURN e.id UNION MATCH (e:Entity {alias: $n}) RETURN e.id", n=name
        )

    def q02_substr(self, part):
        return self.run("MATCH (e:Entity) WHERE e.small CONTAINS $p RETURN e.id", p=part)

    def q09_anti(self, r1, a, r2, b):
        return self.run(
            f"MATCH (a:Entity {{id: $a}})<-[:R{r1}]-(c:Entity)"
            f" WHERE NOT EXISTS {{ MATCH (b:Entity {{id: $b}})-[:R{r2}]->(c) }} RETURN DISTINCT c.id",
            a=a,
            b=b,
        )

    def q10b_top_src_all(self):
        return self.run("MATCH (a:Entity)-[e]->(b:Entity) RETURN a.id AS i, count(e) AS k " + cypher.TOP)

    def q11_reach3(self, r, x):
        return self.run(
            f"MATCH (a:Entity {{id: $x}})-[:R{r}*1..3]->(b:Entity) WHERE b.id <> $x RETURN DISTINCT b.id", x=x
        )

    def q12_path(self, a, b):
        return self.run(
            "MATCH p = shortestPath((a:Entity {id: $a})-[*1..10]-(b:Entity {id: $b})) RETURN length(p)", a=a, b=b
        )

    def q16_degree(self):
        return self.run("MATCH (a:Entity)-[e]-(b:Entity) RETURN a.id AS i, count(e) AS k " + cypher.TOP)
