"""The laws of the flow, over every state and every event there is."""

from collections import deque

import pytest

from kiosk.flow.states import IN_SESSION, OUTSIDE_SESSION, STAFF, Effect, Event, State
from kiosk.flow.table import ACTIVITIES, ON_ENTRY, TABLE, advance
from kiosk.flow.timeouts import TIMEOUTS, WARN_S

LEAVING = {State.TAKE_CARD, State.WIPING}


def reachable_from(start: State, *, without: frozenset[Event] = frozenset()) -> set[State]:
    found, waiting = {start}, deque([start])
    while waiting:
        state = waiting.popleft()
        for event in set(Event) - without:
            to = advance(state, event).to
            if to not in found:
                found.add(to)
                waiting.append(to)
    return found


def test_every_state_is_reached() -> None:
    assert reachable_from(State.STARTING) == set(State)


def test_every_event_means_something_somewhere() -> None:
    assert {event for _, event in TABLE} == set(Event)


def test_every_effect_is_ordered_somewhere() -> None:
    ordered = {effect for step in TABLE.values() for effect in step.effects}
    # STARTING is where the engine begins: its entry effect is performed by the engine.
    assert ordered == set(Effect)


@pytest.mark.parametrize("state", State)
def test_a_session_opens_only_with_its_effect(state: State) -> None:
    for event in Event:
        step = advance(state, event)
        enters = state in OUTSIDE_SESSION and step.to in IN_SESSION
        assert enters == (Effect.OPEN_SESSION in step.effects), event


@pytest.mark.parametrize("state", State)
def test_a_session_ends_only_after_the_wipe(state: State) -> None:
    for event in Event:
        step = advance(state, event)
        if state in IN_SESSION and step.to in OUTSIDE_SESSION:
            assert state is State.WIPING, event
            assert event in {Event.WIPED, Event.WIPED_CARD_LEFT}, event
        if step.to is State.WIPING and state is not State.WIPING:
            assert Effect.WIPE_SESSION in step.effects, event


@pytest.mark.parametrize("state", State)
def test_the_card_is_offered_back_before_the_wipe(state: State) -> None:
    for event in Event:
        step = advance(state, event)
        if step.to is State.WIPING and state in IN_SESSION and event is not Event.SCREEN_LOST:
            assert state in LEAVING, event
        if step.to is State.TAKE_CARD and state is not State.TAKE_CARD:
            assert Effect.OFFER_CARD in step.effects, event


@pytest.mark.parametrize("state", sorted(IN_SESSION - LEAVING))
@pytest.mark.parametrize("event", [Event.LEFT, Event.TIMED_OUT])
def test_a_citizen_may_leave_or_walk_away_from_every_state(state: State, event: Event) -> None:
    assert advance(state, event).to is State.TAKE_CARD


@pytest.mark.parametrize("state", sorted(IN_SESSION))
def test_a_lost_screen_ends_the_session_in_every_state(state: State) -> None:
    assert advance(state, Event.SCREEN_LOST).to is State.WIPING


@pytest.mark.parametrize("state", sorted(IN_SESSION - LEAVING - {State.REFERRAL}))
def test_help_is_one_touch_away_in_every_state(state: State) -> None:
    step = advance(state, Event.ASKED_HELP)
    assert step.to is State.REFERRAL
    assert Effect.CALL_STAFF in step.effects


@pytest.mark.parametrize(
    "state",
    [State.PLACE_CARD, State.TYPE_DETAILS, State.READING_CARD, State.CARD_PROBLEM, State.CONFIRM],
)
def test_who_needs_a_reader_that_is_gone_is_sent_to_staff(state: State) -> None:
    assert advance(state, Event.READER_LOST).to is State.REFERRAL


@pytest.mark.parametrize("state", sorted(IN_SESSION))
def test_walking_away_never_blocks_the_terminal(state: State) -> None:
    for _ in range(3):
        if state is State.WIPING:
            break
        assert TIMEOUTS[state].after_s > 0
        state = advance(state, Event.TIMED_OUT).to
    assert state is State.WIPING
    assert advance(state, Event.WIPED).to is State.ATTRACT


