"""The engine's end of the socket to the screens, as a plain socket that tests hold.

It decides nothing: a test says what is sent and looks at what came back.
"""

import os
import socket
from pathlib import Path

import msgspec

from wire.framing import Splitter, decode, encode, frame
from wire.preview import PreviewHeader
from wire.screen import FromScreens


class EngineEnd:
    """Listens, meets one screen program at a time, keeps what it said."""

    def __init__(self, path: Path) -> None:
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(path))
        self._listener.listen(1)
        self._listener.setblocking(False)
        self._connection: socket.socket | None = None
        self._splitter = Splitter()
        self.said: list[FromScreens] = []
        header = PreviewHeader(64, 48)
        self.preview = os.memfd_create("preview", os.MFD_CLOEXEC)
        os.ftruncate(self.preview, header.total_bytes)
        os.pwrite(self.preview, header.pack(), 0)

    def meets(self) -> bool:
        """Accept whoever knocks; say whether there is a connection."""
        if self._connection is None:
            try:
                self._connection, _ = self._listener.accept()
            except BlockingIOError:
                return False
            self.said.clear()
            self._splitter = Splitter()
            self._connection.setblocking(False)
            socket.send_fds(self._connection, [b"\0"], [self.preview])
        return True

    def send(self, message: msgspec.Struct) -> None:
        """Send one message."""
        self.send_bytes(frame(encode(message)))

    def send_bytes(self, content: bytes) -> None:
        """Send bytes that may be no message."""
        assert self._connection is not None
        self._connection.sendall(content)

    def heard(self, message: FromScreens) -> bool:
        """Say whether the screens said `message`."""
        self.listen()
        return message in self.said

    def heard_kind(self, kind: type[FromScreens]) -> bool:
        """Say whether the screens said anything of `kind`."""
        self.listen()
        return any(isinstance(message, kind) for message in self.said)

    def listen(self) -> None:
        """Take what has arrived."""
        if self._connection is None:
            return
        try:
            while chunk := self._connection.recv(65_536):
                self.said += [decode(body, FromScreens) for body in self._splitter.feed(chunk)]
        except BlockingIOError:
            return
        except ConnectionResetError:
            pass
        self.hang_up()

    def is_connected(self) -> bool:
        """Say whether the screens are still there."""
        self.listen()
        return self._connection is not None

    def hang_up(self) -> None:
        """Go, as a crashed engine does."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Take everything away."""
        self.hang_up()
        self._listener.close()
        os.close(self.preview)
