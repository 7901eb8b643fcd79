"""Commands: few, expiring, the dangerous ones by two people, each with a visible end."""

from itertools import product
from typing import Any

import pytest

from fleet.access.roles import Grant, Person, Role
from fleet.commands.book import Commands, NoSuchCommand, SamePerson
from fleet.commands.policy import ENDED, SILENT_S, State, expired, told, wants_second
from fleet.store.database import Database
from fleet.store.known import Inventory
from tests.support.console import NOW, Desk, somebody
from tests.support.readings import entry, reading
from wire.commands import Check, Command, Order, Outcome, Program, Progress
from wire.diagnostics import Bundle, Unit
from wire.failures import Failure

ADA, BEN = (somebody(Role.OPERATOR, name=name) for name in ("ada", "ben"))


@pytest.fixture
def book(database: Database) -> Commands:
    inventory = Inventory(database)
    for number in range(1, 4):
        inventory.add(f"terminal-{number}")
    return Commands(database)


def asked(book: Commands, order: Order, *terminals: int, now: int = NOW) -> list[dict[str, Any]]:
    program = Program.ENGINE if order is Order.RESTART else None
    book.ask(terminals or (1,), order, program, by=ADA, reason="dust", now=now, lasts_s=3600)
    return [row for row in book.latest(100) if row["ordered"] == order.value]


def state(book: Commands, number: int) -> State:
    return State(next(row["state"] for row in book.latest(100) if row["id"] == number))


@pytest.mark.parametrize("order", Order)
def test_what_may_kill_a_terminal_or_reaches_many_wants_a_second_person(order: Order) -> None:
    assert wants_second(order, 1) is (order in {Order.REBOOT, Order.ROTATE_CERTIFICATE})
    assert wants_second(order, 11)


@pytest.mark.parametrize(("at", "progress"), list(product(State, Progress)))
def test_what_has_ended_stays_ended(at: State, progress: Progress) -> None:
    after = told(at, progress, None)
    if at in ENDED:
        late = at is State.EXPIRED and progress is Progress.DONE
        assert after is (State.DONE if late else None)
    elif at in {State.ASKED, State.QUEUED}:
        assert after is None, "a terminal cannot know of it"
    else:
        assert after in {None, State.RUNNING, State.DONE, State.FAILED}


@pytest.mark.parametrize("at", State)
def test_every_open_command_ends_by_the_clock(at: State) -> None:
    end = expired(at, expires_at=NOW, now=NOW + SILENT_S)
    assert (end is None) is (at in ENDED)
    assert expired(at, expires_at=NOW, now=NOW - 1) is None


def test_a_command_is_queued_delivered_running_and_done(book: Commands) -> None:
    number = asked(book, Order.SELF_TEST)[0]["id"]
    assert state(book, number) is State.QUEUED
    assert book.is_due(1)
    assert not book.is_due(2)
    handed = book.hand_out(1, now=NOW)
    assert handed == (Command(number, Order.SELF_TEST, (NOW + 3600) * 1000),)
    assert state(book, number) is State.DELIVERED
    assert book.hand_out(1, now=NOW) == handed, "again until it tells"
    book.told(1, [Outcome(number, Progress.RUNNING)], now=NOW + 1)
    assert state(book, number) is State.RUNNING
    assert book.hand_out(1, now=NOW) == ()
    book.told(1, [Outcome(number, Progress.DONE, None, {Check.DISK: False})], now=NOW + 2)
    row = book.latest(1)[0]
    assert (row["state"], row["checks"], row["ended_at"]) == ("done", {"disk": False}, NOW + 2)
    book.refresh()
    assert not book.is_due(1)


def test_a_failure_says_why(book: Commands) -> None:
    number = asked(book, Order.RESTART)[0]["id"]
    assert book.hand_out(1, now=NOW)[0].program is Program.ENGINE
    outcome = Outcome(number, Progress.FAILED, Failure.COMMAND_UNSUPPORTED)
    book.told(1, [outcome], now=NOW)
    assert book.latest(1)[0]["failure"] == "command.unsupported"


