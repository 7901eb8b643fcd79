"""A rollout goes from people to waves to its end, by what trails say, and stops by itself."""

import pytest

from fleet.ingest.rows import Told, rows
from fleet.rollout.course import Move, State
from fleet.rollout.plan import URGENT
from fleet.store.known import Inventory
from fleet.waves.book import NoSuchRollout, NotNow, SamePerson, Wanted
from tests.support.readings import reading
from tests.support.rollouts import (
    APPROVER,
    HOUR,
    MINUTE,
    PLAN,
    SECOND,
    SIGNER,
    Fleet,
    artifact,
)
from wire.audit_events import AuditEvent
from wire.checkin import CheckIn
from wire.failures import Failure
from wire.rollout import Kind

SWITCHES, CONFIRMED = AuditEvent.UPDATE_SWITCHES, AuditEvent.UPDATE_CONFIRMED
UNDONE, CRASHED = AuditEvent.UPDATE_UNDONE, AuditEvent.UPDATE_CRASHED


def wanted(**changes: object) -> Wanted:
    return Wanted(**{"artifact": artifact(), "plan": PLAN, "reason": "why"} | changes)  # type: ignore[arg-type]


def test_what_one_person_asks_for_waits_for_another(fleet: Fleet) -> None:
    number = fleet.book.ask(wanted(), by=SIGNER, now=fleet.now)
    fleet.look()
    assert fleet.book.offered() == []
    with pytest.raises(SamePerson):
        fleet.book.approve(number, by=SIGNER, now=fleet.now)
    assert fleet.book.approve(number, by=APPROVER, now=fleet.now) is State.RUNNING
    with pytest.raises(NotNow):
        fleet.book.approve(number, by=SECOND, now=fleet.now)


def test_a_token_is_nobodys_second_person(fleet: Fleet) -> None:
    from fleet.access.roles import Person

    number = fleet.book.ask(wanted(), by=SIGNER, now=fleet.now)
    with pytest.raises(SamePerson):
        fleet.book.approve(
            number, by=Person("x", "x", APPROVER.grants, token="build"), now=fleet.now
        )


def test_an_urgent_one_takes_two_approvals_of_two_people(fleet: Fleet) -> None:
    number = fleet.book.ask(wanted(urgent=True, plan=URGENT), by=SIGNER, now=fleet.now)
    assert fleet.book.approve(number, by=APPROVER, now=fleet.now) is State.ASKED
    with pytest.raises(SamePerson):
        fleet.book.approve(number, by=APPROVER, now=fleet.now)
    assert fleet.book.approve(number, by=SECOND, now=fleet.now) is State.RUNNING
    fleet.look()
    (offered,) = fleet.book.offered()
    assert offered.urgent


def test_canaries_of_every_kind_go_first_and_nobody_else(fleet: Fleet) -> None:
    number = fleet.begin()
    canaries = fleet.wave(number)
    kinds = {(one % 3 == 0, one % 4 == 0) for one in canaries}
    assert len(kinds) == 4
    assert len(canaries) == 8
    (offered,) = fleet.book.offered()
    assert (offered.share, set(offered.named)) == (0, {f"t-{one}" for one in canaries})


def test_a_good_release_goes_from_wave_to_wave_to_everybody(fleet: Fleet) -> None:
    number = fleet.begin()
    shares = []
    for _ in range(2):
        fleet.confirm(number)
        fleet.look(MINUTE)
        assert fleet.book.one(number)["because"] == "soaking"
        fleet.look(HOUR)
        (offered,) = fleet.book.offered()
        shares.append(offered.share)
    fleet.confirm(number)
    fleet.look(MINUTE)
    assert shares == [4000, 10_000]
    assert fleet.state(number) is State.DONE
    assert [note["kind"] for note in fleet.book.notes(number)] == [
        "asked", "approved", "begin", "wave", "wave", "finish",
    ]  # fmt: skip
    assert fleet.book.offered(), "who comes back later still takes it"
    assert fleet.alerts() == []


