"""The outbox keeps what the register has not signed for, and nothing else."""

import os
import secrets
import signal
import sqlite3
import subprocess
import sys
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from kiosk.flow.clock_trust import RegisterTime
from kiosk.sync.outbox import (
    Outbox,
    OutboxError,
    OutboxFull,
    OutboxState,
    OutboxWriteFailed,
)
from tests.support.outboxes import CREATED, NOW, Clock, put
from wire.record import SealSuite, Verdict
from wire.trail_head import TrailHead


def test_a_stored_record_is_queued_and_due_at_once(outbox: Outbox) -> None:
    put(outbox)
    waiting = outbox.due(NOW)
    assert waiting is not None
    assert (waiting.record_id, waiting.key_id, waiting.attempts) == ("a", "k", 0)
    assert waiting.sealed == b"sealed"
    assert outbox.outcome("a").state is OutboxState.QUEUED


def test_storing_the_same_record_again_changes_nothing(outbox: Outbox) -> None:
    put(outbox)
    put(outbox)
    assert outbox.counts().queued == 1


def test_other_bytes_under_a_stored_id_are_refused(outbox: Outbox) -> None:
    put(outbox)
    with pytest.raises(OutboxWriteFailed):
        put(outbox, sealed=b"other")
    waiting = outbox.due(NOW)
    assert waiting is not None
    assert waiting.sealed == b"sealed"


def test_no_more_records_wait_than_the_settings_allow(outbox: Outbox) -> None:
    for name in "abc":
        put(outbox, name)
    with pytest.raises(OutboxFull) as caught:
        put(outbox, "d")
    assert caught.value.code == "outbox.full"
    assert outbox.counts().queued == 3


def test_a_record_that_waits_too_long_stops_new_ones(outbox: Outbox, clock: Clock) -> None:
    put(outbox)
    clock.now += 3601
    with pytest.raises(OutboxFull):
        put(outbox, "b")


def test_a_delivered_record_makes_room(outbox: Outbox) -> None:
    for name in "abc":
        put(outbox, name)
    outbox.delivered("a", "jws", Verdict.ACCEPTED)
    put(outbox, "d")


def test_a_time_without_a_zone_is_refused(outbox: Outbox) -> None:
    with pytest.raises(ValueError, match="zone"):
        outbox.store("a", b"sealed", key_id="k", created_at="2026-11-23T10:00:00")


def test_an_unknown_record_has_no_outcome(outbox: Outbox) -> None:
    with pytest.raises(KeyError):
        outbox.outcome("nobody")


def test_a_failed_record_waits_for_its_turn(outbox: Outbox) -> None:
    put(outbox)
    outbox.failed("a", "register.slow", NOW + 10)
    assert outbox.due(NOW + 9) is None
    assert outbox.due(NOW + 10) is not None
    outcome = outbox.outcome("a")
    assert (outcome.attempts, outcome.code) == (1, "register.slow")


def test_a_clock_set_back_does_not_hold_records_for_years(outbox: Outbox) -> None:
    put(outbox)
    outbox.failed("a", "register.slow", NOW + 10)
    assert outbox.due(NOW - 1e8) is not None


def test_an_untried_record_goes_before_older_failures(outbox: Outbox) -> None:
    put(outbox)
    outbox.failed("a", "register.slow", NOW)
    outbox.store("b", b"later", key_id="k", created_at="2026-11-23T10:05:00+00:00")
    waiting = outbox.due(NOW)
    assert waiting is not None
    assert waiting.record_id == "b"


def test_all_records_have_their_turn_when_the_register_is_back(outbox: Outbox) -> None:
    put(outbox)
    outbox.failed("a", "register.slow", NOW + 800)
    outbox.retry_now()
    assert outbox.due(NOW) is not None


def test_an_attempt_leaves_its_count_its_status_and_its_age(outbox: Outbox, clock: Clock) -> None:
    put(outbox)
    outbox.failed("a", "register.slow", NOW + 1, status=503)
    outbox.failed("a", "register.unreachable", NOW + 2)
    clock.now += 60
    outcome = outbox.outcome("a")
    assert (outcome.attempts, outcome.status, outcome.code, outcome.age_s) == (
        *(2, 0, "register.unreachable"),
        60.0,
    )
    outbox.delivered("a", "jws", Verdict.ACCEPTED, status=201)
    outcome = outbox.outcome("a")
    assert (outcome.attempts, outcome.status, outcome.code) == (3, 201, "")


