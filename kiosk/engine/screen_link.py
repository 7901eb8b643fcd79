"""The engine's end of the socket to the screens.

One screen program at a time; it is lent the preview memory. Anything that is no message of
`wire.screen` ends the connection; the screens come back.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from drivers.one_peer import OnePeer
from wire.framing import BadMessage, encode, frame, messages
from wire.screen import FromScreens, Hello, ToScreens


class ScreenLink:
    """Listens, receives on a thread of its own, sends from the engine's thread."""

    def __init__(
        self,
        path: Path,
        *,
        preview_fd: int,
        on_message: Callable[[FromScreens], None],
        on_up: Callable[[str], None],
        on_down: Callable[[str], None],
    ) -> None:
        """Listen on `path`, replacing a stale socket there.

        Args:
            path: the unix socket.
            preview_fd: the preview memory, lent to each screen program.
            on_message: each message, on the link's thread.
            on_up: a screen program said hello, and which version it is; on the link's thread.
            on_down: it went, with a failure code, on the link's thread.
        """
        self._on_message = on_message
        self._on_up = on_up
        self._peer = OnePeer(path, lends=preview_fd, attend=self._attend, on_gone=on_down)
        self._peer.start()

    @property
    def is_up(self) -> bool:
        """Whether a screen program is connected."""
        return self._peer.is_up

    def send(self, message: ToScreens) -> None:
        """Send to the screens; when they are gone, `on_down` says so, not this."""
        self._peer.send(frame(encode(message)))

    def kill_peer(self) -> None:
        """End a screen program that does not answer; its supervisor starts the next."""
        self._peer.kill()

    def close(self) -> None:
        """Stop listening and hang up."""
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
            self._on_up(message.version)
            return
        self._on_message(message)
