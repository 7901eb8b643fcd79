"""What opens a card: something that is printed on it, or that its holder knows.

Source: ICAO Doc 9303-11, 9.7.2 (BAC) and 9.7.3 (PACE, table 14); BSI TR-03110-3 for the PIN.
"""

import hashlib
from dataclasses import dataclass
from enum import IntEnum

from drivers.card.protocol.mrz import document_number, with_check


class Password(IntEnum):
    """How PACE is told what the password is (9303-11, 4.4.4.1)."""

    MRZ = 1
    CAN = 2
    PIN = 3
    """Of TR-03110; the card itself counts wrong ones."""


@dataclass(frozen=True, slots=True, repr=False)
class AccessKey:
    """A password and the secret behind it."""

    password: Password
    secret: bytes

    @property
    def seed(self) -> bytes | None:
        """The key seed of BAC, which knows neither CAN nor PIN."""
        return self.secret[:16] if self.password is Password.MRZ else None


def from_mrz(number: str, birth: str, third: str) -> AccessKey:
    """Return the key of a card that prints these.

    Args:
        number: the complete document number.
        birth: YYMMDD.
        third: YYMMDD; the day of expiry in ICAO's MRZ, of issue in our HKID profile.
    """
    complete = number if len(number) > 9 else document_number(number)
    fields = "".join(with_check(field) for field in (complete, birth, third))
    return AccessKey(Password.MRZ, hashlib.sha1(fields.encode()).digest())  # noqa: S324  (9.7.2)


def from_can(digits: str) -> AccessKey:
    """Return the key of a card with this card access number."""
    return AccessKey(Password.CAN, digits.encode("latin-1"))


def from_pin(digits: str) -> AccessKey:
    """Return the key of a card whose holder knows this PIN."""
    return AccessKey(Password.PIN, digits.encode("latin-1"))
