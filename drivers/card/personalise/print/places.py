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


def _form_2018() -> Form:
    left = 31.0
    lines = {
        "title_chinese": Line(left - 6, 5.6, 3.2),
        "title": Line(left - 6, 9.3, 1.9, widest=56),
        "chinese": Line(left, 16.2, 4.0),
        "name": Line(left, 21.0, 2.1, widest=30),
        "codes": Line(left, 25.0, 2.0),
        "birth_label": Line(left, 28.7, 1.2),
        "birth": Line(left, 32.2, 2.2),
        "sex": Line(left + 22, 32.2, 2.2),
        "symbols": Line(left, 36.4, 2.2),
        "issued_label": Line(left, 40.0, 1.2),
        "first": Line(left, 43.3, 2.0),
        "issued": Line(left, 48.0, 2.2),
        "number": Line(left + 24, 48.6, 3.0, bold=True),
    }
    portrait, small = (3.0, 12.5, 25.0, 33.3), (53.5, 33.8, 7.8, 10.4)
    return Form(portrait, small, MappingProxyType(lines))


def _form_2003() -> Form:
    left = 22.0
    lines = {
        "title_chinese": Line(left, 5.6, 3.2),
        "title": Line(left, 9.3, 1.9, widest=56),
        "chinese": Line(left, 16.2, 4.0),
        "name": Line(left, 21.0, 2.1, widest=35),
        "codes": Line(left, 25.0, 2.0),
        "birth_label": Line(left, 28.7, 1.2),
        "birth": Line(left, 32.2, 2.2),
        "sex": Line(left + 22, 32.2, 2.2),
        "symbols": Line(left, 36.4, 2.2),
        "issued_label": Line(left, 40.0, 1.2),
        "first": Line(left, 43.3, 2.0),
        "issued": Line(left, 48.0, 2.2),
        "number": Line(left + 14, 48.6, 2.6, bold=True),
    }
    portrait, small = (58.5, 12.5, 25.0, 33.3), (5.0, 38.0, 8.0, 10.7)
    return Form(portrait, small, MappingProxyType(lines), chip=(4.5, 16.0, 13.0, 11.0))


FORM_2018: Final = _form_2018()
FORM_2003: Final = _form_2003()
