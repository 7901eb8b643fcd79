"""The engine over its own loop parts: sessions, screens, touches, time."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from kiosk.engine.effects import Effects
from kiosk.engine.listening import Listening
from kiosk.engine.readiness import DeviceReport
from kiosk.engine.touching import touched
from kiosk.flow.states import Effect, Event, State
from kiosk.session.vault import Slot
from tests.support.desk import READY, Desk
from tests.support.printed import contents, reading
from wire.document import CardHint, CopyCheck, Form, PrintedField
from wire.message import DeviceState
from wire.screen import (
    Action,
    Language,
    ShowCardHint,
    Touched,
)
from wire.vision import (
    Camera,
)


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


def test_operations_take_the_terminal_out_of_service_and_put_it_back(desk: Desk) -> None:
    desk.engine.begin()
    desk.ordered_out = True
    desk.engine.check_readiness()
    assert desk.where() is State.OUT_OF_SERVICE
    assert desk.shown.facts == {"code": "terminal.ordered_out"}
    desk.ordered_out = False
    desk.engine.check_readiness()
    assert desk.where() is State.ATTRACT


def test_who_stands_there_finishes_before_the_terminal_goes_out_of_service(desk: Desk) -> None:
    desk.walk_to(State.SERVICE)
    desk.ordered_out = True
    desk.engine.check_readiness()
    assert desk.where() is State.SERVICE


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
