"""What a terminal hands over when it is asked for diagnostics: figures and catalogue words.

The scrub is by construction: a bundle is made of structs that no text fits in, not of files
from which texts are taken out. The server reads it as strictly as a check-in.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from wire.checkin import MOST_ENTRIES, Count, Entry, Reading, is_of_catalogue
from wire.commands import Check, Number, Program

CONTENT_TYPE: Final = "application/vnd.kiosk.diagnostics.v1+msgpack"
PATH: Final = "/v1/diagnostics"
SIGNATURE_TAG: Final = "kiosk-diagnostics-v1"
LARGEST_BYTES: Final = 96 * 1024


class Unit(StrEnum):
    """How the system says one of our programs is."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """No system manager that we know, or a state that is none of these."""


class Bundle(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One terminal at one moment."""

    number: Number
    """Of the command that asked for it."""
    reading: Reading
    entries: Annotated[tuple[Entry, ...], Meta(max_length=MOST_ENTRIES)]
    """The last of its trail."""
    checks: Mapping[Check, bool]
    units: Mapping[Program, Unit]
    readings_waiting: Count


class BadBundle(Exception):
    """The bytes are no bundle; carries no content."""

    code = "checkin.malformed"


_bundle = msgspec.msgpack.Decoder(Bundle)


def decode_bundle(body: bytes) -> Bundle:
    """Read what a terminal sent, strictly.

    Raises:
        BadBundle: another shape, a value out of range, or an entry of no catalogue.
    """
    try:
        read = _bundle.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # The cause may quote a field's value: cut it.
        raise BadBundle("no bundle of version 1") from None
    if not all(is_of_catalogue(entry.event, entry.fields) for entry in read.entries):
        raise BadBundle("an entry that the catalogue does not know")
    return read
