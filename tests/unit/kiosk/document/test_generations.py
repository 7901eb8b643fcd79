"""The form of a card, from where its portrait stands."""

import pytest

from kiosk.document.generations import STEADY_STILLS, CardSeen, Steady, layout
from wire.vision import Layout


@pytest.mark.parametrize(
    ("portrait_x", "form"),
    [
        (0.2, Layout.FORM_2018),
        (0.45, Layout.FORM_2018),
        (0.5, Layout.UNKNOWN),
        (0.55, Layout.FORM_2003),
        (0.8, Layout.FORM_2003),
        (None, Layout.UNKNOWN),
    ],
)
def test_the_portrait_tells_the_form(portrait_x: float | None, form: Layout) -> None:
    assert layout(CardSeen(portrait_x)) is form


def test_where_no_card_lies_there_is_nothing() -> None:
    assert layout(None) is Layout.NOTHING


def reported(stills: list[Layout]) -> list[Layout | None]:
    steady = Steady()
    return [steady.see(still) for still in stills]


def test_a_form_is_reported_once_when_stills_agree() -> None:
    stills = [Layout.FORM_2018] * (STEADY_STILLS + 2)
    assert reported(stills) == [None] * (STEADY_STILLS - 1) + [Layout.FORM_2018, None, None]


def test_a_hand_in_the_picture_begins_the_count_anew() -> None:
    assert not any(reported([Layout.FORM_2003, Layout.FORM_2003, Layout.UNKNOWN] * 4))


def test_a_change_is_reported() -> None:
    stills = [Layout.NOTHING] * STEADY_STILLS + [Layout.FORM_2003] * STEADY_STILLS
    assert [seen for seen in reported(stills) if seen] == [Layout.NOTHING, Layout.FORM_2003]
