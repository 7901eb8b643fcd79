"""Sign what goes to the register with the key of the terminal's certificate.

Rule: the terminal's clock is never set from here; what the register says of the time
only moves the time that signatures state.

Source: RFC 9421 in the profile of `wire.record_signature`.
"""

import base64
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from wire import record_signature as signature
from wire.record_signature import COORDINATE_BYTES, LABEL, NONCE_BYTES, Stated


class Signer:
    """Signs requests in the name of one certificate."""

    def __init__(
        self,
        certificate: Path,
        key: Path,
        *,
        clock: Callable[[], float],
        random_bytes: Callable[[int], bytes],
    ) -> None:
        """Read certificate and key (PEM).

        Args:
            certificate: the terminal's.
            key: its private key, on the curve P-256.
            clock: seconds since the epoch.
            random_bytes: so many unpredictable bytes.

        Raises:
            OSError: a file is missing.
            ValueError: a file holds no certificate, or no key of that curve.
        """
        loaded = load_pem_private_key(key.read_bytes(), password=None)
        if not isinstance(loaded, ec.EllipticCurvePrivateKey) or loaded.key_size != 256:
            raise ValueError("the terminal's key is no P-256 key")
        named = x509.load_pem_x509_certificate(certificate.read_bytes())
        self._key = loaded
        self._name = named.fingerprint(hashes.SHA256()).hex()
        self._clock = clock
        self._random_bytes = random_bytes
        self._ahead_s = 0.0

    def correct(self, register_time: float) -> None:
        """State times by the register's clock from now on, which shows `register_time`."""
        self._ahead_s = register_time - self._clock()

    def sign(self, method: str, url: str, fields: Mapping[str, str]) -> dict[str, str]:
        """Return the fields that sign a request.

        Args:
            method: PUT or the like.
            url: the whole address.
            fields: the request's fields; those that are signed must be among them.

        Raises:
            KeyError: a field that is signed is missing.
        """
        parts = urlsplit(url)
        components = {name.lower(): value for name, value in fields.items()} | {
            "@method": method,
            "@authority": parts.netloc.lower(),
            "@path": parts.path,
        }
        stated = Stated(
            created=int(self._clock() + self._ahead_s),
            key=self._name,
            nonce=self._random_bytes(NONCE_BYTES).hex(),
        )
        signed = self._key.sign(signature.base(components, stated), ec.ECDSA(hashes.SHA256()))
        raw = b"".join(n.to_bytes(COORDINATE_BYTES, "big") for n in decode_dss_signature(signed))
        return {
            signature.INPUT_HEADER: f"{LABEL}={signature.parameters(stated)}",
            signature.SIGNATURE_HEADER: f"{LABEL}=:{base64.b64encode(raw).decode()}:",
        }
