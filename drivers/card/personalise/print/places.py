"""Where things stand on our specimens, in millimetres from the top left corner.

The order follows public descriptions of both forms (docs/hkid.md); the places are
our own. The reader has its own, wider idea of them (`kiosk.document.layout`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

CARD_MM: Final = (85.6, 54.0)
"""ISO/IEC 7810, ID-1."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print."""

    x: float
    y: float
    """Of the baseline."""
    height: float
    """Of a capital letter or a Chinese character."""
    widest: float = 60.0
    """Longer text is printed narrower."""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One generation of the card's front."""

    portrait: tuple[float, float, float, float]
    """Left, top, width, height."""
    small_portrait: tuple[float, float, float, float]
    lines: Mapping[str, Line]
    chip: tuple[float, float, float, float] | None = None


def _lines(left: float, *, name_widest: float, number: Line) -> Mapping[str, Line]:
    """Return the lines that both forms print in the same order, from one left edge."""
    lines = {
        "chinese": Line(left, 16.2, 4.0),
        "name": Line(left, 21.0, 2.1, widest=name_widest),
        "codes": Line(left, 25.0, 2.0),
        "birth_label": Line(left, 28.7, 1.2),
        "birth": Line(left, 32.2, 2.2),
        "sex": Line(left + 22, 32.2, 2.2),
        "symbols": Line(left, 36.4, 2.2),
        "issued_label": Line(left, 40.0, 1.2),
        "first": Line(left, 43.3, 2.0),
        "issued": Line(left, 48.0, 2.2),
        "number": number,
    }
    title = max(left - 6, 22.0)
    lines |= {"title_chinese": Line(title, 5.6, 3.2), "title": Line(title, 9.3, 1.9, widest=56)}
    return MappingProxyType(lines)


FORM_2018: Final = Form(
    portrait=(3.0, 12.5, 25.0, 33.3),
    small_portrait=(53.5, 33.8, 7.8, 10.4),
    lines=_lines(31.0, name_widest=30, number=Line(55.0, 48.6, 3.0, bold=True)),
)
FORM_2003: Final = Form(
    portrait=(58.5, 12.5, 25.0, 33.3),
    small_portrait=(5.0, 38.0, 8.0, 10.7),
    lines=_lines(22.0, name_widest=35, number=Line(36.0, 48.6, 2.6, bold=True)),
    chip=(4.5, 16.0, 13.0, 11.0),
)
