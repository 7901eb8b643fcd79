"""HTTP message signatures: the bytes that are signed, and the header that says which.

NO I/O and no keys: the terminal signs these bytes, a server verifies them, and both
build them here. Only the profile we send is understood: one signature, these five
components, in this order.

Source: RFC 9421, 2 (components), 2.5 (signature base), 4 (headers), 3.3 (algorithms);
RFC 9530 (Content-Digest).
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Final

COMPONENTS: Final = ("@method", "@authority", "@path", "content-type", "content-digest")
"""Not @target-uri: a server behind a proxy does not see the scheme that was called."""
LABEL: Final = "sig1"
LARGEST_HEADER: Final = 1024
_INPUT = re.compile(
    LABEL + r"=(?P<params>\((?P<components>[^()]*)\)"
    r";created=(?P<created>[0-9]{1,12})"
    r';keyid="(?P<key_id>[0-9a-f]{64})"'
    r';alg="(?P<algorithm>ed25519|ecdsa-p256-sha256)"'
    r';tag="(?P<tag>[a-z0-9-]{1,40})")'
)
_SIGNATURE = re.compile(LABEL + r"=:(?P<value>[A-Za-z0-9+/]{1,400}={0,2}):")
_NAMED = " ".join(f'"{name}"' for name in COMPONENTS)


class BadSignature(Exception):
    """No signature of ours: missing, malformed, or another profile; carries no content."""

    code = "signature.bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Who signed, when, how and what for."""

    created: int
    """Seconds since 1970."""
    key_id: str
    """SHA-256 of the signer's certificate (DER), hex."""
    algorithm: str
    tag: str

    def __str__(self) -> str:
        """Return them as both headers and the signature base spell them."""
        return (
            f'({_NAMED});created={self.created};keyid="{self.key_id}"'
            f';alg="{self.algorithm}";tag="{self.tag}"'
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What the signature covers of a request."""

    method: str
    authority: str
    path: str
    content_type: str
    content_digest: str


def content_digest(body: bytes) -> str:
    """Return the Content-Digest field of a body."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def signature_base(covered: Covered, parameters: Parameters) -> bytes:
    """Return the bytes to be signed.

    Raises:
        BadSignature: a component is empty, not ASCII, or holds a line's end.
    """
    values = (
        covered.method,
        covered.authority.lower(),
        covered.path,
        covered.content_type,
        covered.content_digest,
    )
    if not all(value.isascii() and value.isprintable() and value for value in values):
        raise BadSignature("a component that cannot be signed")
    lines = [f'"{name}": {value}' for name, value in zip(COMPONENTS, values, strict=True)]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode()


def headers(parameters: Parameters, signature: bytes) -> dict[str, str]:
    """Return the two fields that carry a signature."""
    value = base64.b64encode(signature).decode()
    return {"Signature-Input": f"{LABEL}={parameters}", "Signature": f"{LABEL}=:{value}:"}


def parse(signature_input: str, signature: str) -> tuple[Parameters, bytes]:
    """Read the two fields.

    Raises:
        BadSignature: they are missing or of another profile.
    """
    if len(signature_input) > LARGEST_HEADER or len(signature) > LARGEST_HEADER:
        raise BadSignature("longer than any of ours")
    named, value = _INPUT.fullmatch(signature_input), _SIGNATURE.fullmatch(signature)
    if named is None or value is None or named["components"] != _NAMED:
        raise BadSignature("missing, or of another profile")
    parameters = Parameters(
        created=int(named["created"]),
        key_id=named["key_id"],
        algorithm=named["algorithm"],
        tag=named["tag"],
    )
    try:
        return parameters, base64.b64decode(value["value"], validate=True)
    except binascii.Error:
        raise BadSignature("no base64") from None
