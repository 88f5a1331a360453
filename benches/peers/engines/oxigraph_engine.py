"""Oxigraph: every edge is a named graph, about which its date and its sources are said."""

import os
import re

import pyoxigraph

from engines import tables

VERSION = "Oxigraph " + pyoxigraph.__version__
LACKS = {"q12_path": "SPARQL 1.1 gives no length of a path"}

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
TOP = f'ORDER BY DESC(?k) <{INTEGER}>(STRAFTER(STR(?i), ":")) LIMIT 10'


def escaped(text):
    return text.replace("\\", "\\\\").replace('"', '\\"')


def load(directory, database):
    quads = database + ".nq"
    with open(quads, "w", encoding="utf-8") as file:
        for entity, name, alias in tables.entities(directory):
            file.write(f'<x:{entity}> <p:name> "{escaped(name)}" .\n<x:{entity}> <p:alias> "{escaped(alias)}" .\n')
        for edge, subject, relation, object_, day in tables.edges(directory):
            file.write(f'<x:{subject}> <r:{relation}> <x:{object_}> <e:{edge}> .\n')
            file.write(f'<e:{edge}> <p:date> "{day}"^^<{INTEGER}> .\n')
        for edge, source in tables.rows(directory, "edge_sources"):
            file.write(f"<e:{edge}> <p:source> <s:{source}> .\n")
    store = pyoxigraph.Store(database)
    store.bulk_load(path=quads, format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    store.optimize()
    os.remove(quads)


class Rows:
    """An answer as the store writes it, which is the fastest way out; read only where it is checked."""

    def __init__(self, text):
        self.text = text

    def rows(self):
        lines = self.text.decode().split("\n")[1:]
        for line in filter(None, lines):
            cells = (cell.split("^^")[0] for cell in line.split("\t"))
            yield tuple(int(re.sub(r"[^0-9-]", "", cell)) for cell in cells)


class Engine:
    def __init__(self, directory, database):
        self.store = pyoxigraph.Store.read_only(database)

    def ask(self, query, parameters):
        return getattr(self, query)(*parameters)

    def run(self, query, union=False):
        solutions = self.store.query(query, use_default_graph_as_union=union)
        return Rows(solutions.serialize(format=pyoxigraph.QueryResultsFormat.TSV))

    def q01_exact(self, name):
        name = escaped(name)
        return self.run(f'SELECT DISTINCT ?x {{ {{ ?x <p:name> "{name}" }} UNION {{ ?x <p:alias> "{name}" }} }}')

    def q02_substr(self, part):
        return self.run(
            "SELECT DISTINCT ?x { { ?x <p:name> ?n } UNION { ?x <p:alias> ?n }"
            f' FILTER(CONTAINS(LCASE(?n), "{part}")) }}'
        )

    def q03_hop(self, r, x):
        return self.run(f"SELECT ?s ?e ?d {{ GRAPH ?e {{ ?s <r:{r}> <x:{x}> }} ?e <p:date> ?d }}")

    def q03w_hop_why(self, r, x):
        return self.run(
            f"SELECT ?s ?e ?d ?q {{ GRAPH ?e {{ ?s <r:{r}> <x:{x}> }} ?e <p:date> ?d ; <p:source> ?q }}"
        )

    def q04_hop_date(self, r, x, since, until):
        return self.run(
            f"SELECT ?s ?e ?d {{ GRAPH ?e {{ ?s <r:{r}> <x:{x}> }} ?e <p:date> ?d"
            f" FILTER(?d >= {since} && ?d <= {until}) }}"
        )

    def q05_count(self, r):
        return self.run(f"SELECT (COUNT(*) AS ?c) {{ GRAPH ?e {{ ?s <r:{r}> ?o }} }}")

    def q05d_count_date(self, r, since, until):
        return self.run(
            f"SELECT (COUNT(*) AS ?c) {{ GRAPH ?e {{ ?s <r:{r}> ?o }} ?e <p:date> ?d"
            f" FILTER(?d >= {since} && ?d <= {until}) }}"
        )

    def q05f_count_facts(self, r):
        return self.run(
            f"SELECT (COUNT(*) AS ?c) {{ SELECT DISTINCT ?s ?o {{ GRAPH ?e {{ ?s <r:{r}> ?o }} }} }}"
        )

    def q06_pairs(self, r):
        return self.run(f"SELECT ?e ?s ?o ?d {{ GRAPH ?e {{ ?s <r:{r}> ?o }} ?e <p:date> ?d }}")

    def q07_twohop(self, r1, r2, x):
        return self.run(
            f"SELECT DISTINCT ?a {{ GRAPH ?e2 {{ ?b <r:{r2}> <x:{x}> }} GRAPH ?e1 {{ ?a <r:{r1}> ?b }} }}"
        )

    def q07w_twohop_why(self, r1, r2, x):
        return self.run(
            f"SELECT ?a ?e1 ?b ?e2 {{ GRAPH ?e2 {{ ?b <r:{r2}> <x:{x}> }} GRAPH ?e1 {{ ?a <r:{r1}> ?b }} }}"
        )

    def q08_common(self, r, a, b):
        return self.run(
            f"SELECT DISTINCT ?c {{ GRAPH ?e1 {{ ?c <r:{r}> <x:{a}> }} GRAPH ?e2 {{ ?c <r:{r}> <x:{b}> }} }}"
        )

    def q09_anti(self, r1, a, r2, b):
        return self.run(
            f"SELECT DISTINCT ?c {{ GRAPH ?e1 {{ ?c <r:{r1}> <x:{a}> }}"
            f" FILTER NOT EXISTS {{ GRAPH ?e2 {{ <x:{b}> <r:{r2}> ?c }} }} }}"
        )

    def q10_top_dst(self, r):
        return self.run(f"SELECT ?i (COUNT(*) AS ?k) {{ GRAPH ?e {{ ?s <r:{r}> ?i }} }} GROUP BY ?i {TOP}")

    def q10b_top_src_all(self):
        return self.run("SELECT ?i (COUNT(*) AS ?k) { GRAPH ?e { ?i ?r ?o } } GROUP BY ?i " + TOP)

    def q11_reach3(self, r, x):
        return self.run(
            f"SELECT DISTINCT ?n {{ <x:{x}> (<r:{r}>/(<r:{r}>/<r:{r}>?)?) ?n FILTER(?n != <x:{x}>) }}", union=True
        )

    def q13_corrob(self, r):
        return self.run(
            f"SELECT ?s ?o (COUNT(DISTINCT ?q) AS ?k) {{ GRAPH ?e {{ ?s <r:{r}> ?o }} ?e <p:source> ?q }}"
            " GROUP BY ?s ?o HAVING(COUNT(DISTINCT ?q) >= 2)"
        )

    def q14_timeline(self, x):
        return self.run(
            f"SELECT ?d ?e ?s ?r ?o {{ {{ GRAPH ?e {{ <x:{x}> ?r ?o }} BIND(<x:{x}> AS ?s) }}"
            f" UNION {{ GRAPH ?e {{ ?s ?r <x:{x}> }} BIND(<x:{x}> AS ?o) }} ?e <p:date> ?d }}"
            f' ORDER BY DESC(?d) DESC(<{INTEGER}>(STRAFTER(STR(?e), ":"))) LIMIT 50'
        )

    def q15_contra(self, r, q):
        return self.run(
            f"SELECT ?e1 ?e2 {{ GRAPH ?e1 {{ ?a <r:{r}> ?b }} GRAPH ?e2 {{ ?a <r:{q}> ?b }}"
            " ?e1 <p:date> ?d1 . ?e2 <p:date> ?d2 FILTER(?d1 - ?d2 <= 7 && ?d2 - ?d1 <= 7) }"
        )

    def q16_degree(self):
        return self.run(
            "SELECT ?i (COUNT(*) AS ?k) { { GRAPH ?e { ?i ?r ?o } } UNION { GRAPH ?e { ?o ?r ?i } } } GROUP BY ?i "
            + TOP
        )
