"""One still becomes its print, or one hint."""

from collections.abc import Iterator
from datetime import date

import cv2
import msgspec
import numpy as np
import pytest

from drivers.camera.camera import Picture
from drivers.card.commercial_codes import characters_by_code
from drivers.card.personalise.person import SPECIMEN
from drivers.card.personalise.print.view import Condition, see
from kiosk.vision.faces import FaceFinder
from kiosk.vision.ink import black_on_white
from kiosk.vision.line_reader import LineReader
from kiosk.vision.print_reader import PrintReader
from tests.support.printed import reading
from tests.support.stills import art, still
from wire.document import CardHint, Form, PrintedField, PrintRead

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def reader() -> Iterator[PrintReader]:
    with LineReader() as lines:
        yield PrintReader(lines, FaceFinder(), characters_by_code())


def said(reader: PrintReader, picture: Picture) -> PrintRead | CardHint:
    return reader.read(picture, today=TODAY)


@pytest.mark.parametrize(
    ("condition", "strength"),
    [
        (Condition.GOOD, 0.5),
        (Condition.PERSPECTIVE, 0.5),
        (Condition.TURNED, 0.5),
        (Condition.NOISE, 0.8),
        (Condition.UNDER, 0.8),
        (Condition.OVER, 0.8),
        (Condition.UNEVEN, 0.8),
        (Condition.BLUR, 0.2),
        (Condition.UPSIDE_DOWN, 0.5),
    ],
)
def test_a_card_is_read_whole(reader: PrintReader, condition: Condition, strength: float) -> None:
    read = said(reader, still(condition, strength=strength))
    assert isinstance(read, PrintRead)
    assert msgspec.structs.replace(read, unsure={}) == reading(SPECIMEN)


def test_the_older_form_is_known_by_where_it_prints(reader: PrintReader) -> None:
    read = said(reader, still(old_form=True))
    assert isinstance(read, PrintRead)
    assert (read.form, read.birth) == (Form.FORM_2003, SPECIMEN.birth)


@pytest.mark.parametrize(
    ("condition", "strength", "hint"),
    [
        (Condition.BLUR, 0.9, CardHint.BLURRED),
        (Condition.MOTION, 0.9, CardHint.BLURRED),
        (Condition.CUT_OFF, 0.9, CardHint.CUT_OFF),
        (Condition.FINGER, 0.5, CardHint.COVERED),
    ],
)
def test_each_flaw_has_its_hint(
    reader: PrintReader, condition: Condition, strength: float, hint: CardHint
) -> None:
    assert said(reader, still(condition, strength=strength)) is hint


def test_light_on_the_print_has_its_hint(reader: PrintReader) -> None:
    picture = still()
    cv2.circle(picture, (760, 330), 90, (255, 255, 255), -1)
    assert said(reader, picture) is CardHint.GLARE


def test_dusk_has_its_hint(reader: PrintReader) -> None:
    dusk = (still().astype(np.float32) * 0.2).astype(np.uint8)
    assert said(reader, dusk) is CardHint.TOO_DARK


def test_washed_out_print_has_its_hint(reader: PrintReader) -> None:
    washed = (225 + art() * 0.1).astype(np.uint8)
    picture = see(washed, Condition.GOOD, np.random.default_rng(1))
    assert said(reader, picture) is CardHint.TOO_BRIGHT


def test_a_card_without_portrait_and_number_lies_on_its_face(reader: PrintReader) -> None:
    """A card's back has print of its own, as sharp as the front's."""
    back = np.full((1080, 1712, 3), 230, np.uint8)
    for row in range(60, 1040, 60):
        for column in range(60, 1600, 110):
            cv2.rectangle(back, (column, row), (column + 50, row + 26), (30, 30, 30), -1)
    picture = see(back, Condition.GOOD, np.random.default_rng(1))
    assert said(reader, picture) is CardHint.WRONG_SIDE


def test_where_the_number_cannot_be_read_the_portrait_tells_the_form(reader: PrintReader) -> None:
    picture = still(old_form=True)
    cv2.line(picture, (560, 575), (800, 590), (30, 30, 30), 12)
    read = said(reader, picture)
    assert isinstance(read, PrintRead)
    assert read.form is Form.FORM_2003
    assert PrintedField.NUMBER in read.unread


def test_a_window_without_ink_is_empty() -> None:
    shadow = np.tile(np.linspace(180, 235, 200, dtype=np.uint8)[None, :, None], (40, 1, 3))
    assert black_on_white(shadow) is None
    speck = np.full((40, 200, 3), 230, np.uint8)
    speck[20, 100] = 0
    assert black_on_white(speck) is None


def test_ink_is_cut_out_with_a_margin() -> None:
    window = np.full((40, 200, 3), 230, np.uint8)
    window[10:30, 50:90] = 20
    cut = black_on_white(window)
    assert cut is not None
    assert cut.shape == (20 + 20, 40 + 20)
    assert cut[0].min() == 255
