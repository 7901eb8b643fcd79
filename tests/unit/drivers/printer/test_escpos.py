"""The bytes to and from an ESC/POS printer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import LocalProtocolError
from drivers.printer.errors import CoverOpen, PaperOut, PrinterFaulty
from drivers.printer.printer import Bitmap
from drivers.printer.protocol import escpos


def test_a_bitmap_becomes_raster_bands() -> None:
    rows = bytes(range(8)) * 65
    first, second = escpos.bands(Bitmap(64, rows))
    assert first[:8] == bytes.fromhex("1D 76 30 00 08 00 30 00")
    assert second[:8] == bytes.fromhex("1D 76 30 00 08 00 11 00")
    assert first[8:] + second[8:] == rows


@pytest.mark.parametrize(("width", "rows"), [(60, bytes(64)), (64, b""), (64, bytes(63))])
def test_uneven_rows_are_our_own_mistake(width: int, rows: bytes) -> None:
    with pytest.raises(LocalProtocolError):
        list(escpos.bands(Bitmap(width, rows)))


@pytest.mark.parametrize(
    ("offline", "error", "paper", "kind"),
    [
        (0x16, 0x12, 0x12, CoverOpen),
        (0x12, 0x12, 0x72, PaperOut),
        (0x32, 0x12, 0x12, PaperOut),
        (0x12, 0x32, 0x12, PrinterFaulty),
        (0x52, 0x12, 0x12, PrinterFaulty),
        (0x16, 0x32, 0x72, CoverOpen),
    ],
)
def test_a_complaint_is_named_gravest_first(
    offline: int, error: int, paper: int, kind: type[PrinterFaulty]
) -> None:
    assert type(escpos.fault(offline, error, paper)) is kind


def test_a_printer_without_complaint_has_none() -> None:
    assert escpos.fault(0x12, 0x12, 0x12) is None
    assert escpos.fault(0x12, 0x12, 0x1E) is None  # near the end of the roll: still prints


def test_a_fence_that_saw_the_paper_end_is_a_complaint() -> None:
    assert type(escpos.fence_fault(0x0C)) is PaperOut
    assert escpos.fence_fault(0x00) is None
    assert escpos.fence_fault(0x03) is None  # near the end of the roll: still prints


def test_a_band_fits_a_receive_buffer_of_four_kilobytes() -> None:
    longest = max(map(len, escpos.bands(Bitmap(576, bytes(72 * 500)))))
    assert longest + len(escpos.FENCE) < 4096


@given(st.integers(0, 255))
def test_no_byte_is_both_status_and_fence(answer: int) -> None:
    assert not (escpos.is_status(answer) and escpos.is_fence(answer))
