"""A register that is down, slow, rude or no register at all costs no record."""

import socket
import threading
import time
from pathlib import Path

import pytest

from kiosk.sync.answers import SetAside
from kiosk.sync.outbox import Outbox, OutboxState
from kiosk.sync.transport import (
    Patience,
    RegisterBadAnswer,
    RegisterSlow,
    RegisterUnreachable,
)
from kiosk.sync.uploader import Delivered, Postponed
from tests.support.delivery import rows, store, uploader
from tests.support.enrolment_records import record
from tests.support.register import RunningRegister, running_register, transport
from tests.torture.citizens import number_of
from wire.record import (
    Verdict,
)

pytestmark = pytest.mark.server

SHORT = Patience(connect_s=2, read_s=1, whole_s=1.5)


MODES = {
    "down": "register.unreachable",
    "slow": "register.slow",
    "drip": "register.slow",
    "rubbish": "register.bad_answer",
    "flood": "register.bad_answer",
    "forged": "register.bad_answer",
    "busy": "register.slow",
    "unknown": "terminal.unknown",
}


@pytest.mark.parametrize(("mode", "code"), MODES.items())
def test_a_register_that_misbehaves_costs_time_and_no_record(
    register: RunningRegister, outbox: Outbox, mode: str, code: str
) -> None:
    data, kept = register.data, rows(register.data)
    # One person each: all of them register at the one that behaves.
    content = record(number=number_of(list(MODES).index(mode)))
    sealed = store(outbox, data, content)
    with running_register(data, mode=mode, more=("--delay", "3")) as rude:
        sync = uploader(outbox, rude, patience=SHORT)
        assert sync.send_next(fresh=True) == Postponed(code, 1)
    outbox.retry_now()
    waiting = outbox.due(time.time())
    assert waiting is not None
    assert waiting.sealed == sealed
    assert uploader(outbox, register).send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 2)
    assert rows(data) == kept + 1


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
    register: RunningRegister, outbox: Outbox
) -> None:
    data, kept = register.data, rows(register.data)
    store(outbox, data, record(number=number_of(len(MODES))))
    with running_register(data, mode="die") as dying:
        sent = uploader(outbox, dying).send_next(fresh=True)
        dying.process.wait(10)
    assert sent == Postponed("register.unreachable", 1)
    assert rows(data) == kept + 1
    outbox.retry_now()
    assert uploader(outbox, register).send_next(fresh=True) == Delivered(Verdict.ACCEPTED, 2)
    assert rows(data) == kept + 1


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
        way = transport(f"https://127.0.0.1:{port}", data, patience=SHORT)
        with pytest.raises((RegisterUnreachable, RegisterBadAnswer, RegisterSlow)):
            way.standing(record().record_id)
        thread.join()
