"""A hand at the wizard's panel, without a panel: the screens' end of the socket, held by a test."""

import os
import socket
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from wire.framing import Splitter, decode, encode, frame
from wire.preview import PreviewHeader
from wire.screen import Action, Hello, Language, SetupScreen, ShowSetup, ToScreens, Touched
from wire.versions import SOFTWARE

_SOON_S = 60.0


class Hand:
    """Sees the newest page and touches it."""

    def __init__(self, path: Path) -> None:
        """Meet whoever listens, or soon will, on the unix socket `path`."""
        deadline = time.monotonic() + _SOON_S
        while True:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                self._socket.connect(str(path))
            except OSError:
                self._socket.close()
                assert time.monotonic() < deadline, "nobody listens"
            else:
                break
        self._socket.settimeout(_SOON_S)
        _, (self._preview, *_), _, _ = socket.recv_fds(self._socket, 1, 1)
        self._splitter = Splitter()
        self.page = ShowSetup(sequence=0, screen=SetupScreen.SETUP_WORK, language=Language.EN)
        self._send(Hello(version=SOFTWARE))
        self._next()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""
        self._socket.close()
        os.close(self._preview)

    @property
    def facts(self) -> dict[str, Any]:
        """What the page shows."""
        return dict(self.page.facts)

    def touch(self, action: Action, argument: str = "", *, on: int | None = None) -> None:
        """Touch the page, or an older one by its sequence."""
        sequence = self.page.sequence if on is None else on
        self._send(Touched(sequence=sequence, action=action, argument=argument))

    def sees(self, screen: SetupScreen, **facts: object) -> dict[str, Any]:
        """Wait for a page of this screen with these facts; return all of its facts."""
        while not (
            self.page.screen is screen
            and all(self.facts.get(name) == value for name, value in facts.items())
        ):
            self._next()
        return self.facts

    def language(self) -> Language:
        """Return what the page speaks."""
        return self.page.language

    def hears(self, language: Language) -> None:
        """Wait until the page is in this language."""
        while self.page.language is not language:
            self._next()

    def shout(self, content: bytes) -> None:
        """Send bytes that may be no message."""
        self._socket.sendall(content)

    def type(self, text: str) -> None:
        """Type a line and take it."""
        for letter in text:
            before = str(self.sees(SetupScreen.SETUP_TYPE)["typed"])
            self.touch(Action.KEY, letter)
            self.sees(SetupScreen.SETUP_TYPE, typed=before + letter)
        self.touch(Action.CONTINUE)

    def frames(self) -> int:
        """Return how many pictures are in the preview memory."""
        return PreviewHeader.unpack(os.pread(self._preview, 1 << 25, 0)).count

    def _send(self, message: Hello | Touched) -> None:
        self._socket.sendall(frame(encode(message)))

    def _next(self) -> None:
        """Take what has come, at least one page."""
        while True:
            chunk = self._socket.recv(65_536)
            assert chunk, "the wizard is gone"
            shown = [decode(body, ToScreens) for body in self._splitter.feed(chunk)]
            pages = [one for one in shown if isinstance(one, ShowSetup)]
            if pages:
                self.page = pages[-1]
                return
