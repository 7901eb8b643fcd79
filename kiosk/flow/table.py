"""Which event leads where: the whole registration flow, as one table.

Rule 1: everything that decides a transition lives in this file.
Rule 2: this file knows no device, no clock, no screen and no personal data.
Rule 3: every way out of a session goes through WIPING; ways out are added to all
session states by construction.
Rule 4: staff mode is entered where nobody is served, and left for there.
Rule 5: what runs while the citizen is in a state starts on the way in and stops
on every way out, by construction.

`docs/flow.md` is drawn from TABLE by ``make catalogues``; a test fails when the
drawing is stale.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kiosk.flow.states import IN_SESSION, STAFF, Effect, Event, State


@dataclass(frozen=True, slots=True)
class Step:
    """Where to go and what to do, in this order."""

    to: State
    effects: tuple[Effect, ...] = ()


_ANEW: Final = Step(State.TAKING_PHOTO, (Effect.RESTART_FACE,))
"""Another attempt on the same screen; what the last one held is overwritten."""

_MAIN_WAY: Final[Mapping[tuple[State, Event], Step]] = {
    # outside a session
    (State.STARTING, Event.READY): Step(State.ATTRACT),
    (State.STARTING, Event.NOT_READY): Step(State.OUT_OF_SERVICE),
    (State.STARTING, Event.CLOSING_TIME): Step(State.CLOSED),
    (State.STARTING, Event.TIMED_OUT): Step(State.OUT_OF_SERVICE),
    (State.OUT_OF_SERVICE, Event.READY): Step(State.ATTRACT),
    (State.OUT_OF_SERVICE, Event.CLOSING_TIME): Step(State.CLOSED),
    (State.OUT_OF_SERVICE, Event.CHOSE_BROWSE): Step(State.BROWSE, (Effect.OPEN_SESSION,)),
    (State.CLOSED, Event.OPENING_TIME): Step(State.ATTRACT),
    (State.ATTRACT, Event.NOT_READY): Step(State.OUT_OF_SERVICE),
    (State.ATTRACT, Event.CLOSING_TIME): Step(State.CLOSED),
    (State.ATTRACT, Event.TOUCHED): Step(State.LANGUAGE, (Effect.OPEN_SESSION,)),
    (State.ATTRACT, Event.CHOSE_BROWSE): Step(State.BROWSE, (Effect.OPEN_SESSION,)),
    (State.CARD_LEFT, Event.CARD_OUT): Step(State.ATTRACT),
    (State.CARD_LEFT, Event.ASKED_HELP): Step(State.CARD_LEFT, (Effect.CALL_STAFF,)),
    # before the card
    (State.LANGUAGE, Event.LANGUAGE_CHOSEN): Step(State.SERVICE),
    (State.SERVICE, Event.CHOSE_REGISTER): Step(State.ELIGIBILITY),
    (State.SERVICE, Event.CANNOT_REGISTER): Step(State.REFERRAL),
    (State.SERVICE, Event.CHOSE_BROWSE): Step(State.BROWSE),
    # without an account
    (State.BROWSE, Event.WENT_BACK): Step(State.SERVICE),
    (State.BROWSE, Event.CHOSE_INFORMATION): Step(State.INFORMATION),
    (State.BROWSE, Event.CHOSE_CATALOGUE): Step(State.CATALOGUE),
    (State.INFORMATION, Event.WENT_BACK): Step(State.BROWSE),
    (State.CATALOGUE, Event.WENT_BACK): Step(State.BROWSE),
    (State.CATALOGUE, Event.SERVICES_FOUND): Step(State.SERVICES),
    (State.CATALOGUE, Event.CHOSE_SEARCH): Step(State.SEARCH),
    (State.SEARCH, Event.WENT_BACK): Step(State.CATALOGUE),
    (State.SEARCH, Event.SERVICES_FOUND): Step(State.SERVICES),
    (State.SERVICES, Event.WENT_BACK): Step(State.CATALOGUE),
    (State.SERVICES, Event.SERVICE_CHOSEN): Step(State.ONE_SERVICE),
    (State.ONE_SERVICE, Event.WENT_BACK): Step(State.SERVICES),
    # towards the card
    (State.ELIGIBILITY, Event.CONTINUED): Step(State.PRIVACY_NOTICE),
    (State.ELIGIBILITY, Event.NOT_ELIGIBLE): Step(State.REFERRAL),
    (State.ELIGIBILITY, Event.WENT_BACK): Step(State.SERVICE),
    (State.PRIVACY_NOTICE, Event.AGREED): Step(State.PLACE_CARD, (Effect.NOTE_CONSENT,)),
    (State.PRIVACY_NOTICE, Event.DISAGREED): Step(State.TAKE_CARD),
    (State.PRIVACY_NOTICE, Event.WENT_BACK): Step(State.ELIGIBILITY),
    # the card
    (State.PLACE_CARD, Event.CARD_IN): Step(State.PLACE_CARD),
    (State.PLACE_CARD, Event.PRINT_READ): Step(State.PLACE_CARD),
    (State.PLACE_CARD, Event.PRINT_UNREADABLE): Step(State.PLACE_CARD),
    (State.PLACE_CARD, Event.DOCUMENT_CAMERA_LOST): Step(State.PLACE_CARD),
    (State.PLACE_CARD, Event.CARD_KNOWN): Step(State.READING_CARD),
    (State.PLACE_CARD, Event.PRINT_TRIES_USED): Step(State.TYPE_DETAILS),
    (State.PLACE_CARD, Event.OLD_CARD_SEEN): Step(State.REFERRAL),
    (State.PLACE_CARD, Event.CARD_REFERRED): Step(State.REFERRAL),
    (State.PLACE_CARD, Event.WENT_BACK): Step(State.PRIVACY_NOTICE),
    (State.TYPE_DETAILS, Event.DETAILS_TYPED): Step(State.READING_CARD),
    (State.TYPE_DETAILS, Event.OLD_CARD_SEEN): Step(State.REFERRAL),
    (State.TYPE_DETAILS, Event.CARD_REFERRED): Step(State.REFERRAL),
    (State.TYPE_DETAILS, Event.CARD_OUT): Step(State.PLACE_CARD),
    (State.TYPE_DETAILS, Event.WENT_BACK): Step(State.PRIVACY_NOTICE),
    (State.READING_CARD, Event.CARD_READ): Step(State.CHECK_DETAILS),
    (State.READING_CARD, Event.KEY_REFUSED): Step(State.CARD_PROBLEM),
    (State.READING_CARD, Event.CARD_UNREADABLE): Step(State.CARD_PROBLEM),
    (State.READING_CARD, Event.CARD_NOT_GENUINE): Step(State.REFERRAL),
    (State.READING_CARD, Event.CARD_REFERRED): Step(State.REFERRAL),
    (State.READING_CARD, Event.CARD_TRIES_USED): Step(State.REFERRAL),
    (State.CARD_PROBLEM, Event.RETRIED): Step(State.PLACE_CARD),
    (State.CARD_PROBLEM, Event.CHOSE_COUNTER): Step(State.REFERRAL),
    (State.CHECK_DETAILS, Event.CONTINUED): Step(State.TAKING_PHOTO),
    (State.CHECK_DETAILS, Event.NEEDS_GUARDIAN): Step(State.GUARDIAN),
    (State.CHECK_DETAILS, Event.SAID_NOT_MINE): Step(State.REFERRAL),
    # the guardian of a minor
    (State.GUARDIAN, Event.GUARDIAN_KNOWN): Step(State.GUARDIAN),
    (State.GUARDIAN, Event.GUARDIAN_CONSENTED): Step(State.TAKING_PHOTO),
    (State.GUARDIAN, Event.GUARDIAN_REFUSED): Step(State.REFERRAL),
    (State.GUARDIAN, Event.CHOSE_COUNTER): Step(State.REFERRAL),
    # the face
    (State.TAKING_PHOTO, Event.PHOTO_TAKEN): Step(State.COMPARING),
    (State.TAKING_PHOTO, Event.PRESENTATION_UNCLEAR): _ANEW,
    (State.TAKING_PHOTO, Event.CHOSE_GENTLE): _ANEW,
    (State.TAKING_PHOTO, Event.PHOTO_TRIES_USED): Step(State.REFERRAL),
    (State.TAKING_PHOTO, Event.VISION_LOST): Step(State.TAKING_PHOTO),
    (State.TAKING_PHOTO, Event.VISION_BACK): _ANEW,
    (State.COMPARING, Event.VISION_LOST): Step(State.TAKING_PHOTO),
    (State.TAKING_PHOTO, Event.CHOSE_COUNTER): Step(State.REFERRAL),
    (State.COMPARING, Event.FACE_SUPPORTED): Step(State.SENDING),
    (State.COMPARING, Event.FACE_LIKELY): Step(State.TAKING_PHOTO),
    (State.COMPARING, Event.STAFF_LOOKS): Step(State.CONFIRM),
    (State.COMPARING, Event.FACE_UNCLEAR): Step(State.REFERRAL),
    (State.COMPARING, Event.FACE_FOR_STAFF): Step(State.REFERRAL),
    (State.COMPARING, Event.PHOTO_TRIES_USED): Step(State.REFERRAL),
    # staff beside the citizen
    (State.CONFIRM, Event.CARD_OUT): Step(State.CONFIRM),
    (State.CONFIRM, Event.CARD_IN): Step(State.CONFIRM, (Effect.PROBE_CARD,)),
    # The citizen's own print is known still: any card that is laid down means this.
    (State.CONFIRM, Event.CARD_KNOWN): Step(State.CONFIRM, (Effect.PROBE_CARD,)),
    (State.CONFIRM, Event.SERVICE_CARD_SEEN): Step(State.CONFIRM),
    (State.CONFIRM, Event.PIN_TYPED): Step(State.CONFIRM, (Effect.OPEN_SERVICE_CARD,)),
    (State.CONFIRM, Event.STAFF_REFUSED): Step(State.CONFIRM),
    (State.CONFIRM, Event.STAFF_ADMITTED): Step(State.SENDING),
    (State.CONFIRM, Event.CHOSE_COUNTER): Step(State.REFERRAL),
    # the record
    (State.SENDING, Event.STORED): Step(State.SENDING, (Effect.AWAIT_REGISTER,)),
    (State.SENDING, Event.NOT_STORED): Step(State.REFERRAL),
    (State.SENDING, Event.REGISTER_ACCEPTED): Step(State.LINK_PHONE),
    (State.SENDING, Event.REGISTER_REFERRED): Step(State.REFERRAL),
    (State.SENDING, Event.REGISTER_SILENT): Step(State.RECEIPT),
    (State.LINK_PHONE, Event.PHONE_LINKED): Step(State.RECEIPT),
    (State.LINK_PHONE, Event.CONTINUED): Step(State.RECEIPT),
    (State.LINK_PHONE, Event.SKIPPED): Step(State.RECEIPT),
    # the way out
    (State.RECEIPT, Event.RECEIPT_PRINTED): Step(State.RECEIPT),
    (State.RECEIPT, Event.RECEIPT_NOT_PRINTED): Step(State.RECEIPT),
    (State.RECEIPT, Event.CONTINUED): Step(State.TAKE_CARD),
    (State.REFERRAL, Event.CONTINUED): Step(State.TAKE_CARD),
    (State.TAKE_CARD, Event.CARD_OUT): Step(State.WIPING),
    (State.TAKE_CARD, Event.TIMED_OUT): Step(State.WIPING, (Effect.CALL_STAFF,)),
    (State.WIPING, Event.WIPED): Step(State.ATTRACT),
    (State.WIPING, Event.WIPED_CARD_LEFT): Step(State.CARD_LEFT),
    (State.WIPING, Event.TIMED_OUT): Step(State.WIPING, (Effect.WIPE_SESSION,)),
    # staff
    (State.STAFF_PIN, Event.PIN_TYPED): Step(State.STAFF_PIN, (Effect.OPEN_SERVICE_CARD,)),
    (State.STAFF_PIN, Event.STAFF_REFUSED): Step(State.STAFF_PIN),
    (State.STAFF_PIN, Event.STAFF_ADMITTED): Step(State.STAFF_MENU),
    (State.STAFF_MENU, Event.CHOSE_TESTS): Step(State.STAFF_TESTS),
    (State.STAFF_MENU, Event.CHOSE_PAPER): Step(State.STAFF_PAPER),
    (State.STAFF_MENU, Event.CHOSE_CAMERA): Step(State.STAFF_CAMERA),
    (State.STAFF_MENU, Event.CHOSE_LOGS): Step(State.STAFF_LOGS),
    (State.STAFF_MENU, Event.CHOSE_REPORT): Step(State.STAFF_REPORT),
    (State.STAFF_MENU, Event.CHOSE_RESTART): Step(State.STAFF_RESTART),
    (State.STAFF_TESTS, Event.WENT_BACK): Step(State.STAFF_MENU),
    (State.STAFF_TESTS, Event.TEST_CHOSEN): Step(State.STAFF_TEST),
    (State.STAFF_TESTS, Event.CHOSE_CAMERA): Step(State.STAFF_CAMERA),
    (State.STAFF_TEST, Event.TEST_JUDGED): Step(State.STAFF_TESTS),
    (State.STAFF_TEST, Event.WENT_BACK): Step(State.STAFF_TESTS),
    (State.STAFF_PAPER, Event.TEST_CHOSEN): Step(State.STAFF_TEST),
    (State.STAFF_PAPER, Event.WENT_BACK): Step(State.STAFF_MENU),
    (State.STAFF_CAMERA, Event.COUNTING_DOWN): Step(State.STAFF_CAMERA, (Effect.RESTART_CAMERA,)),
    (State.STAFF_CAMERA, Event.TEST_JUDGED): Step(State.STAFF_TESTS),
    (State.STAFF_CAMERA, Event.WENT_BACK): Step(State.STAFF_MENU),
    (State.STAFF_LOGS, Event.WENT_BACK): Step(State.STAFF_MENU),
    (State.STAFF_REPORT, Event.CONTINUED): Step(State.STAFF_REPORT, (Effect.PAINT_REPORT,)),
    (State.STAFF_REPORT, Event.WENT_BACK): Step(State.STAFF_MENU),
    (State.STAFF_RESTART, Event.CONTINUED): Step(State.STARTING, (Effect.RESTART,)),
    (State.STAFF_RESTART, Event.WENT_BACK): Step(State.STAFF_MENU),
}

_NEEDS_READER: Final = frozenset(
    {
        State.PLACE_CARD,
        State.TYPE_DETAILS,
        State.READING_CARD,
        State.CARD_PROBLEM,
        State.CONFIRM,
    }
)
_NEEDS_CAMERA: Final = frozenset({State.TAKING_PHOTO, State.COMPARING})
_LEAVING: Final = frozenset({State.TAKE_CARD, State.WIPING})
_STAFF_MAY_ENTER: Final = (State.ATTRACT, State.OUT_OF_SERVICE, State.CLOSED)

ON_ENTRY: Final[Mapping[State, Effect]] = MappingProxyType(
    {
        State.STARTING: Effect.CHECK_READINESS,
        State.ATTRACT: Effect.CHECK_READINESS,
        State.PLACE_CARD: Effect.EXPECT_CARD,
        State.COMPARING: Effect.COMPARE,
        State.SENDING: Effect.SEAL_AND_STORE,
        State.LINK_PHONE: Effect.AWAIT_PHONE,
        State.RECEIPT: Effect.PRINT_RECEIPT,
        State.REFERRAL: Effect.CALL_STAFF,
        State.TAKE_CARD: Effect.OFFER_CARD,
        State.WIPING: Effect.WIPE_SESSION,
        State.STAFF_TEST: Effect.RUN_TEST,
    }
)
"""Done whenever a state is entered from another."""


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that runs exactly while the citizen is in one of `states`."""

    start: Effect
    stop: Effect
    states: frozenset[State]