def test_a_rollout_that_is_done_is_still_stopped(fleet: Fleet) -> None:
    number = fleet.done()
    for one in (1, 2, 3):
        fleet.say(one, UNDONE)
    fleet.look(MINUTE)
    assert fleet.state(number) is State.STOPPED


def test_a_wave_that_takes_too_long_is_told_and_waits(fleet: Fleet) -> None:
    number = fleet.begin()
    fleet.confirm(number, but=tuple(fleet.wave(number)[:1]))
    fleet.look(5 * HOUR)
    assert fleet.state(number) is State.RUNNING
    assert fleet.alerts() == ["rollout.stalled"]
    fleet.book.exclude(number, fleet.wave(number)[0], by=SIGNER, now=fleet.now, out=True)
    fleet.look(MINUTE)
    assert fleet.alerts() == []
    assert fleet.book.one(number)["wave"] == 1


def test_a_terminal_left_out_is_not_offered_it_and_may_be_let_in_again(fleet: Fleet) -> None:
    number = fleet.begin()
    first = fleet.wave(number)[0]
    fleet.book.exclude(number, first, by=SIGNER, now=fleet.now, out=True)
    (offered,) = fleet.book.offered()
    assert offered.excluded == (f"t-{first}",)
    assert f"t-{first}" not in offered.named
    fleet.look(MINUTE)
    fleet.book.exclude(number, first, by=SIGNER, now=fleet.now, out=False)
    (offered,) = fleet.book.offered()
    assert f"t-{first}" in offered.named
    with pytest.raises(NoSuchRollout):
        fleet.book.exclude(number, 999, by=SIGNER, now=fleet.now, out=True)


def test_paused_it_goes_no_further_until_it_is_resumed(fleet: Fleet) -> None:
    number = fleet.begin()
    fleet.confirm(number)
    fleet.look(MINUTE)
    assert fleet.book.move(number, Move.PAUSE, by=APPROVER, now=fleet.now) is State.PAUSED
    (offered,) = fleet.book.offered()
    assert offered.paused
    fleet.look(2 * HOUR)
    assert fleet.book.one(number)["wave"] == 0
    fleet.book.move(number, Move.RESUME, by=SIGNER, now=fleet.now)
    fleet.look(MINUTE)
    assert fleet.book.one(number)["wave"] == 1


def test_a_paused_rollout_is_still_stopped_by_failures(fleet: Fleet) -> None:
    number = fleet.begin()
    fleet.book.move(number, Move.PAUSE, by=APPROVER, now=fleet.now)
    for one in fleet.wave(number)[:2]:
        fleet.say(one, SWITCHES, UNDONE)
    fleet.look(MINUTE)
    assert fleet.state(number) is State.STOPPED


@pytest.mark.parametrize("move", [Move.RESUME, Move.PAUSE, Move.ABORT, Move.WITHDRAW])
def test_what_was_aborted_stays_so(fleet: Fleet, move: Move) -> None:
    number = fleet.begin()
    fleet.book.move(number, Move.ABORT, by=APPROVER, now=fleet.now)
    assert fleet.book.offered() == []
    with pytest.raises(NotNow):
        fleet.book.move(number, move, by=SIGNER, now=fleet.now)


def test_two_rollouts_of_a_kind_are_never_under_way_at_once(fleet: Fleet) -> None:
    first = fleet.begin()
    second = fleet.book.ask(wanted(artifact=artifact("1.2.0")), by=SIGNER, now=fleet.now)
    with pytest.raises(NotNow):
        fleet.book.approve(second, by=APPROVER, now=fleet.now)
    models = wanted(artifact=artifact("2.0.0", Kind.MODELS))
    third = fleet.book.ask(models, by=SIGNER, now=fleet.now)
    assert fleet.book.approve(third, by=APPROVER, now=fleet.now) is State.RUNNING
    fleet.look()
    assert [one.artifact.kind for one in fleet.book.offered()] == [Kind.APP, Kind.MODELS]
    fleet.book.move(first, Move.ABORT, by=SIGNER, now=fleet.now)
    assert fleet.book.approve(second, by=APPROVER, now=fleet.now) is State.RUNNING


