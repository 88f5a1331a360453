"""Kùzu and LadybugDB, which went on from it: one node table, one table for all edges and one for each relation."""

import os
import tempfile

from engines import tables


def load(module, directory, database):
    import polars

    with tempfile.TemporaryDirectory(dir=os.path.dirname(database)) as scratch:
        edges = tables.edges_with_sources(directory).with_columns(
            polars.col("eid").cast(polars.Int32),
            polars.col("date").cast(polars.Int32),
            polars.col("sid").cast(polars.List(polars.Int32)),
        )
        every = edges.select(
            "src", "dst", "rel", "eid", "date", "sid", polars.col("src").alias("s2"), polars.col("dst").alias("d2")
        )
        every.write_parquet(f"{scratch}/all.parquet")
        tables.entity_table(directory).write_parquet(f"{scratch}/entities.parquet")
        relations = set()
        for (relation,), group in edges.group_by("rel"):
            group.select("src", "dst", "eid", "date", "sid").write_parquet(f"{scratch}/r{relation}.parquet")
            relations.add(relation)

        base = module.Database(database)
        connection = module.Connection(base, num_threads=2)
        run = connection.execute
        run("CREATE NODE TABLE Entity(id INT64, name STRING, alias STRING, kind STRING, PRIMARY KEY(id))")
        run(f"COPY Entity FROM '{scratch}/entities.parquet'")
        run(
            "CREATE REL TABLE E(FROM Entity TO Entity, rel INT64, eid INT32, date INT32, srcs INT32[],"
            " src INT64, dst INT64)"
        )
        run(f"COPY E FROM '{scratch}/all.parquet'")
        for relation in range(tables.number_of(directory, "relations")):
            run(f"CREATE REL TABLE R{relation}(FROM Entity TO Entity, eid INT32, date INT32, srcs INT32[])")
        for relation in sorted(relations):
            run(f"COPY R{relation} FROM '{scratch}/r{relation}.parquet'")
        run("CHECKPOINT")
        connection.close()
        base.close()


TOP = "ORDER BY k DESC, i LIMIT 10"


class Engine:
    def __init__(self, module, database):
        self.base = module.Database(database, read_only=True)
        self.connection = module.Connection(self.base, num_threads=2)

    def ask(self, query, parameters):
        return getattr(self, query)(*parameters)

    def run(self, statement, **parameters):
        table = self.connection.execute(statement, parameters).get_as_arrow()
        return [column.to_numpy() for column in table.columns]

    def q01_exact(self, name):
        return self.run("MATCH (e:Entity) WHERE e.name = $n OR e.alias = $n RETURN e.id", n=name)

    def q02_substr(self, part):
        return self.run(
            "MATCH (e:Entity) WHERE contains(lower(e.name), $p) OR contains(lower(e.alias), $p) RETURN e.id", p=part
        )

    def q03_hop(self, r, x):
        return self.run(f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) WHERE b.id = $x RETURN a.id, e.eid, e.date", x=x)

    def q03w_hop_why(self, r, x):
        return self.run(
            f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) WHERE b.id = $x UNWIND e.srcs AS s RETURN a.id, e.eid, e.date, s",
            x=x,
        )

    def q04_hop_date(self, r, x, since, until):
        return self.run(
            f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) WHERE b.id = $x AND e.date >= $a AND e.date <= $b"
            " RETURN a.id, e.eid, e.date",
            x=x,
            a=since,
            b=until,
        )

    def q05_count(self, r):
        return self.run(f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) RETURN count(*)")

    def q05d_count_date(self, r, since, until):
        return self.run(
            f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) WHERE e.date >= $a AND e.date <= $b RETURN count(*)",
            a=since,
            b=until,
        )

    def q05f_count_facts(self, r):
        return self.run(f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) WITH DISTINCT a.id AS a, b.id AS b RETURN count(*)")

    def q06_pairs(self, r):
        return self.run(f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) RETURN e.eid, a.id, b.id, e.date")

    def q07_twohop(self, r1, r2, x):
        return self.run(
            f"MATCH (a:Entity)-[e1:R{r1}]->(b:Entity)-[e2:R{r2}]->(x:Entity) WHERE x.id = $x RETURN DISTINCT a.id", x=x
        )

    def q07w_twohop_why(self, r1, r2, x):
        return self.run(
            f"MATCH (a:Entity)-[e1:R{r1}]->(b:Entity)-[e2:R{r2}]->(x:Entity) WHERE x.id = $x"
            " RETURN a.id, e1.eid, b.id, e2.eid",
            x=x,
        )

    def q08_common(self, r, a, b):
        return self.run(
            f"MATCH (c:Entity)-[:R{r}]->(a:Entity), (c)-[:R{r}]->(b:Entity) WHERE a.id = $a AND b.id = $b"
            " RETURN DISTINCT c.id",
            a=a,
            b=b,
        )

    def q09_anti(self, r1, a, r2, b):
        return self.run(
            f"MATCH (c:Entity)-[:R{r1}]->(a:Entity) WHERE a.id = $a"
            f" AND NOT EXISTS {{MATCH (b:Entity)-[:R{r2}]->(c) WHERE b.id = $b}} RETURN DISTINCT c.id",
            a=a,
            b=b,
        )

    def q10_top_dst(self, r):
        return self.run(f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) RETURN b.id AS i, count(*) AS k {TOP}")

    def q10b_top_src_all(self):
        return self.run(f"MATCH (a:Entity)-[e:E]->(b:Entity) RETURN a.id AS i, count(*) AS k {TOP}")

    def q11_reach3(self, r, x):
        return self.run(
            f"MATCH (a:Entity)-[:R{r}* SHORTEST 1..3]->(b:Entity) WHERE a.id = $x AND b.id <> $x RETURN DISTINCT b.id",
            x=x,
        )

    def q12_path(self, a, b):
        return self.run(
            "MATCH (a:Entity)-[p:E* SHORTEST 1..10]-(b:Entity) WHERE a.id = $a AND b.id = $b RETURN length(p)", a=a, b=b
        )

    def q13_corrob(self, r):
        return self.run(
            f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) UNWIND e.srcs AS s"
            " WITH a.id AS a, b.id AS b, count(DISTINCT s) AS k WHERE k >= 2 RETURN a, b, k"
        )

    def q14_timeline(self, x):
        return self.run(
            "MATCH (a:Entity)-[e:E]-(b:Entity) WHERE a.id = $x RETURN e.date AS d, e.eid AS i, e.src, e.rel, e.dst"
            " ORDER BY d DESC, i DESC LIMIT 50",
            x=x,
        )

    def q15_contra(self, r, q):
        return self.run(
            f"MATCH (a:Entity)-[e1:R{r}]->(b:Entity), (a)-[e2:R{q}]->(b)"
            " WHERE e1.date - e2.date <= 7 AND e2.date - e1.date <= 7 RETURN e1.eid, e2.eid"
        )

    def q16_degree(self):
        return self.run(f"MATCH (a:Entity)-[e:E]-(b:Entity) RETURN a.id AS i, count(*) AS k {TOP}")
