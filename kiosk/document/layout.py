"""Where the reader looks for each field, per generation.

Windows are in millimetres on a straightened card, wider than the print by what
straightening may be off (0.4 mm, docs/document.md). They fit our own specimens; the
real card's places would be another table.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wire.document import Form, PrintedField

CARD_MM: Final = (85.6, 54.0)
"""ISO/IEC 7810, ID-1."""
PX_PER_MM: Final = 12
CARD_PX: Final = (round(CARD_MM[0] * PX_PER_MM), round(CARD_MM[1] * PX_PER_MM))
"""Columns and rows of a straightened card."""

Window = tuple[float, float, float, float]
"""Left, top, right, bottom."""


_FORM_2018: Final[dict[PrintedField, Window]] = {
    PrintedField.TITLE: (24.0, 6.6, 82.5, 10.0),
    PrintedField.CHINESE: (30.0, 11.4, 68.0, 17.6),
    PrintedField.NAME: (30.0, 18.2, 61.8, 22.2),
    PrintedField.CODES: (30.0, 22.4, 62.0, 25.7),
    PrintedField.BIRTH: (30.0, 29.4, 51.5, 32.9),
    PrintedField.SEX: (52.0, 29.0, 62.0, 33.0),
    PrintedField.FIRST: (30.0, 40.6, 45.0, 44.4),
    PrintedField.ISSUED: (30.0, 45.1, 48.0, 48.7),
    PrintedField.NUMBER: (54.0, 44.6, 84.0, 50.2),
}
_FORM_2003: Final[dict[PrintedField, Window]] = {
    field: (left - 9, top, right - 9, bottom)
    for field, (left, top, right, bottom) in _FORM_2018.items()
} | {
    PrintedField.TITLE: (21.0, 6.6, 79.5, 10.0),
    PrintedField.NAME: (21.0, 18.2, 57.8, 22.2),
    PrintedField.ISSUED: (21.0, 45.1, 35.0, 48.7),
    PrintedField.NUMBER: (35.0, 45.2, 58.0, 50.0),
}

WINDOWS: Final[Mapping[Form, Mapping[PrintedField, Window]]] = MappingProxyType(
    {
        Form.FORM_2018: MappingProxyType(_FORM_2018),
        Form.FORM_2003: MappingProxyType(_FORM_2003),
    }
)
"""Where each generation prints what."""


def pixels(window: Window) -> tuple[slice, slice]:
    """Return the rows and columns of a window on a straightened card."""
    left, top, right, bottom = (round(edge * PX_PER_MM) for edge in window)
    return slice(top, bottom), slice(left, right)
