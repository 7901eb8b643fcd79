"""The reader's windows hold our specimens' print, each its own line only."""

from itertools import combinations

import pytest

from drivers.card.personalise.print.places import FORM_2003, FORM_2018
from drivers.card.personalise.print.places import Form as PrintedForm
from kiosk.document.layout import CARD_MM, CARD_PX, WINDOWS, pixels
from wire.document import Form, PrintedField

FORMS = {Form.FORM_2018: FORM_2018, Form.FORM_2003: FORM_2003}
OFF_MM = 0.4
"""What straightening may be off."""


@pytest.mark.parametrize("form", Form)
def test_every_field_has_a_window_on_the_card(form: Form) -> None:
    assert set(WINDOWS[form]) == set(PrintedField)
    for left, top, right, bottom in WINDOWS[form].values():
        assert 0 <= left < right <= CARD_MM[0]
        assert 0 <= top < bottom <= CARD_MM[1]


@pytest.mark.parametrize(("form", "printed"), FORMS.items())
def test_a_window_holds_its_line_and_begins_before_it(form: Form, printed: PrintedForm) -> None:
    for of, (left, top, _, bottom) in WINDOWS[form].items():
        line = printed.lines[of.value]
        assert left <= line.x - OFF_MM
        assert top <= line.y - line.height - OFF_MM
        assert line.y + OFF_MM <= bottom


@pytest.mark.parametrize("form", Form)
def test_no_two_windows_overlap(form: Form) -> None:
    for one, other in combinations(WINDOWS[form].values(), 2):
        beside = one[2] <= other[0] or other[2] <= one[0]
        above = one[3] <= other[1] or other[3] <= one[1]
        assert beside or above


def test_pixels_are_rows_then_columns() -> None:
    assert CARD_PX == (1027, 648)
    assert pixels((1.0, 2.0, 3.0, 4.0)) == (slice(24, 48), slice(12, 36))
