"""The photograph in the engine: tried, compared, bounded, and never an accusation."""

import pytest

from kiosk.engine.listening import Listening
from kiosk.flow.states import Effect, State
from kiosk.session.vault import Slot
from tests.support.desk import Desk
from tests.support.printed import contents, reading
from wire.message import DeviceState
from wire.screen import (
    Action,
    ShowChallenge,
    ShowColour,
)
from wire.vision import (
    Camera,
    Challenge,
    Compared,
    Comparison,
    Indicator,
    Presentation,
    Presented,
)


@pytest.fixture
def posing(waiting: tuple[Desk, Listening]) -> tuple[Desk, Listening]:
    """A desk whose citizen stands before the camera."""
    desk, told = waiting
    told.card_present(present=True)
    told.print_read(reading())
    told.card_read(contents())
    desk.touch(Action.CONTINUE)
    assert desk.where() is State.TAKING_PHOTO
    return desk, told


SUPPORTED = Presented(Presentation.SUPPORTED)
DOUBTED = Presented(Presentation.SUSPECTED, (Indicator.FLAT,))


def test_a_photograph_counts_only_after_its_presentation_is_supported(
    posing: tuple[Desk, Listening],
) -> None:
    desk, told = posing
    told.photo_taken(b"too early")
    assert desk.where() is State.TAKING_PHOTO
    assert not desk.engine.visit.vault.holds(Slot.PHOTO)
    told.presented(SUPPORTED)
    told.photo_taken(b"jpeg")
    assert desk.where() is State.COMPARING
    assert desk.engine.visit.vault.holds(Slot.PHOTO)


def test_three_presentations_that_are_not_supported_lead_to_staff(
    posing: tuple[Desk, Listening],
) -> None:
    desk, told = posing
    for attempt in (2, 3):
        told.presented(DOUBTED)
        assert desk.where() is State.TAKING_PHOTO
        assert desk.shown.facts["attempt"] == attempt
        assert desk.ordered[-1] is Effect.RESTART_FACE
    told.presented(DOUBTED)
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == "face.tries_used"
    assert not desk.engine.visit.vault.holds(Slot.PHOTO)


def test_no_presentation_at_all_is_no_way_around_it(posing: tuple[Desk, Listening]) -> None:
    desk, told = posing
    told.presented(Presented(Presentation.NOT_MADE))
    told.photo_taken(b"jpeg")
    assert desk.where() is State.TAKING_PHOTO


def test_the_gentle_way_ends_at_staff_even_when_the_faces_agree(
    posing: tuple[Desk, Listening],
) -> None:
    desk, told = posing
    desk.touch(Action.GENTLE)
    assert desk.ordered[-1] is Effect.RESTART_FACE
    assert desk.shown.facts["attempt"] == 1
    told.presented(Presented(Presentation.NOT_MADE))
    told.photo_taken(b"jpeg")
    told.compared(Compared(Comparison.SUPPORTS, 0.2, 0.3, 3.0))
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == "face.for_staff"


def compared(posing: tuple[Desk, Listening], outcome: Comparison) -> Desk:
    desk, told = posing
    told.presented(SUPPORTED)
    told.photo_taken(b"jpeg")
    told.compared(Compared(outcome, 0.45, 0.7, 1.0))
    return desk


def test_a_likely_face_is_photographed_once_more_and_then_staff_look(
    posing: tuple[Desk, Listening],
) -> None:
    desk = compared(posing, Comparison.LIKELY)
    assert desk.where() is State.TAKING_PHOTO
    assert desk.shown.facts["attempt"] == 2
    desk = compared(posing, Comparison.LIKELY)
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == "face.tries_used"


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Comparison.UNCLEAR, "face.unclear"),
        (Comparison.NO_FACE_ON_CHIP, "face.no_portrait"),
    ],
)
def test_an_unclear_face_is_for_staff_and_never_an_accusation(
    posing: tuple[Desk, Listening], outcome: Comparison, code: str
) -> None:
    desk = compared(posing, outcome)
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == code


def test_what_the_screen_is_told_while_a_presentation_is_tried(
    posing: tuple[Desk, Listening],
) -> None:
    desk, told = posing
    told.asked(Challenge.TURN_LEFT, 0.5)
    told.coloured(0xFFFF00)
    sequence = desk.engine.sequence
    assert desk.sent[-2:] == [
        ShowChallenge(sequence, Challenge.TURN_LEFT, 0.5),
        ShowColour(sequence, 0xFFFF00),
    ]


def test_a_presentation_told_too_late_changes_nothing(waiting: tuple[Desk, Listening]) -> None:
    desk, told = waiting
    told.presented(SUPPORTED)
    assert desk.engine.visit.presentation is Presentation.NOT_MADE


def crash(told: Listening) -> None:
    """Say what a crash of the vision process says."""
    for camera in Camera:
        told.camera_changed(camera, DeviceState.STARTING, "vision.crashed")


def test_a_crash_behind_the_camera_costs_one_try_and_no_session(
    posing: tuple[Desk, Listening],
) -> None:
    desk, told = posing
    crash(told)
    assert desk.where() is State.TAKING_PHOTO
    told.camera_changed(Camera.FACE, DeviceState.READY, "")
    assert desk.ordered[-1] is Effect.RESTART_FACE
    assert desk.shown.facts["attempt"] == 2
    desk.now += 10
    desk.engine.world.timers.run_due()
    assert desk.where() is State.TAKING_PHOTO


def test_a_crash_while_comparing_leads_back_to_the_photograph(
    posing: tuple[Desk, Listening],
) -> None:
    desk, told = posing
    told.presented(SUPPORTED)
    told.photo_taken(b"jpeg")
    crash(told)
    assert desk.where() is State.TAKING_PHOTO


def test_cameras_that_stay_away_after_a_crash_lead_to_staff(
    posing: tuple[Desk, Listening],
) -> None:
    desk, told = posing
    crash(told)
    desk.now += 8
    desk.engine.world.timers.run_due()
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == "vision.crashed"


def test_a_third_crash_in_one_session_is_the_last(posing: tuple[Desk, Listening]) -> None:
    desk, told = posing
    for _ in range(3):
        crash(told)
    assert desk.where() is State.REFERRAL
