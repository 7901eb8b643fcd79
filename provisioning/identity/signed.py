"""Sign in the terminal's name: requests to the fleet, and reports for people.

Source: RFC 9421 in the profile of `wire.signature`.
"""

import base64
import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from wire import signing
from wire.signature import (
    P256,
    BadSignature,
    Covered,
    Parameters,
    authority,
    content_digest,
)

_REPORT = b"kiosk-report-v1\0"
"""Before a report's bytes: a report's signature is good for nothing else."""


def signed_headers(
    certificate: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    *,
    url: str,
    path: str,
    content_type: str,
    body: bytes,
    tag: str,
    created: int,
    nonce: bytes,
    machine: signing.MachineKey | None,
) -> dict[str, str]:
    """Return the header fields of a POST that is signed by the certificate's key.

    Args:
        certificate: whose key signs.
        key: the certificate's.
        url: of the server.
        path: on it.
        content_type: of the body.
        body: what is sent.
        tag: what the signature is for.
        created: now, seconds since 1970.
        nonce: random.
        machine: signs beside it; None where no TPM keeps a key.

    Raises:
        DeviceError: the machine's key does not sign.
    """
    digest = content_digest(body)
    address = urlsplit(url)
    covered = Covered(
        method="POST",
        authority=authority(address.scheme, address.hostname, address.port),
        path=path,
        content_type=content_type,
        content_digest=digest,
    )
    parameters = Parameters(
        created=created,
        key_id=hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest(),
        algorithm=signing.algorithm(key),
        nonce=nonce.hex(),
        tag=tag,
    )
    fields = {"Content-Type": content_type, "Content-Digest": digest}
    return fields | signing.fields(key, covered, parameters, machine)


def signature_of(report: Path) -> Path:
    """Return where a report's signature lies: beside it."""
    return report.with_suffix(".sig" if report.suffix == ".json" else f"{report.suffix}.sig")


def sign_report(report: bytes, key: ec.EllipticCurvePrivateKey) -> str:
    """Return a report's signature, in letters."""
    return base64.b64encode(signing.sign(key, _REPORT + report)).decode()


def verify_report(report: bytes, signature: str, certificate: x509.Certificate) -> None:
    """Return if a report is as the terminal of this certificate signed it.

    Raises:
        BadSignature: it is not.
    """
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise BadSignature("another kind of key than terminals have")
    try:
        content = base64.b64decode(signature.strip(), validate=True)
    except ValueError:
        raise BadSignature("no base64") from None
    signing.verify(key, P256, content, _REPORT + report)