def test_records_go_in_the_order_they_were_stored_whatever_the_clock_says(outbox: Outbox) -> None:
    outbox.store("first", b"1", key_id="k", created_at="2026-11-23T10:05:00+00:00")
    outbox.store("second", b"2", key_id="k", created_at="2020-01-01T00:00:00+00:00")
    waiting = outbox.due(NOW)
    assert waiting is not None
    assert waiting.record_id == "first"


def test_a_record_waits_with_the_suite_it_is_sealed_with(outbox: Outbox) -> None:
    hybrid = SealSuite.MLKEM768_X25519
    outbox.store("a", b"sealed", key_id="k", created_at=CREATED, suite=hybrid)
    waiting = outbox.due(NOW)
    assert waiting is not None
    assert waiting.suite is hybrid


def test_the_trail_is_anchored_where_the_register_signed_for_it(outbox: Outbox) -> None:
    first, later = TrailHead(3, "a" * 64), TrailHead(9, "b" * 64)
    for name, head in (("a", first), ("b", later)):
        outbox.store(name, b"sealed", key_id="k", created_at=CREATED, trail=head)
    assert outbox.anchor() == TrailHead()
    waiting = outbox.due(NOW)
    assert waiting is not None
    assert (waiting.record_id, waiting.trail) == ("a", later)
    outbox.delivered("a", "jws", Verdict.ACCEPTED, trail=waiting.trail)
    assert outbox.anchor() == later


def test_the_registers_time_is_kept_for_the_engine(outbox: Outbox) -> None:
    assert outbox.register_time() is None
    for told in (RegisterTime(NOW, 10, "boot"), RegisterTime(NOW + 60, 70, "boot")):
        outbox.note_time(told)
        assert outbox.register_time() == told


def test_another_connection_sees_the_verdict_and_the_link(
    outbox: Outbox, tmp_path: Path, clock: Clock
) -> None:
    other = Outbox(tmp_path / "outbox.db", limit_records=3, limit_age_s=3600, clock=clock)
    put(outbox)
    mark = outbox.change_mark()
    other.delivered("a", "jws", Verdict.REFER)
    assert outbox.change_mark() != mark
    assert outbox.outcome("a").verdict is Verdict.REFER
    assert not outbox.outcome("a").linked
    other.linked("a")
    assert outbox.outcome("a").linked
    other.close()


def test_only_the_accepted_record_delivered_last_is_asked_about(
    outbox: Outbox, clock: Clock
) -> None:
    put(outbox, "a")
    put(outbox, "b")
    outbox.delivered("a", "jws", Verdict.ACCEPTED)
    assert outbox.latest_unlinked(since=NOW - 10) == "a"
    assert outbox.latest_unlinked(since=NOW + 10) is None
    clock.now += 1
    outbox.delivered("b", "jws", Verdict.DUPLICATE)
    assert outbox.latest_unlinked(since=NOW - 10) is None


def test_a_receipt_is_not_replaced_by_a_late_failure(outbox: Outbox) -> None:
    put(outbox)
    outbox.delivered("a", "jws", Verdict.ACCEPTED)
    outbox.failed("a", "register.slow", NOW)
    outbox.set_aside("a", "register.refused")
    assert outbox.outcome("a").state is OutboxState.DELIVERED


def test_a_file_that_is_no_outbox_is_refused_with_a_code(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "outbox.db").write_bytes(b"no database" * 1000)
    with pytest.raises(OutboxWriteFailed) as caught:
        Outbox(tmp_path / "outbox.db", limit_records=3, limit_age_s=3600, clock=clock)
    assert caught.value.code == "outbox.write_failed"


