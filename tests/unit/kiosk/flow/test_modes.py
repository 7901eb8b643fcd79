"""What differs when staff stands beside the citizen, or a team takes the terminal along."""

import pytest

from kiosk.flow.modes import LOW_PERCENT, USES, compared, is_low
from kiosk.flow.states import Event
from wire.screen import Mode

FOR_STAFF = [Event.FACE_UNCLEAR, Event.FACE_FOR_STAFF]


def test_every_mode_is_in_the_table() -> None:
    assert set(USES) == set(Mode)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("event", FOR_STAFF)
def test_staff_looks_where_staff_stands_by(mode: Mode, event: Event) -> None:
    expected = event if mode is Mode.SELF_SERVICE else Event.STAFF_LOOKS
    assert compared(mode, event) is expected


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("event", [Event.FACE_SUPPORTED, Event.FACE_LIKELY])
def test_a_clear_face_is_nobodys_business_in_any_mode(mode: Mode, event: Event) -> None:
    assert compared(mode, event) is event


@pytest.mark.parametrize(
    ("mode", "percent", "charging", "low"),
    [
        (Mode.MOBILE, LOW_PERCENT, False, False),
        (Mode.MOBILE, LOW_PERCENT - 1, False, True),
        (Mode.MOBILE, 0, False, True),
        (Mode.MOBILE, 0, True, False),
        (Mode.MOBILE, -1, False, False),
        (Mode.COUNTER, 1, False, False),
        (Mode.SELF_SERVICE, 1, False, False),
    ],
)
def test_nobody_begins_on_an_empty_battery(
    mode: Mode, percent: int, *, charging: bool, low: bool
) -> None:
    assert is_low(mode, percent, charging=charging) is low