ACTIVITIES: Final = (
    Activity(Effect.WATCH_DOCUMENT, Effect.UNWATCH_DOCUMENT, frozenset({State.PLACE_CARD})),
    Activity(Effect.READ_CARD, Effect.STOP_READING, frozenset({State.READING_CARD})),
    Activity(Effect.ASK_GUARDIAN, Effect.DROP_GUARDIAN, frozenset({State.GUARDIAN})),
    Activity(Effect.START_FACE, Effect.STOP_FACE, frozenset({State.TAKING_PHOTO})),
    Activity(Effect.OPEN_CONFIRM, Effect.CLOSE_CONFIRM, frozenset({State.CONFIRM})),
    Activity(Effect.OPEN_STAFF, Effect.CLOSE_STAFF, frozenset(STAFF)),
    Activity(Effect.SHOW_CAMERA, Effect.HIDE_CAMERA, frozenset({State.STAFF_CAMERA})),
)


def _ways_out(state: State) -> dict[tuple[State, Event], Step]:
    """Return the exits that every session state has, whatever else it does."""
    exits = {(state, Event.SCREEN_LOST): Step(State.WIPING)}
    if state in _LEAVING:
        return exits
    exits |= {
        (state, Event.LEFT): Step(State.TAKE_CARD),
        (state, Event.TIMED_OUT): Step(State.TAKE_CARD),
    }
    if state is not State.REFERRAL:
        exits[state, Event.ASKED_HELP] = Step(State.REFERRAL)
    if state in _NEEDS_READER:
        exits[state, Event.READER_LOST] = Step(State.REFERRAL)
    if state in _NEEDS_CAMERA:
        exits[state, Event.CAMERA_LOST] = Step(State.REFERRAL)
    return exits


