"""The engine's end of the socket to the screens.

One screen program at a time: a new connection replaces the old one. The first
bytes sent carry the descriptor of the preview memory (SCM_RIGHTS). Anything that
is no message of `wire.screen` ends the connection; the screens come back.
"""

import os
import signal
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from wire.framing import BadMessage, Splitter, decode, encode, frame
from wire.screen import FromScreens, Hello, ToScreens, Touched, checked

_CHUNK_BYTES = 65_536
_PEER_CREDENTIALS = struct.Struct("3i")


class ScreenLink:
    """Listens, receives on a thread of its own, sends from the engine's thread."""

    def __init__(
        self,
        path: Path,
        *,
        preview_fd: int,
        on_message: Callable[[FromScreens], None],
        on_up: Callable[[], None],
        on_down: Callable[[str], None],
    ) -> None:
        """Listen on `path`, replacing a stale socket there.

        Args:
            path: the unix socket.
            preview_fd: the preview memory, lent to each screen program.
            on_message: each message, on the link's thread.
            on_up: a screen program said hello, on the link's thread.
            on_down: it went, with a failure code, on the link's thread.
        """
        self._preview_fd = preview_fd
        self._on_message = on_message
        self._on_up = on_up
        self._on_down = on_down
        self._connection: socket.socket | None = None
        self._peer = 0
        self._sending = threading.Lock()
        path.unlink(missing_ok=True)
        self._path = path
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(path))
        path.chmod(0o660)
        self._listener.listen(1)
        self._thread = threading.Thread(target=self._serve, name="screens", daemon=True)
        self._thread.start()

    @property
    def is_up(self) -> bool:
        """Whether a screen program is connected."""
        return self._connection is not None

    def send(self, message: ToScreens) -> None:
        """Send to the screens; when they are gone, `on_down` says so, not this."""
        with self._sending:
            if self._connection is None:
                return
            try:
                self._connection.sendall(frame(encode(message)))
            except OSError:
                return

    def kill_peer(self) -> None:
        """End a screen program that does not answer; its supervisor starts the next."""
        if self._peer:
            try:
                os.kill(self._peer, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                # Gone already, or another user's: closing makes it start afresh as well.
                self._hang_up()

    def close(self) -> None:
        """Stop listening and hang up."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._hang_up()
        self._thread.join()
        self._path.unlink(missing_ok=True)

    def _hang_up(self) -> None:
        connection = self._connection
        if connection is not None:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                code = self._attend(connection)
            self._on_down(code)

    def _attend(self, connection: socket.socket) -> str:
        """Serve one screen program until it goes; return why it went."""
        size = _PEER_CREDENTIALS.size
        credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
        self._peer = _PEER_CREDENTIALS.unpack(credentials)[0]
        splitter = Splitter()
        try:
            socket.send_fds(connection, [b"\0"], [self._preview_fd])
            with self._sending:
                self._connection = connection
            while chunk := connection.recv(_CHUNK_BYTES):
                for body in splitter.feed(chunk):
                    self._take(decode(body, FromScreens))
        except BadMessage as bad:
            return bad.code
        except OSError:
            return "screen.lost"
        finally:
            with self._sending:
                self._connection = None
            self._peer = 0
        return "screen.lost"

    def _take(self, message: FromScreens) -> None:
        if isinstance(message, Hello):
            self._on_up()
            return
        self._on_message(checked(message) if isinstance(message, Touched) else message)
