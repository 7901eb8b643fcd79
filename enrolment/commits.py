"""Many requests, one commit: a write is answered when the transaction it shares is durable.

A disk makes a few hundred transactions durable each second, however small they are.
While one is on its way, the writes that come meanwhile gather for the next, so the
wait is never longer than two commits, and a lone write waits for nothing.
"""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, Full, Queue
from typing import Generic, TypeVar

MOST_TOGETHER = 500
_WAITING = 2000

Write = TypeVar("Write")
Result = TypeVar("Result")


class Overloaded(Exception):
    """More writes wait than can be made in reasonable time."""


class Commits(Generic[Write, Result]):
    """Makes writes together in a thread of its own; for any number of threads."""

    def __init__(
        self,
        make: Callable[[list[Write]], list[Result]],
        *,
        together: int = MOST_TOGETHER,
        waiting: int = _WAITING,
    ) -> None:
        """Start the thread.

        Args:
            make: makes all writes durable, or none and raises; a result for each.
            together: so many writes at most share a commit.
            waiting: so many may wait.
        """
        self._make = make
        self._together = together
        self._waiting: Queue[tuple[Write, Future[Result]] | None] = Queue(waiting)
        self._thread = threading.Thread(target=self._run, name="commits", daemon=True)
        self._thread.start()

    def write(self, write: Write) -> Result:
        """Return the result of `write` once it is durable.

        Raises:
            Overloaded: too many wait already; nothing was written.
            Exception: what `make` raised for this write alone.
        """
        return self.begin(write).result()

    def begin(self, write: Write) -> Future[Result]:
        """Return at once; the future holds what `write` would return or raise.

        Raises:
            Overloaded: too many wait already; nothing will be written.
        """
        future: Future[Result] = Future()
        try:
            self._waiting.put_nowait((write, future))
        except Full:
            raise Overloaded("too many writes wait") from None
        return future

    def close(self) -> None:
        """Finish what waits, and end the thread."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch = [first]
            is_last = False
            with contextlib.suppress(Empty):
                while len(batch) < self._together:
                    following = self._waiting.get_nowait()
                    if following is None:
                        is_last = True
                        break
                    batch.append(following)
            self._make_all(batch)
            if is_last:
                return

    def _make_all(self, batch: list[tuple[Write, Future[Result]]]) -> None:
        try:
            results = self._make([write for write, _ in batch])
        except Exception as failure:  # noqa: BLE001  the thread lives on; whoever waits is told
            if len(batch) == 1:
                batch[0][1].set_exception(failure)
                return
            # One write may spoil all, as two processes that wait for each other do: one by one.
            for one in batch:
                self._make_all([one])
            return
        for (_, future), result in zip(batch, results, strict=True):
            future.set_result(result)
