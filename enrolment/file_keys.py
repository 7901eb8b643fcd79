"""The sandbox's keys, as files in its data folder; `enrolment.sandbox` makes such a folder."""

import hashlib
import hmac
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from enrolment.kept import Purpose
from enrolment.keys import Plan, load_plan
from enrolment.unseal import opener
from wire import sealing


class FileKeys:
    """Keys that anybody who reads the folder has."""

    def __init__(self, folder: Path) -> None:
        """Read the keys in `folder`.

        Raises:
            OSError: a file is missing.
            ValueError: a file holds no such key.
        """
        self._plan = load_plan(folder)
        self._opening = {
            key.id: opener(sealing.private_key((folder / "seal" / f"{key.id}.bin").read_bytes()))
            for key in self._plan.seal
        }
        signing = load_pem_private_key((folder / "receipt_private.pem").read_bytes(), password=None)
        if not isinstance(signing, Ed25519PrivateKey):
            raise ValueError("receipt_private.pem holds no Ed25519 key")  # noqa: TRY004
        self._signing = signing
        self._number = (folder / "number_key.bin").read_bytes()
        self._wrapping = {
            purpose: (folder / f"{purpose.value}_key.bin").read_bytes() for purpose in Purpose
        }

    @property
    def plan(self) -> Plan:
        """Return the plan of the sealing keys."""
        return self._plan

    def open_sealed(self, sealed: bytes, info: bytes, *, key_id: str) -> bytes:
        """Return what was sealed to the key `key_id` with this HPKE info."""
        return self._opening[key_id](sealed, info)

    def sign(self, content: bytes) -> bytes:
        """Return the Ed25519 signature of the receipt key."""
        return self._signing.sign(content)

    def number_digest(self, number: bytes) -> bytes:
        """Return a keyed digest (HMAC-SHA256)."""
        return hmac.digest(self._number, number, hashlib.sha256)

    def wrap(self, purpose: Purpose, key: bytes) -> bytes:
        """Return a 32-byte key wrapped by the key of a purpose (RFC 3394)."""
        return aes_key_wrap(self._wrapping[purpose], key)

    def unwrap(self, purpose: Purpose, wrapped: bytes) -> bytes:
        """Return what was wrapped; ValueError if it was not, or by another key."""
        try:
            return aes_key_unwrap(self._wrapping[purpose], wrapped)
        except InvalidUnwrap as cause:
            raise ValueError("not wrapped by this key") from cause
