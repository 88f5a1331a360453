"""DuckDB: columns, edges in the order of relation, object and date, and an index on each end."""

import os

import duckdb

from engines import sql

VERSION = "DuckDB " + duckdb.__version__
LACKS = {}

STATEMENTS = sql.STATEMENTS | {
    "q02_substr": "SELECT id FROM entity WHERE contains(lower(name), $1) OR contains(lower(alias), $1)",
    # All of a level at once; no level is begun after the end was found.
    "q12_path": (
        "WITH RECURSIVE r(n, d) AS (SELECT $1::INTEGER, 0 UNION"
        " SELECT s.other, d + 1 FROM r JOIN neighbour s ON s.one = r.n"
        " WHERE d < 10 AND NOT EXISTS (SELECT 1 FROM r found WHERE found.n = $2))"
        " SELECT min(d) FROM r WHERE n = $2 HAVING count(*) > 0"
    ),
    "q15_contra": (
        "SELECT e1.eid AS a, e2.eid AS b FROM edge e1 JOIN edge e2 ON e2.src = e1.src AND e2.dst = e1.dst"
        " AND e2.date BETWEEN e1.date - 7 AND e1.date + 7 WHERE e1.rel = $1 AND e2.rel = $2"
    ),
}

COLUMNS = {
    "entity": "{'id': 'INTEGER', 'name': 'VARCHAR', 'alias': 'VARCHAR', 'kind': 'VARCHAR'}",
    "relation": "{'id': 'INTEGER', 'name': 'VARCHAR'}",
    "source": "{'id': 'INTEGER', 'title': 'VARCHAR'}",
    "edge": "{'eid': 'INTEGER', 'src': 'INTEGER', 'rel': 'SMALLINT', 'dst': 'INTEGER', 'date': 'INTEGER'}",
    "edge_source": "{'eid': 'INTEGER', 'sid': 'INTEGER'}",
}
FILES = {
    "entity": "entities",
    "relation": "relations",
    "source": "sources",
    "edge": "edges",
    "edge_source": "edge_sources",
}
INDEXES = ["edge(dst)", "edge(src)", "edge_source(eid)", "entity(id)", "entity(name)", "entity(alias)", "neighbour(one)"]


def load(directory, database):
    connection = duckdb.connect(database)
    connection.execute("SET threads = 2")
    for table, columns in COLUMNS.items():
        path = os.path.join(directory, FILES[table] + ".tsv")
        order = "ORDER BY rel, dst, date" if table == "edge" else ""
        connection.execute(
            f"CREATE TABLE {table} AS SELECT * FROM read_csv('{path}', delim='\t', header=false,"
            f" quote='', escape='', columns={columns}) {order}"
        )
    connection.execute(
        "CREATE TABLE neighbour AS SELECT DISTINCT src AS one, dst AS other FROM"
        " (SELECT src, dst FROM edge UNION ALL SELECT dst, src FROM edge) ORDER BY one"
    )
    for place, index in enumerate(INDEXES):
        connection.execute(f"CREATE INDEX index_{place} ON {index}")
    connection.execute("CHECKPOINT")
    connection.close()


class Engine:
    def __init__(self, directory, database):
        self.connection = duckdb.connect(database, read_only=True)
        self.connection.execute("SET threads = 2")

    def ask(self, query, parameters):
        statement = STATEMENTS[query]
        return list(self.connection.execute(statement, parameters).fetchnumpy().values())
