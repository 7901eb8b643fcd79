"""A minor waits for a guardian's consent: asked once, answered on a phone, bound to one record."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.flow.states import Event, State
from kiosk.session.vault import Slot
from kiosk.sync.stored import OutboxWriteFailed
from tests.support.staff_desk import StaffDesk
from wire.guardian import ConsentStanding, ConsentState, guardian_path
from wire.screen import Action

MINOR = {"birth": "20131201"}
UNTIL = "2026-11-25T09:40:00+00:00"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[StaffDesk]:
    made = StaffDesk(tmp_path)
    yield made
    made.close()


def answer(desk: StaffDesk, state: ConsentState) -> None:
    """Let sync note what the register said, and the engine look."""
    desk.guardian.note(desk.engine.visit.guardian_request, ConsentStanding(state, UNTIL))
    desk.wait(1)


def test_an_adult_needs_nobody(desk: StaffDesk) -> None:
    desk.confirm_details()
    assert desk.where() is State.TAKING_PHOTO
    assert desk.guardian.asked() is None


def test_a_minor_asks_for_this_record_and_nothing_personal_is_asked_with(desk: StaffDesk) -> None:
    desk.confirm_details(**MINOR)
    assert desk.where() is State.GUARDIAN
    asked = desk.guardian.asked()
    assert asked
    with desk.engine.visit.vault.use(Slot.GUARDIAN_TOKEN) as token:
        assert asked.request.token_digest == hashlib.sha256(token).hexdigest()
    assert asked.request.record_id == desk.engine.visit.record_id
    assert asked.request.reference == desk.engine.visit.reference
    assert "LAM" not in str(asked)


def test_the_code_is_shown_only_when_the_register_knows_of_it(desk: StaffDesk) -> None:
    desk.confirm_details(**MINOR)
    assert (desk.facts["known"], desk.facts["link"]) == (False, "")
    answer(desk, ConsentState.WAITING)
    assert desk.facts["known"] is True
    with desk.engine.visit.vault.use(Slot.GUARDIAN_TOKEN) as token:
        assert desk.facts["link"].endswith(guardian_path(bytes(token)))


def test_a_consent_leads_on_and_its_id_stays_with_the_visit(desk: StaffDesk) -> None:
    desk.confirm_details(**MINOR)
    answer(desk, ConsentState.WAITING)
    answer(desk, ConsentState.GIVEN)
    assert desk.where() is State.TAKING_PHOTO
    assert desk.engine.visit.guardian_consent == desk.engine.visit.guardian_request != ""
    assert desk.guardian.asked() is None
    assert desk.events("guardian.") == ["guardian.asked", "guardian.answered state=given"]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (ConsentState.DECLINED, "guardian.declined"),
        (ConsentState.EXPIRED, "guardian.expired"),
        (ConsentState.WITHDRAWN, "guardian.withdrawn"),
    ],
)
def test_no_consent_leads_to_staff_and_says_why(
    desk: StaffDesk, state: ConsentState, code: str
) -> None:
    desk.confirm_details(**MINOR)
    answer(desk, state)
    assert (desk.where(), desk.facts["code"]) == (State.REFERRAL, code)
    assert desk.engine.visit.guardian_consent == ""


def test_a_register_that_is_silent_is_said_soon(desk: StaffDesk) -> None:
    desk.confirm_details(**MINOR)
    for _ in range(60):
        if desk.where() is not State.GUARDIAN:
            break
        desk.wait(0.5)
    assert (desk.where(), desk.facts["code"]) == (State.REFERRAL, "guardian.unreachable")
    assert desk.now < 30


def test_a_register_that_goes_away_while_a_guardian_reads_ends_nothing(desk: StaffDesk) -> None:
    desk.confirm_details(**MINOR)
    answer(desk, ConsentState.WAITING)
    desk.guardian.failed(desk.engine.visit.guardian_request, "register.unreachable")
    for _ in range(120):
        desk.wait(0.5)
    assert desk.where() is State.GUARDIAN
    answer(desk, ConsentState.GIVEN)
    assert desk.where() is State.TAKING_PHOTO


@pytest.mark.parametrize("event", [Event.LEFT, Event.TIMED_OUT, Event.SCREEN_LOST])
def test_who_leaves_asks_no_more(desk: StaffDesk, event: Event) -> None:
    desk.confirm_details(**MINOR)
    asked = desk.guardian.asked()
    assert asked
    desk.engine.happen(event)
    assert desk.guardian.asked() is None
    with pytest.raises(KeyError):
        desk.guardian.told(asked.consent_id)


def test_each_minor_asks_anew(desk: StaffDesk) -> None:
    requests = set()
    for _ in range(2):
        desk.confirm_details(**MINOR)
        asked = desk.guardian.asked()
        assert asked
        requests.add((asked.consent_id, asked.request.token_digest, asked.request.record_id))
        desk.engine.happen(Event.SCREEN_LOST)
        desk.engine.session = None
        desk.engine.happen(Event.WIPED)
    assert len({part for request in requests for part in request}) == 6


def test_a_slip_that_cannot_be_written_leads_to_a_counter(
    desk: StaffDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OutboxWriteFailed("no room")

    monkeypatch.setattr(desk.guardian, "ask", full)
    desk.confirm_details(**MINOR)
    assert (desk.where(), desk.facts["code"]) == (State.REFERRAL, "guardian.unreachable")


def test_a_minor_may_go_to_a_counter(desk: StaffDesk) -> None:
    desk.confirm_details(**MINOR)
    desk.touch(Action.COUNTER)
    assert (desk.where(), desk.facts["code"]) == (State.REFERRAL, "session.counter")
