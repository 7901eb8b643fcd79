"""HTTP message signatures: the bytes that are signed, and the header that says which.

One profile for whatever a terminal sends to a server: one label, five components in one
order, then the fields that a kind of request adds, one order of parameters. Anything else
is refused, so there is nothing to negotiate.

Rule 1: NO I/O and no keys: the terminal signs these bytes, a server verifies them
(`wire.signing`), and both build them here.
Rule 2: the body is covered by its Content-Digest, which the server compares with the
bytes that came.
Rule 3: the tag says what a signature is for, and with it which fields it covers: none
counts for another purpose.
Rule 4: a machine whose TPM keeps a key signs the same components a second time, under a label
of its own; the certificate's key says which terminal, the machine's which machine.

Source: RFC 9421, 2 (components), 2.5 (signature base), 4 (headers), 4.3 (several signatures);
RFC 9530 (Content-Digest).
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, replace
from typing import Final

COMPONENTS: Final = ("@method", "@authority", "@path", "content-type", "content-digest")
"""Not @target-uri: a server behind a proxy does not see the scheme that was called."""
LABEL: Final = "terminal"
MACHINE_LABEL: Final = "machine"
INPUT_HEADER: Final = "Signature-Input"
SIGNATURE_HEADER: Final = "Signature"
ED25519: Final = "ed25519"
P256: Final = "ecdsa-p256-sha256"
WINDOW_S: Final = 300
"""How far a signature's time may lie from the server's clock, either way."""
NONCE_BYTES: Final = 16
LARGEST_HEADER: Final = 1024
_PORTS: Final = {"http": 80, "https": 443}
_BETWEEN: Final = ", "
_INPUT = re.compile(
    r"(?P<label>[a-z]+)=(?P<params>\((?P<components>[^()]*)\)"
    r";created=(?P<created>[0-9]{1,12})"
    r';keyid="(?P<key_id>[0-9a-f]{64})"'
    rf';alg="(?P<algorithm>{ED25519}|{P256})"'
    r';nonce="(?P<nonce>[0-9a-f]{32})"'
    r';tag="(?P<tag>[a-z0-9-]{1,40})")'
)
_SIGNATURE = re.compile(r"(?P<label>[a-z]+)=:(?P<value>[A-Za-z0-9+/]{1,400}={0,2}):")


class BadSignature(Exception):
    """No signature of ours: missing, malformed, or another profile; carries no content."""

    code = "signature.bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Who signed, when, how and what for."""

    created: int
    """Seconds since 1970."""
    key_id: str
    """SHA-256 of the signer's certificate (DER), of a machine's public key (DER); hex."""
    algorithm: str
    nonce: str
    """Random, hex: whoever stores what was signed lets no signature count twice."""
    tag: str
    more: tuple[str, ...] = ()
    """The fields that are covered beyond COMPONENTS, in lower case."""

    def __str__(self) -> str:
        """Return them as both headers and the signature base spell them."""
        return (
            f'({_named(self.more)});created={self.created};keyid="{self.key_id}"'
            f';alg="{self.algorithm}";nonce="{self.nonce}";tag="{self.tag}"'
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What the signature covers of a request."""

    method: str
    authority: str
    path: str
    content_type: str
    content_digest: str
    more: tuple[tuple[str, str], ...] = ()
    """Name, in lower case, and value of each further field."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the further fields."""
        return tuple(name for name, _ in self.more)


def authority(scheme: str, host: str | None, port: int | None) -> str:
    """Return a server as a request names it: in small letters, without the scheme's own port.

    Source: RFC 9421, 2.2.3; RFC 9110, 4.2.3.

    Args:
        scheme: of the address.
        host: a name or a number, without brackets.
        port: that the address names, if it does.
    """
    small = (host or "").lower()
    named = f"[{small}]" if ":" in small else small
    return named if port in {None, _PORTS.get(scheme)} else f"{named}:{port}"


def content_digest(body: bytes) -> str:
    """Return the Content-Digest field of a body."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def signature_base(covered: Covered, parameters: Parameters) -> bytes:
    """Return the bytes to be signed.

    Raises:
        BadSignature: a component is empty, not ASCII, or holds a line's end.
    """
    named = [
        ("@method", covered.method),
        ("@authority", covered.authority.lower()),
        ("@path", covered.path),
        ("content-type", covered.content_type),
        ("content-digest", covered.content_digest),
        *covered.more,
    ]
    if not all(value.isascii() and value.isprintable() and value for _, value in named):
        raise BadSignature("a component that cannot be signed")
    lines = [f'"{name}": {value}' for name, value in named]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode()


def headers(parameters: Parameters, signature: bytes, *, label: str = LABEL) -> dict[str, str]:
    """Return the two fields that carry a signature."""
    value = base64.b64encode(signature).decode()
    return {INPUT_HEADER: f"{label}={parameters}", SIGNATURE_HEADER: f"{label}=:{value}:"}


def by_machine(parameters: Parameters, public: bytes) -> Parameters:
    """Return what a machine's signature beside the terminal's says of itself.

    Args:
        parameters: the terminal's.
        public: the machine's key (SubjectPublicKeyInfo, DER).
    """
    return replace(parameters, key_id=hashlib.sha256(public).hexdigest(), algorithm=P256)


def together(terminal: dict[str, str], machine: dict[str, str]) -> dict[str, str]:
    """Return the two fields that carry both signatures."""
    return {name: f"{value}{_BETWEEN}{machine[name]}" for name, value in terminal.items()}


def apart(signature_input: str, signature: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Split the two fields into the terminal's and the machine's; the latter may be empty."""
    inputs, signatures = (one.partition(_BETWEEN) for one in (signature_input, signature))
    return (inputs[0], signatures[0]), (inputs[2], signatures[2])


def parse(
    signature_input: str, signature: str, *, more: tuple[str, ...] = (), label: str = LABEL
) -> tuple[Parameters, bytes]:
    """Read the two fields.

    Args:
        signature_input: the field of that name.
        signature: the field of that name.
        more: the fields that must be covered beyond COMPONENTS, in this order.
        label: whose signature it must be.

    Raises:
        BadSignature: they are missing or of another profile.
    """
    if len(signature_input) > LARGEST_HEADER or len(signature) > LARGEST_HEADER:
        raise BadSignature("longer than any of ours")
    named, value = _INPUT.fullmatch(signature_input), _SIGNATURE.fullmatch(signature)
    if named is None or value is None or named["components"] != _named(more):
        raise BadSignature("missing, or of another profile")
    if not named["label"] == value["label"] == label:
        raise BadSignature("missing, or of another profile")
    parameters = Parameters(
        created=int(named["created"]),
        key_id=named["key_id"],
        algorithm=named["algorithm"],
        nonce=named["nonce"],
        tag=named["tag"],
        more=more,
    )
    try:
        return parameters, base64.b64decode(value["value"], validate=True)
    except binascii.Error:
        raise BadSignature("no base64") from None


def _named(more: tuple[str, ...]) -> str:
    return " ".join(f'"{name}"' for name in (*COMPONENTS, *more))
