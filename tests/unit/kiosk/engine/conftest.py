"""A desk, and one that waits for a card."""

import pytest

from kiosk.engine.listening import Listening
from kiosk.flow.states import State
from tests.support.desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def waiting(desk: Desk) -> tuple[Desk, Listening]:
    """A desk that waits for a card, and what devices tell it."""
    desk.walk_to(State.PLACE_CARD)
    return desk, Listening(desk.engine)
