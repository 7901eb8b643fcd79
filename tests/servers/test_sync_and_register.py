"""A terminal's sync and the register over real TLS on loopback."""

import contextlib
import json
import secrets
import socket
import sqlite3
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from enrolment import sandbox
from kiosk.session.seal import seal
from kiosk.sync import answers
from kiosk.sync.answers import SetAside
from kiosk.sync.outbox import Outbox, OutboxState
from kiosk.sync.transport import (
    Identity,
    Patience,
    RegisterBadAnswer,
    RegisterSlow,
    RegisterUnreachable,
    Transport,
)
from kiosk.sync.uploader import Delivered, Postponed, Uploader
from tests.support import enrolment_records as canaries
from tests.support.enrolment_records import TERMINAL, record
from tests.support.register import RunningRegister, identity, make_data, running_register
from wire.record import (
    CONTENT_TYPE,
    LARGEST_SEALED_BYTES,
    SUITE,
    Record,
    Verdict,
    activation_path,
    key_id,
)

pytestmark = pytest.mark.server

SHORT = Patience(connect_s=2, read_s=1, whole_s=1.5)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_data(tmp_path_factory.mktemp("register"))


@pytest.fixture(scope="module")
def register(data: Path) -> Iterator[RunningRegister]:
    with running_register(data) as running:
        yield running


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    return make_data(tmp_path / "register")


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    box = Outbox(tmp_path / "outbox.db", limit_records=9, limit_age_s=1e9, clock=time.time)
    yield box
    box.close()


def sealed_for(data: Path, content: Record) -> bytes:
    key = (data / "seal_public.bin").read_bytes()
    return seal(content, register_key=key, terminal=TERMINAL)


def key_of(data: Path) -> str:
    return key_id((data / "seal_public.bin").read_bytes())


def store(outbox: Outbox, data: Path, content: Record) -> bytes:
    sealed = sealed_for(data, content)
    outbox.store(content.record_id, sealed, key_id=key_of(data), created_at=content.created_at)
    return sealed


def uploader(
    outbox: Outbox, register: RunningRegister, *, patience: Patience | None = None
) -> Uploader:
    key = load_pem_public_key((register.data / "receipt_public.pem").read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    return Uploader(
        outbox,
        register.transport(patience=patience),
        receipt_key=key,
        terminal=TERMINAL,
        clock=time.time,
        chance=lambda: 0.0,
    )


def rows(data: Path) -> int:
    with contextlib.closing(sqlite3.connect(data / "register.db")) as database:
        (count,) = database.execute("SELECT COUNT(*) FROM records").fetchone()
    return int(count)


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
    url = f"{register.url}/v1/enrolments/{record().record_id}"
    with httpx.Client(verify=_client_context(register.data), trust_env=False) as terminal:
        answer = terminal.put(url, json={})
    assert (answer.status_code, answer.json()["code"]) == (415, "record.wrong_type")


def test_a_body_without_a_length_is_bounded_while_it_comes(register: RunningRegister) -> None:
    url = f"{register.url}/v1/enrolments/{record().record_id}"
    headers = {
        "Content-Type": CONTENT_TYPE,
        "Enc-Suite": SUITE,
        "Enc-Key-Id": key_of(register.data),
    }
    pieces = (b"\x00" * 100_000 for _ in range(LARGEST_SEALED_BYTES // 100_000 + 1))
    with httpx.Client(verify=_client_context(register.data), trust_env=False) as terminal:
        answer = terminal.put(url, content=pieces, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "record.too_large")


def _client_context(data: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(data / "register_ca.pem"))
    context.load_cert_chain(data / "terminal.pem", data / "terminal.key")
    return context


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
        _client_context(register.data).wrap_socket(plain, server_hostname="localhost") as line,
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
    way = Transport(
        register.url,
        Identity(register.data / "register_ca.pem", rogue / "terminal.pem", rogue / "terminal.key"),
        Patience(),
    )
    with pytest.raises(RegisterUnreachable):
        way.standing(record().record_id)


def test_a_register_of_another_ca_gets_nothing(
    register: RunningRegister, tmp_path: Path, outbox: Outbox
) -> None:
    rogue = make_data(tmp_path / "rogue")
    content = record()
    sealed = sealed_for(register.data, content)
    mine = identity(register.data)
    way = Transport(
        register.url, Identity(rogue / "register_ca.pem", mine.certificate, mine.key), Patience()
    )
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
        way = Transport(register.url, identity(other), Patience())
        assert way.standing(content.record_id).status == 404


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("down", "register.unreachable"),
        ("slow", "register.slow"),
        ("drip", "register.slow"),
        ("rubbish", "register.bad_answer"),
        ("flood", "register.bad_answer"),
        ("forged", "register.bad_answer"),
        ("busy", "register.slow"),
        ("unknown", "terminal.unknown"),
    ],
)
def test_a_register_that_misbehaves_costs_time_and_no_record(
    fresh: Path, outbox: Outbox, mode: str, code: str
) -> None:
    content = record()
    sealed = store(outbox, fresh, content)
    with running_register(fresh, mode=mode, more=("--delay", "3")) as register:
        sync = uploader(outbox, register, patience=SHORT)
        assert sync.send_next(fresh=True) == Postponed(code, 1)
    outbox.retry_now()
    waiting = outbox.due(time.time())
    assert waiting is not None
    assert waiting.sealed == sealed
    with running_register(fresh) as register:
        assert uploader(outbox, register).send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 2)
    assert rows(fresh) == 1