def test_a_terminal_tells_of_its_own_commands_only(book: Commands) -> None:
    number = asked(book, Order.SELF_TEST)[0]["id"]
    book.hand_out(1, now=NOW)
    book.told(2, [Outcome(number, Progress.DONE), Outcome(999, Progress.DONE)], now=NOW)
    assert state(book, number) is State.DELIVERED


def test_a_dangerous_command_waits_for_somebody_else(book: Commands) -> None:
    row = asked(book, Order.REBOOT)[0]
    assert row["state"] == "asked"
    assert book.hand_out(1, now=NOW) == ()
    with pytest.raises(SamePerson):
        book.approve(row["lot"], by=ADA, now=NOW)
    with pytest.raises(SamePerson):
        book.approve(row["lot"], by=Person(ADA.id, "another name", BEN.grants), now=NOW)
    book.approve(row["lot"], by=BEN, now=NOW)
    assert state(book, row["id"]) is State.QUEUED
    assert book.latest(1)[0]["approved_name"] == "ben"
    with pytest.raises(NoSuchCommand):
        book.approve(row["lot"], by=BEN, now=NOW)


def test_the_same_is_not_asked_twice_while_it_is_open(book: Commands) -> None:
    asked(book, Order.SELF_TEST, 1)
    assert len(asked(book, Order.SELF_TEST, 1, 2)) == 2
    book.expire(now=NOW + 3600)
    assert len(asked(book, Order.SELF_TEST, 1, now=NOW + 3600)) == 3


def test_what_is_not_begun_in_time_expires(book: Commands) -> None:
    queued, delivered = (asked(book, Order.SELF_TEST, 1, 2)[n]["id"] for n in (1, 0))
    book.hand_out(2, now=NOW)
    waiting = asked(book, Order.REBOOT, 3)[0]["id"]
    assert book.hand_out(1, now=NOW + 3600) == ()
    assert book.expire(now=NOW + 3600) == 3
    assert {state(book, n) for n in (queued, delivered, waiting)} == {State.EXPIRED}


def test_what_runs_for_ever_has_failed(book: Commands) -> None:
    number = asked(book, Order.SELF_TEST)[0]["id"]
    book.hand_out(1, now=NOW)
    book.told(1, [Outcome(number, Progress.RUNNING)], now=NOW)
    assert book.expire(now=NOW + 3600) == 0
    assert book.expire(now=NOW + 3600 + SILENT_S) == 1
    assert book.latest(1)[0]["failure"] == "command.silent"


def test_what_no_terminal_was_told_of_is_withdrawn(book: Commands) -> None:
    rows = asked(book, Order.SELF_TEST, 1, 2)
    book.hand_out(1, now=NOW)
    book.withdraw(rows[0]["lot"], now=NOW)
    assert sorted(row["state"] for row in book.latest(9)) == ["delivered", "withdrawn"]
    with pytest.raises(NoSuchCommand):
        book.withdraw(rows[0]["lot"], now=NOW)


def test_a_bundle_is_kept_if_it_was_asked_for(book: Commands) -> None:
    number = asked(book, Order.DIAGNOSTICS)[0]["id"]
    whole = Bundle(number, reading(), (entry(),), {}, {Program.SYNC: Unit.ACTIVE}, 0)
    assert not book.keep(1, whole, now=NOW), "not delivered yet"
    book.hand_out(1, now=NOW)
    assert not book.keep(2, whole, now=NOW), "of another terminal"
    assert book.keep(1, whole, now=NOW)
    assert book.keep(1, whole, now=NOW), "again after a lost answer"
    assert book.bundle(number) is not None
    assert book.latest(1)[0]["bundle"] == number


def test_what_ended_long_ago_is_forgotten(book: Commands) -> None:
    asked(book, Order.SELF_TEST)
    book.expire(now=NOW + 3600)
    book.expire(now=NOW + 500 * 86_400)
    assert book.latest(10) == []


