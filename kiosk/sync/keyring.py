"""Wrapping keys: one for each payload that waits, destroyed when the payload is.

A payload leaves traces where nobody can overwrite it: in blocks that a journal, a
truncated log or a flash controller set free. So it is never written but under a key
of its own, and the key stands in one place: a slot of this file, which is only ever
overwritten in place. Once the slot is zero, what is left of the payload is noise, also
to somebody who comes by the register's private key later.

A key seals one payload and no other, so its nonce may be constant (NIST SP 800-38D, 8.2).
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE = bytes(12)
_EMPTY = bytes(KEY_BYTES)


class Unwrappable(Exception):
    """The slot holds no key, or not the one this payload was wrapped with."""


class Keyring:
    """The file of slots; whoever writes holds the outbox's write lock."""

    def __init__(self, path: Path) -> None:
        """Open `path`, made if it is not there.

        Raises:
            OSError: it cannot be made or opened.
        """
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def wrap(self, slot: int, content: bytes, *, bound_to: str) -> bytes:
        """Return `content` wrapped with a new key, which is durable in `slot` on return."""
        key = token_bytes(KEY_BYTES)
        self._write(slot, key)
        os.fdatasync(self._file)
        return AESGCM(key).encrypt(_NONCE, content, bound_to.encode())

    def unwrap(self, slot: int, wrapped: bytes, *, bound_to: str) -> bytes:
        """Return what was wrapped.

        Raises:
            Unwrappable: the key is gone, or payload, slot or record are not each other's.
        """
        key = os.pread(self._file, KEY_BYTES, slot * KEY_BYTES)
        if len(key) != KEY_BYTES or key == _EMPTY:
            raise Unwrappable("no key")
        with suppress(InvalidTag):
            return AESGCM(key).decrypt(_NONCE, wrapped, bound_to.encode())
        raise Unwrappable("not under this key")

    def destroy(self, slots: Iterable[int]) -> None:
        """Overwrite `slots`, durably on return."""
        for slot in slots:
            self._write(slot, _EMPTY)
        os.fdatasync(self._file)

    def held(self) -> set[int]:
        """Return the slots that hold a key."""
        length = os.fstat(self._file).st_size
        whole = os.pread(self._file, length, 0)
        return {
            at // KEY_BYTES
            for at in range(0, length, KEY_BYTES)
            if whole[at : at + KEY_BYTES] != _EMPTY[: length - at]
        }

    def _write(self, slot: int, key: bytes) -> None:
        rest, at = memoryview(key), slot * KEY_BYTES
        while rest:
            written = os.pwrite(self._file, rest, at)
            rest, at = rest[written:], at + written