def _staff_entries(state: State) -> dict[tuple[State, Event], Step]:
    """Return the way into staff mode: a card is laid down, and is a service card."""
    return {
        (state, Event.CARD_IN): Step(state, (Effect.PROBE_CARD,)),
        (state, Event.SERVICE_CARD_SEEN): Step(State.STAFF_PIN),
    }


def _staff_ways_out(state: State) -> dict[tuple[State, Event], Step]:
    """Return the exits of every staff state: with the card, and before it is taken."""
    forgotten = Step(State.CARD_LEFT, (Effect.CALL_STAFF,))
    return {
        (state, Event.CARD_OUT): Step(State.STARTING),
        (state, Event.READER_LOST): Step(State.STARTING),
        (state, Event.SCREEN_LOST): Step(State.STARTING),
        (state, Event.LEFT): Step(State.CARD_LEFT),
        (state, Event.TIMED_OUT): forgotten,
        (state, Event.STAFF_TIME_UP): forgotten,
    }


def _whole(state: State, step: Step) -> Step:
    """Add what stops, what starts and what is done on entry to an edge's own effects."""
    if step.to is state:
        return step
    stops = tuple(a.stop for a in ACTIVITIES if state in a.states and step.to not in a.states)
    starts = tuple(a.start for a in ACTIVITIES if step.to in a.states and state not in a.states)
    entry = (ON_ENTRY[step.to],) if step.to in ON_ENTRY else ()
    return Step(step.to, stops + step.effects + starts + entry)


def _build() -> dict[tuple[State, Event], Step]:
    exits: dict[tuple[State, Event], Step] = {}
    for state in sorted(IN_SESSION):
        exits |= _ways_out(state)
    for state in _STAFF_MAY_ENTER:
        exits |= _staff_entries(state)
    for state in STAFF:
        exits |= _staff_ways_out(state)
    edges = exits | dict(_MAIN_WAY)
    return {(state, event): _whole(state, step) for (state, event), step in edges.items()}


TABLE: Final[Mapping[tuple[State, Event], Step]] = MappingProxyType(_build())
"""Every transition there is; what is not here changes nothing."""


def advance(state: State, event: Event) -> Step:
    """Say what `event` leads to in `state`; an event without a meaning there is ignored."""
    return TABLE.get((state, event), Step(state))
