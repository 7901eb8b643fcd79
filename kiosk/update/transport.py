"""Fetch metadata and releases from the fleet: HTTPS with both sides' certificates, bounded.

Rule 1: nothing is retried, followed or redirected here; the next look decides.
Rule 2: no answer is longer than it was announced by signed metadata.
Rule 3: a release is fetched no faster than asked, so that a shop's line stays usable, and goes
on where it was cut.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import requests
from tuf.api.exceptions import DownloadError, DownloadHTTPError
from tuf.ngclient.fetcher import FetcherInterface

CONNECT_S: Final = 3.0
READ_S: Final = 20.0
_CHUNK: Final = 1 << 15
_PARTIAL: Final = 206
_OK: Final = 200


class NotFetched(Exception):
    """The fleet did not give it, or not within its bounds; carries a stable `code`."""

    code = "update.not_fetched"


@dataclass(frozen=True, slots=True)
class Identity:
    """The files by which terminal and fleet know each other; None for a loopback without TLS."""

    ca: Path
    certificate: Path
    key: Path


class Transport(FetcherInterface):
    """One session with the fleet."""

    def __init__(
        self,
        identity: Identity | None,
        *,
        bytes_per_s: float,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """Prepare; nothing is asked yet.

        Args:
            identity: see `Identity`.
            bytes_per_s: a release is fetched no faster.
            clock: seconds that never go back.
            wait: passes so many seconds, and is cut short when the program ends.
        """
        self._rate = bytes_per_s
        self._clock = clock
        self._wait = wait
        self._session = requests.Session()
        self._session.trust_env = False
        if identity is not None:
            self._session.verify = str(identity.ca)
            self._session.cert = (str(identity.certificate), str(identity.key))

    def _fetch(self, url: str) -> Iterator[bytes]:
        """Return a metadata file in pieces, as python-tuf asks; it bounds their sum."""
        answer = self._ask(url, {})
        if answer.status_code != _OK:
            raise DownloadHTTPError("not given", answer.status_code)
        return self._pieces(answer)

    def resume(self, url: str, into: Path, length: int) -> None:
        """Fetch a file of a known length, going on from what lies in `into`.

        Raises:
            NotFetched: cut short, refused, or longer than announced; what came is kept.
            OSError: it cannot be written.
        """
        have = into.stat().st_size if into.exists() else 0
        if have > length:
            into.unlink()
            have = 0
        if have == length:
            return
        try:
            answer = self._ask(url, {"Range": f"bytes={have}-"} if have else {})
            if answer.status_code == _OK:
                have = 0
            elif answer.status_code != _PARTIAL:
                raise NotFetched(f"status {answer.status_code}")
            self._write(answer, into, have, length)
        except DownloadError:
            raise NotFetched("cut short") from None

    def close(self) -> None:
        """Let the connection go."""
        self._session.close()

    def _write(self, answer: requests.Response, into: Path, have: int, length: int) -> None:
        began, fetched = self._clock(), 0
        with into.open("r+b" if have else "wb") as file:
            file.seek(have)
            for piece in self._pieces(answer):
                fetched += len(piece)
                if have + fetched > length:
                    raise NotFetched("longer than announced")
                file.write(piece)
                ahead = fetched / self._rate - (self._clock() - began)
                if ahead > 0:
                    self._wait(ahead)
        if have + fetched != length:
            raise NotFetched("cut short")

    def _ask(self, url: str, headers: dict[str, str]) -> requests.Response:
        try:
            return self._session.get(
                url,
                headers={**headers, "Accept-Encoding": "identity"},
                timeout=(CONNECT_S, READ_S),
                stream=True,
                allow_redirects=False,
            )
        except requests.RequestException:
            raise DownloadError("no answer") from None

    def _pieces(self, answer: requests.Response) -> Iterator[bytes]:
        try:
            with answer:
                yield from answer.iter_content(_CHUNK)
        except requests.RequestException:
            raise DownloadError("cut short") from None
