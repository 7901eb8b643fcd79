"""What reaches a screen, and what never does."""

import pytest

from kiosk.flow.states import Event, State
from kiosk.flow.view import FACTS, Seen, facts, masked_birth, masked_number

CITIZEN = Seen(
    name="LAM, Siu Ming",
    chinese="林小明",
    number="A1234563",
    birth="19680412",
    sex="M",
    typed="A12",
)
HAS_NAME = {State.CHECK_DETAILS}


@pytest.mark.parametrize("state", State)
def test_name_and_whole_number_never_share_a_screen(state: State) -> None:
    told = repr(facts(state, CITIZEN))
    assert "A1234563" not in told
    assert "19680412" not in told
    assert ("LAM" in told) == ("林小明" in told) == (state in HAS_NAME)


def test_masks_leave_what_a_citizen_recognises() -> None:
    assert masked_number("A1234563") == "A12••••(•)"
    assert masked_number("AB9876543") == "AB98••••(•)"
    assert masked_birth("19680412") == "••-••-1968"


def test_what_a_screen_may_draw_from_hides_in_its_repr() -> None:
    assert "LAM" not in repr(CITIZEN)


@pytest.mark.parametrize("state", sorted(set(State) - set(FACTS)))
def test_other_screens_are_told_nothing(state: State) -> None:
    assert facts(state, CITIZEN) == {}


def test_a_refused_key_is_said_where_it_is_typed_again() -> None:
    told = facts(State.TYPE_DETAILS, Seen(code="card.key_refused"))
    assert told["reason"] == "key_refused"
    assert facts(State.TYPE_DETAILS, Seen(code="card.removed"))["reason"] == ""


def test_events_are_words_of_their_own() -> None:
    assert len({event.value for event in Event}) == len(Event)