def test_the_next_rollout_takes_the_place_of_one_that_is_done(fleet: Fleet) -> None:
    first = fleet.done()
    fleet.begin("1.2.0")
    assert fleet.state(first) is State.REPLACED
    assert [one.artifact.version for one in fleet.book.offered()] == ["1.2.0"]


def test_who_joins_late_gets_a_place_in_the_waves(fleet: Fleet) -> None:
    number = fleet.begin()
    canaries = set(fleet.wave(number))
    late = fleet.add(Inventory(fleet.database), 77)
    fleet.look(MINUTE)
    assert fleet.progress(number, late) == "waiting"
    assert set(fleet.wave(number)) == canaries, "a late one is no canary"


def test_a_rollout_may_be_for_some_models_alone(fleet: Fleet) -> None:
    number = fleet.begin(models=("k2",))
    assert {row["terminal"] % 3 for row in fleet.book.members(number)} == {0}


def test_going_back_is_a_rollout_of_the_version_before(fleet: Fleet) -> None:
    first, second = fleet.done("1.0.0"), fleet.done("1.1.0")
    before = fleet.book.before(second)
    assert before is not None
    assert before["id"] == first
    number = fleet.begin("1.0.0", go_back=True, takes_back=second)
    (offered,) = fleet.book.offered()
    assert (offered.go_back, offered.artifact.version) == (True, "1.0.0")
    fleet.confirm(number)
    fleet.look(MINUTE)
    assert fleet.book.one(number)["confirmed"] == len(fleet.wave(number))
    assert fleet.book.before(first) is None


def test_two_servers_that_look_at_once_do_everything_once(fleet: Fleet) -> None:
    from fleet.store.reading_back import places, present

    number = fleet.begin()
    fleet.confirm(number)
    fleet.look(MINUTE)
    fleet.now += HOUR
    for one in range(1, fleet.size + 1):
        fleet.say(one)
    watched = fleet.leading._watched(fleet.now)
    fleet.leading.look(places(fleet.database), present(fleet.database), float(fleet.now))
    heard = {one: float(fleet.now) for one in range(1, fleet.size + 1)}
    for rollout in watched:
        fleet.leading._lead(
            rollout, places(fleet.database), present(fleet.database), heard, fleet.now
        )
    assert fleet.book.one(number)["wave"] == 1
    assert [one["kind"] for one in fleet.book.notes(number)].count("wave") == 1


def test_a_rollout_of_nowhere_is_none(fleet: Fleet) -> None:
    with pytest.raises(NoSuchRollout):
        fleet.book.one(99)
    with pytest.raises(NoSuchRollout):
        fleet.book.approve(99, by=APPROVER, now=fleet.now)


def test_a_terminal_that_refused_what_nobody_signed_is_told_as_an_attack(fleet: Fleet) -> None:
    told = reading(10_000, at=fleet.now * 1000, failures={Failure.UPDATE_UNSIGNED: 1})
    harmless = reading(10_001, at=fleet.now * 1000, failures={Failure.UPDATE_NOT_FETCHED: 1})
    for terminal, one in ((3, told), (4, harmless)):
        check_in = CheckIn((one,), (), 0, bytes(32))
        fleet.keeping.keep(rows([Told(terminal, check_in, fleet.now)]))
    fleet.look()
    assert fleet.alerts() == ["update.unsigned"]
    (alert,) = fleet.leading._book.open(now=fleet.now)
    assert (alert["terminal_name"], alert["security"]) == ("t-3", True)
    fleet.look(3 * 24 * HOUR)
    assert fleet.alerts() == []
