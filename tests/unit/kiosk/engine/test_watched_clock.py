"""What the watch over the clock notes, once each."""

import pytest

from kiosk.engine.watched_clock import WatchedClock
from kiosk.flow.clock_trust import Reading, RegisterTime

NOW = 1_795_428_000.0


def test_a_jump_and_what_follows_from_it_are_events(capsys: pytest.CaptureFixture[str]) -> None:
    looks = [
        Reading(NOW, 10, "boot"),
        Reading(NOW + 1, 11, "boot"),
        Reading(NOW - 3598, 12, "boot"),
        Reading(NOW - 3597, 13, "boot"),
        Reading(NOW - 3596, 14, "boot"),
    ]
    clock = WatchedClock(lambda: looks.pop(0))
    assert clock.trusted(None)
    assert not clock.trusted(None)
    assert not clock.trusted(None)
    assert clock.trusted(RegisterTime(NOW - 3596, 14, "boot"))
    assert capsys.readouterr().err.splitlines() == [
        "clock.changed trusted=True",
        "clock.jumped by_s=-3600",
        "clock.changed trusted=False",
        "clock.changed trusted=True",
    ]
