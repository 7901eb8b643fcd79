"""Verify that a request was signed by the key of a certificate, now, for this purpose.

NO I/O: the time comes in as an argument.

Source: RFC 9421 in the profile of `wire.signature`; the tolerance of five minutes is ours.
"""

import hmac

from wire import signing
from wire.signature import (
    WINDOW_S,
    BadSignature,
    Covered,
    Parameters,
    content_digest,
    parse,
    signature_base,
)

TOLERANCE_S = WINDOW_S

Key = signing.PublicKey


class WrongClock(BadSignature):
    """Signed too long ago, or in the future."""

    code = "signature.clock"


def verify(
    covered: Covered,
    body: bytes,
    fields: tuple[str, str],
    *,
    key: Key,
    key_id: str,
    tag: str,
    now: float,
) -> Parameters:
    """Return what the signature says of itself, if the request was signed by `key`.

    Args:
        covered: what the request says of itself.
        body: its content.
        fields: Signature-Input and Signature.
        key: of the certificate that the caller has shown.
        key_id: SHA-256 of that certificate, hex.
        tag: what the signature must be for.
        now: seconds since 1970.

    Raises:
        WrongClock: created more than TOLERANCE_S from now; the signature holds.
        BadSignature: anything else is not as it must be.
    """
    parameters, signature = parse(*fields)
    if parameters.key_id != key_id or parameters.tag != tag:
        raise BadSignature("by another key, or for another purpose")
    if not hmac.compare_digest(covered.content_digest, content_digest(body)):
        raise BadSignature("of another content")
    signing.verify(key, parameters.algorithm, signature, signature_base(covered, parameters))
    if abs(now - parameters.created) > TOLERANCE_S:
        raise WrongClock("signed at another time")
    return parameters
