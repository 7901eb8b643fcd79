"""Which of the register's keys records are sealed to, and how it stays the right one.

sync fetches the register's signed offer and keeps the file as it came; the engine
believes it only with the register's signature under it, so that neither sync nor
whoever writes that file can make the terminal seal to another's key.
"""

import contextlib
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.sync.jws import BadSignature, opened
from wire.record import SealSuite
from wire.register_keys import KeySet, SealKey, chosen
from wire.sealing import suite_of

_LARGEST_BYTES = 16 * 1024


class RegisterKeys:
    """The offer kept in a file beside the outbox."""

    def __init__(
        self,
        file: Path,
        *,
        signer: Ed25519PublicKey,
        provisioned: bytes,
        clock: Callable[[], float],
    ) -> None:
        """Use the offer in `file` once there is one, `provisioned` until then.

        Args:
            file: where sync keeps the offer.
            signer: the register's key under receipts and offers.
            provisioned: the key the terminal was set up with, in its raw form (`wire.sealing`).
            clock: seconds since the epoch.
        """
        self._file = file
        self._signer = signer
        self._provisioned = provisioned
        self._clock = clock

    def current(self) -> bytes:
        """Return the key to seal to now."""
        with contextlib.suppress(OSError, BadSignature):
            with self._file.open("rb") as file:
                offered = _offered(file.read(_LARGEST_BYTES), self._signer)
            now = datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds")
            key = chosen(offered, now=now)
            if key is not None:
                return key.public
        return self._provisioned

    def keep(self, offer: bytes) -> None:
        """Keep what the register answered, if the register signed it.

        Raises:
            BadSignature: it did not; what was kept before stays.
            OSError: it could not be written.
        """
        _offered(offer, self._signer)
        fresh = self._file.with_suffix(".new")
        with fresh.open("wb") as file:
            file.write(offer)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._file)


def beside(outbox: Path) -> Path:
    """Return the file of the offer for a terminal with this outbox."""
    return outbox.with_name("register_keys.jws")


def _offered(offer: bytes, signer: Ed25519PublicKey) -> KeySet:
    try:
        offered = msgspec.json.decode(opened(offer.decode("ascii"), key=signer), type=KeySet)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise BadSignature("no offer of keys") from cause
    if not all(_fits(key) for key in offered.keys):
        raise BadSignature("a key of another kind than its suite")
    return offered


def _fits(key: SealKey) -> bool:
    if key.suite not in list(SealSuite):
        return True  # One that is made later: it is never chosen.
    try:
        return suite_of(key.public) == key.suite
    except ValueError:
        return False
