"""The receipt: painted, printed on the roll, read again."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from drivers.printer.escpos_serial import EscposSerialPrinter
from drivers.printer.printer import Bitmap
from drivers.printer.simulated import SimulatedPrinter
from ui.receipt import paint
from ui.words import Words
from wire.screen import Language, PaintReceipt, ReceiptPainted

pytestmark = pytest.mark.screen
LINK = "https://phone.example/a/Zx3kP0aVqL8s2TnYb7RcWd"


def painted(language: Language, *, sent: bool) -> ReceiptPainted:
    words = Words()
    order = PaintReceipt(
        language=language,
        reference="7KQF-3M2X",
        link=LINK,
        printed_at="2026-11-23T12:00",
        sent=sent,
    )
    return paint(order, lambda text_id: words.text(language, text_id))


def black(receipt: ReceiptPainted) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    rows = np.frombuffer(receipt.rows, np.uint8).reshape(-1, receipt.width_px // 8)
    return np.unpackbits(rows, axis=1)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("sent", [True, False])
def test_nothing_is_cut_at_the_sides_or_the_end(
    qapp: object, language: Language, *, sent: bool
) -> None:
    dots = black(painted(language, sent=sent))
    assert dots[:, :12].sum() == 0
    assert dots[:, -12:].sum() == 0
    assert dots[-8:].sum() == 0
    assert 800 < len(dots) < 2300


def test_each_language_and_each_outcome_has_its_own_words(qapp: object) -> None:
    slips = {painted(language, sent=sent).rows for language in Language for sent in (True, False)}
    assert len(slips) == 6


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("sent", [True, False])
def test_the_code_can_be_read_from_the_paper(
    qapp: object, language: Language, tmp_path: Path, *, sent: bool
) -> None:
    roll = SimulatedPrinter(tmp_path / "roll", tmp_path / "port")
    printer = EscposSerialPrinter(tmp_path / "port")
    receipt = painted(language, sent=sent)
    printer.print_bitmap(Bitmap(receipt.width_px, receipt.rows))
    paper = np.asarray(Image.open(roll.roll.receipts[0]))
    assert cv2.QRCodeDetector().detectAndDecode(paper)[0] == LINK
    printer.close()
    roll.unplug()
