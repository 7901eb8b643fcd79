"""The form of a card, from where its portrait stands."""

import pytest

from kiosk.document.generations import form_of
from wire.document import Form


@pytest.mark.parametrize(
    ("portrait_x", "form"),
    [
        (0.2, Form.FORM_2018),
        (0.45, Form.FORM_2018),
        (0.5, None),
        (0.55, Form.FORM_2003),
        (0.8, Form.FORM_2003),
    ],
)
def test_the_portrait_tells_the_form(portrait_x: float, form: Form | None) -> None:
    assert form_of(portrait_x) is form
