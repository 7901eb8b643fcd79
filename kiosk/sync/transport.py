"""Talk to the register: HTTPS with both sides' certificates, bounded in time and size.

Rule 1: the only module that knows requests.
Rule 2: nothing is retried, followed or redirected here; the outbox decides.

Our exception hierarchy::

    RegisterError               carries a stable `code`
    ├── RegisterUnreachable     no connection, or not to the register
    ├── RegisterSlow            no whole answer in time
    └── RegisterBadAnswer       an answer that is none: broken or too large

Source: RFC 9530 (Content-Digest); urllib3's Retry hides a 429 or 503 that carries
Retry-After unless told otherwise, hence the settings in `_NO_RETRIES`.
"""

import http.client
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import requests
import urllib3
from requests.adapters import HTTPAdapter

from kiosk.sync.answers import Answer, register_time
from kiosk.sync.signature import RecordSigner
from wire.record import CONTENT_TYPE, KEY_ID_HEADER, SUITE, SUITE_HEADER, SealSuite
from wire.signature import content_digest
from wire.trail_head import HEADER as TRAIL_HEADER
from wire.trail_head import NO_TRAIL, TrailHead

CONNECT_S: Final = 3.0
READ_S: Final = 10.0
WHOLE_S: Final = 20.0
"""Within this the last byte must be here, however steadily they drip."""
LARGEST_ANSWER_BYTES: Final = 64 * 1024

# read=False hands a read error over as it is, where 0 would wrap it into a text.
_NO_RETRIES = urllib3.Retry(
    total=0, read=False, redirect=0, respect_retry_after_header=False, raise_on_status=False
)


class RegisterError(Exception):
    """Something about the register; carries a stable `code` and no content."""

    code = "register.unreachable"


class RegisterUnreachable(RegisterError):
    """No connection, or not to the register."""

    code = "register.unreachable"


class RegisterSlow(RegisterError):
    """No whole answer in time."""

    code = "register.slow"


class RegisterBadAnswer(RegisterError):
    """An answer that is none: broken or too large."""

    code = "register.bad_answer"


@dataclass(frozen=True, slots=True)
class Identity:
    """The files by which terminal and register know each other."""

    ca: Path
    """Who issued the register's certificate."""
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds."""

    connect_s: float = CONNECT_S
    read_s: float = READ_S
    whole_s: float = WHOLE_S


class Transport:
    """One kept-alive connection to the register; for one thread."""

    def __init__(
        self,
        register: str,
        identity: Identity,
        patience: Patience,
        signer: RecordSigner | None = None,
    ) -> None:
        """Prepare to talk to the register at the https URL `register`.

        Args:
            register: its address.
            identity: the files by which both sides know each other.
            patience: how long to wait.
            signer: signs records; None for whoever only asks.

        Raises:
            ValueError: the URL is not https.
        """
        if not register.startswith("https://"):
            raise ValueError("the register is reached by https only")
        self._base = register.rstrip("/")
        self._root = self._base + "/v1/"
        self._patience = patience
        self._signer = signer
        self._session = requests.Session()
        # No proxies, no .netrc, no CA bundle from the environment.
        self._session.trust_env = False
        self._session.verify = str(identity.ca)
        self._session.cert = (str(identity.certificate), str(identity.key))
        self._session.mount("https://", HTTPAdapter(pool_maxsize=1, max_retries=_NO_RETRIES))

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def put(
        self,
        record_id: str,
        sealed: bytes,
        *,
        key_id: str,
        suite: SealSuite = SUITE,
        trail: TrailHead = NO_TRAIL,
    ) -> Answer:
        """Offer a sealed record and the head of the trail, signed by this terminal.

        When the register finds our time wrong, the next signature states the register's.

        Raises:
            RegisterError: no answer that can be judged.
        """
        headers = {
            "Content-Type": CONTENT_TYPE,
            "Content-Digest": content_digest(sealed),
            SUITE_HEADER: suite.value,
            KEY_ID_HEADER: key_id,
            TRAIL_HEADER: str(trail),
        }
        url = f"{self._root}enrolments/{record_id}"
        if self._signer is not None:
            headers |= self._signer.sign("PUT", url, headers)
        answer = self._exchange("PUT", url, headers, sealed)
        time_there = register_time(answer)
        if self._signer is not None and time_there is not None:
            self._signer.correct(time_there)
        return answer

    def standing(self, record_id: str) -> Answer:
        """Ask how a record stands.

        Raises:
            RegisterError: no answer that can be judged.
        """
        return self._exchange("GET", f"{self._root}enrolments/{record_id}", {}, None)

    def keys(self, *, known: str) -> Answer:
        """Ask which keys to seal to, unless it is the offer with the ETag `known`.

        Raises:
            RegisterError: no answer that can be judged.
        """
        headers = {"If-None-Match": known} if known else {}
        return self._exchange("GET", f"{self._root}keys", headers, None)

    def ask_consent(self, consent_id: str, body: bytes) -> Answer:
        """Ask for a guardian's consent; `body` is a `wire.guardian.ConsentRequest` as JSON.

        Raises:
            RegisterError: no answer that can be judged.
        """
        url = f"{self._root}guardian-consents/{consent_id}"
        return self._exchange("PUT", url, {"Content-Type": "application/json"}, body)

    def consent(self, consent_id: str) -> Answer:
        """Ask how a request for a guardian's consent stands.

        Raises:
            RegisterError: no answer that can be judged.
        """
        return self._exchange("GET", f"{self._root}guardian-consents/{consent_id}", {}, None)

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Send `body` to `path` of the server: a check-in to the fleet.

        Raises:
            RegisterError: no answer that can be judged.
        """
        return self._exchange("POST", self._base + path, headers, body)

    def _exchange(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None
    ) -> Answer:
        deadline = time.monotonic() + self._patience.whole_s
        try:
            with self._session.request(
                method,
                url,
                headers=headers,
                data=body,
                timeout=(self._patience.connect_s, self._patience.read_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                content = _bounded(response, deadline)
        except requests.ConnectTimeout as cause:
            raise RegisterUnreachable("no connection in time") from cause
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as cause:
            raise RegisterSlow("no answer in time") from cause
        except requests.ConnectionError as cause:
            raise _connection_failure(cause) from cause
        except (requests.RequestException, urllib3.exceptions.HTTPError) as cause:
            raise RegisterBadAnswer("no answer of the agreed form") from cause
        names = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, names, content)


def _bounded(response: requests.Response, deadline: float) -> bytes:
    content = bytearray()
    # raw.read1 hands out what has arrived, so that a drip is noticed.
    while piece := response.raw.read1(LARGEST_ANSWER_BYTES, decode_content=False):
        content += piece
        if len(content) > LARGEST_ANSWER_BYTES:
            raise RegisterBadAnswer("an answer larger than any of the register's")
        if time.monotonic() > deadline:
            raise RegisterSlow("no whole answer in time")
    return bytes(content)


def _connection_failure(cause: requests.ConnectionError) -> RegisterError:
    """Tell an answer that is no HTTP from no connection: requests calls both the same."""
    reasons: list[object] = [cause]
    for reason in reasons:
        if isinstance(reason, http.client.RemoteDisconnected):
            break
        if isinstance(reason, http.client.HTTPException):
            return RegisterBadAnswer("not even HTTP")
        if isinstance(reason, BaseException):
            reasons += [argument for argument in reason.args if argument not in reasons]
    return RegisterUnreachable("no connection to the register")
