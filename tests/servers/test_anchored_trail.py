"""A terminal's trail is anchored at the register: a cut or an edit shows on both sides."""

import contextlib
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.audit.trail import Trail, TrailBroken
from kiosk.sync.outbox import Outbox
from kiosk.sync.uploader import Delivered
from tests.support.delivery import key_of, sealed_for, uploader
from tests.support.enrolment_records import record
from tests.support.register import RunningRegister, running_register
from tests.support.requests_of_terminals import put
from wire.trail_head import TrailHead

pytestmark = pytest.mark.server


def now() -> datetime:
    return datetime(2026, 11, 23, 10, tzinfo=UTC)


class Terminal:
    """A trail and an outbox, and what sync is told."""

    def __init__(self, folder: Path, outbox: Outbox, register: RunningRegister) -> None:
        self.path = folder / "trail.jsonl"
        self.outbox = outbox
        self.data = register.data
        self.contradictions: list[TrailHead] = []
        self.sync = uploader(outbox, register, contradicted=self.contradictions.append)

    def live(self, ms: int, number: str) -> TrailHead:
        """Note two events, store a record, and let sync deliver it."""
        trail = Trail(self.path, now=now)
        trail.append("card.read", {"ms": ms})
        trail.append("record.stored", {"queued": 0})
        content = record(number=number)
        self.outbox.store(
            content.record_id,
            sealed_for(self.data, content),
            key_id=key_of(self.data),
            created_at=content.created_at,
            trail=trail.head,
        )
        trail.close()
        assert isinstance(self.sync.send_next(fresh=True), Delivered)
        return trail.head

    def restart(self) -> Trail:
        """Open the trail as the engine does."""
        return Trail(self.path, now=now, anchor=self.outbox.anchor())


def heads(data: Path) -> list[tuple[int, str, int]]:
    with contextlib.closing(sqlite3.connect(data / "register.db")) as database:
        rows = database.execute(
            "SELECT count, hash, contradicts FROM trail_heads ORDER BY seen_at, rowid"
        )
        return rows.fetchall()


def test_each_delivered_record_anchors_the_head_of_its_time(fresh: Path, outbox: Outbox) -> None:
    with running_register(fresh) as register:
        terminal = Terminal(fresh.parent, outbox, register)
        first = terminal.live(1, "A123456(3)")
        second = terminal.live(2, "B111111(1)")
    assert heads(fresh) == [(first.count, first.hash, 0), (second.count, second.hash, 0)]
    assert outbox.anchor() == second
    assert terminal.contradictions == []
    terminal.restart().close()


def test_a_trail_made_anew_starts_no_terminal(fresh: Path, outbox: Outbox) -> None:
    with running_register(fresh) as register:
        terminal = Terminal(fresh.parent, outbox, register)
        terminal.live(1, "A123456(3)")
        terminal.live(2, "B111111(1)")
    for entries in (1, 4, 6):  # cut, edited, longer
        terminal.path.unlink()
        forged = Trail(terminal.path, now=now)
        for _ in range(entries):
            forged.append("card.read", {"ms": 3})
        forged.close()
        with pytest.raises(TrailBroken, match="anchored"):
            terminal.restart()


def test_a_trail_that_went_back_is_marked_at_the_register_and_told_to_the_terminal(
    fresh: Path, outbox: Outbox
) -> None:
    with running_register(fresh) as register:
        terminal = Terminal(fresh.parent, outbox, register)
        terminal.live(1, "A123456(3)")
        longer = terminal.live(2, "B111111(1)")
        terminal.path.unlink()
        forged = terminal.live(3, "C111111(3)")
        said = [json.loads(line) for line in register.stop().splitlines()]
    assert heads(fresh)[-1] == (forged.count, forged.hash, 1)
    assert terminal.contradictions == [longer]
    (noted,) = [line for line in said if line["event"] == "trail.contradicted"]
    assert (noted["known"], noted["told"]) == (longer.count, forged.count)


def test_an_edit_at_the_same_length_is_marked_and_told(fresh: Path, outbox: Outbox) -> None:
    with running_register(fresh) as register:
        terminal = Terminal(fresh.parent, outbox, register)
        honest = terminal.live(1, "A123456(3)")
        terminal.path.unlink()
        forged = terminal.live(9, "B111111(1)")
        later = terminal.live(4, "C111111(3)")
    assert heads(fresh) == [
        (honest.count, honest.hash, 0),
        (forged.count, forged.hash, 1),
        (later.count, later.hash, 0),
    ]
    assert terminal.contradictions == [honest]


def test_a_repeated_record_anchors_once(fresh: Path) -> None:
    content = record()
    sealed = sealed_for(fresh, content)
    head = TrailHead(7, "a" * 64)
    with running_register(fresh) as register:
        way = register.transport()
        for _ in range(3):
            way.put(content.record_id, sealed, key_id=key_of(fresh), trail=head)
    assert heads(fresh) == [(7, "a" * 64, 0)]


@pytest.mark.parametrize("rubbish", ["7", "7;sha-256=zz", "9" * 40 + ";sha-256=" + "a" * 64])
def test_what_is_no_head_anchors_nothing_and_costs_no_record(
    register: RunningRegister, rubbish: str
) -> None:
    content = record()
    sealed = sealed_for(register.data, content)
    answer = put(register, sealed, {"Trail-Head": rubbish}, record_id=content.record_id)
    assert answer.status_code == 201
    assert heads(register.data) == []


@pytest.mark.parametrize(
    ("brought", "code"),
    [(str(TrailHead(7, "b" * 64)), "request.forged"), ("", "request.unsigned")],
)
def test_a_head_changed_or_taken_out_on_the_way_anchors_nothing(
    register: RunningRegister, brought: str, code: str
) -> None:
    content = record()
    told, after = {"Trail-Head": str(TrailHead(7, "a" * 64))}, {"Trail-Head": brought}
    answer = put(register, sealed_for(register.data, content), told, after=after)
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert heads(register.data) == []
