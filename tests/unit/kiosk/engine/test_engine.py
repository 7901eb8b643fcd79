"""The engine over its own loop parts: sessions, screens, touches, time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from kiosk.config import Settings
from kiosk.document.policy import parse
from kiosk.engine.effects import Effects
from kiosk.engine.engine import Engine, World
from kiosk.engine.listening import Listening
from kiosk.engine.main import SHIPPED_POLICY
from kiosk.engine.readiness import Conditions, DeviceReport
from kiosk.engine.session import Session
from kiosk.engine.timers import Timers
from kiosk.engine.touching import touched
from kiosk.flow.states import Effect, Event, State
from kiosk.session.vault import Slot
from tests.support.printed import contents, reading
from wire.document import CardHint, CopyCheck, Form, PrintedField
from wire.message import DeviceState
from wire.screen import (
    Action,
    Language,
    Show,
    ShowCardHint,
    ShowChallenge,
    ShowColour,
    ToScreens,
    Touched,
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

READY = DeviceReport(DeviceState.READY)


@dataclass
class Desk:
    """An engine, with all that goes out of it kept."""

    now: float = 0.0
    sent: list[ToScreens] = field(default_factory=list)
    ordered: list[Effect] = field(default_factory=list)
    reader: DeviceReport = READY
    printer: DeviceReport = READY
    camera: DeviceReport = READY
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        world = World(
            settings=Settings(),
            clock=lambda: self.now,
            timers=Timers(lambda: self.now),
            now=lambda: datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
            conditions=self._conditions,
            card_present=lambda: False,
            policy=parse(SHIPPED_POLICY.read_text()),
            send=self.sent.append,
        )
        self.engine = Engine(world, self._perform)

    def _conditions(self) -> Conditions:
        return Conditions(
            reader=self.reader,
            face_camera=self.camera,
            document_camera=READY,
            printer=self.printer,
            vision_ready=self.camera is READY,
            outbox_has_room=True,
            clock_trusted=True,
        )

    def _perform(self, effect: Effect) -> None:
        self.ordered.append(effect)
        if effect is Effect.RESTART_FACE:
            self.engine.display()
        if effect is Effect.OPEN_SESSION:
            world = self.engine.world
            self.engine.session = Session(world.vault, Language.EN, self.now, "id", "ABCD-EFGH")

    @property
    def shown(self) -> Show:
        """The screen shown last."""
        return next(message for message in reversed(self.sent) if isinstance(message, Show))

    def where(self) -> State:
        """The state, whose screen is the one shown."""
        assert self.shown.screen is self.engine.state
        return self.engine.state

    def touch(self, action: Action, argument: str = "") -> None:
        """Touch the screen that is shown."""
        touched(self.engine, Touched(self.shown.sequence, action, argument))

    def walk_to(self, state: State) -> None:
        """Go the main way as far as `state`."""
        way: list[Callable[[], None]] = [
            self.engine.begin,
            lambda: self.touch(Action.TOUCH),
            lambda: self.touch(Action.SET_LANGUAGE, "en"),
            lambda: self.touch(Action.REGISTER),
            lambda: self.touch(Action.CONTINUE),
            lambda: self.touch(Action.AGREE),
            lambda: self.engine.happen(Event.CARD_IN),
            lambda: self.engine.happen(Event.DOCUMENT_CAMERA_LOST),
        ]
        for step in way:
            if self.engine.state is state and self.sent:
                return
            step()
        assert self.engine.state is state


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_every_effect_has_somebody_who_performs_it() -> None:
    assert all(callable(getattr(Effects, effect.value, None)) for effect in Effect)


def test_a_ready_terminal_invites(desk: Desk) -> None:
    desk.engine.begin()
    assert desk.where() is State.ATTRACT


def test_a_terminal_waits_for_devices_that_have_not_said_how_they_are(desk: Desk) -> None:
    desk.reader = DeviceReport(DeviceState.STARTING)
    desk.engine.begin()
    assert desk.where() is State.STARTING
    desk.reader = READY
    desk.engine.check_readiness()
    assert desk.where() is State.ATTRACT


def test_a_lost_reader_closes_the_terminal_and_says_why(desk: Desk) -> None:
    desk.engine.begin()
    desk.reader = DeviceReport(DeviceState.MISSING, "reader.missing")
    desk.engine.check_readiness()
    assert desk.where() is State.OUT_OF_SERVICE
    assert desk.shown.facts == {"code": "reader.missing"}


def test_altered_face_models_refer_everybody_and_leave_services_to_browse(desk: Desk) -> None:
    desk.camera = DeviceReport(DeviceState.FAULTY, "vision.model_altered")
    desk.walk_to(State.SERVICE)
    desk.touch(Action.REGISTER)
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == "vision.model_altered"


def test_a_printer_that_is_out_is_told_before_anybody_begins(desk: Desk) -> None:
    desk.printer = DeviceReport(DeviceState.FAULTY, "printer.paper_out")
    desk.engine.begin()
    assert desk.shown.facts == {"receipt_on_screen": True, "headline": ""}


def test_a_touch_on_a_screen_that_is_gone_means_nothing(desk: Desk) -> None:
    desk.walk_to(State.SERVICE)
    old = desk.shown.sequence
    desk.touch(Action.REGISTER)
    touched(desk.engine, Touched(old, Action.LEAVE))
    assert desk.where() is State.ELIGIBILITY


def test_the_language_changes_without_losing_the_step(desk: Desk) -> None:
    desk.walk_to(State.PRIVACY_NOTICE)
    desk.touch(Action.SET_LANGUAGE, "zh_CN")
    assert (desk.shown.screen, desk.shown.language) == (State.PRIVACY_NOTICE, Language.ZH_CN)


def test_a_language_that_does_not_exist_is_no_language(desk: Desk) -> None:
    desk.walk_to(State.LANGUAGE)
    desk.touch(Action.SET_LANGUAGE, "xx")
    assert desk.where() is State.LANGUAGE


def test_the_opt_in_is_off_until_it_is_turned_on(desk: Desk) -> None:
    desk.walk_to(State.PRIVACY_NOTICE)
    seen = [desk.shown.facts["keep_template"]]
    for turned in ("on", "off"):
        desk.touch(Action.KEEP_TEMPLATE, turned)
        seen.append(desk.shown.facts["keep_template"])
    assert seen == [False, True, False]


def _type(desk: Desk, text: str) -> None:
    for key in text:
        desk.touch(Action.KEY, key)
    desk.touch(Action.CONTINUE)


def test_the_print_is_typed_field_by_field(desk: Desk) -> None:
    desk.walk_to(State.TYPE_DETAILS)
    _type(desk, "A1234563")
    assert desk.shown.facts["field"] == "birth"
    _type(desk, "12041968")
    _type(desk, "150319")
    assert desk.where() is State.READING_CARD


def test_a_wrong_check_character_is_said_and_may_be_mended(desk: Desk) -> None:
    desk.walk_to(State.TYPE_DETAILS)
    _type(desk, "A1234564")
    assert desk.shown.facts["wrong"] == "check_digit"
    desk.touch(Action.KEY, "delete")
    assert desk.shown.facts["wrong"] == ""
    _type(desk, "3")
    assert desk.shown.facts["field"] == "birth"


def test_going_back_leads_to_the_field_before_and_then_to_the_screen_before(desk: Desk) -> None:
    desk.walk_to(State.TYPE_DETAILS)
    _type(desk, "A1234563")
    desk.touch(Action.BACK)
    assert desk.shown.facts["field"] == "number"
    desk.touch(Action.BACK)
    assert desk.where() is State.PRIVACY_NOTICE


def test_a_date_of_issue_before_the_2018_form_is_referred_kindly(desk: Desk) -> None:
    desk.walk_to(State.TYPE_DETAILS)
    _type(desk, "A1234563")
    _type(desk, "12041968")
    _type(desk, "010610")
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == "card.old_form"


def test_a_typed_card_of_the_older_form_goes_to_a_counter_as_long_as_it_is_valid(
    desk: Desk,
) -> None:
    desk.engine.world.now = lambda: datetime(2025, 5, 11, tzinfo=UTC)
    desk.walk_to(State.TYPE_DETAILS)
    _type(desk, "A1234563")
    _type(desk, "12041980")
    _type(desk, "010610")
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == "card.old_form_counter"


def test_time_runs_out_when_nobody_touches_and_anew_when_somebody_does(desk: Desk) -> None:
    desk.walk_to(State.SERVICE)
    desk.now += 50
    desk.touch(Action.MORE_TIME)
    desk.now += 50
    desk.engine.world.timers.run_due()
    assert desk.where() is State.SERVICE
    desk.now += 10
    desk.engine.world.timers.run_due()
    assert desk.where() is State.TAKE_CARD
    assert desk.shown.facts["outcome"] == "timed_out"


def test_a_third_unreadable_card_is_the_last(desk: Desk) -> None:
    desk.walk_to(State.TYPE_DETAILS)
    _type(desk, "A1234563")
    _type(desk, "12041968")
    _type(desk, "150319")
    for _ in range(2):
        desk.engine.happen(Event.CARD_UNREADABLE, "card.mute")
        assert desk.shown.facts["code"] == "card.mute"
        desk.touch(Action.RETRY)
        desk.engine.happen(Event.CARD_IN)
    desk.engine.happen(Event.CARD_UNREADABLE, "card.mute")
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == "card.tries_used"


@pytest.fixture
def waiting(desk: Desk) -> tuple[Desk, Listening]:
    """A desk that waits for a card, and what devices tell it."""
    desk.walk_to(State.PLACE_CARD)
    return desk, Listening(desk.engine)


def test_the_print_that_was_read_opens_the_chip(waiting: tuple[Desk, Listening]) -> None:
    desk, told = waiting
    told.card_present(present=True)
    assert desk.where() is State.PLACE_CARD
    told.print_read(reading())
    assert desk.where() is State.READING_CARD
    assert desk.engine.visit.printed() == reading()
    told.card_read(contents())
    assert desk.where() is State.CHECK_DETAILS
    assert desk.engine.visit.print_check == "agrees"


def test_a_print_that_is_not_sure_is_said_so(waiting: tuple[Desk, Listening]) -> None:
    desk, told = waiting
    told.card_present(present=True)
    told.print_read(msgspec.structs.replace(reading(), unread=frozenset({PrintedField.NAME})))
    told.card_read(contents())
    assert desk.engine.visit.print_check == "unsure"


def test_a_chip_that_says_something_else_is_referred_and_not_kept(
    waiting: tuple[Desk, Listening],
) -> None:
    desk, told = waiting
    told.card_present(present=True)
    told.print_read(reading())
    told.card_read(msgspec.structs.replace(contents(), name="WONG, SIU MUI"))
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == "card.differs_from_print"
    assert not desk.engine.visit.vault.holds(Slot.CARD)


def test_what_was_typed_takes_the_place_of_what_was_read(waiting: tuple[Desk, Listening]) -> None:
    desk, told = waiting
    told.card_present(present=True)
    told.print_read(reading())
    desk.engine.happen(Event.KEY_REFUSED, "card.key_refused")
    desk.touch(Action.RETRY)
    told.print_unreadable()
    told.card_present(present=True)
    assert desk.where() is State.TYPE_DETAILS
    _type(desk, "G123456A")
    _type(desk, "12041968")
    _type(desk, "150319")
    assert desk.where() is State.READING_CARD
    assert desk.engine.visit.printed().number == "G123456A"
    told.card_read(msgspec.structs.replace(contents(), number="G123456A"))
    assert desk.engine.visit.print_check == "typed"


def test_two_failed_tries_lead_to_typing(waiting: tuple[Desk, Listening]) -> None:
    desk, told = waiting
    told.card_present(present=True)
    told.print_unreadable()
    assert desk.where() is State.PLACE_CARD
    told.print_unreadable()
    assert desk.where() is State.TYPE_DETAILS


def test_a_lost_document_camera_leads_to_typing_and_not_to_a_counter(
    waiting: tuple[Desk, Listening],
) -> None:
    desk, told = waiting
    told.camera_changed(Camera.DOCUMENT, DeviceState.MISSING, "camera.missing")
    assert desk.where() is State.PLACE_CARD
    told.card_present(present=True)
    assert desk.where() is State.TYPE_DETAILS


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"form": Form.FORM_2003, "birth": "19520220"}, "card.old_form"),
        ({"consular": True}, "card.consular"),
        ({"birth": "20131201"}, "card.minor"),
        ({"birth": "20200101"}, "card.child"),
        ({"copy_check": CopyCheck.SUSPECTED}, "card.copy_suspected"),
    ],
)
def test_a_card_that_is_not_served_is_referred_before_it_is_kept(
    waiting: tuple[Desk, Listening], changed: dict[str, Any], code: str
) -> None:
    desk, told = waiting
    told.print_read(msgspec.structs.replace(reading(), **changed))
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == code
    assert not desk.engine.visit.vault.holds(Slot.PRINT)


def test_the_older_form_goes_to_a_counter_as_long_as_it_is_valid(
    waiting: tuple[Desk, Listening],
) -> None:
    desk, told = waiting
    desk.engine.world.now = lambda: datetime(2025, 5, 11, tzinfo=UTC)
    told.print_read(msgspec.structs.replace(reading(form=Form.FORM_2003), birth="19800101"))
    assert desk.shown.facts["code"] == "card.old_form_counter"


def test_who_is_not_served_is_found_on_the_chip_when_the_print_was_typed(
    waiting: tuple[Desk, Listening],
) -> None:
    desk, told = waiting
    told.card_present(present=True)
    told.print_read(reading())
    told.card_read(msgspec.structs.replace(contents(), consular=True))
    assert desk.where() is State.REFERRAL
    assert desk.shown.facts["code"] == "card.consular"


def test_a_hint_is_shown_only_where_the_card_is_awaited(waiting: tuple[Desk, Listening]) -> None:
    desk, told = waiting
    told.document_hint(CardHint.GLARE)
    assert desk.sent[-1] == ShowCardHint(desk.engine.sequence, CardHint.GLARE)
    desk.touch(Action.HELP)
    count = len(desk.sent)
    told.document_hint(CardHint.GLARE)
    told.print_read(reading())
    told.print_unreadable()
    assert len(desk.sent) == count


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
