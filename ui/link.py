"""The screens' end of the socket to the engine.

Rule 1: what cannot be decoded ends the connection; its code is noted, its content never.
Rule 2: while the engine is away the screens knock again, ever more slowly.
Rule 3: the engine's first byte carries the descriptor of the preview memory; whoever
takes it closes it.
"""

import contextlib
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from ui.notify import note
from wire.failures import Failure
from wire.framing import BadMessage, Splitter, decode, encode, frame
from wire.screen import PREVIEW_FD_COUNT, FromScreens, Hello, ToScreens
from wire.versions import SOFTWARE

FIRST_WAIT_MS: Final = 100
LONGEST_WAIT_MS: Final = 2_000
_SEND_TIMEOUT_S: Final = 2.0
"""An engine that takes no bytes for so long has hung: hang up."""
_CHUNK_BYTES: Final = 65_536


class Link(QObject):
    """Connects, receives on Qt's loop, sends, and comes back by itself."""

    def __init__(
        self,
        path: Path,
        *,
        on_up: Callable[[int], None],
        on_message: Callable[[ToScreens], None],
        on_down: Callable[[], None],
    ) -> None:
        """Start to knock at once.

        Args:
            path: the engine's unix socket.
            on_up: the engine is there; takes the descriptor of the preview memory.
            on_message: each message.
            on_down: the engine went.
        """
        super().__init__()
        self._path = path
        self._on_up = on_up
        self._on_message = on_message
        self._on_down = on_down
        self._socket: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._splitter = Splitter()
        self._is_up = False
        self._wait_ms = FIRST_WAIT_MS
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._knock)
        self._again.start(0)

    def send(self, message: FromScreens) -> None:
        """Send to the engine; when it has gone, `on_down` says so, not this."""
        if self._socket is None or not self._is_up:
            return
        try:
            self._socket.sendall(frame(encode(message)))
        except OSError:
            self._hang_up()

    def close(self) -> None:
        """Hang up for good."""
        self._again.timeout.disconnect(self._knock)
        self._hang_up()
        self._again.stop()

    def _knock(self) -> None:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # Connecting to a unix socket waits only when the engine's queue is full: then later.
        connection.setblocking(False)
        try:
            connection.connect(str(self._path))
        except OSError:
            connection.close()
            self._knock_later()
            return
        connection.settimeout(_SEND_TIMEOUT_S)
        self._socket = connection
        self._splitter = Splitter()
        self._notifier = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._readable)

    def _knock_later(self) -> None:
        self._again.start(self._wait_ms)
        self._wait_ms = min(self._wait_ms * 2, LONGEST_WAIT_MS)

    def _readable(self) -> None:
        try:
            if self._is_up:
                self._receive()
            else:
                self._meet()
        except BadMessage:
            note(Failure.LINK_BAD_MESSAGE)
            self._hang_up()
        except OSError:
            self._hang_up()

    def _meet(self) -> None:
        """Take the first byte and the descriptor that comes with it, and say hello."""
        assert self._socket is not None
        first, descriptors, _, _ = socket.recv_fds(
            self._socket, 1, PREVIEW_FD_COUNT, socket.MSG_CMSG_CLOEXEC
        )
        if not first:
            self._hang_up()
            return
        if len(descriptors) != PREVIEW_FD_COUNT:
            for descriptor in descriptors:
                os.close(descriptor)
            raise BadMessage("no descriptor came with the first byte")
        self._is_up = True
        self._on_up(descriptors[0])
        self.send(Hello(version=SOFTWARE))

    def _receive(self) -> None:
        connection = self._socket
        assert connection is not None
        chunk = connection.recv(_CHUNK_BYTES)
        if not chunk:
            self._hang_up()
            return
        for body in self._splitter.feed(chunk):
            message = decode(body, ToScreens)
            # Only an engine that makes sense is met again without delay.
            self._wait_ms = FIRST_WAIT_MS
            self._on_message(message)
            if self._socket is not connection:
                return

    def _hang_up(self) -> None:
        if self._socket is None:
            return
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._socket = None
        self._splitter = Splitter()
        was_up, self._is_up = self._is_up, False
        if was_up:
            self._on_down()
        self._knock_later()
