"""Who may look: whoever has the console's token, for half a day, in a sealed cookie.

The token is the break-glass way in and the only one so far; it stands in a file that
only the server may read. Without that file there is no console.
"""

import hmac
import secrets
from hashlib import sha256
from pathlib import Path
from typing import Final

COOKIE: Final = "fleet"
LASTS_S: Final = 12 * 3600
_SHORTEST: Final = 24


class NoToken(Exception):
    """There is no token, or one that could be guessed."""


class SigningIn:
    """Knows the token; makes and reads cookies."""

    def __init__(self, token: str) -> None:
        """Let in whoever has `token`; cookies of an earlier run end with it.

        Raises:
            NoToken: it is shorter than 24 letters.
        """
        if len(token) < _SHORTEST:
            raise NoToken(f"the console's token has at least {_SHORTEST} letters")
        self._digest = sha256(token.encode()).digest()
        self._key = secrets.token_bytes(32)

    def cookie(self, token: str, *, now: float) -> str | None:
        """Return the cookie for who gives this token; None for a wrong one."""
        if not hmac.compare_digest(sha256(token.encode()).digest(), self._digest):
            return None
        until = str(int(now) + LASTS_S)
        return f"{until}.{self._mac(until)}"

    def lets_in(self, cookie: str, *, now: float) -> bool:
        """Say whether a cookie is ours and not too old."""
        until, _, mac = cookie.partition(".")
        ours = hmac.compare_digest(mac.encode(), self._mac(until).encode())
        return ours and until.isdigit() and now < int(until)

    def _mac(self, until: str) -> str:
        return hmac.digest(self._key, until.encode(), sha256).hex()


def load(path: Path) -> SigningIn:
    """Read the token in the file `path`.

    Raises:
        NoToken: the file is not there, or holds too short a token.
    """
    try:
        return SigningIn(path.read_text().strip())
    except OSError:
        raise NoToken("no file with the console's token") from None
