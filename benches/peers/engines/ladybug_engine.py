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
