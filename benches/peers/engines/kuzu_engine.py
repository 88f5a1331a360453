"""Kùzu."""

import kuzu

from engines import kuzu_like

VERSION = "Kùzu " + kuzu.__version__
LACKS = {}


def load(directory, database):
    kuzu_like.load(kuzu, directory, database)


class Engine(kuzu_like.Engine):
    def __init__(self, directory, database):
        super().__init__(kuzu, database)
