"""Sign a request with the terminal's own key, so that no proxy can speak in its name.

Source: RFC 9421, 3.3.4 (ecdsa-p256-sha256: r and s, 32 bytes each), 3.3.6 (ed25519).
"""

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from wire.signature import Covered, Parameters, content_digest, headers, signature_base

_SCALAR_BYTES = 32


class Signer:
    """Signs in the name of one certificate."""

    def __init__(self, certificate: x509.Certificate, key: object) -> None:
        """Sign with `key`, which `certificate` names.

        Raises:
            ValueError: the key is neither Ed25519 nor of P-256, or not the certificate's.
        """
        if isinstance(key, Ed25519PrivateKey):
            self._algorithm = "ed25519"
        elif isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
            self._algorithm = "ecdsa-p256-sha256"
        else:
            raise ValueError("a key neither Ed25519 nor of P-256")  # noqa: TRY004
        if key.public_key() != certificate.public_key():
            raise ValueError("the terminal's key is not the one its certificate names")
        self._key = key
        self._key_id = hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()

    def sign(
        self, method: str, url: str, content_type: str, body: bytes, *, created: int, tag: str
    ) -> dict[str, str]:
        """Return the header fields that sign a request.

        Args:
            method: in upper case.
            url: the whole address that is called; it has no query.
            content_type: of the body.
            body: what is sent.
            created: now, seconds since 1970.
            tag: what the signature is for.
        """
        address = urlsplit(url)
        covered = Covered(
            method=method,
            authority=address.netloc,
            path=address.path,
            content_type=content_type,
            content_digest=content_digest(body),
        )
        parameters = Parameters(
            created=created, key_id=self._key_id, algorithm=self._algorithm, tag=tag
        )
        signature = self._signed(signature_base(covered, parameters))
        return {
            "Content-Type": content_type,
            "Content-Digest": covered.content_digest,
        } | headers(parameters, signature)

    def _signed(self, base: bytes) -> bytes:
        if isinstance(self._key, Ed25519PrivateKey):
            return self._key.sign(base)
        r, s = decode_dss_signature(self._key.sign(base, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(_SCALAR_BYTES, "big") + s.to_bytes(_SCALAR_BYTES, "big")


def load_signer(certificate: Path, key: Path) -> Signer:
    """Return the signer of two PEM files.

    Raises:
        OSError: a file cannot be read.
        ValueError: a file holds something else, or they do not belong together.
    """
    return Signer(
        x509.load_pem_x509_certificate(certificate.read_bytes()),
        load_pem_private_key(key.read_bytes(), password=None),
    )
