"""The wizard's end of the socket to the screens.

As the engine's: what is no message of `wire.screen` ends the connection, and the screens come
back. What the screens say of their own state is nobody's concern here.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from drivers.one_peer import OnePeer
from wire.framing import BadMessage, encode, frame, messages
from wire.screen import FromScreens, Hello, ToScreens, Touched


class Link:
    """Listens, receives on a thread of its own, sends from any."""

    def __init__(
        self,
        path: Path,
        *,
        preview: int,
        on_up: Callable[[], None],
        on_touch: Callable[[Touched], None],
    ) -> None:
        """Listen on `path`, in the place of a stale socket there.

        Args:
            path: of the unix socket.
            preview: the descriptor of the preview memory.
            on_up: a screen program said hello; on the link's thread.
            on_touch: something was touched; on the link's thread.

        Raises:
            OSError: nothing can listen there.
        """
        self._on_up = on_up
        self._on_touch = on_touch
        self._peer = OnePeer(path, lends=preview, attend=self._attend, on_gone=lambda _: None)
        self._peer.start()

    def send(self, message: ToScreens) -> None:
        """Send, if there are screens."""
        self._peer.send(frame(encode(message)))

    def close(self) -> None:
        """Hang up, and listen no more."""
        self._peer.close()

    def _attend(self, chunks: Iterator[bytes]) -> str:
        """Serve one screen program until it goes; return why it went."""
        try:
            for message in messages(chunks, FromScreens):
                self._take(message)
        except BadMessage as bad:
            return bad.code
        return "screen.lost"

    def _take(self, message: FromScreens) -> None:
        if isinstance(message, Hello):
            self._on_up()
        elif isinstance(message, Touched):
            self._on_touch(message)
