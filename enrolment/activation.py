"""Finish an enrolment on the phone: one token, one use, one phone.

The token is known to the citizen's phone alone, from the QR; the register holds its
digest, so neither a stolen database nor a log opens anybody's link.

NO I/O.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from wire.record import TOKEN_BYTES, token_digest

PASSWORD_DIGITS = 6
SECRET_BYTES = 32
"""Of the secret by which a phone is known."""
_PASSWORD = re.compile(rf"\d{{{PASSWORD_DIGITS}}}", re.ASCII)
_LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Link(Enum):
    """What an activation link leads to."""

    OPEN = auto()
    USED = auto()
    EXPIRED = auto()
    UNKNOWN = auto()


class Product(StrEnum):
    """What a citizen opens."""

    BASIC = "iam_smart"
    PLUS = "iam_smart_plus"
    """With a certificate to sign documents."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the phone page may know before anybody proved anything."""

    link: Link
    reference: str = ""
    """The code on the citizen's receipt; no personal data."""


class Fault(Enum):
    """What is wrong with what was filled in; the values are text ids."""

    NO_BIOMETRICS = "fault_biometrics"
    NOT_SIX_DIGITS = "fault_digits"
    NOT_THE_SAME = "fault_differs"
    NO_EMAIL = "fault_email"
    NO_SIGNING_KEY = "fault_signing_key"


@dataclass(frozen=True, slots=True, repr=False)
class Chosen:
    """What was filled in, and holds."""

    product: Product
    email: str
    signing_key: bytes
    """Public key that the phone made, DER; empty if it made none."""
    phone: str
    """The phone's secret, if it was given one before; empty if not."""


def digest_of(text: str) -> str | None:
    """Return the hex digest of the token in a link, None if it is no token."""
    try:
        token = base64.b64decode(f"{text}==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return token_digest(token).hex() if len(token) == TOKEN_BYTES else None


def secret_digest(secret: str) -> str:
    """Return what the register keeps of a secret that a phone holds."""
    return hashlib.sha256(secret.encode()).hexdigest()


def judge(form: Mapping[str, str], *, phone: str) -> Chosen | Fault:
    """Return what was filled in, or the first thing that is wrong with it.

    The password stays with the phone: here only its form is checked.
    """
    if form.get("biometrics") != "yes":
        return Fault.NO_BIOMETRICS
    password = form.get("password", "")
    if _PASSWORD.fullmatch(password) is None:
        return Fault.NOT_SIX_DIGITS
    if password != form.get("again", ""):
        return Fault.NOT_THE_SAME
    email = form.get("email", "").strip()
    if len(email) > _LONGEST_EMAIL or _EMAIL.fullmatch(email) is None:
        return Fault.NO_EMAIL
    product = Product.PLUS if form.get("product") == Product.PLUS else Product.BASIC
    signing_key = _decoded(form.get("signing_key", ""))
    if product is Product.PLUS and not signing_key:
        return Fault.NO_SIGNING_KEY
    return Chosen(product, email, signing_key, phone)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
