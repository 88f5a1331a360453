"""LadybugDB."""

import ladybug

from engines import kuzu_like

VERSION = "LadybugDB " + ladybug.__version__
LACKS = {}


def load(directory, database):
    kuzu_like.load(ladybug, directory, database)


class Engine(kuzu_like.Engine):
    def __init__(self, directory, database):
        super().__init__(ladybug, database)

    # Version 0.22 leaves out rows of two steps in one pattern; said in two, it is right.

    def q07_twohop(self, r1, r2, x):
        return self.run(
            f"MATCH (b:Entity)-[:R{r2}]->(x:Entity) WHERE x.id = $x WITH DISTINCT b"
            f" MATCH (a:Entity)-[:R{r1}]->(b) RETURN DISTINCT a.id",
            x=x,
        )

    def q07w_twohop_why(self, r1, r2, x):
        return self.run(
            f"MATCH (b:Entity)-[e2:R{r2}]->(x:Entity) WHERE x.id = $x WITH b, e2.eid AS second"
            f" MATCH (a:Entity)-[e1:R{r1}]->(b) RETURN a.id, e1.eid, b.id, second",
            x=x,
        )
