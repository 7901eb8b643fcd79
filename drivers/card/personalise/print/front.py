"""Print the front of a specimen card."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from drivers.camera.camera import Picture
from drivers.card.personalise.person import Person
from drivers.card.personalise.print.places import CARD_MM, FORM_2003, FORM_2018, Form, Line
from drivers.card.profile.hkid_details import CardType

DOTS_PER_MM: Final = 20
SIZE: Final = (round(CARD_MM[0] * DOTS_PER_MM), round(CARD_MM[1] * DOTS_PER_MM))
"""Columns and rows of the printed picture."""
_FONTS: Final = Path("/usr/share/fonts/opentype/noto")
_HONG_KONG: Final = 4
"""The face with Hong Kong's glyphs in Debian's collection."""
_CAPITAL: Final = 0.733
"""Height of a capital letter of that font, in ems."""
_INK, _PALE, _TINT = (38, 46, 52), (230, 238, 236), (206, 224, 222)
_RED = (176, 40, 40, 46)
_TITLES: Final = {
    CardType.CONSULAR: ("領事團身份證", "CONSULAR CORPS IDENTITY CARD"),
}
_PERMANENT: Final = ("香港永久性居民身份證", "HONG KONG PERMANENT IDENTITY CARD")
_SEX: Final = {"F": "女F", "M": "男M"}


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    name = "NotoSansCJK-Bold.ttc" if bold else "NotoSansCJK-Regular.ttc"
    return ImageFont.truetype(str(_FONTS / name), size, index=_HONG_KONG)


def texts(person: Person) -> dict[str, str]:
    """Return what stands in each line."""
    chinese_title, title = _TITLES.get(person.card_type, _PERMANENT)
    born, issued, first = person.birth, person.issued, person.first_registered
    return {
        "title_chinese": chinese_title,
        "title": title,
        "chinese": person.chinese,
        "name": f"{person.surname}, {person.given}",
        "codes": " ".join(person.commercial_codes),
        "birth_label": "出生日期 Date of Birth",
        "birth": f"{born[6:]}-{born[4:6]}-{born[:4]}",
        "sex": _SEX[person.sex],
        "symbols": person.symbols,
        "issued_label": "簽發日期 Date of Issue",
        "first": f"({first[4:]}-{first[2:4]})",
        "issued": f"{issued[6:]}-{issued[4:6]}-{issued[2:4]}",
        "number": f"{person.number[:-1]}({person.number[-1]})",
    }


def front(person: Person, portrait: bytes, *, form: Form = FORM_2018) -> Picture:
    """Return the card's front, `DOTS_PER_MM`, blue-green-red.

    Args:
        person: whom it shows.
        portrait: JPEG of the face.
        form: which generation.
    """
    card = Image.new("RGB", SIZE, _PALE)
    draw = ImageDraw.Draw(card)
    _ground(draw)
    face = Image.open(BytesIO(portrait)).convert("RGB")
    _paste(card, face, form.portrait)
    _paste(card, face.convert("L").convert("RGB"), form.small_portrait)
    if form.chip is not None:
        _contacts(draw, form.chip)
    for name, text in texts(person).items():
        _write(card, form.lines[name], text)
    _mark(card)
    return np.ascontiguousarray(np.asarray(card)[:, :, ::-1])


def front_2003(person: Person, portrait: bytes) -> Picture:
    """Return the front of the form that is no longer valid."""
    return front(person, portrait, form=FORM_2003)


def _dots(*millimetres: float) -> tuple[int, ...]:
    return tuple(round(value * DOTS_PER_MM) for value in millimetres)


def _ground(draw: ImageDraw.ImageDraw) -> None:
    """Fine waves, as a stand-in for the guilloche."""
    columns = np.arange(0, SIZE[0] + 20, 20)
    for row in range(-40, SIZE[1] + 40, 18):
        rows = row + 14 * np.sin(columns / 90 + row / 130)
        draw.line([*zip(columns.tolist(), rows.tolist(), strict=True)], fill=_TINT, width=3)


def _paste(card: Image.Image, face: Image.Image, place: tuple[float, float, float, float]) -> None:
    left, top, width, height = _dots(*place)
    card.paste(face.resize((width, height), Image.Resampling.LANCZOS), (left, top))


def _contacts(draw: ImageDraw.ImageDraw, place: tuple[float, float, float, float]) -> None:
    left, top, width, height = _dots(*place)
    box = (left, top, left + width, top + height)
    draw.rounded_rectangle(box, 26, fill=(212, 178, 92), outline=(150, 120, 50), width=6)
    for share in (0.33, 0.66):
        row = round(top + height * share)
        draw.line((left, row, left + width, row), fill=(150, 120, 50), width=6)


def _write(card: Image.Image, line: Line, text: str) -> None:
    """Write on the baseline; what is too wide is set narrower, not smaller."""
    font = _font(round(line.height * DOTS_PER_MM / _CAPITAL), bold=line.bold)
    width = max(1, round(font.getlength(text)))
    height = round(font.size * 1.6)
    ink = Image.new("L", (width + 8, height), 0)
    ImageDraw.Draw(ink).text((4, round(font.size * 1.1)), text, fill=255, font=font, anchor="ls")
    widest = round(line.widest * DOTS_PER_MM)
    if width > widest:
        ink = ink.resize((widest, height), Image.Resampling.LANCZOS)
    left, base = _dots(line.x, line.y)
    card.paste(_INK, (left - 4, base - round(font.size * 1.1)), ink)


def _mark(card: Image.Image) -> None:
    """SPECIMEN, large, across everything."""
    mark = Image.new("RGBA", SIZE, (176, 40, 40, 0))
    middle = (SIZE[0] // 2, SIZE[1] // 2)
    draw, font = ImageDraw.Draw(mark), _font(330, bold=True)
    draw.text(middle, "SPECIMEN", fill=_RED, font=font, anchor="mm")
    turned = mark.rotate(20, resample=Image.Resampling.BICUBIC)
    card.paste(turned, mask=turned)
