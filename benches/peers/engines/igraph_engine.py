"""igraph for who is beside whom, numpy's columns for what edges know: the quick way to use it."""

import pickle

import igraph
import numpy

from engines import tables

VERSION = "igraph " + igraph.__version__
LACKS = {}


def load(directory, database):
    edges = tables.edges_with_sources(directory)
    subject, object_ = edges["src"].to_numpy(), edges["dst"].to_numpy()
    by_name, small = {}, []
    for number, name, alias in tables.entities(directory):
        by_name.setdefault(name, set()).add(number)
        by_name.setdefault(alias, set()).add(number)
        small.append(f"{name}\0{alias}".lower())
    graph = igraph.Graph(n=len(small), edges=numpy.stack([subject, object_], 1), directed=True)
    told = edges["sid"].list.len().to_numpy()
    begins = numpy.concatenate([[0], numpy.cumsum(told, dtype=numpy.int64)])
    columns = (
        subject.astype(numpy.int32),
        object_.astype(numpy.int32),
        edges["rel"].to_numpy().astype(numpy.int16),
        edges["date"].to_numpy().astype(numpy.int32),
        begins,
        edges["sid"].explode().to_numpy().astype(numpy.int32),
    )
    with open(database, "wb") as file:
        pickle.dump((graph, by_name, small, columns), file, protocol=5)


def spread(begins, lengths):
    """The numbers begin, begin + 1 … of several runs, one after the other."""
    before = numpy.cumsum(lengths) - lengths
    return numpy.arange(lengths.sum()) - numpy.repeat(before - begins, lengths)


class Engine:
    def __init__(self, directory, database):
        with open(database, "rb") as file:
            self.graph, self.by_name, self.small, columns = pickle.load(file)
        self.subject, self.object, self.relation, self.day, self.begins, self.sources = columns

    def ask(self, query, parameters):
        return getattr(self, query)(*parameters)

    def beside(self, x, r, mode):
        edges = numpy.array(self.graph.incident(x, mode=mode), dtype=numpy.int64)
        return edges[self.relation[edges] == r]

    def into(self, x, r):
        return self.beside(x, r, "in")

    def out(self, x, r):
        return self.beside(x, r, "out")

    def of(self, r):
        return numpy.flatnonzero(self.relation == r)

    def told_by(self, edges):
        return self.begins[edges + 1] - self.begins[edges]

    def q01_exact(self, name):
        return list(self.by_name.get(name, ()))

    def q02_substr(self, part):
        return [number for number, text in enumerate(self.small) if part in text]

    def q03_hop(self, r, x):
        edges = self.into(x, r)
        return [self.subject[edges], edges, self.day[edges]]

    def q03w_hop_why(self, r, x):
        edges = self.into(x, r)
        told = self.told_by(edges)
        sources = self.sources[spread(self.begins[edges], told)]
        edges = numpy.repeat(edges, told)
        return [self.subject[edges], edges, self.day[edges], sources]

    def q04_hop_date(self, r, x, since, until):
        edges = self.into(x, r)
        edges = edges[(self.day[edges] >= since) & (self.day[edges] <= until)]
        return [self.subject[edges], edges, self.day[edges]]

    def q05_count(self, r):
        return [int((self.relation == r).sum())]

    def q05d_count_date(self, r, since, until):
        return [int(((self.relation == r) & (self.day >= since) & (self.day <= until)).sum())]

    def keys(self, edges):
        """Subject and object in one number."""
        return self.subject[edges].astype(numpy.int64) * self.graph.vcount() + self.object[edges]

    def q05f_count_facts(self, r):
        return [len(numpy.unique(self.keys(self.of(r))))]

    def q06_pairs(self, r):
        edges = self.of(r)
        return [edges, self.subject[edges], self.object[edges], self.day[edges]]

    def q07_twohop(self, r1, r2, x):
        between = numpy.unique(self.subject[self.into(x, r2)])
        found = [self.subject[self.into(int(entity), r1)] for entity in between]
        return numpy.unique(numpy.concatenate(found)) if found else []

    def q07w_twohop_why(self, r1, r2, x):
        known, rows = {}, []
        for second in self.into(x, r2):
            between = int(self.subject[second])
            if between not in known:
                known[between] = self.into(between, r1)
            firsts = known[between]
            same = numpy.ones(len(firsts), dtype=numpy.int64)
            rows.append((self.subject[firsts], firsts, same * between, same * second))
        return [numpy.concatenate(column) for column in zip(*rows)]

    def q08_common(self, r, a, b):
        return numpy.intersect1d(self.subject[self.into(a, r)], self.subject[self.into(b, r)])

    def q09_anti(self, r1, a, r2, b):
        return numpy.setdiff1d(self.subject[self.into(a, r1)], self.object[self.out(b, r2)])

    def top(self, counts):
        counts = numpy.asarray(counts)
        order = numpy.lexsort((numpy.arange(len(counts)), -counts))[:10]
        return [order, counts[order]]

    def q10_top_dst(self, r):
        return self.top(numpy.bincount(self.object[self.of(r)], minlength=self.graph.vcount()))

    def q10b_top_src_all(self):
        return self.top(self.graph.outdegree())

    def q11_reach3(self, r, x):
        seen, edge = {x}, [x]
        for _ in range(3):
            beyond = {other for entity in edge for other in self.object[self.out(entity, r)].tolist()} - seen
            seen |= beyond
            edge = list(beyond)
        return list(seen - {x})

    def q12_path(self, a, b):
        path = self.graph.get_shortest_path(a, b, mode="all", output="epath")
        return [len(path)] if path else []

    def q13_corrob(self, r):
        edges = self.of(r)
        told = self.told_by(edges)
        sources = self.sources[spread(self.begins[edges], told)]
        pairs = numpy.repeat(self.keys(edges), told)
        distinct = numpy.unique(numpy.stack([pairs, sources], 1), axis=0)[:, 0]
        pairs, counts = numpy.unique(distinct, return_counts=True)
        pairs, counts = pairs[counts >= 2], counts[counts >= 2]
        size = self.graph.vcount()
        return [pairs // size, pairs % size, counts]

    def q14_timeline(self, x):
        edges = numpy.array(self.graph.incident(x, mode="all"), dtype=numpy.int64)
        edges = edges[numpy.lexsort((-edges, -self.day[edges]))[:50]]
        return [self.day[edges], edges, self.subject[edges], self.relation[edges], self.object[edges]]

    def q15_contra(self, r, q):
        first, second = self.of(r), self.of(q)
        first_keys, second_keys = self.keys(first), self.keys(second)
        order = numpy.argsort(second_keys, kind="stable")
        second, second_keys = second[order], second_keys[order]
        begin = numpy.searchsorted(second_keys, first_keys, "left")
        length = numpy.searchsorted(second_keys, first_keys, "right") - begin
        one, other = numpy.repeat(first, length), second[spread(begin, length)]
        near = numpy.abs(self.day[one] - self.day[other]) <= 7
        return [one[near], other[near]]

    def q16_degree(self):
        return self.top(self.graph.degree())
