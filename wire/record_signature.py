"""What a terminal signs of a request, and how the signature travels (RFC 9421).

One profile of the standard, not the whole: one label, one order of components and of
parameters, one algorithm. Anything else is refused, so there is nothing to negotiate.

Rule 1: NO I/O: times and nonces come in.
Rule 2: the body is covered by its Content-Digest, which the register compares with the
bytes that came (RFC 9530).

Source: RFC 9421, 2.5 (signature base), 3.3.4 (ECDSA P-256, signature as r and s).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LABEL: Final = "terminal"
TAG: Final = "kiosk-record-v1"
ALGORITHM: Final = "ecdsa-p256-sha256"
INPUT_HEADER: Final = "Signature-Input"
SIGNATURE_HEADER: Final = "Signature"
COMPONENTS: Final = (
    "@method",
    "@authority",
    "@path",
    "content-digest",
    "content-type",
    "enc-suite",
    "enc-key-id",
)
WINDOW_S: Final = 300
"""How far a signature's time may lie from the register's clock, either way."""
NONCE_BYTES: Final = 16
COORDINATE_BYTES: Final = 32
"""Of the curve P-256: a signature is r, then s, each of this length."""

_COVERED = " ".join(f'"{name}"' for name in COMPONENTS)
_INPUT = re.compile(
    rf"{LABEL}=\({re.escape(_COVERED)}\)"
    r";created=(?P<created>\d{1,12})"
    r';keyid="(?P<key>[0-9a-f]{64})"'
    rf';alg="{ALGORITHM}"'
    r';nonce="(?P<nonce>[0-9a-f]{32})"'
    rf';tag="{TAG}"',
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a signature says about itself."""

    created: int
    """Seconds since the epoch, by the terminal's clock."""
    key: str
    """SHA-256 of the certificate (DER) whose key signed, hex."""
    nonce: str
    """Random, hex: no signature counts twice."""


def parameters(stated: Stated) -> str:
    """Return the signature's parameters as they are signed and sent."""
    return (
        f'({_COVERED});created={stated.created};keyid="{stated.key}"'
        f';alg="{ALGORITHM}";nonce="{stated.nonce}";tag="{TAG}"'
    )


def base(components: Mapping[str, str], stated: Stated) -> bytes:
    """Return the bytes that are signed.

    Args:
        components: the value of each of COMPONENTS.
        stated: what the signature says about itself.

    Raises:
        KeyError: a component is missing.
    """
    lines = [f'"{name}": {components[name].strip()}' for name in COMPONENTS]
    lines.append(f'"@signature-params": {parameters(stated)}')
    return "\n".join(lines).encode()


def parse(text: str) -> Stated | None:
    """Return what a Signature-Input field states; None if it is not of this profile."""
    match = _INPUT.fullmatch(text)
    if match is None:
        return None
    return Stated(int(match["created"]), match["key"], match["nonce"])
