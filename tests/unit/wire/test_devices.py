"""What a terminal tells of its devices is short, plain and about hardware alone."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.devices import (
    LARGEST_BYTES,
    LONGEST_MODEL,
    LONGEST_SERIAL,
    BadReport,
    Fitted,
    Place,
    Report,
    decode_kept,
    decode_report,
    fitted,
)

READER = Fitted(Place.READER, "072f:223b ACR1252 Dual Reader", "RR412-0001")


def encoded(*devices: Any) -> bytes:
    return msgspec.msgpack.encode([list(devices)])


def test_what_is_sent_or_left_arrives() -> None:
    report = Report((READER, Fitted(Place.LIGHTS, "2e8a:000a Light board")))
    assert decode_report(msgspec.msgpack.encode(report)) == report
    assert decode_kept(msgspec.json.encode(report)) == report


@pytest.mark.parametrize("serial", ["", "a b", "a\n", "\x1b[2J", "é", "讀", "x" * 65, 7, True])
def test_a_serial_number_is_short_and_of_printable_ascii_or_none(serial: Any) -> None:
    with pytest.raises(BadReport) as caught:
        decode_report(encoded(["reader", "072f:223b", serial]))
    assert str(caught.value) == "no report of version 1"


@pytest.mark.parametrize("model", ["", " x", "x ", "a\tb", "a\n", "x" * 81, "é", None])
def test_a_model_is_short_and_of_printable_ascii(model: Any) -> None:
    with pytest.raises(BadReport):
        decode_report(encoded(["reader", model, "RR1"]))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        encoded(["kitchen", "x", "y"]),
        encoded(["reader", "x", "y", "more"]),
        encoded(["reader", "x", "y"], ["reader", "x", "z"]),
        encoded(*(["reader", "x", "y"] for _ in range(6))),
        msgspec.msgpack.encode([[], "more"]),
        b"\x91" * 10_000,
    ],
    ids=["empty", "rubbish", "place", "longer", "twice", "many", "wider", "deep"],
)
def test_what_is_no_report_is_refused_by_its_code_without_what_it_said(body: bytes) -> None:
    with pytest.raises(BadReport) as caught:
        decode_report(body)
    assert caught.value.code == "checkin.malformed"
    assert "kitchen" not in str(caught.value)


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_a_device_says_of_itself_is_told_plainly_or_not_at_all(
    model: str, serial: str
) -> None:
    one = fitted(Place.PRINTER, model, serial)
    if one is None:
        assert not model.strip()
        return
    report = Report((one,))
    assert decode_report(msgspec.msgpack.encode(report)) == report


def test_what_is_too_long_is_cut() -> None:
    one = fitted(Place.PRINTER, "m" * 500, "s" * 500)
    assert one is not None
    assert (len(one.model), len(one.serial or "")) == (LONGEST_MODEL, LONGEST_SERIAL)


def test_the_fullest_report_is_small_enough_to_be_taken() -> None:
    full = Report(
        tuple(Fitted(place, "m" * LONGEST_MODEL, "s" * LONGEST_SERIAL) for place in Place)
    )
    assert len(msgspec.msgpack.encode(full)) <= LARGEST_BYTES
