"""What the fleet asks is done once, in time, and never while a citizen stands there."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.config.ordered_out import is_ordered_out
from kiosk.sync import ledger
from kiosk.sync.ledger import Ledger
from kiosk.sync.orders import DISRUPTIVE, Means, Orders
from kiosk.sync.selftest import checks
from kiosk.sync.system import System
from tests.support.readings import reading
from wire.checkin import Host, Parts
from wire.commands import Check, Command, Order, Outcome, Program, Progress
from wire.diagnostics import Unit
from wire.failures import Failure
from wire.message import DeviceState

NOW = 1_795_600_000_000
LATER = NOW + 3_600_000


class Terminal:
    """A terminal's orders over a systemctl of its own that notes what it is asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked = folder / "asked"
        self.systemctl = folder / "systemctl"
        self.answers("exit 0")
        (folder / "certificate").write_text("first")
        self.drained = 0
        self.refused: Failure | None = None
        self.boot, self.run = "boot 1", "run 1"
        self.start()

    def answers(self, how: str) -> None:
        self.systemctl.write_text(f'#!/bin/sh\necho "$@" >> {self.asked}\n{how}\n')
        self.systemctl.chmod(0o755)

    def start(self) -> None:
        self.ledger = Ledger(self.folder / "orders.db")
        self.orders = Orders(self.ledger, self._means())

    def end(self) -> None:
        self.ledger.close()

    def _means(self) -> Means:
        return Means(
            system=System(self.systemctl),
            state=self.folder,
            drain=self._drain,
            checks=lambda: {Check.DISK: True},
            hand_over=lambda _: self.refused,
            certificate=(self.folder / "certificate").read_text,
            boot=self.boot,
            run=self.run,
        )

    def _drain(self) -> None:
        self.drained += 1

    def check_in(self, *commands: Command, calm: bool = True, now_ms: int = NOW) -> list[Outcome]:
        """Tell what there is to tell, take what comes, do what is due."""
        outcomes = self.orders.untold()
        self.orders.told(outcomes)
        self.orders.take(commands)
        self.orders.perform(now_ms=now_ms, calm=calm)
        return list(outcomes)

    def asked_for(self) -> list[str]:
        return self.asked.read_text().splitlines() if self.asked.exists() else []


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path)
    yield made
    made.end()


def ordered(order: Order, number: int = 1, program: Program | None = None) -> Command:
    return Command(number, order, LATER, program)


REBOOT = ordered(Order.REBOOT)
RESTARTS = {program: ordered(Order.RESTART, 1, program) for program in Program}


def test_out_of_service_holds_until_it_is_taken_back(terminal: Terminal) -> None:
    terminal.check_in(ordered(Order.OUT_OF_SERVICE))
    assert is_ordered_out(terminal.folder)
    terminal.end()
    terminal.start()
    assert is_ordered_out(terminal.folder)
    assert terminal.check_in(ordered(Order.IN_SERVICE, 2)) == [Outcome(1, Progress.DONE)]
    assert not is_ordered_out(terminal.folder)


@pytest.mark.parametrize("order", sorted(set(Order) - DISRUPTIVE))
def test_what_disturbs_nobody_is_done_at_once_and_once(terminal: Terminal, order: Order) -> None:
    terminal.check_in(ordered(order), calm=False)
    assert [one.progress for one in terminal.check_in(ordered(order))] == [Progress.DONE]
    assert terminal.check_in(ordered(order)) == []
    assert terminal.drained == (1 if order is Order.DRAIN_QUEUE else 0)
    assert len(terminal.asked_for()) == (1 if order is Order.ROTATE_CERTIFICATE else 0)


def test_nothing_disruptive_happens_while_a_citizen_stands_there(terminal: Terminal) -> None:
    for _ in range(4):
        assert terminal.check_in(REBOOT, calm=False) == []
    assert terminal.asked_for() == []