@pytest.mark.parametrize("state", State)
def test_what_runs_in_a_state_starts_and_stops_with_it(state: State) -> None:
    for event in Event:
        step = advance(state, event)
        for activity in ACTIVITIES:
            before, after = state in activity.states, step.to in activity.states
            assert (activity.start in step.effects) == (after and not before), event
            assert (activity.stop in step.effects) == (before and not after), event


@pytest.mark.parametrize("state", State)
def test_entry_effects_come_with_every_entry(state: State) -> None:
    for event in Event:
        step = advance(state, event)
        if step.to is not state and step.to in ON_ENTRY:
            assert step.effects[-1] is ON_ENTRY[step.to], event


@pytest.mark.parametrize("state", State)
def test_an_event_without_meaning_changes_nothing(state: State) -> None:
    for event in Event:
        if (state, event) in TABLE:
            continue
        step = advance(state, event)
        assert step.to is state, event
        assert step.effects == (), event


def test_a_record_is_made_only_after_consent_card_and_face() -> None:
    for needed in (Event.AGREED, Event.CARD_READ, Event.CONTINUED):
        found = reachable_from(State.STARTING, without=frozenset({needed}))
        assert State.SENDING not in found


@pytest.mark.parametrize("staff", [Event.STAFF_LOOKS, Event.STAFF_ADMITTED])
def test_a_face_is_supported_or_staff_with_a_service_card_has_looked(staff: Event) -> None:
    found = reachable_from(State.STARTING, without=frozenset({Event.FACE_SUPPORTED, staff}))
    assert State.SENDING not in found


def test_a_minor_is_photographed_only_after_a_guardian_consented() -> None:
    over = frozenset({Event.GUARDIAN_CONSENTED, Event.WIPED, Event.WIPED_CARD_LEFT})
    found = reachable_from(State.GUARDIAN, without=over)
    assert State.TAKING_PHOTO not in found
    assert State.SENDING not in found
    assert {State.REFERRAL, State.TAKE_CARD} <= found


def test_nothing_is_photographed_before_consent() -> None:
    found = reachable_from(State.STARTING, without=frozenset({Event.AGREED}))
    assert State.TAKING_PHOTO not in found
    assert State.PLACE_CARD not in found


@pytest.mark.parametrize("state", State)
def test_staff_mode_is_entered_by_a_service_card_alone_from_no_session(state: State) -> None:
    for event in Event:
        if advance(state, event).to in STAFF and state not in STAFF:
            assert event is Event.SERVICE_CARD_SEEN, event
            assert state in {State.ATTRACT, State.OUT_OF_SERVICE, State.CLOSED}, event


@pytest.mark.parametrize("state", State)
def test_staff_mode_leads_into_no_session(state: State) -> None:
    for event in Event:
        step = advance(state, event)
        if state in STAFF:
            assert step.to in {*STAFF, State.STARTING, State.CARD_LEFT}, event
            assert (Effect.CLOSE_STAFF in step.effects) == (step.to not in STAFF), event


def test_nothing_is_reached_behind_the_pin_but_by_who_was_admitted() -> None:
    found = reachable_from(State.STARTING, without=frozenset({Event.STAFF_ADMITTED}))
    assert found & set(STAFF) == {State.STAFF_PIN}


@pytest.mark.parametrize("state", STAFF)
@pytest.mark.parametrize(
    "event", [Event.CARD_OUT, Event.READER_LOST, Event.SCREEN_LOST, Event.STAFF_TIME_UP]
)
def test_staff_mode_ends_with_its_card_its_screen_and_its_time(state: State, event: Event) -> None:
    assert advance(state, event).to not in STAFF


@pytest.mark.parametrize("state", STAFF)
def test_staff_who_walks_away_leaves_no_staff_mode_behind(state: State) -> None:
    assert TIMEOUTS[state].after_s > 0
    step = advance(state, Event.TIMED_OUT)
    assert step.to is State.CARD_LEFT
    assert Effect.CALL_STAFF in step.effects


@pytest.mark.parametrize("state", State)
def test_every_state_says_how_long_it_lasts(state: State) -> None:
    timeout = TIMEOUTS[state]
    assert timeout.warn_s in {0, WARN_S}
    assert timeout.after_s == 0 or timeout.after_s >= 2 * timeout.warn_s
    assert (timeout.after_s == 0) <= (state in OUTSIDE_SESSION)


def test_the_warning_gives_at_least_twenty_seconds() -> None:
    assert WARN_S >= 20
