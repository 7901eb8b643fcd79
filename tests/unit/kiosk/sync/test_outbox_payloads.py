"""A payload stands in no file as it was sealed, and is gone for good after delivery."""

import secrets
import sqlite3
from pathlib import Path

import pytest

from kiosk.sync.keyring import KEY_BYTES, Keyring
from kiosk.sync.outbox import (
    DeadLetter,
    Outbox,
    OutboxState,
    PayloadDamaged,
)
from tests.support.outboxes import NOW, Clock, bytes_on_disk, put, wrapped_of
from wire.record import Verdict


def test_a_refused_record_is_kept_apart_with_its_payload(outbox: Outbox, tmp_path: Path) -> None:
    put(outbox, sealed=b"still here, sealed")
    outbox.set_aside("a", "record.conflict", status=409)
    assert outbox.due(NOW) is None
    outcome = outbox.outcome("a")
    assert (outcome.state, outcome.code) == (OutboxState.SET_ASIDE, "record.conflict")
    assert outbox.dead_letters() == [DeadLetter("a", 1, 409, "record.conflict", 0.0)]
    kept = outbox._keys.unwrap(0, wrapped_of(outbox), bound_to="a")
    assert kept == b"still here, sealed"


def test_delivery_erases_the_payload_from_every_file(outbox: Outbox, tmp_path: Path) -> None:
    sealed = secrets.token_bytes(300_000)
    put(outbox, sealed=sealed)
    wrapped = wrapped_of(outbox)
    pieces = [wrapped[at : at + 64] for at in range(0, len(wrapped) - 64, 2000)]
    assert any(piece in bytes_on_disk(tmp_path) for piece in pieces)
    outbox.failed("a", "register.slow", NOW)
    outbox.delivered("a", "jws", Verdict.ACCEPTED)
    left = bytes_on_disk(tmp_path)
    assert not [piece for piece in pieces if piece in left]


def test_a_payload_stands_in_no_file_as_it_was_sealed(outbox: Outbox, tmp_path: Path) -> None:
    sealed = secrets.token_bytes(4_000)
    put(outbox, sealed=sealed)
    assert sealed[:64] not in bytes_on_disk(tmp_path)
    assert sealed[-64:] not in bytes_on_disk(tmp_path)


def test_delivery_destroys_the_key_so_that_a_kept_copy_opens_no_more(
    outbox: Outbox, tmp_path: Path
) -> None:
    put(outbox, sealed=b"a payload")
    copy, key = wrapped_of(outbox), (tmp_path / "outbox.keys").read_bytes()
    assert len(key) == KEY_BYTES
    outbox.delivered("a", "jws", Verdict.ACCEPTED)
    assert key not in bytes_on_disk(tmp_path)
    assert (tmp_path / "outbox.keys").read_bytes() == bytes(KEY_BYTES)
    with pytest.raises(Exception, match="no key"):
        outbox._keys.unwrap(0, copy, bound_to="a")


def test_the_keys_of_records_that_wait_outlive_a_delivery(outbox: Outbox) -> None:
    for name in "abc":
        put(outbox, name, name.encode())
    outbox.delivered("b", "jws", Verdict.ACCEPTED)
    put(outbox, "d", b"d")
    for name in "acd":
        waiting = outbox.due(NOW)
        assert waiting is not None
        assert (waiting.record_id, waiting.sealed) == (name, name.encode())
        outbox.delivered(name, "jws", Verdict.ACCEPTED)


def test_a_key_that_a_power_cut_left_is_destroyed_by_whoever_opens_next(
    outbox: Outbox, tmp_path: Path, clock: Clock
) -> None:
    put(outbox)
    keys = Keyring(tmp_path / "outbox.keys")
    keys.wrap(1, b"never committed", bound_to="b")
    assert keys.held() == {0, 1}
    again = Outbox(tmp_path / "outbox.db", limit_records=3, limit_age_s=3600, clock=clock)
    assert keys.held() == {0}
    waiting = again.due(NOW)
    assert waiting is not None
    assert waiting.sealed == b"sealed"
    again.close()
    keys.close()


@pytest.mark.parametrize("damage", ["payload", "key", "moved"])
def test_a_payload_that_the_disk_changed_is_never_sent(
    outbox: Outbox, tmp_path: Path, damage: str
) -> None:
    put(outbox)
    if damage == "payload":
        outbox._db.execute("UPDATE payloads SET wrapped = zeroblob(30)")
        outbox._db.conn.commit()
    elif damage == "key":
        (tmp_path / "outbox.keys").write_bytes(bytes(7))
    else:
        outbox._db.execute("UPDATE records SET record_id = 'b'")
        outbox._db.conn.commit()
    with pytest.raises(PayloadDamaged) as caught:
        outbox.due(NOW)
    assert caught.value.code == "outbox.damaged"
    assert caught.value.record_id == ("b" if damage == "moved" else "a")


def test_a_log_that_somebody_still_reads_is_cut_later(
    outbox: Outbox, tmp_path: Path, clock: Clock
) -> None:
    sealed = secrets.token_bytes(50_000)
    put(outbox, sealed=sealed)
    wrapped = wrapped_of(outbox)
    reader = sqlite3.connect(tmp_path / "outbox.db")
    reading = reader.execute("SELECT record_id FROM records UNION SELECT 'x'")
    reading.fetchone()
    outbox._db.execute("PRAGMA busy_timeout=1")
    outbox.delivered("a", "jws", Verdict.ACCEPTED)
    assert not outbox.tidy()
    assert wrapped[:64] in bytes_on_disk(tmp_path)
    reading.close()
    reader.close()
    assert outbox.tidy()
    assert wrapped[:64] not in bytes_on_disk(tmp_path)
