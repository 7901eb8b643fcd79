"""The wizard's end of the socket to the screens.

As the engine's: one screen program at a time; its first byte carries the descriptor of the preview
memory (SCM_RIGHTS); what is no message of `wire.screen` ends the connection, and the screens
come back. Programs do not import each other, so this end is provisioning's own.
"""

import contextlib
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from wire.framing import BadMessage, Splitter, decode, encode, frame
from wire.screen import FromScreens, Hello, ToScreens, Touched, checked

_CHUNK_BYTES: Final = 65_536
_SEND_TIMEOUT_S: Final = 2.0


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
        self._preview = preview
        self._on_up = on_up
        self._on_touch = on_touch
        self._sending = threading.Lock()
        self._connection: socket.socket | None = None
        self._path = path
        path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(path))
        # The screens are another user, of the same group (packaging/terminal/units).
        path.chmod(0o660)
        self._listener.listen(1)
        self._thread = threading.Thread(target=self._serve, name="screens", daemon=True)
        self._thread.start()

    def send(self, message: ToScreens) -> None:
        """Send, if there are screens."""
        with self._sending:
            if self._connection is None:
                return
            try:
                self._connection.sendall(frame(encode(message)))
            except OSError:
                with contextlib.suppress(OSError):
                    self._connection.shutdown(socket.SHUT_RDWR)
                self._connection = None

    def close(self) -> None:
        """Hang up, and listen no more."""
        for end in (self._listener, self._connection):
            if end is not None:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()
        self._path.unlink(missing_ok=True)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError, BadMessage, msgspec.ValidationError):
                self._attend(connection)

    def _attend(self, connection: socket.socket) -> None:
        """Serve one screen program until it goes."""
        splitter = Splitter()
        socket.send_fds(connection, [b"\0"], [self._preview])
        connection.settimeout(_SEND_TIMEOUT_S)
        with self._sending:
            self._connection = connection
        try:
            while chunk := self._received(connection):
                for body in splitter.feed(chunk):
                    self._take(decode(body, FromScreens))
        finally:
            with self._sending:
                self._connection = None

    @staticmethod
    def _received(connection: socket.socket) -> bytes:
        while True:
            # Only sending may not take long; somebody who thinks sends nothing.
            with contextlib.suppress(TimeoutError):
                return connection.recv(_CHUNK_BYTES)

    def _take(self, message: FromScreens) -> None:
        if isinstance(message, Hello):
            self._on_up()
        elif isinstance(message, Touched):
            self._on_touch(checked(message))
