"""One still of a card becomes its print, or the hint that stands in the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from drivers.camera.camera import Picture
from kiosk.document import fields, reading
from kiosk.document.generations import form_of
from kiosk.document.glyphs import Line
from kiosk.document.layout import WINDOWS, Window, pixels
from kiosk.document.still import flaw_of
from kiosk.vision.card_finder import Corners, find
from kiosk.vision.faces import FaceFinder
from kiosk.vision.ink import Grey, black_on_white
from kiosk.vision.line_reader import LineReader
from kiosk.vision.still_measures import measures
from wire.document import CardHint, Form, PrintedField, PrintRead

_UPPER: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS: Final = "0123456789"
_ALPHABETS: Final[Mapping[PrintedField, str]] = {
    PrintedField.TITLE: f"{_UPPER} ",
    PrintedField.NAME: f"{_UPPER}{_UPPER.lower()},-' ",
    PrintedField.CODES: _DIGITS,
    PrintedField.BIRTH: f"{_DIGITS}-",
    PrintedField.FIRST: f"{_DIGITS}-()",
    PrintedField.ISSUED: f"{_DIGITS}-",
    PrintedField.NUMBER: f"{_UPPER}{_DIGITS}()",
}
_SEX: Final = "FM女男"
_FACE_WIDTH: Final = 640


@dataclass(frozen=True, slots=True, repr=False)
class _Upright:
    """A straightened card, its form and picture, and by how many half turns it lay wrong."""

    form: Form
    picture: Picture
    turned: int


class PrintReader:
    """Reads stills, one after the other; keeps nothing of them."""

    def __init__(
        self, lines: LineReader, faces: FaceFinder, characters_by_code: Mapping[str, str]
    ) -> None:
        """Read with `lines`; codes stand for `characters_by_code`."""
        self._lines = lines
        self._faces = faces
        self._characters_by_code = characters_by_code

    def read(self, still: Picture, *, today: date) -> PrintRead | CardHint:
        """Return what the card in the still says, or why nothing can be read."""
        found = find(still)
        if isinstance(found, CardHint):
            return found
        upright = self._upright(found.picture)
        if upright is None:
            flaw = flaw_of(measures(found.picture, WINDOWS[Form.FORM_2018]))
            return flaw or CardHint.WRONG_SIDE
        form, card = upright.form, upright.picture
        flaw = flaw_of(measures(card, WINDOWS[form]))
        if flaw is not None:
            return flaw
        lines = {of: self._line(of, card, where) for of, where in WINDOWS[form].items()}
        return reading.read(form, lines, self._characters_by_code, today=today)

    def upright_corners(self, still: Picture) -> Corners | None:
        """Return the card's corners from its own top left; None if it cannot be told."""
        found = find(still)
        if isinstance(found, CardHint):
            return None
        upright = self._upright(found.picture)
        return None if upright is None else np.roll(found.corners, 2 * upright.turned, axis=0)

    def _upright(self, card: Picture) -> _Upright | None:
        return self._by_number(card) or self._by_portrait(card)

    def _by_number(self, card: Picture) -> _Upright | None:
        """A number stands where only one form, one way up, prints it."""
        for turned, picture in enumerate(_both_ways(card)):
            for form, windows in WINDOWS.items():
                line = self._line(PrintedField.NUMBER, picture, windows[PrintedField.NUMBER])
                if fields.number(line) is not None:
                    return _Upright(form, picture, turned)
        return None

    def _by_portrait(self, card: Picture) -> _Upright | None:
        """The large portrait stands on one side."""
        for turned, picture in enumerate(_both_ways(card)):
            faces = self._faces.boxes(picture, width=_FACE_WIDTH)
            largest = max(faces, key=lambda face: face.width, default=None)
            form = form_of(largest.x / card.shape[1]) if largest else None
            if form is not None:
                return _Upright(form, picture, turned)
        return None

    def _line(self, of: PrintedField, card: Picture, where: Window) -> Line:
        """Return the first reading of a window that fits its field, or the last that does not."""
        print_ = black_on_white(card[pixels(where)])
        line: Line = ()
        if print_ is not None:
            for line in self._sizes(of, print_):
                if fields.fits(of, line):
                    break
        return line

    def _sizes(self, of: PrintedField, print_: Grey) -> Iterator[Line]:
        if of is PrintedField.CHINESE:
            return self._lines.chinese(print_)
        if of is PrintedField.SEX:
            return self._lines.chinese(print_, _SEX)
        return self._lines.latin(print_, _ALPHABETS[of])


def _both_ways(card: Picture) -> Iterator[Picture]:
    """A card that lies upside down is read as well."""
    yield card
    yield np.ascontiguousarray(card[::-1, ::-1])