def test_a_disk_without_room_loses_nothing_and_says_so(outbox: Outbox, tmp_path: Path) -> None:
    put(outbox)
    pages = outbox._db.execute("PRAGMA page_count").fetchone()[0]
    outbox._db.execute(f"PRAGMA max_page_count={pages}")  # SQLITE_FULL, as on a full disk
    with pytest.raises(OutboxWriteFailed):
        put(outbox, "b", sealed=secrets.token_bytes(100_000))
    assert outbox.counts().queued == 1
    with pytest.raises(KeyError):
        outbox.outcome("b")


def test_a_file_that_cannot_be_read_any_more_is_told_with_a_code(outbox: Outbox) -> None:
    outbox.close()
    for ask in (outbox.counts, lambda: outbox.outcome("a"), lambda: outbox.due(NOW)):
        with pytest.raises(OutboxError) as caught:
            ask()
        assert caught.value.code == "outbox.write_failed"
    with pytest.raises(OutboxError):
        put(outbox)


def test_every_commit_is_synced(outbox: Outbox) -> None:
    answers = [
        outbox._db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete")
    ]
    assert answers == ["wal", 2, 1]


def _open_and_store(path: Path, start: Barrier, name: str) -> None:
    start.wait()
    box = Outbox(path, limit_records=99, limit_age_s=1e9, clock=lambda: NOW)
    for number in range(5):
        box.store(f"{name}{number}", b"sealed", key_id="k", created_at=CREATED)
    box.close()


@pytest.mark.slow
def test_programs_that_open_and_store_at_once_do_not_hinder_each_other(
    tmp_path: Path, clock: Clock
) -> None:
    context = get_context("spawn")
    start = context.Barrier(3)
    path = tmp_path / "outbox.db"
    programs = [context.Process(target=_open_and_store, args=(path, start, name)) for name in "xyz"]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert [program.exitcode for program in programs] == [0, 0, 0]
    box = Outbox(path, limit_records=99, limit_age_s=1e9, clock=clock)
    assert box.counts().queued == 15
    box.close()


_STORES_AND_TELLS = """
import sys
from pathlib import Path
from kiosk.sync.outbox import Outbox
from wire.record import Verdict
box = Outbox(Path(sys.argv[1]), limit_records=10**6, limit_age_s=1e9, clock=lambda: 0.0)
for number in range(10**6):
    name = f"{sys.argv[2]}-{number}"
    box.store(name, name.encode() * 3000, key_id="k", created_at="2026-11-23T10:00:00+00:00")
    print("stored", name, flush=True)
    if number % 2:
        box.delivered(name, "jws", Verdict.ACCEPTED)
        print("delivered", name, flush=True)
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_and_doubles_nothing(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "outbox.db"
    for lines in (1, 4, 7, 10, 23):
        child = subprocess.Popen(
            [sys.executable, "-c", _STORES_AND_TELLS, str(path), str(lines)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        told = [child.stdout.readline().split() for _ in range(lines)]
        os.kill(child.pid, signal.SIGKILL)
        # What it still said before the kill counts too: it was told, so it must hold.
        told += [
            line.split() for line in child.stdout.read().splitlines(keepends=True) if "\n" in line
        ]
        child.stdout.close()
        child.wait()
        box = Outbox(path, limit_records=10**6, limit_age_s=1e9, clock=clock)
        for act, name in told:
            outcome = box.outcome(name)
            delivered = ["delivered", name] in told
            if act == "stored" and not delivered and outcome.state is OutboxState.QUEUED:
                slot, wrapped = box._db.execute(
                    "SELECT slot, wrapped FROM payloads JOIN records USING (number)"
                    " WHERE record_id = ?",
                    (name,),
                ).fetchone()
                sealed = box._keys.unwrap(slot, wrapped, bound_to=name)
                assert sealed == name.encode() * 3000
            if act == "delivered":
                assert outcome.state is OutboxState.DELIVERED
        box.close()
    integrity = sqlite3.connect(path)
    assert integrity.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    half = integrity.execute(
        "SELECT COUNT(*) FROM records LEFT JOIN payloads USING (number)"
        " WHERE (state = 'queued') = (wrapped IS NULL)"
    ).fetchone()
    assert half == (0,)
    integrity.close()
