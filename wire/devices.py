"""Which devices stand in a terminal's places: model and serial number, as their makers wrote them.

Rule 1: this is the one message to the fleet that holds texts of a device's own, so it is not
part of a check-in. It tells of hardware alone, and is made where no citizen's data is.
Rule 2: a text is short and of printable ASCII, or it is not told.
Rule 3: a fleet that does not know this message refuses it and keeps taking check-ins; the
terminal tells it again later.

Source: Universal Serial Bus 2.0, 9.6.1 and 9.6.7: numbers and strings of a device are its maker's.
"""

import re
from enum import StrEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

CONTENT_TYPE: Final = "application/vnd.kiosk.devices.v1+msgpack"
PATH: Final = "/v1/devices"
SIGNATURE_TAG: Final = "kiosk-devices-v1"
LARGEST_BYTES: Final = 4096
FILE: Final = "devices.json"
"""In the terminal's state folder: where the engine leaves its report for sync."""
LONGEST_MODEL: Final = 80
LONGEST_SERIAL: Final = 64

Model = Annotated[str, Meta(pattern=rf"\A[!-~](?:[ -~]{{0,{LONGEST_MODEL - 2}}}[!-~])?\Z")]
Serial = Annotated[str, Meta(pattern=rf"\A[!-~]{{1,{LONGEST_SERIAL}}}\Z")]
"""No spaces: a selection of terminals can name it."""


class Place(StrEnum):
    """Where a device stands."""

    READER = "reader"
    FACE_CAMERA = "face_camera"
    DOCUMENT_CAMERA = "document_camera"
    PRINTER = "printer"
    LIGHTS = "lights"


class Fitted(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One device."""

    place: Place
    model: Model
    """Its maker's and product's number, and the name it goes by."""
    serial: Serial | None = None
    """None for a device that has none."""


class Report(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What stands there now; a place that is not told holds nothing that can be named."""

    devices: Annotated[tuple[Fitted, ...], Meta(max_length=len(Place))]


class BadReport(Exception):
    """The bytes are no report; carries no content."""

    code = "checkin.malformed"


_report = msgspec.msgpack.Decoder(Report)
_kept = msgspec.json.Decoder(Report)


def decode_report(body: bytes) -> Report:
    """Read what a terminal sent, strictly.

    Raises:
        BadReport: another shape, a text that is none, or a place told twice.
    """
    return _checked(_report, body)


def decode_kept(body: bytes) -> Report:
    """Read what the engine left in the state folder, as strictly.

    Raises:
        BadReport: another shape, a text that is none, or a place told twice.
    """
    return _checked(_kept, body)


def _checked(
    decoder: msgspec.msgpack.Decoder[Report] | msgspec.json.Decoder[Report], body: bytes
) -> Report:
    try:
        read = decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # The cause may quote a text: cut it.
        raise BadReport("no report of version 1") from None
    if len({one.place for one in read.devices}) < len(read.devices):
        raise BadReport("a place told twice")
    return read


def fitted(place: Place, model: str, serial: str) -> Fitted | None:
    """Return a device by what it says of itself; None for one that says nothing to tell it by.

    What is not printable ASCII becomes a question mark; what is too long is cut.
    """
    plain = " ".join(_plain(model).split())[:LONGEST_MODEL].strip()
    number = "".join(_plain(serial).split())[:LONGEST_SERIAL]
    return Fitted(place, plain, number or None) if plain else None


def _plain(text: str) -> str:
    return re.sub(r"[^ -~]", "?", text)
