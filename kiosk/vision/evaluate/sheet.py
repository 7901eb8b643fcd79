"""A contact sheet: each capture with what was read from it, or the hint."""

from pathlib import Path
from typing import Final

import cv2
from PIL import Image, ImageDraw, ImageFont

from drivers.card.personalise.print.view import Condition
from kiosk.vision.evaluate.document import Capture, fields_of
from wire.document import CardHint

_FONT: Final = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
_HONG_KONG: Final = 4
_TILE: Final = (336, 189)
_TEXT: Final = 178
_GAP: Final = 14
_COLUMNS: Final = 6
_ORDER: Final = list(Condition)
_GOOD, _HINT, _BAD = (0, 105, 92), (150, 104, 20), (176, 40, 40)


def draw(captures: list[Capture], to: Path) -> None:
    """Write the sheet, six captures in a row, those of one condition side by side."""
    rows = -(-len(captures) // _COLUMNS)
    width, height = _TILE[0] + _GAP, _TILE[1] + _TEXT + _GAP
    sheet = Image.new("RGB", (_COLUMNS * width + _GAP, rows * height + _GAP), (250, 248, 244))
    for n, capture in enumerate(
        sorted(captures, key=lambda one: list(Condition).index(one.condition))
    ):
        place = (_GAP + n % _COLUMNS * width, _GAP + n // _COLUMNS * height)
        _tile(sheet, capture, place)
    to.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(to)


def _tile(sheet: Image.Image, capture: Capture, place: tuple[int, int]) -> None:
    still = cv2.cvtColor(cv2.resize(capture.still, _TILE), cv2.COLOR_BGR2RGB)
    sheet.paste(Image.fromarray(still), place)
    head, small = (ImageFont.truetype(_FONT, size, index=_HONG_KONG) for size in (15, 13))
    if isinstance(capture.seen, CardHint):
        colour, said, lines = _HINT, f"hint: {capture.seen.value}", []
    else:
        colour = _BAD if capture.wrong else _GOOD
        said = f"not as printed: {', '.join(capture.wrong)}" if capture.wrong else "exact"
        lines = fields_of(capture.seen)
    ink = ImageDraw.Draw(sheet)
    top = place[1] + _TILE[1] + 4
    ink.text((place[0], top), f"{capture.condition.value}: {said}", fill=colour, font=head)
    for n, line in enumerate(lines):
        ink.text((place[0], top + 23 + 18 * n), line, fill=(50, 60, 66), font=small)