def form(**changes: str) -> dict[str, str]:
    return {"q": "name:terminal-1", "order": "self_test", "reason": "dust"} | changes


def test_an_operator_asks_and_sees_what_became_of_it(desk: Desk) -> None:
    browser = desk.browser(ADA)
    assert browser.post("/commands", data=form()).status_code == 303
    service = desk.service
    (command,) = service.commands.hand_out(1, now=NOW)
    outcome = Outcome(command.number, Progress.DONE, None, {Check.PRINTER: False})
    service.commands.told(1, [outcome], now=NOW)
    for path in ("/commands", "/terminals/terminal-1"):
        page = browser.get(path).text
        assert "Self-test" in page
        assert "printer ✗" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"q": ""},
        {"q": "name:terminal-99"},
        {"q": "colour:red"},
        {"order": "format"},
        {"order": "restart", "program": "sh"},
        {"reason": "  "},
        {"lasts_s": "0"},
        {"lasts_s": "99999"},
        {"lasts_s": "x"},
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_not_asked(desk: Desk, changes: dict[str, str]) -> None:
    assert desk.browser(ADA).post("/commands", data=form(**changes)).status_code == 422
    assert desk.service.commands.latest(10) == []


def test_two_people_reboot(desk: Desk) -> None:
    ada, ben = desk.browser(ADA), desk.browser(BEN)
    ada.post("/commands", data=form(order="reboot"))
    number = desk.service.commands.latest(1)[0]["id"]
    assert "Approve" not in ada.get("/commands").text
    refused = ada.post(f"/commands/{number}/approve")
    assert (refused.status_code, refused.json()["code"]) == (403, "command.same_person")
    assert "Approve" in ben.get("/commands").text
    assert ben.post(f"/commands/{number}/approve").status_code == 303
    assert ben.post(f"/commands/{number}/approve").status_code == 409
    assert ben.post("/commands/77/approve").status_code == 404


def test_somebody_of_one_district_commands_there_alone(desk: Desk) -> None:
    theirs = desk.browser(somebody(Role.OPERATOR, "district:sha_tin"))
    assert theirs.post("/commands", data=form()).status_code == 422
    everywhere = desk.browser(ADA)
    everywhere.post("/commands", data=form(q="model:t1", order="reboot"))
    rows = desk.service.commands.latest(10)
    assert len(rows) == 4
    assert "terminal-1" not in theirs.get("/commands").text
    path = f"/commands/{rows[0]['id']}/approve"
    assert theirs.post(path).status_code == 403, "the lot reaches further than they do"
    theirs.post("/commands", data=form(q="model:t1", order="drain_queue"))
    mine = [row for row in desk.service.commands.latest(10) if row["ordered"] == "drain_queue"]
    assert {row["terminal_name"] for row in mine} == {"terminal-2", "terminal-4"}


def test_a_viewer_of_one_place_approves_nothing_there(desk: Desk) -> None:
    desk.browser(ADA).post("/commands", data=form(order="reboot"))
    number = desk.service.commands.latest(1)[0]["id"]
    grants = (Grant(Role.VIEWER), Grant(Role.OPERATOR, "district:sha_tin"))
    browser = desk.browser(Person("x", "x", grants))
    assert browser.post(f"/commands/{number}/approve").status_code == 403
    assert browser.get(f"/commands/{number}/bundle").status_code == 403


def test_a_bundle_is_taken_away_as_json_and_in_the_audit(desk: Desk) -> None:
    browser = desk.browser(ADA)
    browser.post("/commands", data=form(order="diagnostics"))
    (command,) = desk.service.commands.hand_out(1, now=NOW)
    assert browser.get(f"/commands/{command.number}/bundle").status_code == 404
    whole = Bundle(command.number, reading(), (entry(),), {}, {}, 0)
    desk.service.commands.keep(1, whole, now=NOW)
    answer = browser.get(f"/commands/{command.number}/bundle")
    assert answer.json()[0] == command.number
    acts = [one.act for one in desk.people.audit.entries()]
    assert acts.count("GET /commands/{number}/bundle") == 2
