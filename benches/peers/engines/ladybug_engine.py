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

    def q07w_twohop_why(self, r1, r2, x):
        # As one pattern, version 0.22 leaves rows out where the second step has many: said in two, it is right.
        return self.run(
            f"MATCH (b:Entity)-[e2:R{r2}]->(x:Entity) WHERE x.id = $x WITH b, e2.eid AS second"
            f" MATCH (a:Entity)-[e1:R{r1}]->(b) RETURN a.id, e1.eid, b.id, second",
            x=x,
        )
