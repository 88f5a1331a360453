"""SQLite: covering indexes for each direction, and trigrams for parts of names."""

import sqlite3

from engines import sql, tables

VERSION = "SQLite " + sqlite3.sqlite_version
LACKS = {}

STATEMENTS = sql.STATEMENTS | {
    # Rows of the recursion come breadth first, so that the first that fits is the shortest.
    "q12_path": (
        "WITH RECURSIVE r(n, d) AS (SELECT $1, 0 UNION"
        " SELECT s.other, d + 1 FROM r JOIN neighbour s ON s.one = r.n WHERE d < 10)"
        " SELECT d FROM r WHERE n = $2 LIMIT 1"
    ),
    # CROSS JOIN holds the planner to this order.
    "q15_contra": (
        "SELECT e1.eid, e2.eid FROM edge e1 CROSS JOIN edge e2 ON e2.rel = $2 AND e2.src = e1.src AND e2.dst = e1.dst"
        " AND e2.date BETWEEN e1.date - 7 AND e1.date + 7 WHERE e1.rel = $1"
    ),
}
STATEMENTS = {query: statement.replace("$", "?") for query, statement in STATEMENTS.items()}
STATEMENTS["q02_substr"] = "SELECT rowid FROM name_part WHERE name_part MATCH '\"' || ?1 || '\"'"

TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000;
CREATE TABLE entity(id INTEGER PRIMARY KEY, name TEXT, alias TEXT, kind TEXT);
CREATE TABLE relation(id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE source(id INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE edge(eid INTEGER PRIMARY KEY, src INT, rel INT, dst INT, date INT);
CREATE TABLE edge_source(eid INT, sid INT, PRIMARY KEY(eid, sid)) WITHOUT ROWID;
CREATE TABLE neighbour(one INT, other INT, PRIMARY KEY(one, other)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX edge_in ON edge(dst, rel, date, src);
CREATE INDEX edge_out ON edge(src, rel, dst, date);
CREATE INDEX edge_of ON edge(rel, dst, src, date);
CREATE INDEX entity_name ON entity(name);
CREATE INDEX entity_alias ON entity(alias);
INSERT OR IGNORE INTO neighbour SELECT src, dst FROM edge UNION SELECT dst, src FROM edge;
CREATE VIRTUAL TABLE name_part USING fts5(text, tokenize = 'trigram', content = '');
INSERT INTO name_part(rowid, text) SELECT id, name || char(0) || alias FROM entity;
ANALYZE;
"""


def load(directory, database):
    connection = sqlite3.connect(database, isolation_level=None)
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    for table, file, width in [
        ("entity", "entities", 4),
        ("relation", "relations", 2),
        ("source", "sources", 2),
        ("edge", "edges", 5),
        ("edge_source", "edge_sources", 2),
    ]:
        places = ", ".join("?" * width)
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", tables.rows(directory, file))
    connection.execute("COMMIT")
    connection.executescript(INDEXES)
    connection.close()


class Engine:
    def __init__(self, directory, database):
        self.connection = sqlite3.connect(database)
        self.connection.execute("PRAGMA cache_size = -2000000")
        self.connection.execute("PRAGMA mmap_size = 8000000000")

    def ask(self, query, parameters):
        return self.connection.execute(STATEMENTS[query], parameters).fetchall()
