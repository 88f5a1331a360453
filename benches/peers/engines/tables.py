"""The files of a data set, for engines that are loaded row by row or column by column."""

import os


def rows(directory, name):
    """The rows of a file, as texts."""
    path = os.path.join(directory, name + ".tsv")
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def entities(directory):
    """Number, name and alias of each entity."""
    for number, name, alias, _kind in rows(directory, "entities"):
        yield int(number), name, alias


def edges(directory):
    """Number, subject, relation, object and date (days since 1970-01-01) of each edge."""
    for row in rows(directory, "edges"):
        yield tuple(map(int, row))


def sources_by_edge(directory):
    """The sources of each edge."""
    sources = {}
    for edge, source in rows(directory, "edge_sources"):
        sources.setdefault(int(edge), []).append(int(source))
    return sources


def neighbours(directory):
    """Pairs of entities with an edge between them, whichever way it runs; each pair both ways and once."""
    pairs = set()
    for _edge, subject, _relation, object_, _day in edges(directory):
        pairs.add((subject, object_))
        pairs.add((object_, subject))
    return sorted(pairs)


def number_of(directory, name):
    """How many rows a file has."""
    return sum(1 for _ in rows(directory, name))


def edges_with_sources(directory):
    """A polars table of the edges, the sources of each in one cell."""
    import polars

    path = os.path.join(directory, "edges.tsv")
    columns = ["eid", "src", "rel", "dst", "date"]
    table = polars.read_csv(path, separator="\t", has_header=False, new_columns=columns)
    path = os.path.join(directory, "edge_sources.tsv")
    told = polars.read_csv(path, separator="\t", has_header=False, new_columns=["eid", "sid"])
    told = told.group_by("eid", maintain_order=True).agg(polars.col("sid"))
    return table.join(told, on="eid", how="left")


def entity_table(directory):
    """A polars table of the entities."""
    import polars

    path = os.path.join(directory, "entities.tsv")
    columns = ["id", "name", "alias", "kind"]
    return polars.read_csv(path, separator="\t", has_header=False, quote_char=None, new_columns=columns)
