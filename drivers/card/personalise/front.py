"""The front of a specimen card as the document camera sees it, on a dark tray.

HKID-like only as far as the terminal looks: the 2018 form has the large portrait on
the left, the 2003 form on the right with the contact chip on the left (docs/hkid.md,
"Two generations"). SPECIMEN stands across it in large letters.
"""

import argparse
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from drivers.card.personalise.person import SPECIMEN, Person

CARD = (856, 540)
"""85.6 mm by 54 mm, ten dots a millimetre (ISO/IEC 7810, ID-1)."""
VIEW = (1280, 720)
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
)
_INK, _PALE, _TINT = (38, 52, 58), (232, 240, 236), (206, 226, 221)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for path in _FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, size)
    return ImageFont.load_default(size)


def _ground(card: Image.Image) -> None:
    """Fine waves, as a stand-in for the guilloche."""
    draw = ImageDraw.Draw(card)
    for y in range(-40, CARD[1], 9):
        points = [(x, y + 14 * ((x // 60) % 2) + (x % 60) / 6) for x in range(0, CARD[0] + 60, 30)]
        draw.line(points, fill=_TINT, width=2)


def render(person: Person, portrait: bytes, *, old_form: bool = False) -> Image.Image:
    """Return the card's front."""
    card = Image.new("RGB", CARD, _PALE)
    _ground(card)
    draw = ImageDraw.Draw(card)
    face = Image.open(BytesIO(portrait)).convert("RGB")
    large, small = face.resize((222, 296)), face.convert("L").convert("RGB").resize((84, 112))
    card.paste(large, (606, 150) if old_form else (28, 150))
    card.paste(small, (40, 396) if old_form else (744, 150))
    left = 200 if old_form else 276
    draw.text((left, 22), "香港永久性居民身份證", fill=_INK, font=_font(34))
    draw.text((left, 66), "HONG KONG PERMANENT IDENTITY CARD", fill=_INK, font=_font(21))
    draw.text((left, 130), person.chinese, fill=_INK, font=_font(44))
    draw.text((left, 192), f"{person.surname}, {person.given}", fill=_INK, font=_font(30))
    born, issued = person.birth, person.issued
    draw.text((left, 262), "出生日期 Date of Birth", fill=_INK, font=_font(17))
    draw.text(
        (left, 284), f"{born[6:]}-{born[4:6]}-{born[:4]}  {person.sex}", fill=_INK, font=_font(30)
    )
    draw.text((left, 344), "簽發日期 Date of Issue", fill=_INK, font=_font(17))
    draw.text((left, 366), f"{issued[6:]}-{issued[4:6]}-{issued[2:4]}", fill=_INK, font=_font(30))
    number = f"{person.number[:-1]}({person.number[-1]})"
    draw.text((left, 440), number, fill=_INK, font=_font(46))
    if old_form:
        draw.rounded_rectangle(
            (48, 180, 168, 276), 14, fill=(212, 178, 92), outline=(150, 120, 50), width=3
        )
        for y in (212, 244):
            draw.line((48, y, 168, y), fill=(150, 120, 50), width=3)
    mark = Image.new("RGBA", CARD, (0, 0, 0, 0))
    ImageDraw.Draw(mark).text((150, 210), "SPECIMEN", fill=(176, 40, 40, 70), font=_font(120))
    card.paste(mark.rotate(20), mask=mark.rotate(20))
    return card


def on_tray(card: Image.Image) -> Image.Image:
    """Return the card on the dark tray, as the document camera sees it."""
    view = Image.new("RGB", VIEW, (26, 28, 32))
    mask = Image.new("L", CARD, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, CARD[0] - 1, CARD[1] - 1), 30, fill=255)
    view.paste(card, ((VIEW[0] - CARD[0]) // 2, (VIEW[1] - CARD[1]) // 2), mask)
    return view


def main() -> None:
    """Write both forms of the specimen as the document camera sees them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portrait", type=Path, required=True, help="JPEG of the holder")
    parser.add_argument("--to", type=Path, required=True, help="folder to write to")
    options = parser.parse_args()
    for name, old_form in (("front_2018", False), ("front_2003", True)):
        card = render(SPECIMEN, options.portrait.read_bytes(), old_form=old_form)
        on_tray(card).save(options.to / f"{name}.png")


if __name__ == "__main__":
    main()
