"""What a terminal's word, silence or crash says of a release, and what is no evidence."""

import sqlalchemy as sa

from fleet.rollout.course import State
from fleet.store.rollout_tables import updates
from fleet.store.tables import hours
from tests.support.rollouts import HOUR, MINUTE, SIGNER, Fleet
from wire.audit_events import AuditEvent
from wire.checkin import Sessions
from wire.rollout import Kind

SWITCHES, CONFIRMED = AuditEvent.UPDATE_SWITCHES, AuditEvent.UPDATE_CONFIRMED
UNDONE, CRASHED = AuditEvent.UPDATE_UNDONE, AuditEvent.UPDATE_CRASHED


def test_two_that_undo_it_stop_it_and_people_are_told(fleet: Fleet) -> None:
    number = fleet.begin()
    bad = fleet.wave(number)[:2]
    for one in bad:
        fleet.say(one, SWITCHES)
        fleet.say(one, UNDONE)
    fleet.look(MINUTE)
    assert fleet.state(number) is State.STOPPED
    assert fleet.book.offered() == []
    assert fleet.alerts() == ["rollout.stopped"]
    fleet.look(MINUTE)
    assert fleet.alerts() == ["rollout.stopped"], "once"
    fleet.begin("1.1.1")
    assert fleet.alerts() == []


def test_who_begins_to_switch_and_falls_silent_has_failed(fleet: Fleet) -> None:
    number = fleet.begin()
    bad = fleet.wave(number)[:2]
    for one in bad:
        fleet.say(one, SWITCHES)
    fleet.away.update(bad)
    fleet.look(29 * MINUTE)
    assert fleet.state(number) is State.RUNNING
    fleet.look(2 * MINUTE)
    assert fleet.state(number) is State.STOPPED


def test_a_canary_that_goes_dark_without_a_word_holds_the_rollout(fleet: Fleet) -> None:
    number = fleet.begin()
    dark = fleet.wave(number)[0]
    fleet.look(MINUTE)
    fleet.away.add(dark)
    fleet.confirm(number)
    fleet.look(3 * HOUR)
    assert fleet.book.one(number)["wave"] == 0
    fleet.look(2 * HOUR)
    assert fleet.alerts() == ["rollout.stalled"]


def test_what_is_undone_after_it_was_confirmed_counts(fleet: Fleet) -> None:
    """A crash after six hours: each start of the version had been well for a while."""
    number = fleet.begin()
    fleet.confirm(number)
    fleet.look(MINUTE)
    for one in fleet.wave(number)[:2]:
        fleet.say(one, UNDONE)
    fleet.look(30 * MINUTE)
    assert fleet.state(number) is State.STOPPED


def test_who_crashes_after_hours_and_runs_on_has_failed(fleet: Fleet) -> None:
    """It comes up well each time: nothing undoes it there, and nobody would ever know."""
    number = fleet.begin()
    fleet.confirm(number)
    fleet.look(30 * MINUTE)
    first, second, *_ = fleet.wave(number)
    fleet.say(first, CRASHED, CRASHED)
    fleet.look(MINUTE)
    assert fleet.progress(number, first) == "crashed"
    assert fleet.state(number) is State.RUNNING
    fleet.say(second, CRASHED)
    fleet.look(MINUTE)
    assert fleet.state(number) is State.STOPPED


def test_a_crash_of_what_ran_before_is_no_evidence(fleet: Fleet) -> None:
    fleet.say(1, AuditEvent.UPDATE_CONFIRMED)
    number = fleet.begin()
    fleet.say(1, CRASHED)
    fleet.say(2, CRASHED, version="1.0.0")
    fleet.look(MINUTE)
    assert fleet.progress(number, 1) == "had"
    assert fleet.progress(number, 2) == "waiting"


def test_citizens_who_give_up_stop_it(fleet: Fleet) -> None:
    with fleet.database.writing() as connection:
        row = {column.name: None for column in hours.columns} | {"readings": 1, "worst_parts": 0}
        before = {"at": fleet.now - 86_400, "completed": 0, "left": 0, "referred": 0, "broken": 0}
        every = [row | before | {"terminal": one} for one in range(1, fleet.size + 1)]
        connection.execute(hours.insert(), every)
    number = fleet.begin()
    fleet.confirm(number)
    fleet.look(MINUTE)
    assert fleet.state(number) is State.RUNNING
    fleet.sessions = Sessions(started=130, completed=85, left=32, referred=13)
    fleet.look(MINUTE)
    assert fleet.state(number) is State.STOPPED
    assert fleet.book.one(number)["because"] == "sessions"


def test_leaving_a_terminal_out_hides_no_failure(fleet: Fleet) -> None:
    number = fleet.begin()
    for one in fleet.wave(number)[:2]:
        fleet.say(one, SWITCHES, UNDONE)
        fleet.book.exclude(number, one, by=SIGNER, now=fleet.now, out=True)
    fleet.look(MINUTE)
    assert fleet.state(number) is State.STOPPED


def test_who_was_away_holds_nothing_and_takes_it_when_back(fleet: Fleet) -> None:
    fleet.away = set(range(1, 9))
    number = fleet.done()
    back = next(iter(fleet.away))
    assert fleet.progress(number, back) == "waiting"
    fleet.away.clear()
    fleet.say(back, SWITCHES, CONFIRMED)
    fleet.look(MINUTE)
    assert fleet.progress(number, back) == "confirmed"


def test_who_ran_it_before_is_no_evidence(fleet: Fleet) -> None:
    for one in (1, 2, 3):
        fleet.say(one, CONFIRMED)
    number = fleet.begin()
    assert {fleet.progress(number, one) for one in (1, 2, 3)} == {"had"}
    assert not {1, 2, 3} & set(fleet.wave(number)) or fleet.book.one(number)["confirmed"] == 0
    fleet.look(MINUTE)
    assert fleet.book.one(number)["confirmed"] == 0


def test_who_went_back_by_itself_is_no_evidence_when_everybody_is_taken_back(fleet: Fleet) -> None:
    fleet.done("1.0.0")
    second = fleet.begin("1.1.0")
    first, other, third = fleet.wave(second)[:3]
    fleet.say(first, SWITCHES, UNDONE)
    fleet.say(other, SWITCHES, CONFIRMED, UNDONE)
    fleet.say(third, SWITCHES, CONFIRMED)
    fleet.look(MINUTE)
    assert fleet.state(second) is State.STOPPED
    number = fleet.begin("1.0.0", go_back=True)
    assert [fleet.progress(number, one) for one in (first, other, third)] == [
        "had", "had", "waiting",
    ]  # fmt: skip
    assert fleet.wave(number) == [third], "the only one that has anything to go back from"


def test_words_about_another_version_or_kind_change_nothing(fleet: Fleet) -> None:
    number = fleet.begin()
    first = fleet.wave(number)[0]
    fleet.say(first, SWITCHES, CONFIRMED, version="1.0.9")
    fleet.say(first, SWITCHES, CONFIRMED, kind=Kind.MODELS)
    fleet.look(MINUTE)
    assert fleet.progress(number, first) == "waiting"


def test_a_terminal_whose_clock_is_wrong_by_years_is_timed_by_ours(fleet: Fleet) -> None:
    fleet.say(1, SWITCHES)
    with fleet.database.reading() as connection:
        (at,) = connection.execute(sa.select(updates.c.at)).scalars()
    assert at == fleet.now