def test_a_reboot_is_announced_before_it_is_done_and_told_after_it(terminal: Terminal) -> None:
    assert terminal.check_in(REBOOT) == []
    assert terminal.asked_for() == []
    assert terminal.check_in(REBOOT) == [Outcome(1, Progress.RUNNING)]
    assert terminal.asked_for() == ["--no-ask-password reboot"]
    terminal.end()
    terminal.boot, terminal.run = "boot 2", "run 2"
    terminal.start()
    assert terminal.check_in() == [Outcome(1, Progress.DONE)]
    assert len(terminal.asked_for()) == 1


def test_a_reboot_that_did_not_happen_is_not_said_to_have(terminal: Terminal) -> None:
    for _ in range(2):
        terminal.check_in(REBOOT)
    terminal.end()
    terminal.run = "run 2"
    terminal.start()
    expected = Outcome(1, Progress.FAILED, Failure.COMMAND_INTERRUPTED)
    assert terminal.check_in(REBOOT) == [expected]
    assert terminal.check_in(REBOOT) == []
    assert len(terminal.asked_for()) == 1


def test_an_announcement_that_did_not_arrive_is_made_again(terminal: Terminal) -> None:
    terminal.check_in(REBOOT)
    terminal.orders.perform(now_ms=NOW, calm=True)
    assert terminal.asked_for() == [], "the fleet does not know yet"


@pytest.mark.parametrize("program", [Program.ENGINE, Program.SCREENS])
def test_a_program_is_restarted_by_its_unit(terminal: Terminal, program: Program) -> None:
    for _ in range(2):
        terminal.check_in(RESTARTS[program])
    assert terminal.asked_for() == [f"--no-ask-password restart kiosk-{program.value}.service"]
    assert terminal.check_in() == [Outcome(1, Progress.DONE)]


def test_sync_restarts_itself_and_says_so_in_its_next_run(terminal: Terminal) -> None:
    for _ in range(2):
        terminal.check_in(RESTARTS[Program.SYNC])
    assert terminal.asked_for() == ["--no-ask-password restart --no-block kiosk-sync.service"]
    assert terminal.check_in() == []
    terminal.end()
    terminal.run = "run 2"
    terminal.start()
    assert terminal.check_in() == [Outcome(1, Progress.DONE)]


@pytest.mark.parametrize(
    ("how", "failure"),
    [("exit 5", Failure.COMMAND_UNSUPPORTED), ("exit 1", Failure.COMMAND_FAILED)],
)
def test_what_the_system_refuses_has_a_code(terminal: Terminal, how: str, failure: Failure) -> None:
    terminal.answers(how)
    terminal.check_in(ordered(Order.ROTATE_CERTIFICATE))
    assert terminal.check_in() == [Outcome(1, Progress.FAILED, failure)]
    for _ in range(2):
        terminal.check_in(ordered(Order.REBOOT, 2))
    assert terminal.check_in() == [Outcome(2, Progress.FAILED, failure)]


def test_without_a_system_manager_it_is_said_to_be_unsupported(terminal: Terminal) -> None:
    terminal.systemctl.unlink()
    terminal.check_in(ordered(Order.ROTATE_CERTIFICATE))
    expected = Outcome(1, Progress.FAILED, Failure.COMMAND_UNSUPPORTED)
    assert terminal.check_in() == [expected]
    assert System(terminal.systemctl).unit(Program.ENGINE) is Unit.UNKNOWN


@pytest.mark.parametrize(
    ("said", "unit"), [("active", Unit.ACTIVE), ("failed", Unit.FAILED), ("odd", Unit.UNKNOWN)]
)
def test_how_a_program_is_comes_from_the_system(terminal: Terminal, said: str, unit: Unit) -> None:
    terminal.answers(f"echo {said}")
    assert System(terminal.systemctl).unit(Program.ENGINE) is unit


