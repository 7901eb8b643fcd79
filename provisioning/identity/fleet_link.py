"""Talk to the fleet before there is an identity, and as one.

Rule 1: the only module of provisioning that opens a connection to a server.
Rule 2: before the authority is known, one thing is fetched: its certificate. It is believed
if the code on the slip names its hash; nothing secret travels until then.
Rule 3: nothing is followed, retried or kept; every answer is bounded in size and time.

Our exception hierarchy::

    FleetError              carries a stable `code`
    ├── FleetSilent         no connection, no whole answer in time, or not now
    ├── ForgedFleet         not the fleet of the code: another authority, a login page
    └── FleetRefuses        the fleet said no; `code` is the fleet's own
"""

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from wire.claim import AUTHORITY_PATH, LARGEST_ANSWER_BYTES, ClaimCode, pin
from wire.failures import Failure

_WAIT_S: Final = 10.0
_NOT_NOW: Final = frozenset({429, 502, 503, 504})
"""What stands before a fleet says without a code of ours: too much at once, nobody there."""


class FleetError(Exception):
    """Something about the fleet; carries a stable `code` and no content."""

    code: str = Failure.CLAIM_UNREACHABLE.value


class FleetSilent(FleetError):
    """No connection, no whole answer in time, or not now: asking later may help."""


class ForgedFleet(FleetError):
    """Whoever answers is not the fleet of the code."""

    code = Failure.CLAIM_FORGED_FLEET.value


class FleetRefuses(FleetError):
    """The fleet said no."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    content: bytes
    date_s: float | None
    """Its clock, seconds since 1970; None if it did not say."""


def authority(code: ClaimCode) -> tuple[x509.Certificate, Answer]:
    """Return the certificate of the fleet's authority that the code names, and the answer.

    Raises:
        FleetSilent: nobody answers.
        ForgedFleet: somebody else does.
    """
    # Not verified on purpose, and nothing is said: what comes back is held against the code.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    answer = _exchange(context, code.url, AUTHORITY_PATH, {}, None)
    try:
        certificate = x509.load_pem_x509_certificate(answer.content)
    except ValueError:
        raise ForgedFleet("no authority's certificate") from None
    if answer.status != http.client.OK:
        raise ForgedFleet("no authority's certificate")
    if pin(certificate.public_bytes(Encoding.DER)) != code.authority:
        raise ForgedFleet("another authority than the code names")
    return certificate, answer


def post(
    url: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    fleet_ca: bytes,
    identity: tuple[Path, Path] | None = None,
) -> Answer:
    """Send `body` to a fleet that `fleet_ca` (PEM) vouches for.

    Args:
        url: of the server, https.
        path: on it.
        headers: the request's.
        body: its content.
        fleet_ca: who issued the server's certificate.
        identity: certificate and key of the terminal, PEM files, once it has them.

    Raises:
        FleetSilent: no connection, or no whole answer in time.
        ForgedFleet: somebody else's certificate, or an answer that is not the fleet's.
        FleetRefuses: the fleet's own code.
    """
    context = ssl.create_default_context(cadata=fleet_ca.decode())
    if identity is not None:
        context.load_cert_chain(*identity)
    answer = _exchange(context, url, path, headers, body)
    if answer.status in {http.client.OK, http.client.CREATED}:
        return answer
    code = _code_of(answer.content)
    if code is None and answer.status in _NOT_NOW:
        raise FleetSilent("too much at once, or nobody behind the door")
    if code is None:
        raise ForgedFleet("an answer that is not the fleet's")
    raise FleetRefuses(answer.status, code)


def _exchange(
    context: ssl.SSLContext, url: str, path: str, headers: Mapping[str, str], body: bytes | None
) -> Answer:
    address = urlsplit(url)
    method = "GET" if body is None else "POST"
    line = http.client.HTTPSConnection(
        address.hostname or "", address.port or 443, context=context, timeout=_WAIT_S
    )
    try:
        line.request(method, path, body, dict(headers))
        response = line.getresponse()
        content = response.read(LARGEST_ANSWER_BYTES + 1)
    except ssl.SSLCertVerificationError:
        raise ForgedFleet("a certificate of another authority, or for another name") from None
    except (OSError, http.client.HTTPException) as cause:
        raise FleetSilent("no whole answer") from cause
    finally:
        line.close()
    if len(content) > LARGEST_ANSWER_BYTES:
        raise ForgedFleet("an answer larger than any of the fleet's")
    return Answer(response.status, content, _seconds(response.headers.get("Date", "")))


def _seconds(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except ValueError:
        return None


def _code_of(content: bytes) -> str | None:
    """Return the fleet's own code; None where it is none."""
    try:
        code = json.loads(content).get("code")
    except (ValueError, AttributeError):
        return None
    return str(code) if code in set(Failure) else None
