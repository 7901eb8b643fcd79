"""Tell the fleet which devices stand in the terminal, when that is not what it was told last.

A fleet that is older than this message refuses it: the file stays where it is, and it is told
again an hour later. Check-ins go on meanwhile as if there were none.
"""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Final

import msgspec

from kiosk.sync.signature import Signer
from kiosk.sync.transport import RegisterError, Transport
from wire.devices import CONTENT_TYPE, FILE, PATH, SIGNATURE_TAG, BadReport, decode_kept

SOON_S: Final = 60.0
LATER_S: Final = 3600.0
_LARGEST: Final = 16_384


class DevicesPost:
    """Tells for one terminal; for the reporter's thread."""

    def __init__(
        self,
        state: Path,
        transport: Transport,
        signer: Signer,
        *,
        url: str,
        created: Callable[[], int],
        steady: Callable[[], float],
    ) -> None:
        """Tell the fleet at `url` what the engine left in `state`.

        Args:
            state: the state folder.
            transport: the way to the fleet.
            signer: signs in the terminal's name.
            url: the fleet's address, as `transport` has it.
            created: when a request is signed, seconds since 1970.
            steady: seconds that never go back.
        """
        self._file = state / FILE
        self._transport = transport
        self._signer = signer
        self._url = url.rstrip("/") + PATH
        self._created = created
        self._steady = steady
        self._told = b""
        self._not_before = 0.0

    def tell(self) -> None:
        """Tell what is new; what is not taken is told again later."""
        if self._steady() < self._not_before:
            return
        body = self._body()
        if body in {b"", self._told}:
            return
        fields = self._signer.sign(
            "POST", self._url, CONTENT_TYPE, body, created=self._created(), tag=SIGNATURE_TAG
        )
        try:
            status = self._transport.post(PATH, body, fields).status
        except RegisterError:
            self._wait(SOON_S)
            return
        if status == HTTPStatus.NO_CONTENT:
            self._told = body
        else:
            self._wait(SOON_S if status >= HTTPStatus.INTERNAL_SERVER_ERROR else LATER_S)

    def _body(self) -> bytes:
        """Return what there is to tell; empty if nothing was left, or nothing that can be read."""
        try:
            with self._file.open("rb") as file:
                return msgspec.msgpack.encode(decode_kept(file.read(_LARGEST)))
        except (OSError, BadReport):
            return b""

    def _wait(self, pause_s: float) -> None:
        self._not_before = self._steady() + pause_s
