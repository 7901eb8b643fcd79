"""Synthetic citizens without end, each with a number and canaries of his own."""

import secrets
import string
from datetime import UTC, datetime

import msgspec

from enrolment.matching import has_right_check_digit
from kiosk.session.record_id import RecordIds
from tests.support.enrolment_records import record
from wire.record import Record

CANARY = b"TORTURE-CANARY-"
"""In everything personal: found in a file, it is readable."""
_CHECKS = [*string.digits, "A"]
_ids = RecordIds(random_bits=secrets.randbits)


def number_of(count: int) -> str:
    """Return the identity card number of citizen `count`, with its check digit."""
    prefix = string.ascii_uppercase[count // 10**6 % 26]
    stem = f"{prefix}{count % 10**6:06d}"
    numbers = (f"{stem}({check})" for check in _CHECKS)
    return next(number for number in numbers if has_right_check_digit(number))


def citizen(count: int, *, now_s: float) -> Record:
    """Return the record of citizen `count`, made when the terminal's clock says `now_s`."""
    mark = CANARY + f"{count:08d}-".encode()
    return msgspec.structs.replace(
        record(number=number_of(count), record_id=_ids.next(max(now_s, 0.0))),
        name=f"{mark.decode()}, Tai Man",
        portrait=mark * 100,
        photo=mark * 200,
        created_at=datetime.fromtimestamp(now_s, UTC).isoformat(timespec="seconds"),
    )
