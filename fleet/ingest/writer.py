"""Group commit: requests wait while one thread writes many of them in one transaction.

A request is answered only after its rows survive a power cut, and the price of that,
one sync of the disk, is shared by all that came in meanwhile.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import DBAPIError

from fleet.ingest.rows import Rows, Told, rows
from fleet.journal import Event, note

MOST_WAITING: Final = 4000
MOST_AT_ONCE: Final = 500
_LINGER_S: Final = 0.01
"""So long the first of a batch waits for others; below what a sync of a disk takes."""


class Full(Exception):
    """As many check-ins wait as may; come again later."""


class NotStored(Exception):
    """The database did not take the batch; nothing of it is stored."""


class Writer:
    """One thread that writes; requests of one event loop hand over and wait."""

    def __init__(
        self,
        keep: Callable[[Rows], None],
        loop: asyncio.AbstractEventLoop,
        *,
        linger_s: float = _LINGER_S,
    ) -> None:
        """Write with `keep`; answer on `loop`. Begin with `start`."""
        self._keep = keep
        self._loop = loop
        self._linger_s = linger_s
        self._waiting: deque[tuple[Told, asyncio.Future[None]]] = deque()
        self._change = threading.Condition()
        self._ends = threading.Event()
        self.is_down = False
        """The last batch was not taken."""
        self.stored = 0
        self.refused = 0
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, then end."""
        self._ends.set()
        with self._change:
            self._change.notify()
        self._thread.join()

    @property
    def load(self) -> float:
        """Return how full the queue is, 0 to 1."""
        return len(self._waiting) / MOST_WAITING

    async def store(self, told: Told) -> None:
        """Return once `told` is durable.

        Raises:
            Full: too many wait already.
            NotStored: the database did not take it.
        """
        if len(self._waiting) >= MOST_WAITING or self._ends.is_set():
            self.refused += 1
            raise Full("too many wait")
        future: asyncio.Future[None] = self._loop.create_future()
        with self._change:
            self._waiting.append((told, future))
            if len(self._waiting) == 1:
                self._change.notify()
        await future

    def _run(self) -> None:
        while True:
            with self._change:
                while not self._waiting:
                    if self._ends.is_set():
                        return
                    self._change.wait()
            self._ends.wait(self._linger_s)
            self._write(
                [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]
            )

    def _write(self, batch: list[tuple[Told, asyncio.Future[None]]]) -> None:
        failed = False
        try:
            self._keep(rows(told for told, _ in batch))
        except DBAPIError:
            failed = True
        if failed != self.is_down:
            self.is_down = failed
            note(Event.STORE_DOWN if failed else Event.STORE_BACK)
        if failed:
            self.refused += len(batch)
        else:
            self.stored += len(batch)
        futures = [future for _, future in batch]
        self._loop.call_soon_threadsafe(_answer, futures, failed)


def _answer(futures: list[asyncio.Future[None]], failed: bool) -> None:  # noqa: FBT001
    for future in futures:
        if future.done():
            # Whoever asked went away; what was sent is stored all the same.
            continue
        if failed:
            future.set_exception(NotStored("the database did not take it"))
        else:
            future.set_result(None)
