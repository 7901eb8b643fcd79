"""A terminal's sync and the register over real TLS on loopback."""

import json
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from enrolment import sandbox
from kiosk.flow.clock_trust import OFF_S, RegisterTime
from kiosk.sync import answers
from kiosk.sync.answers import SetAside
from kiosk.sync.outbox import Outbox, OutboxState
from kiosk.sync.transport import (
    Identity,
    RegisterUnreachable,
)
from kiosk.sync.uploader import Delivered, Postponed
from tests.support.delivery import key_of, rows, sealed_for, store, uploader
from tests.support.enrolment_records import TERMINAL, record
from tests.support.register import (
    RunningRegister,
    identity,
    make_data,
    running_register,
    transport,
)
from tests.support.requests_of_terminals import client_context, put
from wire.record import LARGEST_SEALED_BYTES, Verdict

pytestmark = pytest.mark.server


def test_a_record_is_accepted_once_and_the_outbox_is_drained(fresh: Path, outbox: Outbox) -> None:
    content = record()
    sealed = store(outbox, fresh, content)
    with running_register(fresh) as register:
        sync = uploader(outbox, register)
        assert sync.send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 1)
        assert sync.send_next(fresh=True) is None
    outcome = outbox.outcome(content.record_id)
    assert (outcome.state, outcome.verdict) == (OutboxState.DELIVERED, Verdict.ACCEPTED)
    assert outbox.counts().queued == 0
    left = b"".join(file.read_bytes() for file in fresh.parent.glob("outbox.db*"))
    assert sealed[100:200] not in left


def test_the_registers_time_is_noted_with_an_upload_and_when_nothing_waits(
    register: RunningRegister, outbox: Outbox
) -> None:
    uploader(outbox, register).ask_time()
    told = outbox.register_time()
    assert told is not None
    # A server makes its Date once a second, and later when it is busy.
    assert told.register_s == pytest.approx(time.time(), abs=OFF_S)
    assert told.steady_s <= time.clock_gettime(time.CLOCK_BOOTTIME)
    outbox.note_time(RegisterTime(0.0, 0.0, "before"))
    store(outbox, register.data, record(number="F111111(9)"))
    uploader(outbox, register).send_next(fresh=True)
    again = outbox.register_time()
    assert again is not None
    assert again.register_s >= told.register_s


def test_the_same_record_again_gets_the_same_receipt(register: RunningRegister) -> None:
    content = record(number="B111111(1)")
    sealed = sealed_for(register.data, content)
    way = register.transport()
    first = way.put(content.record_id, sealed, key_id=key_of(register.data))
    again = way.put(content.record_id, sealed, key_id=key_of(register.data))
    assert (first.status, again.status) == (201, 200)
    assert first.body == again.body


def test_identical_records_raced_by_many_threads_are_one_record(fresh: Path) -> None:
    content = record()
    sealed = sealed_for(fresh, content)

    def offer(register: RunningRegister) -> answers.Answer:
        return register.transport().put(content.record_id, sealed, key_id=key_of(fresh))

    with running_register(fresh) as register, ThreadPoolExecutor(12) as threads:
        given = list(threads.map(offer, [register] * 12))
    assert sorted(answer.status for answer in given) == [200] * 11 + [201]
    assert len({answer.body for answer in given}) == 1
    assert rows(fresh) == 1


def test_one_number_raced_under_many_ids_is_accepted_once(fresh: Path, outbox: Outbox) -> None:
    def offer(register: RunningRegister) -> bytes:
        content = record()
        sealed = sealed_for(fresh, content)
        answer = register.transport().put(content.record_id, sealed, key_id=key_of(fresh))
        assert answer.status == 201
        return register.transport().standing(content.record_id).body

    with running_register(fresh) as register, ThreadPoolExecutor(8) as threads:
        standings = list(threads.map(offer, [register] * 8))
    verdicts = sorted(json.loads(standing)["verdict"] for standing in standings)
    assert verdicts == ["accepted"] + ["duplicate"] * 7


def test_other_bytes_under_a_stored_id_are_a_conflict(register: RunningRegister) -> None:
    content = record(number="C111111(3)")
    way = register.transport()
    key = key_of(register.data)
    first = way.put(content.record_id, sealed_for(register.data, content), key_id=key)
    other = way.put(content.record_id, sealed_for(register.data, content), key_id=key)
    assert first.status == 201
    assert answers.read(other) == SetAside("record.conflict")


