"""Each button means exactly one thing."""

from kiosk.flow.states import Event
from kiosk.flow.touches import HANDLED_BY_ENGINE, TOUCHES
from wire.screen import Action


def test_every_button_means_something() -> None:
    assert set(TOUCHES) | HANDLED_BY_ENGINE == set(Action)
    assert not set(TOUCHES) & HANDLED_BY_ENGINE


def test_no_two_buttons_mean_the_same() -> None:
    assert len(set(TOUCHES.values())) == len(TOUCHES)
    assert set(TOUCHES.values()) <= set(Event)
