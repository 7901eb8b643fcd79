"""What was told to be durable survives a power cut at any moment, whatever the disk kept.

The outbox works in a traced child. At each of its calls the power is cut on paper: what
was synced stays, of the rest any part may (`tests.support.power`). The outbox is opened on
each such disk, and what the child had been told must hold.
"""

import contextlib
import os
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.audit.trail import Trail, verify
from kiosk.sync.keyring import KEY_BYTES
from kiosk.sync.outbox import Outbox, OutboxState
from tests.support.power import Disk
from tests.support.tracer import NUMBERS, CannotTrace, Traced
from wire.record import Verdict

CREATED = "2026-11-23T10:00:00+00:00"
NOW = 1_795_428_000.0
SEED = 7
PAYLOADS = {name: name.encode() * 3000 for name in "abc"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not NUMBERS, reason="the system calls of this processor are not known"),
]


def outbox_at(folder: Path) -> Outbox:
    return Outbox(folder / "outbox.db", limit_records=99, limit_age_s=1e9, clock=lambda: NOW)


def cuts(
    folder: Path, scratch: Path, work: Callable[[Callable[[str], None]], None]
) -> Iterator[tuple[Path, list[str]]]:
    """Yield each disk that a cut can leave while `work` runs in `folder`, and what it was told."""
    told: list[str] = []
    disk = Disk(folder)
    chance = random.Random(SEED)

    def child() -> None:
        descriptor = os.open(scratch / "told", os.O_WRONLY | os.O_CREAT, 0o600)

        def tell(word: str) -> None:
            os.write(descriptor, f"{word}\n".encode())

        work(tell)

    try:
        traced = Traced(child)
    except CannotTrace:
        pytest.skip("this system lets nobody trace his own child")
    for call in traced.calls():
        if call.path.endswith("/told"):
            told += call.content.decode().split() if call.done else []
            continue
        if not call.done or call.path.endswith("-shm"):
            continue
        disk.see(call)
        for picked in (None, chance):
            image = scratch / "disk"
            shutil.rmtree(image, ignore_errors=True)
            image.mkdir()
            disk.after_a_cut(image, picked)
            yield image, told
    assert traced.status == 0


def work_with_outbox(folder: Path, tell: Callable[[str], None]) -> None:
    box = outbox_at(folder)
    for name, sealed in PAYLOADS.items():
        box.store(name, sealed, key_id="k", created_at=CREATED)
        tell(f"stored-{name}")
    box.failed("a", "register.slow", NOW, status=503)
    for name in "ab":
        box.delivered(name, "jws", Verdict.ACCEPTED)
        tell(f"delivered-{name}")


def test_no_power_cut_loses_a_stored_record_or_brings_back_an_erased_one(tmp_path: Path) -> None:
    folder, scratch = tmp_path / "state", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    seen = 0
    for image, told in cuts(folder, scratch, lambda tell: work_with_outbox(folder, tell)):
        seen += 1
        box = outbox_at(image)
        for word in told:
            act, name = word.split("-")
            outcome = box.outcome(name)
            if act == "delivered":
                assert outcome.state is OutboxState.DELIVERED
        waiting = box.counts().queued
        for _ in range(waiting):
            one = box.due(NOW)
            assert one is not None
            assert one.sealed == PAYLOADS[one.record_id]
            box.delivered(one.record_id, "jws", Verdict.ACCEPTED)
        assert (image / "outbox.keys").read_bytes().strip(b"\0") == b""
        box.close()
    assert seen > 100


def test_a_record_is_told_to_be_stored_only_after_its_key_and_its_payload_are_synced(
    tmp_path: Path,
) -> None:
    """Say the order itself: key written and synced, log written and synced, then told."""
    order: list[str] = []
    box_at = tmp_path / "state"
    box_at.mkdir()
    outbox_at(box_at).close()

    def child() -> None:
        box = outbox_at(box_at)
        descriptor = os.open(tmp_path / "told", os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(descriptor, b"begin")
        box.store("a", PAYLOADS["a"], key_id="k", created_at=CREATED)
        os.write(descriptor, b"stored")
        box.delivered("a", "jws", Verdict.ACCEPTED)
        os.write(descriptor, b"delivered")

    try:
        traced = Traced(child)
    except CannotTrace:
        pytest.skip("this system lets nobody trace his own child")
    for call in traced.calls():
        if call.done and not call.path.endswith("-shm"):
            name = call.content.decode() if call.path.endswith("told") else Path(call.path).suffix
            step = name if call.path.endswith("told") else f"{call.name} {name}"
            order += [step] if order[-1:] != [step] else []
    order = order[order.index("begin") :]
    stored = order[1 : order.index("stored")]
    assert stored[:2] == ["pwrite64 .keys", "fdatasync .keys"]
    assert stored[-2:] == ["pwrite64 .db-wal", "fdatasync .db-wal"]
    erased = order[order.index("stored") + 1 : order.index("delivered")]
    receipt, key = erased.index("fdatasync .db-wal"), erased.index("pwrite64 .keys")
    assert receipt < key < erased.index("fdatasync .keys") < erased.index("ftruncate .db-wal")


def test_a_commit_that_a_kill_hid_does_not_come_back_without_its_key(tmp_path: Path) -> None:
    """The engine dies after its commit is synced and before others see it; sync lives on."""
    box = outbox_at(tmp_path)
    box.store("a", PAYLOADS["a"], key_id="k", created_at=CREATED)

    def child() -> None:
        outbox_at(tmp_path).store("b", PAYLOADS["b"], key_id="k", created_at=CREATED)

    try:
        traced = Traced(child)
    except CannotTrace:
        pytest.skip("this system lets nobody trace his own child")
    keyed = False
    for call in traced.calls():
        keyed = keyed or call.path.endswith(".keys")
        if keyed and call.done and call.name == "fdatasync" and call.path.endswith("-wal"):
            traced.kill()
            break
    assert traced.status == -9
    with pytest.raises(KeyError):
        box.outcome("b")
    outbox_at(tmp_path).close()
    # Now sync is killed as well: what stands in the files is all there is.
    left = tmp_path / "left"
    left.mkdir()
    for name in ("outbox.db", "outbox.db-wal", "outbox.keys"):
        shutil.copy(tmp_path / name, left / name)
    box.close()
    again = outbox_at(left)
    for _ in range(again.counts().queued):
        waiting = again.due(NOW)
        assert waiting is not None
        assert waiting.sealed == PAYLOADS[waiting.record_id]
        again.delivered(waiting.record_id, "jws", Verdict.ACCEPTED)
    again.close()


def work_with_trail(folder: Path, tell: Callable[[str], None]) -> None:
    trail = Trail(folder / "trail.jsonl", now=lambda: datetime(2026, 11, 23, tzinfo=UTC))
    for count in range(5):
        trail.append("card.read", {"ms": count})
        tell(str(count + 1))


def test_no_power_cut_loses_an_entry_of_the_trail_or_breaks_it(tmp_path: Path) -> None:
    folder, scratch = tmp_path / "state", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    for image, told in cuts(folder, scratch, lambda tell: work_with_trail(folder, tell)):
        again = Trail(image / "trail.jsonl", now=lambda: datetime(2026, 11, 24, tzinfo=UTC))
        with contextlib.closing(again):
            assert again.head.count >= int(told[-1] if told else 0)
            again.append("terminal.started", {})
        assert verify(image / "trail.jsonl") == again.head


def test_a_key_fills_whole_sectors_with_its_neighbours() -> None:
    assert 512 % KEY_BYTES == 0
