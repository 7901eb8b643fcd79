"""Sign requests with the terminal's own key, so that no proxy can speak in its name.

Rule: the terminal's clock is never set from here; what the register says of the time only
moves the time that signatures state.

Source: RFC 9421 in the profile of `wire.signature`.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from wire import signing
from wire.record import SIGNATURE_TAG, SIGNED_FIELDS
from wire.signature import (
    NONCE_BYTES,
    Covered,
    Parameters,
    authority,
    content_digest,
)


class Signer:
    """Signs in the name of one certificate, and of the machine where its TPM has a key."""

    def __init__(
        self,
        certificate: x509.Certificate,
        key: object,
        *,
        machine: signing.MachineKey | None = None,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        """Sign with `key`, which `certificate` names, and with `machine` beside it.

        Raises:
            ValueError: the key is neither Ed25519 nor of P-256, or not the certificate's.
        """
        if not signing.signs(key):
            raise ValueError("a key neither Ed25519 nor of P-256")
        if key.public_key() != certificate.public_key():
            raise ValueError("the terminal's key is not the one its certificate names")
        self._key = key
        self._machine = machine
        self._key_id = hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
        self._random_bytes = random_bytes

    def sign(
        self, method: str, url: str, content_type: str, body: bytes, *, created: int, tag: str
    ) -> dict[str, str]:
        """Return the header fields of a request with this body, signed.

        Args:
            method: in upper case.
            url: the whole address that is called; it has no query.
            content_type: of the body.
            body: what is sent.
            created: now, seconds since 1970.
            tag: what the signature is for.

        Raises:
            DeviceError: the machine's key does not sign.
        """
        fields = {"Content-Type": content_type, "Content-Digest": content_digest(body)}
        return fields | self.signed(method, url, fields, created=created, tag=tag)

    def signed(
        self,
        method: str,
        url: str,
        fields: Mapping[str, str],
        *,
        created: int,
        tag: str,
        more: tuple[str, ...] = (),
    ) -> dict[str, str]:
        """Return the two fields that sign a request.

        Args:
            method: in upper case.
            url: the whole address that is called; it has no query.
            fields: the request's; those that are signed must be among them.
            created: now, seconds since 1970.
            tag: what the signature is for.
            more: what is signed beyond `wire.signature.COMPONENTS`, in lower case.

        Raises:
            KeyError: a field that is signed is missing.
            DeviceError: the machine's key does not sign.
        """
        address = urlsplit(url)
        named = {name.lower(): value for name, value in fields.items()}
        covered = Covered(
            method=method,
            authority=authority(address.scheme, address.hostname, address.port),
            path=address.path,
            content_type=named["content-type"],
            content_digest=named["content-digest"],
            more=tuple((name, named[name]) for name in more),
        )
        parameters = Parameters(
            created=created,
            key_id=self._key_id,
            algorithm=signing.algorithm(self._key),
            nonce=self._random_bytes(NONCE_BYTES).hex(),
            tag=tag,
            more=more,
        )
        return signing.fields(self._key, covered, parameters, self._machine)


class RecordSigner:
    """Signs records, by a clock that the register may correct."""

    def __init__(self, signer: Signer, *, clock: Callable[[], float]) -> None:
        """Begin by this terminal's clock, seconds since the epoch."""
        self._signer = signer
        self._clock = clock
        self._ahead_s = 0.0

    def correct(self, register_time: float) -> None:
        """State times by the register's clock from now on, which shows `register_time`."""
        self._ahead_s = register_time - self._clock()

    def sign(self, method: str, url: str, fields: Mapping[str, str]) -> dict[str, str]:
        """Return the two fields that sign a request that stores a record.

        Raises:
            KeyError: a field that is signed is missing.
        """
        created = int(self._clock() + self._ahead_s)
        return self._signer.signed(
            method, url, fields, created=created, tag=SIGNATURE_TAG, more=SIGNED_FIELDS
        )


def load_signer(certificate: Path, key: Path, machine: signing.MachineKey | None = None) -> Signer:
    """Return the signer of two PEM files, with the machine's key beside them.

    Raises:
        OSError: a file cannot be read.
        ValueError: a file holds something else, or they do not belong together.
    """
    return Signer(
        x509.load_pem_x509_certificate(certificate.read_bytes()),
        load_pem_private_key(key.read_bytes(), password=None),
        machine=machine,
    )