def test_nobody_at_the_registers_address_costs_no_record(fresh: Path, outbox: Outbox) -> None:
    store(outbox, fresh, record())
    with running_register(fresh) as register:
        register.stop()
        sent = uploader(outbox, register).send_next(fresh=True)
    assert sent == Postponed("register.unreachable", 1)


def test_a_register_that_refuses_for_good_leaves_the_record_apart(
    fresh: Path, outbox: Outbox
) -> None:
    content = record()
    store(outbox, fresh, content)
    with running_register(fresh, mode="refuse") as register:
        assert uploader(outbox, register).send_next(fresh=True) == SetAside("record.malformed")
    assert outbox.outcome(content.record_id).state is OutboxState.SET_ASIDE


def test_a_register_that_refers_says_so_in_the_receipt(fresh: Path, outbox: Outbox) -> None:
    store(outbox, fresh, record())
    with running_register(fresh, mode="refer") as register:
        assert uploader(outbox, register).send_next(fresh=True) == Delivered(Verdict.REFER, 1)


def test_a_register_killed_after_storing_and_before_answering_has_one_record(
    fresh: Path, outbox: Outbox
) -> None:
    store(outbox, fresh, record())
    with running_register(fresh, mode="die") as register:
        sent = uploader(outbox, register).send_next(fresh=True)
        register.process.wait(10)
    assert sent == Postponed("register.unreachable", 1)
    assert rows(fresh) == 1
    outbox.retry_now()
    with running_register(fresh) as register:
        assert uploader(outbox, register).send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 2)
    assert rows(fresh) == 1


def test_after_a_failure_the_others_wait_but_a_fresh_record_is_tried(
    fresh: Path, outbox: Outbox
) -> None:
    store(outbox, fresh, record())
    store(outbox, fresh, record())
    with running_register(fresh, mode="busy") as register:
        sync = uploader(outbox, register)
        assert sync.send_next(fresh=False) == Postponed("register.slow", 1)
        assert sync.send_next(fresh=False) is None
        assert sync.send_next(fresh=True) == Postponed("register.slow", 1)


@pytest.mark.parametrize(
    "bytes_on_the_line", [b"", b"rubbish\r\n\r\n", b"\x16\x03\x01\xff\xff"], ids=repr
)
def test_a_listener_that_speaks_no_tls_is_no_register(data: Path, bytes_on_the_line: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(bytes_on_the_line)

        thread = threading.Thread(target=answer)
        thread.start()
        port = listener.getsockname()[1]
        way = Transport(f"https://127.0.0.1:{port}", identity(data), SHORT)
        with pytest.raises((RegisterUnreachable, RegisterBadAnswer, RegisterSlow)):
            way.standing(record().record_id)
        thread.join()


def _page(url: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    with httpx.Client(trust_env=False, follow_redirects=True, timeout=10) as phone:
        answer = phone.get(url) if form is None else phone.post(url, data=form)
    return answer.status_code, answer.text


def test_the_phone_finishes_once_and_the_terminal_learns_of_it(fresh: Path, outbox: Outbox) -> None:
    token = secrets.token_bytes(16)
    content = record(token=token)
    store(outbox, fresh, content)
    good = {"biometrics": "yes", "password": "271828", "again": "271828"}
    with running_register(fresh) as register:
        sync = uploader(outbox, register)
        sync.send_next(fresh=True)
        assert sync.watch_link()
        assert not outbox.outcome(content.record_id).linked
        page = register.phone_url + activation_path(token)
        status, shown = _page(page + "?lang=en")
        assert status == 200
        assert content.reference in shown
        assert _page(page, good | {"again": "271829"})[0] == 422
        assert sync.watch_link()
        assert _page(page, good)[0] == 200
        assert not sync.watch_link()
        assert outbox.outcome(content.record_id).linked
        assert _page(page)[0] == 410
        assert _page(page, good)[0] == 410


def test_no_canary_reaches_the_registers_log_its_columns_or_its_pages(
    fresh: Path, outbox: Outbox
) -> None:
    token = secrets.token_bytes(16)
    content = record(token=token)
    store(outbox, fresh, content)
    store(outbox, fresh, record())
    with running_register(fresh) as register:
        sync = uploader(outbox, register)
        while sync.send_next(fresh=True):
            pass
        pages = [
            _page(register.phone_url + activation_path(token))[1],
            _page(
                register.phone_url + activation_path(token),
                {"biometrics": "yes", "password": "271828", "again": "271828"},
            )[1],
        ]
        _page(register.phone_url + activation_path(secrets.token_bytes(16)))
        said = register.stop()
    kept = b"".join(file.read_bytes() for file in fresh.glob("register.db*"))
    planted = [
        canaries.CANARY_NAME.encode(),
        canaries.CANARY_NUMBER.encode(),
        b"A123456",
        canaries.CANARY_BIRTH.encode(),
        canaries.CANARY_PORTRAIT[:32],
        canaries.CANARY_PHOTO[:32],
        activation_path(token)[3:].encode(),
        token.hex().encode(),
        b"271828",
    ]
    assert "record.taken" in said
    for canary in planted:
        assert canary not in said.encode()
        assert canary not in kept
        assert canary not in "".join(pages).encode()
    assert content.record_id not in said
    assert content.reference not in said
