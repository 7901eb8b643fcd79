"""What was kept long enough goes, with payload and key, by the register's time alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config.settings import Retention
from kiosk.flow.clock_trust import Reading, RegisterTime
from kiosk.sync.outbox import Outbox
from kiosk.sync.retention import apply
from wire.record import Verdict

NOW = 1_795_428_000.0
DAY = 86_400.0
CREATED = "2026-11-23T10:00:00+00:00"
KEEP = Retention(receipts_days=90, dead_letters_days=30)
SEALED = b"a sealed payload that was refused" * 200


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    box = Outbox(tmp_path / "outbox.db", limit_records=9, limit_age_s=1e9, clock=lambda: NOW)
    for name in ("delivered", "refused", "waiting"):
        box.store(name, SEALED, key_id="k", created_at=CREATED)
    box.delivered("delivered", "the receipt of one record", Verdict.ACCEPTED)
    box.set_aside("refused", "record.conflict")
    box.note_time(RegisterTime(NOW, 100.0, "boot"))
    yield box
    box.close()


def after(days: float, boot: str = "boot") -> Reading:
    """Return the clocks so many days later; the wall clock has gone wrong."""
    return Reading(NOW + 4_000 * DAY, 100.0 + days * DAY, boot)


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def left(outbox: Outbox) -> set[str]:
    return {name for (name,) in outbox._db.execute("SELECT record_id FROM records")}


@pytest.mark.parametrize(
    ("days", "stay"),
    [
        (29.9, {"delivered", "refused", "waiting"}),
        (30.1, {"delivered", "waiting"}),
        (89.9, {"delivered", "waiting"}),
        (90.1, {"waiting"}),
        (3_000, {"waiting"}),
    ],
)
def test_each_kind_goes_after_its_days_and_what_waits_stays(
    outbox: Outbox, days: float, stay: set[str]
) -> None:
    assert apply(outbox, KEEP, after(days))
    assert left(outbox) == stay
    waiting = outbox.due(NOW)
    assert waiting is not None
    assert waiting.sealed == SEALED


def test_what_is_gone_is_in_no_file(outbox: Outbox, tmp_path: Path) -> None:
    slot, wrapped = outbox._db.execute(
        "SELECT slot, wrapped FROM payloads JOIN records USING (number) WHERE state = 'set_aside'"
    ).fetchone()
    key = (tmp_path / "outbox.keys").read_bytes()[32 * slot : 32 * slot + 32]
    sought = (wrapped[100:164], key, b"the receipt of one record")
    before = everything_in(tmp_path)
    assert all(piece in before for piece in sought)
    assert apply(outbox, KEEP, after(91))
    gone = everything_in(tmp_path)
    assert not [piece for piece in sought if piece in gone]


def test_without_the_registers_time_of_this_run_nothing_goes(outbox: Outbox) -> None:
    assert not apply(outbox, KEEP, after(4_000, boot="another"))
    assert left(outbox) == {"delivered", "refused", "waiting"}


def test_what_went_is_an_event(outbox: Outbox, capsys: pytest.CaptureFixture[str]) -> None:
    apply(outbox, KEEP, after(1))
    apply(outbox, KEEP, after(91))
    apply(outbox, KEEP, after(92))
    assert capsys.readouterr().err == "retention.applied receipts=1 dead_letters=1\n"
