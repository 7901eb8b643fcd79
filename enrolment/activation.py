"""Finish an enrolment on the phone: one token, one use.

The token is known to the citizen's phone alone, from the QR; the register holds its
digest, so neither a stolen database nor a log opens anybody's link.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from enum import Enum, auto

from wire.record import TOKEN_BYTES, token_digest

PASSWORD_DIGITS = 6
_PASSWORD = re.compile(rf"\d{{{PASSWORD_DIGITS}}}", re.ASCII)


class Link(Enum):
    """What an activation link leads to."""

    OPEN = auto()
    USED = auto()
    UNKNOWN = auto()


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


def digest_of(text: str) -> str | None:
    """Return the hex digest of the token in a link, None if it is no token."""
    try:
        token = base64.b64decode(f"{text}==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return token_digest(token).hex() if len(token) == TOKEN_BYTES else None


def judge(*, has_biometrics: bool, password: str, again: str) -> Fault | None:
    """Say what is wrong with what was filled in; None if nothing is.

    The password stays with the phone: here only its form is checked.
    """
    if not has_biometrics:
        return Fault.NO_BIOMETRICS
    if _PASSWORD.fullmatch(password) is None:
        return Fault.NOT_SIX_DIGITS
    if password != again:
        return Fault.NOT_THE_SAME
    return None
