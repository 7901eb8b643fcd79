"""A unix socket for one program at a time, which is lent a descriptor when it comes.

The first byte sent carries the descriptor (SCM_RIGHTS). Whoever does not read is hung up on:
nobody who sends waits longer than `SEND_S`.
"""

import contextlib
import os
import signal
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

SEND_S: Final = 2.0
_CHUNK_BYTES: Final = 65_536
_CREDENTIALS: Final = struct.Struct("3i")
_TIMEVAL: Final = struct.Struct("@ll")


class OnePeer:
    """Listens from the beginning, accepts once `start` was called, sends from any thread."""

    def __init__(
        self,
        path: Path,
        *,
        lends: int,
        attend: Callable[[Iterator[bytes]], str],
        on_gone: Callable[[str], None],
    ) -> None:
        """Listen on `path`, in the place of a stale socket there.

        Args:
            path: the unix socket.
            lends: the descriptor that each program is lent.
            attend: takes what one program sends, until it goes; returns why it went. On this
                socket's thread.
            on_gone: it went, and why; on this socket's thread.

        Raises:
            OSError: nothing can listen there.
        """
        self._path = path
        self._lends = lends
        self._attend = attend
        self._on_gone = on_gone
        self._sending = threading.Lock()
        self._connection: socket.socket | None = None
        self._peer = 0
        path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(path))
        # The program is another user, of the same group (packaging/terminal/units).
        path.chmod(0o660)
        self._listener.listen(1)
        self._thread = threading.Thread(target=self._serve, name=path.name, daemon=True)

    def start(self) -> None:
        """Accept programs from now on."""
        self._thread.start()

    @property
    def is_up(self) -> bool:
        """Whether a program is connected."""
        return self._connection is not None

    def send(self, content: bytes) -> None:
        """Send, if a program is there; one that does not take it is hung up on."""
        with self._sending:
            if self._connection is None:
                return
            try:
                self._connection.sendall(content)
            except OSError:
                self._hang_up()

    def kill(self) -> None:
        """End a program that does not answer; its supervisor starts the next."""
        if self._peer:
            try:
                os.kill(self._peer, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                # Gone already, or another user's: closing makes it start afresh as well.
                self._hang_up()

    def close(self) -> None:
        """Stop listening and hang up."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._hang_up()
        self._thread.join()
        self._listener.close()
        self._path.unlink(missing_ok=True)

    def _hang_up(self) -> None:
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                why = self._attend(self._received(connection))
                with self._sending:
                    self._connection = None
                self._peer = 0
            self._on_gone(why)

    def _received(self, connection: socket.socket) -> Iterator[bytes]:
        """Yield what comes, until the program goes."""
        credentials = connection.getsockopt(
            socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size
        )
        self._peer = _CREDENTIALS.unpack(credentials)[0]
        # For sending alone: a program that thinks sends nothing for long.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _timeval(SEND_S))
        with contextlib.suppress(OSError):
            socket.send_fds(connection, [b"\0"], [self._lends])
            with self._sending:
                self._connection = connection
            while chunk := connection.recv(_CHUNK_BYTES):
                yield chunk


def _timeval(seconds: float) -> bytes:
    return _TIMEVAL.pack(int(seconds), int(seconds % 1 * 1_000_000))
