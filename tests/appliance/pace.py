"""How fast time goes for the machine, the servers it speaks to, and whoever stands before it.

An emulated machine is slow, so its clock is: no time-out inside hears of it. The servers' clocks
go with it, or a terminal would not believe its own. While a machine is kept, time stands still.
"""

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SOURCE: Final = Path(__file__).with_name("slow_clock.c")
_NS: Final = 1_000_000_000


class Pace:
    """The time that the machine's clock shows."""

    def __init__(
        self, slower: int = 1, *, folder: Path = Path(), shows: float | None = None
    ) -> None:
        """Begin.

        Args:
            slower: a second in the machine lasts so many of ours.
            folder: for what makes clocks slow.
            shows: what clocks show now, seconds since the epoch; the time of day by itself.
        """
        self._slower = slower
        self._began = time.time()
        self._shows = self._began if shows is None else shows
        self._library = folder.resolve() / "slow_clock.so"
        if slower > 1:
            command = ["cc", "-O2", "-Wall", "-Werror", "-shared", "-fPIC"]
            subprocess.run([*command, "-o", self._library, _SOURCE, "-ldl"], check=True)

    def now(self) -> float:
        """Return what clocks show, seconds since the epoch."""
        return self._shows + (time.time() - self._began) / self._slower

    def go(self, slower: int) -> None:
        """Go on at another pace, for whatever is started from now on."""
        self._shows, self._began = self.now(), time.time()
        self._slower = slower

    def go_back(self, shows: float, slower: int) -> None:
        """Let clocks show another time and go on from it, for whatever is started from now on."""
        self._shows, self._began = shows, time.time()
        self._slower = slower

    def machine(self) -> dict[str, str]:
        """Return the environment of a machine: all its clocks are slow."""
        return os.environ | self._words() | {"SLOW_STEADY": "yes"}

    @contextlib.contextmanager
    def server(self) -> Iterator[None]:
        """In the block a server is started: it shows this time, and waits in ours."""
        before = dict(os.environ)
        os.environ.update(self._words())
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)

    def _words(self) -> dict[str, str]:
        if self._slower == 1:
            return {}
        return {
            "LD_PRELOAD": str(self._library),
            "SLOW_BY": str(self._slower),
            "SLOW_SINCE": str(round(self._began * _NS)),
            "SLOW_SHOWS": str(round(self._shows * _NS)),
        }