def test_a_refused_record_is_set_aside_and_the_next_goes(fresh: Path, outbox: Outbox) -> None:
    bad, good = record(), record()
    outbox.store(
        bad.record_id, b"not sealed at all", key_id=key_of(fresh), created_at="2026-11-22T10:00:00Z"
    )
    store(outbox, fresh, good)
    with running_register(fresh) as register:
        sync = uploader(outbox, register)
        assert sync.send_next(fresh=True) == SetAside("record.unsealable")
        assert sync.send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 1)
    assert outbox.counts().set_aside == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "0123456789abcdef"}, "record.wrong_type"),
        ({"body": b"\x00" * (LARGEST_SEALED_BYTES + 1)}, "record.too_large"),
        ({"body": b"\x00" * (2 * LARGEST_SEALED_BYTES)}, "record.too_large"),
        ({"body": b""}, "record.unsealable"),
        ({"body": b"short"}, "record.unsealable"),
        ({"record_id": "not-a-uuid"}, "record.malformed"),
    ],
    ids=["key", "large", "twice", "empty", "short", "id"],
)
def test_what_is_no_record_is_refused_with_its_code(
    register: RunningRegister, change: dict[str, bytes | str], code: str
) -> None:
    content = record()
    body = change.get("body", sealed_for(register.data, content))
    assert isinstance(body, bytes)
    answer = register.transport().put(
        str(change.get("record_id", content.record_id)),
        body,
        key_id=str(change.get("key", key_of(register.data))),
    )
    assert answers.read(answer) == SetAside(code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_another_content_type_is_refused(register: RunningRegister) -> None:
    answer = put(register, b"{}", {"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (415, "record.wrong_type")


def test_a_body_without_a_length_is_bounded_while_it_comes(register: RunningRegister) -> None:
    pieces = (b"\x00" * 100_000 for _ in range(LARGEST_SEALED_BYTES // 100_000 + 1))
    answer = put(register, pieces)
    assert (answer.status_code, answer.json()["code"]) == (413, "record.too_large")


def test_bytes_altered_on_the_way_are_not_stored(register: RunningRegister) -> None:
    content = record(number="D111111(5)")
    sealed = bytearray(sealed_for(register.data, content))
    sealed[50] ^= 1
    answer = register.transport().put(
        content.record_id, bytes(sealed), key_id=key_of(register.data)
    )
    assert answers.read(answer) == SetAside("record.unsealable")
    assert register.transport().standing(content.record_id).status == 404


def test_a_record_sealed_for_another_id_does_not_open(register: RunningRegister) -> None:
    sealed = sealed_for(register.data, record())
    answer = register.transport().put(record().record_id, sealed, key_id=key_of(register.data))
    assert answers.read(answer) == SetAside("record.unsealable")


def test_a_record_cut_short_stores_nothing_and_may_come_again(register: RunningRegister) -> None:
    content = record(number="E111111(7)")
    sealed = sealed_for(register.data, content)
    with (
        socket.create_connection(("127.0.0.1", register.port)) as plain,
        client_context(register.data).wrap_socket(plain, server_hostname="localhost") as line,
    ):
        head = f"PUT /v1/enrolments/{content.record_id} HTTP/1.1\r\nHost: localhost\r\n"
        head += f"Content-Length: {len(sealed)}\r\n\r\n"
        line.sendall(head.encode() + sealed[: len(sealed) // 2])
    way = register.transport()
    assert way.standing(content.record_id).status == 404
    assert way.put(content.record_id, sealed, key_id=key_of(register.data)).status == 201


def test_no_certificate_is_refused_in_the_handshake(register: RunningRegister) -> None:
    context = ssl.create_default_context(cafile=str(register.data / "register_ca.pem"))
    with (
        httpx.Client(verify=context, trust_env=False) as nobody,
        pytest.raises(httpx.TransportError),
    ):
        nobody.get(f"{register.url}/healthz")


def test_a_terminal_of_another_ca_is_refused(register: RunningRegister, tmp_path: Path) -> None:
    rogue = make_data(tmp_path / "rogue")
    own = Identity(
        register.data / "register_ca.pem", rogue / "terminal.pem", rogue / "terminal.key"
    )
    way = transport(register.url, rogue, own=own)
    with pytest.raises(RegisterUnreachable):
        way.standing(record().record_id)


def test_a_register_of_another_ca_gets_nothing(
    register: RunningRegister, tmp_path: Path, outbox: Outbox
) -> None:
    rogue = make_data(tmp_path / "rogue")
    content = record()
    sealed = sealed_for(register.data, content)
    mine = identity(register.data)
    own = Identity(rogue / "register_ca.pem", mine.certificate, mine.key)
    way = transport(register.url, register.data, own=own)
    with pytest.raises(RegisterUnreachable):
        way.put(content.record_id, sealed, key_id=key_of(register.data))


def test_a_terminal_the_register_does_not_know_is_told_so_and_keeps_its_records(
    fresh: Path, outbox: Outbox
) -> None:
    (fresh / "terminals" / f"{TERMINAL}.pem").unlink()
    content = record()
    store(outbox, fresh, content)
    with running_register(fresh) as register:
        sent = uploader(outbox, register).send_next(fresh=True)
    assert sent == Postponed("terminal.unknown", 1)
    assert outbox.outcome(content.record_id).state is OutboxState.QUEUED


def test_a_terminal_cannot_ask_about_anothers_record(fresh: Path, tmp_path: Path) -> None:
    content = record()
    with running_register(fresh) as register:
        sealed = sealed_for(fresh, content)
        register.transport().put(content.record_id, sealed, key_id=key_of(fresh))
    other = tmp_path / "other"
    sandbox.make(other, "T-002")
    for name in ("terminal_ca.pem", "register_ca.pem", "register.pem", "register.key"):
        (fresh / name).write_bytes((other / name).read_bytes())
    (fresh / "terminals" / "T-002.pem").write_bytes((other / "terminal.pem").read_bytes())
    with running_register(fresh) as register:
        way = transport(register.url, other)
        assert way.standing(content.record_id).status == 404
