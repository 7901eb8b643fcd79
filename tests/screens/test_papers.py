"""What goes to paper or into a file for staff: the test slip, the readiness report, measures."""

import io

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage

from ui import measures, report, test_slip
from ui.receipt import Text
from ui.words import Words
from wire.screen import Language, PaintReport, PaintTestSlip, ReportLine, ReportPicture

pytestmark = pytest.mark.screen

LINES = (
    ReportLine("report_software", "0.1.0"),
    ReportLine("device_reader", "", "good", "report_good"),
    ReportLine("device_printer", "printer.paper_out", "bad"),
    ReportLine("test_touch", "", "bad", "report_never"),
)


def in_language(words: Words, language: Language) -> Text:
    return lambda text_id: words.text(language, text_id)


@pytest.mark.parametrize("language", Language)
def test_the_report_is_one_page_of_pdf_in_each_language(
    qapp: object, words: Words, language: Language
) -> None:
    order = PaintReport(language, "terminal-17", "2026-11-25T09:30", is_ready=False, lines=LINES)
    pdf = report.paint(order, in_language(words, language)).pdf
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert pdf.count(b"/Type /Page\n") == 1
    assert len(pdf) < 500_000


def test_pictures_stand_on_the_same_page_and_one_that_is_none_is_left_out(
    qapp: object, words: Words
) -> None:
    content = io.BytesIO()
    Image.new("L", (270, 480), 180).save(content, "PNG")
    good = ReportPicture("picture_touch", content.getvalue())
    bad = ReportPicture("picture_face_camera", b"no picture")
    order = PaintReport(Language.EN, "terminal-17", "2026-11-25T09:30", True, LINES, (good, bad))
    pdf = report.paint(order, in_language(words, Language.EN)).pdf
    assert pdf.count(b"/Subtype /Image") == 1
    assert pdf.count(b"/Type /Page\n") == 1


def test_the_report_holds_its_own_fonts(qapp: object, words: Words) -> None:
    order = PaintReport(Language.ZH_HK, "terminal-17", "2026-11-25T09:30", True, LINES)
    assert b"/FontFile" in report.paint(order, in_language(words, Language.ZH_HK)).pdf


@pytest.mark.parametrize("language", Language)
def test_bars_of_the_test_slip_reach_from_edge_to_edge(
    qapp: object, words: Words, language: Language
) -> None:
    order = PaintTestSlip(language, "terminal-17", "2026-11-25T09:30")
    painted = test_slip.paint(order, in_language(words, language))
    rows = np.unpackbits(np.frombuffer(painted.rows, np.uint8)).reshape(-1, painted.width_px)
    assert (rows.all(axis=1)).sum() == 1 + 2 + 4 + 8 + 16


def _checked(size: int) -> QImage:
    picture = QImage(1280, 720, QImage.Format.Format_RGB32)
    picture.fill(QColor("black"))
    for x in range(0, 1280, 2 * size):
        for y in range(720):
            for dx in range(size):
                picture.setPixelColor(x + dx, y, QColor("white"))
    return picture


def test_brightness_goes_from_black_to_white(qapp: object) -> None:
    for colour, expected in (("black", 0), ("#808080", 50), ("white", 100)):
        picture = QImage(1280, 720, QImage.Format.Format_RGB32)
        picture.fill(QColor(colour))
        assert measures.brightness(measures.small(picture)) == pytest.approx(expected, abs=0.5)


def test_a_wall_has_no_sharpness_and_an_edge_has(qapp: object) -> None:
    wall = QImage(1280, 720, QImage.Format.Format_RGB32)
    wall.fill(QColor("grey"))
    assert measures.sharpness(measures.small(wall)) == 0.0
    fine, coarse = (measures.sharpness(measures.small(_checked(size))) for size in (20, 160))
    assert fine > coarse > 0
