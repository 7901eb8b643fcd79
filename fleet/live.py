"""One stream for each open page: says only that there is something new to fetch.

A slow page misses what came in between and gets the newest; nothing piles up for it.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

BEAT_S: Final = 20.0
MOST_PAGES: Final = 500


class TooManyPages(Exception):
    """As many pages are open as may be."""


class Live:
    """Counts looks, and wakes whoever waits for the next one."""

    def __init__(self) -> None:
        """Begin at nought."""
        self._count = 0
        self._pages = 0
        self._changed = asyncio.Event()

    def looked(self) -> None:
        """Say that there is something new; on the event loop."""
        self._count += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def stream(self, *, beat_s: float = BEAT_S) -> AsyncIterator[bytes]:
        """Yield an event for each change, and a sign of life in between.

        Raises:
            TooManyPages: too many listen already.
        """
        if self._pages >= MOST_PAGES:
            raise TooManyPages("too many pages are open")
        self._pages += 1
        try:
            while True:
                yield f"id: {self._count}\ndata: {self._count}\n\n".encode()
                changed = self._changed
                try:
                    await asyncio.wait_for(changed.wait(), beat_s)
                except TimeoutError:
                    yield b": still here\n\n"
        finally:
            self._pages -= 1
