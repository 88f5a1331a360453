"""The queries in Cypher, as Grafeo and FalkorDB are asked: a type for each relation, edges that know their ends."""

TOP = "ORDER BY k DESC, i LIMIT 10"


class Queries:
    """A subclass brings `run(text, **parameters)`, and what it asks in its own way."""

    def ask(self, query, parameters):
        return getattr(self, query)(*parameters)

    def q03_hop(self, r, x):
        return self.run(f"MATCH (b:Entity {{id: $x}})<-[e:R{r}]-(a:Entity) RETURN a.id, e.eid, e.date", x=x)

    def q03w_hop_why(self, r, x):
        return self.run(
            f"MATCH (b:Entity {{id: $x}})<-[e:R{r}]-(a:Entity) UNWIND e.srcs AS s RETURN a.id, e.eid, e.date, s", x=x
        )

    def q04_hop_date(self, r, x, since, until):
        return self.run(
            f"MATCH (b:Entity {{id: $x}})<-[e:R{r}]-(a:Entity) WHERE e.date >= $a AND e.date <= $b"
            " RETURN a.id, e.eid, e.date",
            x=x,
            a=since,
            b=until,
        )

    def q05_count(self, r):
        return self.run(f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) RETURN count(e)")

    def q05d_count_date(self, r, since, until):
        return self.run(
            f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) WHERE e.date >= $a AND e.date <= $b RETURN count(e)",
            a=since,
            b=until,
        )

    def q05f_count_facts(self, r):
        return self.run(f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) WITH DISTINCT a.id AS a, b.id AS b RETURN count(*)")

    def q06_pairs(self, r):
        return self.run(f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) RETURN e.eid, a.id, b.id, e.date")

    def q07_twohop(self, r1, r2, x):
        return self.run(
            f"MATCH (x:Entity {{id: $x}})<-[:R{r2}]-(b:Entity)<-[:R{r1}]-(a:Entity) RETURN DISTINCT a.id", x=x
        )

    def q07w_twohop_why(self, r1, r2, x):
        return self.run(
            f"MATCH (x:Entity {{id: $x}})<-[e2:R{r2}]-(b:Entity)<-[e1:R{r1}]-(a:Entity)"
            " RETURN a.id, e1.eid, b.id, e2.eid",
            x=x,
        )

    def q08_common(self, r, a, b):
        return self.run(
            f"MATCH (a:Entity {{id: $a}})<-[:R{r}]-(c:Entity)-[:R{r}]->(b:Entity {{id: $b}}) RETURN DISTINCT c.id",
            a=a,
            b=b,
        )

    def q10_top_dst(self, r):
        return self.run(f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) RETURN b.id AS i, count(e) AS k {TOP}")

    def q13_corrob(self, r):
        return self.run(
            f"MATCH (a:Entity)-[e:R{r}]->(b:Entity) UNWIND e.srcs AS s"
            " WITH a.id AS a, b.id AS b, count(DISTINCT s) AS k WHERE k >= 2 RETURN a, b, k"
        )

    def q14_timeline(self, x):
        return self.run(
            "MATCH (a:Entity {id: $x})-[e]-(b:Entity)"
            " RETURN e.date AS d, e.eid AS i, e.src AS s, e.rel AS r, e.dst AS o ORDER BY d DESC, i DESC LIMIT 50",
            x=x,
        )

    def q15_contra(self, r, q):
        return self.run(
            f"MATCH (a:Entity)-[e1:R{r}]->(b:Entity), (a)-[e2:R{q}]->(b)"
            " WHERE e1.date - e2.date <= 7 AND e2.date - e1.date <= 7 RETURN e1.eid, e2.eid"
        )
