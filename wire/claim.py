"""How a bare machine becomes a terminal: the code on a slip, what it asks, what it is given.

Rule 1: the code names the fleet's authority by its hash. A machine that has the code knows
its fleet; whoever answers in the fleet's place (another authority, a captive portal) does not.
Rule 2: the token goes to a server of that authority only, and counts once.
Rule 3: the private key never leaves the terminal; the name comes from the fleet, not from
the request.

::

    KIOSK1/FLEET.EXAMPLE:8444/authority (26 letters)/token (26)/check (4)

NO I/O. Source: RFC 2986 (PKCS #10), RFC 4648 (base32); the form of the code is our own, of
letters that a QR code packs tightest and a keyboard types most easily.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Annotated, Final, Self

import msgspec
from msgspec import Meta

CLAIM_PATH: Final = "/v1/claims"
AUTHORITY_PATH: Final = "/v1/authority"
RENEWAL_PATH: Final = "/v1/certificates"
RENEWAL_TAG: Final = "kiosk-renewal-v1"
END_PATH: Final = "/v1/certificates/end"
END_TAG: Final = "kiosk-end-v1"
"""A terminal that is retired ends its own certificates; the body is empty."""
REQUEST_TYPE: Final = "application/pkcs10"
"""A renewal's body: a certificate request as DER, RFC 5967."""
JSON: Final = "application/json"
LARGEST_REQUEST_BYTES: Final = 4096
LARGEST_ANSWER_BYTES: Final = 64 * 1024
TOKEN_BYTES: Final = 16
PIN_BYTES: Final = 16
"""So much of the SHA-256 of the authority's certificate: 128 bits against a second one."""
LASTS_S: Final = 900
"""A code counts for a quarter of an hour unless whoever makes it says otherwise."""
_PREFIX: Final = "KIOSK1"
_MACHINE: Final = b"kiosk-machine-v1\0"
_CODE = re.compile(
    rf"(?P<rest>{_PREFIX}/(?P<host>[A-Z0-9.-]{{1,120}}:[0-9]{{1,5}})"
    r"/(?P<authority>[A-Z2-7]{26})/(?P<token>[A-Z2-7]{26}))/(?P<check>[A-Z2-7]{4})"
)


class NoClaimCode(ValueError):
    """What was read or typed is no claim code; carries nothing of it."""

    code = "claim.mistyped"


@dataclass(frozen=True, slots=True, repr=False)
class ClaimCode:
    """What stands on the slip."""

    server: str
    """Host and port of the fleet's door for claims."""
    authority: bytes
    """See `pin`."""
    token: bytes

    def __repr__(self) -> str:
        return f"<ClaimCode for {self.server}>"

    def __str__(self) -> str:
        """Return the code as it is printed."""
        rest = f"{_PREFIX}/{self.server.upper()}/{_letters(self.authority)}/{_letters(self.token)}"
        return f"{rest}/{_check(rest)}"

    @property
    def url(self) -> str:
        """Return where the claim goes."""
        return f"https://{self.server.lower()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code; spaces and small letters do not matter.

        Raises:
            NoClaimCode: it is none, or was mistyped.
        """
        found = _CODE.fullmatch("".join(text.split()).upper())
        if found is None or _check(found["rest"]) != found["check"]:
            raise NoClaimCode("no claim code, or a mistyped one")
        try:
            authority, token = _bytes(found["authority"]), _bytes(found["token"])
        except binascii.Error:
            raise NoClaimCode("no claim code, or a mistyped one") from None
        return cls(found["host"].lower(), authority, token)


def pin(certificate_der: bytes) -> bytes:
    """Return what a code says of an authority, from its certificate."""
    return hashlib.sha256(certificate_der).digest()[:PIN_BYTES]


def token_digest(token: bytes) -> str:
    """Return what the fleet keeps of a token."""
    return hashlib.sha256(token).hexdigest()


def _letters(content: bytes) -> str:
    return base64.b32encode(content).decode().rstrip("=")


def _bytes(letters: str) -> bytes:
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def _check(rest: str) -> str:
    return _letters(hashlib.sha256(rest.encode()).digest())[:4]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


_Word = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9._ +-]*$")]


class Machine(_Strict, frozen=True):
    """The key of the machine's TPM, and that it was there when the claim was made."""

    public: Annotated[bytes, Meta(min_length=64, max_length=128)]
    """SubjectPublicKeyInfo, DER; of P-256."""
    proof: Annotated[bytes, Meta(min_length=64, max_length=64)]
    """Its signature of `machine_claim`."""


def machine_claim(token: bytes, request: bytes) -> bytes:
    """Return what a machine's key signs in a claim: good for this code and request alone."""
    return _MACHINE + token + request


class ClaimRequest(_Strict, frozen=True, omit_defaults=True):
    """What a bare machine sends; `repr` would show the token, so there is none."""

    token: Annotated[bytes, Meta(min_length=TOKEN_BYTES, max_length=TOKEN_BYTES)]
    request: Annotated[bytes, Meta(max_length=LARGEST_REQUEST_BYTES)]
    """The certificate request (PKCS #10, DER)."""
    model: _Word = ""
    """Hardware model of the terminal."""
    key_kept: Annotated[str, Meta(pattern="^(tpm|host|file)$")] = "file"
    """How the terminal keeps its key; operations see it."""
    machine: Machine | None = None
    """None where no TPM keeps a key; from then on nothing counts without its signature."""

    def __repr__(self) -> str:
        return "<ClaimRequest>"


class ClaimedSite(_Strict, frozen=True):
    """Where the terminal stands, as the fleet knows it."""

    id: Annotated[str, Meta(max_length=32)]
    name_en: Annotated[str, Meta(max_length=120)]
    name_zh: Annotated[str, Meta(max_length=120)]
    district: Annotated[str, Meta(max_length=32)]
    opens: Annotated[int, Meta(ge=0, le=1440)]
    """Minutes of the day in Hong Kong; equal to `closes`: always open."""
    closes: Annotated[int, Meta(ge=0, le=1440)]


class Claimed(_Strict, frozen=True):
    """What it is given: it is a terminal now."""

    terminal: Annotated[str, Meta(min_length=1, max_length=64, pattern="^[A-Za-z0-9._-]+$")]
    certificate: Annotated[str, Meta(max_length=8192)]
    """PEM, for both the fleet and the register."""
    ends_at: Annotated[int, Meta(ge=0, le=2**53)]
    """Seconds since 1970."""
    site: ClaimedSite | None = None


class BadClaim(ValueError):
    """The bytes are no request, or no answer, of a claim; carries no content."""

    code = "claim.malformed"


_request = msgspec.json.Decoder(ClaimRequest)
_claimed = msgspec.json.Decoder(Claimed)


def decode_request(body: bytes) -> ClaimRequest:
    """Read what a machine sent, strictly.

    Raises:
        BadClaim: another shape, or a value out of range.
    """
    try:
        return _request.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadClaim("no claim of version 1") from None


def decode_claimed(body: bytes) -> Claimed:
    """Read what the fleet answered, strictly.

    Raises:
        BadClaim: another shape, or a value out of range.
    """
    try:
        return _claimed.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadClaim("no answer to a claim of version 1") from None
