"""A dead man's switch: somebody elsewhere hears from us each minute, as long as we really work.

Silence is the alarm. It is kept when nobody looks at the terminals any more, or nothing can
be stored, also while the server answers.
"""

import http.client
from typing import Final
from urllib.parse import urlsplit

from fleet.alerts.channels import NotSent

LOOKED_WITHIN_S: Final = 60.0
_TIMEOUT_S: Final = 10.0


def is_alive(*, looked_at: float, now: float, store_down: bool) -> bool:
    """Say whether the server does what it is there for."""
    return not store_down and now - looked_at <= LOOKED_WITHIN_S


def beat(url: str) -> None:
    """Tell the address that we live.

    Raises:
        NotSent: it does not answer.
    """
    address = urlsplit(url)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    line = kind(address.netloc, timeout=_TIMEOUT_S)
    try:
        line.request("POST", address.path or "/", b"", {"Content-Length": "0"})
        line.getresponse().read(1024)
    except (OSError, http.client.HTTPException) as cause:
        raise NotSent("nobody hears the beat") from cause
    finally:
        line.close()
