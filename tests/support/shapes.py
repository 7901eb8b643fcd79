"""Databases in their present shape: a copy takes a tenth of the migrations' time."""

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.support.postgres import Cluster


class Shape:
    """A shape that is made once for each kind of database, and copied."""

    def __init__(self, migrate: Callable[[str], None]) -> None:
        """Know how to make it.

        Args:
            migrate: the URL of an empty database to a shaped one.
        """
        self._migrate = migrate
        self._file = cache(self._made)
        self.within = cache(self._made_within)
        """Return the URL of a database of a cluster, to be copied by it."""

    def fill(self, file: Path) -> str:
        """Make an SQLite database that holds nothing; return its URL."""
        file.write_bytes(self._file())
        return f"sqlite:///{file}"

    def _made(self) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "shaped.db"
            self._migrate(f"sqlite:///{file}")
            return file.read_bytes()

    def _made_within(self, postgres: Cluster) -> str:
        url = postgres.new_database()
        self._migrate(url)
        return url