def test_what_comes_too_late_is_not_done(terminal: Terminal) -> None:
    terminal.check_in(ordered(Order.DRAIN_QUEUE), now_ms=LATER + 1)
    expected = Outcome(1, Progress.FAILED, Failure.COMMAND_EXPIRED)
    assert terminal.check_in() == [expected]
    assert terminal.drained == 0


def test_a_bundle_that_did_not_arrive_has_failed(terminal: Terminal) -> None:
    terminal.refused = Failure.FLEET_UNREACHABLE
    terminal.check_in(ordered(Order.DIAGNOSTICS))
    expected = Outcome(1, Progress.FAILED, Failure.FLEET_UNREACHABLE)
    assert terminal.check_in() == [expected]


def test_a_damaged_file_of_orders_is_begun_anew(terminal: Terminal) -> None:
    terminal.end()
    (terminal.folder / "orders.db").write_bytes(b"not a database at all" * 100)
    terminal.start()
    terminal.check_in(ordered(Order.DRAIN_QUEUE))
    assert terminal.drained == 1


def test_orders_of_long_ago_are_forgotten(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "MOST_KEPT", 20)
    for number in range(1, 41):
        terminal.check_in(ordered(Order.SELF_TEST, number))
    with sqlite3.connect(terminal.folder / "orders.db") as database:
        count = database.execute("SELECT COUNT(*) FROM orders").fetchone()[0]
    database.close()
    assert count < 25


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"set_aside": 1}, Check.OUTBOX),
        ({"host": Host(disk_free=0.01)}, Check.DISK),
        ({"host": Host(certificate_days=3)}, Check.CERTIFICATE),
        ({"host": Host(clock_offset_ms=-2500)}, Check.CLOCK),
    ],
)
def test_a_self_test_finds_what_is_not_well(changes: dict[str, Any], check: Check) -> None:
    assert checks(reading(), trail_holds=True)[check]
    assert not checks(reading(**changes), trail_holds=True)[check]


def test_a_self_test_says_nothing_of_what_it_does_not_know() -> None:
    unknown = Parts(*[DeviceState.UNKNOWN] * 4)
    found = checks(reading(host=Host(), parts=unknown), trail_holds=None)
    assert found == {Check.OUTBOX: True}
    assert checks(reading(parts=Parts(*[DeviceState.FAULTY] * 4)), trail_holds=False) == {
        Check.TRAIL: False,
        Check.OUTBOX: True,
        Check.DISK: True,
        Check.CERTIFICATE: True,
        Check.CLOCK: True,
        Check.READER: False,
        Check.FACE_CAMERA: False,
        Check.DOCUMENT_CAMERA: False,
        Check.PRINTER: False,
    }


def test_a_certificate_that_was_renewed_is_renewed_whatever_became_of_who_asked(
    terminal: Terminal,
) -> None:
    # Who renews restarts this program, and the system ends what it asked with along with it.
    terminal.answers(f"echo second > {terminal.folder}/certificate; kill -TERM $$")
    terminal.check_in(ordered(Order.ROTATE_CERTIFICATE))
    assert terminal.check_in() == [Outcome(1, Progress.DONE)]


@pytest.mark.parametrize(
    ("certificate", "outcome"),
    [
        ("second", Outcome(1, Progress.DONE)),
        ("first", Outcome(1, Progress.FAILED, Failure.COMMAND_INTERRUPTED)),
    ],
)
def test_a_renewal_that_this_program_did_not_see_the_end_of_is_judged_by_the_certificate(
    terminal: Terminal, certificate: str, outcome: Outcome
) -> None:
    terminal.orders.take((ordered(Order.ROTATE_CERTIFICATE),))
    terminal.ledger.begin(1, "first")
    terminal.end()
    (terminal.folder / "certificate").write_text(certificate)
    terminal.start()
    assert terminal.check_in() == [outcome]
    assert terminal.asked_for() == [], "it is not done a second time"
