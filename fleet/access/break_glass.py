"""The way in when the provider is away: a token in a sealed envelope, never unnoticed.

Whoever uses it says why, and everybody on duty is told. Wrong tries are few.
"""

import hmac
import threading
from collections import deque
from hashlib import sha256
from pathlib import Path
from typing import Final

from fleet.access.roles import Grant, Person, Role
from fleet.alerts.finding import Finding
from fleet.health.rules import Severity
from wire.failures import Failure

SHORTEST: Final = 24
MOST_TRIES: Final = 5
_WITHIN_S: Final = 900.0
WHO: Final = Person(
    "break-glass", "break-glass", (Grant(Role.OPERATOR), Grant(Role.SECURITY), Grant(Role.AUDITOR))
)
"""All that operations need in an emergency; still one person, where two are wanted."""
BROKEN_GLASS: Final = Finding(
    rule="access.break_glass",
    terminal=None,
    district="",
    severity=Severity.PAGE,
    failure=Failure.ACCESS_BREAK_GLASS,
    sentence="somebody is in by the break-glass token",
    security=True,
)


class NoToken(Exception):
    """There is no token, or one that could be guessed."""


class TooManyTries(Exception):
    """Wrong tokens were tried too often lately."""


class BreakGlass:
    """Knows the token's digest."""

    def __init__(self, token: str) -> None:
        """Let in whoever has `token`.

        Raises:
            NoToken: it is shorter than 24 letters.
        """
        if len(token) < SHORTEST:
            raise NoToken(f"the console's token has at least {SHORTEST} letters")
        self._digest = sha256(token.encode()).digest()
        self._wrong: deque[float] = deque(maxlen=MOST_TRIES)
        self._lock = threading.Lock()

    def opens(self, token: str, *, now: float) -> bool:
        """Say whether it is the token.

        Raises:
            TooManyTries: the last five within a quarter of an hour were wrong.
        """
        with self._lock:
            if len(self._wrong) == MOST_TRIES and now - self._wrong[0] < _WITHIN_S:
                raise TooManyTries("too many wrong tokens")
            right = hmac.compare_digest(sha256(token.encode()).digest(), self._digest)
            if not right:
                self._wrong.append(now)
            return right


def load(path: Path) -> BreakGlass:
    """Read the token in the file `path`.

    Raises:
        NoToken: the file is not there, or holds too short a token.
    """
    try:
        return BreakGlass(path.read_text().strip())
    except OSError:
        raise NoToken("no file with the console's token") from None
